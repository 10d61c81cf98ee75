"""What we wrote into a folder where others may put files of their own.

A list in the folder says which files are ours, each with its digest: only those that are still as
we wrote them are replaced or removed. The list is written when all is done, and a run that is
killed would leave files that stand in none; so each is noted down beside it before it is there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from inspections.round.folder import Folder
from inspections.round.regular_files import digest_there
from rubrics.messages.output import remove, write_whole
from rubrics.messages.private_files import make_folder, make_private
from rubrics.messages.problems import Problem

LIST: Final = ".written"
NOTES: Final = ".writing"
_EARLIER: Final = ".written.json"
"""A list in the form that was used for marked copies before; it is read once more."""

_LINE = re.compile(r"([0-9a-f]{64})  ([^\t]+)(?:\t([0-9a-f]{64}))?")
"""A file in list or notes: its digest, its path in the folder, what it was made from."""

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n"}
_MEANT = {escaped: meant for meant, escaped in _ESCAPES.items()}


@dataclass(frozen=True, slots=True)
class Written:
    """The SHA-256 (hex) of a file as we wrote it.

    ``origin``: that of all that it was made from; empty where it is made anew in any case.
    """

    digest: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """Our files in ``folder``, a folder of the round ``of``; each goes by its path in it.

    ``listed``: as earlier runs left them. ``begun``: digests of what a run that did not come to
    its end was about to write.
    """

    of: Folder
    folder: Path
    listed: Mapping[str, Written]
    begun: Mapping[str, Collection[str]]

    def there(self, path: str) -> str:
        """Returns the digest of a file as it is now; empty where there is none."""
        return digest_there(self.folder / path)

    def holds(self, path: str, digest: str) -> bool:
        """Whether a file with this digest is one that we wrote."""
        listed = self.listed.get(path)
        return (listed is not None and listed.digest == digest) or digest in self.begun.get(
            path, ()
        )

    def write(self, path: str, data: bytes) -> tuple[Problem, ...]:
        """Notes a file down and writes it; returns what went wrong, as ``write_whole`` does."""
        note(self.folder, path, hashlib.sha256(data).hexdigest())
        return write_whole(self.folder / path, data, self.of.name(self.folder / path))

    def remove(self, path: str) -> tuple[Problem, ...]:
        """Removes a file, and the folders that it leaves empty; problem: ``output-locked``."""
        met = remove(self.folder / path, self.of.name(self.folder / path))
        if not met:
            self.clear_empty(path)
        return met

    def clear_empty(self, path: str) -> None:
        """Removes the folders in which a file stood, as far as they are empty."""
        with contextlib.suppress(OSError):  # the first that is not ends it
            for above in Path(path).parents[:-1]:
                (self.folder / above).rmdir()

    def end(self, now: Mapping[str, Written]) -> list[Problem]:
        """Lists what is ours now, all of it, and drops the notes; without files there is no list.

        Where the list cannot be written the notes stay. Problems: those of ``write_whole``.
        """
        problems: list[Problem] = []
        if now != self.listed or not (self.folder / LIST).exists():
            lines = (_line(path, *_fields(now[path])) for path in sorted(now))
            data = "".join(lines).encode(errors="surrogateescape")
            place, name = self.folder / LIST, self.of.name(self.folder / LIST)
            problems += write_whole(place, data, name) if now else remove(place, name)
        for done in () if problems else (NOTES, _EARLIER):
            with contextlib.suppress(OSError):
                (self.folder / done).unlink()
        return problems


def own_files(of: Folder, folder: Path) -> OwnFiles:
    """Returns what we wrote into ``folder``; nothing where no list can be read."""
    return OwnFiles(of, folder, dict(_lines(folder / LIST)) or _earlier(folder), noted(folder))


def note(folder: Path, path: str, digest: str) -> None:
    """Notes that a file is about to be there.

    Where notes cannot be written the file could not be either, and says so.
    """
    with contextlib.suppress(OSError):
        make_folder(folder)
        make_private(folder / NOTES)
        number = os.open(folder / NOTES, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            # A line that was cut short before this one must not swallow it.
            os.write(number, f"\n{_line(path, digest)}".encode(errors="surrogateescape"))
        finally:
            os.close(number)


def noted(folder: Path) -> dict[str, set[str]]:
    """Returns the digests that were noted, by path; none where the last run came to its end."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, written in _lines(folder / NOTES):
        found[path].add(written.digest)
    return found


def _fields(written: Written) -> tuple[str, ...]:
    return (written.digest, written.origin) if written.origin else (written.digest,)


def _line(path: str, digest: str, *origin: str) -> str:
    said = "".join(_ESCAPES.get(character, character) for character in path)
    return "\t".join([f"{digest}  {said}", *origin]) + "\n"


def _lines(path: Path) -> Iterator[tuple[str, Written]]:
    try:
        lines = path.read_bytes().decode(errors="surrogateescape").split("\n")
    except OSError:
        return
    for match in map(_LINE.fullmatch, lines):
        if match:
            said = re.sub(r"\\[\\tn]", lambda found: _MEANT[found[0]], match[2])
            if _inside(said):
                yield said, Written(match[1], match[3] or "")


def _earlier(folder: Path) -> dict[str, Written]:
    try:
        held = json.loads((folder / _EARLIER).read_bytes())
        return {
            str(path): Written(str(digest), str(origin))
            for path, (origin, digest) in held.items()
            if _inside(str(path))
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _inside(path: str) -> bool:
    """Whether a path leads to nowhere but into the folder."""
    return ".." not in Path(path).parts and not Path(path).anchor

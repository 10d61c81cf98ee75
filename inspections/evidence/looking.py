"""Looks through ``evidence/``: what lies there, each file with its digest, and what is no use.

Nothing is followed and nothing outside is opened: no links, no pipes, no devices.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from inspections.evidence.appearance import appearance
from inspections.evidence.contents import NAMES, PICTURE_KINDS, kind_of
from inspections.evidence.file_names import (
    PHONE,
    PICTURES,
    UNSHOWN,
    flaw_of_name,
    key,
    parted,
    shown,
)
from inspections.evidence.headers import Header, jpeg_header, other_header, png_header
from inspections.round.known_digests import KnownDigests, marks_of
from inspections.round.regular_files import IrregularError, opened, whole_digest
from rubrics.apart import crew
from rubrics.apart.once import cheap
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese

MOST_PIXELS: Final = 250_000_000
"""More has no camera of a telephone; a few kilobytes can claim any number."""

_DEEPEST: Final = 12
_LONGEST_PATH: Final = 240
_PASSED_OVER: Final = (".", "~$", "__MACOSX")
_LEFT_BY_WINDOWS: Final = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file: its path in the round's folder, SHA-256 (hex), bytes, and kind by content.

    ``taken``: when it was taken (see ``Header``). ``flaw``: the code of the
    problem for which it proves nothing, with its ``detail``; what could not even be opened has
    no digest, and a path that is made printable. ``likeness``: see ``Appearance``; empty where no
    picture was decoded, or by an earlier version, which did not know of it.
    """

    path: str
    digest: str = ""
    size: int = 0
    kind: str = ""
    width: int = 0
    height: int = 0
    taken: datetime | None = None
    flaw: str = ""
    detail: str = ""
    likeness: str = ""

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that it lies in, below ``evidence/``."""
        return tuple(self.path.split("/")[1:-1])


def look(
    folder: Path,
    contents: Mapping[str, EvidenceFile] | None = None,
    known: KnownDigests | None = None,
    progress: Callable[[int, int], None] = lambda done, due: None,
) -> list[EvidenceFile]:
    """Returns all files below ``evidence/``, by path; hidden ones are passed over.

    ``contents``: digest -> what was seen of it before, which is then not looked at again.
    ``known``: where a digest is looked up before a file is read for it. Flaws: evidence-link,
    evidence-special, evidence-name, evidence-unreadable, evidence-empty, evidence-cut,
    evidence-huge, evidence-heic, evidence-unshown, evidence-tiny,
    evidence-one-colour, evidence-not-picture.
    """
    listed = list(_below(folder, folder.name, 0))
    found = [item for item in listed if isinstance(item, EvidenceFile)]
    due = [item for item in listed if not isinstance(item, EvidenceFile)]
    new: list[_Opened] = []
    for file, path in due:
        digested = _digested(file, path, contents or {}, known)
        if isinstance(digested, EvidenceFile):
            found.append(digested)
            progress(len(found) - len(listed) + len(due), len(due))
        else:
            new.append(digested)
    # A picture can be made so that to decode it takes all memory, or never ends.
    for _, item in crew.answers(new, _seen, _refused, 1, cheap()):
        found.append(item)
        progress(len(found) - len(listed) + len(due), len(due))
    return sorted(found, key=lambda item: (item.path, item.flaw, item.detail))


def flaws(files: list[EvidenceFile]) -> list[Problem]:
    """Returns the problem of every file with a flaw."""
    return [_flaw(item) for item in files if item.flaw]


def _flaw(item: EvidenceFile) -> Problem:
    said = {"detail": item.detail} if item.detail else {}
    return problem(item.flaw, Place(item.path), **said)


def _below(folder: Path, path: str, depth: int) -> Iterator[EvidenceFile | tuple[Path, str]]:
    """Every file, as one that is no use or as one to look at, with its path in the round."""
    try:
        # The folder itself may be a link that somebody put in the place of the real one.
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            yield EvidenceFile(path, flaw="evidence-link")
            return
        with os.scandir(folder) as listed:
            entries = list(listed)
    except FileNotFoundError:
        return
    except OSError as error:
        yield EvidenceFile(path, flaw="evidence-unreadable", detail=in_chinese(error))
        return
    for entry in entries:
        if _hidden(entry.name):
            continue
        inside = f"{path}/{entry.name}"
        flaw = _flaw_outside(entry, inside, depth)
        if flaw:
            where = "/".join(map(shown, inside.split("/")))
            yield EvidenceFile(where, flaw=flaw[0], detail=flaw[1])
        elif entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path), inside, depth + 1)
        else:
            yield Path(entry.path), inside


def _hidden(name: str) -> bool:
    """What computers leave behind; a name that begins with two points is no such thing."""
    hidden = name.startswith(_PASSED_OVER) and not name.startswith("..")
    return hidden or name.casefold() in _LEFT_BY_WINDOWS


def _flaw_outside(entry: os.DirEntry[str], inside: str, depth: int) -> tuple[str, str] | None:
    """What can be told without opening it: (code, detail)."""
    if entry.is_symlink() or _is_junction(entry):
        return "evidence-link", ""
    detail = flaw_of_name(entry.name)
    if not detail and len(inside) > _LONGEST_PATH:
        detail = f"连同文件夹超过 {_LONGEST_PATH} 个字"
    if detail:
        return "evidence-name", detail
    if entry.is_dir(follow_symlinks=False):
        return ("evidence-name", "所在的文件夹套得太深") if depth >= _DEEPEST else None
    return None if entry.is_file(follow_symlinks=False) else ("evidence-special", "")


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Whether a folder of Windows stands for another one; what a cloud keeps is no such thing."""
    if os.name != "nt":
        return False
    tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return bool(tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None))


class _Opened(NamedTuple):
    """A file whose content is new: where it is, its path in the round, and its digest.

    ``marks`` tell the file that was digested from one that took its place.
    """

    path: Path
    name: str
    digest: str
    marks: tuple[int, ...]


def _digested(
    path: Path, name: str, contents: Mapping[str, EvidenceFile], known: KnownDigests | None
) -> EvidenceFile | _Opened:
    try:
        # Between listing and opening it may have become a link or a pipe.
        with opened(path) as file:
            digest = known.digest(path, file) if known else whole_digest(file)
            before = contents.get(digest)
            if before is not None and not _to_look_at(before):
                return _named(replace(before, path=name))
            return _Opened(path, name, digest, marks_of(file))
    except (IrregularError, OSError) as error:
        return _unopened(name, error)


def _seen(new: _Opened) -> EvidenceFile:
    """What the content of one file shows; runs in a process of its own with limits."""
    try:
        with opened(new.path) as file:
            digest = new.digest if marks_of(file) == new.marks else whole_digest(file)
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            kind = kind_of(file.read(64))
            header: Header | None = None
            match kind:
                case "jpeg":
                    header = jpeg_header(file, size)
                case "png":
                    header = png_header(file, size)
                case _ if kind in PICTURE_KINDS:
                    header = other_header(file)
            seen = _judged(EvidenceFile(new.name, digest, size, kind), header)
            if header and not seen.flaw:
                found = appearance(file, kind, header)
                seen = replace(seen, flaw=found.flaw, detail=found.detail, likeness=found.likeness)
    except (IrregularError, OSError) as error:
        return _unopened(new.name, error)
    return _named(seen)


def _refused(new: _Opened, reason: str) -> EvidenceFile:
    """A file of which nobody can say what it shows, since looking took too much."""
    flaw = "evidence-unreadable"
    return EvidenceFile(new.name, new.digest, flaw=flaw, detail=reason)


def _unopened(name: str, error: Exception) -> EvidenceFile:
    if isinstance(error, IrregularError):
        return EvidenceFile(name, flaw="evidence-special")
    return EvidenceFile(name, flaw="evidence-unreadable", detail=in_chinese(error))


def _to_look_at(before: EvidenceFile) -> bool:
    """Whether it was seen by a version that did not know of likeness."""
    return before.kind in PICTURE_KINDS and not before.likeness and not before.flaw


def _judged(seen: EvidenceFile, header: Header | None) -> EvidenceFile:
    """What the content alone says."""
    if not seen.size:
        return replace(seen, flaw="evidence-empty")
    if seen.kind == "heic":
        return replace(seen, flaw="evidence-heic")
    if seen.kind == "program":
        return replace(seen, flaw="evidence-not-picture", detail=NAMES["program"])
    if header is None:
        return seen
    made = replace(seen, width=header.width, height=header.height, taken=header.taken)
    if header.width * header.height > MOST_PIXELS:
        return replace(made, flaw="evidence-huge", detail=f"{header.width}×{header.height}")
    return made if header.whole else replace(made, flaw="evidence-cut")


def _named(seen: EvidenceFile) -> EvidenceFile:
    """What the name promises and the content is not: told anew for each name of a content."""
    if seen.flaw and seen.flaw not in ("evidence-not-picture", "evidence-unshown"):
        return seen
    _, ending = parted(key(seen.name))
    if ending in UNSHOWN and seen.kind != "program":
        return replace(seen, flaw="evidence-unshown", detail=ending.upper())
    wrong = seen.kind == "program"
    if ending in PICTURES or ending in PHONE:
        wrong |= seen.kind not in PICTURE_KINDS
    elif ending == "pdf":
        wrong |= seen.kind != "pdf"
    if not wrong:
        return replace(seen, flaw="", detail="")
    said = NAMES.get(seen.kind, "不认识的内容")
    return replace(seen, flaw="evidence-not-picture", detail=said)

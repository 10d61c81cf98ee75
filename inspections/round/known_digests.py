"""The digests of a round's files, remembered, so that what has not changed is not read again.

A file's size, times and number (inode) stand beside its digest; while they are the same, so is
the file. A file that changed within the last seconds is not remembered, since it may change once
more within the same tick of the clock. What is remembered is no truth: it is made anew where it
is lost, it is worth nothing on another computer or in a copy of the folder, and whoever verifies
does not ask it.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import time
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path
from typing import Final

from inspections.round.folder import Folder, inside
from inspections.round.regular_files import whole_digest
from rubrics.messages.output import clear_leftovers, write_whole

FILE: Final = "digests.json"
"""In the folder of what is derived: where it is, and size, times, number and digest by path."""

_FORM = 1
_SETTLED = 3_000_000_000
"""Nanoseconds after which a file may be taken to have changed for good; some clocks tick in 2 s."""

_Marks = tuple[int, ...]
"""Size, time of change of the content and of the file (ns), inode: a change shows in one of them.

On Windows the second time is that of creation.
"""


class KnownDigests:
    """What is known of the files of one round; ``recheck``: believes nothing, learns all anew."""

    def __init__(self, folder: Folder, *, recheck: bool = False) -> None:
        self._root = folder.root
        self._path = folder.derived / FILE
        self._begun = time.time_ns()
        self._kept = _read(self._path, self._root)
        self._known = {} if recheck else self._kept
        self._met: dict[str, tuple[_Marks, str]] = {}

    def digest(
        self,
        path: Path,
        file: BufferedReader,
        digested: Callable[[BufferedReader], str] = whole_digest,
    ) -> str:
        """Returns the digest of an open file of the round, as ``digested`` gives it."""
        name = inside(self._root, path)
        marks = marks_of(file)
        before, digest = self._known.get(name, ((), ""))
        if before != marks:
            digest = digested(file)
        if max(marks[1:3]) + _SETTLED < self._begun and marks_of(file) == marks:
            self._met[name] = marks, digest
        return digest

    def keep(self) -> None:
        """Remembers the files whose digests were asked for, and no others.

        Where that cannot be written, they are read again next time.
        """
        clear_leftovers(self._path.parent)
        if self._met == self._kept:
            return
        files = {name: [*marks, digest] for name, (marks, digest) in sorted(self._met.items())}
        with contextlib.suppress(OSError):
            text = json.dumps({"home": _home(self._root), "files": files}, separators=(",", ":"))
            write_whole(self._path, text.encode())


def marks_of(file: BufferedReader) -> _Marks:
    """Returns what tells an open file from another, and from itself before a change."""
    held = os.fstat(file.fileno())
    return held.st_size, held.st_mtime_ns, held.st_ctime_ns, held.st_ino


def _home(root: Path) -> list[object]:
    """What differs on another computer, and in a copy of the folder."""
    return [_FORM, platform.node(), str(root.resolve()), root.stat().st_ino]


def _read(path: Path, root: Path) -> dict[str, tuple[_Marks, str]]:
    try:
        held = json.loads(path.read_bytes())
        if held["home"] != _home(root):
            return {}
        return {name: (tuple(marks), digest) for name, (*marks, digest) in held["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}

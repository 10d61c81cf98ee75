"""What a run is about to write into a folder, noted down before it is there.

Where others may put files of their own, a list says which files are ours and still as we wrote
them; only those are replaced or removed. It is written when all is done: a run that is killed
would leave files that stand in no list. They stand in these notes.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections import defaultdict
from pathlib import Path
from typing import Final

NOTES: Final = ".writing"

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def note(folder: Path, name: str, digest: str) -> None:
    """Notes that a file, told by its path in ``folder`` and SHA-256 (hex), is about to be there.

    Where notes cannot be written the file could not be either, and says so.
    """
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        number = os.open(folder / NOTES, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            # A line that was cut short before this one must not swallow it.
            os.write(number, f"\n{digest}  {name}\n".encode())
        finally:
            os.close(number)


def noted(folder: Path) -> dict[str, set[str]]:
    """Returns the digests that were noted, by path; none where the last run came to its end."""
    found: dict[str, set[str]] = defaultdict(set)
    try:
        lines = (folder / NOTES).read_bytes().decode(errors="replace").split("\n")
    except OSError:
        return found
    for line in lines:
        match = _LINE.fullmatch(line)
        if match and ".." not in Path(match[2]).parts and not Path(match[2]).is_absolute():
            found[match[2]].add(match[1])
    return found


def forget(folder: Path) -> None:
    """Removes the notes: all files that are there stand in the list now."""
    with contextlib.suppress(OSError):
        (folder / NOTES).unlink()

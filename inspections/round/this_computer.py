"""Which computer a round's folder is on, where several of them share a ledger.

Each has a random number, kept in the folder; nothing that names a computer or a person goes into
the ledger. A folder that was copied takes its number along: so where it lies is kept beside it, as
a code that tells nobody anything. It is the same place while either the folder's number (inode) is
the same, as when it was renamed, or its path on the same computer. A folder that a cloud keeps the
same on several computers holds the numbers of all of them.
"""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from msgspec import DecodeError, Struct, ValidationError, json

from inspections.round.folder import Folder
from rubrics.messages.output import write_whole

FILE: Final = "computer.json"
"""In the round's folder."""

_TURNS: Final = 50
"""Turns that are kept: a ledger that came back from a backup is known too."""


class _Known(Struct, frozen=True, omit_defaults=True):
    """One computer: its random number, where the folder lies there, and its latest turns.

    ``turns``: of the last sweep that is known to be in the ledger, and of those after it.
    """

    id: str
    folder: int
    place: str
    turns: list[str] = []


@dataclass(frozen=True, slots=True)
class ThisComputer:
    """``id``: its random number; ``of_others``: it is new, in a folder that has other numbers."""

    id: str
    turns: tuple[str, ...] = ()
    of_others: tuple[str, ...] = ()


def this_computer(folder: Folder) -> ThisComputer | None:
    """Returns the computer that the folder is on; None where it has no number yet."""
    found = next((one for one in _read(folder) if _is_here(one, folder.root)), None)
    return ThisComputer(found.id, tuple(found.turns)) if found else None


def named_computer(folder: Folder) -> ThisComputer:
    """Returns the same, with a new number where it has none; that is not kept yet."""
    others = tuple(one.id for one in _read(folder))
    return this_computer(folder) or ThisComputer(secrets.token_hex(8), (), others)


def another_computer(one: ThisComputer) -> ThisComputer:
    """Returns a new number for the place of one that somebody else has too."""
    return ThisComputer(secrets.token_hex(8), (), (*one.of_others, one.id))


def new_turn(folder: Folder, one: ThisComputer, last: str) -> str:
    """Keeps that this computer looks once more, after the turn ``last``; returns the new turn.

    Raises ``OSError`` where it cannot be kept: nothing must be told of a computer without it.
    """
    turn = secrets.token_hex(8)
    root = folder.root
    turns = list(dict.fromkeys([last, *one.turns[-_TURNS:], turn]))
    here = _Known(one.id, root.stat().st_ino, _place(one.id, root), turns)
    kept = [other for other in _read(folder) if not _is_here(other, root)]
    path = root / FILE
    if write_whole(path, json.format(json.encode([*kept, here]), indent=1) + b"\n"):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return turn


def _read(folder: Folder) -> list[_Known]:
    try:
        return json.decode((folder.root / FILE).read_bytes(), type=list[_Known])
    except (OSError, DecodeError, ValidationError):
        return []


def _is_here(one: _Known, root: Path) -> bool:
    return one.folder == root.stat().st_ino or one.place == _place(one.id, root)


def _place(id: str, root: Path) -> str:
    said = "\n".join([id, platform.node(), str(root.resolve())])
    return hashlib.sha256(said.encode(errors="surrogateescape")).hexdigest()[:16]

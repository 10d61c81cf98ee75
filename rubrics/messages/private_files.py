"""Who may open what is written: its owner, and the group in a folder that is shared on purpose.

A round's folder holds a key, names and what was said in confidence, so nothing new in it is for
everybody. A folder in which the group may write was given to it by somebody: what is made there is
for the group too. Windows has no such bits; there a folder's own permissions hold.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path

_OF_GROUP = 0o070


def own_mode(path: Path) -> int | None:
    """Returns the mode of a file that is there; None of one that is not."""
    with contextlib.suppress(OSError):
        return stat.S_IMODE(path.stat().st_mode)
    return None


def private_mode(folder: Path) -> int:
    """Returns the mode of a new file in a folder: 0600, in a shared one 0660."""
    return 0o660 if _is_shared(folder) else 0o600


def make_folder(path: Path) -> None:
    """Makes a folder, and those above it that are not there: 0700, shared 0770.

    Raises what ``Path.mkdir`` raises, but for a folder that is there.
    """
    if not path.parent.is_dir() and path.parent != path:
        make_folder(path.parent)
    shared = _is_shared(path.parent)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        if not path.is_dir():
            raise
        return
    if shared:
        with contextlib.suppress(OSError):
            path.chmod(stat.S_IMODE(path.stat().st_mode) | _OF_GROUP)


def set_mode(number: int, mode: int) -> None:
    """Gives an open file its mode, whatever the process masks out."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # a network folder without modes
            os.fchmod(number, mode)


def make_private(path: Path) -> None:
    """Makes an empty file for a program that writes into what it finds; one that is there stays.

    Where that is not possible the other program says so.
    """
    with contextlib.suppress(OSError):
        number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            set_mode(number, private_mode(path.parent))
        finally:
            os.close(number)


def _is_shared(folder: Path) -> bool:
    if os.name == "nt":
        return False
    with contextlib.suppress(OSError):
        return bool(folder.stat().st_mode & stat.S_IWGRP)
    return False

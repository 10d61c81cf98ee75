"""Writing a file so that it is there whole or not at all: the one door for all that we write.

The bytes go to a *part* beside the file, reach the disk, and take the file's name in one step. A
reader never meets half a file, and where writing is stopped at any moment the earlier file is
still there. A run that was killed may leave a part; the next run that writes there removes it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
import time
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from rubrics.messages.private_files import make_folder, own_mode, private_mode, set_mode
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese

FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""Numbers of errors that say: no room is left on the disk, or of what the user may take of it."""

_PART = re.compile(r"\.\d+-[0-9a-f]{8}(-\d+)?\.part")
_SURELY_LEFT = 3600
"""Seconds after which a part is a leftover, where nothing tells who is still writing it."""

_IN_USE = "文件正被其他程序打开，或没有写入权限"
_IN_THE_WAY = "这个位置上有一个同名的文件夹"
_NO_FOLDER = "应当是文件夹的位置上有一个同名的文件"
_WINDOWS_LONGEST = 259


def write_whole(
    path: Path, data: bytes, name: str = "", *, private: bool = True
) -> tuple[Problem, ...]:
    """Writes ``data`` to ``path``, making its folder; returns the problem if that is not possible.

    A file that is there keeps its mode; a new one is its owner's, and the group's in a folder that
    is shared (``private_files``). ``private``: not so where everybody may read it.

    ``name``: how the problem names the file. Problems: ``output-locked``, ``output-long``,
    ``output-failed``. A full disk raises ``OSError`` with the file's name and a number of ``FULL``:
    nothing further could be written either.
    """
    try:
        make_folder(path.parent)
        _clear_once(path.parent)
        mode = own_mode(path)
        if mode is None and private:
            mode = private_mode(path.parent)
        with _part(path, private) as (number, part):
            if mode is not None:
                set_mode(number, mode)
            _fill(number, data)
            os.replace(part, path)
        _keep_name(path.parent)
    except OSError as error:
        if error.errno in FULL:
            raise OSError(error.errno, error.strerror, name or str(path)) from error
        return (_refused(path, error, name or path.name),)
    return ()


def remove(path: Path, name: str) -> tuple[Problem, ...]:
    """Removes a file that is not needed any more; returns the problem if that is not possible."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        detail = f"这份旧文件已不用，应当删除，但{_IN_USE}"
        return (problem("output-locked", Place(name), name=name, detail=detail),)
    return ()


def clear_leftovers(folder: Path, *, below: bool = False) -> None:
    """Removes the parts in a folder that runs which were killed have left there.

    ``below``: also in the folders in it; they may not be written to any more. A part that another
    process is writing stays: its writer holds a lock on it. Where there are no such locks, a part
    stays for an hour.
    """
    with contextlib.suppress(OSError):
        for path in folder.rglob("*.part") if below else folder.iterdir():
            if _PART.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    _take_away(path)


@cache
def _clear_once(folder: Path) -> None:
    """Clears a folder before the first file that this process writes into it."""
    clear_leftovers(folder)


if sys.platform == "win32":

    @contextlib.contextmanager
    def _part(path: Path, private: bool) -> Iterator[tuple[int, Path]]:
        number, part = _made(path, 0o600 if private else 0o666)
        try:
            yield number, part
        finally:
            with contextlib.suppress(OSError):
                part.unlink()

    def _fill(number: int, data: bytes) -> None:
        # An open file cannot be renamed there.
        with open(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def _take_away(part: Path) -> None:
        if time.time() - part.stat().st_mtime > _SURELY_LEFT:
            part.unlink()

    def _keep_name(folder: Path) -> None:
        pass

else:
    import fcntl

    @contextlib.contextmanager
    def _part(path: Path, private: bool) -> Iterator[tuple[int, Path]]:
        while True:
            number, part = _made(path, 0o600 if private else 0o666)
            try:
                with contextlib.suppress(OSError):  # a network folder without locks
                    fcntl.flock(number, fcntl.LOCK_EX)
                if _is_there(number, part):  # else taken for a leftover before it was locked
                    yield number, part
                    return
            finally:
                # What was renamed is no longer there; the first error is the one to tell.
                with contextlib.suppress(OSError):
                    if _is_there(number, part):
                        part.unlink()
                os.close(number)

    def _fill(number: int, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(number, rest) :]
        os.fsync(number)

    def _take_away(part: Path) -> None:
        number = os.open(part, os.O_RDWR)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_there(number, part):
                part.unlink()
        finally:
            os.close(number)

    def _is_there(number: int, part: Path) -> bool:
        """Whether a name still stands for the file that is open."""
        try:
            return os.path.samestat(os.fstat(number), os.stat(part))
        except FileNotFoundError:
            return False

    def _keep_name(folder: Path) -> None:
        """Brings the new name to the disk; a system that cannot do it does so in its own time."""
        with contextlib.suppress(OSError):
            number = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)


def _made(path: Path, mode: int) -> tuple[int, Path]:
    """Makes a part for ``path``; returns it, open, and its name."""
    # Short, because a school's name alone may fill the length that file systems allow.
    stem = f".{os.getpid()}-{zlib.crc32(os.fsencode(path.name)):08x}"
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)
    count = 0
    while True:
        part = path.with_name(f"{stem}-{count}.part" if count else f"{stem}.part")
        try:
            return os.open(part, flags, mode), part
        except FileExistsError:  # of a computer that shares the folder, or of one long dead
            count += 1


def _refused(path: Path, error: OSError, name: str) -> Problem:
    """What stands in the way, and of whom it is asked to be taken away."""
    detail = _IN_USE if error.errno == errno.EROFS else ""
    match error:
        case NotADirectoryError() | FileExistsError():
            detail = _NO_FOLDER
        case IsADirectoryError():
            detail = _IN_THE_WAY
        case PermissionError():
            # Some systems refuse to put a file in a folder's place with the same error.
            detail = _IN_THE_WAY if path.is_dir() else _IN_USE
    if detail:
        return problem("output-locked", Place(name), name=name, detail=detail)
    if error.errno == errno.ENAMETOOLONG or _too_long_for_windows(path, error):
        return problem("output-long", Place(name), name=name)
    return problem("output-failed", Place(name), name=name, detail=in_chinese(error))


def _too_long_for_windows(path: Path, error: OSError) -> bool:
    if os.name != "nt" or not isinstance(error, FileNotFoundError):
        return False
    return len(str(path.absolute())) > _WINDOWS_LONGEST

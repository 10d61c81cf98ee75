"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import zlib
from pathlib import Path

from rubrics.problems import Place, Problem, problem

_IN_USE = "文件正被其他程序打开，或没有写入权限"
_IN_THE_WAY = "这个位置上有一个同名的文件夹"
_NO_FOLDER = "应当是文件夹的位置上有一个同名的文件"


def write_whole(path: Path, data: bytes, name: str = "") -> tuple[Problem, ...]:
    """Writes ``data`` to ``path``, making its folder; returns the problem if that is not possible.

    The bytes go to a file beside it first, so that a reader never meets half a report and an
    earlier one stays where the new one cannot be put. ``name``: how the problem names the file.
    Problem: ``output-locked``. A full disk raises ``OSError``.
    """
    # Short, because a school's name alone may fill the length that file systems allow.
    part = path.with_name(f".{os.getpid()}-{zlib.crc32(path.name.encode()):08x}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as error:
        detail = _detail(path, error)
        if not detail:
            raise
        return (
            problem(
                "output-locked", Place(name or path.name), name=name or path.name, detail=detail
            ),
        )
    finally:
        # The first error is the one to tell.
        with contextlib.suppress(OSError):
            part.unlink()
    return ()


def remove(path: Path, name: str) -> tuple[Problem, ...]:
    """Removes a file that is not needed any more; returns the problem if that is not possible."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        detail = f"这份旧文件已不用，应当删除，但{_IN_USE}"
        return (problem("output-locked", Place(name), name=name, detail=detail),)
    return ()


def _detail(path: Path, error: OSError) -> str:
    """What stands in the way; nothing where it is no mistake of the user."""
    match error:
        case NotADirectoryError() | FileExistsError():
            return _NO_FOLDER
        case IsADirectoryError():
            return _IN_THE_WAY
        case PermissionError():
            # Some systems refuse to put a file in a folder's place with the same error.
            return _IN_THE_WAY if path.is_dir() else _IN_USE
    return _IN_USE if error.errno == errno.EROFS else ""

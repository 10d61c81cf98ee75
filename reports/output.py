"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

from rubrics.problems import Place, Problem, problem

_IN_USE = "文件正被其他程序打开，或没有写入权限"
_IN_THE_WAY = "这个位置上已有同名的文件或文件夹"


def write_whole(path: Path, data: bytes) -> tuple[Problem, ...]:
    """Writes ``data`` to ``path``, making its folder; returns the problem if that is not possible.

    The bytes go to a file beside it first, so that a reader never meets half a report and an
    earlier one stays where the new one cannot be put. Problem: ``output-locked``. A full disk
    raises ``OSError``.
    """
    # Short, because a school's name alone may fill the length that file systems allow.
    part = path.with_name(f".{os.getpid()}-{zlib.crc32(path.name.encode()):08x}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        os.replace(part, path)
    except PermissionError:
        return (_locked(path, _IN_USE),)
    except (IsADirectoryError, NotADirectoryError, FileExistsError):
        return (_locked(path, _IN_THE_WAY),)
    finally:
        part.unlink(missing_ok=True) if part.parent.is_dir() else None
    return ()


def _locked(path: Path, detail: str) -> Problem:
    return problem("output-locked", Place(file=path.name), name=path.name, detail=detail)

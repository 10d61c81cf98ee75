"""Opening and digesting files of a folder into which anybody may put anything.

Whatever is no regular file (a link, a pipe, a device) is never opened, since to open some of them
waits for ever, and a link may lead anywhere.
"""

from __future__ import annotations

import hashlib
import os
import stat
from io import BufferedReader
from pathlib import Path

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
)


class IrregularError(OSError):
    """What is there is no regular file."""


def opened(path: Path) -> BufferedReader:
    """Returns a regular file, opened to read. Anything else raises OSError, and does not wait."""
    number = os.open(path, _FLAGS)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise IrregularError("不是普通文件")
    return os.fdopen(number, "rb")


def whole_digest(file: BufferedReader) -> str:
    """Returns the SHA-256 (hex) of an open file, from its beginning to its end."""
    return hashlib.file_digest(file, "sha256").hexdigest()


def digest_there(path: Path) -> str:
    """Returns the SHA-256 (hex) of a file; empty where there is none, or none to be read."""
    try:
        with opened(path) as file:
            return whole_digest(file)
    except OSError:
        return ""

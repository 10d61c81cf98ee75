"""What a process that works on foreign bytes may take, and that it dies in silence."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 1 << 30
"""Memory that the work may take; an honest file needs a tenth. Enforced on Linux."""

MOST_SECONDS: Final = 60.0
"""Time that one file may take; an honest one needs a hundredth of a second."""

TOO_MUCH: Final = "内容太大"
DIED: Final = "内容异常，读取时程序退出"
LATE: Final = "读了一分钟还没有读完"


class BeyondLimitsError(Exception):
    """The work took more than it may, or ended its process; the text says which, in Chinese."""


def say_nothing() -> None:
    """What libraries say when they give up is nothing that a user should see."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def limit_memory() -> None:
    """From here on this process gets so much memory and no more; where it dies, no core is left."""
    if sys.platform == "linux":
        import resource

        # On top of what libraries have reserved, which on a large machine may be much more.
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + MOST_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

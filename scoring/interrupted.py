"""Ctrl-C, and being asked to end: the program says so and ends, at any moment, without a traceback.

The first signal is an exception where the program stands, so that it puts away what it was at. The
second ends it at once; so does one that falls where Python can raise nothing. Either is safe, since
the program may be killed at any moment. Until :func:`heed_signals`, while the program is loaded,
Ctrl-C is an exception too, and SIGTERM ends it as the system does.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType, TracebackType
from typing import NoReturn

ABORTED = "已中止：已写好的都完整；再运行一次同样的命令，就接着做完。"

_heard = 0
"""The signal that is being obeyed, 0 for none; there is one program in a process."""


class TerminatedError(KeyboardInterrupt):
    """The system, or somebody by its means, asks the program to end."""


def heed_signals() -> None:
    """From now on SIGINT and SIGTERM (on Windows Ctrl-Break too) end the program quietly."""
    for number in _NUMBERS:
        if signal.getsignal(number) != signal.SIG_IGN:  # as whoever started us wants it
            signal.signal(number, _obey)


def heed_no_more() -> None:
    """What there was to do is done, or broken off: a signal can change nothing any more."""
    for number in _NUMBERS:
        signal.signal(number, signal.SIG_IGN)


def interrupted_status() -> int:
    """Returns the status of a program that was interrupted: 130 for Ctrl-C, 143 for SIGTERM."""
    return 128 + (_heard or signal.SIGINT)


def is_interrupted() -> bool:
    """Whether a signal is being obeyed: whatever fails now, fails for that."""
    return bool(_heard)


_NUMBERS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)
]


def _obey(number: int, frame: FrameType | None) -> None:
    global _heard
    if _heard:
        _end_at_once()
    _heard = number
    raise KeyboardInterrupt if number == signal.SIGINT else TerminatedError


def _end_at_once() -> NoReturn:
    with suppress(OSError):
        os.write(2, f"{ABORTED}\n".encode(sys.stderr.encoding or "utf-8", "replace"))
    os._exit(interrupted_status())


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.stderr.write(f"{ABORTED}\n")
    else:
        sys.__excepthook__(kind, error, trace)


def _tell_unraisable(met: sys.UnraisableHookArgs) -> None:
    """An exception in a destructor or a callback is lost; an interruption must not be."""
    if isinstance(met.exc_value, KeyboardInterrupt):
        _end_at_once()
    sys.__unraisablehook__(met)


sys.excepthook = _tell
sys.unraisablehook = _tell_unraisable

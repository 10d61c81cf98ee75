"""Whoever writes into a round's folder takes turns, so that what is written fits together.

Scores, reports and marked copies follow from the ledger as it was read. Of two at once the one
that read it first must not be the one that writes last.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path


@contextlib.contextmanager
def turn(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Waits until nobody else has a turn in ``folder``; the turn ends with the process too.

    ``waiting`` is called once where it has to wait. A folder that is not there, or where nothing
    can be locked, is not waited for. A turn within a turn waits for ever: only what is called
    from outside takes one.
    """
    with contextlib.ExitStack() as held:
        for waited in _attempts(folder, held):
            if not waited:
                waiting()
        yield


if sys.platform == "win32":
    _LOCK = ".scoring.lock"

    def _attempts(folder: Path, held: contextlib.ExitStack) -> Iterator[int]:
        # The system removes the file when it is closed, also after a kill.
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_TEMPORARY | os.O_NOINHERIT
        path, waited = folder / _LOCK, 0
        while folder.is_dir():
            try:
                held.callback(os.close, os.open(path, flags))
                return
            except OSError:
                if not path.exists():
                    return
            yield waited
            waited += 1
            time.sleep(0.2)

else:
    import fcntl

    def _attempts(folder: Path, held: contextlib.ExitStack) -> Iterator[int]:
        try:
            number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            return
        held.callback(os.close, number)
        with contextlib.suppress(BlockingIOError, OSError):
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield 0
                fcntl.flock(number, fcntl.LOCK_EX)

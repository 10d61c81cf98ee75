"""Processes that do part of the work: they end when the one that started them does."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait


def serve_parent() -> None:
    """Is called first in a worker: Ctrl-C is the parent's to answer, and its end is the worker's.

    A parent that was killed can tell nobody. Its workers would wait for work for ever, and keep
    what they have open.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


@contextmanager
def starting() -> Iterator[None]:
    """Surrounds what starts workers, so that one that is not yet ready is deaf to Ctrl-C too."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def working(pool: ProcessPoolExecutor) -> Iterator[ProcessPoolExecutor]:
    """Gives a pool, and ends it; where the work is broken off, without waiting for what is left."""
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.kill()
        raise
    pool.shutdown()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)

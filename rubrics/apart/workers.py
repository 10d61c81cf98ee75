"""Processes that do part of the work: they end when the one that started them does."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Final

_ENDING: Final = frozenset({signal.SIGINT, signal.SIGTERM})


def serve_parent() -> None:
    """Is called first in a worker: Ctrl-C is the parent's to answer, and its end is the worker's.

    A parent that was killed can tell nobody. Its workers would wait for work for ever, and keep
    what they have open.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A copy of the parent has the parent's own answer, which would keep the copy from ending.
    if signal.getsignal(signal.SIGTERM) != signal.SIG_IGN:  # as whoever started us wants it
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":  # blocked when it was started: what asks it to end is heard again
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


@contextmanager
def starting() -> Iterator[None]:
    """Surrounds what starts workers: a signal that comes meanwhile is obeyed when they are started.

    A worker that is not yet ready must not hear it, and a parent that is half way through must not
    be torn from it. What is started inherits the blocked signals, up to :func:`serve_parent`.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    before = {number: signal.getsignal(number) for number in _ENDING}
    for number in _ENDING:
        signal.signal(number, lambda number, frame: heard.append(number))
    try:
        with _blocked():
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
        for late in heard:
            signal.raise_signal(late)


@contextmanager
def _blocked() -> Iterator[None]:
    if sys.platform == "win32":  # where a worker cannot inherit that
        yield
        return
    from multiprocessing import resource_tracker

    # Started within, this process of Python's own would unblock them for all.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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

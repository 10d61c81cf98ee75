"""Does pieces of work in processes of their own, so that none can take the others with it.

A file can make what reads it abort, use up the memory, or never come to an end, and then nothing
in the same process can help. So this process gives out the pieces one by one, waits for each
answer only so long, and kills a worker that does not answer. The piece that it was at is done
again by a fresh worker if it was not the worker's first, and refused if it was.
"""

from __future__ import annotations

import gc
import multiprocessing
import time
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from rubrics.apart import limits
from rubrics.apart.limits import DIED, LATE, TOO_MUCH, limit_memory, say_nothing
from rubrics.apart.workers import serve_parent, starting

_MOST_STARTING = 300.0
"""Time that a worker may take to start, which on a busy machine can be much."""

_AHEAD = 4
"""Pieces that a worker is given before it has answered; all of them fit into its pipe."""

J = TypeVar("J")
T = TypeVar("T")


def fresh(*preload: str) -> BaseContext:
    """Workers that start from nothing but ``preload`` (modules), for work that takes a while."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # Imported once, in the server; every worker is then a cheap copy of it.
    context.set_forkserver_preload(list(preload))
    return context


def answers(
    jobs: Sequence[J],
    work: Callable[[J], T],
    refused: Callable[[J, str], T],
    workers: int,
    context: BaseContext,
) -> Generator[tuple[J, T], None, None]:
    """Yields every job with what ``work``, a function of a module, made of it, in any order.

    ``refused`` says what becomes of a job that took too much or ended its worker, with the reason
    in Chinese; what ``work`` raises is raised here, MemoryError apart, which is too much. Workers
    end with the last job, or when this is closed. ``workers`` 0 works here, without limits.
    """
    if not workers:
        yield from ((job, work(job)) for job in jobs)
        return
    waiting, again = deque(jobs), deque[J]()
    crew: list[_Worker] = []
    try:
        while waiting or again or any(worker.given for worker in crew):
            while (waiting or again) and len(crew) < min(workers, len(jobs)):
                crew.append(_worker(context, work))
            for worker in crew:
                _feed(worker, waiting, again)
            for worker, answered in _answering(crew):
                job = worker.given[0]
                made, reason = _answer(worker, answered)
                if reason:
                    crew.remove(worker)
                    worker.end()
                    waiting.extendleft(reversed(list(worker.given)[1:]))
                    if worker.answered and reason != LATE:
                        again.append(job)
                        continue
                else:
                    worker.given.popleft()
                    worker.answered += 1
                    worker.due = time.monotonic() + limits.MOST_SECONDS
                yield job, refused(job, reason) if reason else made
    finally:
        for worker in crew:
            worker.end()


@dataclass(slots=True)
class _Worker:
    """A process that works: the jobs that it has been given, the first of which it is at."""

    process: BaseProcess
    pipe: Connection
    due: float
    given: deque[Any] = field(default_factory=deque)
    answered: int = 0
    alone: bool = False

    def give(self, job: object) -> None:
        """Sends a job; one that has died meanwhile is found out when it answers."""
        if not self.given:
            self.due = time.monotonic() + limits.MOST_SECONDS
        self.given.append(job)
        try:
            self.pipe.send(job)
        except OSError:
            self.due = min(self.due, time.monotonic())

    def end(self) -> None:
        """Ends the process at once, whatever it is doing."""
        if self.process.pid is not None:
            self.process.kill()
            self.process.join()
        self.pipe.close()


def _feed(worker: _Worker, waiting: deque[Any], again: deque[Any]) -> None:
    idle = not worker.answered and not worker.given
    if idle and again:
        worker.alone = True
        worker.give(again.popleft())
        return
    if worker.alone and not worker.answered:
        return
    while waiting and len(worker.given) < _AHEAD:
        worker.give(waiting.popleft())


def _answering(crew: Sequence[_Worker]) -> list[tuple[_Worker, bool]]:
    """Waits for the first workers that have answered or died, or else have had their time."""
    busy = [worker for worker in crew if worker.given]
    left = min(worker.due for worker in busy) - time.monotonic()
    answered = wait([worker.pipe for worker in busy], max(left, 0))
    now = time.monotonic()
    found = ((worker, worker.pipe in answered) for worker in busy)
    return [(worker, there) for worker, there in found if there or worker.due <= now]


def _answer(worker: _Worker, answered: bool) -> tuple[Any, str]:
    """Returns what a worker made, and why it is to be given up, or an empty text."""
    if not answered:
        return None, LATE
    try:
        made, error = worker.pipe.recv()
    except (EOFError, OSError):
        return None, DIED
    if isinstance(error, MemoryError):
        return None, TOO_MUCH
    if error is not None:
        raise error
    return made, ""


def _worker(context: BaseContext, work: Callable[[Any], object]) -> _Worker:
    ours, theirs = context.Pipe()
    process = context.Process(  # type: ignore[attr-defined]  # every context has one
        target=_work_on, args=(theirs, work), daemon=True
    )
    worker = _Worker(process, ours, time.monotonic() + limits.MOST_SECONDS)
    try:
        with starting(), warnings.catch_warnings():
            # Of copying a process with threads: what runs in the copy needs none of them.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        theirs.close()
        if not (ours.poll(_MOST_STARTING) and ours.recv()):
            raise RuntimeError("a working process did not start")
    except (EOFError, OSError) as error:
        worker.end()
        raise RuntimeError("a working process did not start") from error
    except BaseException:  # Ctrl-C, too: nobody knows of it yet who would end it
        worker.end()
        raise
    return worker


def _work_on(pipe: Connection, work: Callable[[Any], object]) -> None:
    """Works for as long as there are jobs; out of memory, it says so and ends."""
    serve_parent()
    say_nothing()
    limit_memory()
    gc.freeze()  # what is there already lives as long as the process
    pipe.send(True)
    for job in _given(pipe):
        try:
            pipe.send((work(job), None))
        except MemoryError as error:  # of packing, too, which takes as much again
            pipe.send((None, error))
            return
        except Exception as error:
            pipe.send((None, error))


def _given(pipe: Connection) -> Iterator[Any]:
    while True:
        try:
            yield pipe.recv()
        except (EOFError, OSError):
            return

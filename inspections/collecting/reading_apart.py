"""Reads workbooks in processes of their own, so that no file can take the others with it.

A file can make the reader abort, use up the memory, or never come to an end, and then nothing in
the reading process can help. So this process gives out the files one by one, waits for each
answer only so long, and kills a reader that does not answer. The file that it was at is read
again by a fresh reader if it was not the reader's first, and refused if it was.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from inspections.collecting.one_file import TOO_MUCH, Job, read_file, refused
from inspections.collecting.workers import serve_parent, starting
from inspections.workbook.form.expectations import Expectations
from inspections.workbook.reading.workbook_record import WorkbookRecord

if TYPE_CHECKING:  # on Windows there is but one of them
    from multiprocessing.context import ForkServerContext, SpawnContext

_MOST_BYTES = 1 << 30
"""Memory that reading may take; an honest workbook needs a tenth. Enforced on Linux."""

_MOST_SECONDS = 60.0
"""Time that one file may take; an honest workbook needs a hundredth of a second."""

_MOST_STARTING = 300.0
"""Time that a reader may take to start, which on a busy machine can be much."""

_AHEAD = 4
"""Files that a reader is given before it has answered; all of them fit into its pipe."""

_DIED = "内容异常，读取时程序退出"
_LATE = "读了一分钟还没有读完"


T = TypeVar("T")
Form: TypeAlias = Callable[[WorkbookRecord, Expectations], T]
"""What the reading process makes of a record before it hands it over; a function of a module."""


def reading(
    jobs: Sequence[Job],
    expected: Expectations,
    workers: int,
    done: Callable[[int], None],
    form: Form[T],
) -> Generator[T, None, None]:
    """Yields what every file holds, in the order of ``jobs``; ``done`` is told how many at a time.

    ``form`` is what becomes of it where it was read: little has to be handed over then.
    ``workers`` 0 reads in this process, without limits. Readers end with the last file, or when
    this is closed. Codes: workbook-unreadable, those of ``read_workbook``.
    """
    found: dict[Job, T] = {}
    left = deque(jobs)
    for job, made in (
        _read_apart(jobs, expected, workers, form) if workers else _read_here(jobs, expected, form)
    ):
        found[job] = made
        done(1)
        while left and left[0] in found:
            yield found.pop(left.popleft())


def as_read(record: WorkbookRecord, expected: Expectations) -> WorkbookRecord:
    """Leaves a record as it is."""
    del expected
    return record


def _read_here(
    jobs: Sequence[Job], expected: Expectations, form: Form[T]
) -> Iterator[tuple[Job, T]]:
    return ((job, form(read_file(job, expected), expected)) for job in jobs)


@dataclass(slots=True)
class _Reader:
    """A reading process: the files that it has been given, the first of which it is at."""

    process: BaseProcess
    pipe: Connection
    due: float
    given: deque[Job] = field(default_factory=deque)
    answered: int = 0
    alone: bool = False

    def give(self, job: Job) -> None:
        """Sends a file to read; one that has died meanwhile is found out when it answers."""
        if not self.given:
            self.due = time.monotonic() + _MOST_SECONDS
        self.given.append(job)
        try:
            self.pipe.send(job)
        except OSError:
            self.due = min(self.due, time.monotonic())

    def end(self) -> None:
        """Ends the process at once, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _read_apart(
    jobs: Sequence[Job], expected: Expectations, workers: int, form: Form[T]
) -> Iterator[tuple[Job, T]]:
    context = _context()
    waiting, again = deque(jobs), deque[Job]()
    crew: list[_Reader] = []
    try:
        while waiting or again or any(reader.given for reader in crew):
            while (waiting or again) and len(crew) < min(workers, len(jobs)):
                crew.append(_reader(context, expected, form))
            for reader in crew:
                _feed(reader, waiting, again)
            for reader, answered in _answering(crew):
                job = reader.given[0]
                made, reason = _answer(reader, answered)
                if reason:
                    crew.remove(reader)
                    reader.end()
                    waiting.extendleft(reversed(list(reader.given)[1:]))
                    if reader.answered and reason != _LATE:
                        again.append(job)
                        continue
                else:
                    reader.given.popleft()
                    reader.answered += 1
                    reader.due = time.monotonic() + _MOST_SECONDS
                yield job, form(refused(job[1], reason), expected) if reason else made
    finally:
        for reader in crew:
            reader.end()


def _feed(reader: _Reader, waiting: deque[Job], again: deque[Job]) -> None:
    fresh = not reader.answered and not reader.given
    if fresh and again:
        reader.alone = True
        reader.give(again.popleft())
        return
    if reader.alone and not reader.answered:
        return
    while waiting and len(reader.given) < _AHEAD:
        reader.give(waiting.popleft())


def _answering(crew: Sequence[_Reader]) -> list[tuple[_Reader, bool]]:
    """Waits for the first readers that have answered or died, or else have had their time."""
    busy = [reader for reader in crew if reader.given]
    left = min(reader.due for reader in busy) - time.monotonic()
    answered = wait([reader.pipe for reader in busy], max(left, 0))
    now = time.monotonic()
    found = ((reader, reader.pipe in answered) for reader in busy)
    return [(reader, there) for reader, there in found if there or reader.due <= now]


def _answer(reader: _Reader, answered: bool) -> tuple[Any, str]:
    """Returns what a reader made, and why it is to be given up, or an empty text."""
    if not answered:
        return None, _LATE
    try:
        answer = reader.pipe.recv()
    except (EOFError, OSError):
        return None, _DIED
    return (None, TOO_MUCH) if answer == TOO_MUCH else (answer, "")


def _context() -> ForkServerContext | SpawnContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # Imported once, in the server; every reader is then a cheap copy of it.
    context.set_forkserver_preload([__name__])
    return context


def _reader(
    context: ForkServerContext | SpawnContext, expected: Expectations, form: Form[Any]
) -> _Reader:
    ours, theirs = context.Pipe()
    process = context.Process(target=_read_on, args=(theirs, expected, form), daemon=True)
    with starting():
        process.start()
    theirs.close()
    try:
        ready = ours.poll(_MOST_STARTING) and ours.recv()
    except (EOFError, OSError):
        ready = False
    if not ready:
        raise RuntimeError("a reading process did not start")
    return _Reader(process, ours, time.monotonic() + _MOST_SECONDS)


def _read_on(pipe: Connection, expected: Expectations, form: Form[Any]) -> None:
    """Reads files for as long as there are any; out of memory, it says so and ends."""
    serve_parent()
    _quietly()
    _limited()
    gc.freeze()  # rubrics and modules live as long as the process
    pipe.send(True)
    while True:
        try:
            job = pipe.recv()
        except (EOFError, OSError):
            return
        record = read_file(job, expected)
        full = any(dict(item.params).get("detail") == TOO_MUCH for item in record.problems)
        pipe.send(TOO_MUCH if full else form(record, expected))
        if full:
            return


def _quietly() -> None:
    """What libraries say when they give up is nothing that a user should see."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _limited() -> None:
    if sys.platform == "linux":
        import resource

        # On top of what libraries have reserved, which on a large machine may be much more.
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + _MOST_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

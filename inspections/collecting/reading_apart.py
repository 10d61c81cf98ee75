"""Reads workbooks in processes of their own, so that no file can take the others with it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from functools import partial
from typing import TypeAlias, TypeVar

from inspections.collecting.one_file import Job, read_file, refused
from inspections.workbook.form.expectations import Expectations
from inspections.workbook.reading.workbook_record import WorkbookRecord
from rubrics.apart import crew
from rubrics.apart.limits import TOO_MUCH

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
    read = partial(_read if workers else _read_here, expected, form)
    instead = partial(_instead, expected, form)
    with closing(crew.answers(jobs, read, instead, workers, crew.fresh(__name__))) as coming:
        for job, made in coming:
            found[job] = made
            done(1)
            while left and left[0] in found:
                yield found.pop(left.popleft())


def as_read(record: WorkbookRecord, expected: Expectations) -> WorkbookRecord:
    """Leaves a record as it is."""
    del expected
    return record


def _read(expected: Expectations, form: Form[T], job: Job) -> T:
    record = read_file(job, expected)
    if any(dict(item.params).get("detail") == TOO_MUCH for item in record.problems):
        raise MemoryError  # a fresh reader may have enough
    return form(record, expected)


def _read_here(expected: Expectations, form: Form[T], job: Job) -> T:
    return form(read_file(job, expected), expected)


def _instead(expected: Expectations, form: Form[T], job: Job, reason: str) -> T:
    return form(refused(job[1], reason), expected)

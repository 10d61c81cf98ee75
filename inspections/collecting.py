"""Collecting: reads what came back into the ledger, and tells which visits count."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inspections.conflicts import conflicts, copies, settled, standing, superseded
from inspections.folder import OpenRound
from inspections.ledger.recalling import basis, claims, sheets, stored_problems
from inspections.ledger.recording import already_read, record
from inspections.ledger.tables import open_ledger
from inspections.reading_apart import Job, read_files
from inspections.returned_files import returned_files, unreadable
from inspections.visit import Visit
from inspections.workbook.expectations import expectations
from inspections.workbook.reading import WorkbookRecord
from rubrics.problems import Place, Problem, problem

Progress = Callable[[int, int], None]
"""Told how many of how many files are done."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What the ledger holds: the visits that count, by file and sheet, and all problems.

    ``files`` lie in ``returned/``; ``fresh`` of them were read just now, the others before.
    """

    visits: tuple[Visit, ...]
    problems: tuple[Problem, ...]
    files: int = 0
    fresh: int = 0


def collect(
    of: OpenRound, progress: Progress | None = None, workers: int | None = None
) -> Collected:
    """Reads ``returned/`` into the ledger; returns what counts now.

    A file that the ledger knows is not read again, unless round, rosters or rubrics have changed
    since. Same folder, same result. ``workers``: reading processes, at most two where not given;
    0 reads in this process. Codes: those of ``read_workbook``, workbook-unreadable,
    visit-conflict.
    """
    workbooks, others = returned_files(of.folder.returned)
    ledger = open_ledger(of.folder.ledger)
    known = already_read(ledger, of.basis)
    digests = {path: _digest(path) for path in workbooks}
    jobs: list[Job] = [
        (path, of.folder.name(path))
        for path in workbooks
        if (of.folder.name(path), digests[path]) not in known
    ]
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress(done, len(jobs))

    if workers is None:
        workers = min(2, os.cpu_count() or 1)
    read = read_files(jobs, expectations(of), workers, tell) if jobs else []
    # A file that could not be opened is told by the bytes that were there.
    found = [
        WorkbookRecord(item.file, digests[path], item.sheets, item.problems)
        for (path, _), item in zip(jobs, read, strict=True)
    ]
    for path in others:
        name = of.folder.name(path)
        digests[path] = _digest(path)
        found.append(WorkbookRecord(name, digests[path], (), (unreadable(path, name),)))
    there = {(of.folder.name(path), digest) for path, digest in digests.items()}
    record(ledger, of.basis, there, found)
    ledger.dispose()
    counted = collected(of)
    return Collected(counted.visits, counted.problems, len(workbooks), len(jobs))


def collected(of: OpenRound) -> Collected:
    """Returns what the ledger holds, without reading ``returned/``.

    A record that a corrected copy takes the place of does not count, and its problems are over.

    Codes: visit-conflict, those that collecting stored, and ledger-stale, where round, rosters
    or rubrics have changed since.
    """
    if not of.folder.ledger.is_file():
        return Collected((), ())
    ledger = open_ledger(of.folder.ledger)
    held = [
        visit
        for visit in claims(ledger)
        if visit.key.school in of.roster.schools and visit.key.rubric in of.rubrics
    ]
    filled = sheets(ledger)
    gone = superseded(filled)
    gone |= copies(held, filled, gone)
    visits, others = standing(visit for visit in held if (visit.file, visit.sheet) not in gone)
    problems = [*settled(stored_problems(ledger), filled, gone), *conflicts(others, of)]
    if basis(ledger) not in ("", of.basis):
        problems.append(problem("ledger-stale", Place(of.folder.name(of.folder.ledger))))
    ledger.dispose()
    problems.sort(key=lambda item: item.place.file)
    return Collected(tuple(visits), tuple(problems))


def uncollected(of: OpenRound) -> int:
    """Returns how many workbooks in ``returned/`` the ledger has not read as they are now."""
    workbooks, _ = returned_files(of.folder.returned)
    if not of.folder.ledger.is_file():
        return len(workbooks)
    ledger = open_ledger(of.folder.ledger)
    known = already_read(ledger, of.basis)
    ledger.dispose()
    return sum((of.folder.name(path), _digest(path)) not in known for path in workbooks)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""

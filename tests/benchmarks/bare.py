"""Only reads the returned workbooks of a round, in two processes: no ledger, nothing handed over.

``python -m tests.benchmarks.bare DIR``: what collecting is compared with.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path

from inspections.collecting.one_file import Job, read_file
from inspections.collecting.returned_files import returned_files
from inspections.ledger.of_round import open_round
from inspections.workbook.form.expectations import Expectations, expectations

PROCESSES = 2
"""As many as collecting has."""


def main() -> None:
    """Reads every workbook once, with all checks on."""
    opened, problems = open_round(Path(sys.argv[1]))
    assert opened is not None, problems
    workbooks, _ = returned_files(opened.folder.returned)
    jobs = [(path, opened.folder.name(path)) for path in workbooks]
    expected = expectations(opened)
    context = multiprocessing.get_context("fork")
    readers = [
        context.Process(target=_read, args=(jobs[first::PROCESSES], expected))
        for first in range(PROCESSES)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    sys.exit(max(abs(reader.exitcode or 0) for reader in readers))


def _read(jobs: Sequence[Job], expected: Expectations) -> None:
    gc.freeze()  # as the readers of collecting do
    for job in jobs:
        read_file(job, expected)


if __name__ == "__main__":
    main()

"""Whether the reports of a round stand as they would be written once more.

What is remembered is no truth: where it is lost, or anything differs, reports are written anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from inspections.collecting.problem_table import problems_csv
from inspections.collecting.publishing import edited
from inspections.ledger.of_round import ledger_of
from inspections.ledger.recording import last_of
from inspections.round.opened import OpenRound
from inspections.round.program import program_digest
from inspections.round.regular_files import digest_there
from reports.letter.origin import drawn_by
from reports.written import report_paths
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Problem
from scoring.results.snapshot import PUBLISHED

FILE: Final = "reports.txt"
"""In the folder of what is derived: the digest of all that the reports were last made from."""


def stand(opened: OpenRound, problems: Sequence[Problem]) -> bool:
    """Whether a whole run wrote the reports from these results, and nobody has changed them since.

    ``problems``: what would be told in them.

    For whoever has just collected and scored: photographs are then as the records say.
    """
    try:
        kept = (opened.folder.derived / FILE).read_text(encoding="ascii")
    except (OSError, ValueError):
        return False
    there = all(path.exists() for path in report_paths(opened.folder))
    return there and kept == _origin(opened, problems) and not edited(opened)


def remember(opened: OpenRound, problems: Sequence[Problem]) -> None:
    """Keeps what the reports have just been made from, all of them without a problem."""
    write_whole(opened.folder.derived / FILE, _origin(opened, problems).encode(), FILE)


def _origin(opened: OpenRound, problems: Sequence[Problem]) -> str:
    """The digest of results and problems, of what was erased, and of the code that draws."""
    results = [digest_there(opened.folder.results / name) for name in PUBLISHED]
    with ledger_of(opened) as ledger, ledger.connect() as connection:
        erased = last_of(connection, "erasure")
    met = hashlib.sha256(problems_csv(problems)).hexdigest()
    told = [*results, met, str(erased), drawn_by(None), program_digest("reports")]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()

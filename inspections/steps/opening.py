"""Opening a round of which something has been collected."""

from __future__ import annotations

from pathlib import Path

from inspections.ledger.of_round import has_ledger, open_round
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Place, Problem, problem


def open_with_ledger(folder: Path, ledger: str = "") -> tuple[OpenRound | None, list[Problem]]:
    """Returns the round in a folder; None where there is none, or nothing was collected yet.

    ``ledger``: the address of a shared ledger, in place of the round's. Codes: those of
    ``open_round``, nothing-to-score.
    """
    opened, problems = open_round(folder, ledger)
    if opened is None or has_ledger(opened):
        return opened, problems
    return None, [problem("nothing-to-score", Place(opened.ledger_name))]

"""Opening a round to work with its ledger, and one of which something has been collected."""

from __future__ import annotations

from pathlib import Path

from inspections.ledger.of_round import has_ledger, open_round
from inspections.ledger.trusting import doubts
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Place, Problem, problem


def open_trusted(folder: Path, ledger: str = "") -> tuple[OpenRound | None, list[Problem]]:
    """Returns the round in a folder; None where there is none, or its ledger cannot be trusted.

    ``ledger``: the address of a shared ledger, in place of the round's. Codes: those of
    ``open_round`` and ``doubts``.
    """
    opened, problems = open_round(folder, ledger)
    if opened is not None and (wrong := doubts(opened)):
        return None, wrong
    return opened, problems


def open_with_ledger(
    folder: Path, ledger: str = "", *, to_look: bool = False
) -> tuple[OpenRound | None, list[Problem]]:
    """Returns the round in a folder; None where there is none, or nothing was collected yet.

    ``to_look``: for those who only look, one of which acts are missing will do; it is told. Codes:
    those of ``open_round`` and ``doubts``, nothing-to-score.
    """
    opened, problems = open_round(folder, ledger)
    if opened is None:
        return None, problems
    wrong = doubts(opened)
    behind = bool(wrong) and all(one.code == "ledger-behind" for one in wrong)
    if wrong and not (to_look and behind and has_ledger(opened)):
        return None, wrong
    if not has_ledger(opened):
        return None, [problem("nothing-to-score", Place(opened.ledger_name))]
    return opened, [*problems, *wrong]

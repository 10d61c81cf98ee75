"""Opening a round to work with its ledger, and one of which something has been collected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inspections.ledger.of_round import has_ledger, ledger_of, open_round
from inspections.ledger.rectification import all_cases
from inspections.ledger.trusting import doubts
from inspections.records.rectification import Case
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import Watcher


def open_trusted(
    folder: Path, ledger: str = "", *, to_restore: bool = False
) -> tuple[OpenRound | None, list[Problem]]:
    """Returns the round in a folder; None where there is none, or its ledger cannot be trusted.

    ``ledger``: the address of a shared ledger, in place of the round's; ``to_restore``: as in
    ``open_round``. Codes: those of ``open_round`` and ``doubts``.
    """
    opened, problems = open_round(folder, ledger, to_restore=to_restore)
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


@contextmanager
def items_at_work(
    folder: Path, ledger: str, watcher: Watcher
) -> Iterator[tuple[OpenRound | None, list[Case], list[Problem]]]:
    """Gives the round with its items to be put right, for whoever has the turn.

    Codes: those of ``open_with_ledger``, and rectify-none where there are no items.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_with_ledger(folder, ledger)
        cases: list[Case] = []
        if opened is not None:
            with ledger_of(opened) as held:
                cases = all_cases(held)
            if not cases:
                problems = [*problems, problem("rectify-none", Place(opened.ledger_name))]
        yield opened, cases, list(problems)

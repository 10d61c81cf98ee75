"""Deciding: the bureau accepts, rejects, corrects, excuses, and takes a decision back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from inspections.collecting.decision_making import Made, judge_file, judge_item, revoke
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.round.opened import OpenRound
from inspections.steps.opening import open_with_ledger


def decide_file(
    folder: Path, verdict: Verdict, file: str, by: By, *, sheet: str = "", ledger: str = ""
) -> Made:
    """Accepts or rejects a file of ``returned/``, or one ``sheet`` of it.

    Returns the decision with its number; None where nothing was decided. Codes: those of
    ``open_with_ledger`` and ``judge_file``.
    """
    return _decided(folder, ledger, lambda opened: judge_file(opened, verdict, file, sheet, by))


def decide_item(
    folder: Path,
    verdict: Verdict,
    school: str,
    rubric: str,
    item: str,
    by: By,
    *,
    value: str = "",
    occasion: str = "",
    inspector: str = "",
    ledger: str = "",
) -> Made:
    """Corrects an item of a school's records to ``value``, or excuses it.

    ``item`` is the code in column A of the workbook (``C5``, ``C5.part``), or ``C5.fault`` and
    ``C5.remark`` for the texts; ``occasion`` and ``inspector`` leave the other records alone.
    Returns the decision with its number; None where nothing was decided. Codes: those of
    ``open_with_ledger`` and ``judge_item``.

    >>> by = By("张主任", "到校复核")
    >>> done, problems = decide_item(
    ...     Path("demo"), Verdict.CORRECT, "青禾县第一小学", "canteen", "Z9", by, value="3"
    ... )
    >>> done, problems[0].code
    (None, 'decide-item-unknown')
    """
    chosen = {"value": value, "occasion": occasion, "inspector": inspector}
    return _decided(
        folder,
        ledger,
        lambda opened: judge_item(opened, verdict, school, rubric, item, by, **chosen),
    )


def revoke_decision(folder: Path, number: int, by: By, *, ledger: str = "") -> Made:
    """Takes back the decision with a number; it stays in the ledger.

    Returns the decision to do so; None where nothing was decided. Codes: those of
    ``open_with_ledger`` and ``revoke``.
    """
    return _decided(folder, ledger, lambda opened: revoke(opened, number, by))


def _decided(folder: Path, ledger: str, judge: Callable[[OpenRound], Made]) -> Made:
    opened, problems = open_with_ledger(folder, ledger)
    return (None, problems) if opened is None else judge(opened)

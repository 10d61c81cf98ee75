"""Computers that share a ledger: one that is used no more, and what lay on it, let go."""

from __future__ import annotations

from pathlib import Path

from inspections.collecting.looking import computer_id
from inspections.ledger.chain import By
from inspections.ledger.computers import Computer, contributing, release
from inspections.ledger.of_round import ledger_of
from inspections.steps.opening import open_with_ledger
from rubrics.messages.problems import Place, Problem, problem


def release_computer(
    folder: Path, name: str, by: By, *, ledger: str = ""
) -> tuple[Computer | None, list[Problem]]:
    """Adds that what lay on a computer when it last collected does not count any more.

    ``name``: as ``round status`` tells it, or its number. Where it collects again, it counts again.
    None, and nothing is added, where it is not known. Codes: those of ``open_with_ledger``,
    computer-unknown, computer-here.
    """
    opened, problems = open_with_ledger(folder, ledger)
    if opened is None:
        return None, problems
    with ledger_of(opened) as held:
        with held.connect() as connection:
            found = [one.computer for one in contributing(connection)] if opened.shared else []
        named = [one for one in found if name.strip() in (one.name, str(one.number))]
        where = Place(opened.ledger_name)
        if not named:
            known = "、".join(one.name for one in found) or "（台账是这个文件夹自己的，只有这一台）"
            return None, [problem("computer-unknown", where, name=name, known=known)]
        if named[0].id and named[0].id == computer_id(opened):
            return None, [problem("computer-here", where, name=named[0].name)]
        release(held, named[0].id, by)
    return named[0], problems

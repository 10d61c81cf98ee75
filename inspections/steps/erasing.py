"""Erasing a school or a person from the ledger, whose chain holds all the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from inspections.collecting.remembering import forget
from inspections.ledger import erasing
from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of
from inspections.round.targets import find_target
from inspections.steps.opening import open_with_ledger
from rubrics.messages.problems import Place, Problem, problem

_LISTED = 6
"""Files that are named one by one."""


def erase_school(
    folder: Path, school: str, by: By, *, ledger: str = ""
) -> tuple[int | None, list[Problem]]:
    """Blanks all that the ledger holds of a school; returns how many texts and bodies.

    None, and nothing is blanked, where there is no ledger or files of it still lie in the folder.
    Codes: those of ``open_with_ledger`` and ``find_target``, erase-first, school-erased.
    """
    opened, problems = open_with_ledger(folder, ledger)
    if opened is None:
        return None, problems
    target, unknown = find_target(opened.roster, opened.rubrics, school)
    if any(one.code == "school-ambiguous" for one in unknown):
        return None, unknown
    forget(opened.folder)
    with ledger_of(opened) as held:
        done = erasing.erase_school(held, target.school.id if target else school, by)
    if done.files:
        return None, [_first(opened.ledger_name, done.files)]
    if target:
        said = {"school": target.school.name, "id": target.school.id}
        problems.append(problem("school-erased", Place(opened.ledger_name), **said))
    # A school that is on no roster any more goes by its code, and is known by its rows.
    return done.count, problems if target or done.count else problems + unknown


def erase_names(
    folder: Path, names: Sequence[str], by: By, *, ledger: str = ""
) -> tuple[int | None, list[Problem]]:
    """Blanks every text in which one of ``names`` stands; returns how many.

    None, and nothing is blanked, where there is no ledger or files with them still lie in the
    folder. Codes: those of ``open_with_ledger``, erase-first.
    """
    opened, problems = open_with_ledger(folder, ledger)
    if opened is None:
        return None, problems
    forget(opened.folder)
    with ledger_of(opened) as held:
        done = erasing.erase_words(held, names, by)
    return (
        (None, [_first(opened.ledger_name, done.files)]) if done.files else (done.count, problems)
    )


def _first(ledger: str, files: Sequence[str]) -> Problem:
    named = "、".join(files[:_LISTED]) + ("等" if len(files) > _LISTED else "")
    return problem("erase-first", Place(ledger), count=len(files), files=named)

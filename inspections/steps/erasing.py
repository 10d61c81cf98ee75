"""Erasing a school or a person from the ledger, whose chain holds all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from inspections.collecting.remembering import forget
from inspections.collecting.returned_files import file_digest
from inspections.ledger import erasing
from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of
from inspections.round.known_digests import KnownDigests
from inspections.round.opened import OpenRound
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
    Codes: those of ``open_with_ledger`` and ``find_target``, erase-first,
    erase-rewrite, school-erased.
    """
    opened, problems = open_with_ledger(folder, ledger)
    if opened is None:
        return None, problems
    target, unknown = find_target(opened.roster, opened.rubrics, school)
    if any(one.code == "school-ambiguous" for one in unknown):
        return None, unknown
    forget(opened.folder)
    with ledger_of(opened) as held:
        code = target.school.id if target else school
        done = erasing.erase_school(held, code, by, lambda digests: _lying(opened, digests))
    if done.files:
        return None, [_first(opened.ledger_name, done.files)]
    if target:
        said = {"school": target.school.name, "id": target.school.id}
        problems.append(problem("school-erased", Place(opened.ledger_name), **said))
    problems += _to_rewrite(opened) if done.count else ()
    # A school that is on no roster any more goes by its code, and is known by its rows.
    return done.count, problems if target or done.count else problems + unknown


def erase_names(
    folder: Path, names: Sequence[str], by: By, *, ledger: str = ""
) -> tuple[int | None, list[Problem]]:
    """Blanks every text in which one of ``names`` stands; returns how many.

    None, and nothing is blanked, where there is no ledger or files with them still lie in the
    folder. Codes: those of ``open_with_ledger``, erase-first, erase-rewrite.
    """
    opened, problems = open_with_ledger(folder, ledger)
    if opened is None:
        return None, problems
    forget(opened.folder)
    with ledger_of(opened) as held:
        done = erasing.erase_words(held, names, by, lambda digests: _lying(opened, digests))
    if done.files:
        return None, [_first(opened.ledger_name, done.files)]
    return done.count, [*problems, *(_to_rewrite(opened) if done.count else ())]


def _lying(opened: OpenRound, digests: frozenset[str]) -> Iterator[str]:
    """Yields the names of the files with these digests: workbooks that came back, papers,
    answers.
    """
    if not digests:
        return
    held, known = opened.folder, KnownDigests(opened.folder)
    homes = (
        held.rectify, held.follow_up, held.accountability, held.evidence, held.answers,
        held.self_assessment,
    )  # fmt: skip
    for home in homes:
        for path in sorted(it for it in home.rglob("*") if it.is_file()):
            if file_digest(path, known) in digests:
                yield held.name(path)


def _to_rewrite(opened: OpenRound) -> list[Problem]:
    """Which commands write anew what was written of what is erased now. Code: erase-rewrite."""
    held = opened.folder
    made = {
        "run": [held.reports / "letters", held.results],
        "selfassess send": [held.self_assessment / "sent"],
        "selfassess status": [held.reminders / "自评通知"],
        "rectify send": [held.rectify / "sent"],
        "rectify collect": [*held.rectify.glob("*审核.xlsx")],
        "rectify book": [*held.reports.glob("整改台账*.xlsx")],
        "rectify status": [held.reminders],
        "followup send": [held.follow_up / "sent"],
        "followup report": [*held.reports.glob("回头看*.xlsx")],
        "accountability propose": [held.accountability / "sent"],
        "accountability papers": [held.reports / "问责"],
        "monthly": [held.reports / "月报"],
    }
    due = [command for command, paths in made.items() if any(map(_holds_files, paths))]
    if not due:
        return []
    commands = "、".join(f"scoring {command}" for command in due)
    return [problem("erase-rewrite", Place(opened.ledger_name), commands=commands)]


def _holds_files(path: Path) -> bool:
    return path.is_file() or any(it.is_file() for it in path.rglob("*"))


def _first(ledger: str, files: Sequence[str]) -> Problem:
    named = "、".join(files[:_LISTED]) + ("等" if len(files) > _LISTED else "")
    return problem("erase-first", Place(ledger), count=len(files), files=named)

"""Checking what a round begins with, or works with, without making anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inspections.ledger.of_round import ledger_problems
from inspections.planning.as_drawn import altered, as_drawn, pending
from inspections.planning.known_draws import told_of
from inspections.round.elapsed import FULL_YEAR
from inspections.round.opened import read_with_notes
from inspections.round.roster import read_roster
from inspections.round.round import Period, Round
from inspections.round.school import Assignment, Roster
from inspections.round.starting import prepare, with_groups
from inspections.steps.redrawing import broken_rules
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem

_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read: rubrics by id, both rosters, the plan (of a first plan, where none is)."""

    rubrics: Mapping[str, Rubric]
    roster: Roster
    plan: tuple[Assignment, ...]


def check_round(folder: Path, *, ledger: str = "") -> tuple[Checked | None, list[Problem]]:
    """Reads settings, rubrics, rosters and plan of the round in a folder.

    Returns what was read, None where there is no round to work with. Every problem is told, with
    the notes that other commands leave out. Codes: those of ``read_round``, ``ledger_problems``,
    ``pending``, ``altered`` and ``broken_rules``.
    """
    opened, problems = read_with_notes(folder, ledger)
    if opened is None:
        return None, problems
    if wrong := ledger_problems(opened):
        # What the plan says wrong follows from a file that is lost.
        plan = opened.folder.name(opened.folder.plan)
        lost = any(one.code == "draw-file-missing" for one in wrong)
        return None, [*(it for it in problems if not (lost and it.place.file == plan)), *wrong]
    told = told_of(opened)
    problems += [*pending(opened, told), *altered(opened, as_drawn(opened, told))]
    if opened.roster.drawn and opened.round.drawing:
        problems += broken_rules(opened, told)
    return Checked(opened.rubrics, opened.roster, opened.plan), problems


def check_files(
    schools: Path, inspectors: Path, rubrics: Sequence[str] = ()
) -> tuple[Checked | None, list[Problem]]:
    """Reads two rosters as ``start_round`` would, against the rubrics that are named.

    Returns what was read, None where a rubric is not there. Codes: those of ``prepare``.
    """
    if not rubrics:
        roster, problems = read_roster(schools, inspectors)
        return Checked({}, roster, ()), problems
    settings = Round(
        id="check",
        title="",
        bureau="",
        rubrics=tuple(rubrics),
        window=Period(since=_ANY_DAY, until=_ANY_DAY),
        elapsed=dict(FULL_YEAR),
    )
    found, problems = prepare(with_groups(settings), schools, inspectors)
    return (Checked(found.rubrics, found.roster, found.plan) if found else None), problems

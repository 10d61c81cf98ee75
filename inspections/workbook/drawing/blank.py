"""Writes the blank workbooks of a round, by its plan: what every inspector takes to the schools."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from inspections.records.record import RecordKey
from inspections.records.self_assessment import OwnScore
from inspections.round.elapsed import elapsed_periods
from inspections.round.plan import asked_for
from inspections.round.round import Round
from inspections.round.school import Assignment, Inspector, Roster
from inspections.workbook.drawing.earlier import make_way
from inspections.workbook.drawing.writing import Workbooks
from inspections.workbook.form.contents import SheetSpec
from inspections.workbook.form.naming import file_name, person
from rubrics.language.rubric import Rubric
from rubrics.language.self_assessing import self_assessed
from rubrics.messages.output import clear_leftovers
from rubrics.messages.problems import Problem

Layout: TypeAlias = Literal["visit", "team"]
"""``visit``: a workbook for every visit; ``team``: one workbook for all visits."""

Book: TypeAlias = tuple[Path, tuple[SheetSpec, ...]]
OwnScores: TypeAlias = Mapping[tuple[str, str], Mapping[str, OwnScore]]
"""(School, rubric) -> what the school gave itself, by indicator."""

NOTHING_SAID: Final[OwnScores] = MappingProxyType({})


def write_blank_workbooks(
    folder: Path,
    settings: Round,
    rubrics: Mapping[str, Rubric],
    roster: Roster,
    plan: Sequence[Assignment],
    layout: Layout,
    progress: Callable[[int, int], None] = lambda done, due: None,
    back: Collection[RecordKey] = frozenset(),
    workbooks: Workbooks | None = None,
    own: OwnScores = NOTHING_SAID,
) -> tuple[list[Path], list[Problem]]:
    """Writes the workbooks into ``folder``; returns their paths, and what stood in the way.

    Blank workbooks that were written before go, so that no visit is handed out twice; whatever
    was filled in stays, and is reported. Codes: workbook-filled, workbook-left, and those of
    ``write_whole``.

    Every inspector of a team gets workbooks of their own, or the team gets one set, as the
    round's ``raters`` says. ``progress`` is told how many are done, and how many are due.
    ``back``, ``own``: as :func:`planned_books` takes them; ``workbooks``: what has written others
    of the round.
    """
    books = planned_books(folder, settings, rubrics, roster, plan, layout, back, own)
    workbooks = workbooks or Workbooks(settings, rubrics, roster, elapsed_periods(settings))
    clear_leftovers(folder, below=True)
    kept, problems = make_way(folder, [path for path, _ in books], settings.id)
    books = [book for book in books if book[0] not in kept]
    written = []
    for number, (path, sheets) in enumerate(books, 1):
        met = workbooks.write(path, sheets, path.relative_to(folder.parent).as_posix())
        problems += met
        if not met:
            written.append(path)
        progress(number, len(books))
    return written, problems


def planned_books(
    folder: Path,
    settings: Round,
    rubrics: Mapping[str, Rubric],
    roster: Roster,
    plan: Sequence[Assignment],
    layout: Layout,
    back: Collection[RecordKey] = frozenset(),
    own: OwnScores = NOTHING_SAID,
) -> list[Book]:
    """Returns every workbook that is due: its path, and the sheets that it holds.

    ``back``: sheets that have come; whoever took somebody's place needs none of those visits.
    ``own``: what schools gave themselves before, for those who visit them.
    """
    found: dict[Path, list[SheetSpec]] = {}
    for assignment, inspector in _raters(settings, roster, plan, back):
        school = roster.schools[assignment.school]
        rubric = rubrics[assignment.rubric]
        who = person(inspector, roster.inspectors) if inspector else ""
        home = folder / file_name(assignment.team or "未分组")
        if layout == "team":
            path = home / f"{file_name(assignment.team, who, '检查表')}.xlsx"
        else:
            occasion = assignment.occasion if len(settings.occasions) > 1 else ""
            name = file_name(school.id, school.name, rubric.title, occasion)
            path = (home / file_name(who) if who else home) / f"{name}.xlsx"
        given = (
            own.get((school.id, rubric.id), {}) if self_assessed(rubric, school.traits) else None
        )
        spec = SheetSpec(
            school, rubric.id, assignment.occasion, assignment.team, inspector, own=given
        )
        found.setdefault(path, []).append(spec)
    return [(path, tuple(sheets)) for path, sheets in found.items()]


def _raters(
    settings: Round, roster: Roster, plan: Sequence[Assignment], back: Collection[RecordKey]
) -> Iterator[tuple[Assignment, Inspector | None]]:
    """Yields who fills a sheet for every assignment; None where the team does it together."""
    for assignment, whose in asked_for(plan, settings, roster, back):
        inspector = roster.inspectors.get(whose) if settings.raters == "each" else None
        if inspector is None or not inspector.left:
            yield assignment, inspector

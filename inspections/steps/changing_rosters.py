"""Changes in mid-round: schools and inspectors come and go, in the clerk's own rosters."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from inspections.collecting.collecting import collected
from inspections.ledger.of_round import open_round
from inspections.planning.known_draws import told_of
from inspections.round.headings import Section
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from inspections.round.plan import plan_text, planned_lines
from inspections.round.replaced import named
from inspections.round.replanning import Replan, not_drawn, replan
from inspections.round.roster import read_roster, school_headings
from inspections.round.roster_lines import (
    Lines,
    column_of,
    first_free_column,
    headings_of,
    inspector_lines,
    is_free,
    next_number,
    school_lines,
)
from inspections.round.school import Inspector
from inspections.round.targets import find_target
from inspections.steps.redrawing import broken_rules
from inspections.workbook.rows.editing import edited
from inspections.workbook.rows.edits import ByHandError, Edit, Fill, Insert, Remove
from rubrics.apart.limits import BeyondLimitsError
from rubrics.apart.once import within_limits
from rubrics.language.subject import Words
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Place, Problem, Severity, has_errors, problem
from rubrics.messages.watching import NOBODY, Watcher
from rubrics.tables.addresses import row_and_column
from rubrics.tables.sheet import UnreadableError

_MADE: Final = ("检查组", "离任", "接替", "专长", "回避")
"""Headings that a roster of inspectors gets when they are first needed."""


@dataclass(frozen=True, slots=True)
class RosterChange:
    """What becomes of a roster and of the plan; ``written``: whether it has become so.

    ``opened``: the round with the new roster; ``place``: where the row stands in the roster;
    ``who``: the school or inspector that comes or goes.
    """

    opened: OpenRound
    place: Place
    who: str
    replan: Replan
    written: bool

    @property
    def line(self) -> int:
        """The number of the row, as the clerk sees it."""
        return row_and_column(self.place.cell)[0] + 1


Changed = tuple[RosterChange | None, list[Problem]]


def add_school(
    folder: Path,
    code: str,
    name: str,
    traits: Mapping[str, str] | None = None,
    *,
    write: bool = False,
    watcher: Watcher = NOBODY,
) -> Changed:
    """Adds a school to the roster of a round, below the last one, and plans its visits.

    ``traits``: heading -> what stands below it. Nothing is changed without ``write``, nor where
    the roster would have an error that it has not now. Codes: roster-by-hand, roster-no-column,
    those of ``open_round``, ``read_roster`` and ``write_whole``.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_round(folder)
        if opened is None:
            return None, problems
        path = opened.folder.schools
        lines = school_lines(path, opened.traits, opened.words.subject)
        code_heading, name_heading = tuple(school_headings(opened.words.subject))[:2]
        cells = {code_heading: code, name_heading: name, **(traits or {})}
        return _added(opened, problems, path, lines, cells, name, [code], write)


def remove_school(
    folder: Path, school: str, *, write: bool = False, watcher: Watcher = NOBODY
) -> Changed:
    """Takes a school out of the roster of a round, and its visits out of the plan.

    ``school``: as people name it. Its sheets stay in the ledger and no longer count, which
    school-sheets-held tells. Other codes: as :func:`add_school`, and those of ``find_target``.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_round(folder)
        if opened is None:
            return None, problems
        target, unknown = find_target(opened.roster, opened.rubrics, school)
        if target is None:
            return None, unknown
        path = opened.folder.schools
        lines = school_lines(path, opened.traits, opened.words.subject)
        line = lines.of(target.school.id)
        if line is None:
            return None, [*problems, _by_hand(opened, path, "没有找到这一行")]
        table = line.section.table
        place = replace(table.place(line.row), file=opened.folder.name(path))
        name = target.school.name
        held = sum(item.key.school == target.school.id for item in collected(opened).filled)
        told = [problem("school-sheets-held", place, school=name, count=held)] if held else []
        edits = [Remove(line.row)]
        return _changed(
            opened, problems, path, table.sheet, edits, (name, place), None, write, told
        )


def add_inspector(
    folder: Path,
    name: str,
    cells: Mapping[str, str] | None = None,
    *,
    write: bool = False,
    watcher: Watcher = NOBODY,
) -> Changed:
    """Adds an inspector to the roster of a round, below the last one.

    ``cells``: heading (督学代码, 单位, 检查组) -> what stands below it. Codes: as
    :func:`add_school`.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_round(folder)
        if opened is None:
            return None, problems
        path = opened.folder.inspectors
        lines = inspector_lines(path, opened.words)
        whole = {"姓名": name, **_called(cells or {}, opened.words)}
        return _added(opened, problems, path, lines, whole, name, None, write)


def replace_inspector(
    folder: Path,
    old: str,
    new: str,
    cells: Mapping[str, str] | None = None,
    *,
    write: bool = False,
    watcher: Watcher = NOBODY,
) -> Changed:
    """Notes that an inspector has left, and adds the one who takes their place in the team.

    ``old``: a name or code; ``new``: a name; ``cells``: heading (督学代码, 单位) -> what stands
    below it. Codes: inspector-unknown-here, and as :func:`add_school`.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_round(folder)
        if opened is None:
            return None, problems
        people = opened.roster.inspectors
        found = named(people, old)
        here = [code for code in found if not people[code].left]
        if len(here) != 1:
            detail = "不在名册里" if not found else "已经离任" if not here else ""
            detail = detail or f"有几名，代码是{'、'.join(here)}"
            return None, [problem("inspector-unknown-here", Place(), said=old, detail=detail)]
        person = people[here[0]]
        path = opened.folder.inspectors
        lines = inspector_lines(path, opened.words)
        line = lines.of(person.id)
        if line is None:
            return None, [*problems, _by_hand(opened, path, "没有找到这一行")]
        alone = len(named(people, person.name)) == 1
        whole = {
            "姓名": new,
            "检查组": person.team,
            "接替": person.name if alone else person.id,
            **_called(cells or {}, opened.words),
        }
        done, told = _added(
            opened, problems, path, lines, whole, new, None, write, (line.section, line.row, person)
        )
        if done is not None and opened.roster.drawn:
            place = Place(opened.folder.name(opened.folder.drawn_teams))
            told = [*told, problem("draw-replaced", place, name=new)]
        return done, told


def _called(cells: Mapping[str, str], words: Words) -> dict[str, str]:
    """Cells by the headings of those who inspect."""
    return {words.said(heading): text for heading, text in cells.items()}


def _added(
    opened: OpenRound,
    problems: list[Problem],
    path: Path,
    lines: Lines,
    cells: Mapping[str, str],
    name: str,
    only: Sequence[str] | None,
    write: bool,
    leaving: tuple[Section, int, Inspector] | None = None,
) -> Changed:
    """A roster with one more row; ``leaving``: where the one stands whose place is taken."""
    if not lines.sections:
        return None, [*problems, _by_hand(opened, path, "没有找到表头")]
    section = leaving[0] if leaving else lines.sections[-1]
    table, head = section.table, section.columns.row
    headings = {heading: text for heading, text in cells.items() if text}
    wanted = ["离任", *headings] if leaving else [*headings]
    at: dict[str, int] = {}
    made: dict[int, str] = {}
    for heading in wanted:
        column = column_of(section, heading)
        if column is None and heading in _MADE:
            column = first_free_column(table) + len(made)
            made[column] = heading
        if column is None:
            place = Place(opened.folder.name(path), table.sheet)
            known = "、".join(headings_of(section))
            said = {"name": opened.folder.name(path), "heading": heading, "known": known}
            return None, [*problems, problem("roster-no-column", place, **said)]
        at[heading] = column
    last = lines.last(section)
    edits: list[Edit] = [Fill(head, made, head)] if made else []
    if leaving:
        edits.append(Fill(leaving[1], {at["离任"]: "是"}, leaving[1]))
    if not is_free(table, last + 1):
        edits.append(Insert(last + 1))
    filled = next_number(section, last) | {at[it]: text for it, text in headings.items()}
    edits.append(Fill(last + 1, filled, last if last > head else last + 1))
    place = replace(table.place(last + 1), file=opened.folder.name(path))
    return _changed(opened, problems, path, table.sheet, edits, (name, place), only, write)


def _changed(
    opened: OpenRound,
    problems: list[Problem],
    path: Path,
    sheet: str,
    edits: Sequence[Edit],
    whose: tuple[str, Place],
    only: Collection[str] | None,
    write: bool,
    told: Sequence[Problem] = (),
) -> Changed:
    """The round after edits of a roster; ``only``: schools to plan, None for those planned."""
    try:
        data = within_limits(edited, path.read_bytes(), sheet, edits)
    except (ByHandError, UnreadableError, BeyondLimitsError) as error:
        return None, [*problems, _by_hand(opened, path, str(error))]
    after, wrong = _reread(opened, path, data)
    before = {_said(item) for item in _reread(opened, path, path.read_bytes())[1]}
    fresh = [item for item in wrong if _said(item) not in before and _matters(item)]
    if has_errors(fresh):
        return None, [*told, *fresh]
    plan = opened.folder.plan
    held = (
        planned_lines(plan, opened.folder.name(plan), opened.words)
        if plan.is_file()
        else [*opened.plan]
    )
    back = (item.key for item in collected(opened).filled)
    done = {(key.school, key.rubric, key.occasion) for key in back}
    only = {item.school for item in held} if only is None else only
    made = replan(after.round, after.rubrics, after.roster, held, only, done)
    told = [*told, *fresh, *not_drawn(after, only, held)]
    if after.roster.drawn and after.round.drawing:
        draws = told_of(opened)
        known = {_said(it) for it in broken_rules(opened, draws)}
        told += [
            it
            for it in broken_rules(replace(after, plan=made.plan), draws)
            if _said(it) not in known
        ]
    name, place = whose
    if not write:
        return RosterChange(after, place, name, made, written=False), told
    met = [*write_whole(path, data, opened.folder.name(path))]
    if not met and made.changes:
        text = plan_text(made.plan, after.roster, after.words).encode("utf-8-sig")
        met += write_whole(plan, text, opened.folder.name(plan))
    return RosterChange(after, place, name, made, written=not met), [*told, *met]


def _reread(opened: OpenRound, path: Path, data: bytes) -> tuple[OpenRound, list[Problem]]:
    """The round with other bytes in one of its rosters."""
    folder = opened.folder
    with tempfile.TemporaryDirectory() as apart:
        tried = Path(apart) / path.name
        tried.write_bytes(data)
        files = [tried if it == path else it for it in (folder.schools, folder.inspectors)]
        names = (folder.name(folder.schools), folder.name(folder.inspectors))
        roster, problems = read_roster(
            files[0], files[1], opened.rubrics.values(), opened.round.ranking, names, opened.own
        )
    return replace(opened, roster=replace(roster, drawn=opened.roster.drawn)), problems


def _said(item: Problem) -> tuple[object, ...]:
    return item.code, item.params


def _matters(item: Problem) -> bool:
    return item.severity is not Severity.NOTE


def _by_hand(opened: OpenRound, path: Path, detail: str) -> Problem:
    name = opened.folder.name(path)
    return problem("roster-by-hand", Place(name), name=name, detail=detail)

"""The plan (roster/plan.csv): which team visits which school, by what rubric, on what occasion."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from inspections.records.record import RecordKey
from inspections.round.headings import Section, filled_rows, find_sections
from inspections.round.round import Round
from inspections.round.school import Assignment, Inspector, Roster
from inspections.round.table import code, read_table
from inspections.round.trait_cells import told_once
from rubrics.language.rubric import Rubric
from rubrics.language.spoken import words_of
from rubrics.language.subject import SCHOOLS, Words
from rubrics.messages.csv_text import literal
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.conditions import holds

HEADINGS: dict[str, Sequence[str]] = {
    "学校代码": ("学校代码",),
    "细则": ("细则",),
    "次别": ("次别",),
    "检查组": ("检查组",),
    "学校名称": ("学校名称",),
}


_NAMED: Final = 5
"""Schools without a plan that are named one by one."""


def teams(roster: Roster) -> dict[str, tuple[Inspector, ...]]:
    """Returns the inspectors of every team, both in the order of the roster.

    Those who have left are in none, and a team that all have left is none. Where teams were drawn,
    it is those: the roster's column then says nothing of who goes together.
    """
    found: dict[str, list[Inspector]] = {}
    if roster.drawn:
        drawn = {
            team: tuple(one for one in roster.members(team) if not one.left)
            for team in roster.drawn
        }
        return {team: members for team, members in drawn.items() if members}
    for inspector in roster.inspectors.values():
        if not inspector.left:
            found.setdefault(inspector.team, []).append(inspector)
    return {team: tuple(members) for team, members in found.items()}


def asked_for(
    plan: Iterable[Assignment],
    settings: Round,
    roster: Roster,
    back: Collection[RecordKey] = frozenset(),
) -> Iterator[tuple[Assignment, str]]:
    """Yields every sheet that the plan asks for: the assignment, and by id whose it is.

    Where a team fills one sheet together, or has no members, it is the team's. ``back``: sheets
    that have come. Of those who have left only these are asked for, and a visit that somebody
    has made is not asked of whoever took their place.
    """
    members: dict[str, Sequence[Inspector]] = {}
    for item in plan:
        if settings.raters == "each" and item.team not in members:
            members[item.team] = roster.members(item.team)
        team = members.get(item.team, ())
        asked = [person.id for person in team if _asked(item, person, roster, back)]
        for whose in asked or [item.team]:
            yield item, whose


def _asked(
    item: Assignment, person: Inspector, roster: Roster, back: Collection[RecordKey]
) -> bool:
    """Whether a member of a team is asked for the sheet of a visit."""

    def came(whose: str) -> bool:
        return RecordKey(item.school, item.rubric, item.occasion, whose) in back

    if person.left:
        return came(person.id)
    return not person.replaces or came(person.id) or not any(map(came, roster.before(person)))


def make_plan(
    settings: Round, rubrics: Mapping[str, Rubric], roster: Roster
) -> tuple[Assignment, ...]:
    """Returns a plan that sends teams to schools in rotation.

    One team sees a school under all of its rubrics; on the next occasion the next team comes. A
    team with a member from the school itself is passed over where another is there.
    """
    return tuple(_assignments(settings, rubrics, roster, teams(roster)))


def _assignments(
    settings: Round,
    rubrics: Mapping[str, Rubric],
    roster: Roster,
    by_team: Mapping[str, Sequence[Inspector]],
) -> Iterator[Assignment]:
    names = list(by_team)
    for turn, school in enumerate(roster.schools.values()):
        strangers = [
            team for team in names if all(item.office != school.name for item in by_team[team])
        ]
        for later, occasion in enumerate(settings.occasions):
            order = names[(turn + later) % len(names) :] + names if names else [""]
            team = next((team for team in order if team in strangers), order[0])
            for rubric in rubrics.values():
                if holds(rubric.when, school.traits):
                    yield Assignment(school.id, rubric.id, occasion, team)


def plan_text(plan: Sequence[Assignment], roster: Roster, words: Words = SCHOOLS) -> str:
    """Returns the plan as csv, one line an assignment; the school's name is for the reader."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(words.said, HEADINGS))
    for item in plan:
        name = roster.schools[item.school].name
        cells = (item.school, item.rubric, item.occasion, item.team, name)
        writer.writerow(map(literal, cells))
    return out.getvalue()


def read_plan(
    path: Path, settings: Round, rubrics: Mapping[str, Rubric], roster: Roster, file: str = ""
) -> tuple[tuple[Assignment, ...], list[Problem]]:
    """Returns the plan that a file holds; lines with a mistake are left out.

    Codes: those of ``read_table`` and ``find_sections``, entry-lost, plan-value, plan-twice,
    sheet-rubric-inapplicable, plan-school-missing and plan-team-left (notes).
    """
    table, problems = read_table(path, file)
    if table is None:
        return (), problems
    words = words_of(rubrics.values())
    sections, more = find_sections([table], _headings(words), tuple(HEADINGS)[:4])
    problems += more
    teams = (*roster.drawn, *(it.team for it in roster.inspectors.values()))
    known: dict[str, Collection[str]] = {
        "学校代码": roster.schools,
        "细则": rubrics,
        "次别": settings.occasions,
        "检查组": dict.fromkeys(teams),
    }
    # Brackets and digits of full width are read as the others.
    meant = {heading: {code(it): it for it in allowed} for heading, allowed in known.items()}
    plan: dict[tuple[str, str, str], tuple[Assignment, int]] = {}
    for section, row in ((it, row) for it in sections for row in filled_rows(it)):
        columns = section.columns
        item, wrong = _line(section, row, meant, words)
        problems += wrong
        if item is None:
            continue
        key = (item.school, item.rubric, item.occasion)
        if key in plan:
            line = plan[key][1] + 1
            problems.append(problem("plan-twice", table.place(row), first=line))
        elif not holds(rubrics[item.rubric].when, roster.schools[item.school].traits):
            said = {
                "school": roster.schools[item.school].name,
                "rubric": rubrics[item.rubric].title,
            }
            place = table.place(row, columns.at["细则"])
            problems.append(problem("sheet-rubric-inapplicable", place, **said))
        else:
            plan[key] = (item, row)
    done = {item.school for item, _ in plan.values()}
    left = [
        school.name
        for school in roster.schools.values()
        if school.id not in done and any(holds(it.when, school.traits) for it in rubrics.values())
    ]
    # Of a line that is not understood its own problem tells.
    # Where it was drawn, those that were not are no oversight.
    if left and not problems and not roster.drawn:
        named = "、".join(left[:_NAMED]) + ("等" if len(left) > _NAMED else "")
        place = Place(file or str(path))
        problems.append(problem("plan-school-missing", place, count=len(left), names=named))
    sent = dict.fromkeys(item.team for item, _ in plan.values())
    there = {team for team in sent if any(not it.left for it in roster.members(team))}
    empty = Counter(item.team for item, _ in plan.values() if item.team not in there)
    for team, count in empty.items():
        problems.append(problem("plan-team-left", Place(file or str(path)), team=team, count=count))
    return tuple(item for item, _ in plan.values()), list(told_once(problems))


def _headings(words: Words) -> dict[str, Sequence[str]]:
    return {name: (*others, words.said(name)) for name, others in HEADINGS.items()}


def planned_lines(path: Path, file: str = "", words: Words = SCHOOLS) -> list[Assignment]:
    """Returns the lines of a plan as they stand there, whether they are right or wrong."""
    table, _ = read_table(path, file)
    wanted = tuple(HEADINGS)[:4]
    sections = find_sections([table], _headings(words), wanted)[0] if table else []
    return [
        Assignment(
            *(
                code(section.table.raw(row, section.columns.at[heading])).removeprefix("'")
                for heading in tuple(HEADINGS)[:4]
            )
        )
        for section in sections
        for row in filled_rows(section)
    ]


def _line(
    section: Section, row: int, known: Mapping[str, Mapping[str, str]], words: Words
) -> tuple[Assignment | None, list[Problem]]:
    table = section.table
    values: list[str] = []
    wrong: list[Problem] = []
    for heading, allowed in known.items():
        column = section.columns.at[heading]
        if lost := list(table.lost_at(row, column)):
            wrong += lost
            continue
        value = code(table.filled(row, column))
        # An apostrophe keeps a name that begins like a formula from becoming one.
        found = allowed.get(value) or allowed.get(value := value.removeprefix("'"))
        values.append(found or value)
        if found is None:
            # A list of all schools would bury the message.
            of_roster = words.said("学校名册里的代码")
            listed = of_roster if heading == "学校代码" else "、".join(allowed.values())
            said = {"what": words.said(heading), "value": value, "known": listed, "more": ""}
            wrong.append(problem("plan-value", table.place(row, column), **said))
    return (None if wrong else Assignment(*values)), wrong

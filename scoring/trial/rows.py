"""The rows of a table that are filled: of which school, by whom, when, and with which traits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from inspections.records.entries import shown
from inspections.records.moments import read_day
from inspections.round.codes import codes_of
from inspections.round.gaps import open_traits
from inspections.round.headings import Columns, Section
from inspections.round.school import School
from inspections.round.table import Table, blank, code
from inspections.round.trait_cells import read_trait
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, problem
from rubrics.values.conditions import TraitValue
from rubrics.values.traits import Trait, with_derived
from scoring.trial.headings import Headings
from scoring.trial.plain_rows import Cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with what its columns are; ``known``: the traits that a rubric's rows may have."""

    table: Table
    headings: Headings
    known: Mapping[str, Trait]


class Row(NamedTuple):
    """A row that is filled: whose it is, by whom and when.

    ``occasion``: as typed, else the day where the table has one.
    """

    number: int
    school: str
    name: str
    traits: Mapping[str, TraitValue]
    refused: tuple[str, ...]
    inspector: str
    occasion: str
    day: date | None


def rows_of(sheet: Sheet, problems: list[Problem]) -> Iterator[Row]:
    """Yields every row that is filled and has a school; others become problems.

    Codes: those of ``codes_of``, roster-id-missing, roster-trait-value, trial-row-twice, trial-day.
    """
    table, headings = sheet.table, sheet.headings
    numbers = range(headings.row + 1, len(table.rows))
    section = Section(table, Columns(headings.row, {"": headings.school}), numbers, ())
    met: list[Problem] = []
    found = list(codes_of([section], "", "学校", met, several=headings.several))
    # Any id will do here, 9 beside 10 too.
    problems += [item for item in met if item.code != "roster-id-number"]
    first: dict[tuple[str, str, str], int] = {}
    for _, row, identity in found:
        if not identity:
            place = table.place(row, headings.school)
            problems.append(problem("roster-id-missing", place, what="学校"))
            continue
        day, wrong = _day(table, row, headings.day, identity)
        problems += wrong
        inspector, occasion, name = (
            "" if column is None else code(table.raw(row, column))
            for column in (headings.inspector, headings.occasion, headings.name)
        )
        occasion = occasion or (day.isoformat() if day else "")
        same = identity, occasion, inspector
        if same in first and not wrong:
            said = {"school": name or identity, "first": first[same] + 1}
            place = table.place(row, headings.school)
            problems.append(problem("trial-row-twice", place, **said))
        if wrong or same in first:
            continue
        first[same] = row
        traits: dict[str, TraitValue] = {}
        refused: list[str] = []
        for trait, column in headings.traits.items():
            value, unread = read_trait(trait, sheet.known[trait], table, row, column)
            problems += unread
            if unread:
                refused.append(trait)
            if value is not None:
                traits[trait] = value
        yield Row(row, identity, name, traits, tuple(refused), inspector, occasion, day)


def _day(
    table: Table, row: int, column: int | None, school: str
) -> tuple[date | None, list[Problem]]:
    """When a row's visit was; None where nothing says it."""
    raw = None if column is None else table.raw(row, column)
    if column is None or blank(raw):
        return None, []
    found = read_day(raw)
    if found is None:
        said = {"school": school, "value": shown(raw)}
        return None, [problem("trial-day", table.place(row, column), **said)]
    return found.date, []


def schools_of(sheet: Sheet, rows: Sequence[Row], problems: list[Problem]) -> dict[str, School]:
    """Returns schools with the traits that the first of their rows has.

    Where others differ is told. Code: trial-trait-differs.
    """
    names: dict[str, str] = {}
    held: dict[str, dict[str, tuple[TraitValue, int]]] = {}
    for row in rows:
        names[row.school] = names.get(row.school) or row.name
        own = held.setdefault(row.school, {})
        for trait, value in row.traits.items():
            first, line = own.setdefault(trait, (value, row.number))
            if first != value:
                said = {"school": names[row.school] or row.school, "trait": trait}
                said |= {"first": str(line + 1), "value": str(first)}
                place = sheet.table.place(row.number, sheet.headings.traits[trait])
                problems.append(problem("trial-trait-differs", place, **said))
    return {
        school: School(
            school,
            names[school] or school,
            with_derived({trait: value for trait, (value, _) in own.items()}, sheet.known),
        )
        for school, own in held.items()
    }


def unread_of(
    sheet: Sheet,
    rows: Sequence[Row],
    schools: Mapping[str, School],
    rubric: Rubric,
    groups: Sequence[str],
    problems: list[Problem],
) -> set[str]:
    """Returns the schools of which a trait that decides something stands there and is not read.

    Code: trial-trait-unread.
    """
    found: set[str] = set()
    for row in rows:
        if not row.refused or row.school in found:
            continue
        school = schools[row.school]
        open_ones = open_traits(rubric, groups, school, sheet.known)
        unread = [trait for trait in row.refused if trait in open_ones]
        if unread:
            place = sheet.table.place(row.number, sheet.headings.traits[unread[0]])
            said = {"school": school.name, "traits": "、".join(f"“{it}”" for it in unread)}
            problems.append(problem("trial-trait-unread", place, **said))
            found.add(row.school)
    return found


def cells_of(sheet: Sheet, row: Row) -> dict[str, Cell]:
    """Returns the cells of a row by address."""
    return {
        column: _cell(sheet.table, row.number, at) for column, at in sheet.headings.cells.items()
    }


def _cell(table: Table, row: int, column: int) -> Cell:
    """A cell with what is to be known of it: a per cent, an error, one that another covers."""
    lost = lost_in(table, row, column)
    percent = (row, column) in table.percents
    return Cell(table.raw(row, column), table.place(row, column), lost, percent)


def lost_in(table: Table, row: int, column: int) -> str:
    """Returns why what stands in a cell may not be used, empty where it may."""
    span = table.covered.get((row, column))
    if span is not None and not blank(table.raw(span.top, span.left)):
        return f"并入 {span} 的合并单元格"
    return table.lost.get((row, column), "")

"""Which column of a table of plain rows holds what: school, traits, entries, who and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from inspections.records.entries import shown
from inspections.records.numbers import fold
from inspections.round.roster import SCHOOL_HEADINGS
from inspections.round.table import Table, blank, code
from rubrics.language.own_traits import traits_of
from rubrics.language.rubric import Rubric
from rubrics.language.self_assessment import OWN_KEY
from rubrics.messages.problems import Problem, problem
from rubrics.rules import joined
from scoring.trial.plain_rows import addresses

SCHOOL: Final = ("school", "school_id", "学校代码", *SCHOOL_HEADINGS["学校代码"], "学校")
NAME: Final = ("name", "学校名称", *(it for it in SCHOOL_HEADINGS["学校名称"] if it != "学校"))
INSPECTOR: Final = ("inspector", "督学", "检查人", "检查人员", "检查员", "考核人", "评委", "专家")
OCCASION: Final = ("visit", "occasion", "次别", "检查次别", "第几次")
DAY: Final = ("date", "day", "检查日", "检查日期", "到校日期", "日期")

_WITHIN = 10
"""Titles above the headings are looked past, up to this many rows."""
_SCHOOL, _NAME = ("school", ""), ("name", "")
_WHO, _WHICH, _WHEN = ("who", ""), ("which", ""), ("when", "")


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the columns of a table stand: ``traits`` and ``cells`` by trait and by address, ``own``
    by indicator: what schools gave themselves for it.

    None where a table has no such column.
    """

    row: int
    school: int
    name: int | None
    inspector: int | None
    occasion: int | None
    day: int | None
    traits: Mapping[str, int]
    cells: Mapping[str, int]
    own: Mapping[str, int]

    @property
    def several(self) -> bool:
        """Whether a school may have several rows: of several inspectors, of several visits."""
        return any(it is not None for it in (self.inspector, self.occasion, self.day))


def own_column(indicator: str) -> str:
    """Returns the heading above what schools gave themselves for an indicator: ``A1.自评``."""
    return joined(indicator, OWN_KEY)


def headings_of(table: Table, rubric: Rubric) -> tuple[Headings | None, list[Problem]]:
    """Returns the columns; the row of headings is the first that has one for the school.

    Codes: trial-school-missing, trial-column-unknown, roster-heading-twice.
    """
    known = _known(rubric)
    rows = range(min(_WITHIN, len(table.rows)))
    named = ([known.get(_plain(raw)) for raw in table.rows[row]] for row in rows)
    found = next(
        ((row, names) for row, names in enumerate(named) if {_SCHOOL, _NAME} & set(names)), None
    )
    if found is None:
        return None, [problem("trial-school-missing", table.place(0), **_asked(rubric))]
    row, names = found
    at: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for column, name in enumerate(names):
        raw = table.raw(row, column)
        if name is None:
            problems += _unknown(table, row, column, rubric)
        elif name in at:
            place = table.place(row, column)
            problems.append(problem("roster-heading-twice", place, heading=shown(raw)))
        else:
            at[name] = column

    def of(kind: str) -> dict[str, int]:
        return {name: column for (sort, name), column in at.items() if sort == kind}

    title = at.get(_NAME)
    school = at[_SCHOOL] if title is None else at.get(_SCHOOL, title)
    who, which, when = (at.get(name) for name in (_WHO, _WHICH, _WHEN))
    return Headings(
        row, school, title, who, which, when, of("trait"), of("cell"), of("own")
    ), problems


def _known(rubric: Rubric) -> dict[str, tuple[str, str]]:
    """Spelling of a heading -> what kind of column it is, and which one."""
    known = dict.fromkeys(NAME, _NAME)
    if not rubric.subject.is_school:
        known |= dict.fromkeys(rubric.subject.code_headings, _SCHOOL)
        known |= dict.fromkeys(rubric.subject.name_headings, _NAME)
    known |= dict.fromkeys((rubric.people, *INSPECTOR), _WHO)
    known |= dict.fromkeys(OCCASION, _WHICH) | dict.fromkeys(DAY, _WHEN)
    for trait, about in traits_of([rubric]).items():
        known |= dict.fromkeys((trait, *about.headings), ("trait", trait))
    known |= {own_column(item.id): ("own", item.id) for item in rubric.indicators}
    known |= {column: ("cell", column) for column in addresses(rubric)}
    known |= dict.fromkeys(SCHOOL, _SCHOOL)
    return {_plain(spelling): name for spelling, name in known.items()}


def _asked(rubric: Rubric) -> dict[str, str]:
    """What a table lacks, and by which headings it would be known."""
    subject = rubric.subject
    known = SCHOOL if subject.is_school else (*subject.name_headings, *subject.code_headings)
    return {"subject": subject.name, "known": "、".join(dict.fromkeys(known))}


def _plain(raw: object) -> str:
    return "".join(fold(raw).split()) if isinstance(raw, str) else code(raw)


def _unknown(table: Table, row: int, column: int, rubric: Rubric) -> Iterator[Problem]:
    """A heading that is not known, or none at all above cells that are filled."""
    raw = table.raw(row, column)
    below = range(row + 1, len(table.rows))
    if not blank(raw) or not all(blank(table.raw(number, column)) for number in below):
        heading = "（空）" if blank(raw) else shown(raw)
        columns = addresses(rubric)
        owner = heading.partition(".")[0]
        near = [column for column, of in columns.items() if of == owner]
        listed = "、".join(near or columns)
        yield problem(
            "trial-column-unknown", table.place(row, column), column=heading, known=listed
        )

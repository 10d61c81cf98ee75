"""The rosters (学校名册, 督学名册) as the bureau keeps them -> schools and inspectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from inspections.records.entries import shown, understand
from inspections.records.numbers import fold
from inspections.records.typed_text import doubts
from inspections.round.round import Ranking
from inspections.round.school import Inspector, Roster, School
from inspections.round.table import (
    Columns,
    Table,
    blank,
    code,
    filled_rows,
    find_columns,
    read_table,
)
from rubrics.language.own_traits import traits_of
from rubrics.language.rubric import Rubric
from rubrics.messages.plain_text import one_line, plain
from rubrics.messages.private_numbers import masked
from rubrics.messages.problems import Place, Problem, problem
from rubrics.rules import Slot
from rubrics.values.conditions import Condition, TraitValue
from rubrics.values.ranges import parse_range
from rubrics.values.traits import Trait, known_traits, with_derived

SCHOOL_HEADINGS: dict[str, Sequence[str]] = {
    "学校代码": ("学校代码", "代码", "学校编号", "学校标识码"),
    "学校名称": ("学校名称", "校名", "学校", "学校全称"),
}
INSPECTOR_HEADINGS: dict[str, Sequence[str]] = {
    "督学代码": ("督学代码", "工号", "代码", "督学编号", "督学代码(工号)"),
    "姓名": ("姓名", "督学姓名"),
    "单位": ("单位", "工作单位", "所在单位"),
    "检查组": ("检查组", "组别", "小组"),
}
_DIGITS_KEPT = 15
"""A spreadsheet keeps this many digits of a number."""


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school, and where it and its traits stand in the roster.

    ``refused``: traits for which something stands there that is none, and was reported.
    """

    school: School
    places: Mapping[str, Place]
    refused: frozenset[str] = frozenset()


def read_schools(
    path: Path, file: str = "", known: Mapping[str, Trait] | None = None
) -> tuple[list[SchoolRow], list[Problem]]:
    """Returns the schools of a roster in its order; rows without a code of their own are left out.

    ``known``: the traits that may be headed, those of all rubrics where it is not given.

    Codes: those of ``read_table`` and ``find_columns``, roster-id-missing, roster-id-twice,
    roster-id-number, roster-name-missing, roster-name-twice, roster-trait-value,
    private-number, text-cleaned.
    """
    known = known or known_traits()
    headings = SCHOOL_HEADINGS | {name: (name, *trait.headings) for name, trait in known.items()}
    table, columns, problems = _open(path, file, headings, ("学校代码", "学校名称"))
    rows: list[SchoolRow] = []
    first: dict[str, int] = {}
    if table is None or columns is None:
        return rows, problems
    for row, identity in _identified(table, columns, "学校代码", "学校", problems):
        name = _text(table, columns, row, "学校名称", problems)
        if not name:
            at = table.place(row, columns.at["学校名称"])
            problems.append(problem("roster-name-missing", at, what="学校", id=identity))
        elif first.setdefault(_closed(name), row) != row:
            at = table.place(row, columns.at["学校名称"])
            said = {"name": name, "first": first[_closed(name)] + 1}
            problems.append(problem("roster-name-twice", at, **said))
        traits: dict[str, TraitValue] = {}
        refused: list[str] = []
        for trait, column in columns.at.items():
            if trait not in known:
                continue
            value, wrong = read_trait(trait, known[trait], table, row, column)
            problems += wrong
            if value is not None:
                traits[trait] = value
            elif wrong:
                refused.append(trait)
        places = {trait: table.place(row, column) for trait, column in columns.at.items()}
        school = School(identity, name or identity, with_derived(traits, known))
        rows.append(SchoolRow(school, places, frozenset(refused)))
    return rows, problems


def read_inspectors(path: Path, file: str = "") -> tuple[list[Inspector], list[Problem]]:
    """Returns the inspectors of a roster in its order.

    An inspector without a team is a team of their own. Codes: those of ``read_table`` and
    ``find_columns``, roster-id-missing, roster-id-twice, roster-id-number, roster-name-missing,
    private-number, text-cleaned.
    """
    table, columns, problems = _open(path, file, INSPECTOR_HEADINGS, ("督学代码", "姓名"))
    found: list[Inspector] = []
    if table is None or columns is None:
        return found, problems
    for row, identity in _identified(table, columns, "督学代码", "督学", problems):
        name = _text(table, columns, row, "姓名", problems)
        if not name:
            at = table.place(row, columns.at["姓名"])
            problems.append(problem("roster-name-missing", at, what="督学", id=identity))
        office, team = (
            _text(table, columns, row, heading, problems) for heading in ("单位", "检查组")
        )
        found.append(Inspector(identity, name or identity, office, team or identity))
    return found, problems


def read_roster(
    schools: Path,
    inspectors: Path,
    rubrics: Iterable[Rubric] = (),
    ranking: Ranking | None = None,
    names: tuple[str, str] = ("", ""),
) -> tuple[Roster, list[Problem]]:
    """Returns both rosters, and what is wrong with them.

    ``names`` is how problems name the two files. Codes: those of :func:`read_schools` and
    :func:`read_inspectors`, and roster-trait-missing, where a school lacks a trait on which a
    rubric or the ranking groups turn.
    """
    rubrics = list(rubrics)
    known = traits_of(rubrics)
    rows, problems = read_schools(schools, names[0], known)
    people, more = read_inspectors(inspectors, names[1])
    conditions = [_conditions(rubric) for rubric in rubrics]
    for row in rows:
        more += _gaps(row, conditions, ranking, known)
    return (
        Roster({row.school.id: row.school for row in rows}, {item.id: item for item in people}),
        problems + more,
    )


def _open(
    path: Path, file: str, headings: dict[str, Sequence[str]], required: Sequence[str]
) -> tuple[Table | None, Columns | None, list[Problem]]:
    table, problems = read_table(path, file)
    if table is None:
        return None, None, problems
    columns, more = find_columns(table, headings, required)
    return table, columns, problems + more


def _identified(
    table: Table, columns: Columns, heading: str, what: str, problems: list[Problem]
) -> Iterator[tuple[int, str]]:
    """Yields (row, code) of every row with a code of its own; the others become problems."""
    column = columns.at[heading]
    rows = list(filled_rows(table, columns))
    longest = max((len(code(table.raw(row, column))) for row in rows), default=0)
    first: dict[str, int] = {}
    for row in rows:
        raw, place = table.raw(row, column), table.place(row, column)
        identity = code(raw)
        if not identity:
            problems.append(problem("roster-id-missing", place, what=what))
            continue
        if identity in first:
            line = first[identity] + 1
            problems.append(problem("roster-id-twice", place, what=what, id=identity, first=line))
            continue
        first[identity] = row
        # A number has lost its leading zeros, and whatever stood behind the fifteenth digit.
        short = len(identity) < longest or len(identity) > _DIGITS_KEPT
        if isinstance(raw, float) and short:
            problems.append(problem("roster-id-number", place, what=what, id=identity))
        yield row, identity


def _text(table: Table, columns: Columns, row: int, heading: str, problems: list[Problem]) -> str:
    """A name as it may be printed anywhere; what is amiss with it joins the problems."""
    column = columns.at.get(heading)
    if column is None:
        return ""
    raw = table.raw(row, column)
    if not isinstance(raw, str):
        return shown(raw)
    problems += doubts(raw, table.place(row, column))
    return one_line(masked(plain(raw)))


def read_trait(
    name: str, trait: Trait, table: Table, row: int, column: int
) -> tuple[TraitValue | None, list[Problem]]:
    """Returns a school's trait from its cell; blank is None. Code: roster-trait-value."""
    raw = table.raw(row, column)
    if blank(raw):
        return None, []
    if trait.type == "number":
        value, _ = understand(_NUMBER, raw)
    elif trait.type == "yes_no":
        answer, _ = understand(_YES_NO, raw)
        value = None if answer is None else "是" if answer else "否"
    else:
        text = _closed(raw if isinstance(raw, str) else shown(raw))
        value = next((option for option in trait.options if _closed(option) == text), None)
    if value is not None:
        return value, []
    known = "、".join(trait.choices) or "数字"
    said = {"heading": name, "value": shown(raw), "known": known}
    return None, [problem("roster-trait-value", table.place(row, column), **said)]


def _closed(text: str) -> str:
    """A text in half width and without blanks: 小　学 is 小学."""
    return "".join(fold(text).split())


_NUMBER = Slot("", "", "number", range=parse_range("[0, ∞)"))
_YES_NO = Slot("", "", "flag")


def _gaps(
    row: SchoolRow,
    conditions: Iterable[_Conditions],
    ranking: Ranking | None,
    known: Mapping[str, Trait],
) -> Iterator[Problem]:
    """Traits that a school lacks and that decide something, and of which nothing was said yet."""
    school, told = row.school, set(row.refused)
    uses = [(held.user, trait) for held in conditions for trait in held.open_for(school)]
    groups = [trait for trait in (ranking.groups if ranking else ()) if trait in known]
    uses += [("排名分组", trait) for trait in groups if trait not in school.traits]
    for user, trait in uses:
        for source in _sources(trait, school, known):
            if source in told:
                continue
            told.add(source)
            place = row.places.get(source, row.places["学校代码"])
            said = {"school": school.name, "trait": source, "rubric": user}
            yield problem("roster-trait-missing", place, **said)


@dataclass(frozen=True, slots=True)
class _Conditions:
    """What a rubric asks of schools' traits: on the whole, and for its items, each once."""

    user: str
    whole: Condition | None
    items: tuple[Condition, ...]

    def open_for(self, school: School) -> Iterator[str]:
        """The traits that a school lacks and that decide something."""
        if self.whole is not None:
            yield from _undecided(self.whole, school)
            if not self.whole.holds(school.traits):
                return
        for condition in self.items:
            yield from _undecided(condition, school)


def _conditions(rubric: Rubric) -> _Conditions:
    found: list[Condition | None] = []
    for indicator in rubric.indicators:
        found.append(indicator.when)
        found += [part.when for part in indicator.rule.simple_parts(indicator.points)]
    items = tuple(dict.fromkeys(item for item in found if item is not None))
    return _Conditions(f"《{rubric.title}》", rubric.when, items)


def _undecided(condition: Condition, school: School) -> Iterator[str]:
    """The traits that a school lacks, where the condition turns on them."""
    missing: list[str] = []
    for alternative in condition.alternatives:
        if not _alone(alternative).holds(school.traits):
            continue
        lacking = [trait for trait, _ in alternative if trait not in school.traits]
        if not lacking:
            return
        missing += lacking
    yield from missing


@cache
def _alone(alternative: tuple[tuple[str, tuple[str, ...]], ...]) -> Condition:
    return Condition(alternatives=(alternative,))


def _sources(trait: str, school: School, known: Mapping[str, Trait]) -> Iterator[str]:
    """What the clerk has to fill in: the trait, or those that it follows from."""
    about = known.get(trait)
    if about is None or about.derived is None:
        yield trait
        return
    for source, _ in about.derived.clauses():
        if source not in school.traits:
            yield source

"""A table of plain observations scored against one rubric, without a round (``rubric try``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from inspections.records.entries import shown
from inspections.records.numbers import fold
from inspections.records.record import Record, RecordKey
from inspections.round.codes import codes_of
from inspections.round.elapsed import FULL_YEAR
from inspections.round.gaps import open_traits
from inspections.round.headings import Columns, Section
from inspections.round.roster import SCHOOL_HEADINGS
from inspections.round.round import Period, Ranking, Round
from inspections.round.school import Roster, School
from inspections.round.table import Table, blank, code, read_table
from inspections.round.trait_cells import read_trait
from rubrics.files.shipped import load_named
from rubrics.language.own_traits import traits_of
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, Severity, problem
from rubrics.values.conditions import TraitValue
from rubrics.values.traits import Trait, with_derived
from scoring.results.rounds import score_round
from scoring.results.scores import RubricScores
from scoring.trial.plain_rows import Cell, Questions, addresses, observed, questions

SCHOOL = ("school", "school_id", "学校代码", *SCHOOL_HEADINGS["学校代码"], "学校")
NAME = ("name", "学校名称", *(word for word in SCHOOL_HEADINGS["学校名称"] if word != "学校"))
HEADING_WITHIN = 10
"""Titles above the headings are looked past, up to this many rows."""

SAID = 3
"""So many different notes of one kind are quoted."""

EARLIEST = date(2000, 1, 1)
"""The day of a visit where no rule has dates, so that any day gives the same."""


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the columns of a table stand: ``traits`` and ``cells`` by trait and by address."""

    row: int
    school: int
    name: int | None
    traits: Mapping[str, int]
    cells: Mapping[str, int]


def try_rubric(
    rubric: Rubric,
    path: Path,
    *,
    period: Period | None = None,
    day: date | None = None,
    groups: Sequence[str] = (),
) -> tuple[RubricScores | None, list[Problem]]:
    """Returns the scores of every row of a table (csv or workbook), and what is wrong with it.

    Each row is a school, visited once by one inspector whom nobody asks for evidence. Quotas are
    prorated to ``period``, a full year where there is none; ``day`` picks among dated rules, the
    end of ``period`` or else the latest rules where it is not given. None where the table cannot
    be used. Codes: those of ``read_table`` and ``try_table``.
    """
    table, problems = read_table(path)
    if table is None:
        return None, problems
    scores, more = try_table(rubric, table, period=period, day=day, groups=groups)
    return scores, problems + more


def try_named(
    name: str,
    path: Path,
    *,
    period: Period | None = None,
    day: date | None = None,
    groups: Sequence[str] = (),
) -> tuple[RubricScores | None, list[Problem]]:
    """Returns the same for a shipped rubric by its id, or one in a YAML file.

    Codes: those of ``load_named`` too.
    """
    rubric, problems = load_named(name, Path())
    if rubric is None:
        return None, problems
    scores, more = try_rubric(rubric, path, period=period, day=day, groups=groups)
    return scores, problems + more


def try_table(
    rubric: Rubric,
    table: Table,
    *,
    period: Period | None = None,
    day: date | None = None,
    groups: Sequence[str] = (),
) -> tuple[RubricScores | None, list[Problem]]:
    """Returns the same for a table that has been read, headings and all.

    A school of which a trait that decides something cannot be read is not scored. Codes: those of
    ``plain_rows.observed``, ``findings`` and ``codes_of``, trial-school-missing, trial-notes,
    trial-incomplete, trial-group, trial-column-unknown, trial-trait-unread, roster-heading-twice,
    roster-id-missing, roster-trait-value.
    """
    known = traits_of([rubric])
    strange = [name for name in groups if name not in known]
    if strange:
        listed = "、".join(known)
        return None, [problem("trial-group", Place(), trait=name, known=listed) for name in strange]
    headings, problems = _headings(table, rubric)
    if headings is None:
        return None, problems
    on = day or (period.until if period else latest_change(rubric))
    visits: list[Record] = []
    schools: dict[str, School] = {}
    asked: dict[tuple[tuple[str, TraitValue], ...], Questions] = {}
    for row, school, refused in _schools(table, headings, known, problems):
        schools[school.id] = school
        unread = [trait for trait in refused if trait in open_traits(rubric, groups, school, known)]
        if unread:
            place = table.place(row, headings.traits[unread[0]])
            said = {"school": school.name, "traits": "、".join(f"“{it}”" for it in unread)}
            problems.append(problem("trial-trait-unread", place, **said))
            continue
        same = tuple(school.traits.items())
        if same not in asked:
            asked[same] = questions(rubric, school.traits, on)
        cells = {column: _cell(table, row, number) for column, number in headings.cells.items()}
        seen, more = observed(asked[same], cells)
        problems += more
        key = RecordKey(school.id, rubric.id, "", "")
        visits.append(Record(key, rubric.version, on, (), seen, file=table.file, sheet=table.sheet))
    of = Round(
        id="try",
        title=rubric.title,
        bureau="",
        rubrics=(rubric.id,),
        window=period or Period(since=on, until=on),
        elapsed={} if period else dict(FULL_YEAR),
        ranking=Ranking(groups=tuple(groups)),
    )
    scores, found = score_round(
        of, {rubric.id: rubric}, Roster(schools, {}), (), visits, open_records=True
    )
    # Of a row that is not scored its trait tells.
    told = [item for item in found if item.code != "school-unvisited"]
    return scores.rubrics[rubric.id], _once([*problems, *told])


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """Returns the problems with all notes of one code as one, where the first of them stands.

    So are schools with items that are not checked, beyond a few: the table says it of each.
    """
    notes: dict[str, list[Problem]] = {}
    for item in problems:
        if item.severity is Severity.NOTE or item.code == "visit-incomplete":
            notes.setdefault(item.code, []).append(item)
    told: dict[str, Problem] = {}
    for same, items in notes.items():
        said = list(dict.fromkeys(item.message for item in items))
        kind = "trial-notes" if items[0].severity is Severity.NOTE else "trial-incomplete"
        unit = "条" if kind == "trial-notes" else "所"
        text = "；".join(said[:SAID]) + (f"；等 {len(said)} {unit}" if len(said) > SAID else "")
        many = problem(kind, items[0].place, count=len(items), said=text)
        if len(items) > (1 if kind == "trial-notes" else SAID):
            told[same] = many
    kept = [it for it in problems if it.code not in told or it is notes[it.code][0]]
    return [told.get(it.code, it) for it in kept]


def latest_change(rubric: Rubric) -> date:
    """Returns the first day on which the latest of all dated rules holds: no clock is asked."""
    changes = [EARLIEST]
    for indicator in rubric.indicators:
        for dated in indicator.effective:
            if dated.since:
                changes.append(dated.since)
            if dated.until and dated.until < date.max:
                changes.append(dated.until + timedelta(days=1))
    return max(changes)


def _headings(table: Table, rubric: Rubric) -> tuple[Headings | None, list[Problem]]:
    """The row of headings is the first that has one for the school; a title may stand above."""
    known = _known(rubric)
    rows = range(min(HEADING_WITHIN, len(table.rows)))
    named = ([known.get(_plain(raw)) for raw in table.rows[row]] for row in rows)
    found = next(
        ((row, names) for row, names in enumerate(named) if {_SCHOOL, _NAME} & set(names)), None
    )
    if found is None:
        return None, [problem("trial-school-missing", table.place(0), known="、".join(SCHOOL))]
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
    return Headings(row, school, title, of("trait"), of("cell")), problems


_SCHOOL, _NAME = ("school", ""), ("name", "")


def _known(rubric: Rubric) -> dict[str, tuple[str, str]]:
    """Spelling of a heading -> what kind of column it is, and which one."""
    known = dict.fromkeys(NAME, _NAME)
    for trait, about in traits_of([rubric]).items():
        known |= dict.fromkeys((trait, *about.headings), ("trait", trait))
    known |= {column: ("cell", column) for column in addresses(rubric)}
    known |= dict.fromkeys(SCHOOL, _SCHOOL)
    return {_plain(spelling): name for spelling, name in known.items()}


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


def _cell(table: Table, row: int, column: int) -> Cell:
    """A cell with what is to be known of it: a per cent, an error, one that another covers."""
    lost = table.lost.get((row, column), "")
    span = table.covered.get((row, column))
    if span is not None and not blank(table.raw(span.top, span.left)):
        lost = f"并入 {span} 的合并单元格"
    percent = (row, column) in table.percents
    return Cell(table.raw(row, column), table.place(row, column), lost, percent)


def _schools(
    table: Table, headings: Headings, known: Mapping[str, Trait], problems: list[Problem]
) -> Iterator[tuple[int, School, list[str]]]:
    """Yields every row that is filled, with its school, and the traits that could not be read;
    rows without a school become problems.
    """
    rows = range(headings.row + 1, len(table.rows))
    section = Section(table, Columns(headings.row, {"": headings.school}), rows, ())
    met: list[Problem] = []
    found = list(codes_of([section], "", "学校", met))
    # Any id will do here, 9 beside 10 too.
    problems += [item for item in met if item.code != "roster-id-number"]
    for _, row, identity in found:
        if not identity:
            place = table.place(row, headings.school)
            problems.append(problem("roster-id-missing", place, what="学校"))
            continue
        traits: dict[str, TraitValue] = {}
        refused: list[str] = []
        for trait, column in headings.traits.items():
            value, wrong = read_trait(trait, known[trait], table, row, column)
            problems += wrong
            if wrong:
                refused.append(trait)
            if value is not None:
                traits[trait] = value
        name = "" if headings.name is None else code(table.raw(row, headings.name))
        yield row, School(identity, name or identity, with_derived(traits, known)), refused

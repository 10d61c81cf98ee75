"""The headings of a table: which row they stand in, which column each has, what lies below them.

Bureaus write titles above, headings in two rows with merged cells, the same headings again at the
top of every printed page, and remarks below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from inspections.records.entries import shown
from inspections.records.numbers import fold
from inspections.round.table import GUIDES, Table, blank, sheet_unread
from rubrics.messages.problems import Place, Problem, problem

_DEEPEST = 3
"""Rows that headings take at most."""

_DECORATION = re.compile(r"^[*★#:]+|[*★#:]+$")
_IN_BRACKETS = re.compile(
    r"[(\[〔【](?:单位:)?(?:[人名个班所元]|必填|选填|可不填|可选|全称|简称|文本|文本格式|下拉选择|是/?否|有/?无)[)\]〕】]$"
)
"""What may stand behind a heading without changing it: 党员数（含预备） is another number."""

_LISTED = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the headings stand: their last row, and the column of each known heading."""

    row: int
    at: dict[str, int]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A heading that nobody knows, and its column."""

    column: int
    heading: str


@dataclass(frozen=True, slots=True)
class Section:
    """Headings, and the rows below them, up to the next ones."""

    table: Table
    columns: Columns
    rows: Sequence[int]
    unknown: tuple[Unknown, ...]

    def without(self, rows: Iterable[int]) -> Section:
        """Returns the section without some rows."""
        gone = frozenset(rows)
        return replace(self, rows=[row for row in self.rows if row not in gone])


def find_sections(
    tables: Sequence[Table], known: Mapping[str, Sequence[str]], required: Sequence[str]
) -> tuple[list[Section], list[Problem]]:
    """Returns all that stands below headings, over all sheets; ``known``: name -> its spellings.

    A row of headings has one of the ``required``. Sheets without any are named. Codes:
    roster-heading-missing (once for all that are missing), roster-heading-unknown (once for all),
    roster-heading-twice, roster-heading-merged, roster-heading-again, table-sheet-unread.
    """
    names = {plain_heading(it): name for name, spelled in known.items() for it in (name, *spelled)}
    sections: list[Section] = []
    problems: list[Problem] = []
    tables = [table for table in tables if table.sheet not in GUIDES] or tables
    for table in tables:
        found, wrong = _sections(table, names, required)
        if not found and not wrong and len(tables) > 1:
            wrong = [sheet_unread(table)]
        sections += found
        problems += wrong
    if not sections and not any(item.severity == "error" for item in problems):
        problems = [_nowhere(tables, required)]
    return sections, [*problems, *_not_known(sections, known)]


def plain_heading(raw: object) -> str:
    """Returns a heading in half width, without blanks, line breaks and marks (``*学校代码：``)."""
    return _DECORATION.sub("", "".join(fold(raw).split())) if isinstance(raw, str) else ""


def _sections(
    table: Table, names: Mapping[str, str], required: Sequence[str]
) -> tuple[list[Section], list[Problem]]:
    heads = list(_heads(table, names, required))
    sections: list[Section] = []
    problems: list[Problem] = []
    ends = [*(row for row, _ in heads[1:]), len(table.rows)][: len(heads)]
    for (row, last), end in zip(heads, ends, strict=True):
        columns, unknown, wrong = _columns(table, names, row, last)
        again = sections and columns.at == sections[-1].columns.at
        missing = [name for name in required if name not in columns.at]
        if again:
            problems.append(problem("roster-heading-again", table.place(row)))
        else:
            problems += wrong
        if missing:
            said = [item.heading for item in unknown]
            problems.append(_missing(table.place(row), missing, said))
            continue
        sections.append(Section(table, columns, range(last + 1, end), unknown))
    return sections, problems


def _heads(
    table: Table, names: Mapping[str, str], required: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Yields first and last row of all headings of a table."""
    after = 0
    first = True
    for row in range(len(table.rows)):
        if row < after:
            continue
        held = [_name(names, table.raw(row, column)) for column in range(len(table.rows[row]))]
        known = {name for name in held if name}
        wanted = known & set(required)
        filled = sum(not blank(raw) for raw in table.rows[row])
        # Once more they must be all there, as a name may look like a heading.
        if (first and wanted and (len(known) > 1 or filled > 1 or len(table.rows[row]) == 1)) or (
            not first and len(wanted) == len(set(required)) and len(known) > 1
        ):
            last = _last(table, names, row, held)
            yield row, last
            after, first = last + 1, False


def _last(table: Table, names: Mapping[str, str], row: int, held: Sequence[str]) -> int:
    """The last row of headings that begin in ``row``."""
    last = row
    own = {column for column, name in enumerate(held) if name}
    while last + 1 < min(row + _DEEPEST, len(table.rows)):
        below = last + 1
        cells = table.rows[below]
        filled = {column for column, raw in enumerate(cells) if not blank(raw)}
        merged_down = any(
            (span := table.covered.get((below, column))) and span.top <= last for column in own
        )
        # What stands below a heading of its own is a school's.
        goes_on = not filled & {column for column in own if not _wide(table, row, column)} and any(
            _joined(table, names, row, below, column)[0] for column in filled
        )
        if not goes_on and not (merged_down and not filled & own):
            break
        last = below
    return last


def _wide(table: Table, row: int, column: int) -> bool:
    """Whether a cell is merged with others beside it."""
    return any(
        span.left < span.right and span.top <= row <= span.bottom
        for span in table.merged
        if span.left <= column <= span.right
    )


def _columns(
    table: Table, names: Mapping[str, str], row: int, last: int
) -> tuple[Columns, tuple[Unknown, ...], list[Problem]]:
    at: dict[str, int] = {}
    unknown: list[Unknown] = []
    problems: list[Problem] = []
    below = range(last + 1, len(table.rows))
    for column in range(max(len(table.rows[it]) for it in range(row, last + 1))):
        name, heading = _joined(table, names, row, last, column)
        span = next(
            (it for it in table.merged if it.top <= last <= it.bottom and it.left == column), None
        )
        wide = span is not None and span.left < span.right
        filled = any(not blank(table.raw(it, column)) for it in below)
        if name and wide and span is not None and row <= span.top:
            problems.append(
                problem("roster-heading-merged", table.place(span.top, span.left), range=span)
            )
        covered = table.covered.get((last, column))
        if name and name in at and covered is not None and covered.left < column:
            continue
        if name and name in at:
            place = table.place(last, column)
            problems.append(problem("roster-heading-twice", place, heading=heading))
        elif name:
            at[name] = column
        elif heading or filled:
            unknown.append(Unknown(column, heading or "（空）"))
    return Columns(last, at), tuple(unknown), problems


def _joined(
    table: Table, names: Mapping[str, str], row: int, last: int, column: int
) -> tuple[str, str]:
    """The known name of a column, and its heading as it stands; both may be empty.

    The lowest row counts; one that says little is read with what stands above it: 食堂 over
    经营方式.
    """
    texts = [text for it in range(row, last + 1) if (text := _text(table, it, column))]
    if not texts:
        return "", ""
    heading = shown(texts[-1])
    for text in (texts[-1], "".join(dict.fromkeys(map(plain_heading, texts)))):
        if name := _name(names, text):
            return name, heading
    # A row that is there alone is told with the group above it.
    return "", heading


def _text(table: Table, row: int, column: int) -> str:
    """The text of a heading's cell, or of the cell that covers it from above or from the left."""
    span = table.covered.get((row, column))
    if span is not None and span.top < row:
        return ""
    raw = table.raw(row, column) if span is None else table.raw(span.top, span.left)
    return raw if isinstance(raw, str) and not blank(raw) else "" if blank(raw) else shown(raw)


def _name(names: Mapping[str, str], raw: object) -> str:
    heading = plain_heading(raw)
    return names.get(heading) or names.get(_IN_BRACKETS.sub("", heading), "")


def _nowhere(tables: Sequence[Table], required: Sequence[str]) -> Problem:
    """No headings at all: what stands in the first filled row is taken for them."""
    if not tables:
        return _missing(Place(), required, ())
    table = tables[0]
    rows = (row for row in table.rows if sum(not blank(raw) for raw in row) > 1)
    seen = [shown(raw) for raw in next(rows, ()) if not blank(raw)]
    return _missing(table.place(0), required, seen)


def _missing(place: Place, required: Sequence[str], seen: Sequence[str]) -> Problem:
    heading = "、".join(f"“{name}”" for name in required)
    return problem("roster-heading-missing", place, heading=heading, seen=not_understood(seen))


def not_understood(headings: Sequence[str]) -> str:
    """Returns ``；没有认出的表头：…``, empty where there is none."""
    listed = "、".join(f"“{it}”" for it in dict.fromkeys(headings[:_LISTED]))
    more = "等" if len(headings) > _LISTED else ""
    return f"；没有认出的表头：{listed}{more}" if listed else ""


def _not_known(sections: Sequence[Section], known: Mapping[str, Sequence[str]]) -> list[Problem]:
    """One note for all headings that are not known, over all sheets."""
    found = [(section, item) for section in sections for item in section.unknown]
    if not found:
        return []
    section, first = found[0]
    listed = "、".join(f"“{it}”" for it in dict.fromkeys(item.heading for _, item in found))
    place = section.table.place(section.columns.row, first.column)
    return [problem("roster-heading-unknown", place, headings=listed, known="、".join(known))]


def filled_rows(section: Section) -> Iterator[int]:
    """Yields the rows of a section in which something stands."""
    for row in section.rows:
        if not all(blank(raw) for raw in section.table.rows[row]):
            yield row

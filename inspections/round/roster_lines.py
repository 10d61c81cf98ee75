"""Where schools and inspectors stand in the clerk's own roster, and where a new one goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspections.records.entries import shown
from inspections.round.codes import code_from_name
from inspections.round.headings import Section, find_sections, plain_heading
from inspections.round.roster import entries, inspector_headings, school_headings
from inspections.round.table import Table, blank, read_tables
from rubrics.language.subject import SCHOOLS, Subject, Words
from rubrics.values.traits import Trait

_NUMBERING = "序号"


@dataclass(frozen=True, slots=True)
class Line:
    """A school or an inspector: the code, and the row (counted from 0) of a section."""

    code: str
    section: Section
    row: int


@dataclass(frozen=True, slots=True)
class Lines:
    """All of them in the order of the file, and the sections in which they stand."""

    sections: tuple[Section, ...]
    lines: tuple[Line, ...]

    def last(self, section: Section) -> int:
        """Returns the last row of a section that is a school or an inspector, or its headings."""
        rows = [line.row for line in self.lines if line.section.table is section.table]
        below = [row for row in rows if row in section.rows]
        return max(below, default=section.columns.row)

    def of(self, code: str) -> Line | None:
        """Returns the line of a code."""
        return next((line for line in self.lines if line.code == code), None)


def school_lines(path: Path, known: Mapping[str, Trait], subject: Subject) -> Lines:
    """Returns where the schools of a roster stand; ``known``: traits that may be headed."""
    own = school_headings(subject)
    code, name = tuple(own)[:2]
    headings = {**{trait: about.headings for trait, about in known.items()}, **own}
    return _lines(path, headings, (code, name), (code, name, subject.name))


def inspector_lines(path: Path, words: Words = SCHOOLS) -> Lines:
    """Returns where the inspectors of a roster stand."""
    headings = inspector_headings(words)
    code, name = tuple(headings)[:2]
    return _lines(path, headings, (name,), (code, name, words.people))


def _lines(
    path: Path,
    headings: Mapping[str, Sequence[str]],
    required: Sequence[str],
    said: tuple[str, str, str],
) -> Lines:
    code, name, what = said
    tables, _ = read_tables(path)
    sections, _ = find_sections(tables, headings, required)
    found = []
    for section, row, identity in entries(sections, code, name, what, []):
        text = shown(section.table.raw(row, section.columns.at[name]))
        if identity or text:
            whole = next(it for it in sections if it.table is section.table and row in it.rows)
            found.append(Line(identity or code_from_name(text), whole, row))
    return Lines(tuple(sections), tuple(found))


def column_of(section: Section, heading: str) -> int | None:
    """Returns the column of a heading, known to the program or the clerk's own."""
    if heading in section.columns.at:
        return section.columns.at[heading]
    own = {plain_heading(it.heading): it.column for it in section.unknown}
    return own.get(plain_heading(heading))


def headings_of(section: Section) -> list[str]:
    """Returns the headings of a section, in the order of its columns."""
    found = {column: name for name, column in section.columns.at.items()}
    found |= {item.column: item.heading for item in section.unknown}
    return [found[column] for column in sorted(found)]


def first_free_column(table: Table) -> int:
    """Returns the column right of all that stands on a sheet."""
    filled = (column for row in table.rows for column, raw in enumerate(row) if not blank(raw))
    spans = (span.right for span in table.merged)
    return max((*filled, *spans), default=-1) + 1


def is_free(table: Table, row: int) -> bool:
    """Whether nothing stands in a row, so that it can be filled in."""
    if any(span.top <= row <= span.bottom for span in table.merged):
        return False
    return row >= len(table.rows) or all(blank(raw) for raw in table.rows[row])


def next_number(section: Section, row: int) -> dict[int, str]:
    """Returns column -> running number (序号) of the row below ``row``, where rows have one."""
    found = {}
    for item in section.unknown:
        if plain_heading(item.heading) == _NUMBERING and row in section.rows:
            raw = shown(section.table.raw(row, item.column))
            if raw.isdecimal():
                found[item.column] = str(int(raw) + 1)
    return found

"""Codes of schools and inspectors as tables hold them, and what Excel made of others."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Final

from inspections.records.entries import shown
from inspections.records.numbers import fold
from inspections.round.headings import Section, filled_rows
from inspections.round.table import blank, code
from rubrics.messages.problems import Place, Problem, problem

_DIGITS_KEPT: Final = 15
"""A spreadsheet keeps this many digits of a number."""

_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?E\+?\d{1,3}", re.IGNORECASE)
_KEPT_AS_TEXT: Final = re.compile(r"['’‘](?=[0-9A-Za-z])")
"""The apostrophe that keeps a number a text, which csv files show."""


def codes_of(
    sections: list[Section],
    heading: str,
    what: str,
    problems: list[Problem],
    *,
    several: bool = False,
) -> Iterator[tuple[Section, int, str]]:
    """Yields (section, row, code) of every row, with an empty code where a name stands alone.

    ``several``: a code may stand in several rows. Rows whose code cannot be used become problems:
    entry-lost, roster-id-made, cell-merged,
    roster-id-twice, roster-id-alike, roster-id-number.
    """
    rows = [(section, row) for section in sections for row in filled_rows(section)]
    longest = max((len(_plain(section, row, heading)) for section, row in rows), default=0)
    first: dict[str, tuple[Section, int, str]] = {}
    for section, row in rows:
        table, column = section.table, section.columns.at.get(heading, -1)
        if column < 0 or (blank(table.raw(row, column)) and (row, column) not in table.lost):
            if column >= 0 and _covers(section, row, column):
                span = table.covered[row, column]
                problems.append(problem("cell-merged", table.place(row, column), range=span))
            else:
                yield section, row, ""
            continue
        raw, place = table.raw(row, column), table.place(row, column)
        if wrong := [*table.lost_at(row, column), *_made(raw, place, what)]:
            problems += wrong
            continue
        identity = _plain(section, row, heading)
        looks = _looks(identity)
        if looks in first:
            of, line, other = first[looks]
            where = f"{of.table.sheet} 第 {line + 1} 行" if of.table is not table else ""
            said = {"what": what, "id": identity, "first": where or f"第 {line + 1} 行"}
            if other == identity and several:
                yield section, row, identity
            elif other == identity:
                problems.append(problem("roster-id-twice", place, **said))
            else:
                problems.append(problem("roster-id-alike", place, other=other, **said))
            continue
        first[looks] = section, row, identity
        # A number has lost its leading zeros, and whatever stood behind the fifteenth digit.
        number = isinstance(raw, float)
        zeros = len(identity) < longest and (number or (not table.typed and identity.isdecimal()))
        if zeros or (number and len(identity) > _DIGITS_KEPT):
            problems.append(problem("roster-id-number", place, what=what, id=identity))
        yield section, row, identity


def _looks(identity: str) -> str:
    """A code as people and folders tell it apart: without case, width and blanks."""
    return "".join(unicodedata.normalize("NFKC", identity).casefold().split())


def code_from_name(name: str) -> str:
    """Returns the code of somebody who has none: the same for the same name, at every reading.

    It does not tell the name, which may have to be erased.
    """
    digest = hashlib.sha256("".join(fold(name).split()).encode()).digest()
    return f"X{int.from_bytes(digest[:8], 'big') % 10**8:08}"


def _plain(section: Section, row: int, heading: str) -> str:
    column = section.columns.at.get(heading, -1)
    if column < 0:
        return ""
    raw = section.table.raw(row, column)
    return _KEPT_AS_TEXT.sub("", code(raw), count=1) if isinstance(raw, str) else code(raw)


def _covers(section: Section, row: int, column: int) -> bool:
    span = section.table.covered.get((row, column))
    return span is not None and span.top < row and span.top in section.rows


def _made(raw: object, place: Place, what: str) -> Iterator[Problem]:
    """roster-id-made: what stands there was made of another code."""
    if isinstance(raw, bool):
        kind = "逻辑值"
    elif isinstance(raw, (date, time, timedelta)):
        kind = "日期或时刻"
    elif isinstance(raw, str) and _SCIENTIFIC.fullmatch(fold(raw)):
        kind = "科学记数"
    elif isinstance(raw, float) and not raw.is_integer():
        kind = "小数"
    else:
        return
    yield problem("roster-id-made", place, what=what, value=shown(raw), kind=kind)

"""What stands on a filled sheet where the blank sheet has nothing to fill in.

People write where there is room: beside a row, below the table, over a printed text, on the lines
to sign on. Everything is compared with what the blank sheet has there, so that nothing that was
printed counts as typed.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple

from inspections.round.table import blank, row_and_column
from inspections.workbook.form.layout import (
    AT_ONCE_HEAD,
    AT_ONCE_HINT,
    HEAD,
    HEADER_ROW,
    HEADINGS,
    IDENTITY_CELL,
    REFUSAL,
    SIGNED,
    STATEMENT,
    TITLE_ROW,
    TOTALS,
    TOTALS_ROW,
    Block,
    Column,
    Row,
    SheetLayout,
    first_row,
    labels_of,
)
from inspections.workbook.form.row_texts import (
    LEGEND,
    as_in_every_round,
    as_printed_before,
    row_texts,
)
from inspections.workbook.form.sheet_form import NOT_APPLICABLE
from rubrics.language.rubric import Indicator
from rubrics.language.subject import SCHOOLS, Words
from rubrics.values.conditions import Traits

Cells = Sequence[object]

_USED = int(Column.INNER)
"""Columns from here on are none of the sheet's, but where composites lie in composites."""

_RESULTS = frozenset({Column.SCORE, *(column for column in Column if column.hidden)})
"""Cells of formulas: whether they are still there, a look at the file itself tells."""

_REWORDED = 4
"""More than one row in so many with another text: printed by another edition, not typed over."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What the blank sheet has in the cells of one row that are not to be filled in.

    ``others``: what it had there while the indicator applied, traits may change after printing;
    and what earlier editions had there.
    ``levels``: how many hidden columns behind the others hold scores of inner composites.
    """

    columns: tuple[Column, ...]
    texts: tuple[str | float, ...]
    others: tuple[str | float, ...]
    pick: Callable[[Cells], tuple[object, ...]]
    levels: int = 0

    @property
    def used(self) -> int:
        """Columns from here on are none of the row's: levels of inner composites have theirs."""
        return _USED + self.levels


class Stray(NamedTuple):
    """A cell (row and column counted from 0) that holds what the blank sheet does not.

    ``label`` is the line on which it stands, as ``学校陈述意见``, or empty.
    """

    row: int
    column: int
    raw: object
    label: str = ""


def printed_rows(layout: SheetLayout, demerits: bool, traits: Traits) -> dict[str, Printed]:
    """Returns what the blank sheet has in its rows, by their address."""
    return {
        row.address: _printed(block, row, demerits, traits)
        for block in layout.blocks
        for row in block.rows
    }


def _printed(block: Block, row: Row, demerits: bool, traits: Traits) -> Printed:
    texts = row_texts(row, demerits)
    others = dict(texts)
    free = row.inputs | _RESULTS | {Column.ADDRESS}
    if row.kind == "inapplicable":
        if isinstance(row.item, Indicator):
            others = row_texts(replace(first_row(row.item, traits), text=row.text), demerits)
        texts[Column.STATE] = NOT_APPLICABLE
    if Column.HOW in others:
        others[Column.HOW] = as_printed_before(str(others[Column.HOW]), row.item)
    columns = tuple(column for column in Column if column not in free)
    now, then = (tuple(which.get(it, "") for it in columns) for which in (texts, others))
    levels = block.item.levels if isinstance(block.item, Indicator) else 0
    return Printed(columns, now, then, itemgetter(*columns), levels)


def headings(layout: SheetLayout) -> frozenset[str]:
    """Returns what stands in column B of the rows without an address, with and without blanks."""
    found = [LEGEND, *(row.text for row in layout.rows if row.kind == "heading")]
    return frozenset([*found, *map(_bare, found)])


def in_known_rows(
    rows: Sequence[Cells], found: Iterable[tuple[Printed, int]], same_rubric: bool
) -> tuple[list[Stray], list[Stray]]:
    """Returns what stands beside the entries of rows that have an address, and texts that may be
    those of another edition of the blank sheet: so many differ.

    ``same_rubric``: the sheet was made from the rubric as it is now, so that a text that differs
    was typed over ours.
    """
    typed: list[Stray] = []
    changed: list[Stray] = []
    count = 0
    for printed, at in found:
        row = rows[at]
        count += 1
        if len(row) > printed.used:
            typed += _typed(row, at, range(printed.used, len(row)))
        if printed.pick(row) == printed.texts:
            continue
        for column, text, other in zip(printed.columns, printed.texts, printed.others, strict=True):
            raw = row[column]
            if raw == text or blank(raw) or (other != "" and _bare(raw) == _bare(other)):
                continue
            if text == "" or column == Column.STATE:
                typed.append(Stray(at, column, raw))
            elif column == Column.POINTS and same_rubric:
                typed.append(Stray(at, column, raw))  # points are never reworded
            elif column == Column.PROMPT and _bare(_undue(raw)) == _bare(text):
                continue
            elif _bare(raw) != _bare(text):
                changed.append(Stray(at, column, raw))
    if not same_rubric:
        return typed, []
    return (typed + changed, []) if len(changed) * _REWORDED <= count else (typed, changed)


def _undue(raw: object) -> object:
    """A prompt as every round prints it."""
    return as_in_every_round(raw) if isinstance(raw, str) else raw


def in_other_rows(
    rows: Sequence[Cells],
    nameless: Iterable[int],
    last: int,
    known: frozenset[str],
    same_rubric: bool,
    confirming: Container[int] = (),
    words: Words = SCHOOLS,
) -> Iterator[Stray]:
    """Yields what stands in the rows without an address; ``last`` is the last that has one.

    ``confirming``: the rows that have a confirmation with its label.
    """
    going_on = ""
    for at in nameless:
        row = rows[at]
        filled = len(row) - row.count("")
        if filled == 0 or (filled == 1 and row[Column.TITLE] in known):
            continue
        label = going_on
        for column in range(1, len(row)):
            raw = row[column]
            if blank(raw) or (column in _CONFIRMATION and at in confirming):
                continue
            text = raw.strip() if isinstance(raw, str) else ""
            if at < last:
                ours = column == Column.TITLE and (not same_rubric or _bare(text) in known)
                if not ours:
                    yield Stray(at, column, raw)
                continue
            if column == Column.TITLE and _bare(text) in known:
                continue
            line = next((line for line in _LINES if text.startswith(words.said(line))), None)
            if line is not None:
                label = line.rstrip("：")
                going_on = label if line == STATEMENT else ""
                raw = text.removeprefix(words.said(line))
            if not blank(raw):
                yield Stray(at, column, raw, label)


_CONFIRMATION = (Column.PROMPT, Column.ENTRY, Column.READ)
_LINES = (*SIGNED, STATEMENT, REFUSAL)


def in_the_head(rows: Sequence[Cells], words: Words = SCHOOLS) -> Iterator[Stray]:
    """Yields what stands between, beside and over the fields of the head, and behind labels."""
    for at, columns in enumerate(_BARE_HEAD):
        row = rows[at]
        yield from _typed(row, at, (c for c in columns if c < len(row)))
        if len(row) > _USED:
            yield from _typed(row, at, range(_USED, len(row)))
    for label, (at, column) in _LABELS.items():
        raw = rows[at][column]
        if _bare(raw).rstrip(":：") not in labels_of(label, words) and not blank(raw):
            yield Stray(at, column, raw)


def _typed(row: Cells, at: int, columns: Iterable[int]) -> Iterator[Stray]:
    for column in columns:
        if row[column] != "" and not blank(row[column]):
            yield Stray(at, column, row[column])


def _bare_head() -> tuple[tuple[int, ...], ...]:
    """The columns of every row of the head in which the blank sheet has nothing."""
    ranges = [f"A{TITLE_ROW}", IDENTITY_CELL, AT_ONCE_HEAD, f"A{TOTALS_ROW}", *TOTALS.values()]
    for item in HEAD.values():
        ranges += [item.label_range, item.range]
    used = {row_and_column(cells.partition(":")[0]) for cells in ranges}
    used |= {(HEADER_ROW - 1, column) for column in HEADINGS}
    return tuple(
        tuple(column for column in range(_USED) if (row, column) not in used)
        for row in range(HEADER_ROW)
    )


_BARE_HEAD = _bare_head()
_LABELS = {
    "合计": (TOTALS_ROW - 1, 0),
    **{it.label: row_and_column(it.label_range.partition(":")[0]) for it in HEAD.values()},
    AT_ONCE_HINT: row_and_column(AT_ONCE_HEAD.partition(":")[0]),
    HEADINGS[Column.AT_ONCE]: (HEADER_ROW - 1, Column.AT_ONCE),
}


def _bare(raw: object) -> str:
    """A text without its blanks and line breaks, which office programs change."""
    return "".join(str(raw).split())

"""How wide the columns and how high the rows are, so that no text is cut off on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from inspections.row_workbook.book import RowBook
from inspections.row_workbook.columns import KEY_WIDEST, KEY_WIDTH, Kind, RowColumn, RowValue
from inspections.row_workbook.sealing import locked_texts
from inspections.workbook.form.row_texts import LINE_HEIGHT, line_count
from rubrics.messages.outgoing import outgoing

_NARROW: Final = 150.0
"""Characters of all columns that fit an A4 page at nearly full size."""

_WIDE: Final = 215.0
"""Characters of all columns at which a printed page can still be read."""

_GOOD_HEIGHT: Final = 230.0
_MOST_HEIGHT: Final = 390.0
"""Points: Excel draws no row higher than 409, and a page in landscape holds some 450."""

_STEP: Final = 1.08
_FREE_LINES: Final = 3
"""Lines that a row has at least, to write into."""


def shown_entry(value: RowValue) -> str:
    """Returns a value as it stands in its cell."""
    return outgoing("、".join(value) if isinstance(value, tuple) else str(value))


def row_cells(book: RowBook) -> list[list[str]]:
    """Returns the texts of all rows of the table, by column."""
    made = []
    for row in book.drawn_rows:
        locked = iter(locked_texts(book, row))
        made.append([
            shown_entry(row.entries.get(column.key, "")) if column.is_input else next(locked)
            for column in book.columns
        ])  # fmt: skip
    return made


def fitted(
    columns: Sequence[RowColumn], cells: Sequence[Sequence[str]], keys: Sequence[str]
) -> tuple[list[float], list[float]]:
    """Returns the widths (characters) of key column and columns, and the heights (points).

    Columns whose texts make rows high become wider while the page allows it.
    """
    # Longer numbers are wrapped at their hyphens.
    longest = max((len(key) * 1.15 + 1.5 for key in keys), default=KEY_WIDTH)
    key_width = min(max(KEY_WIDTH, longest), KEY_WIDEST)
    widths = [column.width for column in columns]
    # Whatever is left of the page goes to columns for text.
    texts = [at for at, column in enumerate(columns) if column.kind in (Kind.LOCKED, Kind.TEXT)]
    while True:
        heights = [_height(row, widths) for row in cells]
        most = max(heights, default=0)
        room = _NARROW if most <= _GOOD_HEIGHT else _WIDE
        if most <= _GOOD_HEIGHT / 3 or key_width + sum(widths) * _STEP > room:
            return [key_width, *widths], [min(height, _MOST_HEIGHT) for height in heights]
        row = cells[heights.index(most)]
        highest = max(texts, key=lambda at: line_count(row[at], widths[at]), default=None)
        if highest is None or line_count(row[highest], widths[highest]) <= _FREE_LINES:
            return [key_width, *widths], heights
        widths[highest] *= _STEP


def _height(row: Sequence[str], widths: Sequence[float]) -> float:
    lines = [line_count(text, width) for text, width in zip(row, widths, strict=True) if text]
    most = max([*lines, _FREE_LINES])
    # Some programs let a full stop begin a line, which makes one more.
    return round((most + (most > _FREE_LINES) * 0.7) * LINE_HEIGHT + 5, 1)


def lines_height(text: str, width: float, size: float = 10) -> float:
    """Returns the height of a merged line of text over ``width`` characters."""
    return round(line_count(text, width, size) * size * 1.42 + 5, 1)

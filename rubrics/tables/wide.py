"""Tables of very many rows as columns: each text once, and a number for every row."""

from __future__ import annotations

import gc
import hashlib
from array import array
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import chain, zip_longest
from pathlib import Path
from typing import Final, NamedTuple

from rubrics.apart.limits import BeyondLimitsError
from rubrics.apart.once import within_limits
from rubrics.tables.reading import MOST_BYTES, read_sheets
from rubrics.tables.sheet import At, Merged, Sheet, UnreadableError

MOST_CELLS: Final = 6_000_000
"""Cells of a sheet: 33,000 answers to 150 questions."""


class Column(NamedTuple):
    """``texts``: each once, in the order in which they come; ``codes``: for every row the place of
    its text among them, as 32-bit numbers.
    """

    texts: list[str]
    codes: bytes


class WideSheet(NamedTuple):
    """A sheet by its columns; rows count from 0, and blank cells are empty text.

    ``lost``, ``too_long``: as :class:`rubrics.tables.sheet.Sheet` has them.
    """

    name: str
    height: int
    columns: list[Column]
    merged: tuple[Merged, ...]
    lost: dict[At, str]
    too_long: tuple[tuple[At, int], ...]
    hidden: bool

    def text(self, row: int, column: int) -> str:
        """Returns what stands in a cell."""
        held = self.columns[column]
        return held.texts[memoryview(held.codes).cast("i")[row]]


def wide_sheets(path: Path) -> tuple[str, list[WideSheet]]:
    """Returns the SHA-256 (hex) of a file and its sheets, read in a process of its own with limits.

    Raises as :func:`rubrics.tables.reading.sheets_of` does.
    """
    try:
        return within_limits(_wide_sheets, path)
    except BeyondLimitsError as error:
        raise UnreadableError(str(error)) from error


def _wide_sheets(path: Path) -> tuple[str, list[WideSheet]]:
    gc.disable()  # the process ends with this file, and rows hold nothing that goes in circles
    with path.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    digest = hashlib.sha256(data).hexdigest()
    return digest, [_wide(sheet) for sheet in read_sheets(data, MOST_CELLS)]


def _wide(sheet: Sheet) -> WideSheet:
    columns = [_column(cells) for cells in zip_longest(*sheet.rows, fillvalue="")]
    lost = dict(sheet.facts.lost)
    return WideSheet(
        sheet.name, len(sheet.rows), columns, sheet.merged, lost, sheet.too_long, sheet.hidden
    )


def _column(cells: Iterable[object]) -> Column:
    texts = list(map(_text, cells))
    place = {text: at for at, text in enumerate(dict.fromkeys(texts))}
    return Column(list(place), array("i", map(place.__getitem__, texts)).tobytes())


def _text(raw: object) -> str:
    """A cell's content as text: whole numbers without decimals, moments as ISO 8601."""
    match raw:
        case str():
            return raw.strip()
        case bool():
            return "是" if raw else "否"
        case float() if raw.is_integer():
            return str(int(raw))
        case datetime():
            return raw.isoformat(" ", "seconds")
        case timedelta():
            return str(timedelta(seconds=round(raw.total_seconds())))
        case date() | time():
            return raw.isoformat()
        case None:
            return ""
    return str(raw)


def any_filled(sheet: WideSheet) -> bool:
    """Returns whether anything stands in a sheet."""
    return any(chain.from_iterable(column.texts for column in sheet.columns))

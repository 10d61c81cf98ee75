"""Printed pages that are worth their paper: a sheet does not end with a page of two rows."""

from __future__ import annotations

from collections.abc import Sequence

from reports.ranking.layout import MARGINS_MM, PAPERS_MM, ROW_PX, Sheet
from reports.ranking.measures import LEAST, SIZE

LITTLE = 1 / 3
"""A last page that is filled to less than this share is nearly empty."""

_DEFAULT = ROW_PX * 0.75
# Without 宋体 an office program takes another font, whose digits are wider: so are the columns
# then, and all is printed smaller. Pages are to be worth their paper either way.
_WIDER = (1.0, 1.185)
_STEP, _MOST = 0.04, 1.8


def print_to(sheet: Sheet, last: int) -> None:
    """Sets what is printed: all columns, and the rows down to ``last`` (from 0).

    Where the last page would be nearly empty, all is made to fit on one page less in type of at
    least ``LEAST`` points; where that is too small, rows are made higher, and the last page fuller.
    """
    sheet.page.print_area(0, 0, last, sheet.last)
    heights = [sheet.heights.get(row, _DEFAULT) for row in range(last + 1)]
    rooms = rooms_of(sheet)
    if _worth(heights, sheet.repeated, rooms):
        return
    counts = {pages(heights, sheet.repeated, room)[0] for room in rooms}
    least, _ = pages(heights, sheet.repeated, _room(sheet, LEAST / SIZE))
    if least < max(counts):
        sheet.page.fit_to_pages(1, least)
        return
    for number in range(1, int((_MOST - 1) / _STEP) + 1):
        by = 1 + _STEP * number
        higher = [h * by if row >= sheet.repeated else h for row, h in enumerate(heights)]
        if _worth(higher, sheet.repeated, rooms):
            for row in range(sheet.repeated, last + 1):
                sheet.high(row, higher[row])
            return


def _worth(heights: Sequence[float], repeated: int, rooms: Sequence[float]) -> bool:
    """Whether the last page is filled well enough, or the only one."""
    found = (pages(heights, repeated, room) for room in rooms)
    return all(count == 1 or filled >= LITTLE for count, filled in found)


def pages(heights: Sequence[float], repeated: int, room: float) -> tuple[int, float]:
    """Returns how many pages rows of these heights take, and the share of the last that is filled.

    The first ``repeated`` rows stand on every page, and do not count as filling a later one.
    ``heights`` and ``room`` (of a page) in points.
    """
    head = sum(heights[:repeated])
    count, used = 1, head
    for height in heights[repeated:]:
        if used + height > room and used > head:
            count, used = count + 1, head
        used += height
    return count, (used - head) / max(room - head, 1)


def rooms_of(sheet: Sheet) -> list[float]:
    """Returns the points of rows that a page takes when all columns fit: with 宋体, and without."""
    room = PAPERS_MM[sheet.paper][0] - MARGINS_MM[0] - MARGINS_MM[1]
    scales = (min(1.0, room / 25.4 * 96 / (sheet.wide_px * wider)) for wider in _WIDER)
    return [_room(sheet, scale) for scale in scales]


def _room(sheet: Sheet, scale: float) -> float:
    """The points of rows that a page takes at a scale."""
    room = PAPERS_MM[sheet.paper][1] - MARGINS_MM[2] - MARGINS_MM[3]
    return room / 25.4 * 72 / scale

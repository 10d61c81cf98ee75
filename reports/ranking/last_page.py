"""On how many pages a table is printed, so that its last page is not nearly empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

FULL_ENOUGH: Final = 0.4
"""A last page that is filled less than this is nearly empty."""

_SURE: Final = 0.97
"""Programs differ a little in what they get on a page."""


def fewer_pages(heights: Sequence[float], repeated: int, depth: float, least: float) -> int:
    """Returns on how many pages all rows go, 0 for as many as there are.

    Rows of ``heights`` (points) stand on pages ``depth`` points deep, the first ``repeated`` of
    them on every page. Type may be made ``least`` times as high to save a page, but not smaller.
    """
    count, filled = pages(heights, repeated, depth)
    if count < 2 or filled >= FULL_ENOUGH or least >= 1:
        return 0
    return count - 1 if pages(heights, repeated, depth / least * _SURE)[0] < count else 0


def pages(heights: Sequence[float], repeated: int, depth: float) -> tuple[int, float]:
    """Returns how many pages there are, and what part of the last one is filled."""
    head = sum(heights[:repeated])
    count, used = 1, head
    for height in heights[repeated:]:
        if used + height > depth and used > head:
            count, used = count + 1, head
        used += height
    return count, used / depth

"""Pieces that fit on a page whole: what a block becomes before pages are cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reports.type.ink import Ink

#: Draws a slab: where its left top corner is.
Draw = Callable[[Ink, float, float], None]


@dataclass(frozen=True, slots=True)
class Slab:
    """A level strip of the text area, drawn in one piece.

    ``keep``: never the last on a page; ``fades``: dropped at the top of a page; ``head``: is
    drawn again on top when a page begins with this slab; ``breaks``: begins a page; ``title``: what
    the outline of the document calls the place, ``level`` so deep below its top.
    """

    height: float
    draw: Draw | None = None
    keep: bool = False
    fades: bool = False
    breaks: bool = False
    head: Slab | None = None
    title: str = ""
    level: int = 0

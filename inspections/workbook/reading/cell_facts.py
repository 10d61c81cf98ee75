"""What the fast reader does not see of a workbook, in whatever format it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from inspections.workbook.reading.beside import Beside, PageWords
from inspections.workbook.reading.embedded import Embedded
from inspections.workbook.reading.out_of_sight import OutOfSight
from inspections.workbook.reading.rich_text import Seen

Lost: TypeAlias = Mapping[tuple[str, str], str]
"""(sheet, A1 name) -> what stands in the cell: ``错误值 #REF!``, ``没有结果的公式 =A1``."""

Forms: TypeAlias = Mapping[tuple[str, str], str]
"""(sheet, A1 name) -> the number format of a cell, where it may show another value."""

SeenTexts: TypeAlias = Mapping[tuple[str, str], Seen]
"""(sheet, A1 name) -> what a cell shows, where that may say something else than it holds."""

Percents: TypeAlias = Set[tuple[str, str]]
"""(sheet, A1 name) of entries that are shown as per cents."""


class CellFacts(NamedTuple):
    """What only a second look sees.

    ``lost``: cells that hold nothing that may be used; ``percents``: entries that are shown as per
    cents; ``formulas``: entries that are results, by (sheet, A1 name); ``scores``: where something
    stands in place of a formula; ``no_times``: numbers below zero, which are no time of
    day; ``beside``: what the file holds beside its cells; ``pages``: what its headers and footers
    say; ``out_of_sight``: what is hidden, by sheet; ``macros``: whether it holds
    a program; ``visits``: how many sheets have an identity, and ``contents``: how many of their
    cells hold something, None where nobody counted; ``pictures`` stand at a cell, those in
    ``beside`` at none. ``forms`` and ``seen``: where something else may be seen than is held;
    ``unread``: cells with a picture, or a kind of data, that could not be taken from the file;
    ``papers``: by sheet, what ``page_texts`` has read of them, so that nobody else need.
    """

    lost: Lost = MappingProxyType({})
    percents: Percents = frozenset()
    formulas: Lost = MappingProxyType({})
    scores: Set[tuple[str, str]] = frozenset()
    no_times: Set[tuple[str, str]] = frozenset()
    beside: tuple[Beside, ...] = ()
    pages: tuple[PageWords, ...] = ()
    out_of_sight: Mapping[str, OutOfSight] = MappingProxyType({})
    macros: bool = False
    contents: int | None = None
    visits: int | None = None
    pictures: tuple[Embedded, ...] = ()
    forms: Forms = MappingProxyType({})
    seen: SeenTexts = MappingProxyType({})
    unread: Set[tuple[str, str]] = frozenset()
    papers: Mapping[str, Sequence[Sequence[str]]] = MappingProxyType({})

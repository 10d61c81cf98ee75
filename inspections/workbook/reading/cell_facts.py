"""What the fast reader does not see of a workbook, in whatever format it is."""

from __future__ import annotations

from collections.abc import Mapping, Set
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from inspections.workbook.reading.beside import Beside, PageWords
from inspections.workbook.reading.embedded import Embedded
from inspections.workbook.reading.out_of_sight import OutOfSight

Lost: TypeAlias = Mapping[tuple[str, str], str]
"""(sheet, A1 name) -> what stands in the cell: ``错误值 #REF!``, ``没有结果的公式 =A1``."""

Shown: TypeAlias = Mapping[tuple[str, str], Decimal]
"""(sheet, A1 name) of numbers whose format hides digits -> the number that is seen."""

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
    ``beside`` at none. ``hidden``: entries of which other digits are seen than they have;
    ``unread``: cells with a picture, or a kind of data, that could not be taken from the file.
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
    hidden: Shown = MappingProxyType({})
    unread: Set[tuple[str, str]] = frozenset()

"""What counts outside the points of a rubric: 加分 and 附加扣分."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import model_validator

from rubrics.rules.bands import Band, Bands
from rubrics.rules.cells import Entered
from rubrics.rules.exact import Units, clipped, priced
from rubrics.rules.formulas import first_of, literal, within
from rubrics.rules.kind import Wrong, pointless
from rubrics.rules.slot import COUNT, Slot
from rubrics.rules.strict_model import Explained, Id
from rubrics.values.points import Points, number_text, to_units
from rubrics.values.range_words import span_text
from rubrics.values.ranges import RangeText


class ExtraRule(Explained):
    """So much for each of a number of things, at most ``limit``; or by the band of a reading."""

    name: ClassVar[str]
    verb: ClassVar[str]

    kind: str
    each: Points | None = None
    limit: Points | None = None
    unit: str = "项"
    bands: tuple[Band, ...] = ()
    label: str = ""
    domain: RangeText | None = None

    @model_validator(mode="after")
    def _one_way(self) -> ExtraRule:
        counted = (self.each is not None) + (self.limit is not None)
        if counted != (0 if self.bands else 2):
            raise ValueError("按数量算的写 each 和 limit；按读数分档的只写 bands（和 label、unit）")
        if not self.bands and (self.label or self.domain is not None):
            raise ValueError("label、domain 只与 bands 一起写")
        return self

    @cached_property
    def most(self) -> Decimal:
        """The most that it can come to (points)."""
        bands = max((band.points for band in self.bands), default=Decimal(0))
        return bands if self.limit is None else self.limit

    @property
    def _reading(self) -> Bands:
        """The same bands, as a rule of an indicator has them."""
        return Bands(
            kind="bands",
            label=self.label or "数值",
            unit=self.unit,
            bands=self.bands,
            domain=self.domain,
        )

    def slots(self) -> tuple[Slot, ...]:
        """How many there are, or what is read; blank is none."""
        if self.bands:
            (reading,) = self._reading.slots(self.most)
            return (replace(reading, optional=True),)
        return (Slot("", "数量", "count", self.unit, range=COUNT, optional=True),)

    def describe(self) -> str:
        """``每项加 2 分，最多加 4 分``, ``获奖不少于 35 人加 10 分；……``."""
        if self.bands:
            said = (
                f"{span_text(band.range, 'number', '' if n else self.unit)}"
                f" {self.verb} {number_text(band.points)} 分"
                for n, band in enumerate(self.bands)
            )
            return self.label + "；".join(said)
        assert self.each is not None
        each, limit = number_text(self.each), number_text(self.most)
        return f"每{self.unit}{self.verb} {each} 分，最多{self.verb} {limit} 分"

    def wrong(self) -> Iterator[Wrong]:
        """Yields that it comes to nothing, or what is wrong with its bands."""
        if self.bands:
            yield from self._reading.wrong(self.most, False)
        elif 0 in (self.each, self.limit):
            yield pointless((), "单价或上限是 0，没有作用", self.most)

    def amount(self, entered: Entered) -> Units:
        """Returns min(count x each, limit), or the points of the reading's band, in units."""
        if self.bands:
            return self._reading.earned(to_units(self.most), entered).earned
        assert self.each is not None
        limit = to_units(self.most)
        return clipped(priced(entered.count(), to_units(self.each), limit), high=limit)

    def formula(self, cell: str) -> str:
        """Returns the formula (without ``=``) of what the entry in ``cell`` comes to."""
        if self.bands:
            chain = [(within(cell, band.range), literal(band.points)) for band in self.bands]
            return f'IF(ISNUMBER({cell}),{first_of(chain[:-1], chain[-1][1])},"")'
        assert self.each is not None
        amount = f"MIN({literal(self.most)},{cell}*{literal(self.each)})"
        return f'IF(ISNUMBER({cell}),ROUND({amount},4),"")'


class Bonus(ExtraRule):
    """加分: count x each, at most ``limit``, or by bands.

    Of one ``family`` only the highest counts. ``dimension``: it counts under the cap that the
    dimension sets for its bonuses (``bonus_cap``).
    """

    name = "加分"
    verb = "加"
    about = "加分：每项加 each 分，或按读数分档（bands）"
    meanings: ClassVar = {
        "each": "每项加多少分",
        "family": "同一事项代码：就高不重复",
        "dimension": "算在哪个一级指标的加分上限（bonus_cap）里",
        "Bonus.label": "按读数分档的：填的是什么",
    }

    kind: Literal["bonus"]
    family: Id | None = None
    dimension: Id | None = None

    def describe(self) -> str:
        """``每项加 2 分，最多加 4 分，同一事项就高不重复``."""
        return super().describe() + ("，同一事项就高不重复" if self.family else "")


class Penalty(ExtraRule):
    """附加扣分: count x each, at most ``limit``, or by bands; outside the points of the rubric."""

    name = "附加扣分"
    verb = "扣"
    about = "附加扣分：每件扣 each 分，或按读数分档（bands）"
    meanings: ClassVar = {"each": "每件扣多少分", "Penalty.label": "按读数分档的：填的是什么"}

    kind: Literal["penalty"]
    unit: str = "件"

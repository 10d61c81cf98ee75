"""分档: a reading earns the points of the band that it lies in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from rubrics.rules import between
from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import Mask, inside, put, share_inside
from rubrics.rules.formulas import Rows, first_of, literal, within
from rubrics.rules.kind import Keys, RuleKind, Wrong, unlike
from rubrics.rules.samples import TAKEN, Taken, any_within, quotient_of, quotient_within
from rubrics.rules.slot import COUNT, Slot, Values
from rubrics.rules.strict_model import Explained, Measure
from rubrics.rules.units import PER_CENT, foresees_more, odd_ranges
from rubrics.rules.words import (
    clock,
    earns,
    hundredths,
    reading_text,
    then,
    told,
)
from rubrics.values.amounts import Number, in_per_cent
from rubrics.values.points import Points, number_text, to_units
from rubrics.values.range_words import span_text
from rubrics.values.ranges import Range, RangeText, coverage_faults, overlap

WHOLE = Decimal(1)
"""Counts and minutes of the day are whole: nothing lies between 13 and 14."""


class Band(Explained):
    """Readings in ``range`` earn ``points``."""

    about = "一档"
    meanings: ClassVar = {
        "range": "范围，如 ≤60、(60, 70]；百分数写 [80%, 95%)，比率可以写 ≥2/3",
        "points": "这一档得多少分",
    }

    range: RangeText
    points: Points


class Bands(RuleKind):
    """分档: the points of the band that holds the reading; bands cover ``domain`` exactly once.

    ``mean_of``, ``median_of``, ``worst_of``: up to so many samples are read, and their mean or
    median, unrounded, goes by the bands, or the sample whose band has the worst points.
    Without ``domain`` readings are 0 or more, and percentages at most 100 unless a band speaks of
    more.
    """

    name = "分档"
    about = "分档：读数落在哪一档得哪一档的分"
    meanings: ClassVar = {
        "mean_of": "最多测几个样，取平均分档；不写就是一个读数",
        "median_of": "最多测几个样，取中位数分档",
        "worst_of": "最多测几个样，取得分最差的一个",
        "start": "读的是两个时刻、日期之差的：先填的叫什么，如 签合同日",
        "end": "后填的叫什么，如 公示日；时刻比先填的早的，算第二天",
    }
    instead: ClassVar = {
        "samples": (
            "几个样怎样合成一个读数要写明：取平均写 mean_of，"
            "取中位数写 median_of，取最差的一个写 worst_of"
        )
    }
    demerits = "outright"
    rests_on = "reading"
    content = ("bands", "档")

    kind: Literal["bands"]
    label: str
    bands: Annotated[tuple[Band, ...], Field(min_length=2)]
    unit: str = ""
    measure: Measure = "number"
    domain: RangeText | None = None
    mean_of: Annotated[int, Field(ge=1, le=40)] = 1
    median_of: Annotated[int, Field(ge=1, le=40)] = 1
    worst_of: Annotated[int, Field(ge=1, le=40)] = 1
    start: str = ""
    end: str = ""

    @model_validator(mode="before")
    @classmethod
    def _has_a_unit(cls, data: object) -> object:
        return between.with_unit_of_difference(data)

    @model_validator(mode="after")
    def _has_a_pair(self) -> Bands:
        if wrong := between.wrong_pair(self.measure, self.pair, self.samples):
            raise ValueError(wrong)
        return self

    @property
    def pair(self) -> tuple[str, str]:
        """What the two cells are called whose difference is read; empty for any other reading."""
        return self.start, self.end

    @model_validator(mode="after")
    def _one_way(self) -> Bands:
        if (self.mean_of > 1) + (self.median_of > 1) + (self.worst_of > 1) > 1:
            raise ValueError("mean_of、median_of、worst_of 只写一个")
        return self

    @property
    def samples(self) -> int:
        """How many samples may be read."""
        return max(self.mean_of, self.median_of, self.worst_of)

    @property
    def taken(self) -> Taken:
        """What is taken of several samples."""
        return "median" if self.median_of > 1 else "worst" if self.worst_of > 1 else "mean"

    @property
    def keys(self) -> list[str]:
        """The slot keys of its samples."""
        return [""] if self.samples == 1 else [str(n + 1) for n in range(self.samples)]

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """The reading, the two cells of a difference, or a slot for every sample.

        Samples beyond the first may stay blank.
        """
        if self.start:
            return between.slots_of(Slot("", self.label, "number"), self.measure, self.pair)
        one = Slot("", self.label, between.ENTRIES[self.measure], self.unit, range=self._readable)
        if self.samples == 1:
            return (one,)
        return tuple(
            replace(one, key=key, label=f"{self.label} {key}", group="samples", optional=key != "1")
            for key in self.keys
        )

    @property
    def _readable(self) -> Range:
        """What may be entered."""
        spans = [band.range for band in self.bands]
        if self.domain is not None:
            return self.domain
        per_cent = self.measure == "number" and in_per_cent(self.unit)
        return PER_CENT if per_cent and not foresees_more(spans) else COUNT

    def in_order(self) -> Values | None:
        """A reading has to be entered."""
        return None

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``不超过 60 分钟得 5 分；超过 60、不超过 70 得 3 分；超过 70 得 0 分``."""
        said = describe_bands(self.bands, self.measure, self.unit, demerits=demerits)
        if self.start:
            return between.described(self.measure, self.pair) + said
        if self.samples == 1:
            return said
        return f"最多测 {self.samples} 个，取{TAKEN[self.taken]}：{said}"

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """Bands in another unit, that do not reach P, or do not cover what can be read once."""
        spans = [(("bands", n, "range"), band.range) for n, band in enumerate(self.bands)]
        domain = COUNT if self.domain is None else self.domain
        odd = [
            *odd_ranges(self.label, self.unit, self.measure, spans),
            *odd_ranges(self.label, self.unit, self.measure, [(("domain",), domain)]),
        ]
        yield from odd
        if odd:
            return
        show = clock if self.measure == "time" else number_text
        ranges = [band.range for band in self.bands]
        step = WHOLE if self.measure != "number" and self._whole else None
        yield from wrong_bands(self.bands, ranges, domain, show, points, demerits, step)

    @property
    def _whole(self) -> bool:
        """Whether nothing but what is read goes by the bands."""
        return self.samples == 1 or self.taken == "worst"

    def earned(self, points: int, entered: Entered) -> Outcome:
        """The points of the band that holds the reading."""
        return self.score(points, entered)

    def score(self, points: int, entered: Entered, *, demerits: bool = False) -> Outcome:
        """The same; of samples the worst costs most in a rubric of demerits."""
        earned = entered.full(0)
        over, under = (0, 0) if self._whole else quotient_of(self.taken, self.keys, entered)
        for band in self._worst_last(demerits):
            if self.start:
                here = inside(band.range, between.difference(entered, "", self.measure))
            elif self.samples == 1:
                here = entered.within(band.range)
            elif self.taken == "worst":
                here = _any_sample(band.range, self.keys, entered)
            else:
                here = share_inside(band.range, over, under)
            earned = put(to_units(band.points), here, earned)
        return Outcome(earned)

    def _worst_last(self, demerits: bool) -> list[Band]:
        """The bands, those that cost most last."""
        return sorted(self.bands, key=lambda band: band.points, reverse=not demerits)

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``时长 65 分钟（超过 60、不超过 70 分钟），计 3 分``."""
        values = [one for key in self.keys if (one := entry.number(key)) is not None]
        apart = between.value(entry, "", self.measure) if self.start else None
        if apart is not None:
            reading = between.said(entry, "", self.measure, self.pair, self.unit)
            yield from self._told(apart, reading, points)
        if not values:
            return
        value: Decimal | Fraction = values[0]
        reading = reading_text(values[0], self.measure, self.unit)
        if self.samples > 1:
            value = self._of(values, demerits=not points)
            each = "、".join(reading_text(one, self.measure, self.unit) for one in values)
            said = reading_text(Decimal(hundredths(Fraction(value))), self.measure, self.unit)
            reading = f"{TAKEN[self.taken]} {said}（{each}）"
        yield from self._told(value, f"{told(self.label)} {reading}", points)

    def _told(self, value: Decimal | Fraction, reading: str, points: Decimal) -> Iterator[str]:
        """Yields a reading and its band, where that is not the best."""
        for band in self.bands:
            if value in band.range and band.points != points:
                earned = f"{number_text(band.points)} 分"
                span = span_text(band.range, self.measure, self.unit)
                yield f"{reading}（{span}），计 {earned}"

    def contradictions(self, entry: Entry, indicator: str) -> Iterator[Wrong]:
        """A date that comes before the one that it should follow."""
        apart = between.value(entry, "", self.measure) if self.start else None
        if apart is not None and apart not in (self.domain or COUNT):
            span = span_text(self.domain or COUNT, "number", self.unit)
            said = {"value": reading_text(apart, self.measure, self.unit), "range": span}
            yield Wrong((between.END,), "entry-out-of-range", said)

    def _of(self, values: Sequence[Decimal], *, demerits: bool) -> Decimal | Fraction:
        """The reading that stands for several samples."""
        if self.taken == "mean":
            return sum(map(Fraction, values), Fraction(0)) / len(values)
        if self.taken == "median":
            ordered = sorted(map(Fraction, values))
            return (ordered[(len(values) - 1) // 2] + ordered[len(values) // 2]) / 2
        worst_first = self._worst_last(demerits)[::-1]
        return next(value for band in worst_first for value in values if value in band.range)

    def formula(self, points: Decimal, rows: Rows) -> str:
        """The points of the first band that holds the reading; of the worst that holds a sample."""
        if self.samples == 1:
            cell = between.cell_of(rows, "", self.measure) if self.start else rows.cell()
            chain = [(within(cell, band.range), literal(band.points)) for band in self.bands]
            found = first_of(chain[:-1], chain[-1][1])
            if self.measure == "days_between":
                found = f'IF({within(cell, self.domain or COUNT)},{found},"")'
            return rows.complete(found)
        cells = rows.cells(self.keys)
        if self.taken == "worst":
            bands = self._worst_last(rows.setting.demerits)[::-1]
            chain = [(any_within(cells, band.range), literal(band.points)) for band in bands]
        else:
            chain = [
                (quotient_within(self.taken, cells, band.range), literal(band.points))
                for band in self.bands
            ]
        return f'IF(COUNT({cells})>0,{first_of(chain[:-1], chain[-1][1])},"")'


def _any_sample(span: Range, keys: Sequence[str], entered: Entered) -> Mask:
    """Whether one of the samples that were taken lies in ``span``."""
    found: Mask = False
    for key in keys:
        found = found | (entered.filled(key) & entered.within(span, key))
    return found


def describe_bands(
    bands: Sequence[Band], measure: str, unit: str = "", *, demerits: bool = False
) -> str:
    """Returns the bands in words; the unit stands with the first only, as on scoring sheets."""
    return "；".join(
        f"{then(span_text(band.range, measure, '' if n else unit), earns(demerits))}"
        f" {number_text(band.points)} 分"
        for n, band in enumerate(bands)
    )


def _not_above_zero(span: Range) -> bool:
    return span.high is not None and span.high <= 0


def wrong_bands(
    bands: Sequence[Band],
    ranges: Sequence[Range],
    domain: Range,
    show: Callable[[Number], str],
    points: Decimal,
    demerits: bool,
    step: Decimal | None = None,
) -> Iterator[Wrong]:
    """Yields what is wrong with bands that should cover ``domain`` exactly once and reach P.

    ``ranges`` are those of the bands, in the unit of the domain; readings are multiples of
    ``step``.
    """
    keys: Keys = ("bands",)
    yield from unlike(keys, [band.points for band in bands], points, demerits)
    for kind, detail in coverage_faults(domain, ranges, show, step):
        yield Wrong(keys, f"rubric-bands-{kind}", {"detail": detail})
    beyond = [n for n, span in enumerate(ranges) if not overlap(domain, span)]
    below = [n for n in beyond if domain == COUNT and _not_above_zero(ranges[n])]
    if below:
        # One cause, one message: readings below 0 want a domain.
        named = "、".join(str(bands[n].range) for n in below)
        yield Wrong((*keys, below[0]), "rubric-domain", {"range": named})
    for n in (n for n in beyond if n not in below):
        band = bands[n]
        said = {"what": f"分档 {band.range}", "detail": f"取值只能在 {domain}"}
        yield Wrong((*keys, n), "rubric-unreachable", said)

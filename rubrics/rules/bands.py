"""分档: a reading earns the points of the band that it lies in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import put
from rubrics.rules.formulas import Rows, first_of, literal, within
from rubrics.rules.kind import Keys, RuleKind, Wrong, unlike
from rubrics.rules.slot import COUNT, Slot
from rubrics.rules.strict_model import Explained, Measure
from rubrics.rules.words import (
    clock,
    earns,
    reading_text,
    span_text,
    then,
    told,
    with_unit,
)
from rubrics.values.points import Points, number_text, to_units
from rubrics.values.ranges import Range, RangeText, coverage_faults, overlap


class Band(Explained):
    """Readings in ``range`` earn ``points``."""

    about = "一档"
    meanings: ClassVar = {
        "range": "范围，如 ≤60、(60, 70]；比率写 [80%, 95%)",
        "points": "这一档得多少分",
    }

    range: RangeText
    points: Points


class Bands(RuleKind):
    """分档: the points of the band that holds the reading; bands cover ``domain`` exactly once."""

    name = "分档"
    about = "分档：读数落在哪一档得哪一档的分"
    demerits = "outright"
    rests_on = "reading"
    content = ("bands", "档")

    kind: Literal["bands"]
    label: str
    bands: Annotated[tuple[Band, ...], Field(min_length=2)]
    unit: str = ""
    measure: Measure = "number"
    domain: RangeText = COUNT

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """The reading."""
        return (Slot("", self.label, self.measure, self.unit, range=self.domain),)

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``≤60 分钟得 5 分；(60, 70] 得 3 分；>70 得 0 分``."""
        return describe_bands(self.bands, self.unit, demerits=demerits)

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """Bands that do not reach P, or do not cover what can be read exactly once."""
        show = clock if self.measure == "time" else number_text
        yield from wrong_bands(self.bands, self.domain, show, points, demerits)

    def earned(self, points: int, entered: Entered) -> Outcome:
        """The points of the band that holds the reading."""
        earned = entered.full(0)
        for band in self.bands:
            earned = put(to_units(band.points), entered.within(band.range), earned)
        return Outcome(earned)

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``时长 65 分钟（超过 60、不超过 70 分钟），计 3 分``."""
        value = entry.number()
        if value is None:
            return
        reading = reading_text(value, self.measure, self.unit)
        for band in self.bands:
            if value in band.range and band.points != points:
                earned = f"{number_text(band.points)} 分"
                span = span_text(band.range, self.measure, self.unit)
                yield f"{told(self.label)} {reading}（{span}），计 {earned}"

    def formula(self, points: Decimal, rows: Rows) -> str:
        """The points of the first band that holds the reading."""
        chain = [(within(rows.cell(), band.range), literal(band.points)) for band in self.bands]
        return rows.complete(first_of(chain[:-1], chain[-1][1]))


def describe_bands(bands: Sequence[Band], unit: str = "", *, demerits: bool = False) -> str:
    """Returns the bands; the unit stands with the first only, as scoring sheets have it."""
    return "；".join(
        f"{then(with_unit(band.range, '' if n else unit), earns(demerits))}"
        f" {number_text(band.points)} 分"
        for n, band in enumerate(bands)
    )


def wrong_bands(
    bands: Sequence[Band],
    domain: Range,
    show: Callable[[Decimal], str],
    points: Decimal,
    demerits: bool,
) -> Iterator[Wrong]:
    """Yields what is wrong with bands that should cover ``domain`` exactly once and reach P."""
    keys: Keys = ("bands",)
    yield from unlike(keys, [band.points for band in bands], points, demerits)
    for kind, detail in coverage_faults(domain, [band.range for band in bands], show):
        yield Wrong(keys, f"rubric-bands-{kind}", {"detail": detail})
    for n, band in enumerate(bands):
        if not overlap(domain, band.range):
            said = {"what": f"分档 {band.range}", "detail": f"取值只能在 {domain}"}
            yield Wrong((*keys, n), "rubric-unreachable", said)

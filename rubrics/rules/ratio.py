"""比率: what is there, out of what should be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import model_validator

from rubrics.rules.bands import Band, describe_bands, wrong_bands
from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import clipped, compared, either, portion, priced, put, share_inside
from rubrics.rules.formulas import (
    CONTRADICTION,
    NOTHING_DUE,
    Rows,
    all_of,
    ends,
    first_of,
    literal,
    quoted,
    quotient,
)
from rubrics.rules.kind import RuleKind, Wrong, no_share, pointless
from rubrics.rules.slot import Slot, counted
from rubrics.rules.words import all_of_it, percent, told, until_nothing_is_left, with_unit
from rubrics.values.points import Points, Share, number_text, share_text, to_units
from rubrics.values.ranges import Range, parse_range

_WHOLE = parse_range("[0%, 100%]")


class Ratio(RuleKind):
    """比率: numerator / denominator, exactly one of linear up to ``full``, ``bands``, ``each``.

    ``each`` costs that many points per unit missing (denominator - numerator). A denominator of
    0 excuses the indicator; a numerator above the denominator is a mistake of the inspector.
    """

    name = "比率"
    about = "比率：实有÷应有；full、bands、each 写一个"
    meanings: ClassVar = {"numerator": "实有数叫什么", "denominator": "应有数叫什么"}
    demerits = "refused"
    rests_on = "figures"
    excuse = "应有数为 0"
    words = (CONTRADICTION, NOTHING_DUE)
    content = ("bands", "档")

    kind: Literal["ratio"]
    numerator: str
    denominator: str
    unit: str = ""
    full: Share | None = None
    bands: tuple[Band, ...] = ()
    each: Points | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Ratio:
        if (self.full is not None) + bool(self.bands) + (self.each is not None) != 1:
            raise ValueError("full、bands、each 三者只写一个")
        return self

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """What is there, and what should be."""
        return (
            counted("have", self.numerator, self.unit),
            counted("due", self.denominator, self.unit),
        )

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``达标÷全部达到 90% 得 3 分，不足的按比例折算``."""
        name = f"{self.numerator}÷{self.denominator}"
        if self.each is not None:
            fewer = f"{self.numerator}比{self.denominator}每少 1 {self.unit}".rstrip()
            rest = until_nothing_is_left(points, demerits)
            return f"{fewer}扣 {number_text(self.each)} 分{rest}"
        if self.bands:
            return f"{name}：{describe_bands(self.bands, demerits=demerits)}"
        if self.full == 1:
            return f"得分＝{number_text(points)}×{name}"
        full = share_text(self.full or Fraction(1))
        return f"{name}达到 {full} {all_of_it(points, demerits)}，不足的按比例折算"

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """A share that is none, a price of nothing, bands that do not cover all shares."""
        if self.full is not None:
            yield from no_share(full=self.full)
        elif self.each == 0:
            yield pointless(("each",), "每少一个扣 0 分，没有作用", points)
        elif self.bands:
            yield from wrong_bands(self.bands, _WHOLE, _percent, points, demerits)

    def contradictions(self, entry: Entry, indicator: str) -> Iterator[Wrong]:
        """More there than should be."""
        have, due = entry.number("have"), entry.number("due")
        if have is not None and due is not None and have > due:
            names = {"numerator": self.numerator, "denominator": self.denominator}
            said = {"indicator": indicator, **names, "have": have, "due": due}
            yield Wrong(("have",), "ratio-above-one", said)

    def earned(self, points: int, entered: Entered) -> Outcome:
        """Linear, banded, or ``each`` per unit missing; excused where nothing was due."""
        have, due = entered.count("have"), entered.count("due")
        earned = entered.full(points)
        if self.full is not None:
            over, under = compared(have, due, self.full)
            part = portion(points * self.full.denominator, have, self.full.numerator, due)
            earned = either(over >= under, points, part)
        elif self.each is not None:
            missing = clipped(due - have, low=0)
            earned = clipped(points - priced(missing, to_units(self.each), points), low=0)
        else:
            for band in self.bands:
                here = share_inside(band.range, have, due)
                earned = put(to_units(band.points), here, earned)
        return Outcome(earned, excused=due == 0)

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``全部 4 个，达标 3 个（75%）``, or how many are missing."""
        have, due = entry.number("have"), entry.number("due")
        if have is None or not due or have >= due:
            return
        names = told(self.denominator), told(self.numerator)
        counts = (with_unit(number_text(count), self.unit) for count in (due, have))
        text = "，".join(f"{name} {count}" for name, count in zip(names, counts, strict=True))
        share = Fraction(have) / Fraction(due)
        if self.each is not None:
            short = f"{number_text(due - have)} {self.unit}".rstrip()
            yield f"{text}，缺 {short} × {number_text(self.each)} 分"
        elif share < self.full if self.full is not None else self._costs(have, due, points):
            yield f"{text}（{percent(share)}）"

    def _costs(self, have: Decimal, due: Decimal, points: Decimal) -> bool:
        """Whether the band that holds the proportion earns less than P."""
        counts = int(have), int(due)
        return not any(
            band.points == points and share_inside(band.range, *counts) for band in self.bands
        )

    def formula(self, points: Decimal, rows: Rows) -> str:
        """P by the proportion; words where nothing is due, or more is there than due."""
        have, due = rows.cell("have"), rows.cell("due")
        if self.full is not None:
            most, got = f"{due}*{self.full.numerator}", f"{have}*{self.full.denominator}"
            value = quotient(f"{to_units(points)}*MIN({most},{got})", most)
        elif self.each is not None:
            value = f"ROUND(MAX(0,{literal(points)}-({due}-{have})*{literal(self.each)}),4)"
        else:
            chain = [
                (_share_within(have, due, band.range), literal(band.points)) for band in self.bands
            ]
            value = first_of(chain[:-1], chain[-1][1])
        chain = [(f"{have}>{due}", quoted(CONTRADICTION)), (f"{due}=0", quoted(NOTHING_DUE))]
        return rows.complete(first_of(chain, value))


def _percent(value: Decimal) -> str:
    return f"{number_text(value * 100)}%"


def _share_within(have: str, due: str, allowed: Range) -> str:
    """The condition that have / due lies in ``allowed``, without dividing."""
    exact = [(sign, Fraction(end)) for sign, end in ends(allowed)]
    return all_of(f"{have}*{end.denominator}{sign}{due}*{end.numerator}" for sign, end in exact)

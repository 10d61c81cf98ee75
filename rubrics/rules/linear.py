"""按比例折算: the nearer a reading comes to its goal, the more it earns."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import model_validator

from rubrics.rules.beyond import out_of_reach, up_to, wrong_ends
from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import clipped, either, portion, times
from rubrics.rules.formulas import Rows, literal, quotient
from rubrics.rules.kind import RuleKind, Wrong
from rubrics.rules.slot import Slot, Values
from rubrics.rules.units import AT_MOST_ALL, odd_amounts
from rubrics.rules.words import all_of_it, none_of_it, then, told
from rubrics.values.amounts import Amount, AmountText, in_per_cent
from rubrics.values.points import SCALE, Points, number_text, to_units
from rubrics.values.range_words import with_unit


class Linear(RuleKind):
    """线性折算: P x clamp((value - zero) / (full - zero), 0, 1); ``full`` may be the smaller.

    With a ``ceiling`` it goes on beyond ``full``, until that many points are earned.
    """

    name = "按比例折算"
    about = "按比例折算：zero 得 0 分，full 得满分"
    meanings: ClassVar = {
        "full": "得满分的值",
        "zero": "得 0 分的值",
        "ceiling": "超额完成的按比例多得，最多得多少分（大于分值）；不写的最多得满分",
    }
    demerits = "outright"
    rests_on = "reading"

    kind: Literal["linear"]
    label: str
    full: AmountText
    zero: AmountText = Amount(Decimal(0))
    unit: str = ""
    ceiling: Points | None = None

    @model_validator(mode="after")
    def _has_a_slope(self) -> Linear:
        if self.full.value == self.zero.value:
            raise ValueError("full 与 zero 不能相同")
        return self

    def highest(self, points: Decimal) -> Decimal:
        """See :class:`RuleKind`."""
        return points if self.ceiling is None else self.ceiling

    def _top(self, points: Decimal) -> Fraction:
        """The reading that earns the most."""
        zero, full = Fraction(self.zero.value), Fraction(self.full.value)
        return zero + (full - zero) * Fraction(self.highest(points)) / Fraction(points or 1)

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """The reading; of a percentage at most 100, unless the rule speaks of more."""
        ends = [Fraction(self.full.value), Fraction(self.zero.value)]
        if self.ceiling is not None:
            ends.append(self._top(points))
        capped = in_per_cent(self.unit) and max(ends) <= 100
        return (Slot("", self.label, "number", self.unit, range=AT_MOST_ALL if capped else None),)

    def in_order(self) -> Values | None:
        """A reading has to be entered."""
        return None

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``学时达到 32 学时得 3 分，不足的按比例折算``."""
        top, nothing = all_of_it(points, demerits), none_of_it(demerits)
        goal, none = self.full.value, self.zero.value
        full, zero = (with_unit(number_text(end), self.unit) for end in (goal, none))
        if none == 0 and goal > 0:
            rest = "计分" if demerits else "折算"
            said = f"{self.label}达到 {then(full, top)}，不足的按比例{rest}"
            return said + self._more(points)
        one, other = ("以上", "以下") if goal > none else ("以下", "以上")
        said = f"{self.label} {full}及{one}{top}，{zero}及{other}{nothing}，其间按比例折算"
        return said + self._more(points)

    def _more(self, points: Decimal) -> str:
        """What is earned beyond ``full``."""
        if self.ceiling is None:
            return ""
        return up_to(self.ceiling, with_unit(number_text(self._top(points)), self.unit))

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """Ends that are not in the unit of the reading; a ceiling that no reading leads to."""
        given = {"full": self.full, "zero": self.zero}
        found = [((name,), amount) for name, amount in given.items() if amount.value != 0]
        yield from odd_amounts(self.label, self.unit, "number", found)
        yield from wrong_ends(points, demerits, ceiling=self.ceiling)
        top = self._top(points)
        if self.ceiling is not None and self.ceiling > points and top < 0 <= self.full.value:
            reached = f"“{self.label}”要到 {number_text(top)}{self.unit}"
            yield out_of_reach("ceiling", self.ceiling, reached)

    def earned(self, points: int, entered: Entered) -> Outcome:
        """P x (reading - zero) / (full - zero), from 0 to P or the ceiling."""
        zero, full = to_units(self.zero.value), to_units(self.full.value)
        if self.ceiling is None:
            reading = clipped(entered.reading(), min(zero, full), max(zero, full))
            return Outcome(portion(points, abs(reading - zero), abs(full - zero)))
        reading = entered.reading()
        way = reading - zero if full > zero else zero - reading
        best = to_units(self.ceiling)
        # Readings far beyond are cut first, so that no product is larger than it has to be.
        way = clipped(way, 0, abs(full - zero) * best // (points or 1) + 1)
        reached = times(way, points) >= abs(full - zero) * best
        return Outcome(either(reached, best, portion(points, way, abs(full - zero))))

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``学时 20 学时，满分线 32 学时``."""
        value = entry.number()
        ends = self.full.value, self.zero.value
        goal, other = ends if points else reversed(ends)
        if value is not None and (value < goal if goal > other else value > goal):
            name = "满分线" if points else "不扣分线"
            unit = self.unit
            yield f"{told(self.label)} {number_text(value)}{unit}，{name} {number_text(goal)}{unit}"

    def formula(self, points: Decimal, rows: Rows) -> str:
        """P by how far the reading has come from ``zero`` to ``full``."""
        full, zero = to_units(self.full.value), to_units(self.zero.value)
        reached = f"ROUND({rows.cell()}*{SCALE},0)"
        gain = f"{reached}-({zero})" if full > zero else f"{zero}-{reached}"
        width = abs(full - zero)
        if self.ceiling is not None:
            value = quotient(f"{to_units(points)}*MAX(0,{gain})", str(width))
            return rows.complete(f"MIN({literal(self.ceiling)},{value})")
        return rows.complete(quotient(f"{to_units(points)}*MAX(0,MIN({width},{gain}))", str(width)))

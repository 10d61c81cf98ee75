"""按比例折算: the nearer a reading comes to its goal, the more it earns."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import model_validator

from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import clipped, portion
from rubrics.rules.formulas import Rows, quotient
from rubrics.rules.kind import RuleKind, Wrong
from rubrics.rules.slot import Slot, Values
from rubrics.rules.units import AT_MOST_ALL, odd_amounts
from rubrics.rules.words import all_of_it, none_of_it, then, told
from rubrics.values.amounts import Amount, AmountText, in_per_cent
from rubrics.values.points import SCALE, number_text, to_units
from rubrics.values.range_words import with_unit


class Linear(RuleKind):
    """线性折算: P x clamp((value - zero) / (full - zero), 0, 1); ``full`` may be the smaller."""

    name = "按比例折算"
    about = "按比例折算：zero 得 0 分，full 得满分"
    meanings: ClassVar = {"full": "得满分的值", "zero": "得 0 分的值"}
    demerits = "outright"
    rests_on = "reading"

    kind: Literal["linear"]
    label: str
    full: AmountText
    zero: AmountText = Amount(Decimal(0))
    unit: str = ""

    @model_validator(mode="after")
    def _has_a_slope(self) -> Linear:
        if self.full.value == self.zero.value:
            raise ValueError("full 与 zero 不能相同")
        return self

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """The reading; of a percentage at most 100, unless the rule speaks of more."""
        ends = (self.full.value, self.zero.value)
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
            return f"{self.label}达到 {then(full, top)}，不足的按比例{rest}"
        one, other = ("以上", "以下") if goal > none else ("以下", "以上")
        return f"{self.label} {full}及{one}{top}，{zero}及{other}{nothing}，其间按比例折算"

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """Ends that are not in the unit of the reading."""
        given = {"full": self.full, "zero": self.zero}
        found = [((name,), amount) for name, amount in given.items() if amount.value != 0]
        yield from odd_amounts(self.label, self.unit, "number", found)

    def earned(self, points: int, entered: Entered) -> Outcome:
        """P x clamp((reading - zero) / (full - zero), 0, 1)."""
        zero, full = to_units(self.zero.value), to_units(self.full.value)
        reading = clipped(entered.reading(), min(zero, full), max(zero, full))
        return Outcome(portion(points, abs(reading - zero), abs(full - zero)))

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
        return rows.complete(quotient(f"{to_units(points)}*MAX(0,MIN({width},{gain}))", str(width)))

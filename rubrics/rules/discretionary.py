"""酌情扣分: a deduction within a range, with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import model_validator

from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import clipped
from rubrics.rules.formulas import Rows, literal
from rubrics.rules.kind import RuleKind, Wrong, pointless
from rubrics.rules.slot import Slot, Values
from rubrics.rules.words import off
from rubrics.values.points import Points, number_text, to_units
from rubrics.values.ranges import parse_range


class Discretionary(RuleKind):
    """酌情扣分: a deduction of 0, or from ``least`` to ``most`` with a reason."""

    name = "酌情扣分"
    about = "酌情扣分：扣 0，或 least 到 most，须写理由"
    meanings: ClassVar = {"least": "酌情扣分的下限", "most": "酌情扣分的上限"}
    judgement = True
    demerits = "lost"

    kind: Literal["discretionary"]
    least: Points
    most: Points

    @model_validator(mode="after")
    def _ordered(self) -> Discretionary:
        if not 0 < self.least <= self.most:
            raise ValueError("应有 0 < least ≤ most")
        return self

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """The deduction, and the reason for it."""
        label, most = f"扣分（0 或 {self.least}～{self.most}）", parse_range(f"[0, {self.most}]")
        return (
            Slot("", label, "points", "分", range=most, deducts=True),
            Slot("reason", "扣分理由", "reason", optional=True),
        )

    def in_order(self) -> Values | None:
        """Nothing is taken off."""
        return {"": Decimal(0)}

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``视情况扣 1～2 分，须写明理由``."""
        span = number_text(self.least)
        if self.least != self.most:
            span += f"～{number_text(self.most)}"
        return f"视情况{off(demerits)} {span} 分，须写明理由"

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """A deduction of more than there is."""
        if self.most > points:
            most, said = number_text(self.most), number_text(points)
            yield pointless(("most",), f"酌情扣分可达 {most}，超过分值 {said}", points)

    def contradictions(self, entry: Entry, indicator: str) -> Iterator[Wrong]:
        """A deduction below the least."""
        value = entry.number()
        if value is not None and 0 < value < self.least:
            allowed = f"0 或 {number_text(self.least)}～{number_text(self.most)}"
            yield Wrong(("",), "entry-out-of-range", {"value": value, "range": allowed})

    def earned(self, points: int, entered: Entered) -> Outcome:
        """P - the deduction."""
        most = min(to_units(self.most), points)
        return Outcome(points - clipped(entered.reading(), 0, most))

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``酌情扣 1 分：台账杂乱``."""
        if value := entry.number():
            reason = entry.text("reason")
            yield f"酌情扣 {number_text(value)} 分" + (f"：{reason}" if reason else "")

    def formula(self, points: Decimal, rows: Rows) -> str:
        """P less the deduction; without a reason nothing is taken."""
        given, why = rows.cell(), rows.cell("reason")
        loss = rows.less(points, f'IF({why}="",0,{given})')
        allowed = f"OR({given}=0,{given}>={literal(self.least)})"
        return f'IF(ISNUMBER({given}),IF({allowed},{loss},""),"")'

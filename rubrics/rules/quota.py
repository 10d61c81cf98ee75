"""频次: so often in every period; so much off for every time that is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from rubrics.rules.beyond import Floor, until_the_floor, wrong_ends
from rubrics.rules.cells import Entered, Entry, Outcome, PeriodLength
from rubrics.rules.exact import clipped, priced
from rubrics.rules.formulas import Rows, literal
from rubrics.rules.kind import RuleKind, Wrong
from rubrics.rules.slot import Slot, Values, counted
from rubrics.rules.words import off, told
from rubrics.values.points import Points, number_text, to_units

PERIODS: Final[Mapping[str, str]] = {
    "week": "周",
    "month": "月",
    "teaching_month": "教学月",
    "quarter": "季度",
    "half_year": "半年",
    "term": "学期",
    "year": "年",
}
"""How often a quota is due."""


class Quota(RuleKind):
    """频次: required = ``times`` x whole periods elapsed in the round; P - missing x each.

    What is missing is no fault that was found on a day.
    """

    name = "频次"
    about = "频次：每期应有 times 次，少一次扣 each 分"
    meanings: ClassVar = {
        "times": "每期应有几次",
        "per": (
            "期：week 周、month 月、teaching_month 教学月、quarter 季度、half_year 半年、"
            "term 学期、year 年"
        ),
        "floor": "扣完以后倒扣，最低多少分，如 -3；不写是 0",
    }
    demerits = "lost"
    rests_on = "figures"
    on_site = False

    kind: Literal["quota"]
    label: str
    times: Annotated[int, Field(ge=1)]
    per: PeriodLength
    each: Points
    unit: str = "次"
    floor: Floor = Decimal(0)

    def lowest(self, points: Decimal) -> Decimal:
        """See :class:`RuleKind`."""
        return self.floor

    def required(self, elapsed: Mapping[PeriodLength, int]) -> int:
        """Returns how often it was due in the periods that have passed."""
        return self.times * elapsed.get(self.per, 0)

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """How often it was held."""
        return (counted("", self.label, self.unit),)

    def in_order(self) -> Values | None:
        """How often it was held has to be entered."""
        return None

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``党员大会每季度应有 1 次，少 1 次扣 1 分，扣完为止``."""
        due = f"{self.label}每{PERIODS[self.per]}应有 {self.times} {self.unit}"
        fewer = f"少 1 {self.unit}{off(demerits)} {number_text(self.each)} 分"
        return f"{due}，{fewer}{until_the_floor(points, self.floor, demerits)}"

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """A floor in a rubric of demerits."""
        yield from wrong_ends(points, demerits, self.floor)

    def earned(self, points: int, entered: Entered) -> Outcome:
        """max(floor, P - missing x each)."""
        missing = clipped(self.required(entered.elapsed) - entered.count(), low=0)
        floor = to_units(self.floor)
        cost = priced(missing, to_units(self.each), points - floor)
        return Outcome(clipped(points - cost, low=floor))

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``党员大会应 4 次，实际 3 次，缺 1 次 × 1 分``."""
        required, held = self.required(entry.elapsed), entry.number()
        if held is not None and held < required:
            unit, missing = self.unit, number_text(required - held)
            yield (
                f"{told(self.label)}应 {required} {unit}，实际 {number_text(held)} {unit}，"
                f"缺 {missing} {unit} × {number_text(self.each)} 分"
            )

    def formula(self, points: Decimal, rows: Rows) -> str:
        """P less what is missing, for the periods that have passed in the round."""
        missing = f"MAX(0,{self.required(rows.setting.elapsed)}-{rows.cell()})"
        return rows.complete(rows.less(points, f"{missing}*{literal(self.each)}", self.floor))

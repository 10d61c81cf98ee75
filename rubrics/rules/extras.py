"""What counts outside the points of a rubric: 加分 and 附加扣分."""

from __future__ import annotations

from typing import ClassVar, Literal

from rubrics.rules.exact import Units, clipped, priced
from rubrics.rules.formulas import literal
from rubrics.rules.slot import COUNT, Slot
from rubrics.rules.strict_model import Explained, Id
from rubrics.values.points import Points, number_text, to_units


class ExtraRule(Explained):
    """So much for each of a number of things, at most ``limit``."""

    name: ClassVar[str]
    verb: ClassVar[str]

    kind: str
    each: Points
    limit: Points
    unit: str = "项"

    def slots(self) -> tuple[Slot, ...]:
        """How many there are; blank is none."""
        return (Slot("", "数量", "count", self.unit, range=COUNT, optional=True),)

    def describe(self) -> str:
        """``每项加 2 分，最多加 4 分``."""
        each, limit = number_text(self.each), number_text(self.limit)
        return f"每{self.unit}{self.verb} {each} 分，最多{self.verb} {limit} 分"

    def amount(self, count: Units) -> Units:
        """Returns min(count x each, limit), in units."""
        limit = to_units(self.limit)
        return clipped(priced(count, to_units(self.each), limit), high=limit)

    def formula(self, cell: str) -> str:
        """Returns the formula (without ``=``) of what the count in ``cell`` comes to."""
        amount = f"MIN({literal(self.limit)},{cell}*{literal(self.each)})"
        return f'IF(ISNUMBER({cell}),ROUND({amount},4),"")'


class Bonus(ExtraRule):
    """加分: count x each, at most ``limit``; of one ``family`` only the highest counts."""

    name = "加分"
    verb = "加"
    about = "加分：每项加 each 分"
    meanings: ClassVar = {"each": "每项加多少分", "family": "同一事项代码：就高不重复"}

    kind: Literal["bonus"]
    family: Id | None = None

    def describe(self) -> str:
        """``每项加 2 分，最多加 4 分，同一事项就高不重复``."""
        return super().describe() + ("，同一事项就高不重复" if self.family else "")


class Penalty(ExtraRule):
    """附加扣分: count x each, at most ``limit``; outside the points of the rubric."""

    name = "附加扣分"
    verb = "扣"
    about = "附加扣分：每件扣 each 分"
    meanings: ClassVar = {"each": "每件扣多少分"}

    kind: Literal["penalty"]
    unit: str = "件"

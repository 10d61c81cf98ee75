"""直接评分: the inspector enters the points themselves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field, model_validator

from rubrics.rules.beyond import Floor, out_of_reach, wrong_ends
from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import clipped
from rubrics.rules.formulas import Rows, zero
from rubrics.rules.kind import RuleKind, Wrong, pointless, unlike
from rubrics.rules.rectify import Asked, Milder
from rubrics.rules.slot import Slot, Values
from rubrics.values.points import Points, number_text, to_units
from rubrics.values.ranges import parse_range

PARTLY: Final = Milder("请对照细则，改进扣分的方面。")


class EnteredPoints(RuleKind):
    """直接评分: the points themselves, in steps of ``step`` or from ``values``; a judgement.

    They lie from 0, or a ``floor`` below it, to P, or a ``ceiling`` above it.
    """

    name = "直接评分"
    about = "直接评分：督学按 step 或 values 评定"
    meanings: ClassVar = {
        "step": "评分间隔，如 0.5",
        "values": "只能评这几个分",
        "floor": "最低可以评多少分，如 -2；不写是 0",
        "ceiling": "超额完成的最高可以评多少分；不写是分值",
    }
    judgement = True
    demerits = "outright"

    kind: Literal["points"]
    step: Annotated[Decimal, Field(gt=0, decimal_places=4)] = Decimal("0.5")
    values: tuple[Points, ...] = ()
    floor: Floor = Decimal(0)
    ceiling: Points | None = None

    @model_validator(mode="after")
    def _by_steps(self) -> EnteredPoints:
        if self.values and (self.floor or self.ceiling is not None):
            raise ValueError("写了 values 的，不写 floor、ceiling：按 step 评分的才写")
        return self

    def lowest(self, points: Decimal) -> Decimal:
        """See :class:`RuleKind`."""
        return self.floor

    def highest(self, points: Decimal) -> Decimal:
        """See :class:`RuleKind`."""
        return points if self.ceiling is None else self.ceiling

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """The points."""
        allowed = parse_range(f"[{self.lowest(points)}, {self.highest(points)}]")
        step = None if self.values else self.step
        return (Slot("", "得分", "points", "分", (), allowed, step, self.values),)

    def in_order(self) -> Values | None:
        """The points have to be entered."""
        return None

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``在 0～5 分之间评定，每档 0.5 分``."""
        if self.values:
            return f"在 {'、'.join(map(number_text, self.values))} 分中评定"
        least, best = number_text(self.floor), number_text(self.highest(points))
        beyond = (
            "" if self.ceiling is None else f"（满分 {number_text(points)} 分，超额的可以超过）"
        )
        return f"在 {least}～{best} 分之间评定{beyond}，每档 {number_text(self.step)} 分"

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """Steps or values that do not lead to P."""
        if self.values:
            yield from unlike(("values",), self.values, points, demerits)
        elif points % self.step:
            step = number_text(self.step)
            detail = f"按 {step} 分一档评不到满分 {number_text(points)}"
            yield pointless(("step",), detail, points)
        yield from wrong_ends(points, demerits, self.floor, self.ceiling)
        for name, end in (("floor", self.floor), ("ceiling", self.highest(points))):
            if end % self.step and not points % self.step:
                reached = f"按 {number_text(self.step)} 分一档评"
                yield out_of_reach(name, end, reached)

    def earned(self, points: int, entered: Entered) -> Outcome:
        """The points as entered, from the floor to the ceiling."""
        best = points if self.ceiling is None else to_units(self.ceiling)
        return Outcome(clipped(entered.reading(), to_units(self.floor), best))

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``评分 3 分，满分 5 分``."""
        value = entry.number()
        if value is not None and (value < points or (value and not points)):
            most = f"，满分 {number_text(points)} 分" if points else ""
            yield f"评分 {number_text(value)} 分{most}"

    def asks(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> Iterator[Asked]:
        """The whole demand where nothing was earned, a milder one above it."""
        if self.costs(points, entry, demerits=demerits):
            # Of demerits the most is a matter of the indicator's points, which P is not here.
            yield PARTLY if demerits or (entry.number() or 0) > 0 else None

    def asked_where(self, points: Decimal, rows: Rows) -> Iterator[tuple[str, Asked]]:
        """The whole demand where nothing was earned, a milder one above it."""
        none = "FALSE" if rows.setting.demerits else zero(rows.cell())
        if self.floor:
            none = f"AND(ISNUMBER({rows.cell()}),N({rows.cell()})<=0)"
        yield none, None
        yield f"AND(ISNUMBER({rows.cell()}),NOT({none}))", PARTLY

    def formula(self, points: Decimal, rows: Rows) -> str:
        """The entry as it is read."""
        return rows.cell()

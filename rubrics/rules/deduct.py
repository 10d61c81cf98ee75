"""逐次扣分: so much off for every fault, until nothing is left."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from rubrics.rules.beyond import Floor, out_of_reach, until_the_floor, wrong_ends
from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import Units, clipped, priced
from rubrics.rules.formulas import Rows, literal
from rubrics.rules.kind import RuleKind, Wrong, pointless, without_ids
from rubrics.rules.rectify import Asked, Rectify
from rubrics.rules.slot import COUNT, Slot, Values
from rubrics.rules.strict_model import Explained, Id
from rubrics.rules.words import off
from rubrics.values.points import Points, number_text, to_units


class Fault(Explained):
    """One kind of fault that is counted: 每 ``unit`` 扣 ``each``.

    From the ``repeat_from``-th on each costs ``repeat_each``; ``limit`` caps this fault alone.
    """

    about = "一种扣分情形"
    meanings: ClassVar = {
        "each": "每处（次、人……）扣多少分",
        "repeat_from": "从第几次起加重",
        "repeat_each": "加重后每次扣多少分",
    }

    label: str
    each: Points
    unit: str = "处"
    id: Id | None = None
    repeat_from: Annotated[int, Field(ge=2)] | None = None
    repeat_each: Points | None = None
    limit: Points | None = None
    rectify: Rectify | None = None

    @model_validator(mode="after")
    def _repeat_is_whole(self) -> Fault:
        if (self.repeat_from is None) != (self.repeat_each is None):
            raise ValueError("repeat_from 与 repeat_each 要么都写，要么都不写")
        return self

    @property
    def key(self) -> str:
        """The key of its slot."""
        return self.id or ""

    @property
    def dear(self) -> tuple[int, Decimal] | None:
        """How many cost ``each`` before the dearer ones begin, and what those cost; or None."""
        if self.repeat_from is None or self.repeat_each is None:
            return None
        return self.repeat_from - 1, self.repeat_each

    def cost(self, points: int, count: Units) -> Units:
        """Returns what ``count`` faults cost; exact up to ``points`` (units), no less beyond."""
        if self.dear is None:
            cost = priced(count, to_units(self.each), points)
        else:
            before, then = self.dear
            cost = priced(clipped(count, high=before), to_units(self.each), points)
            cost = cost + priced(clipped(count - before, low=0), to_units(then), points)
        return cost if self.limit is None else clipped(cost, high=to_units(self.limit))

    def describe(self, demerits: bool) -> str:
        """Returns what one fault costs: ``缺公示每次扣 1 分``."""
        text = f"{self.label}每{self.unit}{off(demerits)} {number_text(self.each)} 分"
        if self.dear is not None:
            again = f"第 {self.repeat_from} {self.unit}起每{self.unit}{off(demerits)}"
            text += f"，{again} {number_text(self.dear[1])} 分"
        if self.limit is not None:
            text += f"，此项最多{off(demerits)} {number_text(self.limit)} 分"
        return text

    def told(self, count: Decimal) -> str:
        """Returns what so many faults cost: ``缺公示 3 班日 × 0.5 分``."""
        text = f"{self.label} {number_text(count)} {self.unit} × {number_text(self.each)} 分"
        if self.dear is not None and count > self.dear[0]:
            dearer = f"每{self.unit} {number_text(self.dear[1])} 分"
            text += f"（第 {self.repeat_from} {self.unit}起{dearer}）"
        if self.limit is not None and self._uncapped(count) > self.limit:
            text += f"（此项最多扣 {number_text(self.limit)} 分）"
        return text

    def _uncapped(self, count: Decimal) -> Decimal:
        if self.dear is None:
            return count * self.each
        before = min(count, Decimal(self.dear[0]))
        return before * self.each + (count - before) * self.dear[1]

    def formula(self, cell: str) -> str:
        """Returns what the count in ``cell`` costs."""
        cost = f"{cell}*{literal(self.each)}"
        if self.dear is not None:
            before, then = self.dear
            cost = (
                f"MIN({cell},{before})*{literal(self.each)}+MAX(0,{cell}-{before})*{literal(then)}"
            )
        return cost if self.limit is None else f"MIN({literal(self.limit)},{cost})"


class Deduct(RuleKind):
    """逐次扣分: max(``floor``, P - sum of count x each)."""

    name = "逐次扣分"
    about = "逐次扣分：每处（次、人……）扣 each 分，扣完为止"
    meanings: ClassVar = {
        "faults": "扣分情形",
        "floor": "扣完以后倒扣，最低多少分，如 -3；不写是 0",
    }
    demerits = "lost"
    rests_on = "count"
    content = ("faults", "扣分情形")

    kind: Literal["deduct"]
    faults: Annotated[tuple[Fault, ...], Field(min_length=1)]
    floor: Floor = Decimal(0)

    def lowest(self, points: Decimal) -> Decimal:
        """See :class:`RuleKind`."""
        return self.floor

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """A count for every fault; blank is none."""
        return tuple(
            Slot(fault.key, fault.label, "count", fault.unit, range=COUNT, zero_if_blank=True)
            for fault in self.faults
        )

    def in_order(self) -> Values | None:
        """No fault of any kind."""
        return {fault.key: Decimal(0) for fault in self.faults}

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``课表与实课不符每节次扣 0.5 分，扣完为止``."""
        said = "；".join(fault.describe(demerits) for fault in self.faults)
        return said + until_the_floor(points, self.floor, demerits)

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """Faults that cost nothing, or cannot be told apart; a floor that none leads to."""
        for n, fault in enumerate(self.faults):
            if fault.each == 0 and not fault.repeat_each:
                detail = f"“{fault.label}”扣 0 分，没有作用"
                yield pointless(("faults", n, "each"), detail, points)
        yield from without_ids(("faults",), "扣分情形", [fault.id for fault in self.faults])
        yield from wrong_ends(points, demerits, self.floor)
        limits = [fault.limit for fault in self.faults if fault.limit is not None]
        left = points - sum(limits, Decimal(0))
        if self.floor and len(limits) == len(self.faults) and left > self.floor:
            reached = f"各种情形都封顶，最低 {number_text(left)} 分"
            yield out_of_reach("floor", self.floor, reached)

    def earned(self, points: int, entered: Entered) -> Outcome:
        """max(floor, P - sum of the faults' costs)."""
        cost, floor = entered.full(0), to_units(self.floor)
        for fault in self.faults:
            cost += fault.cost(points - floor, entered.count(fault.key))
        return Outcome(clipped(points - cost, low=floor))

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``缺公示 3 班日 × 0.5 分``, fault by fault."""
        for fault in self.faults:
            if count := entry.number(fault.key):
                yield fault.told(count)

    def asks(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> Iterator[Asked]:
        """What each fault that was counted asks for."""
        for fault in self.faults:
            if entry.number(fault.key):
                yield fault.rectify

    def asked_where(self, points: Decimal, rows: Rows) -> Iterator[tuple[str, Asked]]:
        """What each fault asks for where it was counted."""
        for fault in self.faults:
            yield f"N({rows.cell(fault.key)})>0", fault.rectify

    def formula(self, points: Decimal, rows: Rows) -> str:
        """P less the costs of the faults."""
        costs = [fault.formula(rows.cell(fault.key)) for fault in self.faults]
        return rows.complete(rows.less(points, "+".join(costs), self.floor))

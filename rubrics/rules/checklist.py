"""清单: so much off for every thing that is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.exact import clipped
from rubrics.rules.formulas import Rows, literal, zero
from rubrics.rules.kind import RuleKind, Wrong, pointless, too_many
from rubrics.rules.rectify import Asked, Rectify
from rubrics.rules.slot import Slot, Values
from rubrics.rules.strict_model import Explained, Id
from rubrics.rules.words import off, told, until_nothing_is_left
from rubrics.values.points import Points, number_text, to_units


class Item(Explained):
    """One thing that must be there; ``points`` overrides the checklist's ``each``."""

    about = "清单中的一件"
    meanings: ClassVar = {"points": "缺这一件扣多少分；不写则用 each"}

    id: Id
    label: str
    points: Points | None = None
    rectify: Rectify | None = None


class Checklist(RuleKind):
    """清单: max(0, P - sum over missing items of their points).

    ``at_least``: so many of the things suffice, and each fewer costs ``each``.
    """

    name = "清单"
    about = "清单：缺一件扣 each 分，扣完为止"
    meanings: ClassVar = {
        "items": "应有的各件",
        "Checklist.at_least": "有几件就够，比它每少一件扣 each 分；不写是每件都要有",
    }
    demerits = "lost"
    content = ("items", "件")

    kind: Literal["checklist"]
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    each: Points | None = None
    at_least: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _some_suffice(self) -> Checklist:
        own = any(item.points is not None or item.rectify is not None for item in self.items)
        if self.at_least is not None and (own or self.each is None):
            raise ValueError("写了 at_least 的要写 each，各件不另写 points 和 rectify")
        return self

    @model_validator(mode="after")
    def _each_item_has_a_price(self) -> Checklist:
        if self.each is None and any(item.points is None for item in self.items):
            raise ValueError("没有写 each 时，每一件都要写 points")
        return self

    def price(self, item: Item) -> Decimal:
        """Returns what it costs if ``item`` is missing (points)."""
        return (self.each if item.points is None else item.points) or Decimal(0)

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """Yes or no for every item."""
        return tuple(Slot(item.id, item.label, "yes_no") for item in self.items)

    def in_order(self) -> Values | None:
        """Everything is there."""
        return {item.id: Decimal(1) for item in self.items}

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``方案、总结，缺 1 项扣 0.5 分，扣完为止``."""
        common = [item.label for item in self.items if item.points is None]
        if self.at_least is not None and self.each is not None:
            each = f"每少 1 项{off(demerits)} {number_text(self.each)} 分"
            rest = until_nothing_is_left(points, demerits)
            return f"{'、'.join(common)}，有 {self.at_least} 项即可，{each}{rest}"
        said = [
            f"缺{item.label}{off(demerits)} {number_text(item.points)} 分"
            for item in self.items
            if item.points is not None
        ]
        if common and self.each is not None:
            each = f"缺 1 项{off(demerits)} {number_text(self.each)} 分"
            said.insert(0, f"{'、'.join(common)}，{each}")
        return "；".join(said) + until_nothing_is_left(points, demerits)

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """Items that cost nothing; more to be there than there is."""
        yield from too_many(self.at_least, len(self.items), "件")
        for n, item in enumerate(self.items):
            if self.price(item) == 0:
                yield pointless(("items", n), f"缺“{item.label}”扣 0 分，没有作用", points)

    def earned(self, points: int, entered: Entered) -> Outcome:
        """max(0, P - what the missing things cost)."""
        cost, spare = entered.full(0), self.spare
        for item in self.items:
            absent = entered.reading(item.id) == 0
            cost += (absent * to_units(self.price(item))) if spare is None else absent * 1
        if spare is not None:
            cost = clipped(cost - spare, low=0) * to_units(self.each or Decimal(0))
        return Outcome(clipped(points - cost, low=0))

    @property
    def spare(self) -> int | None:
        """How many things may be missing for nothing; None where each has its price."""
        return None if self.at_least is None else len(self.items) - self.at_least

    def _cost(self, absent: Sequence[Item]) -> Decimal:
        """What these things cost that are missing (points)."""
        if self.spare is None:
            return sum((self.price(item) for item in absent), Decimal(0))
        return max(0, len(absent) - self.spare) * (self.each or Decimal(0))

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``缺方案、总结，扣 1 分``."""
        absent = [item for item in self.items if entry.number(item.id) == 0]
        if cost := self._cost(absent):
            yield f"缺{'、'.join(told(item.label) for item in absent)}，扣 {number_text(cost)} 分"

    def asks(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> Iterator[Asked]:
        """What each thing that is missing asks for; nothing of its own where some suffice."""
        absent = [item for item in self.items if entry.number(item.id) == 0]
        if self._cost(absent):
            yield from [item.rectify for item in absent] if self.spare is None else [None]

    def asked_where(self, points: Decimal, rows: Rows) -> Iterator[tuple[str, Asked]]:
        """What each of them asks for where × stands."""
        for item in self.items if self.spare is None else ():
            yield zero(rows.cell(item.id)), item.rectify

    def formula(self, points: Decimal, rows: Rows) -> str:
        """P less the prices of what is missing."""
        if self.at_least is not None and self.each is not None:
            there = f"SUM({rows.cells(item.id for item in self.items)})"
            short = f"MAX(0,{self.at_least}-{there})*{literal(self.each)}"
            return rows.complete(rows.less(points, short))
        costs = [f"(1-{rows.cell(item.id)})*{literal(self.price(item))}" for item in self.items]
        return rows.complete(rows.less(points, "+".join(costs)))

"""全有全无: everything for what is met in full, else nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar, Literal

from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.formulas import Rows, literal, zero
from rubrics.rules.kind import RuleKind
from rubrics.rules.rectify import Asked, Rectify
from rubrics.rules.slot import Slot, Values
from rubrics.rules.strict_model import Explained, Id
from rubrics.rules.words import all_of_it, none_of_it, told


class Requirement(Explained):
    """One of several conditions that must all be met."""

    about = "一条要求"

    id: Id
    label: str
    rectify: Rectify | None = None


class AllOrNone(RuleKind):
    """全有全无: P if every requirement is met, else 0; partly met is not met."""

    name = "全有全无"
    about = "全有全无：都符合得满分，否则不得分"
    meanings: ClassVar = {"requirements": "各条要求，都符合才得分"}
    demerits = "lost"
    content = ("requirements", "要求")

    kind: Literal["all_or_none"]
    requirements: tuple[Requirement, ...] = ()

    def slots(self, points: Decimal) -> tuple[Slot, ...]:
        """Yes or no for every requirement; one yes or no where none is written."""
        wanted = [(item.id, item.label) for item in self.requirements] or [("", "是否符合")]
        return tuple(Slot(key, label, "yes_no") for key, label in wanted)

    def in_order(self) -> Values | None:
        """Every requirement is met."""
        return {slot.key: Decimal(1) for slot in self.slots(Decimal(0))}

    def describe(self, points: Decimal, *, demerits: bool = False) -> str:
        """``有审核记录、已备案：都符合得 1 分，否则不得分``."""
        good, bad = all_of_it(points, demerits), none_of_it(demerits)
        if demerits:
            good, bad = bad, good
        if not self.requirements:
            return f"符合{good}，不符合{bad}"
        wanted = "、".join(item.label for item in self.requirements)
        both = "都" if len(self.requirements) > 1 else ""
        return f"{wanted}：{both}符合{good}，否则{bad}"

    def earned(self, points: int, entered: Entered) -> Outcome:
        """P where every requirement is met, else 0."""
        earned = entered.full(points)
        for key in [item.id for item in self.requirements] or [""]:
            earned = earned * (entered.reading(key) != 0)
        return Outcome(earned)

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``考试备案不符合要求``."""
        unmet = [told(item.label) for item in self.requirements if entry.number(item.id) == 0]
        if unmet or (not self.requirements and entry.number() == 0):
            yield f"{'、'.join(unmet)}不符合要求"

    def asks(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> Iterator[Asked]:
        """What each requirement that is not met asks for."""
        for item in self.requirements:
            if entry.number(item.id) == 0:
                yield item.rectify
        if not self.requirements and entry.number() == 0:
            yield None

    def asked_where(self, points: Decimal, rows: Rows) -> Iterator[tuple[str, Asked]]:
        """What each of them asks for where × stands."""
        for item in self.requirements:
            yield zero(rows.cell(item.id)), item.rectify

    def formula(self, points: Decimal, rows: Rows) -> str:
        """P where all are 1."""
        cells = ",".join(rows.cell(slot.key) for slot in self.slots(points))
        loss = f"IF(MIN({cells})=1,0,{literal(points)})"
        return rows.complete(rows.less(points, loss))

"""全有全无: everything for what is met in full, else nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from rubrics.rules.cells import Entered, Entry, Outcome
from rubrics.rules.formulas import Rows, literal, zero
from rubrics.rules.kind import RuleKind, Wrong, too_many
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
    """全有全无: P if every requirement is met, else 0; partly met is not met.

    ``at_least``: so many of the requirements suffice (1: any of them). What is then asked of a
    school that lacks some is the indicator's demand, not that of each.
    """

    name = "全有全无"
    about = "全有全无：都符合得满分，否则不得分"
    meanings: ClassVar = {
        "requirements": "各条要求，都符合才得分",
        "AllOrNone.at_least": "至少符合几条就得分，1 是符合任何一条；不写是都要符合",
    }
    demerits = "lost"
    content = ("requirements", "要求")

    kind: Literal["all_or_none"]
    requirements: tuple[Requirement, ...] = ()
    at_least: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _demands_stand_at_the_indicator(self) -> AllOrNone:
        if self.at_least is not None and any(item.rectify for item in self.requirements):
            raise ValueError("写了 at_least 的，整改要求写在指标上，各条要求不另写 rectify")
        return self

    @property
    def wanted(self) -> int:
        """How many requirements must be met."""
        return len(self.requirements) if self.at_least is None else self.at_least

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
        if self.at_least is not None:
            return f"{wanted}：符合其中 {self.at_least} 条{good}，否则{bad}"
        both = "都" if len(self.requirements) > 1 else ""
        return f"{wanted}：{both}符合{good}，否则{bad}"

    def wrong(self, points: Decimal, demerits: bool) -> Iterator[Wrong]:
        """More to be met than there is."""
        yield from too_many(self.at_least, len(self.requirements), "条要求")

    def earned(self, points: int, entered: Entered) -> Outcome:
        """P where as many requirements are met as must be, else 0."""
        met = entered.full(0)
        for key in [item.id for item in self.requirements] or [""]:
            met = met + (entered.reading(key) != 0)
        return Outcome((met >= max(self.wanted, 1)) * entered.full(points))

    def _unmet(self, entry: Entry) -> list[Requirement]:
        """The requirements that are not met, where too few are."""
        unmet = [item for item in self.requirements if entry.number(item.id) == 0]
        return unmet if len(self.requirements) - len(unmet) < self.wanted else []

    def losses(self, points: Decimal, entry: Entry) -> Iterator[str]:
        """``考试备案不符合要求``."""
        unmet = [told(item.label) for item in self._unmet(entry)]
        short = ""
        if unmet and self.at_least is not None:
            met = len(self.requirements) - len(unmet)
            short = f"（符合 {met} 条，应至少 {self.at_least} 条）"
        if unmet or (not self.requirements and entry.number() == 0):
            yield f"{'、'.join(unmet)}不符合要求{short}"

    def asks(self, points: Decimal, entry: Entry, *, demerits: bool = False) -> Iterator[Asked]:
        """What each requirement that is not met asks for; nothing of its own where some suffice."""
        unmet = self._unmet(entry)
        yield from [None] if unmet and self.at_least is not None else [it.rectify for it in unmet]
        if not self.requirements and entry.number() == 0:
            yield None

    def asked_where(self, points: Decimal, rows: Rows) -> Iterator[tuple[str, Asked]]:
        """What each of them asks for where × stands."""
        for item in self.requirements if self.at_least is None else ():
            yield zero(rows.cell(item.id)), item.rectify

    def formula(self, points: Decimal, rows: Rows) -> str:
        """P where all are 1, or as many as must be."""
        cells = ",".join(rows.cell(slot.key) for slot in self.slots(points))
        met = f"MIN({cells})=1" if self.at_least is None else f"SUM({cells})>={self.at_least}"
        loss = f"IF({met},0,{literal(points)})"
        return rows.complete(rows.less(points, loss))

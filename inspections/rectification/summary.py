"""How many items stand how: in all, by school and by office. What is printed adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from inspections.records.rectification import Term
from inspections.rectification.states import Standing, State


@dataclass(frozen=True, slots=True)
class Totals:
    """How items stand, each in one column: ``total`` is the sum of ``closed`` to ``relapsed``.

    ``reported``: the bureau has not answered yet; ``pending``: the deadline is to come;
    ``at_once`` of them all are 立行立改; ``ever_relapsed``: came back once, however they stand now.
    """

    total: int = 0
    at_once: int = 0
    closed: int = 0
    reported: int = 0
    pending: int = 0
    overdue: int = 0
    extended: int = 0
    kept: int = 0
    relapsed: int = 0
    ever_relapsed: int = 0

    @property
    def rate(self) -> Fraction | None:
        """The share that is closed (销号率); None where there is nothing."""
        return Fraction(self.closed, self.total) if self.total else None


_COLUMN = {
    State.CLOSED: "closed",
    State.REPORTED: "reported",
    State.OPEN: "pending",
    State.RETURNED: "pending",
    State.OVERDUE: "overdue",
    State.EXTENDED: "extended",
    State.KEPT: "kept",
    State.RELAPSED: "relapsed",
}


def totals(stands: Iterable[Standing]) -> Totals:
    """Returns how items stand; those that were withdrawn are none."""
    counts = dict.fromkeys(Totals.__dataclass_fields__, 0)
    for one in stands:
        if one.state is State.WITHDRAWN:
            continue
        counts["total"] += 1
        counts["at_once"] += one.item.kind is Term.AT_ONCE
        counts["ever_relapsed"] += one.relapses > 0
        counts[_COLUMN[one.state]] += 1
    return Totals(**counts)


def grouped(
    stands: Iterable[Standing], group: Callable[[Standing], str]
) -> dict[str, list[Standing]]:
    """Returns items by what ``group`` says of them, in the order in which it says so first."""
    found: dict[str, list[Standing]] = {}
    for one in stands:
        found.setdefault(group(one), []).append(one)
    return found


def due_this_week(one: Standing) -> bool:
    """Returns whether the deadline falls from the day to the Sunday of its week."""
    sunday = _sunday(one.day)
    return not one.finished and one.due is not None and one.day <= one.due <= sunday


def _sunday(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())

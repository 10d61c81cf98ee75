"""What schools weigh in a draw: 1, and more for what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from inspections.planning.inputs import UNIT
from inspections.round.drawing_settings import Risk

NEVER = 24
"""Months that count for a school of which no visit is known, where one of others is."""


@dataclass(slots=True)
class KnownSchool:
    """What is known of a school: the worst ``grades`` of the last round, one a rubric; matters that
    are open; complaints; the day of the last visit, None where none is known.
    """

    grades: list[str] = field(default_factory=list)
    open_items: int = 0
    complaints: int = 0
    visited: date | None = None


def weights(known: Mapping[str, KnownSchool], risk: Risk, day: date) -> dict[str, int]:
    """Returns what each school weighs on ``day``, in 1/1000, those left out that weigh 1000.

    >>> from datetime import date
    >>> risk = Risk(results={"不合格": 2}, open_items="0.5", limit=4)
    >>> weights({"甲": KnownSchool(["不合格"], 1), "乙": KnownSchool()}, risk, date(2026, 9, 1))
    {'甲': 3500}
    """
    any_visit = any(one.visited for one in known.values())
    found = {}
    for school, one in known.items():
        whole = Decimal(1) + max((risk.results.get(it, Decimal(0)) for it in one.grades), default=0)
        whole += risk.open_items * one.open_items + risk.complaints * one.complaints
        if any_visit:
            months = NEVER if one.visited is None else whole_months(one.visited, day)
            whole += risk.months * months
        units = int((min(whole, risk.limit) * UNIT).to_integral_value(ROUND_HALF_UP))
        if units != UNIT:
            found[school] = units
    return found


def whole_months(since: date, until: date) -> int:
    """Returns how many whole months lie between two days; 0 where the second is not later.

    >>> whole_months(date(2026, 3, 31), date(2026, 6, 30))
    2
    """
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(months - (until.day < since.day), 0)

"""How often something was due in a round, beside what was held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rubrics.language.rubric import Indicator
from rubrics.rules import PeriodLength, Quota, joined
from rubrics.values.conditions import Traits


class Due(NamedTuple):
    """What a quota comes to: ``label`` was due ``times`` times (``unit``)."""

    label: str
    times: int
    unit: str

    @property
    def text(self) -> str:
        """``应 28 次``."""
        return f"应 {self.times} {self.unit}"


def due_counts(
    indicator: Indicator, elapsed: Mapping[PeriodLength, int], traits: Traits | None = None
) -> dict[str, Due]:
    """Returns what was due by slot key, for all quotas of an indicator.

    ``elapsed``: whole periods of each length in the round. With ``traits`` only parts that apply.
    """
    return {
        joined(part.id, slot.key): Due(part.rule.label, part.rule.required(elapsed), part.rule.unit)
        for part in indicator.rule.simple_parts(indicator.points, traits)
        if isinstance(part.rule, Quota)
        for slot in part.rule.slots(part.points)
    }

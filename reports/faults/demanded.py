"""What the findings in one indicator ask of a school, and nothing beyond them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from inspections.records.record import Record, State
from reports.faults.losses import lost_units
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Indicator, Rubric
from rubrics.rules import Entry, PeriodLength, Rectify
from rubrics.rules.rectify import CLOSE, OPINIONS, Asked, owed
from rubrics.values.conditions import Traits
from scoring.results.scores import IndicatorScore


def demanded(
    rubric: Rubric,
    indicator: Indicator,
    item: IndicatorScore,
    records: Iterable[Record],
    traits: Traits,
    elapsed: Mapping[PeriodLength, int],
) -> tuple[Rectify, ...]:
    """Returns what the parts, items and faults that were found ask for, or else the indicator.

    ``traits``: of the school. What waits for evidence asks for nothing yet. Where people spoke in
    confidence, the points alone tell what is asked; where these are untold, nothing does.
    """
    whole = _known(indicator.rectify)
    if item.band:
        return whole
    if confidential(indicator):
        close = lost_units(rubric, item) * CLOSE <= item.points
        return _known(owed(OPINIONS if close else None, indicator.rectify))
    outright = rubric.scale == "demerits" and indicator.rule.demerits == "outright"
    best = Decimal(0) if outright else indicator.points
    asked: dict[Rectify, None] = {}
    for visit in records:
        record = visit.observation(indicator.id)
        if record is None or record.state is not State.CHECKED:
            continue
        if item.pending and not record.evidence:
            continue
        entry = Entry(record.values, elapsed, traits)
        for own in indicator.rule_on(visit.day).asks(best, entry, demerits=outright):
            asked |= dict.fromkeys(_known(owed(own, indicator.rectify)))
    return tuple(asked) or whole


def _known(asked: Asked) -> tuple[Rectify, ...]:
    """What has a deadline: nothing is asked without one."""
    return (asked,) if isinstance(asked, Rectify) else ()

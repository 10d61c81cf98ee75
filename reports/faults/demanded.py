"""What is to be put right: what the parts of a rule ask for by the records."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from inspections.records.record import State
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Indicator, Rubric
from rubrics.rules import Entry, PeriodLength, Rectify
from scoring.results.scores import IndicatorScore, SchoolScore


def demands_of(
    rubric: Rubric,
    indicator: Indicator,
    item: IndicatorScore,
    score: SchoolScore,
    elapsed: Mapping[PeriodLength, int] | None,
) -> tuple[Rectify, ...]:
    """Returns what the parts, items and faults that were found ask for, or else the indicator.

    What waits for evidence asks for nothing yet. ``elapsed``: the whole periods of the round; None
    where no record is to be looked into.
    """
    whole = (indicator.rectify,) if indicator.rectify else ()
    if elapsed is None or confidential(indicator):
        return whole
    outright = rubric.scale == "demerits" and indicator.rule.demerits == "outright"
    best = Decimal(0) if outright else indicator.points
    asked: dict[Rectify, None] = {}
    for visit in score.visits:
        record = visit.observation(indicator.id)
        if record is None or record.state is not State.CHECKED:
            continue
        if item.pending and not record.evidence:
            continue
        entry = Entry(record.values, elapsed, score.school.traits)
        for own in indicator.rule_on(visit.day).asks(best, entry, demerits=outright):
            asked |= dict.fromkeys((own,) if own else whole)
    return tuple(asked) or whole

"""What a checked indicator lost, as units and as what may be told of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from inspections.records.record import State
from reports.faults.quoting import quoted
from rubrics.language.rubric import Rubric
from rubrics.language.worth import by_points_alone, rates_among
from rubrics.rules.exact import quotient
from scoring.results.ballots import BEST, WAITING
from scoring.results.scores import IndicatorScore, SchoolScore

_POINTS = re.compile(r"\d ?分")


def costs(rubric: Rubric, item: IndicatorScore) -> bool:
    """Whether a checked indicator lost points, as far as that may be told.

    Of a vote of few people nobody learns whether all said the best of the school, or all but one,
    and of one that waits nothing at all.
    """
    return item.band not in (BEST, WAITING) and lost_units(rubric, item) > 0


def lost_units(rubric: Rubric, item: IndicatorScore) -> int:
    """Returns the units that a checked indicator lost, told or untold."""
    return item.earned if rubric.scale == "demerits" else max(0, item.points - item.earned)


def surplus(rubric: Rubric, item: IndicatorScore) -> int:
    """Returns the units that a checked indicator earned above its points."""
    return 0 if rubric.scale == "demerits" else max(0, item.earned - item.points)


def in_the_total(rubric: Rubric, score: SchoolScore) -> Callable[[str, int], int]:
    """Tells what units of an owner come to in the total: as they are, or weighed."""
    if by_points_alone(rubric):
        return lambda _, units: units
    ids = {item.id: place for place, item in enumerate(rubric.indicators)}
    checked = [ids[it.indicator] for it in score.indicators if it.state is State.CHECKED]
    rates = rates_among(rubric, checked)
    return lambda owner, units: quotient(units * rates[ids[owner]], 1) if owner in ids else units


def reasons_told(item: IndicatorScore, reasons: Iterable[str]) -> str:
    """Returns how points were lost, as one text; of an untold item without what names points."""
    return "；".join(quoted(one) for one in reasons if not (item.band and _POINTS.search(one)))

"""An explanation without what is confidential: what ballots and talks said stays in the bureau."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from inspections.records.redacting import secret_items
from inspections.round.elapsed import elapsed_periods
from inspections.round.round import Round
from rubrics.messages.outgoing import WITHHELD
from scoring.explaining.explanation import Explanation, RubricPart
from scoring.explaining.item import Item
from scoring.explaining.records import RecordStep
from scoring.explaining.steps import steps
from scoring.results.published import POINTS, dimension_points
from scoring.results.scores import IndicatorScore, SchoolScore, Scores


def closed(told: Explanation, settings: Round, scores: Scores) -> Explanation:
    """Returns the explanation as it may be shown around; ``scores`` are redacted.

    Of confidential items the entries are left out, and of votes of few people the points too, with
    whatever these could be worked out from.
    """
    parts = []
    elapsed = elapsed_periods(settings)
    for part in told.rubrics:
        held = scores.rubrics[part.rubric]
        score = next(it for it in held.schools if it.school.id == told.school)
        shut = _part(part, score, secret_items(held.rubric))
        if any(it.band for it in score.indicators):
            sure = scores.certainty.get(part.rubric)
            again = tuple(steps(settings, held.rubric, score, elapsed, sure))
            earned = dimension_points(score, POINTS)
            shut = replace(shut, steps=again, dimensions=score.dimensions, printed=earned)
        parts.append(shut)
    return replace(told, rubrics=tuple(parts))


def _part(part: RubricPart, score: SchoolScore, secret: frozenset[str]) -> RubricPart:
    shown = {it.indicator: it for it in score.indicators}
    indicators = tuple(
        shown[it.indicator] if it.indicator in secret or shown[it.indicator].band else it
        for it in part.indicators
    )
    item = part.item
    if item is not None and (item.id in secret or (item.id in shown and shown[item.id].band)):
        item = _item(item, shown[item.id])
    return replace(part, indicators=indicators, item=item)


def _item(item: Item, shown: IndicatorScore) -> Item:
    few = bool(shown.band)
    return replace(
        item,
        reason=shown.reason,
        band=shown.band,
        earned=None if few else item.earned,
        gain=Decimal(0) if few else item.gain,
        combining="" if few else item.combining,
        records=tuple(_record(one, few) for one in item.records),
    )


def _record(one: RecordStep, few: bool) -> RecordStep:
    reason = WITHHELD if one.reason else ""
    points = None if few else one.points
    return replace(one, points=points, reason=reason, entries=(), decided=(), heard=())

"""The explanation of a school's scores, from its place down to the cell, as plain records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from inspections.records.record import State
from inspections.records.redacting import secret_items
from inspections.round.elapsed import elapsed_periods
from inspections.round.round import Round
from inspections.round.school import Inspector
from inspections.round.targets import Target, items
from rubrics.language.rubric import Rubric
from rubrics.messages.outgoing import MARK
from rubrics.rules import PeriodLength
from rubrics.values.points import from_units
from scoring.explaining.item import Item, extra_item, indicator_item, red_line_item
from scoring.explaining.step import Step
from scoring.explaining.steps import composite_steps, steps
from scoring.results.certainty import Certainty
from scoring.results.published import POINTS, dimension_points
from scoring.results.scores import DimensionScore, IndicatorScore, SchoolScore, Scores


@dataclass(frozen=True, slots=True)
class RubricPart:
    """One rubric: how its figures follow from each other, its parts, or one item in full.

    ``printed``: what each of the dimensions earned, rounded so that they add up.
    """

    rubric: str
    title: str
    version: str
    scale: str
    steps: tuple[Step, ...]
    dimensions: tuple[DimensionScore, ...]
    printed: tuple[int, ...]
    indicators: tuple[IndicatorScore, ...]
    titles: Mapping[str, str]
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A school, and what is explained of it; ``full`` asks for every indicator."""

    school: str
    name: str
    full: bool
    composite: tuple[Step, ...]
    rubrics: tuple[RubricPart, ...]


def explain(
    settings: Round, scores: Scores, inspectors: Mapping[str, Inspector], target: Target
) -> Explanation:
    """Returns where the target's figures come from.

    Without a rubric: every rubric and the composite. With one: every indicator. With an item:
    its rule in words, its basis, and what each inspector entered in which cell of which file.
    """
    elapsed = elapsed_periods(settings)
    parts = []
    for name, held in scores.rubrics.items():
        asked = target.rubric in ("", name)
        if asked and (not target.item or target.item in items(held.rubric)):
            score = next(it for it in held.schools if it.school.id == target.school.id)
            given = (settings, held.rubric, score, elapsed, scores.certainty.get(name))
            parts.append(_part(*given, inspectors, target.item))
    whole = [] if target.rubric or target.item else composite_steps(scores, target.school.id)
    return Explanation(
        target.school.id,
        target.school.name,
        bool(target.rubric),
        tuple(whole),
        tuple(parts),
    )


def as_plain(told: Explanation) -> dict[str, object]:
    """Returns an explanation as plain data for JSON: points as decimals, shares of 1."""
    whole = asdict(told)
    for part, plain in zip(told.rubrics, whole["rubrics"], strict=True):
        del plain["titles"], plain["printed"]
        plain["dimensions"] = [
            {
                "id": it.dimension,
                "title": part.titles[it.dimension],
                "earned": None if it.untold else from_units(it.earned),
                "applicable": from_units(it.applicable),
                "share": None if it.share is None else from_units(it.share),
                "median": None if it.median is None else from_units(it.median),
            }
            for it in part.dimensions
        ]
        plain["indicators"] = [
            {
                "id": it.indicator,
                "title": part.titles[it.indicator],
                "state": it.state,
                "points": from_units(it.points),
                "earned": from_units(it.earned)
                if it.state is State.CHECKED and not it.band
                else None,
                "band": it.band,
                "pending": it.pending,
                "key_failed": it.key_failed,
                "gain": None if it.band else from_units(it.gain),
                "reason": it.reason,
            }
            for it in part.indicators
        ]
    return whole


def _part(
    settings: Round,
    rubric: Rubric,
    score: SchoolScore,
    elapsed: Mapping[PeriodLength, int],
    certainty: Certainty | None,
    inspectors: Mapping[str, Inspector],
    item: str,
) -> RubricPart:
    titles = {it.id: it.title for it in rubric.dimensions}
    titles |= {it.id: it.title for it in rubric.indicators}
    return RubricPart(
        rubric.id,
        rubric.title,
        rubric.version,
        rubric.scale,
        tuple(steps(settings, rubric, score, elapsed, certainty)),
        score.dimensions,
        dimension_points(score, POINTS),
        tuple(_marked(rubric, score)),
        titles,
        _item(settings, rubric, score, elapsed, inspectors, item) if item else None,
    )


def _marked(rubric: Rubric, score: SchoolScore) -> Iterator[IndicatorScore]:
    """The indicators; where a reason quotes what is confidential, it says so."""
    secret = secret_items(rubric)
    for it in score.indicators:
        quoted = it.indicator in secret and it.reason
        yield replace(it, reason=f"{MARK}{it.reason}") if quoted else it


def _item(
    settings: Round,
    rubric: Rubric,
    score: SchoolScore,
    elapsed: Mapping[PeriodLength, int],
    inspectors: Mapping[str, Inspector],
    name: str,
) -> Item | None:
    for indicator in rubric.indicators:
        if indicator.id == name:
            return indicator_item(rubric, indicator, score, settings, elapsed, inspectors)
    for extra in rubric.extras:
        if extra.id == name:
            return extra_item(rubric, extra, score, inspectors)
    for line in rubric.red_lines:
        if line.id == name:
            return red_line_item(rubric, line, score, inspectors)
    return None

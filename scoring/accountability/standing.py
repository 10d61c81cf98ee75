"""What rules look at: one school under one rubric, under the composite of all, or as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from inspections.records.record import State
from inspections.records.rectification import FOUND, Case, Verb
from inspections.rectification.numbers import label
from inspections.rectification.states import State as ItemState
from inspections.rectification.states import standing
from inspections.round.school import School
from rubrics.language.rubric import Indicator, Rubric
from rubrics.rules import Deduct, joined
from rubrics.values.conditions import Traits
from scoring.accountability.rules import COMPOSITE
from scoring.results.scores import (
    CompositeScore,
    DimensionScore,
    IndicatorScore,
    RubricScores,
    SchoolScore,
    Scores,
)
from scoring.results.unsettled import own_reasons


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a dimension or an indicator: a share of its points, as published."""

    title: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class ToPutRight:
    """Items of a school, by what they are called: those overdue, those not done when re-checked."""

    overdue: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a school stands. ``rubric``: an id, ``composite``, or empty for the school as a whole.

    ``total`` in units of 1/10000, rounded as published, None where there is none. Of what is not
    told of a school (ballots of few) there is no share. ``faults``: (fault, how often it was
    found). ``open``: what may yet change it, in Chinese. ``complaints``: None where nobody knows.
    ``corrected``: whether the total, and the rank with it, is corrected for severity.
    """

    school: str
    name: str
    rubric: str
    title: str
    traits: Traits = field(default_factory=dict)
    group: str = ""
    total: int | None = None
    places: int = 2
    demerits: bool = False
    grade: str = ""
    rank: int | None = None
    group_size: int = 0
    ranked_last: bool = False
    red_lines: tuple[tuple[str, str], ...] = ()
    award_eligible: bool = True
    key_failed: tuple[str, ...] = ()
    tier_failed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kept: Mapping[str, Kept] = field(default_factory=dict)
    dimensions: tuple[str, ...] = ()
    faults: tuple[tuple[str, int], ...] = ()
    rectify: ToPutRight = ToPutRight()
    open: str = ""
    complaints: int | None = None
    corrected: bool = False

    @property
    def corrected_words(self) -> str:
        """What stands behind a figure that rests on a corrected total; nothing behind others."""
        return "，已按督学宽严校正" if self.corrected else ""


def standings(
    scores: Scores,
    schools: Iterable[School],
    rectify: Mapping[tuple[str, str], ToPutRight],
    complaints: Mapping[str, int] | None = None,
) -> list[Standing]:
    """Returns all standings: rubric by rubric, the composite, and the schools as a whole.

    ``rectify``: by school and rubric; the rubric is empty for all of a school's items.
    ``complaints``: by school; None where no list of them was taken in.
    """
    found: list[Standing] = []
    own: dict[str, list[Standing]] = {}
    for name, held in scores.rubrics.items():
        for score in held.schools:
            if score.status in ("inapplicable", "not_visited", "not_planned"):
                continue
            made = _of_rubric(held, score, rectify.get((score.school.id, name), ToPutRight()))
            own.setdefault(score.school.id, []).append(made)
            found.append(made)
    for one in scores.composite:
        whole = rectify.get((one.school.id, ""), ToPutRight())
        found.append(_of_composite(one, own.get(one.school.id, []), whole))
    for school in schools:
        whole = rectify.get((school.id, ""), ToPutRight())
        found.append(Standing(school.id, school.name, "", "整改情况", school.traits, rectify=whole))
    if complaints is None:
        return found
    return [replace(one, complaints=complaints.get(one.school, 0)) for one in found]


def to_put_right(
    cases: Sequence[Case], day: date, round_id: str
) -> dict[tuple[str, str], ToPutRight]:
    """Returns what is overdue on a day and what was not done, by (school, rubric) and school."""
    late: dict[tuple[str, str], list[str]] = {}
    failed: dict[tuple[str, str], list[str]] = {}
    for case in cases:
        now = standing(case, day)
        seen = case.last(*FOUND)
        keys = {(case.item.school, case.item.rubric), (case.item.school, "")}
        name = label(round_id, case.number)
        for key in keys:
            if now.state is ItemState.OVERDUE:
                late.setdefault(key, []).append(name)
            if seen is not None and seen.verb is not Verb.DONE and not now.finished:
                failed.setdefault(key, []).append(name)
    return {
        key: ToPutRight(tuple(late.get(key, ())), tuple(failed.get(key, ())))
        for key in late.keys() | failed.keys()
    }


def _of_rubric(held: RubricScores, score: SchoolScore, rectify: ToPutRight) -> Standing:
    rubric = held.rubric
    scored = {item.indicator: item for item in score.indicators}
    tiers: dict[str, list[str]] = {}
    kept = dict(_kept_dimensions(rubric, score.dimensions))
    for item in rubric.indicators:
        one = scored.get(item.id)
        if one is None or one.state is not State.CHECKED:
            continue
        if _fails(rubric, item, one):
            tiers.setdefault(item.tier, []).append(item.id)
        if not one.band and one.points:
            kept[item.id] = Kept(item.title, _share(rubric, one.earned, one.points))
    return Standing(
        score.school.id,
        score.school.name,
        rubric.id,
        rubric.title,
        score.school.traits,
        score.group,
        score.total,
        rubric.places,
        rubric.scale == "demerits",
        score.grade,
        score.rank,
        score.group_size,
        score.ranked_last,
        tuple((line.owner, line.title) for line in score.red_lines),
        score.award_eligible,
        score.key_failed,
        {tier: tuple(ids) for tier, ids in tiers.items()},
        kept,
        tuple(part.id for part in rubric.dimensions),
        tuple(_counted(rubric, score, scored)),
        rectify,
        "；".join(own_reasons(score)),
        corrected=score.correction is not None,
    )


def _of_composite(one: CompositeScore, parts: Sequence[Standing], rectify: ToPutRight) -> Standing:
    counted = [part for part in parts if part.rubric in one.weights]
    return Standing(
        one.school.id,
        one.school.name,
        COMPOSITE,
        "综合分",
        one.school.traits,
        one.group,
        one.total,
        max((part.places for part in counted), default=2),
        rank=one.rank,
        group_size=one.group_size,
        ranked_last=any(part.ranked_last for part in counted),
        red_lines=tuple(line for part in counted for line in part.red_lines),
        award_eligible=all(part.award_eligible for part in counted),
        key_failed=tuple(f"{p.title} {key}" for p in counted for key in p.key_failed),
        rectify=rectify,
        open="；".join(f"{part.title}{part.open}" for part in counted if part.open),
        corrected=any(part.corrected for part in counted),
    )


def _fails(rubric: Rubric, item: Indicator, one: IndicatorScore) -> bool:
    """A key item by its triggers, any other by any loss, as grades count them."""
    if item.key is not None:
        return one.key_failed
    return one.earned > 0 if rubric.scale == "demerits" else one.earned < one.points


def _kept_dimensions(rubric: Rubric, parts: Iterable[DimensionScore]) -> Iterator[tuple[str, Kept]]:
    titles = {one.id: one.title for one in rubric.dimensions}
    for part in parts:
        if not part.untold and part.applicable:
            share = _share(rubric, part.earned, part.applicable)
            yield part.dimension, Kept(titles[part.dimension], share)


def _share(rubric: Rubric, earned: int, due: int) -> Fraction:
    return Fraction(due - earned if rubric.scale == "demerits" else earned, due)


def _counted(
    rubric: Rubric, score: SchoolScore, scored: Mapping[str, IndicatorScore]
) -> Iterator[tuple[str, int]]:
    """How often each fault that is counted was found: what all records of an occasion have, added
    up over the occasions. Nothing of what waits for evidence or for an agreement.
    """
    visits = tuple(score.visits)  # Records are made when they are looked at: once here.
    for item in rubric.indicators:
        one = scored.get(item.id)
        if one is None or one.state is not State.CHECKED or one.pending:
            continue
        found: dict[str, dict[str, int]] = {}
        for visit in visits:
            parts = item.rule_on(visit.day).simple_parts(item.points, score.school.traits)
            counted = [(part.id, part.rule) for part in parts if isinstance(part.rule, Deduct)]
            seen = visit.observation(item.id) if counted else None
            if seen is None or seen.state is not State.CHECKED:
                continue
            for name, rule in counted:
                for fault in rule.faults:
                    value = seen.values.get(joined(name, fault.key))
                    if isinstance(value, Decimal):
                        times = found.setdefault(f"{item.id} {fault.label}", {})
                        occasion = visit.key.occasion
                        times[occasion] = min(times.get(occasion, int(value)), int(value))
        yield from ((fault, sum(times.values())) for fault, times in found.items())

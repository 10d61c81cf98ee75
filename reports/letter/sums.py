"""The points of one letter as it prints them: dimensions add up to the whole, faults to those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from inspections.records.record import State
from reports.faults import Fault, in_the_total, lost_units, surplus
from rubrics.language.rubric import Dimension, Rubric
from rubrics.values.points import round_units
from scoring.results.published import apportioned, dimension_points
from scoring.results.scores import SchoolScore


@dataclass(frozen=True, slots=True)
class Printed:
    """Units, rounded to the places that the rubric publishes.

    Weighed, all is as it counts in the total. ``earned`` and ``applicable``: the whole.
    ``dimensions``: earned and applicable of each, in the order of the score. ``proved`` and
    ``unproved``: lost by the fault of an owner, for good and until evidence comes. ``at_stake``:
    what hangs on it. ``untold``: lost by all items of a dimension that are untold, together.
    ``surplus``: earned above the points of an indicator. ``adjusted``: some figure is not its own
    rounded one.
    """

    earned: int
    applicable: int
    dimensions: Sequence[tuple[int, int]]
    proved: Mapping[str, int]
    unproved: Mapping[str, int]
    at_stake: Mapping[str, int]
    untold: Mapping[str, int]
    surplus: Mapping[str, int]
    adjusted: bool


def printed(rubric: Rubric, score: SchoolScore, faults: Sequence[Fault]) -> Printed:
    """Returns the points of a letter.

    Where a sum rounds to another figure than its rounded parts add up to, the last digit of some
    parts is moved, never by more than one.
    """
    places = rubric.places
    earned = _earned(score)
    applicable = [item.applicable for item in score.dimensions]
    own_earned = dimension_points(score, places)
    own_applicable = apportioned(applicable, places, round_units(score.applicable, places))
    demerits = rubric.scale == "demerits"
    more = _surplus(rubric, score)
    shown_more = {owner: round_units(units, places) for owner, units in more.items()}
    own = {it.id: [i.id for i in it.indicators if i.id in more] for it in rubric.dimensions}
    losses = {
        item.dimension: own_earned[n]
        if demerits
        else own_applicable[n] - own_earned[n] + sum(shown_more[i] for i in own[item.dimension])
        for n, item in enumerate(score.dimensions)
    }
    exact = {
        item.dimension: earned[n]
        if demerits
        else item.applicable - earned[n] + sum(more[i] for i in own[item.dimension])
        for n, item in enumerate(score.dimensions)
    }
    costs = dict(_costs(rubric, score, faults, exact, losses))
    counts = in_the_total(rubric, score)
    stakes = {it.owner: counts(it.owner, it.at_stake) for it in faults if it.at_stake}
    rounded = {key: round_units(units, places) for key, (units, _) in costs.items()}
    return Printed(
        round_units(score.earned, places),
        round_units(score.applicable, places),
        tuple(zip(own_earned, own_applicable, strict=True)),
        {owner: shown for (owner, proved), (_, shown) in costs.items() if proved},
        {owner: shown for (owner, proved), (_, shown) in costs.items() if not proved},
        {owner: round_units(units, places) for owner, units in stakes.items()},
        {
            held[0].id: costs[held[0].id, True][1]
            for held in shared_sums(rubric, score)
            if (held[0].id, True) in costs
        },
        shown_more,
        any(shown != rounded[key] for key, (_, shown) in costs.items())
        or list(own_earned) != [round_units(units, places) for units in earned],
    )


def shared_sums(rubric: Rubric, score: SchoolScore) -> Iterator[list[Dimension]]:
    """Yields the dimensions whose sum is printed: each alone, those that are untold together."""
    silent = {item.dimension for item in score.dimensions if item.untold}
    yield from ([one] for one in rubric.dimensions if one.id not in silent)
    if silent:
        yield [one for one in rubric.dimensions if one.id in silent]


def _earned(score: SchoolScore) -> list[int]:
    """What each dimension earned; of those that are untold the first stands for all."""
    rest = score.earned - sum(item.earned for item in score.dimensions)
    found = []
    for item in score.dimensions:
        found.append(item.earned + (rest if item.untold else 0))
        rest = 0 if item.untold else rest
    return found


def _surplus(rubric: Rubric, score: SchoolScore) -> dict[str, int]:
    """What is earned above the points of indicators, as it counts in the sums; none is 0."""
    counts = in_the_total(rubric, score)
    found = {
        item.indicator: counts(item.indicator, surplus(rubric, item))
        for item in score.indicators
        if item.state is State.CHECKED and not item.band
    }
    return {owner: units for owner, units in found.items() if units}


def _costs(
    rubric: Rubric,
    score: SchoolScore,
    faults: Sequence[Fault],
    exact: Mapping[str, int],
    losses: Mapping[str, int],
) -> Iterator[tuple[tuple[str, bool], tuple[int, int]]]:
    """What every fault cost, exactly and as printed, by owner and whether it is proved.

    Items that are untold stand together under the id of their (first) dimension.
    """
    places, held = rubric.places, {fault.owner: fault for fault in faults if not fault.untold}
    checked = {item.indicator: item for item in score.indicators if item.state is State.CHECKED}
    counts = in_the_total(rubric, score)
    some_untold = any(item.band for item in checked.values())
    for dimensions in shared_sums(rubric, score):
        items = [checked[i.id] for one in dimensions for i in one.indicators if i.id in checked]
        own = [
            (
                (item.indicator, proved),
                counts(item.indicator, fault.proved if proved else fault.unproved),
            )
            for item in items
            if (fault := held.get(item.indicator))
            for proved in (True, False)
        ]
        if hidden := [item for item in items if item.band]:
            # What one of them earned above its points is untold, too.
            nets = [(it, lost_units(rubric, it) - surplus(rubric, it)) for it in hidden]
            lost = sum(counts(item.indicator, net) for item, net in nets)
            own.append(((dimensions[0].id, True), lost))
        parts = [units for _, units in own]
        known = sum(exact.get(one.id, 0) for one in dimensions)
        # Each was rounded from the exact figure; all sums too, as printed, where some are untold.
        near = len(parts) + len(hidden) + (10 ** (4 - places) if some_untold else 0)
        whole = sum(losses[one.id] for one in dimensions)
        shown = apportioned(parts, places, whole) if abs(sum(parts) - known) <= near else None
        for n, (key, units) in enumerate(own):
            yield key, (units, shown[n] if shown else round_units(units, places))
    for fault in held.values():
        if fault.owner not in checked:
            yield (fault.owner, True), (fault.proved, round_units(fault.proved, places))
            yield (fault.owner, False), (fault.unproved, round_units(fault.unproved, places))

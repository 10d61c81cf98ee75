"""The points of one letter as it prints them: dimensions add up to the whole, faults to those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from inspections.records.record import State
from reports.faults import Fault
from reports.letter.apportioning import apportioned
from rubrics.language.rubric import Rubric
from rubrics.values.points import round_units
from scoring.results.scores import SchoolScore


@dataclass(frozen=True, slots=True)
class Printed:
    """Units, rounded to the places that the rubric publishes.

    ``earned`` and ``applicable``: the whole. ``dimensions``: earned and applicable of each, in the
    order of the score. ``proved`` and ``unproved``: lost by the fault of an owner, for good and
    until evidence comes. ``adjusted``: some figure is not its own rounded one.
    """

    earned: int
    applicable: int
    dimensions: Sequence[tuple[int, int]]
    proved: Mapping[str, int]
    unproved: Mapping[str, int]
    adjusted: bool


def printed(rubric: Rubric, score: SchoolScore, faults: Sequence[Fault]) -> Printed:
    """Returns the points of a letter.

    Where a sum rounds to another figure than its rounded parts add up to, the last digit of some
    parts is moved, never by more than one.
    """
    places = rubric.places
    earned = [item.earned for item in score.dimensions]
    applicable = [item.applicable for item in score.dimensions]
    own_earned = apportioned(earned, places, round_units(score.earned, places))
    own_applicable = apportioned(applicable, places, round_units(score.applicable, places))
    demerits = rubric.scale == "demerits"
    losses = {
        item.dimension: own_earned[n] if demerits else own_applicable[n] - own_earned[n]
        for n, item in enumerate(score.dimensions)
    }
    exact = {
        item.dimension: item.earned if demerits else item.applicable - item.earned
        for item in score.dimensions
    }
    costs = dict(_costs(rubric, score, faults, exact, losses))
    rounded = {key: round_units(units, places) for key, (units, _) in costs.items()}
    return Printed(
        round_units(score.earned, places),
        round_units(score.applicable, places),
        tuple(zip(own_earned, own_applicable, strict=True)),
        {owner: shown for (owner, proved), (_, shown) in costs.items() if proved},
        {owner: shown for (owner, proved), (_, shown) in costs.items() if not proved},
        any(shown != rounded[key] for key, (_, shown) in costs.items())
        or list(own_earned) != [round_units(units, places) for units in earned],
    )


def _costs(
    rubric: Rubric,
    score: SchoolScore,
    faults: Sequence[Fault],
    exact: Mapping[str, int],
    losses: Mapping[str, int],
) -> Iterator[tuple[tuple[str, bool], tuple[int, int]]]:
    """What every fault cost, exactly and as printed, by owner and whether it is proved."""
    places, held = rubric.places, {fault.owner: fault for fault in faults}
    checked = {item.indicator for item in score.indicators if item.state is State.CHECKED}
    for dimension in rubric.dimensions:
        own = [
            (fault, proved, fault.proved if proved else fault.unproved)
            for item in dimension.indicators
            if item.id in checked and (fault := held.pop(item.id, None))
            for proved in (True, False)
        ]
        parts = [units for *_, units in own]
        # Each of them was rounded from the exact figure.
        adds_up = abs(sum(parts) - exact.get(dimension.id, 0)) <= len(parts)
        shown = apportioned(parts, places, losses[dimension.id]) if adds_up else None
        for n, (fault, proved, units) in enumerate(own):
            yield (fault.owner, proved), (units, shown[n] if shown else round_units(units, places))
    for fault in held.values():
        yield (fault.owner, True), (fault.proved, round_units(fault.proved, places))
        yield (fault.owner, False), (fault.unproved, round_units(fault.unproved, places))

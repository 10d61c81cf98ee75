"""Totals as means of means: indicators in groups, groups in dimensions, dimensions in the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from rubrics.language.rubric import Dimension, Indicator, Rubric
from tests.reference.exact import NOTHING, exact, half_up


@dataclass
class Share:
    """What one dimension is in the total: ``figure`` out of ``due``, of its own points; ``by``:
    what such a point counts in the total."""

    figure: Fraction
    due: Fraction
    by: Fraction


def is_nested(rubric: Rubric) -> bool:
    weighed = any(it.weight is not None or it.groups for it in rubric.dimensions)
    return weighed or rubric.excused != "rubric"


def groups_of(dimension: Dimension) -> list[tuple[Fraction, list[Indicator]]]:
    """Groups with what each counts; who is in no group is one alone."""
    found: dict[str, list[Indicator]] = {}
    for item in dimension.indicators:
        found.setdefault(f"group {item.group}" if item.group else item.id, []).append(item)
    return [
        (exact(dimension.groups.get(own[0].group) or sum(it.points for it in own)), own)
        for own in found.values()
    ]


def worth(rubric: Rubric, indicator: Indicator) -> Fraction:
    """What it counts in the total where nothing is missing."""
    for dimension in rubric.dimensions:
        for weight, own in groups_of(dimension):
            if indicator in own:
                part = exact(indicator.points) / exact(sum(it.points for it in own))
                return part * weight * in_total(dimension)
    raise KeyError(indicator.id)


def in_total(dimension: Dimension) -> Fraction:
    """What a point of a dimension counts in the total."""
    weight = dimension.points if dimension.weight is None else dimension.weight
    return exact(weight) / exact(dimension.points)


def shares_of(rubric: Rubric, earned: Mapping[str, Fraction]) -> dict[str, Share]:
    """Every dimension of which something was checked; ``earned`` by indicator."""
    found = {}
    for dimension in rubric.dimensions:
        means: list[tuple[Fraction, Fraction]] = []
        for weight, own in groups_of(dimension):
            there = [it for it in own if it.id in earned]
            if not there:
                continue
            have = exact(sum(it.points for it in there))
            figures = [earned[it.id] for it in there]
            if rubric.rounding == "items":
                figures = [half_up(it, rubric.places) for it in figures]
            if rubric.excused != "group":
                weight = weight * have / exact(sum(it.points for it in own))
            means.append((weight, sum(figures, NOTHING) / have))
        if not means:
            continue
        counted = sum((weight for weight, _ in means), NOTHING)
        mean = sum((weight * own_mean for weight, own_mean in means), NOTHING) / counted
        due = counted if rubric.excused == "rubric" else exact(dimension.points)
        figure = mean * due
        if rubric.rounding == "dimensions":
            figure = half_up(figure, rubric.places)
        found[dimension.id] = Share(figure, due, in_total(dimension))
    return found


def normalised(rubric: Rubric, earned: Mapping[str, Fraction]) -> Fraction:
    shares = shares_of(rubric, earned).values()
    got = sum((it.figure * it.by for it in shares), NOTHING)
    return exact(rubric.points) * got / sum((it.due * it.by for it in shares), NOTHING)

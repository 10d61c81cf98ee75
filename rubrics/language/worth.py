"""What indicators count in the total: by points, by weights, and where others are excused.

A rubric is a weighted mean of dimensions, each one of groups, each one of indicators by their
points; without weights that is the sum of all points.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from decimal import Decimal
from fractions import Fraction

from rubrics.language.rubric import Dimension, Rubric

NOTHING = Fraction(0)


def by_points_alone(rubric: Rubric) -> bool:
    """Whether points are added up as they are, and what is excused is shared over all of them."""
    return rubric.excused == "rubric" and not any(
        dimension.weight is not None or dimension.groups for dimension in rubric.dimensions
    )


def group_points(dimension: Dimension) -> dict[str, Decimal]:
    """Returns what each named group of a dimension counts in its points."""
    found: dict[str, Decimal] = {}
    for item in dimension.indicators:
        if item.group:
            found[item.group] = found.get(item.group, Decimal(0)) + item.points
    return found | {name: points for name, points in dimension.groups.items() if name in found}


def points_inside(dimension: Dimension) -> Decimal:
    """Returns what the groups of a dimension and its indicators in none add up to."""
    alone = [item.points for item in dimension.indicators if not item.group]
    return sum((*alone, *group_points(dimension).values()), Decimal(0))


def misnamed(dimension: Dimension) -> frozenset[str]:
    """Returns the groups that indicators name beside those that are written, where they are wrong.

    A group without a weight may stand beside such that have one: then the points add up, and no
    written group is left without indicators.
    """
    used = {item.group for item in dimension.indicators if item.group}
    idle = dimension.groups.keys() - used
    amiss = bool(dimension.groups) and points_inside(dimension) != dimension.points
    return frozenset(used - dimension.groups.keys()) if idle or amiss else frozenset()


def rates(rubric: Rubric) -> tuple[Fraction, ...]:
    """Returns what a point of each indicator counts in the total, where nothing is excused."""
    found = []
    for dimension in rubric.dimensions:
        due = group_points(dimension)
        own = dict.fromkeys(due, NOTHING)
        for item in dimension.indicators:
            if item.group:
                own[item.group] += Fraction(item.points)
        whole = Fraction(dimension.counts) / (Fraction(dimension.points) or 1)
        for item in dimension.indicators:
            inside = Fraction(due[item.group]) / (own[item.group] or 1) if item.group else 1
            found.append(whole * inside)
    return tuple(found)


def worths(rubric: Rubric) -> tuple[Fraction, ...]:
    """Returns what each indicator counts in the total (points), where nothing is excused."""
    pairs = zip(rates(rubric), rubric.indicators, strict=True)
    return tuple(rate * Fraction(item.points) for rate, item in pairs)


def worths_among(rubric: Rubric, checked: Collection[int]) -> dict[int, Fraction]:
    """Returns what those that are ``checked`` count beside each other, by place in the rubric.

    What the others would count is shared among those of the group, then of the dimension, as far
    as the rubric says; their sum is what dimensions count of which anything was checked, or what
    was checked counts. Out of that sum a total is normalised.
    """
    whole = worths(rubric)
    found = {place: whole[place] for place in sorted(checked)}
    levels = {"rubric": (), "dimension": ("dimension",), "group": ("group", "dimension")}
    for level in levels[rubric.excused]:
        for pool in _pools(rubric, level).values():
            due = sum((whole[place] for place in pool), NOTHING)
            there = [place for place in pool if place in found]
            if have := sum((found[place] for place in there), NOTHING):
                for place in there:
                    found[place] *= due / have
    return found


def rates_among(rubric: Rubric, checked: Collection[int]) -> dict[int, Fraction]:
    """Returns what a point of each of those that are ``checked`` counts in the total."""
    found = worths_among(rubric, checked)
    by = Fraction(rubric.points) / (sum(found.values(), NOTHING) or 1)
    return {
        place: worth * by / (Fraction(rubric.indicators[place].points) or 1)
        for place, worth in found.items()
    }


def _pools(rubric: Rubric, level: str) -> Mapping[Hashable, list[int]]:
    """The indicators that share a weight; one that is in no group is alone."""
    found: dict[Hashable, list[int]] = {}
    place = 0
    for number, dimension in enumerate(rubric.dimensions):
        for item in dimension.indicators:
            alone = level == "group" and not item.group
            key = (number, item.group if level == "group" else "", place if alone else -1)
            found.setdefault(key, []).append(place)
            place += 1
    return found

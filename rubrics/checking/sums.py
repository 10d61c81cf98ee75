"""Points add up: indicators and groups to their dimension, dimensions to the rubric."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rubrics.language.places import Places
from rubrics.language.rubric import Rubric
from rubrics.language.worth import misnamed, points_inside
from rubrics.messages.problems import Problem, problem
from rubrics.values.points import number_text


def sums(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-points-sum."""
    for n, dimension in enumerate(rubric.dimensions):
        total = points_inside(dimension)
        # Where a group that is not there is the reason, that is told (checking/weights.py).
        if total != dimension.points and not misnamed(dimension):
            yield problem(
                "rubric-points-sum",
                places.at(("dimensions", n, "points")),
                what=f"一级指标 {dimension.id} 下各{'组和' if dimension.groups else ''}指标",
                sum=number_text(total),
                expected=number_text(dimension.points),
            )
    total = sum((item.counts for item in rubric.dimensions), Decimal(0))
    written = [item.weight is not None for item in rubric.dimensions]
    weighed = any(written)
    # Where one has no weight, that is the mistake, and there is no sum yet.
    if total != rubric.points and weighed == all(written):
        yield problem(
            "rubric-points-sum",
            places.at(("points",)),
            what="各一级指标" + ("（按权重）" if weighed else ""),
            sum=number_text(total),
            expected=number_text(rubric.points),
        )

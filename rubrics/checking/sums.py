"""Points add up: indicators to their dimension, dimensions to the rubric."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rubrics.language.places import Places
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, problem
from rubrics.values.points import number_text


def sums(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-points-sum."""
    for n, dimension in enumerate(rubric.dimensions):
        total = sum((item.points for item in dimension.indicators), Decimal(0))
        if total != dimension.points:
            yield problem(
                "rubric-points-sum",
                places.at(("dimensions", n, "points")),
                what=f"一级指标 {dimension.id} 下各指标",
                sum=number_text(total),
                expected=number_text(dimension.points),
            )
    total = sum((item.points for item in rubric.dimensions), Decimal(0))
    if total != rubric.points:
        yield problem(
            "rubric-points-sum",
            places.at(("points",)),
            what="各一级指标",
            sum=number_text(total),
            expected=number_text(rubric.points),
        )

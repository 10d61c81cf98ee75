"""The total of a rubric that has weights, or shares excused items within a dimension or group."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from inspections.workbook.form.layout import Column, SheetLayout
from rubrics.language.rubric import Dimension, Indicator, Rubric
from rubrics.language.worth import group_points
from rubrics.rules.formulas import literal, runs, settled


def weighed_total(layout: SheetLayout, rubric: Rubric) -> str:
    """Returns the total out of the rubric's points, not rounded; something must be checked.

    A mean of dimensions, each one of groups, weighed as the engine does
    (``rubrics.language.worth``): what nothing was checked of counts nothing.
    """
    rows = {block.owner: block.first.number for block in layout.blocks}
    earned, due = [], []
    for dimension in rubric.dimensions:
        got, there = _dimension(rubric, dimension, rows)
        points, by = literal(dimension.points), literal(_per_point(dimension))
        if rubric.excused != "rubric":
            got = f"IF({there}=0,0,({got})*{points}/{there})"
            there = f"IF({there}=0,0,{points})"
        if rubric.rounding == "dimensions":
            got = f"ROUND({settled(got)},{rubric.places})"
        earned.append(f"{by}*({got})")
        due.append(f"{by}*({there})")
    return f"({'+'.join(earned)})*{literal(rubric.points)}/({'+'.join(due)})"


def _per_point(dimension: Dimension) -> Fraction:
    return Fraction(dimension.counts) / Fraction(dimension.points)


def _dimension(rubric: Rubric, dimension: Dimension, rows: dict[str, int]) -> tuple[str, str]:
    """What was earned of a dimension, and what counts of it, both in its own points."""
    groups: dict[str, list[Indicator]] = {}
    for item in dimension.indicators:
        groups.setdefault(item.group, []).append(item)
    counts = group_points(dimension)
    earned, due = [], []
    for name, items in groups.items():
        numbers = sorted(rows[item.id] for item in items)
        got, there = _earned(rubric, numbers), _due(numbers)
        if not name:
            earned.append(got)
            due.append(there)
            continue
        own = sum((Fraction(item.points) for item in items), Fraction(0))
        if rubric.excused == "group":
            weight = literal(counts[name])
            earned.append(f"IF({there}=0,0,{weight}*({got})/{there})")
            due.append(f"IF({there}=0,0,{weight})")
        else:
            rate = literal(Fraction(counts[name]) / own)
            earned.append(f"{rate}*({got})")
            due.append(f"{rate}*({there})")
    return f"({'+'.join(earned)})", f"({'+'.join(due)})"


def _earned(rubric: Rubric, rows: Sequence[int]) -> str:
    at = Column.SCORE.at
    if rubric.rounding == "items":
        return "+".join(f"ROUND({settled(f'N({at(row)})')},{rubric.places})" for row in rows)
    return f"SUM({','.join(f'{at(low)}:{at(high)}' for low, high in runs(rows))})"


def _due(rows: Sequence[int]) -> str:
    """The points of what was checked."""
    spans = (
        tuple(f"{column.at(low)}:{column.at(high)}" for column in (Column.SCORE, Column.POINTS))
        for low, high in runs(rows)
    )
    sums = "+".join(f"SUMPRODUCT(ISNUMBER({score})*1,{points})" for score, points in spans)
    return f"({sums})"

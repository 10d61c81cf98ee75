"""How a rubric with weights, or with shares inside dimensions, comes to its normalised score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from rubrics.language.rubric import Dimension, Indicator, Rubric
from rubrics.language.worth import NOTHING, group_points
from rubrics.values.points import SCALE, half_up, to_units
from scoring.explaining.exact_text import exact_text, sum_text


@dataclass(frozen=True, slots=True)
class Share:
    """``figure`` (units) is what a dimension was worth out of ``due``; ``text`` says how.

    ``by``: what one unit of it counts in the total where nothing is excused.
    """

    dimension: Dimension
    figure: Fraction
    due: Fraction
    by: Fraction
    text: str


def shares(rubric: Rubric, earned: Mapping[str, Fraction]) -> list[Share]:
    """Returns every dimension of which something was checked; ``earned``: units, by indicator."""
    if rubric.rounding == "items":
        earned = {name: _to_places(rubric, figure) for name, figure in earned.items()}
    return [found for it in rubric.dimensions if (found := _share(rubric, it, earned)) is not None]


def normalised(rubric: Rubric, found: list[Share]) -> tuple[Fraction, str]:
    """Returns the normalised score in units, exactly, and the sum that it is."""
    full, whole = Fraction(to_units(rubric.points)), sum((it.due * it.by for it in found), NOTHING)
    parts = [(it.dimension.id, full * it.due * it.by / whole, it.figure / it.due) for it in found]
    figure = sum((worth * mean for _, worth, mean in parts), NOTHING)
    said = sum_text(
        (mean < 0, f"{name} {exact_text(worth)} × {exact_text(abs(mean) * SCALE)}")
        for name, worth, mean in parts
    )
    return figure, f"{said} ＝ {exact_text(figure)}"


def _share(rubric: Rubric, dimension: Dimension, earned: Mapping[str, Fraction]) -> Share | None:
    means = list(_means(rubric, dimension, earned))
    if not means:
        return None
    weight = sum((one for _, one, _, _ in means), NOTHING)
    mean = sum((one * got / out_of for _, one, got, out_of in means), NOTHING) / weight
    said = sum_text(
        (got < 0, _addend(name, one, abs(got), out_of)) for name, one, got, out_of in means
    )
    said = f"{said} " if len(means) == 1 and weight == means[0][3] else f"（{said}）"
    text = f"{said}÷ {exact_text(weight)} ＝ {exact_text(mean * SCALE)}"
    due = weight if rubric.excused == "rubric" else Fraction(to_units(dimension.points))
    figure = mean * due
    if rubric.rounding == "dimensions":
        rounded = _to_places(rubric, figure)
        text += f"；× {exact_text(due)} ＝ {exact_text(figure)}，先舍入为 {exact_text(rounded)}"
        figure = rounded
    return Share(dimension, figure, due, _per_point(dimension), text)


def _to_places(rubric: Rubric, figure: Fraction) -> Fraction:
    step: int = 10 ** (4 - rubric.places)
    return Fraction(half_up(figure.numerator, figure.denominator * step) * step)


def _addend(name: str, weight: Fraction, got: Fraction, out_of: Fraction) -> str:
    """A group's points as they count in its dimension; those of items in none count as they are."""
    if weight == out_of:
        return f"{name}{exact_text(got)}"
    return f"{name}{exact_text(weight)} × {exact_text(got)} ÷ {exact_text(out_of)}"


def _per_point(dimension: Dimension) -> Fraction:
    return Fraction(dimension.counts) / Fraction(dimension.points)


def _means(
    rubric: Rubric, dimension: Dimension, earned: Mapping[str, Fraction]
) -> Iterator[tuple[str, Fraction, Fraction, Fraction]]:
    """Name, weight, points earned and points that count of each group; last of those in none."""
    groups: dict[str, list[Indicator]] = {name: [] for name in group_points(dimension)}
    for item in dimension.indicators:
        groups.setdefault(item.group, []).append(item)
    points = group_points(dimension)
    for name, items in groups.items():
        out_of = _points([it for it in items if it.id in earned])
        if not out_of:
            continue
        got = sum((earned[it.id] for it in items if it.id in earned), NOTHING)
        weight = out_of
        if name:
            weight = Fraction(to_units(points[name]))
            weight *= 1 if rubric.excused == "group" else out_of / _points(items)
        yield f"{name} " if name else "", weight, got, out_of


def _points(items: list[Indicator]) -> Fraction:
    return Fraction(sum(to_units(it.points) for it in items))

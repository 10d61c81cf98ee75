"""The scale of the total: its ends, and how much of it may be excused."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from rubrics.language.places import Keys, Places
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, problem
from rubrics.values.points import SCALE, limit_units, number_text, share_text

HUNDRED = Decimal(100)


def scale(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-value (an end of the scale, points, a share), rubric-excused-points."""
    for name, end in (("floor", rubric.floor), ("cap", rubric.cap)):
        if end is not None and end != round(end, rubric.places):
            detail = f"总分公布 {rubric.places} 位小数，这里不能更细"
            at = places.at((name,))
            yield problem("rubric-value", at, value=number_text(end), detail=detail)
    if rubric.floor is not None and rubric.cap is not None and rubric.floor >= rubric.cap:
        detail = f"应低于 cap（{number_text(rubric.cap)}）"
        value = number_text(rubric.floor)
        yield problem("rubric-value", places.at(("floor",)), value=value, detail=detail)
    yield from _rounded(rubric, places)
    yield from _excused(rubric, places)


def _rounded(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Points that rounding before adding would change: full marks would be more or less than P."""
    for n, dimension in enumerate(rubric.dimensions):
        found: list[tuple[Keys, Decimal]] = []
        if rubric.rounding == "dimensions":
            found = [(("dimensions", n, "points"), dimension.points)]
        elif rubric.rounding == "items":
            found = [
                (("dimensions", n, "indicators", k, "points"), item.points)
                for k, item in enumerate(dimension.indicators)
            ]
        for keys, points in found:
            if points != round(points, rubric.places):
                detail = f"先舍入到 {rubric.places} 位小数再相加（rounding），分值不能更细"
                value = number_text(points)
                yield problem("rubric-value", places.at(keys), value=value, detail=detail)


def _excused(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """A share that is none; points that mean another share than on a scale of 100."""
    limit, at = rubric.excused_limit, places.at(("excused_limit",))
    share = limit_units(limit, rubric.points) / SCALE / Fraction(rubric.points or 1)
    if not 0 <= share <= 1:
        detail = f"应在 0 到 100% 之间，如 40%；总分是 {number_text(rubric.points)} 分"
        value = share_text(limit) if isinstance(limit, Fraction) else number_text(limit)
        yield problem("rubric-value", at, value=value, detail=detail)
    elif isinstance(limit, Decimal) and (rubric.points != HUNDRED or 0 < limit < 1):
        whole = number_text(rubric.points)
        percent = number_text(round(Decimal(share.numerator) / share.denominator * 100, 1))
        limit_said = number_text(limit)
        yield problem("rubric-excused-points", at, limit=limit_said, points=whole, percent=percent)

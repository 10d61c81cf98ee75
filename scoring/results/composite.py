"""One figure over all rubrics: weighted over those that apply to a school, each out of 100."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import gcd, lcm
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from rubrics.rules.exact import quotient, times
from rubrics.values.points import BoolArray, IntArray, to_units
from scoring.engine.scale import worst
from scoring.results.figures import Figures
from scoring.results.limits import left_out, unranked
from scoring.results.scores import CompositeScore
from scoring.verdict.ranking import ranks
from scoring.verdict.redlines import costs_rank
from scoring.verdict.standing import INAPPLICABLE, NOT_PLANNED, PROVISIONAL

HUNDRED = to_units(100)


def composite(
    figures: Sequence[Figures],
    weights: Mapping[str, Decimal],
    unsettled: Mapping[str, BoolArray] = MappingProxyType({}),
) -> tuple[CompositeScore, ...]:
    """Returns all schools' composite, in roster order; none where the round has no weights.

    A rubric that does not apply to a school gives its weight to the others; one under which the
    plan sends nobody there does not, or different things would be compared. Totals count out of
    100 points, demerits as what is left of them. Without a verdict under one of them there is no
    total. Ranked is who is ranked under every rubric that counts; red lines as in the rubrics' own
    rankings. Rounded to the most places of the rubrics. ``unsettled``: by rubric, of which schools
    something may yet change.
    """
    counted = [item for item in figures if weights.get(item.rubric.id, 0) > 0]
    if not counted:
        return ()
    schools = counted[0].columns.schools
    step = 10 ** (4 - max(item.rubric.places for item in counted))
    upper, lower = _shares(counted, weights, step)
    over: npt.NDArray[Any] = np.zeros(len(schools), np.int64)
    under: npt.NDArray[Any] = np.zeros(len(schools), np.int64)
    there, fit = np.ones(len(schools), bool), np.ones(len(schools), bool)
    red = np.zeros(len(schools), bool)
    for item, up, down in zip(counted, upper, lower, strict=True):
        applies = item.standing.status != INAPPLICABLE
        over = over + np.where(applies, times(_kept(item), up), 0)
        under = under + np.where(applies, down, 0)
        scored = item.totals.there & (item.standing.status <= PROVISIONAL) & ~item.withheld
        there &= ~applies | scored
        fit &= ~applies | (item.ranked.rank > 0)
        red |= applies & costs_rank(item.red_lines, item.ranking.red_line)[0]
    there &= under > 0
    total = quotient(over, under) * step
    group = counted[0].group
    ranked = ranks(group, there & fit, [red.astype(np.int64), -total], [])
    sizes = np.bincount(group[there & fit], minlength=len(counted[0].group_names))
    waits = [unsettled[one.rubric.id] for one in counted if one.rubric.id in unsettled]
    waiting = np.any(waits, axis=0) if waits else np.zeros(len(schools), bool)
    still_open = np.bincount(group[waiting], minlength=len(counted[0].group_names))
    return tuple(
        CompositeScore(
            school,
            counted[0].group_names[group[row]],
            int(total[row]) if there[row] else None,
            int(ranked.rank[row]) or None,
            int(sizes[group[row]]),
            {
                item.rubric.id: to_units(weights[item.rubric.id])
                for item in counted
                if item.standing.status[row] != INAPPLICABLE
            },
            "" if ranked.rank[row] else "；".join(_why(counted, row)),
            int(still_open[group[row]]),
            _left_out(counted, row),
        )
        for row, school in enumerate(schools)
    )


def _shares(
    counted: Sequence[Figures], weights: Mapping[str, Decimal], step: int
) -> tuple[list[int], list[int]]:
    """What each rubric's total is multiplied by, and what it adds to the denominator."""
    fulls = [to_units(item.rubric.points) for item in counted]
    own = [to_units(weights[item.rubric.id]) for item in counted]
    whole = lcm(*fulls)
    upper = [w * HUNDRED * whole // full for w, full in zip(own, fulls, strict=True)]
    lower = [w * whole * step for w in own]
    common = gcd(*upper, *lower)
    return [value // common for value in upper], [value // common for value in lower]


def _kept(figures: Figures) -> IntArray:
    """The totals above the worst: of demerits, what is left of the rubric's points."""
    return figures.total - worst(figures.rubric, figures.rubric.points)


def _why(counted: Sequence[Figures], row: int) -> Iterator[str]:
    """Why a school has no place, rubric by rubric."""
    applying = [item for item in counted if item.standing.status[row] != INAPPLICABLE]
    if not applying:
        yield "没有适用的细则"
    if told := _left_out(counted, row):
        yield told
        return
    for item in applying:
        if text := unranked(item, row):
            yield f"{item.rubric.title}：{text}"


def _left_out(counted: Sequence[Figures], row: int) -> str:
    """Why the plan sends nobody to a school under any rubric; empty where it does under some."""
    found = {int(item.standing.status[row]) for item in counted} - {INAPPLICABLE}
    return left_out(counted[0]) if found == {NOT_PLANNED} else ""

"""What totals owe to who happened to answer: questionnaires that some of the people filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.slots import address, slots
from rubrics.rules import PeriodLength, Survey, joined
from rubrics.values.points import SCALE, IntArray
from scoring.engine.codes import CHECKED
from scoring.engine.columns import Columns
from scoring.engine.records import entries_of, score_records
from scoring.fairness.ratings import Floats, Ratings


def sampling_variance(
    rubric: Rubric, columns: Columns, elapsed: Mapping[PeriodLength, int], ratings: Ratings
) -> Floats:
    """Returns schools: the variance that questionnaires bring into the total, in squared points.

    Those who answered are taken as drawn from those who were asked, without return (Cochran 1977,
    ch. 3), the share of the satisfied as (s + 1) / (n + 2), so that a unanimous few are not taken
    for certain. One standard deviation more and fewer satisfied are scored by the rule itself,
    caps and bands included. All records of a school are of one questionnaire; where everybody
    answered nothing is added. ``ratings``: of the same ``columns``.
    """
    found = np.zeros(columns.rows)
    for item in rubric.indicators:
        for part in item.rule.simple_parts(item.points):
            if isinstance(part.rule, Survey):
                found += _of_part(rubric, columns, item, part.id, elapsed) ** 2
    weight = np.ones(columns.rows)
    if rubric.scale == "merits":
        there = (ratings.there * ratings.worth).sum(axis=1)
        weight = float(rubric.points) / np.where(there > 0, there, np.inf)
    count = np.bincount(columns.school, minlength=len(columns.schools))
    whole = np.bincount(columns.school, found * weight**2, len(columns.schools))
    return np.asarray(whole / np.maximum(count, 1))


def _of_part(
    rubric: Rubric,
    columns: Columns,
    item: Indicator,
    part: str,
    elapsed: Mapping[PeriodLength, int],
) -> Floats:
    """Records: the standard deviation of an indicator's points by one questionnaire."""
    own = {slot.key: columns.slots[address(item.id, slot)] for slot in slots(item)}
    at = {name: own[joined(part, name)] for name in ("satisfied", "returned", "sent")}
    said, answered, asked = (columns.units[:, place] / SCALE for place in at.values())
    share = (said + 1) / (answered + 2)
    left = np.clip((asked - answered) / np.maximum(asked - 1, 1), 0, 1)
    off = np.sqrt(answered * share * (1 - share) * left)
    ends = (np.clip(said + way * off, 0, answered) for way in (1, -1))
    more, fewer = (_points(rubric, columns, item, at["satisfied"], it, elapsed) for it in ends)
    return np.asarray((more - fewer) / 2)


def _points(
    rubric: Rubric,
    columns: Columns,
    item: Indicator,
    place: int,
    said: Floats,
    elapsed: Mapping[PeriodLength, int],
) -> Floats:
    units: IntArray = columns.units.copy(order="F")
    units[:, place] = np.round(said * SCALE)
    found = score_records(rubric, item, entries_of(replace(columns, units=units), item, elapsed))
    points: Floats = np.asarray(found.observed, np.float64) / SCALE
    return np.asarray(points * (found.states == CHECKED))

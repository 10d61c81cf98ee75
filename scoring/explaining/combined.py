"""How the figures of several records became one, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from inspections.records.record import Record
from inspections.round.round import Combining, Round
from rubrics.language.rubric import Rubric
from rubrics.values.points import BoolArray, IntArray
from scoring.engine.combining import (
    inspector_weights,
    inspectors_parts,
    of_inspectors,
    of_visits,
    visits_parts,
)
from scoring.engine.scale import turned
from scoring.explaining.exact_text import exact_text
from scoring.results.published import points_text

_KINDER = "按有利于学校的计"
_WORST = {"merits": "取最低", "demerits": "取最高"}


class Combined(NamedTuple):
    """Units, exactly, and how they came about; no text where there was one record."""

    units: Fraction
    text: str


def combined(
    rubric: Rubric,
    figures: Sequence[tuple[Record, Fraction]],
    visits: Sequence[Record],
    settings: Round,
    disputed: Mapping[str, Sequence[int]] = MappingProxyType({}),
) -> Combined:
    """Returns one figure of those of several records; at least one must be there.

    ``visits`` are all records of the school under the rubric: an occasion's day is its latest.
    ``disputed``: what each record came to as it was entered, by the occasions on which inspectors
    do not agree on facts.
    """
    combining = settings.combining
    others = sorted({visit.key.occasion for visit in visits} - set(settings.occasions))
    steps: list[str] = []
    each: dict[str, Fraction] = {}
    for name in (*settings.occasions, *others):
        own = [units for visit, units in figures if visit.key.occasion == name]
        who = [visit.key.inspector for visit, _ in figures if visit.key.occasion == name]
        if not own:
            if disputed.get(name):
                # As entered some have points; the finding that stands leaves them none to count.
                steps.append(f"{name} 事实不一致，{_KINDER}，这一次不计分")
            continue
        each[name] = _of_inspectors(rubric, own, who, combining)
        if len(own) > 1:
            agree = combining.facts == "agreed" and len(set(own)) == 1
            word = "一致" if agree else _word(rubric, combining, who)
            if name in disputed:
                word = "事实不一致，先" + (_KINDER if agree else f"{_KINDER}，再{word}")
            listed = "、".join(_n(Fraction(units)) for units in disputed.get(name, own))
            steps.append(f"{name} {len(own)} 份检查表（{listed}）{word}，得 {_n(each[name])}")
        else:
            steps.append(f"{name} 1 份检查表，得 {_n(own[0])}")
    if len(each) == 1:
        told = len(figures) > 1 or len(steps) > 1
        return Combined(next(iter(each.values())), "；".join(steps) if told else "")
    units = _of_visits(rubric, each, visits, combining)
    steps.append(f"各次{_visits_word(rubric, combining, each)}，得 {_n(units)}")
    return Combined(units, "；".join(steps))


def _of_inspectors(
    rubric: Rubric, own: Sequence[Fraction], who: Sequence[str], combining: Combining
) -> Fraction:
    deep, present = _layers(rubric, own)
    weights = None
    if combining.inspectors == "weighted":
        weights = np.array(inspector_weights(combining, who), np.int64)[:, np.newaxis]
    parts = inspectors_parts(combining, len(own), weights)
    found = of_inspectors(deep, present, combining, parts, weights)
    return turned(rubric, Fraction(found.item()) / parts)


def _of_visits(
    rubric: Rubric, each: dict[str, Fraction], visits: Sequence[Record], combining: Combining
) -> Fraction:
    deep, present = _layers(rubric, list(each.values()))
    days = [max(v.day for v in visits if v.key.occasion == name) for name in each]
    ordinals = np.array([[day.toordinal()] for day in days], np.int64)
    parts = visits_parts(combining, list(each))
    found = of_visits(deep, present, combining, list(each), ordinals, parts)
    return turned(rubric, Fraction(found.item()) / parts)


def _layers(rubric: Rubric, values: Sequence[Fraction]) -> tuple[IntArray, BoolArray]:
    deep = turned(rubric, np.array(values, object))[:, np.newaxis, np.newaxis]
    return deep, np.ones(deep.shape, bool)


def _word(rubric: Rubric, combining: Combining, who: Sequence[str]) -> str:
    if combining.inspectors == "trimmed" and len(who) >= combining.trim_from:
        return _trimmed(combining.trim)
    if combining.inspectors == "weighted":
        own = zip(who, inspector_weights(combining, who), strict=True)
        told = "、".join(f"{name} {points_text(weight)}" for name, weight in own)
        return f"按权重（{told}）"
    return {
        "mean": "取平均",
        "median": "取中位数",
        "trimmed": "取平均",
        "worst": _WORST[rubric.scale],
    }[combining.inspectors]


def _trimmed(trim: int) -> str:
    count = {1: "一", 2: "两"}.get(trim, str(trim))
    return f"去掉{count}个最高、{count}个最低再平均"


def _visits_word(rubric: Rubric, combining: Combining, each: dict[str, Fraction]) -> str:
    weights = [f"{name} {combining.weights[name]}" for name in each if name in combining.weights]
    if combining.visits == "trimmed" and len(each) >= combining.trim_visits_from:
        return _trimmed(combining.trim_visits)
    return {
        "mean": "取平均",
        "trimmed": "取平均",
        "median": "取中位数",
        "weighted": f"按权重（{'、'.join(weights)}）" if weights else "取平均",
        "latest": "取最近一次",
        "worst": _WORST[rubric.scale],
    }[combining.visits]


def _n(units: Fraction) -> str:
    return exact_text(units)

"""How the figures of several records became one, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from inspections.records.record import Record
from inspections.round.round import Combining, Round
from rubrics.values.points import BoolArray, IntArray, from_units, to_units
from scoring.engine.combining import latest, mean, trimmed, weighted, worst
from scoring.engine.medians import median


class Combined(NamedTuple):
    """Units (1/10000 point), and how they came about; no text where there was one record."""

    units: int
    text: str


def combined(
    figures: Sequence[tuple[Record, int]],
    visits: Sequence[Record],
    settings: Round,
    *,
    demerits: bool,
) -> Combined:
    """Returns one figure of those of several records; at least one must be there.

    ``visits`` are all records of the school under the rubric: an occasion's day is its latest.
    """
    combining = settings.combining
    others = sorted({visit.key.occasion for visit in visits} - set(settings.occasions))
    steps: list[str] = []
    each: dict[str, int] = {}
    for name in (*settings.occasions, *others):
        own = [units for visit, units in figures if visit.key.occasion == name]
        if not own:
            continue
        each[name] = _of_inspectors(own, combining, demerits)
        if len(own) > 1:
            word = _word(combining, len(own), demerits)
            listed = "、".join(_n(units) for units in own)
            steps.append(f"{name} {len(own)} 份检查表（{listed}）{word}，得 {_n(each[name])}")
        else:
            steps.append(f"{name} 1 份检查表，得 {_n(own[0])}")
    if len(each) == 1:
        return Combined(next(iter(each.values())), steps[0] if len(figures) > 1 else "")
    units = _of_visits(each, visits, combining, demerits)
    steps.append(f"各次{_visits_word(combining, each, demerits)}，得 {_n(units)}")
    return Combined(units, "；".join(steps))


def _of_inspectors(own: Sequence[int], combining: Combining, demerits: bool) -> int:
    deep, present = _layers(own)
    match combining.inspectors:
        case "mean":
            found = mean(deep, present)
        case "median":
            found = median(deep, present)
        case "trimmed":
            found = trimmed(deep, present, combining.trim_from)
        case "worst":
            found = worst(deep, present, demerits)
    return int(found.item())


def _of_visits(
    each: dict[str, int], visits: Sequence[Record], combining: Combining, demerits: bool
) -> int:
    deep, present = _layers(list(each.values()))
    match combining.visits:
        case "mean":
            found = mean(deep, present)
        case "median":
            found = median(deep, present)
        case "worst":
            found = worst(deep, present, demerits)
        case "weighted":
            weights = [to_units(combining.weights.get(name, 0)) for name in each]
            found = weighted(deep, present, np.array(weights, np.int64))
        case "latest":
            days = [max(v.day for v in visits if v.key.occasion == name) for name in each]
            ordinals = np.array([[day.toordinal()] for day in days], np.int64)
            found = latest(deep, present, ordinals)
    return int(found.item())


def _layers(values: Sequence[int]) -> tuple[IntArray, BoolArray]:
    deep = np.array(values, np.int64)[:, np.newaxis, np.newaxis]
    return deep, np.ones(deep.shape, bool)


def _word(combining: Combining, records: int, demerits: bool) -> str:
    if combining.inspectors == "trimmed" and records >= combining.trim_from:
        return "去掉一个最高、一个最低再平均"
    return {
        "mean": "取平均",
        "median": "取中位数",
        "trimmed": "取平均",
        "worst": "取最高" if demerits else "取最低",
    }[combining.inspectors]


def _visits_word(combining: Combining, each: dict[str, int], demerits: bool) -> str:
    weights = [f"{name} {combining.weights[name]}" for name in each if name in combining.weights]
    return {
        "mean": "取平均",
        "median": "取中位数",
        "weighted": f"按权重（{'、'.join(weights)}）" if weights else "取平均",
        "latest": "取最近一次",
        "worst": "取最高" if demerits else "取最低",
    }[combining.visits]


def _n(units: int) -> str:
    return str(from_units(units))

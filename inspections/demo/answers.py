"""What an inspector would have found at a school of a given quality, rule by rule.

``quality`` is the chance, 0 to 1, that any one thing is in order. Answers go by slot key and are
what would be typed: numbers, times of day, ``√`` and ``×``, the name of a level.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from rubrics.rules import (
    AllOrNone,
    Band,
    Bands,
    Bonus,
    Checklist,
    Composite,
    Deduct,
    Discretionary,
    EnteredPoints,
    ExtraRule,
    Grade,
    Linear,
    Penalty,
    PeriodLength,
    Quota,
    Ratio,
    Reading,
    RuleKind,
    Survey,
    Threshold,
    Votes,
    joined,
)
from rubrics.rules.between import DAY, keys_of
from rubrics.values.conditions import Traits
from rubrics.values.ranges import Range

Typed: TypeAlias = int | float | str | time
Answers: TypeAlias = dict[str, Typed]


def answers(
    rule: RuleKind | ExtraRule,
    points: Decimal,
    traits: Traits,
    elapsed: Mapping[PeriodLength, int],
    quality: float,
    chance: random.Random,
) -> Answers:
    """Returns what is typed into every slot of ``rule``, whose P is ``points``."""

    def fine(weight: float = 1) -> bool:
        return chance.random() > (1 - quality) * weight

    match rule:
        case Deduct():
            return {
                fault.id or "": 0
                if fine(0.6 if fault.each * 2 <= points else 0.15)
                else chance.randint(1, 1 + int(points / fault.each / 3))
                for fault in rule.faults
            }
        case Checklist():
            return {item.id: _mark(fine()) for item in rule.items}
        case AllOrNone():
            return {item.id: _mark(fine(0.3)) for item in rule.requirements} or {
                "": _mark(fine(0.3))
            }
        case EnteredPoints():
            best = levels(rule, points)
            return {"": best[_misses(quality, len(best), chance)]}
        case Discretionary():
            if fine():
                return {"": 0}
            return {"": _number(rule.least), "reason": "执行不够到位"}
        case Grade():
            best = levels(rule, points)
            return {"": best[_short_of_best(quality, len(best), chance)]}
        case Threshold():
            return {
                key: _reading(reading, fine(0.4), chance)
                for reading in rule.readings
                if not reading.start
                for key in _samples_taken(reading, chance)
            } | {
                key: value
                for reading in rule.readings
                if reading.start
                for apart in [_reading(reading, fine(0.4), chance)]
                for key, value in _pair(reading.keys[0], reading.measure, apart).items()
            }
        case Bands():
            band = _band(rule.bands, quality, chance)
            whole = rule.measure == "time"
            if rule.start:
                return _pair("", rule.measure, _inside(band.range, chance))
            return {key: _typed(_inside(band.range, chance), whole) for key in rule.keys}
        case Linear():
            zero, full = float(rule.zero.value), float(rule.full.value)
            return {
                "": round(zero + (full - zero) * (1 if fine() else chance.uniform(0.6, 0.95)), 1)
            }
        case Ratio():
            due = chance.randint(20, 60) * (1000 if rule.unit == "元" else 1)
            if rule.quotient:
                least = chance.uniform(0.7, 0.99)
                each = float(rule.full) if rule.full else _inside(rule.bands[0].range, chance)
                return {"have": round(due * each * (1 if fine() else least), 1), "due": due}
            have = due if fine() else int(due * chance.uniform(0.7, 0.99))
            return {"have": have, "due": due}
        case Quota():
            required = rule.times * elapsed[rule.per]
            return {"": max(0, required - _misses(quality, 4, chance))}
        case Votes():
            return _ballots(rule, traits, quality, chance)
        case Survey():
            sent = chance.randint(60, 160)
            returned = sent - chance.randint(0, sent // 8)
            rate = min(1.0, chance.uniform(quality - 0.08, quality + 0.08))
            return {"satisfied": max(int(returned * rate), 0), "returned": returned, "sent": sent}
        case Composite():
            return {
                joined(part.id, key): value
                for part in rule.simple_parts(points, traits)
                for key, value in answers(
                    part.rule, part.points, traits, elapsed, quality, chance
                ).items()
            }
        case ExtraRule() if rule.bands:
            return {"": _typed(_inside(_band(rule.bands, quality, chance).range, chance), False)}
        case Bonus():
            return {"": 1} if chance.random() < quality - 0.7 else {}
        case Penalty():
            return {} if fine(0.3) else {"": 1}
    raise AssertionError(rule.kind)


def levels(rule: RuleKind, points: Decimal) -> list[Typed]:
    """Returns what an inspector chooses from, the best first; nothing where facts decide."""
    match rule:
        case Grade():
            return [*sorted(rule.levels, key=lambda name: -rule.levels[name])]
        case EnteredPoints():
            steps = range(int(points / rule.step) + 1)
            allowed = rule.values or [points - rule.step * step for step in steps]
            return [_number(value) for value in sorted(allowed, reverse=True)]
    return []


def _mark(in_order: bool) -> str:
    return "√" if in_order else "×"


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _misses(quality: float, most: int, chance: random.Random) -> int:
    """How many steps short of the best: mostly none, fewer the better the school."""
    misses = 0
    while misses < most - 1 and chance.random() > quality:
        misses += 1
    return misses


def _short_of_best(quality: float, most: int, chance: random.Random) -> int:
    """How many levels short of the best: the best is for few, whoever does as usual gets the next.

    Of two levels the better one is what is usual.
    """
    if most == 2:
        return _misses(quality, most, chance)
    short = chance.gauss(min(8 * (1 - quality), 1.8), min(0.6, 4 * (1 - quality)))
    return min(max(round(short), 0), most - 1)


def _band(bands: tuple[Band, ...], quality: float, chance: random.Random) -> Band:
    best = sorted(bands, key=lambda band: -band.points)
    return best[_misses(quality, len(best), chance)]


def _inside(wanted: Range, chance: random.Random) -> float:
    """A plausible number in the range: a whole one, where the range has any."""
    low = None if wanted.low is None else float(wanted.low)
    high = None if wanted.high is None else float(wanted.high)
    if low is None and high is None:
        return 0
    if low is None or high is None:
        edge = high if low is None else low
        assert edge is not None
        room = max(min(abs(edge) * 0.25, 20), 0.5)
        low, high = (edge - room, edge) if low is None else (edge, edge + room)
        if edge >= 0:
            low = max(low, 0)
    whole = [n for n in range(math.floor(low), math.ceil(high) + 1) if Decimal(n) in wanted]
    if whole:
        return chance.choice(whole)
    return round(low + (high - low) * chance.uniform(0.1, 0.9), 2)


def _reading(reading: Reading, passes: bool, chance: random.Random) -> Typed:
    wanted = reading.within
    value = _inside(wanted, chance)
    if not passes and wanted.high is not None and (wanted.low is None or chance.random() < 0.5):
        value = float(wanted.high) + max(1, abs(float(wanted.high)) * 0.1)
    elif not passes and wanted.low is not None:
        value = float(wanted.low) - max(1, abs(float(wanted.low)) * 0.1)
    return _typed(value, reading.measure == "time")


def _pair(key: str, measure: str, apart: Typed) -> Answers:
    """A pair of times or dates that lie so far apart."""
    assert isinstance(apart, (int, float))
    start, end = keys_of(key)
    if measure == "days_between":
        first = date(2026, 3, 2)
        return {start: first.isoformat(), end: (first + timedelta(days=int(apart))).isoformat()}
    return {start: _typed(10 * 60, True), end: _typed((10 * 60 + int(apart)) % DAY, True)}


def _typed(value: float, is_time: bool) -> Typed:
    if is_time:
        hours, minutes = divmod(int(value), 60)
        return time(min(hours, 23), minutes)
    return int(value) if value == int(value) else round(value, 2)


def _samples_taken(reading: Reading, chance: random.Random) -> list[str]:
    if reading.samples == 1:
        return reading.keys
    return reading.keys[: chance.randint(min(3, reading.samples), reading.samples)]


def _ballots(rule: Votes, traits: Traits, quality: float, chance: random.Random) -> Answers:
    members = traits.get("正式党员数")
    entitled = max(int(members) if isinstance(members, Decimal) else 0, 5)
    cast = entitled - chance.randint(0, entitled // 10)
    counts = dict.fromkeys(rule.options, 0)
    best = sorted(rule.options, key=lambda name: -rule.options[name])
    for _ in range(cast):
        counts[best[_misses(min(quality, 0.95), len(best), chance)]] += 1
    return {**counts, "invalid": 0, "entitled": entitled}

"""What one rule gives for one set of entries: points, or why there are none.

On merits the points earned, on demerits the points charged. ``P`` is the points of the indicator
or of the part of a composite, ``entered`` the values by slot key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from statistics import median
from typing import TypeAlias

from rubrics.rules import (
    AllOrNone,
    Band,
    Bands,
    Checklist,
    Composite,
    Deduct,
    Discretionary,
    EnteredPoints,
    Fault,
    Grade,
    Linear,
    Quota,
    Ratio,
    Reading,
    Rule,
    SimpleRule,
    Survey,
    Threshold,
    Votes,
)
from rubrics.values.ranges import Range
from tests.reference.conditions import applies
from tests.reference.exact import NOTHING, between, exact, inside

Entered: TypeAlias = Mapping[str, Decimal | str]
Elapsed: TypeAlias = Mapping[str, int]
Traits: TypeAlias = Mapping[str, str | Decimal]


@dataclass(frozen=True)
class Excused:
    """It leaves the denominator."""

    why: str


@dataclass(frozen=True)
class Unchecked:
    """It was not established; it has to be looked at again."""

    why: str


Outcome: TypeAlias = Fraction | Excused | Unchecked


def outcome(
    rule: Rule,
    points: Fraction,
    entered: Entered,
    *,
    elapsed: Elapsed,
    traits: Traits,
    merits: bool,
) -> Outcome:
    if isinstance(rule, Composite):
        return composite(rule, points, entered, elapsed, traits)
    return simple(rule, points, entered, elapsed, merits)


def simple(
    rule: SimpleRule, p: Fraction, entered: Entered, elapsed: Elapsed, merits: bool
) -> Outcome:
    def number(key: str = "") -> Fraction:
        value = entered[key]
        assert isinstance(value, Decimal)
        return exact(value)

    def less(loss: Fraction, floor: Decimal = Decimal(0)) -> Fraction:
        """P less what is lost, not below the floor; demerits: what is lost, P at most."""
        return max(exact(floor), p - loss) if merits else min(p, loss)

    match rule:
        case Deduct():
            return less(
                sum((cost(f, int(number(f.id or ""))) for f in rule.faults), NOTHING), rule.floor
            )
        case Checklist():
            missing = [item for item in rule.items if number(item.id) == 0]
            if rule.at_least is not None and rule.each is not None:
                there = len(rule.items) - len(missing)
                return less(max(0, rule.at_least - there) * exact(rule.each))
            prices = [rule.each if item.points is None else item.points for item in missing]
            return less(sum((exact(price) for price in prices if price is not None), NOTHING))
        case AllOrNone():
            keys = [item.id for item in rule.requirements] or [""]
            met = sum(number(key) == 1 for key in keys)
            return less(NOTHING if met >= (rule.at_least or len(keys)) else p)
        case EnteredPoints():
            return number()
        case Discretionary():
            return less(number())
        case Grade():
            return p * exact(rule.levels[str(entered[""])])
        case Threshold():
            kinds = sum(bool(readings_of(reading, entered)) for reading in rule.readings)
            if kinds < (rule.at_least or 0):
                return Unchecked("测得太少")
            failing = [
                p if reading.each is None else exact(reading.each)
                for reading in rule.readings
                for value in readings_of(reading, entered)
                if not inside(reading.within, value)
            ]
            return less(sum(failing, NOTHING))
        case Bands():
            count = rule.mean_of * rule.median_of * rule.worst_of  # two of them are 1
            taken = list(samples("", count, entered)) or [apart("", rule.measure, entered)]
            if rule.worst_of > 1:
                points = [banded(rule.bands, one) for one in taken]
                return min(points) if merits else max(points)
            if rule.median_of > 1:
                return banded(rule.bands, median(taken))
            return banded(rule.bands, sum(taken, NOTHING) / len(taken))
        case Linear():
            zero, full = exact(rule.zero.value), exact(rule.full.value)
            return between(NOTHING, p * (number() - zero) / (full - zero), top(rule, p))
        case Ratio():
            return ratio(rule, p, number("have"), number("due"))
        case Quota():
            required = rule.times * elapsed[rule.per]
            return less(max(NOTHING, required - number()) * exact(rule.each), rule.floor)
        case Votes():
            ballots = {name: int(number(name)) for name in rule.options}
            return votes(rule, p, ballots, number("entitled"))
        case Survey():
            return survey(rule, p, number("satisfied"), number("returned"), number("sent"))


def top(rule: Linear | Ratio, p: Fraction) -> Fraction:
    return p if rule.ceiling is None else exact(rule.ceiling)


def cost(fault: Fault, count: int) -> Fraction:
    """The first ones at ``each``, from the ``repeat_from``-th on at ``repeat_each``."""
    dear = 0
    if fault.repeat_from is not None:
        dear = max(0, count - (fault.repeat_from - 1))
    total = (count - dear) * exact(fault.each)
    if fault.repeat_each is not None:
        total += dear * exact(fault.repeat_each)
    return total if fault.limit is None else min(total, exact(fault.limit))


def samples(key: str, count: int, entered: Entered) -> Iterator[Fraction]:
    """The readings that were taken; further samples may be blank."""
    keys = [key] if count == 1 else [f"{key}.{n}" if key else f"{n}" for n in range(1, count + 1)]
    for name in keys:
        value = entered.get(name)
        if value is not None:
            assert isinstance(value, Decimal)
            yield exact(value)


def readings_of(reading: Reading, entered: Entered) -> list[Fraction]:
    if not reading.start:
        return list(samples(reading.id or "", reading.samples, entered))
    if f"{reading.id}.end" not in entered and "end" not in entered:
        return []
    return [apart(reading.id or "", reading.measure, entered)]


def apart(key: str, measure: str, entered: Entered) -> Fraction:
    """Minutes from one time to the next such time, or days from date to date."""
    start, end = (entered[f"{key}.{end}" if key else end] for end in ("start", "end"))
    assert isinstance(start, Decimal) and isinstance(end, Decimal)
    if measure == "days_between":
        return exact(end - start)
    return exact(end - start) % (24 * 60)


def banded(bands: tuple[Band, ...], value: Fraction) -> Fraction:
    (points,) = [band.points for band in bands if inside(band.range, value)]
    return exact(points)


def ratio(rule: Ratio, p: Fraction, have: Fraction, due: Fraction) -> Outcome:
    if due == 0:
        return Excused("应有数为 0")
    if rule.per_point is not None and rule.full is not None:
        below = max(NOTHING, (rule.full - have / due) * 100)
        if rule.part_points != "proportion":
            below = Fraction(ceil(below) if rule.part_points == "whole" else floor(below))
        return max(exact(rule.floor), p - below * exact(rule.per_point))
    have *= rule.every
    if rule.each is not None:
        return max(exact(rule.floor), p - (due - have) * exact(rule.each))
    if rule.full is not None:
        return min(top(rule, p), p * have / due / rule.full)
    (points,) = [band.points for band in rule.bands if inside(as_shares(band.range), have / due)]
    return exact(points)


def as_shares(span: Range) -> Range:
    """Per cents of a ratio are hundredths."""
    low, high = (
        None if end is None else exact(end) / (100 if kind == "percent" else 1)
        for end, kind in ((span.low, span.low_kind), (span.high, span.high_kind))
    )
    return Range(low, span.low_closed, high, span.high_closed, span.text)


def votes(rule: Votes, p: Fraction, ballots: dict[str, int], entitled: Fraction) -> Outcome:
    valid = sum(ballots.values())
    if valid == 0 or valid < rule.quorum * entitled:
        return Unchecked("测评无效")
    cast = sorted(
        exact(rule.options[name]) for name, count in ballots.items() for _ in range(count)
    )
    if rule.trim_from is not None and valid >= rule.trim_from:
        cast = cast[1:-1]
    return p * sum(cast, NOTHING) / len(cast)


def survey(
    rule: Survey, p: Fraction, satisfied: Fraction, returned: Fraction, sent: Fraction
) -> Outcome:
    if returned < rule.min_returned or returned / sent < rule.min_rate:
        return Excused("样本不足")
    return p * min(Fraction(1), satisfied / returned / rule.full)


def leaves(rule: Rule, way: str = "") -> Iterator[tuple[str, SimpleRule]]:
    """The rules without parts that a rule consists of, with the ids that lead to each."""
    if not isinstance(rule, Composite):
        yield way, rule
        return
    for part in rule.parts:
        yield from leaves(part.rule, f"{way}.{part.id}" if way else part.id)


def composite(
    rule: Composite, p: Fraction, entered: Entered, elapsed: Elapsed, traits: Traits
) -> Outcome:
    kept: list[tuple[Fraction, Fraction]] = []  # (earned, points) of the parts that count
    for part in rule.parts:
        if not applies(part.when, traits):
            continue
        own = p if part.points is None else exact(part.points)
        mine = {
            key.removeprefix(part.id).removeprefix("."): value
            for key, value in entered.items()
            if key == part.id or key.startswith(part.id + ".")
        }
        result = outcome(part.rule, own, mine, elapsed=elapsed, traits=traits, merits=True)
        if isinstance(result, Unchecked):
            return result
        if isinstance(result, Fraction):
            kept.append((result, own))
    if not kept:
        return Excused("各部分都不适用")
    earned = sum((part[0] for part in kept), NOTHING)
    possible = sum((part[1] for part in kept), NOTHING)
    match rule.combine:
        case "sum" if len(kept) < len(rule.parts):
            return min(p, earned * p / possible)
        case "sum":
            return min(p, earned)
        case "min":
            return min(mine * p / own for mine, own in kept)
        case "max":
            return max(mine * p / own for mine, own in kept)
        case "product":
            product = p
            for mine, own in kept:
                product *= mine / own
            return min(p, product)
        case "losses":
            return max(NOTHING, p - (possible - earned))

"""Every grade, condition and limit can have an effect on some school.

Totals are looked at with more as better, so that demerits stand below 0, in units of 1/10000.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from rubrics.checking.outcomes import totals_of
from rubrics.checking.repeats import all_repeats
from rubrics.checking.walk import red_lines
from rubrics.language.places import Keys, Places
from rubrics.language.rubric import Dimension, Extras, GradeBand, Rubric
from rubrics.messages.problems import Problem, problem
from rubrics.rules.exact import unit_ends
from rubrics.values.points import SCALE, number_text, plain, to_units


def reach(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-unreachable."""
    for keys, what, detail in (*_idle(rubric), *_unreached(rubric)):
        yield problem("rubric-unreachable", places.at(keys), what=what, detail=detail)


@dataclass(frozen=True, slots=True)
class Span:
    """Between which totals (units, more is better) all published ones lie, in steps."""

    least: int
    most: int
    step: int
    demerits: bool

    def said(self, units: int) -> str:
        """A total as it is published."""
        return number_text(plain(Decimal(-units if self.demerits else units) / SCALE))


def span_of(rubric: Rubric) -> Span:
    """Returns between which totals a rubric's schools lie, bonus, penalty, floor, cap included."""
    points, demerits = to_units(rubric.points), rubric.scale == "demerits"
    least, most = (-points, 0) if demerits else _beyond(rubric)
    most += _extra(rubric.bonus)
    least -= _extra(rubric.penalty)
    low, high = rubric.floor, rubric.cap
    if demerits:
        low, high = (None if high is None else -high), (None if low is None else -low)
    if low is not None:
        least, most = max(least, to_units(low)), max(most, to_units(low))
    if high is not None:
        least, most = min(least, to_units(high)), min(most, to_units(high))
    if any(line.consequence.zero_total for _, line, _ in red_lines(rubric)):
        least, most = min(least, 0), max(most, 0)
    return Span(least, most, 10 ** (4 - rubric.places), demerits)


def _beyond(rubric: Rubric) -> tuple[int, int]:
    """The fewest and the most that indicators come to (units), whichever of them are excused."""
    counted = [item for item in rubric.indicators if item.points]
    low = min((Fraction(item.lowest) / Fraction(item.points) for item in counted), default=0)
    high = max((Fraction(item.highest) / Fraction(item.points) for item in counted), default=1)
    points = Fraction(rubric.points)
    return to_units(points * min(low, Fraction(0))), to_units(points * max(high, Fraction(1)))


def _extra(extras: Extras | None) -> int:
    """The most that bonus or penalty comes to (units)."""
    if extras is None:
        return 0
    return to_units(min(extras.cap, sum((it.rule.most for it in extras.items), Decimal(0))))


def _unreached(rubric: Rubric) -> Iterator[tuple[Keys, str, str]]:
    """Grades that no total, no limit and no red line leads to."""
    span, named, last = span_of(rubric), _led_to(rubric), len(rubric.grades) - 1
    possible = totals_of(rubric)
    beyond, above = span.most + span.step, ""
    for n, band in enumerate(rubric.grades):
        end = _end(rubric, band, span) if n < last else None
        from_ = span.least if end is None else max(end, span.least)
        detail = ""
        if from_ > span.most:
            ends = ("最多", "最少") if not span.demerits else ("最少", "最多")
            detail = f"总分{ends[0]} {span.said(span.most)} 分"
        elif from_ >= beyond:
            detail = f"总分{'最多' if span.demerits else '最低'} {span.said(span.least)} 分"
            if span.least < beyond:
                detail = f"它的范围都够得上“{above}”"
        elif possible is not None and not any(from_ <= one < beyond for one in possible):
            detail = "只有一份检查表时，按各指标能得的分，总分不会落在这里"
        elif n < last and (lowest := _lowest(rubric, band)) >= beyond:
            said = "不超过" if span.demerits else "不低于"
            detail = f"够得上它的条件的，总分都{said} {span.said(lowest)} 分，够得上“{above}”"
        if detail and band.grade not in named:
            yield ("grades", n), f"等次“{band.grade}”", detail
        if end is not None and not list(_can_fail(rubric, band)) and end < beyond:
            beyond, above = end, band.grade


def _end(rubric: Rubric, band: GradeBand, span: Span) -> int | None:
    """The lowest published total that reaches a band; None where every one does."""
    low, high = unit_ends(band.range)
    if not span.demerits:
        return None if low is None else ceil(Fraction(low) / span.step) * span.step
    return None if high is None else -(floor(Fraction(high) / span.step) * span.step)


def _led_to(rubric: Rubric) -> set[str]:
    """Grades that a limit, a red line or a repeated fault gives, whatever the total."""
    lines = [line.consequence for _, line, _ in red_lines(rubric)]
    names = [name for does in lines for name in (does.grade, does.ceiling) if name]
    names += [name for it in rubric.key_limits for name in (it.grade, it.ceiling) if name]
    names += [it.ceiling for _, it in all_repeats(rubric) if it.ceiling]
    if any(does.lower for does in lines):
        names += [band.grade for band in rubric.grades[1:]]
    return set(names)


def _lowest(rubric: Rubric, band: GradeBand) -> int:
    """Returns a total below which no school meets the conditions of a band (units)."""
    free = any(item.when or item.excusable for item in rubric.indicators)
    kept = [_kept(band, dimension, free) for dimension in rubric.dimensions]
    points = Fraction(rubric.points)
    least = min(kept) * points if free else Fraction(0)
    if not free:
        least = sum(
            (
                share * Fraction(it.points)
                for share, it in zip(kept, rubric.dimensions, strict=True)
            ),
            Fraction(0),
        )
    base = Fraction(0) if rubric.scale == "merits" else -points
    return floor((base + least) * SCALE) - _extra(rubric.penalty)


def _kept(band: GradeBand, dimension: Dimension, free: bool) -> Fraction:
    """Which share of a dimension's points a band's conditions leave at least.

    ``free``: what it consists of differs from school to school, so that only shares are known.
    """
    share = max(band.dimensions_at_least or Fraction(0), band.at_least.get(dimension.id, 0))
    if free or not dimension.points:
        return Fraction(share)
    lost = Fraction(0)
    for item in dimension.indicators:
        most = Fraction(item.points - item.lowest)
        if item.id in band.at_least:
            most = Fraction(item.points) * (1 - band.at_least[item.id])
        if band.largest_at_most is not None:
            most = min(most, Fraction(band.largest_at_most))
        lost += most
    return max(Fraction(share), 1 - lost / Fraction(dimension.points))


def _can_fail(rubric: Rubric, band: GradeBand) -> Iterator[str]:
    """Yields the conditions of a band that some school may fail."""
    for name, condition, most in _counted(rubric, band):
        if condition < most:
            yield name
    if band.dimensions_at_least is not None:
        yield "dimensions_at_least"
    yield from ("at_least" for _ in band.at_least)


def _counted(rubric: Rubric, band: GradeBand) -> Iterator[tuple[str, Decimal | int, Decimal | int]]:
    """Yields (condition, how many or how much it allows, how many or how much there can be)."""
    if band.key_failed_at_most is not None:
        keys = sum(item.key is not None for item in rubric.indicators)
        yield "key_failed_at_most", band.key_failed_at_most, keys
    for tier, allowed in band.tier_failed_at_most.items():
        there = sum(item.tier == tier for item in rubric.indicators)
        yield "tier_failed_at_most", allowed, there
    if band.largest_at_most is not None:
        largest = max(item.points - item.lowest for item in rubric.indicators)
        yield "largest_at_most", band.largest_at_most, largest


def _idle(rubric: Rubric) -> Iterator[tuple[Keys, str, str]]:
    """Conditions and limits that change no grade."""
    names = [*(band.grade for band in rubric.grades), rubric.ungraded]
    for n, band in enumerate(rubric.grades):
        for name, allowed, there in _counted(rubric, band):
            if allowed >= there:
                said = (
                    f"{number_text(Decimal(there))} {'分' if name == 'largest_at_most' else '项'}"
                )
                what = f"等次“{band.grade}”的条件 {name}: {number_text(Decimal(allowed))}"
                yield ("grades", n, name), what, f"最多只会有 {said}，谁都够得上"
        allowed_keys = band.key_failed_at_most
        for limit in rubric.key_limits:
            bound = names.index(limit.grade or limit.ceiling or names[0])
            if limit.tier is None and allowed_keys and limit.failed <= allowed_keys and bound > n:
                what = f"等次“{band.grade}”的条件 key_failed_at_most: {allowed_keys}"
                detail = f"key_limits 已规定不符合 {limit.failed} 项就只能评“{names[bound]}”"
                yield ("grades", n, "key_failed_at_most"), what, detail
                break
    limits = [
        (it.tier or "", it.failed, names.index(it.grade or it.ceiling or names[0]), n)
        for n, it in enumerate(rubric.key_limits)
    ]
    for _, failed, bound, n in limits:
        if bound == 0:
            detail = f"“{names[0]}”已是最高的等次"
            yield ("key_limits", n), f"不符合 {failed} 项的限制", detail
    for first, then in pairwise(sorted(limits)):
        if first[0] == then[0] and then[2] <= first[2] and then[2] > 0:
            detail = f"不符合 {first[1]} 项时已经最高只能评“{names[first[2]]}”"
            yield ("key_limits", then[3]), f"不符合 {then[1]} 项的限制", detail
    for keys, line, _ in red_lines(rubric):
        if line.consequence.ceiling == names[0]:
            what = f"红线“{line.title}”的 ceiling"
            yield (*keys, "consequence", "ceiling"), what, f"“{names[0]}”已是最高的等次"

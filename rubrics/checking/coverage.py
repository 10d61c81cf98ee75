"""Bands cover what they are for exactly once; ranges can be met, and can be missed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from rubrics.checking.walk import all_rules, number
from rubrics.language.places import Keys, Places
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, problem
from rubrics.rules.model import Band, Bands, Ratio, Reading, Threshold
from rubrics.values.ranges import Range, coverage_faults, parse_range

_WHOLE = parse_range("[0%, 100%]")


def coverage(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-bands-gap, rubric-bands-overlap, rubric-unreachable."""
    for found in all_rules(rubric):
        match found.rule:
            case Bands(domain=domain, measure=measure, bands=bands):
                show = clock if measure == "time" else number
                yield from _bands(bands, domain, show, found.keys, places)
            case Ratio(bands=bands) if bands:
                yield from _bands(bands, _WHOLE, percent, found.keys, places)
            case Threshold(readings=readings):
                for n, reading in enumerate(readings):
                    at = places.at((*found.keys, "readings", n, "within"))
                    for what, detail in _one_sided(reading):
                        yield problem("rubric-unreachable", at, what=what, detail=detail)
    total = Range(Decimal(0), True, rubric.points, True, "")
    spans = [grade.range for grade in rubric.grades]
    for kind, detail in coverage_faults(total, spans, number):
        yield problem(f"rubric-bands-{kind}", places.at(("grades",)), detail=f"总分 {detail}")


def _one_sided(reading: Reading) -> Iterator[tuple[str, str]]:
    if reading.domain is None:
        return
    if not overlaps(reading.domain, reading.within):
        yield f"合格范围 {reading.within}", f"取值只能在 {reading.domain}"
    elif not coverage_faults(reading.domain, [reading.within]):
        yield f"“{reading.label}”的扣分", f"{reading.domain} 全在合格范围 {reading.within} 内"


def _bands(
    bands: tuple[Band, ...],
    domain: Range,
    show: Callable[[Decimal], str],
    keys: Keys,
    places: Places,
) -> Iterator[Problem]:
    for kind, detail in coverage_faults(domain, [band.range for band in bands], show):
        yield problem(f"rubric-bands-{kind}", places.at((*keys, "bands")), detail=detail)
    for n, band in enumerate(bands):
        if not overlaps(domain, band.range):
            at = places.at((*keys, "bands", n))
            detail = f"取值只能在 {domain}"
            yield problem("rubric-unreachable", at, what=f"分档 {band.range}", detail=detail)


def overlaps(first: Range, second: Range) -> bool:
    """Whether some number lies in both."""
    for one, other in ((first, second), (second, first)):
        if one.high is not None and other.low is not None:
            touch = one.high_closed and other.low_closed
            if one.high < other.low or (one.high == other.low and not touch):
                return False
    return True


def percent(value: Decimal) -> str:
    """Returns a share as a percentage."""
    return f"{number(value * 100)}%"


def clock(value: Decimal) -> str:
    """Returns minutes since midnight as a time of day."""
    return f"{int(value) // 60}:{int(value) % 60:02}"

"""One unit for a reading and for all that it is compared with; anything else is refused.

A percentage in a range is compared with a reading in %, a time of day with a time of day, a plain
number with any other reading. Zero is the same in every unit but the hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rubrics.rules.kind import Keys, Wrong
from rubrics.rules.strict_model import Measure
from rubrics.values.amounts import Amount, Number, in_per_cent
from rubrics.values.points import number_text
from rubrics.values.ranges import Range, parse_range

PER_CENT = parse_range("[0, 100]")
"""What a percentage may be where a rubric says nothing else."""

AT_MOST_ALL = parse_range("≤100")
"""The same of one that may fall below 0."""


def foresees_more(spans: Iterable[Range]) -> bool:
    """Whether ranges of a percentage speak of more than 100: 120% of a plan, or all above 100."""
    return any(
        any(end.value > 100 for end in span.ends) or (span.low == 100 and not span.low_closed)
        for span in spans
    )


def odd_ranges(
    label: str, unit: str, measure: Measure, ranges: Iterable[tuple[Keys, Range]]
) -> Iterator[Wrong]:
    """Yields the ranges whose kind of number is not that of the reading ``label``.

    Code: rubric-unit.
    """
    spans = list(ranges)
    if measure == "time" and in_per_cent(unit):
        yield from (
            odd_unit(keys, f"“{label}”读的是时刻，单位却是 %", "删去 unit") for keys, _ in spans
        )
    kinds = [{end.kind for end in span.ends if end.value != 0} for _, span in spans]
    lacking = ({"time"},) if unit else ({"time"}, {"percent"})
    if any(all(one == kind for one in kinds) for kind in lacking) and measure == "number":
        # It is the unit, or the measure, that is missing, once.
        spans = spans[:1]
    for keys, span in spans:
        said = [_odd(label, unit, measure, end, str(span)) for end in span.ends]
        if {end.kind for end in span.ends if end.value != 0} == {"number", "percent"}:
            mixed = f"“{label}”的范围“{span}”一端有百分号，一端没有", "两端都写上百分号"
            said.append(mixed)
        yield from _first(keys, said)
    yield from _lost_signs(label, unit, measure, [(keys, span.ends) for keys, span in spans])


def odd_amounts(
    label: str, unit: str, measure: Measure, amounts: Iterable[tuple[Keys, Amount]]
) -> Iterator[Wrong]:
    """Yields the limits whose kind is not that of the reading; code: rubric-unit."""
    given = list(amounts)
    for keys, amount in given:
        yield from _first(keys, [_odd(label, unit, measure, amount, str(amount))])
    yield from _lost_signs(label, unit, measure, [(keys, (amount,)) for keys, amount in given])


def odd_unit(keys: Keys, detail: str, write: str) -> Wrong:
    """Returns that two units do not fit, and what to write."""
    return Wrong(keys, "rubric-unit", {"detail": detail, "write": write})


def _first(keys: Keys, found: Iterable[tuple[str, str] | None]) -> Iterator[Wrong]:
    said = next(filter(None, found), None)
    if said is not None:
        yield odd_unit(keys, *said)


def _odd(
    label: str, unit: str, measure: Measure, amount: Amount, text: str
) -> tuple[str, str] | None:
    """What is wrong with one number that stands in ``text``, and what to write instead."""
    value, kind = amount.value, amount.kind
    if kind == "fraction":
        return f"“{label}”的读数是数，“{text}”是分数", "写成小数；只有比率（ratio）能写分数"
    if measure == "time":
        if kind == "time" or value == 0:
            return None
        clock = f"{value}:00" if kind == "number" and value in range(24) else "8:20"
        return f"“{label}”读的是时刻，“{text}”不是时刻", f"写成时刻，如 {clock}"
    if kind == "time":
        one = f"“{unit}”" if unit else "数"
        number = f"（{amount} 是 {value} 分钟）" if unit else ""
        return (
            f"“{label}”的读数是{one}，“{text}”是时刻",
            f"写成以{one}计的数{number}；读的是几点几分，就写 measure: time",
        )
    if kind == "percent" and not in_per_cent(unit):
        if unit:
            return (
                f"“{label}”的单位是“{unit}”，“{text}”是百分数",
                f'写成以“{unit}”计的数；读的是百分数，就把单位改为 unit: "%"',
            )
        return (
            f"“{label}”没有写单位，“{text}”是百分数",
            f'写上 unit: "%"，读数填 {value} 或 {amount}；读数不是百分数的，区间里也不要写 %',
        )
    return None


def _lost_signs(
    label: str, unit: str, measure: Measure, given: Iterable[tuple[Keys, tuple[Amount, ...]]]
) -> Iterator[Wrong]:
    """Yields numbers of a percentage that look like shares: none is above 1, or has its sign."""
    if measure != "number" or not in_per_cent(unit):
        return
    bare: list[tuple[Keys, Number]] = [
        (keys, end.value)
        for keys, each in given
        for end in each
        if end.kind == "number" and end.value != 0
    ]
    if any(not -1 <= value <= 1 for _, value in bare):
        return
    for keys, value in dict(bare).items():
        said = number_text(value)
        yield odd_unit(
            keys,
            f"“{label}”的单位是 %，{said} 可能是漏了百分号的比例",
            f"写成 {number_text(value * 100)}%；确是百分之 {said} 的，写 {said}%",
        )

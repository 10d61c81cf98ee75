"""Ranges as people read them: words that say what is included, in place of brackets and signs."""

from __future__ import annotations

from rubrics.values.amounts import Amount, in_per_cent
from rubrics.values.ranges import Range

_SCALES = ("℃", "%", "‰", "分贝")
"""Units of what is high or low, not many or few."""


def with_unit(text: object, unit: str) -> str:
    """A figure or a range with its unit, if it has one that the text does not say itself."""
    said = str(text)
    return f"{said} {unit}" if unit and not (in_per_cent(unit) and said.find("%") > 0) else said


def span_text(span: Range, measure: str = "number", unit: str = "") -> str:
    """A range in words, with its unit: ``超过 60、不超过 70 分钟``, ``0～8 ℃``, ``早于 8:10``.

    Without brackets and signs, which not everybody reads: what is included says so.
    """
    both = ((span.low, span.low_kind), (span.high, span.high_kind))
    low, high = (
        None if end is None else str(Amount(end, "time" if measure == "time" else kind))
        for end, kind in both
    )
    unit = "" if measure == "time" else unit
    if low is None and high is None:
        return "不限"
    if low is not None and low == high:
        return with_unit(low, unit)
    if low is not None and high is not None and span.low_closed and span.high_closed:
        return with_unit(f"{low}～{high}", unit)
    scale = unit in _SCALES or {"percent", "fraction"} & {span.low_kind, span.high_kind}
    under, over, least = ("低于", "高于", "不低于") if scale else ("不足", "超过", "不少于")
    if measure == "time":
        under, over, least = "早于", "晚于", "不早于"
    words = []
    if low is not None:
        words.append(f"{least if span.low_closed else over} {low}")
    if high is not None:
        words.append(f"不{over} {high}" if span.high_closed else f"{under} {high}")
    return with_unit("、".join(words), unit)

"""A reading that is the difference of two cells: minutes between two times, days between dates.

An end that is earlier in the day than its start is one of the next day; no difference of times is
longer than a day. Days are counted from date to date, negative where the end comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from rubrics.rules.cells import Entered, Entry
from rubrics.rules.exact import Mask, Units, either
from rubrics.rules.formulas import Rows
from rubrics.rules.slot import EntryKind, Slot, joined
from rubrics.rules.strict_model import Measure
from rubrics.rules.words import clock, day_text, reading_text, told
from rubrics.values.points import SCALE

DAY: Final = 24 * 60
"""Minutes of a day."""

BETWEEN: Final[Mapping[str, str]] = {"minutes_between": "分钟", "days_between": "天"}
"""The measures that are differences, and the unit of each."""

ENTRIES: Final[Mapping[Measure, EntryKind]] = {
    "number": "number",
    "count": "count",
    "time": "time",
    "minutes_between": "time",
    "days_between": "date",
}
"""What is entered in the cells of a reading."""

START, END = "start", "end"
"""The keys of the two cells."""


def with_unit_of_difference(data: object) -> object:
    """Returns what a rubric says of a reading, with the unit of a difference where it has none."""
    if isinstance(data, dict) and not data.get("unit") and data.get("measure") in BETWEEN:
        return data | {"unit": BETWEEN[data["measure"]]}
    return data


def wrong_pair(measure: str, labels: tuple[str, str], samples: int) -> str:
    """Returns what is wrong with the two cells of a reading, in Chinese, or nothing."""
    if measure not in BETWEEN:
        only = "start、end 只与 measure: minutes_between 或 days_between 一起写"
        return only if any(labels) else ""
    if not all(labels):
        return f"measure: {measure} 要写 start 和 end：先填的、后填的各叫什么"
    if samples > 1:
        return f"measure: {measure} 只填一对；有几个样的，每个写成一种读数"
    return ""


def described(measure: str, labels: tuple[str, str]) -> str:
    """Returns between what lies a difference: ``烧熟到食用（过零点的算第二天）``."""
    start, end = map(told, labels)
    night = "（过零点的算第二天）" if measure == "minutes_between" else ""
    return f"{start}到{end}{night}"


def keys_of(key: str) -> tuple[str, str]:
    """Returns the keys of the two cells of a reading."""
    return joined(key, START), joined(key, END)


def slots_of(one: Slot, measure: Measure, labels: tuple[str, str]) -> tuple[Slot, Slot]:
    """Returns the two cells in place of the slot of a reading; neither is filled alone."""
    first, last = (
        replace(one, key=key, label=label, entry=ENTRIES[measure], unit="", range=None)
        for key, label in zip(keys_of(one.key), labels, strict=True)
    )
    return replace(first, beside=last.key), replace(last, beside=first.key)


def taken(entered: Entered, key: str) -> Mask:
    """Returns whether both cells are filled."""
    start, end = keys_of(key)
    return entered.filled(start) & entered.filled(end)


def difference(entered: Entered, key: str, measure: str) -> Units:
    """Returns the difference (units of minutes or days) of two cells that are both filled."""
    start, end = keys_of(key)
    found = entered.reading(end) - entered.reading(start)
    if measure == "minutes_between":
        return either(found < 0, found + DAY * SCALE, found)
    return found


def value(entry: Entry, key: str, measure: str) -> Decimal | None:
    """Returns the same of one entry (minutes or days), or None where a cell is blank."""
    if not taken(entry, key):
        return None
    return Decimal(int(difference(entry, key, measure))) / SCALE


def cell_of(rows: Rows, key: str, measure: str) -> str:
    """Returns the formula of the difference of the two cells of a reading."""
    start, end = (rows.cell(one) for one in keys_of(key))
    return difference_of(start, end, measure)


def difference_of(start: str, end: str, measure: str) -> str:
    """Returns the formula of the difference of two cells."""
    if measure == "minutes_between":
        return f"MOD({end}-{start},{DAY})"
    return f"({end}-{start})"


def said(entry: Entry, key: str, measure: str, labels: tuple[str, str], unit: str) -> str:
    """Returns both cells and their difference: ``烧熟 10:30，食用 13:10，相隔 160 分钟``."""
    show = clock if measure == "minutes_between" else day_text
    both = [
        f"{told(label)} {show(number)}"
        for label, one in zip(labels, keys_of(key), strict=True)
        for number in [entry.number(one)]
        if number is not None
    ]
    apart = value(entry, key, measure)
    assert apart is not None
    return "，".join([*both, f"相隔 {reading_text(apart, measure, unit)}"])


def blank_halves(slots: Mapping[str, Slot], values: Mapping[str, object]) -> Iterator[Slot]:
    """Yields the cells that are blank while the other half of their pair is filled."""
    for slot in slots.values():
        if slot.beside and slot.beside in values and slot.key not in values:
            yield slot

"""What people type into a cell -> the slot's value, or what is wrong with it. Never a guess.

In silence only spelling is put right: full width, blanks, numbers kept as text, the slot's own
unit behind a number. Whatever else is understood comes with the note ``entry-interpreted``;
everything else is reported and has no value. Nothing here knows of files or cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, TypeAlias

from inspections.records.moments import clock, read_day, read_time
from inspections.records.numbers import Figure, exact, fold, read_figure
from inspections.records.record import State, Value
from rubrics.messages.problems import Place, Problem, problem
from rubrics.rules import EntryKind, Slot
from rubrics.rules.words import DAY_ZERO, day_text, reading_text
from rubrics.tables.seconds import time_to_second, to_second
from rubrics.values.amounts import in_per_cent
from rubrics.values.points import plain
from rubrics.values.range_words import span_text

ONE, ZERO = Decimal(1), Decimal(0)
_FINEST = Decimal("0.0001")
_MOST = Decimal(10**9)


class Finding(NamedTuple):
    """What is to be said about an entry; it becomes a problem once its place is known."""

    code: str
    params: dict[str, str]

    def at(self, place: Place) -> Problem:
        """Returns the finding as a problem at ``place``."""
        return problem(self.code, place, **self.params)


Understood: TypeAlias = tuple[Value | None, Finding | None]

_MARKS = {"√": ONE, "✓": ONE, "✔": ONE, "×": ZERO, "✗": ZERO, "✘": ZERO, "是": ONE, "否": ZERO}
"""Understood in silence, in every yes or no cell."""

_YES = ["对", "有", "符合", "合格", "达标", "完成", "已完成", "具备", "Y", "YES", "TRUE", "V", "1"]
_NO = ["错", "无", "没有", "不符合", "不合格", "不达标", "未完成", "N", "NO", "FALSE", "X", "0"]
_PARTLY = ["部分", "部分符合", "基本符合", "部分合格", "部分完成"]
_WORDS = dict.fromkeys(_YES, ONE) | dict.fromkeys([*_NO, *_PARTLY], ZERO)
"""Understood with a note; partly is not met."""

_FLAG_WORDS = dict.fromkeys(
    ["有", "对", "Y", "YES", "TRUE", "1", "发现", "存在"], ONE
) | dict.fromkeys(["无", "没有", "错", "N", "NO", "FALSE", "0", "未发现", "不存在"], ZERO)
_NONE_FOUND = frozenset(["无", "没有", "未发现", "没有发现", "未见"])
_NOTHING = frozenset(["无", "/", "\\", "—", "——", "-", "--", "没有"])

_STATES = {state.value: state for state in State}
_STATE_WORDS = {
    "已检查": State.CHECKED,
    "√": State.CHECKED,
    "未检查": State.UNCHECKED,
    "没查": State.UNCHECKED,
    "缺项": State.EXCUSED,
}


def shown(raw: object) -> str:
    """Returns a cell's content as a person would name it, in at most 40 characters."""
    match raw:
        case bool():
            text = "TRUE" if raw else "FALSE"
        case float() if abs(raw) < 1e15:
            # Nearly every number is a whole one.
            text = str(int(raw)) if raw.is_integer() else str(plain(exact(raw)))
        case datetime():
            moment = to_second(raw)
            hours = "" if moment.time() == time(0) else f" {_hours(moment.time())}"
            text = f"{moment.date()}{hours}"
        case time():
            text = _hours(time_to_second(raw))
        case _:
            text = str(raw).strip()
    return text if len(text) <= 40 else text[:39] + "…"


def _hours(moment: time) -> str:
    """A time of day with its seconds, where it has any: they may be what matters."""
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def understand(slot: Slot, raw: object) -> Understood:
    """Returns the value of what stands in a slot's cell, and what is to be said about it.

    Blank is (None, None). Codes: entry-not-understood, entry-out-of-range, entry-step,
    entry-percent (each without a value), entry-interpreted, entry-precise (with one).
    """
    if isinstance(raw, str):
        text = fold(raw)
        if not text:
            return None, None
        return _READERS[slot.entry](slot, raw, text)
    if raw is None:
        return None, None
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = float(raw) if abs(raw) < 10**15 else str(raw)
    return _READERS[slot.entry](slot, raw, "")


def read_percent(slot: Slot, raw: object) -> Understood:
    """Returns the value of a number that its cell shows as a per cent: 0.85 shown as 85% is 85.

    Codes: entry-percent, where the cell holds no number; where the unit is not per cent,
    entry-not-understood (both without a value); those of ``understand``.
    """
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return None, Finding("entry-percent", {"value": shown(raw)})
    typed = f"{plain(exact(float(raw)) * 100)}%"
    return understand(slot, typed) if in_per_cent(slot.unit) else _not_understood(slot, typed)


def _number(slot: Slot, raw: object, text: str) -> Understood:
    if slot.entry == "count" and isinstance(raw, float) and 0 <= raw < 1000 and raw.is_integer():
        return Decimal(int(raw)), None  # nearly every count, and there are many
    figure = _figure(slot, raw, text)
    if figure is None:
        return _not_understood(slot, raw)
    value, noted = figure.value, figure.noted
    if value < 0 and slot.deducts:
        value, noted = -value, True
    if in_per_cent(slot.unit) and 0 < _rounded(value) <= 1 and not figure.percent:
        return None, Finding("entry-percent", {"value": shown(raw)})
    if slot.entry == "count" and value != value.to_integral_value():
        return _not_understood(slot, raw)
    kept = plain(_rounded(value))
    wrong = _outside(slot, kept)
    if wrong:
        return None, wrong
    if kept != value:
        return kept, Finding("entry-precise", {"value": shown(raw), "meaning": _said(slot, kept)})
    return kept, _interpreted(raw, _said(slot, kept)) if noted else None


def _figure(slot: Slot, raw: object, text: str) -> Figure | None:
    if isinstance(raw, float):
        return Figure(exact(raw)) if abs(raw) < 1e15 else None
    if not text:
        return None
    counted = slot.entry == "count"
    if counted and text in _NONE_FOUND:
        return Figure(ZERO, noted=True)
    return read_figure(text, slot.unit, counted=counted, deducts=slot.deducts)


def _rounded(value: Decimal) -> Decimal:
    return value if abs(value) >= _MOST else value.quantize(_FINEST, rounding=ROUND_HALF_UP)


def _outside(slot: Slot, value: Decimal) -> Finding | None:
    if abs(value) >= _MOST:
        return Finding("entry-out-of-range", {"value": str(value), "range": f"-{_MOST}～{_MOST}"})
    if slot.range is not None and value not in slot.range:
        said = {
            "value": clock(int(value)) if slot.entry == "time" else str(plain(value)),
            "range": span_text(slot.range, slot.entry, slot.unit),
        }
        return Finding("entry-out-of-range", said)
    if slot.values and value not in slot.values:
        allowed = "、".join(str(plain(point)) for point in slot.values)
        return Finding("entry-step", {"value": str(value), "allowed": allowed})
    if slot.step and value % slot.step:
        allowed = f"{slot.step} 的整数倍"
        return Finding("entry-step", {"value": str(value), "allowed": allowed})
    return None


def _said(slot: Slot, value: Decimal) -> str:
    return reading_text(value, slot.entry, slot.unit)


def _time(slot: Slot, raw: object, text: str) -> Understood:
    found = read_time(raw)
    if found is None:
        return _not_understood(slot, raw)
    value = Decimal(found.minutes)
    wrong = _outside(slot, value)
    if wrong:
        return None, wrong
    return value, _interpreted(raw, str(found)) if found.noted else None


def _date(slot: Slot, raw: object, text: str) -> Understood:
    found = read_day(raw)
    if found is None or not 2000 <= found.date.year < 2100:
        return _not_understood(slot, raw)
    value = Decimal((found.date - DAY_ZERO).days)
    return value, _interpreted(raw, day_text(value)) if found.noted else None


def _yes_no(slot: Slot, raw: object, text: str) -> Understood:
    return _word(slot, raw, text, _WORDS, "√", "×")


def _flag(slot: Slot, raw: object, text: str) -> Understood:
    return _word(slot, raw, text, _FLAG_WORDS, "是", "否")


def _word(
    slot: Slot, raw: object, text: str, words: dict[str, Decimal], yes: str, no: str
) -> Understood:
    text = text or shown(raw)
    value = _MARKS.get(text)
    if value is not None:
        return value, None
    value = words.get(text.upper())
    if value is None:
        return _not_understood(slot, raw)
    return value, _interpreted(raw, f"“{yes if value else no}”")


def _choice(slot: Slot, raw: object, text: str) -> Understood:
    if text in slot.options:
        return text, None
    text = text or shown(raw)
    by_spelling = {fold(option): option for option in slot.options}
    if text in by_spelling:
        return by_spelling[text], None
    bare = re.sub(r"[级等档]$", "", text).upper()
    for spelling, option in by_spelling.items():
        if bare and bare == re.sub(r"[级等档]$", "", spelling).upper():
            return option, _interpreted(raw, f"“{option}”")
    return _not_understood(slot, raw)


def _reason(slot: Slot, raw: object, text: str) -> Understood:
    return read_words(raw) or None, None


_READERS: dict[EntryKind, Callable[[Slot, object, str], Understood]] = {
    "count": _number,
    "number": _number,
    "points": _number,
    "time": _time,
    "date": _date,
    "yes_no": _yes_no,
    "flag": _flag,
    "choice": _choice,
    "reason": _reason,
}


def _not_understood(slot: Slot, raw: object) -> Understood:
    said = {"value": shown(raw), "expected": expected(slot)}
    return None, Finding("entry-not-understood", said)


def expected(slot: Slot) -> str:
    """Returns what a slot wants, in Chinese."""
    unit = f"（{slot.unit}）" if slot.unit else ""
    match slot.entry:
        case "count":
            return f"整数{unit}"
        case "number" | "points":
            return f"数字{unit}"
        case "time":
            return "时刻，如 8:20"
        case "date":
            return "日期，如 2026-3-5"
        case "yes_no":
            return "√ 或 ×"
        case "flag":
            return "“是”或“否”"
        case "choice":
            return "、".join(slot.options)
        case "reason":
            return "文字"


def _interpreted(raw: object, meaning: str) -> Finding:
    return Finding("entry-interpreted", {"value": shown(raw), "meaning": meaning})


def read_state(raw: object) -> tuple[State | None, Finding | None]:
    """Returns the state that an inspector chose; blank is (None, None).

    Codes: state-not-understood (without a state), entry-interpreted.
    """
    if raw is None or raw == "":
        return None, None
    text = fold(raw) if isinstance(raw, str) else shown(raw)
    if not text:
        return None, None
    state = _STATES.get(text)
    if state is not None:
        return state, None
    state = _STATE_WORDS.get(text)
    if state is not None:
        return state, _interpreted(raw, f"“{state}”")
    return None, Finding("state-not-understood", {"value": shown(raw)})


def read_words(raw: object) -> str:
    """Returns free text; what only says that there is nothing (``无``, ``/``) is empty."""
    if raw is None or raw == "":
        return ""
    text = raw.strip() if isinstance(raw, str) else _whole(raw)
    return "" if len(text) <= 4 and fold(text) in _NOTHING else text


def _whole(raw: object) -> str:
    return shown(raw) if isinstance(raw, (bool, float, date, time, timedelta)) else str(raw)


def read_names(raw: object) -> tuple[str, ...]:
    """Returns the file names in an evidence cell, which punctuation or line breaks part."""
    if raw is None or raw == "":
        return ()
    names = re.split(r"[、，,；;\r\n\t]+", read_words(raw))
    return tuple(name.strip() for name in names if name.strip())

"""What the printed columns of a visit sheet say, and how high its rows must be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType

from inspections.workbook.form.layout import Column, Owner, Row
from rubrics.language.due import due_counts
from rubrics.language.rubric import Extra, Indicator, RedLine
from rubrics.language.wording import describe_consequence, describe_key, describe_trigger
from rubrics.rules import PeriodLength, Slot

WIDTHS: dict[Column, float] = {
    Column.ADDRESS: 8,
    Column.TITLE: 14.5,
    Column.POINTS: 4.5,
    Column.HOW: 34,
    Column.THRESHOLD: 14.5,
    Column.STATE: 8,
    Column.PROMPT: 17,
    Column.ENTRY: 8.5,
    Column.UNIT: 4.5,
    Column.SCORE: 7,
    Column.FAULT: 20,
    Column.EVIDENCE: 12,
    Column.REMARK: 9,
    Column.AT_ONCE: 11,
}
"""Column widths in characters of the default font."""

KEY_MARK, LINE_MARK, AGAIN_MARK = "★", "◆", "▲"
LEGEND = (
    f"{KEY_MARK} 关键项　{LINE_MARK} 红线　浅黄色格子填写；红色填错，橙色待补，灰色不适用。"
    "得分随填随算，供现场核对，以汇总结果为准。"
)
"""Stands below the last row."""

_NOTHING_VOICED: Mapping[str, Collection[str]] = MappingProxyType({})

_UNBROKEN = re.compile(r"(?:[!-~]+[℃％‰]*|[^!-~ ])[，。、；：？！）】》”’]* ?| ")
"""A word, or a hanzi with the punctuation that may not begin a line."""

LINE_HEIGHT = 12.4
"""Points that a line of the body type takes, with room for fonts that are taller than 宋体."""


def row_texts(
    row: Row,
    demerits: bool,
    elapsed: Mapping[PeriodLength, int] | None = None,
    voiced: Mapping[str, Collection[str]] = _NOTHING_VOICED,
) -> dict[Column, str | float]:
    """Returns what stands in the printed columns of one row, numbers as numbers.

    With ``elapsed``, whole periods of the round, quotas say how often they were due. ``voiced``:
    keys of the slots that nobody fills in, since answers of many people are counted, by owner.
    """
    if row.kind == "heading":
        confirm = {Column.PROMPT: row.slot.label} if row.slot else {}
        return {Column.TITLE: row.text, **confirm}
    texts: dict[Column, str | float] = {Column.ADDRESS: row.address}
    if row.kind != "slot":
        texts |= _own_texts(row.item, demerits)
        if row.text:
            again = f"{AGAIN_MARK}屡查屡犯：{row.text}（汇总时认定，本表得分不含）"
            texts[Column.HOW] = f"{texts[Column.HOW]}\n{again}"
    if row.kind == "owner":
        texts[Column.PROMPT] = "逐项填在下面 ↓"
    if row.slot is not None:
        texts |= {Column.PROMPT: _prompt(row.slot), Column.UNIT: row.slot.unit}
        if elapsed is not None and isinstance(row.item, Indicator):
            due = due_counts(row.item, elapsed).get(row.slot.key)
            if due is not None:
                texts[Column.PROMPT] = f"{row.slot.label}（本期{due.text}）"
        if row.item is not None and row.slot.key in voiced.get(row.item.id or "", ()):
            texts[Column.PROMPT] = f"{row.slot.label}{_VOICED}"
    return texts


_VOICED = "（由答卷统计，不填）"
_OF_ROUND = re.compile(rf"（本期应 ?\d+[^（）]*）$|{_VOICED}$")


def as_in_every_round(prompt: str) -> str:
    """Returns a prompt without what goes by the round: how often something was due, who counts."""
    return _OF_ROUND.sub("", prompt)


def _prompt(slot: Slot) -> str:
    """The label; of further samples only that they may be added."""
    further = slot.group and slot.key.rpartition(".")[2] != "1"
    if slot.optional and slot.entry in ("number", "time", "date") and not further:
        return f"{slot.label}（没有的不填）"
    if further:
        return f"同上 {slot.key.rpartition('.')[2]}（可不填）"
    return slot.label


def _own_texts(item: Owner | None, demerits: bool) -> dict[Column, str | float]:
    match item:
        case Indicator():
            marks = KEY_MARK * (item.key is not None) + LINE_MARK * bool(item.red_lines)
            return {
                Column.TITLE: marks + item.title,
                Column.POINTS: float(item.points),
                Column.HOW: _how(item, demerits),
                Column.THRESHOLD: item.threshold,
            }
        case RedLine():
            effect = describe_consequence(item.consequence)
            return {Column.TITLE: LINE_MARK + item.title, Column.HOW: f"后果：{effect}"}
        case Extra():
            return {
                Column.TITLE: item.title,
                Column.HOW: item.rule.describe(),
                Column.THRESHOLD: item.material,
            }
    raise AssertionError(item)


def _how(indicator: Indicator, demerits: bool) -> str:
    """How an indicator is checked and scored, and what fails it."""
    checked = "、".join(indicator.method)
    if indicator.material:
        checked += f"（{indicator.material}）"
    lines = [f"{checked}：{indicator.rule.describe(indicator.points, demerits=demerits)}"]
    if indicator.key is not None:
        lines.append(f"{KEY_MARK}关键项：{describe_key(indicator)}")
    for line in indicator.red_lines:
        met = " 或 ".join(describe_trigger(trigger, indicator) for trigger in line.triggers)
        lines.append(f"{LINE_MARK}红线：{met}，{describe_consequence(line.consequence)}")
    return "\n".join(lines)


def row_height(texts: Mapping[Column, str | float]) -> float:
    """Returns the height (points) at which no text of the row is cut off."""
    lines = [
        line_count(text, WIDTHS[column])
        for column, text in texts.items()
        if isinstance(text, str) and column is not Column.ADDRESS
    ]
    return round(max([*lines, 1]) * LINE_HEIGHT + 4, 1)


@cache
def line_count(text: str, width: float, size: float = 9) -> int:
    """Returns how many lines a text takes in a column of ``width`` characters, in ``size`` pt."""
    # A column's character is 7 pixels wide, a hanzi as wide as its type is high.
    room = (width * 7 - 3) / (size * 2 / 3)
    return sum(_wrapped(paragraph, room) for paragraph in text.split("\n"))


def _wrapped(paragraph: str, room: float) -> int:
    """The lines of a paragraph where a line has ``room`` for half hanzi."""
    lines, used = 1, 0.0
    for piece in _UNBROKEN.findall(paragraph):
        places = sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1.15 for c in piece)
        if used and used + places > room:
            lines, used = lines + 1, 0.0
        used += places
        while used > room:
            lines, used = lines + 1, used - room
    return lines

"""What a cell admits: lists, ranges, dates, times, each with a Chinese prompt and error."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from inspections.records.at_once import ACTS
from inspections.records.record import State
from inspections.workbook.form.layout import CONFIRM
from inspections.workbook.formulas.entries import NO, YES
from rubrics.rules import Slot
from rubrics.values.amounts import in_per_cent
from rubrics.values.points import plain
from rubrics.values.range_words import span_text

_MOST_CHOICES = 25
"""Allowed points are offered as a list up to this many."""

_LIST_LENGTH = 255
"""Excel admits no longer list than this many characters."""


_PARTING = re.compile('[,"]')
"""What would part a list's choices, or end the list."""


def state_validation(excusable: bool) -> dict[str, Any]:
    """Returns what a state cell admits."""
    states = [State.CHECKED, State.UNCHECKED, *([State.EXCUSED] if excusable else [])]
    hint = "填了数就算已查，可以不选。\n扣分项没有发现问题：选已查。\n没有查：选未查。"
    if excusable:
        hint += "\n确实不涉及：选合理缺项，并在备注写理由。"
    return _list((state.value for state in states), "状态", hint)


def confirm_validation() -> dict[str, Any]:
    """Returns what the confirmation on a dimension's heading row admits."""
    hint = (
        "本部分都看过：没有填的各项都符合、没有发现问题的，选 √，不用逐项填。\n"
        "要填数、评等、评分的项，仍要逐项填；符合也要佐证的项，仍要填佐证。"
    )
    return _list([YES], CONFIRM.label, hint)


def at_once_validation() -> dict[str, Any]:
    """Returns what is offered for what was done at once; details may follow, or other words."""
    hint = "可选可写，几样用分号隔开：\n当场改正；封存 3 箱；抽样 单号……\n"
    hint += "只改了一部分的，不要写当场改正。"
    offered = {"validate": "list", "source": list(ACTS), "show_error": False}
    return offered | {"input_title": "当场处理", "input_message": hint}


def slot_validation(slot: Slot) -> dict[str, Any]:
    """Returns what an entry cell admits; equal for slots that ask for the same kind of entry."""
    example = _in_hundreds(slot.unit, whole=slot.entry == "count")
    unit = f"（单位：{slot.unit}{example}）" if slot.unit else ""
    match slot.entry:
        case "yes_no":
            hint = f"有、符合填 {YES}；没有、不完全符合填 {NO}。"
            return _list([YES, NO], "选 √ 或 ×", hint)
        case "flag":
            return _list(["是", "否"], "选 是 或 否", "查实了才选“是”；没有发现选“否”。")
        case "choice":
            return _list(slot.options, "选一个等级", "从下拉框里选。")
        case "reason":
            return _hint("扣分理由", "扣了分必须写明理由，没有理由不予扣分。")
        case "count":
            hint = f"填整数{unit}，没有填 0。"
            rule = {"validate": "integer", "criteria": ">=", "value": 0}
            return rule | _said("填个数", hint, "只能填 0 或正整数，不要带单位和文字。")
        case "time":
            rule = {
                "validate": "time",
                "criteria": "between",
                "minimum": time(0, 0),
                "maximum": time(23, 59),
            }
            return rule | _said("填时刻", "按 8:20 的样子填，冒号用英文。", "请填时刻，例如 8:20。")
        case "date":
            rule = {
                "validate": "date",
                "criteria": "between",
                "minimum": date(2000, 1, 1),
                "maximum": date(2099, 12, 31),
            }
            return rule | _said("填日期", "按 2026-3-5 的样子填。", "请填日期，例如 2026-3-5。")
    choices = _choices(slot)
    if choices:
        return _list(choices, "选分值", f"从下拉框里选{unit}。")
    said = f"，范围：{span_text(slot.range)}" if slot.range is not None else ""
    if in_per_cent(slot.unit):
        hint = f"填百分数{said}：85 或 85% 都可以，不要填 0.85。"
        return _between(slot) | _said("填百分数", hint, f"只能填百分数{said}，如 85 或 85%。")
    hint = f"只填数字{unit}{said}。"
    return _between(slot) | _said("填数字", hint, f"只能填数字{said}，不要带单位和文字。")


_SCALED = re.compile(r"(百|千|万)([^克米瓦卡帕伏赫分字].*|分钟)")
_SCALES = {"百": 100, "千": 1000, "万": 10_000}


def _in_hundreds(unit: str, *, whole: bool) -> str:
    """An example for a unit that is many of another, as people count in ones: ``百人``."""
    found = _SCALED.fullmatch(unit.strip())
    if not found:
        return ""
    size, one = _SCALES[found[1]], found[2]
    figure = Decimal(8) if whole else Decimal("7.8")
    return f"，{plain(figure * size)} {one}填 {figure}"


def date_validation(since: date, until: date) -> dict[str, Any]:
    """Returns what the visit date admits: the days of the round."""
    days = f"{since.isoformat()} 至 {until.isoformat()}"
    rule = {"validate": "date", "criteria": "between", "minimum": since, "maximum": until}
    hint = f"按 {since.isoformat()} 的样子填。本批次：{days}。"
    return rule | _said("检查日期", hint, f"检查日期应在 {days} 之间。")


def time_validation(label: str) -> dict[str, Any]:
    """Returns what arrival and departure admit."""
    rule = {
        "validate": "time",
        "criteria": "between",
        "minimum": time(0, 0),
        "maximum": time(23, 59),
    }
    return rule | _said(label, "按 8:20 的样子填，24 小时制。", "请填时刻，例如 8:20。")


def people_validation(label: str, names: str, several: bool) -> dict[str, Any]:
    """Returns a list of names that is only offered: other names may be typed."""
    hint = "从下拉框里选，或直接写姓名。"
    if several:
        hint = "选一位；两位以上的直接写，中间用顿号隔开。"
    return _list([names], label, hint) | {"show_error": False}


def offered(names: Iterable[str]) -> str:
    """Returns names as a list offers them: as many as fit."""
    found = ""
    for name in names:
        longer = f"{found},{name}" if found else name
        if not _PARTING.search(name) and len(longer) <= _LIST_LENGTH:
            found = longer
    return found


def evidence_validation() -> dict[str, Any]:
    """Returns the prompt of the evidence column."""
    return _hint(
        "佐证文件名",
        "照片的文件名（带后缀，文件要交），或纸质材料的名称（不写后缀）；几份之间用分号隔开。",
    )


def _list(choices: Iterable[str], title: str, hint: str) -> dict[str, Any]:
    source = list(choices)
    if len(",".join(source)) > _LIST_LENGTH or any(map(_PARTING.search, source)):
        return _hint(title, "可以填：" + "、".join(source))
    error = "只能填：" + "、".join(source)
    return {"validate": "list", "source": source} | _said(title, hint, error)


def _hint(title: str, hint: str) -> dict[str, Any]:
    return {"validate": "any", "input_title": title[:32], "input_message": hint[:255]}


def _said(title: str, hint: str, error: str) -> dict[str, Any]:
    return {
        "input_title": title[:32],
        "input_message": hint[:255],
        "error_title": "填写有误",
        "error_message": error[:255],
    }


def _choices(slot: Slot) -> list[str]:
    if slot.values:
        return [str(plain(value)) for value in sorted(slot.values, reverse=True)]
    if slot.step is None or slot.range is None or slot.range.high is None:
        return []
    low, high = (
        int(Fraction(end or 0) / Fraction(slot.step)) for end in (slot.range.low, slot.range.high)
    )
    if high - low >= _MOST_CHOICES or high * slot.step != slot.range.high:
        return []
    return [str(plain(slot.step * number)) for number in range(high, low - 1, -1)]


def _between(slot: Slot) -> dict[str, Any]:
    """Open ends are admitted here; the cell still turns red there."""
    low, high = (slot.range.low, slot.range.high) if slot.range else (None, None)
    if low is None and high is None:
        low, high = Decimal(-1_000_000_000), Decimal(1_000_000_000)
    if low is None or high is None:
        sign, end = ("<=", high) if low is None else (">=", low)
        return {"validate": "decimal", "criteria": sign, "value": float(end or 0)}
    low = -high if slot.deducts else low
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": float(low),
        "maximum": float(high),
    }

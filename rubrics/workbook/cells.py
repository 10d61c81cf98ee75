"""How the values of a rubric stand in the cells of a workbook, and how they are read back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal, TypeAlias

from rubrics.messages.plain_text import plain
from rubrics.tables.seconds import hours, to_second
from rubrics.values.points import plain as plain_number
from rubrics.workbook.condition_text import condition_of, condition_text

Raw: TypeAlias = str | int | float | bool | date | time | timedelta
"""What a workbook's reader gives for a cell that is not blank."""

Form: TypeAlias = Literal[
    "text",
    "number",
    "range",
    "share",
    "shares",
    "amounts",
    "steps",
    "bands",
    "words",
    "limit",
    "yes",
    "choice",
    "texts",
    "numbers",
    "day",
    "condition",
]

EMPTY = "（空）"
"""Stands for a text that was left empty on purpose where a blank cell means the default."""


class CellError(ValueError):
    """A cell cannot be read; the text says what belongs there, in Chinese."""


class Percent(float):
    """A number that its cell shows as a per cent; as a text it is ``85%``."""

    def __str__(self) -> str:
        return f"{plain_number(Decimal(repr(float(self))) * 100):f}%"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the keys of the language that it holds, the form of its cells.

    ``keys``: of several, a row has at most one. No keys: the column is for reading only.
    ``later``: workbooks of earlier versions lack it, which is no mistake. ``choices``: value ->
    what the cell says. ``filled``: a blank cell means a default that is
    not empty.
    """

    heading: str
    keys: tuple[str, ...]
    form: Form = "text"
    width: float = 10
    choices: Mapping[str, str] = field(default_factory=dict)
    filled: bool = False
    note: str = ""
    later: bool = False


def to_cell(column: Column, value: object) -> str | Decimal | None:
    """Returns what stands in the cell for ``value``; None is a blank cell."""
    if value is None and column.filled and column.form == "number":
        return EMPTY  # a blank cell would mean the default
    if value is None or value is False or value == () or value == []:
        return None
    if value is True:
        return "是"
    match column.form:
        case "choice":
            return column.choices[str(value)]
        case "texts":
            return _joined([str(item) for item in _listed(value)])
        case "numbers":
            return "；".join(str(plain_number(Decimal(str(item)))) for item in _listed(value))
        case "condition":
            return condition_text(value)
        case "shares" | "amounts" | "steps" if isinstance(value, Mapping):
            return _joined([f"{_said(name)} {_said(it)}" for name, it in value.items()]) or None
        case "bands":
            return _joined([f"{band['range']} {band['points']}" for band in _bands_in(value)])
        case "words" if isinstance(value, Mapping):
            return "\n".join(f"{name}＝{'、'.join(said)}" for name, said in value.items()) or None
    if isinstance(value, (Decimal, int)):
        number = plain_number(Decimal(value))
        # A number that a spreadsheet cannot hold exactly stands as text.
        return number if Decimal(repr(float(number))) == number else format(number, "f")
    text = str(value)
    return text if text or not column.filled else EMPTY


def from_cell(column: Column, raw: Raw) -> object:
    """Returns the plain value that a cell means; raises ``CellError`` if it means none."""
    if isinstance(raw, (bool, date, time, timedelta)) and column.form not in (
        "yes",
        "day",
        "number",
    ):
        raise CellError("文字（电子表格把填的内容变成了别的，请先把格子设为文本格式）")
    match column.form:
        case "number" if column.filled and raw == EMPTY:
            return None
        case "number":
            return _number(raw)
        case "yes":
            return _yes(raw)
        case "choice":
            return _choice(column.choices, _text(raw))
        case "texts":
            return _split(plain(raw) if isinstance(raw, str) else _text(raw))
        case "numbers":
            return [_number(part) for part in _split(_text(raw))]
        case "share":
            if isinstance(raw, Percent):
                return str(raw)
            return Decimal(repr(raw)) if isinstance(raw, (int, float)) else _text(raw)
        case "shares":
            return _named(_text(raw), r"\d+(?:\.\d+)? ?%|\d+ ?/ ?\d+", _SHARES)
        case "amounts":
            return _named(_text(raw), _DECIMAL, _AMOUNTS)
        case "steps":
            return _named(_text(raw), _DECIMAL, _STEPS, _DECIMAL)
        case "bands":
            return _bands(_text(raw))
        case "words":
            return _words(_text(raw))
        case "limit" if isinstance(raw, float) and 0 < raw < 1:
            return f"{plain_number(Decimal(repr(raw)) * 100)}%"  # a cell with a percent format
        case "condition":
            return condition_of(_text(raw))
    text = _text(raw)
    return "" if column.filled and text == EMPTY else text


def blank(raw: object) -> bool:
    """Whether a cell counts as blank."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _joined(texts: list[str]) -> str:
    """Joined by ``；``; by line breaks where a text holds a ``；`` itself, at least one of them."""
    if any(re.search("[；;\n]", text) for text in texts):
        return "\n".join(texts) + ("\n" if len(texts) == 1 else "")
    return "；".join(texts)


def _split(text: str) -> list[str]:
    parts = text.split("\n") if "\n" in text else re.split("[；;]", text)
    return [part.strip() for part in parts if part.strip()]


def _text(raw: Raw) -> str:
    match raw:
        case Percent():
            return str(raw)
        case bool():
            return "是" if raw else "否"
        case datetime():
            moment = to_second(raw)
            day = moment.date().isoformat()
            return day if moment.time() == time() else f"{day} {hours(moment.time())}"
        case date():
            return raw.isoformat()
        case time():
            return hours(raw)
        case timedelta():
            return hours(raw) if raw >= timedelta(0) else str(raw)
        case int() | float():
            return format(plain_number(Decimal(repr(raw))), "f")
    return plain(raw).strip()


def _number(raw: Raw) -> Decimal | str:
    if isinstance(raw, (bool, date, time, timedelta)):
        raise CellError("数")
    text = unicodedata.normalize("NFKC", _text(raw)).removesuffix("分").strip()
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", text):
        raise CellError("数")
    return Decimal(text)


_DECIMAL = r"\d+(?:\.\d+)?"
_SHARES = "编号和比例，几个用分号隔开，如 A 60%；B 50%"
_AMOUNTS = "组名和分，几个用分号隔开，如 课程 30；作业 10"
_STEPS = "超过几分、扣几分，几个用分号隔开，如 3 0.5；6 1"


def _said(value: object) -> str:
    return f"{plain_number(value):f}" if isinstance(value, Decimal) else str(value)


def _named(text: str, figure: str, wanted: str, name: str = r"\w+") -> dict[str, str]:
    found: dict[str, str] = {}
    for part in _split(unicodedata.normalize("NFKC", text)):
        said = re.fullmatch(rf"({name}) ?[:=≥ ] ?({figure})", " ".join(part.split()))
        if said is None:
            raise CellError(wanted)
        found[said[1]] = said[2]
    return found


def _bands_in(value: object) -> list[Mapping[str, object]]:
    return [band for band in _listed(value) if isinstance(band, Mapping)]


def _bands(text: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for part in _split(text):
        span, _, points = part.rpartition(" ")
        if not span.strip():
            raise CellError("每档写“范围 分”，几档用分号隔开，如 ≥35 10；<35 0")
        found.append({"range": span.strip(), "points": _number(points)})
    return found


def _words(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in filter(str.strip, text.split("\n")):
        option, sign, others = line.replace("=", "＝").partition("＝")
        if not sign:
            raise CellError("每行一个选项和它的别的说法，如 农村＝乡镇、村")
        found[option.strip()] = [one.strip() for one in others.split("、") if one.strip()]
    return found


def _yes(raw: Raw) -> bool:
    text = _text(raw).lower()
    if text in ("是", "√", "true", "1"):
        return True
    if text in ("否", "×", "false", "0"):
        return False
    raise CellError("是或否")


def _choice(choices: Mapping[str, str], text: str) -> str:
    for value, said in choices.items():
        if text in (said, value):
            return value
    raise CellError("、".join(choices.values()))

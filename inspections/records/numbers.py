"""Numbers as people type them: ``８.5``, ``1,200``, ``125克``, ``扣2分``, ``三次``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_DASHES = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-"})
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)([.。]\d+)?(\D.*)?")
_HAN_NUMBER = re.compile(r"([零一二两三四五六七八九]?)(十?)([一二三四五六七八九]?)(\D*)")
_HAN = {han: value for value, han in enumerate("零一二三四五六七八九")} | {"两": 2, "": 0}
_TAKEN_OFF = ("扣除", "扣掉", "扣", "减")

_COUNTERS = frozenset("个次处项条件例起份名位人")
"""What may stand behind any count. 分 is not among them (points, no count), nor 天, 周, 月."""

_SAME_UNITS = tuple(
    frozenset(group.split())
    for group in (
        "克 g G",
        "千克 公斤 kg KG Kg",
        "毫克 mg",
        "mg/L 毫克/升",
        "°C 度 摄氏度 C",
        "分钟 分 min mins",
        "小时 个小时 时 h H",
        "厘米 公分 cm",
        "毫米 mm",
        "米 m",
        "% 个百分点 百分点 百分比 百分数 百分率",
        "元 块",
        "天 日",
    )
)
"""Words for one and the same unit, in half width; nothing here needs a conversion."""

_GAPS = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
"""Blanks that may go; between two digits they could mean anything."""

_NOT_DIGITS = ("<super>", "<sub>", "<circle>", "<fraction>")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number; ``noted`` where it took more than spelling to read it; ``percent`` if so marked."""

    value: Decimal
    noted: bool = False
    percent: bool = False


@lru_cache(4096)
def fold(text: str) -> str:
    """Returns the text in half width, without invisible characters and blanks at the ends.

    Superscripts, circled digits and fractions stay as they are: ``5²`` is not 52.
    """
    if text.isascii():
        return text.strip()
    folded = unicodedata.normalize("NFKC", text)
    if folded != text and any(unicodedata.decomposition(c).startswith(_NOT_DIGITS) for c in text):
        folded = "".join(
            c
            if unicodedata.decomposition(c).startswith(_NOT_DIGITS)
            else unicodedata.normalize("NFKC", c)
            for c in text
        )
    return folded.translate(_INVISIBLE).translate(_DASHES).strip()


def exact(number: float) -> Decimal:
    """Returns a cell's binary number as the decimal that a spreadsheet shows (15 digits)."""
    return Decimal(int(number)) if number.is_integer() else Decimal(f"{number:.15g}")


def read_figure(text: str, unit: str, *, counted: bool, deducts: bool) -> Figure | None:
    """Returns the number that ``text``, already folded, says; None where that would be a guess.

    Understood in silence: full width, thousands separators, the slot's own ``unit`` behind the
    number. Understood with a note: another word for the unit, a counter behind a count
    (``counted``), Chinese numerals, 。 for the decimal point and, where the number is taken off
    (``deducts``), a minus sign or 扣 before it.
    """
    compact = _GAPS.sub("", text)
    noted = False
    if deducts:
        for word in _TAKEN_OFF:
            if compact.startswith(word):
                compact, noted = compact[len(word) :], True
                break
    match = _NUMBER.fullmatch(compact)
    if not match:
        return _read_han(compact, unit, counted)
    sign, whole, fraction, behind = (part or "" for part in match.groups())
    value = Decimal(whole.replace(",", "") + fraction.replace("。", "."))
    noted |= "。" in fraction
    if sign == "-" and deducts:
        noted = True
    elif sign == "-":
        value = -value
    own = fold(unit)
    if behind and behind != own:
        if not _means(behind, own, counted):
            return None
        noted = True
    return Figure(value, noted, percent=behind.startswith("%"))


def _means(word: str, unit: str, counted: bool) -> bool:
    """Whether ``word`` says the same as ``unit``; of what is counted, 班 says as much as 班次."""
    if counted and (
        word in _COUNTERS or (unit and (unit.startswith(word) or word.startswith(unit)))
    ):
        return True
    return any(word in group and unit in group for group in _SAME_UNITS)


def _read_han(text: str, unit: str, counted: bool) -> Figure | None:
    match = _HAN_NUMBER.fullmatch(text)
    if not match:
        return None
    tens, ten, ones, behind = match.groups()
    if not (tens or ten or ones) or (ones and not ten) or (tens == "零" and ten):
        return None
    value = (_HAN[tens] or 1) * 10 + _HAN[ones] if ten else _HAN[tens]
    own = fold(unit)
    if behind and behind != own and not _means(behind, own, counted):
        return None
    return Figure(Decimal(value), noted=True)

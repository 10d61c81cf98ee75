"""Which groups of digits in a text are a person's number: identity, card, mobile, land line.

Where codes look alike, what is written before the number decides (批号, 电话).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rubrics.messages.digit_groups import Group, Joint, groups, has_unit
from rubrics.messages.digit_windows import Window
from rubrics.messages.identity_numbers import is_identity
from rubrics.messages.telephone_and_card_numbers import MOBILE, is_card, is_mobile, land_line

_LONGEST: Final = 24
"""Digits of the longest number, with what is dialled before it."""
_NEAR: Final = 24
_LABEL: Final = re.compile(
    r"(?P<identity>(?:身份证|证件|学籍)(?:编号|号码|代码|号)?)"
    r"|(?P<card>(?:银行卡|储蓄卡|信用卡|工资卡|卡号|[账帐][号户])(?:编号|号码|号)?)"
    r"|(?P<phone>(?:电话|手机|座机|传真|热线|联系|致电|拨打|来电|电联|"
    r"[Tt][Ee][Ll]|[Pp]hone|[Mm]obile|微信)(?:编号|号码|号)?)"
    r"|(?P<code>批号|批次|编号|编码|代码|单号|票号|条码|条形码|追溯码|许可证|序列号|流水号|文号|摘要|校验码"
    r"|[Ll][Oo][Tt]|SHA)"
)
_APART: Final = re.compile(r"[。；;！？!?\d]")
_UNLABELLED: Final = re.compile(
    r"(?:0{0,24}86)?0{0,24}1[3-9]\d{9}|(?:0{1,3}|(?:00)?86)?0[1-9]\d{9,10}|(?:00)?86[1-9]\d{9,10}"
    r"|62\d{14,17}|5[1-5]\d{14}|4\d{15}(?:\d{3})?"
    r"|[1-8]\d{5}(?:18|19|20)\d\d[01]\d[0-3]\d{4}[\dXx]|[1-8]\d{7}[01]\d[0-3]\d{4}"
)
_LABELLED: Final = re.compile(r"\d{7,}[Xx]?")
_POSSIBLE: Final = {
    label: _LABELLED if label in {"identity", "card", "phone"} else _UNLABELLED
    for label in ("", *_LABEL.groupindex)
}
"""What is worth a closer look, so that long lists of other digits are passed over quickly."""
_WORTH: Final = re.compile(r" ?(?:元|角|万|亿|千|百|%)")


@dataclass(frozen=True, slots=True)
class Shape:
    """A number found: what it is called and the places of the characters that are kept back."""

    name: str
    hidden: tuple[int, ...]


def shapes(spelled: str) -> Iterator[Shape]:
    """Yields the numbers of people in a text that ``ascii_spelling`` made, from left to right."""
    found = list(groups(spelled))
    labels = [(label.end(), label.lastgroup or "") for label in _LABEL.finditer(spelled)]
    ends = [end for end, _ in labels]
    at = 0
    while at < len(found):
        used = 1
        if found[at].kind == "plain":
            start = found[at].start
            before = bisect_right(ends, start) - 1
            label = ""
            if before >= 0 and _belongs(spelled, ends[before], start):
                label = labels[before][1]
            shape, used = _at(spelled, found, at, label)
            if shape is not None:
                yield shape
        at += used


def _at(spelled: str, found: list[Group], at: int, label: str) -> tuple[Shape | None, int]:
    """The longest number that begins with a group, and of how many groups it is made."""
    first = found[at]
    best: tuple[Shape | None, int] = (None, 1)
    # A decimal began before.
    behind_point = first.gap == "." and first.joint is not Joint.NONE
    for to, digits in _windows(found, at):
        if _POSSIBLE[label].fullmatch(digits) is None or (to == at and behind_point):
            continue
        following = found[to + 1] if to + 1 < len(found) else None
        # A decimal goes on behind.
        if following is not None and following.gap == "." and to == at:
            continue
        end = found[to].places[-1] + 1
        window = Window(
            found[at : to + 1],
            digits,
            label,
            first.joint > Joint.BLANK and (following is None or following.joint > Joint.BLANK),
            has_unit(spelled[end : end + 2].strip()[:1]),
            _WORTH.match(spelled[end : end + 2]) is not None,
        )
        before, behind = spelled[first.start - 1 : first.start], spelled[end : end + 1]
        shape = _shape(window, before, behind.isascii() and behind.isalpha())
        if shape is not None:
            best = (shape, to - at + 1)
            if to == at:
                break
    return best


def _windows(found: list[Group], at: int) -> Iterator[tuple[int, str]]:
    """Yields where a number that begins with a group may end, and its digits."""
    digits = ""
    for to in range(at, min(len(found), at + _LONGEST)):
        group = found[to]
        apart = to > at and group.joint is Joint.NONE
        if apart or group.kind == "time" or len(digits) + len(group.digits) > _LONGEST:
            return
        digits += group.digits
        if len(digits) >= 7:
            yield to, digits


def _shape(window: Window, before: str, lettered: bool) -> Shape | None:
    latin = before.isascii() and before.isalpha()
    if not lettered and (not latin or before in "GJLgjl") and is_identity(window):
        return _hidden(window, "身份证号", 6, 3 if len(window.digits) == 15 else 4)
    if not window.plain() or window.decimal():
        return None
    if not (lettered or latin) and is_card(window):
        return _hidden(window, "银行卡号", 4, 4)
    if window.label == "code":
        return None
    if (number := MOBILE.fullmatch(window.digits)) and is_mobile(window, number["n"]):
        return _hidden(window, "手机号", number.start("n") + 3, 4)
    if number := land_line(window, before):
        return _hidden(window, "座机号", number.start("n"), 4)
    return None


def _belongs(spelled: str, end: int, start: int) -> bool:
    """Whether what ends at one place says what the number is that starts at another."""
    if start - end > _NEAR:
        return False
    between = spelled[end:start].strip()
    return len(between) <= 8 and _APART.search(between) is None


def _hidden(window: Window, name: str, first: int, last: int) -> Shape:
    places = [at for group in window.groups for at in group.places]
    return Shape(name, tuple(places[first : len(places) - last]))

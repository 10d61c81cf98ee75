"""Which groups of digits have the shape of a person's number: identity, card, mobile, land line.

The check digit is not asked for where the shape tells enough: a number with one digit wrong leads
to a person too. Where codes look alike, what is written before the number decides (批号, 电话).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rubrics.messages.digit_groups import Group, Joint, groups, has_unit

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
# Provinces: 11 to 15, 21 to 23, 31 to 37, 41 to 46, 50 to 54, 61 to 65, 71, 81 to 83.
_PROVINCE: Final = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_MOBILE: Final = re.compile(r"(?:0{0,24}86)?0{0,24}(?P<n>1[3-9]\d{9})")
_LAND: Final = re.compile(
    r"(?:0{1,3}|(?:00)?86)??(?P<area>0(?:10|2\d)(?=\d{8}$)|0[3-9]\d\d(?=\d{7,8}$))(?P<n>[2-9]\d+)"
)
_ABROAD: Final = re.compile(
    r"(?:00)?86(?:(?:10|2\d)(?=\d{8}$)|[3-9]\d\d(?=\d{7,8}$))(?P<n>[2-9]\d+)"
)
_LOCAL: Final = re.compile(r"(?P<n>[2-9]\d{6,7})")
_CARD: Final = re.compile(r"62\d{14,17}|5[1-5]\d{14}|4\d{15}(?:\d{3})?")
_LABELLED_CARD: Final = re.compile(r"\d{12,19}")
_DAY_WITHIN: Final = re.compile(r"20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
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
_USUAL: Final = {(11,), (3, 4, 4), (4, 3, 4), (4, 4, 3), (3, 3, 5), (1,) * 11}
_WORTH: Final = re.compile(r" ?(?:元|角|万|亿|千|百|%)")
_BORN: Final = range(1900, 2024)
"""Who is at school was born in these years; other years need the check digit."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A number found: what it is called and the places of the characters that are kept back."""

    name: str
    hidden: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Window:
    """Groups in a row that may be one number."""

    groups: Sequence[Group]
    digits: str
    label: str
    whole: bool
    """Whether nothing else joins them, so that they are no part of a list."""
    counted: bool
    """Whether a unit follows."""
    worth: bool
    """Whether a sum of money or a share follows."""

    @property
    def joints(self) -> list[Joint]:
        return [group.joint for group in self.groups[1:]]

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(len(group.digits) for group in self.groups)

    def plain(self) -> bool:
        """Whether there are digits alone: no day, no time, no X."""
        return all(group.kind == "plain" for group in self.groups)

    def decimal(self) -> bool:
        """Whether a point stands in it as in a decimal: not between all groups."""
        gaps = [group.gap for group in self.groups[1:]]
        return "." in gaps and (len(gaps) < 2 or set(gaps) != {"."})


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
        window = _Window(
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


def _shape(window: _Window, before: str, lettered: bool) -> Shape | None:
    latin = before.isascii() and before.isalpha()
    if not lettered and (not latin or before in "GJLgjl") and _is_identity(window):
        return _hidden(window, "身份证号", 6, 3 if len(window.digits) == 15 else 4)
    if not window.plain() or window.decimal():
        return None
    if not (lettered or latin) and _is_card(window):
        return _hidden(window, "银行卡号", 4, 4)
    if window.label == "code":
        return None
    if (number := _MOBILE.fullmatch(window.digits)) and _is_mobile(window, number["n"]):
        return _hidden(window, "手机号", number.start("n") + 3, 4)
    if number := _land_line(window, before):
        return _hidden(window, "座机号", number.start("n"), 4)
    return None


def _is_identity(window: _Window) -> bool:
    digits, joints = window.digits, window.joints
    if window.decimal() or (Joint.WORD in joints and window.label != "identity"):
        return False
    # The code of a school has twelve digits, and a year may follow.
    if joints and window.sizes[0] == 12 and window.label != "identity":
        return False
    if any(group.kind == "x" for group in window.groups[:-1]):
        return False
    if window.label == "identity" and 15 <= len(digits) <= 19:
        return True
    if _PROVINCE.match(digits) is None or not _day_stands_right(window):
        return False
    if len(digits) == 18 and digits[:17].isdigit():
        born = (digits[6:10], digits[10:12], digits[12:14])
        sure = window.label != "code" and int(born[0]) in _BORN
        return _is_day(*born) and (sure or _checked(digits))
    if len(digits) == 15 and digits.isdigit():
        usual = window.sizes in {(15,), (6, 6, 3)} or (window.whole and not window.counted)
        born = (f"19{digits[6:8]}", digits[8:10], digits[10:12])
        return usual and max(joints, default=0) == 0 and window.label != "code" and _is_day(*born)
    return False


def _day_stands_right(window: _Window) -> bool:
    """Whether a day that is written as one stands where an identity number has it."""
    before = 0
    for group in window.groups:
        if group.kind == "day" and before != 6:
            return False
        before += len(group.digits)
    return True


def _is_day(year: str, month: str, day: str) -> bool:
    if (len(year), len(month), len(day)) != (4, 2, 2):
        return False
    try:
        return 1880 <= date(int(year), int(month), int(day)).year < 2100
    except ValueError:
        return False


def _checked(digits: str) -> bool:
    """Whether the last of 18 digits is the check digit of an identity number (GB 11643)."""
    total = sum(int(digit) << (17 - at) for at, digit in enumerate(digits[:17]))
    return "10X98765432"[total % 11] == digits[17].upper()


def _is_card(window: _Window) -> bool:
    if window.label == "card" and _LABELLED_CARD.fullmatch(window.digits):
        return True
    joints = window.joints
    if window.label == "code" or Joint.WORD in joints or _CARD.fullmatch(window.digits) is None:
        return False
    if joints and max(window.sizes) > 10:  # a code and what stands behind it
        return False
    if _luhn(window.digits):
        return True
    if _DAY_WITHIN.search(window.digits) or Joint.SIGN in joints or window.counted:
        return False
    fours = set(window.sizes[:-1]) == {4} and window.sizes[-1] <= 4
    return not joints or fours or window.whole


def _luhn(digits: str) -> bool:
    """Whether digits pass the check of bank cards (Luhn)."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_mobile(window: _Window, number: str) -> bool:
    joints = window.joints
    if window.worth or (joints and window.counted):
        return False
    if not joints or window.label == "phone":
        return True
    sizes, left = [], len(window.digits) - len(number)
    for size in window.sizes:  # without what is dialled before
        sizes += [size - left] if size > left else []
        left = max(0, left - size)
    if Joint.WORD in joints:
        alike = len({group.gap for group in window.groups[1:]}) == 1
        return alike and tuple(sizes) in _USUAL
    return tuple(sizes) in _USUAL or (max(joints) is Joint.BLANK and window.whole)


def _land_line(window: _Window, before: str) -> re.Match[str] | None:
    joints, digits = window.joints, window.digits
    if window.worth or window.counted or max(joints, default=0) > 0:
        return None
    if number := _LAND.fullmatch(digits) or (before == "+" and _ABROAD.fullmatch(digits)) or None:
        usual = len(joints) <= 3 or window.whole or window.label == "phone"
        return number if usual else None
    if window.label == "phone" and not _is_day(digits[:4], digits[4:6], digits[6:]):
        return _LOCAL.fullmatch(digits)
    return None


def _belongs(spelled: str, end: int, start: int) -> bool:
    """Whether what ends at one place says what the number is that starts at another."""
    if start - end > _NEAR:
        return False
    between = spelled[end:start].strip()
    return len(between) <= 8 and _APART.search(between) is None


def _hidden(window: _Window, name: str, first: int, last: int) -> Shape:
    places = [at for group in window.groups for at in group.places]
    return Shape(name, tuple(places[first : len(places) - last]))

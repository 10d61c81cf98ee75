"""Which digits have the shape of a mobile number, a land line, or a bank card."""

from __future__ import annotations

import re
from typing import Final

from rubrics.messages.digit_groups import Joint
from rubrics.messages.digit_windows import Window, is_day

MOBILE: Final = re.compile(r"(?:0{0,24}86)?0{0,24}(?P<n>1[3-9]\d{9})")
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
_USUAL: Final = {(11,), (3, 4, 4), (4, 3, 4), (4, 4, 3), (3, 3, 5), (1,) * 11}


def is_card(window: Window) -> bool:
    """Whether the digits are the number of a bank card, or stand behind the word for one."""
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


def is_mobile(window: Window, number: str) -> bool:
    """Whether digits that ``MOBILE`` matches are in groups as people write them.

    ``number``: the eleven digits without what is dialled before.
    """
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


def land_line(window: Window, before: str) -> re.Match[str] | None:
    """Returns a number with its area code, or one that stands behind the word for a telephone;
    ``n`` is what follows the area code. ``before``: the character in front.
    """
    joints, digits = window.joints, window.digits
    if window.worth or window.counted or max(joints, default=0) > 0:
        return None
    if number := _LAND.fullmatch(digits) or (before == "+" and _ABROAD.fullmatch(digits)) or None:
        usual = len(joints) <= 3 or window.whole or window.label == "phone"
        return number if usual else None
    if window.label == "phone" and not is_day(digits[:4], digits[4:6], digits[6:]):
        return _LOCAL.fullmatch(digits)
    return None

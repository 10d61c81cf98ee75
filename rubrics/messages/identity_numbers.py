"""Which digits have the shape of an identity number (GB 11643), of 18 digits or the older 15.

The check digit is asked for only where the shape does not tell enough: a number with one digit
wrong leads to a person too.
"""

from __future__ import annotations

import re
from typing import Final

from rubrics.messages.digit_groups import Joint
from rubrics.messages.digit_windows import Window, is_day

# Provinces: 11 to 15, 21 to 23, 31 to 37, 41 to 46, 50 to 54, 61 to 65, 71, 81 to 83.
_PROVINCE: Final = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_BORN: Final = range(1900, 2024)
"""Who is at school was born in these years; other years need the check digit."""


def is_identity(window: Window) -> bool:
    """Whether the digits are an identity number: a province, a day of birth, and what stands
    before them.
    """
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
        return is_day(*born) and (sure or _checked(digits))
    if len(digits) == 15 and digits.isdigit():
        usual = window.sizes in {(15,), (6, 6, 3)} or (window.whole and not window.counted)
        born = (f"19{digits[6:8]}", digits[8:10], digits[10:12])
        return usual and max(joints, default=0) == 0 and window.label != "code" and is_day(*born)
    return False


def _day_stands_right(window: Window) -> bool:
    """Whether a day that is written as one stands where an identity number has it."""
    before = 0
    for group in window.groups:
        if group.kind == "day" and before != 6:
            return False
        before += len(group.digits)
    return True


def _checked(digits: str) -> bool:
    """Whether the last of 18 digits is the check digit of an identity number (GB 11643)."""
    total = sum(int(digit) << (17 - at) for at, digit in enumerate(digits[:17]))
    return "10X98765432"[total % 11] == digits[17].upper()

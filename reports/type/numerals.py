"""Chinese numerals, with which official papers number their parts (GB/T 9704)."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """Returns a number from 1 to 99 in Chinese, a larger one in digits.

    >>> numeral(3), numeral(10), numeral(12), numeral(40), numeral(100)
    ('三', '十', '十二', '四十', '100')
    """
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    return ("" if tens < 2 else _DIGITS[tens]) + "十" * (tens > 0) + (_DIGITS[ones] if ones else "")

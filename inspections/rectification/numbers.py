"""How an item is called: by its number in the ledger, ``0012``, and beside other rounds'
``2026秋-0012``.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_WIDTH: Final = 4
_LONGEST: Final = 9
"""Digits that a number may have."""


def short(number: int) -> str:
    """Returns how an item is called within its round."""
    return f"{number:0{_WIDTH}d}"


def label(round_id: str, number: int) -> str:
    """Returns how an item is called beside those of other rounds."""
    return f"{round_id}-{short(number)}"


def number_of(text: str, round_id: str) -> int:
    """Returns the number that somebody typed, with the round's id or without; 0 where it is none.

    >>> number_of("qinghe-0012", "qinghe"), number_of("12", "qinghe"), number_of("other-12", "q")
    (12, 12, 0)
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    digits = plain.removeprefix(f"{unicodedata.normalize('NFKC', round_id)}-")
    fine = digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST
    return int(digits) if fine else 0

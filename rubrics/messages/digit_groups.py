"""Groups of digits in a text and what stands between them, read once from left to right.

A number may be written in one piece or in groups, over lines, with any sign between. Whether
groups are one number is told by :mod:`rubrics.messages.number_shapes`; here stands how they join.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

_FORMS: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | str.maketrans(
    "—–−‐‑―·\u3000\xa0\t\r\n\u2028\u2029", "------.       "
)
_FOREIGN: Final = re.compile(r"(?![0-9])\d")
GAP: Final = 40
"""So many characters may stand between two groups of one number."""

# A day and a time of day are read as one group: neither is part of a telephone number.
_TOKEN: Final = re.compile(
    r"(?<![\d.-])(?P<day>\d{4}([-./])(?:1[0-2]|0?[1-9])\2(?:3[01]|[12]\d|0?[1-9]))(?![\d.])"
    r"|(?<![\d:])(?P<time>(?:2[0-3]|[01]?\d):[0-5]\d(?::[0-5]\d)?)(?![\d:])"
    r"|(?P<plain>\d+)"
    r"|(?<![A-Za-z])(?P<x>[Xx])(?![A-Za-z0-9])"
)
_SOFT: Final = re.compile(r"[ \-_.()\[\]~*'\"“”‘’【】<>]*")
_WRITTEN: Final = re.compile(r"[A-Za-z\u4e00-\u9fff%‰℃°¥￥$〔〕]")
_UNIT: Final = re.compile(
    r"[元角分万亿千百%‰℃人名个份克斤吨升米件台套张次项条位本册辆间度年月日时点秒号第到至和届班级室栋幢]"
)


class Joint(IntEnum):
    """How firmly two groups hang together."""

    BLANK = 0
    """Blanks, hyphens, brackets, dots."""
    SIGN = 1
    """Any other sign, as it stands between the members of a list too."""
    WORD = 2
    """A letter or two."""
    NONE = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Digits in a row (or a day, a time, the X of an identity number) and their places."""

    start: int
    digits: str
    places: tuple[int, ...] | range
    kind: str
    joint: Joint
    gap: str
    """What stands before it, behind the group before, and how far that joins the two."""


def ascii_spelling(text: str) -> str:
    """Returns the text with one spelling of digits and signs; every place stays where it is."""
    spelled = text.translate(_FORMS)
    return _FOREIGN.sub(lambda found: str(unicodedata.decimal(found[0])), spelled)


def groups(spelled: str) -> Iterator[Group]:
    """Yields the groups of a text that :func:`ascii_spelling` made."""
    end = None
    for found in _TOKEN.finditer(spelled):
        start = found.start()
        gap = "" if end is None else spelled[end : min(start, end + GAP + 1)]
        joint = Joint.NONE if end is None else _joint(gap)
        end, kind = found.end(), found.lastgroup or ""
        if kind == "day":
            year, month, day = re.split(r"[-./]", found[0])
            digits = f"{year}{month:0>2}{day:0>2}"
            places = tuple(at for at in range(start, end) if spelled[at].isdigit())
            yield Group(start, digits, places, kind, joint, gap)
        else:
            yield Group(start, found[0], range(start, end), kind, joint, gap)


def has_unit(text: str) -> bool:
    """Whether a text holds a unit or measure word: the number beside it counts something."""
    return _UNIT.search(text) is not None


def _joint(gap: str) -> Joint:
    # Three asterisks are a number that was masked before.
    if len(gap) > GAP or gap.count("*") > 2:
        return Joint.NONE
    if _SOFT.fullmatch(gap):
        return Joint.SIGN if gap.startswith(". ") else Joint.BLANK
    if _WRITTEN.search(gap) is None:
        return Joint.SIGN
    return Joint.WORD if len(gap.strip()) <= 3 and not has_unit(gap) else Joint.NONE

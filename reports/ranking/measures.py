"""How much room text takes: widths, lines, number formats, and names cut to fit."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SIZE, LEAST = 11.0, 9.0
"""Points: the type of all cells, and what may be left of it on paper."""

# Column widths are counted in digits of the workbook's own font. 宋体 is on every Chinese office
# machine, and its digits at 11 points are 8 pixels wide; half a hanzi is 2/3 of the size in points.
DIGIT_PX, PAD_PX = 8, 5

_LONGEST = 32_000  # Excel refuses a cell of more than 32,767 characters


def pixels(width: float) -> int:
    """Returns how wide a column is on the screen."""
    return int(width * DIGIT_PX + PAD_PX)


def places_format(places: int) -> str:
    """Returns the number format with so many decimals."""
    return f"0.{'0' * places}_ " if places else "0_ "


def dashed(shown: str) -> str:
    """Returns the number format with a dash for 0."""
    return f"{shown};-{shown};—_ "


def lines(text: str, wide: float, size: float) -> int:
    """Returns how many lines the text takes in a column ``wide`` digits wide."""
    # A line ends early where a word or a mark may not be cut off.
    room = max(1, int(wide * DIGIT_PX / (size * 2 / 3)) - 2)
    if 2 * len(text) <= room and "\n" not in text:  # as in most cells
        return 1
    return sum(max(1, -(-width(part) // room)) for part in text.split("\n"))


def digits(text_width: int, size: float = SIZE) -> float:
    """Returns the column width, in digits, that shows so many half hanzi on one line."""
    return (text_width + 3) * size * 2 / 3 / DIGIT_PX


def shortened(text: str) -> str:
    """Returns the text, cut with a mark where a cell could not hold it."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……（太长，未全部列出）"


@lru_cache(maxsize=20_000)
def width(text: str) -> int:
    """Returns how many columns of a fixed-width line the text takes; Chinese takes two each."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def short_title(title: str) -> str:
    """Returns a rubric's title without quotation marks and the closing words all rubrics share."""
    bare = re.sub(r"[“”‘’《》\"' ]", "", title)
    return (
        re.sub(
            r"(工作)?(达标)?(督导)?(检查|考核|评估|评价){0,4}(指标|细则|标准|办法){1,4}(体系)?$",
            "",
            bare,
        )
        or bare
    )

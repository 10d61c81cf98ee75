"""What a test found about one inspector, or two of whom it cannot tell which."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import nan
from typing import Literal

from rubrics.messages.problems import Place


class Kind(StrEnum):
    """The patterns that are looked for, by the names under which people read of them."""

    DRIFT = "前后尺度不一"
    HALO = "各项同高同低"
    SPREAD = "高低拉不开"
    COPIED = "两校的表雷同"
    ALIKE = "两人评分雷同"
    DIGITS = "读数尾数集中"
    EDGE = "紧贴等次线"
    STAY = "停留偏短"
    TWO_PLACES = "同时在两校"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One test of one inspector.

    ``rubric``: its id, empty where all count together. ``inspectors``: codes; two where the
    figures cannot tell which of the two, none where it is the round as a whole. ``state``:
    ``tested`` has a ``p``, the chance that honest sheets show as much or more (at most; where it
    is none, nan); ``certain`` is a fact in which chance has no part (two schools at once);
    ``unknown`` says in ``words`` why it cannot be known, and what would make it known.

    ``statistic`` is what the test's own function says. ``words``: plain Chinese, without names of
    people, so that one sentence serves the bureau and the inspector's own page. ``cells``: where
    to look. ``draws``: permutations that were drawn with ``seed``; 0 where all were counted, or
    the chance was worked out.
    """

    kind: Kind
    rubric: str
    inspectors: tuple[str, ...]
    state: Literal["tested", "certain", "unknown"]
    words: str
    statistic: float = nan
    p: float = nan
    cells: tuple[Place, ...] = ()
    draws: int = 0
    seed: int | None = None


def unknown(kind: Kind, rubric: str, inspectors: tuple[str, ...], words: str) -> Pattern:
    """Returns that something cannot be known, and why."""
    return Pattern(kind, rubric, inspectors, "unknown", words)


MOST_CELLS = 12
"""More places than anybody goes through are not listed."""

LEAST = 5
"""With fewer visits no order and no choice of signs is rare enough to tell anything."""

TOGETHER = "安排两人同去、各填一份表（每人至少 5 次），就能知道。"
"""What makes known whatever needs a second pair of eyes."""


def rare(p: float) -> str:
    """Returns how rare it is by chance, in words: ``不到千分之一``.

    >>> rare(0.03), rare(0.0004), rare(0.4)
    ('约百分之三', '不到千分之一', '约百分之四十')
    """
    for most, words in ((1e-8, "一亿"), (1e-6, "一百万"), (1e-5, "十万"), (1e-4, "一万")):
        if p < most:
            return f"不到{words}分之一"
    if p < 1e-3:
        return "不到千分之一"
    if p < 0.01:
        return "不到百分之一"
    return f"约百分之{_number(round(p * 100))}"


def _number(value: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(value, 10)
    if value >= 100:
        return "百"
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")

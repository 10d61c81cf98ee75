"""How sure the places of a ranking are, as far as its records tell: what is printed beside ranks.

It is measured by :mod:`scoring.fairness.certainty`, only where a round asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from inspections.round.school import School

NAMED: Final = 4
"""Up to so many schools that cannot be told apart from one are all named; of more the two nearest.
"""

_PARTS: Final = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class PlaceCertainty:
    """The place of one school in its group; ranks are those of the ranking (1-2-2-4).

    ``low`` to ``high``: where its true rank lies; they hold the rank that is printed. ``first`` to
    ``last``: the ranks of those whose totals do not differ clearly from its own, itself included;
    ``alike``: how many others these are, ``nearest``: all of them, or the two nearest, from the
    first to the last. ``among_first``, ``among_last``: the chance (of 1) to be truly among so many
    first and last; None where the group has no more schools than that.
    """

    low: int
    high: int
    first: int
    last: int
    alike: int
    nearest: tuple[School, ...]
    among_first: float | None
    among_last: float | None

    @property
    def place(self) -> str:
        """Returns ``第 3 至第 9 名之间``, or ``第 3 名``."""
        if self.low == self.high:
            return f"第 {self.low} 名"
        return f"第 {self.low} 至第 {self.high} 名之间"

    @property
    def span(self) -> str:
        """Returns the same as short as can be: ``3～9``, or ``3``."""
        return f"{self.low}～{self.high}" if self.low < self.high else f"{self.low}"


@dataclass(frozen=True, slots=True)
class Certainty:
    """One ranking. ``places`` by school: those that are ranked by their totals in a group of two or
    more; none where the error of totals cannot be known.

    ``sure``: the chance that an interval holds; ``among``: how many are the first, and the last.
    ``unknown``: what is not in the errors, or why they are not known, in Chinese; ``remedy``: what
    would make it known, in the same order. ``basis``: what errors were measured by, and
    ``missing``: what is not in them, in words for those who were inspected. ``corrected``: whether
    some totals are corrected for severity, and errors are those of corrected totals. ``seed``: of
    what was drawn.
    """

    places: Mapping[str, PlaceCertainty] = field(default_factory=dict)
    sure: float = 0.9
    among: int = 10
    unknown: tuple[str, ...] = ()
    remedy: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    corrected: bool = False
    seed: int = 0

    @property
    def known(self) -> bool:
        """Whether the places of some group are known as far as that."""
        return bool(self.places)

    @property
    def level(self) -> str:
        """Returns the level in words: ``九成``."""
        return f"{_PARTS[round(self.sure * 10) - 1]}成"

    @property
    def by(self) -> str:
        """Returns by what it is estimated: ``按同一次到校的各份检查表之间的差别估计``."""
        return f"按{'、'.join(self.basis)}估计"

    @property
    def caveat(self) -> str:
        """Returns that less is sure than the level says, and why; empty where all is measured."""
        if not self.missing:
            return ""
        return f"{'、'.join(self.missing)}没有计入，实际的把握不到{self.level}"

    @property
    def left_out(self) -> str:
        """Returns what is not known, each with what would make it known; empty where nothing."""
        both = zip(self.unknown, self.remedy, strict=True)
        return "；".join(f"{what}（{remedy.rstrip('。')}）" for what, remedy in both)

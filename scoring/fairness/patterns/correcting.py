"""What is told of many tests: those that stand out although so many were tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.fairness.chances import holm
from scoring.fairness.patterns.pattern import Pattern

RATE = 0.05
"""If all sheets are honest, a round has one false alarm or more in at most so many of 1."""


@dataclass(frozen=True, slots=True)
class Tried:
    """All that was tried in a round: one family across inspectors, rubrics and patterns.

    ``adjusted``: by test of ``patterns``, the p that counts once all are counted; nan of what is
    certain or unknown. ``rate``: what is told lies at or below it. ``count``: how many tests.
    """

    patterns: tuple[Pattern, ...]
    adjusted: tuple[float, ...]
    rate: float

    @property
    def count(self) -> int:
        """How many tests the correction counts."""
        return sum(one.state == "tested" for one in self.patterns)

    @property
    def told(self) -> tuple[Pattern, ...]:
        """What is worth a second look: facts first, then what is rarest; nothing twice."""
        facts = [one for one in self.patterns if one.state == "certain"]
        order = sorted(
            (adjusted, place)
            for place, adjusted in enumerate(self.adjusted)
            if adjusted <= self.rate
        )
        rest = [self.patterns[place] for _, place in order]
        return (*facts, *(one for one in rest if not any(_told_by(one, it) for it in facts)))

    @property
    def unknown(self) -> tuple[Pattern, ...]:
        """What cannot be known, with what would make it known."""
        return tuple(one for one in self.patterns if one.state == "unknown")

    @property
    def words(self) -> str:
        """How sure what is told is, in a sentence for people."""
        if not self.count:
            return "这一批次的表太少，没有可以用概率来比的。"
        return (
            f"一共比了 {self.count} 项。如果大家都照实填表，"
            f"这么多项里哪怕错提示一项的机会也不超过 {self.rate:.0%}；"
            "提示只说明值得再看一眼，不说明谁有错。"
        )


def _told_by(one: Pattern, fact: Pattern) -> bool:
    """Whether a fact about the same cells says it already."""
    same = (one.kind, one.inspectors) == (fact.kind, fact.inspectors)
    return same and set(one.cells) <= set(fact.cells)


def tried(patterns: Sequence[Pattern], rate: float = RATE) -> Tried:
    """Returns what was tried, with the p of each corrected for all of them.

    Holm (1979), "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
    Statistics 6: the chance of even one false alarm in the round is at most ``rate``, however the
    tests hang together (two inspectors of one visit, several patterns in one record). That is
    asked for, and not a share of false alarms among what is told (Benjamini and Hochberg), because
    a single inspector who is asked without reason is one too many.

    >>> made = [Pattern(Kind.DRIFT, "", (name,), "tested", "", 0, p) for name, p in ps.items()]
    ... # doctest: +SKIP
    """
    ps = np.array([one.p if one.state == "tested" else np.nan for one in patterns], float)
    return Tried(tuple(patterns), tuple(holm(ps).tolist()), rate)

"""All patterns of a round, and what of them is worth a second look."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.fairness.patterns.alike import alikes
from scoring.fairness.patterns.copied import copies
from scoring.fairness.patterns.correcting import RATE, Tried, tried
from scoring.fairness.patterns.digits import digits
from scoring.fairness.patterns.drift import drifts
from scoring.fairness.patterns.edges import edges
from scoring.fairness.patterns.gaps import gaps_of
from scoring.fairness.patterns.halo import halos
from scoring.fairness.patterns.pattern import Pattern
from scoring.fairness.patterns.sheets import Sheets
from scoring.fairness.patterns.spread import spreads
from scoring.fairness.patterns.stays import stays


def patterns_of(all_sheets: Sequence[Sheets], seed: int, rate: float = RATE) -> Tried:
    """Returns every pattern that was looked for in a round, corrected for how many were.

    ``all_sheets``: of each rubric. ``seed`` is to be recorded: the same gives the same p.

    >>> tried = patterns_of([sheets], seed=2026)  # doctest: +SKIP
    """
    found: list[Pattern] = []
    for sheets in all_sheets:
        gaps = gaps_of(sheets)
        found += drifts(sheets, gaps, seed)
        found += halos(sheets, gaps, seed)
        found += spreads(sheets, seed)
        found += copies(sheets)
        found += alikes(sheets)
        found += digits(sheets, seed)
        found += edges(sheets)
    return tried([*found, *stays(all_sheets)], rate)

"""How often intervals hold the true rank where totals are corrected for severity.

``python -m tests.scoring.fairness.simulations.corrected_coverage [TIMES]``. Beside them those of
corrected totals with the errors of plain ones, and those of plain totals.
"""

from __future__ import annotations

import sys
from decimal import Decimal

import numpy as np

from inspections.round.round import Combining
from inspections.round.severity_correction import SeverityCorrection
from scoring.fairness.corrected_errors import corrected_errors
from scoring.fairness.errors import Errors
from scoring.fairness.measured_error import measured_error
from scoring.fairness.ranks import sure_ranks
from scoring.fairness.ratings import Floats
from scoring.fairness.severity_correction import Unknown, inspector_corrections
from tests.scoring.fairness.simulations.counties import county, ranks

CASES: tuple[tuple[int, str, dict[str, float]], ...] = (
    (60, "10", {"severity": 0.08, "record": 0.2}),
    (60, "2", {"severity": 0.08, "record": 0.2}),
    (60, "10", {"severity": 0.05, "record": 0.25}),
    (120, "2", {"severity": 0.1, "record": 0.2}),
)


def held(
    counties: int, schools: int, limit: str, seed: int, **how: float
) -> tuple[list[int], list[float]]:
    """Returns how many true ranks intervals hold, and how wide they are on average (of the group):
    those of corrected totals, of these with the errors of plain ones, of plain totals; then of how
    many schools, those of rounds that are not corrected left out.
    """
    random = np.random.default_rng(seed)
    asked = SeverityCorrection(limit=Decimal(limit))
    found, widths, count = [0, 0, 0], [0.0, 0.0, 0.0], 0
    for _ in range(counties):
        drawn = county(random, schools, **how)  # type: ignore[arg-type]
        ratings = drawn.ratings
        given = inspector_corrections(asked, ratings, np.arange(len(ratings)))
        errors = measured_error(ratings, Combining()).errors
        if isinstance(given, Unknown) or errors is None:
            continue
        by = np.array([given[0].get(code, 0) for code in ratings.inspectors]) / 10_000
        mean = np.bincount(ratings.school, by[ratings.inspector]) / np.bincount(ratings.school)
        totals = np.round(drawn.published + mean, 2)
        less, true = corrected_errors(errors, ratings, given[0]), ranks(drawn.totals)
        ways: tuple[tuple[Floats, Errors], ...] = (
            (totals, less), (totals, errors), (drawn.published, errors),
        )  # fmt: skip
        for place, (figures, own) in enumerate(ways):
            told = sure_ranks(figures, own, step=0.01)
            found[place] += int(((told.low <= true) & (true <= told.high)).sum())
            widths[place] += float((told.high - told.low + 1).sum()) / schools
        count += schools
    return [*found, count], [width / max(count, 1) for width in widths]


def main() -> None:
    """Prints a row a kind of county."""
    times = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    print("县 | 至多校正 | 学校 | 校正后：在内、宽度 | 误差照校正前 | 不校正")
    for seed, (schools, limit, how) in enumerate(CASES):
        found, widths = held(max(6, int(times * 6_000 / schools)), schools, limit, seed, **how)
        count = max(found[3], 1)
        told = " | ".join(
            f"{100 * one / count:.1f}%、{100 * width:.1f}%"
            for one, width in zip(found[:3], widths, strict=True)
        )
        print(f"{schools} 所 {how} | {limit} | {found[3]} | {told}", flush=True)


if __name__ == "__main__":
    main()

"""The errors of corrected totals: what is left of severity, and intervals that hold."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from inspections.round.round import Combining
from inspections.round.severity_correction import SeverityCorrection
from scoring.fairness.corrected_errors import corrected_errors
from scoring.fairness.measured_error import measured_error
from scoring.fairness.severity_correction import Unknown, inspector_corrections
from tests.scoring.fairness.binomial import at_most
from tests.scoring.fairness.simulations.corrected_coverage import held
from tests.scoring.fairness.simulations.counties import county

LOOSE = SeverityCorrection(limit=Decimal(20))


def test_less_is_left_the_more_is_corrected_and_what_cannot_be_known_stays() -> None:
    ratings = county(np.random.default_rng(3), 80, severity=0.1).ratings
    errors = measured_error(ratings, Combining()).errors
    given = inspector_corrections(LOOSE, ratings, np.arange(len(ratings)))
    assert errors is not None and not isinstance(given, Unknown)
    by = given[0]
    left = {
        limit: corrected_errors(
            errors, ratings, {it: max(-limit, min(limit, units)) for it, units in by.items()}
        ).severity
        for limit in (0, 10_000, 20_000, 500_000)
    }
    assert left[500_000] < left[20_000] < left[10_000] < left[0]
    assert left[500_000] < errors.severity / 2
    # Not corrected at all is about as large as the variance of severities; each by 3 more or less
    # adds the square of it.
    assert left[0] == pytest.approx(errors.severity, rel=0.5)
    off = {it: units + (30_000 if n % 2 else -30_000) for n, (it, units) in enumerate(by.items())}
    more = corrected_errors(errors, ratings, off).severity
    assert more == pytest.approx(left[500_000] + 9, rel=0.01)
    # Where nobody is compared with anybody severities are in the rest, and stay there.
    alone = county(np.random.default_rng(3), 80, seats=1).ratings
    assert corrected_errors(errors, alone, by) is errors


def test_intervals_of_corrected_totals_hold_and_are_narrower() -> None:
    found, widths = held(12, 40, "10", 9, severity=0.08, record=0.2)
    corrected, _, _, count = found
    assert count >= 240
    # Schools of one county share inspectors: they count as a quarter of so many.
    assert (count - corrected) // 4 <= at_most(count // 4, 0.1)
    assert widths[0] < 0.9 * widths[1]

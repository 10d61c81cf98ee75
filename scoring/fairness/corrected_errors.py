"""The errors of totals that were corrected for severity: less of it is left in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rubrics.values.points import SCALE
from scoring.fairness.additive import additive
from scoring.fairness.errors import Errors
from scoring.fairness.ratings import Ratings
from scoring.fairness.severity_correction import shrunk_severity
from scoring.fairness.severity_variance import severity_variance


def corrected_errors(errors: Errors, ratings: Ratings, given: Mapping[str, int]) -> Errors:
    """Returns the errors once totals are corrected by what is ``given`` (units, by inspector).

    What is left of an inspector's severity is what its best prediction may miss, and by how much
    the correction differs from that: because it is limited, was measured of fewer sheets, or was
    not measured at all. The variance of severity becomes the mean square of it over records; where
    severities cannot be parted from the rest, errors stay as they are. Source of what a prediction
    misses: Henderson (1975), Robinson (1991).
    """
    rows = np.flatnonzero(np.isfinite(ratings.total))
    inspector, total = ratings.inspector[rows], ratings.total[rows]
    visits, unit = np.unique(ratings.visit[rows], return_inverse=True)
    model = additive(unit, inspector, total, len(visits), len(ratings.inspectors))
    variance = severity_variance(model, unit, inspector, total)
    if not np.isfinite(variance.severity) or not errors.severity:
        return errors
    by = np.array([given.get(code, 0) for code in ratings.inspectors]) / SCALE
    if variance.severity > 0:
        shrunk = shrunk_severity(model, variance, inspector)
        left = (shrunk.severity - by) ** 2 + shrunk.missed
    else:
        left = by**2
    left = np.where(np.isfinite(left), left, errors.severity + by**2)
    often = np.bincount(inspector, minlength=len(by))
    return replace(errors, severity=float(often @ left / often.sum()))

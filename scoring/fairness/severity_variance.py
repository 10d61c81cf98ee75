"""How much inspectors differ in severity, and whether at all, from differences within units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rubrics.values.points import IntArray
from scoring.fairness.additive import Additive
from scoring.fairness.ratings import Floats


@dataclass(frozen=True, slots=True)
class SeverityVariance:
    """Variances (squared points): of the ``severity`` of inspectors, of all else that a ``record``
    differs by; nan where there is nothing to part them.

    ``within``: of records of one unit, both together. ``rank``: independent differences between
    inspectors, ``freedom``: those that are left for the rest. ``chance``: how probable differences
    between inspectors as large as these are where all are equally strict (F). ``shown``: how often
    the variance of severity is in the sum of squares within units.
    """

    severity: float
    record: float
    within: float
    rank: int
    freedom: int
    chance: float
    shown: float = 0.0

    def freedom_of(self, severity: float, record: float) -> float:
        """Returns on how many differences the size of an error rests that holds so many times the
        variance of severity, and so many times that of a record.

        Either variance comes from two mean squares, of inspectors and of the rest; a sum of these
        is about as sure as a mean square of so many differences (Satterthwaite 1946).
        """
        part = severity * self.rank / self.shown if self.shown else 0.0
        of_inspectors = self.record * part + self.severity * severity
        of_rest = self.record * (record - part)
        doubt = of_inspectors**2 / self.rank + of_rest**2 / self.freedom
        return (of_inspectors + of_rest) ** 2 / doubt if doubt else float(self.freedom)


def severity_variance(
    model: Additive, unit: IntArray, inspector: IntArray, values: Floats
) -> SeverityVariance:
    """Returns the variances of the records that ``model`` was made of.

    Only what differs within a unit is used, so it does not matter who was sent where. Source:
    Henderson (1953), method III; Searle, Casella & McCulloch (1992), ch. 5.

    >>> unit, inspector = np.array([0, 0, 1, 1, 2, 2]), np.array([0, 1, 1, 2, 2, 0])
    >>> values = np.array([80.0, 84, 90, 91, 70, 68])
    >>> found = severity_variance(additive(unit, inspector, values, 3, 3), unit, inspector, values)
    >>> found.rank, found.freedom, round(found.severity, 3)
    (2, 1, 2.0)
    """
    from scipy.special import fdtrc

    units, people = len(model.islands.unit), len(model.islands.inspector)
    size = np.maximum(np.bincount(unit, minlength=units), 1)
    left = values - (np.bincount(unit, values, units) / size)[unit]
    whole = float(left @ left)
    apart = len(values) - int((model.islands.unit >= 0).sum())
    rank, freedom = apart - model.freedom, model.freedom
    within = whole / apart if apart else float("nan")
    if not rank or freedom <= 0:
        return SeverityVariance(float("nan"), float("nan"), within, rank, freedom, 1.0, 0.0)
    record = model.sigma**2
    # Severity in sums of squares within units: all of it but what a unit's mean takes away.
    pair, seen = np.unique(unit * people + inspector, return_counts=True)
    held = len(values) - float((seen**2 / size[pair // people]).sum())
    between = max(0.0, whole - record * freedom)
    chance = float(fdtrc(rank, freedom, between / rank / record)) if record > 0 else 0.0
    severity = max(0.0, (whole - record * apart) / held)
    chance = chance if between else 1.0
    return SeverityVariance(severity, record, within, rank, freedom, chance, held)

"""The error of school totals: of each by itself, and what those share whom one inspector saw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rubrics.values.points import BoolArray, IntArray
from scoring.fairness.ratings import Floats


@dataclass(frozen=True, slots=True)
class Errors:
    """Totals err by ``own`` (schools: variance, squared points), each by itself, and by what they
    share: severity of inspectors, of variance ``severity``; ``weight`` of the inspector
    ``inspector`` is in the total of ``school`` (three columns of one length).

    ``freedom``: on how many independent differences the size of the errors rests.
    """

    own: Floats
    severity: float
    school: IntArray
    inspector: IntArray
    weight: Floats
    freedom: float = np.inf

    @classmethod
    def independent(cls, standard_errors: Floats, freedom: float = np.inf) -> Errors:
        """Returns errors of which no two schools share anything; in points."""
        none = np.zeros(0, np.int64)
        own = np.asarray(standard_errors, np.float64) ** 2
        return cls(own, 0.0, none, none, np.zeros(0), freedom)

    @property
    def variance(self) -> Floats:
        """Schools: the whole variance of the error of a total, in squared points."""
        # Somebody who came several times is as severe each time.
        people = int(self.inspector.max(initial=-1)) + 1
        pair, place = np.unique(self.school * people + self.inspector, return_inverse=True)
        own = np.bincount(place, self.weight, len(pair)) ** 2
        shared = np.bincount(pair // max(people, 1), own, len(self.own))
        return np.asarray(self.own + self.severity * shared)

    @property
    def standard_error(self) -> Floats:
        """Schools: the standard error of a total, in points."""
        return np.asarray(np.sqrt(self.variance))

    @property
    def shared(self) -> bool:
        """Whether some inspector's severity is in the totals of several schools."""
        seen = np.bincount(self.inspector)
        return self.severity > 0 and bool((seen > 1).any())

    def covariance(self) -> Floats:
        """Returns schools x schools, in squared points."""
        loads = np.zeros((len(self.own), int(self.inspector.max(initial=-1)) + 1))
        np.add.at(loads, (self.school, self.inspector), self.weight)
        return np.asarray(self.severity * (loads @ loads.T) + np.diag(self.own))

    def among(self, schools: BoolArray) -> Errors:
        """Returns the errors of some of the schools, in their order."""
        place = np.cumsum(schools) - 1
        kept = schools[self.school]
        return Errors(
            self.own[schools],
            self.severity,
            place[self.school[kept]],
            self.inspector[kept],
            self.weight[kept],
            self.freedom,
        )

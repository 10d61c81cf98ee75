"""What a round says of the rubric's own indicators: which part schools, and which do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rubrics.values.points import SCALE, BoolArray
from scoring.engine.codes import CHECKED
from scoring.fairness.ratings import Floats
from scoring.results.figures import Figures

FEWEST: Final = 10
"""Fewer schools say nothing of how two indicators go together."""
SURE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Correlation:
    """How two columns go together, -1 to 1, and its interval; nan where nothing tells."""

    value: float
    low: float
    high: float
    schools: int


@dataclass(frozen=True, slots=True)
class ItemStudy:
    """One indicator: at how many ``schools`` it was checked, how many are ``losing`` points, the
    ``mean`` share of its points that is kept (of 1). ``rest``: how that share goes together with
    what the same school kept of all other indicators.

    ``contradicts``: the more schools keep of it, the less they keep of the rest; so clear that of
    all indicators of a rubric without any such one would be named in one round of twenty.
    """

    indicator: str
    schools: int
    losing: int
    mean: float
    rest: Correlation
    contradicts: bool

    @property
    def idle(self) -> bool:
        """Whether no school loses on it: it parts nobody."""
        return self.schools > 0 and not self.losing

    @property
    def general(self) -> bool:
        """Whether all schools lose on it: it is out of reach, or none can meet its wording."""
        return self.schools > 0 and self.losing == self.schools


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two indicators that say the same of schools; ``same``: at what share of them, exactly."""

    first: str
    second: str
    together: Correlation
    same: float


def item_studies(figures: Figures) -> tuple[ItemStudy, ...]:
    """Returns a study of every indicator, in the rubric's order.

    Item-rest correlation as in classical test theory (Guilford 1954; Crocker & Algina 1986, ch.
    14); intervals by Fisher's z (1921), at 95 %.
    """
    shares, there = kept_shares(figures)
    worth = np.asarray(figures.items.points, np.float64) * there
    kept = np.where(there, shares, 0) * worth
    sums, bases = kept.sum(axis=1), worth.sum(axis=1)
    lost = np.asarray(figures.items.lost, np.float64) > 0
    count = max(1, shares.shape[1])
    found = []
    for place, item in enumerate(figures.rubric.indicators):
        own = there[:, place]
        base = bases - worth[:, place]
        both = own & (base > 0)
        rest = (sums - kept[:, place])[both] / base[both]
        clear = correlation(shares[both, place], rest, 1 - 2 * (1 - SURE) / count)
        found.append(
            ItemStudy(
                item.id,
                int(own.sum()),
                int((lost[:, place] & own).sum()),
                float(shares[own, place].mean()) if own.any() else float("nan"),
                correlation(shares[both, place], rest),
                clear.high < 0,
            )
        )
    return tuple(found)


def repeats(figures: Figures, least: float = 0.8) -> tuple[Repeat, ...]:
    """Returns pairs of indicators that go together so that even the lower end of the interval, put
    right for the number of pairs (Bonferroni), is at least ``least``; the closest first.
    """
    shares, there = kept_shares(figures)
    rough = _all_pairs(shares, there)
    ids = [item.id for item in figures.rubric.indicators]
    first, second = np.nonzero(np.triu(np.nan_to_num(rough) >= least, 1))
    count = max(1, len(ids) * (len(ids) - 1) // 2)
    found = []
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        both = there[:, a] & there[:, b]
        one, other = shares[both, a], shares[both, b]
        if correlation(one, other, 1 - 2 * (1 - SURE) / count).low >= least:
            together = correlation(one, other)
            found.append(Repeat(ids[a], ids[b], together, float(np.isclose(one, other).mean())))
    return tuple(sorted(found, key=lambda it: -it.together.value))


def kept_shares(figures: Figures) -> tuple[Floats, BoolArray]:
    """Returns schools x indicators: what was kept of P (of 1), and where it was checked."""
    items = figures.items
    there = np.asarray(items.states == CHECKED)
    lost = np.asarray(items.lost, np.float64) / items.fine / SCALE
    worth = np.asarray(items.points, np.float64) / SCALE
    return np.where(there, 1 - lost / np.where(worth > 0, worth, 1), np.nan), there


def correlation(one: Floats, other: Floats, sure: float = SURE) -> Correlation:
    """Returns how two columns of schools go together, with an interval (Fisher 1921).

    >>> found = correlation(np.arange(20.0), np.arange(20.0)[::-1])
    >>> round(found.value, 6), found.schools
    (-1.0, 20)
    """
    from scipy.special import ndtri

    nothing = float("nan")
    if len(one) < FEWEST or np.ptp(one) < 1e-12 or np.ptp(other) < 1e-12:
        return Correlation(nothing, nothing, nothing, len(one))
    value = float(np.clip(np.corrcoef(one, other)[0, 1], -1, 1))
    bent = float(np.arctanh(np.clip(value, -1 + 1e-12, 1 - 1e-12)))
    reach = float(ndtri((1 + sure) / 2)) / np.sqrt(len(one) - 3)
    return Correlation(value, float(np.tanh(bent - reach)), float(np.tanh(bent + reach)), len(one))


def _all_pairs(shares: Floats, there: BoolArray) -> Floats:
    """Indicators x indicators: correlations over the schools that have both."""
    held = there.astype(np.float64)
    filled = np.where(there, shares, 0)
    count = held.T @ held
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (filled.T @ held) / count  # of the row's, where the column's is there too
        square = (filled**2).T @ held / count - mean**2
        mixed = filled.T @ filled / count - mean * mean.T
        flat = (square < 1e-12) | (square.T < 1e-12)
        return np.where(flat, np.nan, mixed / np.sqrt(np.maximum(square * square.T, 1e-300)))

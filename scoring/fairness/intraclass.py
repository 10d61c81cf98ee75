"""Intraclass correlations: which share of what is seen lies in the schools, not in who looked.

Three models, as Shrout and Fleiss (1979) number them; which is right is a matter of the design:

1. Each visit has inspectors of its own: who is strict counts as error, and groups need not be of
   one size. It is right wherever teams change from school to school.
2. The same inspectors saw every school, and stand for others who might have: agreement in what
   they say, severity being error that can be told apart.
3. The same inspectors saw every school, and nobody else ever will: agreement in the order in
   which they put schools, whatever their severity.

``single`` is what one inspector's figure is worth, ``average`` what the mean of a visit is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from scoring.fairness.ratings import Floats


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its interval, ``low`` to ``high``; nan where nothing can be said."""

    value: float
    low: float
    high: float


UNKNOWN = Estimate(np.nan, np.nan, np.nan)


@dataclass(frozen=True, slots=True)
class Intraclass:
    """One model's correlations, each of 1; 0 is no agreement, and below 0 they differ by more.

    ``raters``: how many an average is of; a mean, where groups differ in size.
    """

    single: Estimate
    average: Estimate
    groups: int
    raters: float


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """Mean squares of groups x raters: between groups, within them, between raters, residual."""

    between: float
    within: float
    raters: float
    residual: float


def mean_squares(ratings: Floats) -> MeanSquares:
    """Returns the mean squares of a complete table, rows = schools, columns = inspectors.

    Source: Shrout and Fleiss (1979), table 3.

    >>> round(mean_squares(np.array([[9.0, 2], [6, 1], [8, 4]])).between, 2)
    3.5
    """
    groups, raters = ratings.shape
    rows = ratings.mean(axis=1, keepdims=True)
    columns = ratings.mean(axis=0, keepdims=True)
    grand = ratings.mean()
    rest = ratings - rows - columns + grand
    return MeanSquares(
        raters * float(np.square(rows - grand).sum()) / (groups - 1),
        float(np.square(ratings - rows).sum()) / (groups * (raters - 1)),
        groups * float(np.square(columns - grand).sum()) / (raters - 1),
        float(np.square(rest).sum()) / ((groups - 1) * (raters - 1)),
    )


def one_way(values: Floats, group: npt.NDArray[np.int64], level: float = 0.95) -> Intraclass:
    """Returns ICC(1,1) and ICC(1,k): ``values`` of records, ``group`` says whose visit each is of.

    Groups of one tell nothing and are left out. The estimate is that of the analysis of variance
    (Shrout and Fleiss 1979; Donner 1986 for groups that differ in size). The interval is Wald's
    (1940), which is exact for normal figures in groups of any sizes, and that of Shrout and Fleiss
    where all are of one size.

    >>> found = one_way(np.array([1.0, 2, 5, 6, 9, 9]), np.array([0, 0, 1, 1, 2, 2]))
    >>> round(found.single.value, 3)
    0.977
    """
    held = np.isfinite(values)
    _, number, sizes = np.unique(group[held], return_inverse=True, return_counts=True)
    several = sizes[number] > 1
    values = values[held][several]
    _, number, sizes = np.unique(number[several], return_inverse=True, return_counts=True)
    groups, records = len(sizes), len(values)
    if groups < 2:
        return Intraclass(UNKNOWN, UNKNOWN, groups, np.nan)
    means = np.bincount(number, values) / sizes
    spare = records - groups
    within = float(np.square(values - means[number]).sum()) / spare
    between = float((sizes * np.square(means - values.mean())).sum()) / (groups - 1)
    raters = (records - float(np.square(sizes).sum()) / records) / (groups - 1)
    if not within and not between:
        return Intraclass(UNKNOWN, UNKNOWN, groups, raters)
    single = (between - within) / (between + (raters - 1) * within)
    low, high = _wald(means, sizes.astype(np.float64), within, spare, level)
    return Intraclass(
        Estimate(single, low, high),
        Estimate(*(stepped_up(one, raters) for one in (single, low, high))),
        groups,
        raters,
    )


def two_way(ratings: Floats, level: float = 0.95) -> tuple[Intraclass, Intraclass]:
    """Returns ICC(2,1) with ICC(2,k), and ICC(3,1) with ICC(3,k): the same inspectors throughout.

    ``ratings``: rows = schools, columns = inspectors; schools that one of them did not see are
    left out. Intervals as in Shrout and Fleiss (1979) and McGraw and Wong (1996): that of the third
    model is exact, that of the second goes by Satterthwaite.

    >>> agreed, ordered = two_way(np.array([[1.0, 3], [4, 6], [8, 10]]))
    >>> ordered.single.value
    1.0
    >>> round(agreed.single.value, 3)
    0.86
    """
    whole = ratings[np.isfinite(ratings).all(axis=1)]
    groups, raters = whole.shape
    if groups < 2 or raters < 2:
        nothing = Intraclass(UNKNOWN, UNKNOWN, groups, raters)
        return nothing, nothing
    found = mean_squares(whole)
    return _agreement(found, groups, raters, level), _consistency(found, groups, raters, level)


def stepped_up(single: float, raters: float) -> float:
    """Returns what the mean of ``raters`` is worth, where one is worth ``single`` (of 1).

    Source: Spearman (1910), Brown (1910).

    >>> round(stepped_up(0.5, 2), 3)
    0.667
    """
    least = 1 + (raters - 1) * single
    return raters * single / least if least > 0 else -np.inf


def _agreement(found: MeanSquares, groups: int, raters: int, level: float) -> Intraclass:
    """The second model; its interval from the ratio of mean squares of raters and residual."""
    from scipy.special import fdtri

    between, jury, rest = found.between, found.raters, found.residual
    own = between + (raters - 1) * rest + raters * (jury - rest) / groups
    if own <= 0:
        return Intraclass(UNKNOWN, UNKNOWN, groups, raters)
    single = (between - rest) / own
    tail = (1 + level) / 2
    ratio = jury / rest if rest else np.inf
    some = groups * (1 + (raters - 1) * single) - raters * single
    freedom = raters - 1.0
    if np.isfinite(ratio) and (single * ratio or some):
        top = (raters * single * ratio + some) ** 2
        ends = (groups - 1) * (raters * single * ratio) ** 2 + some**2
        freedom = (groups - 1) * (raters - 1) * top / ends
    upper, lower = fdtri(groups - 1, freedom, tail), fdtri(freedom, groups - 1, tail)
    weight = raters * jury + (raters * groups - raters - groups) * rest
    with np.errstate(divide="ignore", invalid="ignore"):  # Of two schools there may be no interval.
        low = groups * (between - upper * rest) / (upper * weight + groups * between)
        high = groups * (lower * between - rest) / (weight + groups * lower * between)
    return Intraclass(
        Estimate(single, float(low), float(high)),
        Estimate(*(stepped_up(float(one), raters) for one in (single, low, high))),
        groups,
        raters,
    )


def _consistency(found: MeanSquares, groups: int, raters: int, level: float) -> Intraclass:
    """The third model."""
    from scipy.special import fdtri

    if not found.between and not found.residual:
        return Intraclass(UNKNOWN, UNKNOWN, groups, raters)
    ratio = found.between / found.residual if found.residual else np.inf
    tail, spare = (1 + level) / 2, (groups - 1) * (raters - 1)
    ratios = (
        ratio,
        ratio / fdtri(groups - 1, spare, tail),
        ratio * fdtri(spare, groups - 1, tail),
    )
    single = [1.0 if np.isinf(one) else float((one - 1) / (one + raters - 1)) for one in ratios]
    average = [1 - 1 / float(one) if one else -np.inf for one in ratios]
    return Intraclass(Estimate(*single), Estimate(*average), groups, raters)


def _wald(
    means: Floats, sizes: Floats, within: float, spare: int, level: float
) -> tuple[float, float]:
    """The ends of the interval of the first model, from means and sizes of groups."""
    from scipy.optimize import brentq
    from scipy.special import fdtri

    if not within:
        return 1.0, 1.0
    groups = len(means)

    def ratio(share: float, quantile: float) -> float:
        """How the groups' spread, weighed as ``share`` in the groups asks for, lies to F."""
        # 1/(1/n + a) with a = share/(1-share), written so that nothing is infinite at 1.
        weights = sizes * (1 - share) / (1 + (sizes - 1) * share)
        centre = float((weights * means).sum() / weights.sum())
        spread = float((weights * np.square(means - centre)).sum())
        return spread / ((groups - 1) * within) - quantile

    least = -1 / (float(sizes.max()) - 1)
    step = 1e-9
    ends = []
    for tail in ((1 + level) / 2, (1 - level) / 2):
        own = partial(ratio, quantile=float(fdtri(groups - 1, spare, tail)))
        bottom, top = least + step, 1 - step
        if own(bottom) <= 0:
            ends.append(least)
        elif own(top) >= 0:
            ends.append(1.0)
        else:
            ends.append(float(brentq(own, bottom, top, xtol=1e-10)))
    return ends[0], ends[1]

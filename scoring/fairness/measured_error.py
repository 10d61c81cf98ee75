"""How far school totals are off, measured by the records themselves.

Inspectors of one visit who differ, and visits of one school that differ, tell how much a total
would change had others come on another day. Severities of inspectors are parted from the rest by
what the same people give at several schools: differences within visits alone, so that who was
sent where does not matter (Henderson 1953, method III; Searle, Casella & McCulloch 1992, ch. 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from inspections.round.round import Combining
from rubrics.values.points import IntArray, to_units
from scoring.fairness.additive import additive
from scoring.fairness.components import crossed
from scoring.fairness.errors import Errors
from scoring.fairness.ratings import Floats, Ratings
from scoring.fairness.severity_variance import SeverityVariance, severity_variance

LEAST = 3
"""Fewer independent differences say nothing about the size of errors."""

_ALIKE = 1e-6
"""Points: what differs by no more is the same."""


@dataclass(frozen=True, slots=True)
class MeasuredError:
    """The errors of the totals of all schools (``ratings.schools``), None where nothing tells.

    Variances (squared points) of one record: ``severity`` of inspectors, nan where it cannot be
    parted from ``record``, then part of it; ``visit``: between visits of one school, nan where too
    few schools have several. ``freedom``: on how many differences they rest. ``unknown``: what is
    not in the errors, in Chinese, and ``remedy``: what would make it known, in the same order.
    ``basis``: what the errors were measured by, and ``missing``: what is not in them, in words for
    those who were inspected.
    """

    errors: Errors | None
    severity: float
    visit: float
    record: float
    freedom: float
    unknown: tuple[str, ...]
    remedy: tuple[str, ...]
    basis: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def measured_error(
    ratings: Ratings, combining: Combining, sampling: Floats | None = None
) -> MeasuredError:
    """Returns the errors of totals that are combined as a round says.

    ``sampling`` (schools, squared points): what questionnaires of some of the people add. Where
    ``combining`` takes the median, a trimmed mean or the worst, errors are those of normal ones.
    A total out of fewer points, because some are excused, errs more. Records that hardly ever
    differ say nothing about the size of errors: they may have been filled in together.

    >>> measured_error(ratings, Combining()).unknown  # doctest: +SKIP
    ('不同日子之间的差别',)
    """
    rows = np.flatnonzero(np.isfinite(ratings.total))
    school, visit = ratings.school[rows], crossed(ratings.visit[rows])
    inspector, values = ratings.inspector[rows], ratings.total[rows]
    several = np.bincount(visit)[visit] > 1
    unknown: list[str] = []
    remedy: list[str] = []
    block = visit if several.any() else school
    within = _within(values, block, inspector)
    severity, record, freedom = within.severity, within.record, within.freedom
    parted = freedom >= LEAST and within.rank > 0
    if not parted:
        # What severities and the rest come to together is known all the same.
        severity, record = float("nan"), within.within
        freedom += within.rank
    between = float("nan")
    if several.any():
        between = _between(values, school, visit, inspector, severity, record)
    differing = _differing(values, block)
    told, help = "", _SECOND
    if not freedom:
        told = "每所学校只有一名督学的一份记录，没有可以相互比较的"
    elif not np.isfinite(record) or freedom < LEAST:
        told = "相互比较的太少"
    elif differing < LEAST:
        told, help = f"可以相互比较的记录几乎一模一样（有差别的只有 {differing} 处）", _APART
    if told:
        unknown.append(f"{told}，误差有多大无从知道")
        return MeasuredError(None, severity, between, record, freedom, tuple(unknown), (help,))
    missing: list[str] = []
    if not np.isfinite(severity):
        missing.append("各检查组宽严的差别")
        unknown.append("督学之间的宽严，与其他误差分不开")
        remedy.append("让每名督学至少到两所学校，并且每次同去的人不全一样。")
    if not np.isfinite(between) and several.any():
        missing.append("换一天检查的差别")
        unknown.append("不同日子之间的差别")
        remedy.append("抽一部分学校另选一天再查一次。")
    if combining.facts == "agreed" and several.any():
        missing.append("同去督学商定的事实可能的出入")
        unknown.append("同去的督学事先商定的事实（次数、读数、有无）记得准不准")
        remedy.append("抽一部分学校，让两名督学事实也各查各的、各填各的。")
    share = _applicable(ratings, rows)
    sizes = record * share / share.mean()
    own, weight = _combined(ratings, combining, rows, visit, severity, between, sizes)
    rests = float(freedom)
    if parted and record > 0:
        shared = Errors(np.zeros(len(own)), 1.0, school, inspector, weight).variance
        there = np.isfinite(own)
        rests = within.freedom_of(float(shared[there].mean()), float(own[there].mean()) / record)
    if sampling is not None:
        own = own + sampling
    errors = Errors(own, np.nan_to_num(severity), school, inspector, weight, rests)
    basis = [_VISIT] if several.any() else []
    if not several.any() or np.isfinite(between):
        basis.append(_AGAIN)
    if sampling is not None and np.any(sampling > 0):
        basis.append(_SAMPLE)
    told_of = tuple(unknown), tuple(remedy), tuple(basis), tuple(missing)
    return MeasuredError(errors, severity, between, record, float(freedom), *told_of)


_VISIT = "同一次到校的各份检查表之间的差别"
_AGAIN = "同一所学校各次检查之间的差别"
_SAMPLE = "问卷抽样的误差"
_APART = "抽一部分学校（十所以上），让两名督学各查各的、各填各的，填好以前不互相商量。"
_SECOND = "抽一部分学校（十所以上），每次去两名督学，各填各的；同去的人轮换搭配，宽严才能比较。"


def _differing(values: Floats, block: IntArray) -> int:
    """In how many blocks the records are not all alike."""
    label = crossed(block)
    high = np.full(int(label.max(initial=-1)) + 1, -np.inf)
    low = -high
    np.maximum.at(high, label, values)
    np.minimum.at(low, label, values)
    return int((high - low > _ALIKE).sum())


def _within(values: Floats, block: IntArray, inspector: IntArray) -> SeverityVariance:
    """Variances of severity and of a record; ``block``: among records of which the school's own,
    and the day's, is the same.
    """
    block, inspector = crossed(block), crossed(inspector)
    blocks, people = int(block.max(initial=-1)) + 1, int(inspector.max(initial=-1)) + 1
    model = additive(block, inspector, values, blocks, people)
    return severity_variance(model, block, inspector, values)


def _between(
    values: Floats,
    school: IntArray,
    visit: IntArray,
    inspector: IntArray,
    severity: float,
    record: float,
) -> float:
    """The variance between visits of one school; nan where too few have several."""
    size = np.bincount(visit)
    first = np.unique(visit, return_index=True)[1]
    owner = crossed(school[first])
    visits = np.bincount(owner)
    free = len(size) - len(visits)
    if free < LEAST:
        return float("nan")
    mean = np.bincount(visit, values) / size
    left = mean - (np.bincount(owner, mean) / visits)[owner]
    part = 1 - 1 / visits[owner]
    people = int(inspector.max()) + 1
    share = 1 / size[visit]
    _, own = _squares(visit * people + inspector, share)
    pair, shared = _squares(owner[visit] * people + inspector, share)
    mixed = own.sum() - (shared / visits[pair // people]).sum()
    taken = np.nan_to_num(severity) * mixed + record * (part / size).sum()
    return max(0.0, float((left @ left - taken) / free))


def _squares(label: IntArray, weight: Floats) -> tuple[IntArray, Floats]:
    """The labels that there are, and the square of the sum of weights of each."""
    names, place = np.unique(label, return_inverse=True)
    return names, np.asarray(np.bincount(place, weight) ** 2, np.float64)


def _applicable(ratings: Ratings, rows: IntArray) -> Floats:
    """Records: all points over those that applied; demerits are not normalised."""
    if ratings.rubric.scale == "demerits":
        return np.ones(len(rows))
    there = ratings.there[rows] @ ratings.worth
    return np.asarray(ratings.worth.sum() / np.maximum(there, 1e-9))


def _combined(
    ratings: Ratings,
    combining: Combining,
    rows: IntArray,
    visit: IntArray,
    severity: float,
    between: float,
    sizes: Floats,
) -> tuple[Floats, Floats]:
    """Schools: the variance of each total by itself; records: their weight in it."""
    severe, other = float(np.nan_to_num(severity)), float(np.nan_to_num(between))
    school, size = ratings.school[rows], np.bincount(visit)
    first = np.unique(visit, return_index=True)[1]
    owner, occasion, day = school[first], ratings.occasion[rows][first], ratings.day[rows][first]
    inner = np.ones(len(rows))
    if combining.inspectors == "weighted":
        names = [ratings.inspectors[it] for it in ratings.inspector[rows].tolist()]
        inner = np.array([to_units(combining.inspector_weights.get(it, 1)) for it in names], float)
    inner = _shares(inner, visit)
    outer = np.ones(len(size))
    if combining.visits == "weighted":
        names = [ratings.occasions[it] for it in occasion.tolist()]
        outer = np.array([to_units(combining.weights.get(it, 0)) for it in names], float)
    elif combining.visits == "latest":
        last = np.lexsort((occasion, day, owner))
        outer = np.zeros(len(size))
        ends = np.append(owner[last][1:] != owner[last][:-1], True)
        outer[last[ends]] = 1
    outer = _shares(outer, owner)
    weight = inner * outer[visit]
    # Of a median or the worst, the whole varies more than by each record's part in it.
    one = np.bincount(visit, inner**2 * (sizes + severe))
    more = _excess(combining.inspectors, size, combining.trim, combining.trim_from)
    whole = other + one * (1 + more)
    visits = np.bincount(owner, minlength=len(ratings.schools))[owner]
    again = _excess(combining.visits, visits, combining.trim_visits, combining.trim_visits_from)
    extra = outer**2 * (one * more + whole * again)
    own = np.bincount(school, weight**2 * sizes, len(ratings.schools))
    own += np.bincount(owner, outer**2 * other + extra, len(ratings.schools))
    own[~np.isin(np.arange(len(own)), school)] = np.nan
    return np.asarray(own, np.float64), weight


def _shares(weight: Floats, label: IntArray) -> Floats:
    """Weights as shares of those of one label; alike where none has any."""
    whole = np.bincount(label, weight)[label]
    known = np.where(whole > 0, whole, 1)
    return np.asarray(np.where(whole > 0, weight / known, 1 / np.bincount(label)[label]))


def _excess(way: str, counts: IntArray, trim: int, least: int) -> Floats:
    """By how much of its own the variance of a combined figure is beyond that of the mean."""
    found = np.zeros(len(counts))
    for count in np.unique(counts).tolist():
        if way in ("median", "worst") or (way == "trimmed" and count >= least):
            found[counts == count] = _variance(way, count, trim) * count - 1
    return found


@cache
def _variance(way: str, count: int, trim: int) -> float:
    """The variance of the median, the least or the trimmed mean of so many standard normals."""
    drawn = np.sort(np.random.default_rng(count).standard_normal((100_000, count)), axis=1)
    if way == "median":
        middle = drawn[:, [(count - 1) // 2, count // 2]].mean(axis=1)
    elif way == "worst":
        middle = drawn[:, 0]
    else:
        middle = drawn[:, trim : count - trim].mean(axis=1)
    return float(middle.var())

"""By how much totals are to be corrected for each inspector's severity, as far as that is known.

Severities are shrunk towards the mean of their island by how sure they are: the best linear
unbiased prediction of what was drawn from a normal population whose variance the records tell
(empirical Bayes: Henderson 1975; Robinson 1991; for raters Braun 1988, Longford 1995). Whatever is
not sure enough, or cannot be compared, is left alone, and it is told why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Final

import numpy as np

from inspections.records.record import Record
from inspections.records.record_list import as_list
from inspections.round.elapsed import elapsed_periods
from inspections.round.round import Round
from inspections.round.school import Roster
from inspections.round.severity_correction import PLACES, SeverityCorrection
from rubrics.language.rubric import Rubric
from rubrics.values.points import IntArray, to_units
from scoring.engine.columns import columns_of
from scoring.fairness.additive import Additive, additive
from scoring.fairness.ratings import Floats, Ratings, ratings_of
from scoring.fairness.severity_variance import SeverityVariance, severity_variance
from scoring.results.before import FoundBefore
from scoring.results.figures import as_counted
from scoring.results.inputs import records_digest
from scoring.verdict.ranking import groups

FREEDOM: Final = 20
"""Independent differences between records that the size of errors has to rest on, at the least."""

CHANCE: Final = 0.05
"""Where inspectors are equally strict, how often they are taken for different."""

_EXACT: Final = Decimal("0.000001")
"""Points: what is beyond it may be another figure on another computer, and is rounded off first."""


@dataclass(frozen=True, slots=True)
class ShrunkSeverity:
    """Severities of the inspectors of ``model``, in points, above 0 stricter; shrunk towards 0, the
    mean of the island; nan on an island of one.

    ``reliability``: by inspector, the share of what severities differ by that is known of this one;
    ``whole``: the same of all, each as often as it has records. ``missed``: the variance of what
    the severity differs by from its prediction (squared points).
    """

    severity: Floats
    reliability: Floats
    whole: float
    missed: Floats


def shrunk_severity(
    model: Additive, variance: SeverityVariance, inspector: IntArray
) -> ShrunkSeverity:
    """Returns severities as they are best predicted; ``inspector``: of each record.

    With A the equations of severities, and k the error's variance over that of severity, it is
    (A + kI)^-1 A times the estimate; the same from the inverse of A under sums of zero. One minus
    the variance of what is left over by that of severities about their island's mean is the
    reliability. Source: Henderson (1975), Robinson (1991).
    """
    over = variance.record / variance.severity
    size = len(model.severity)
    known = np.isfinite(model.severity)
    there = np.where(known, model.severity, 0.0)
    shrinking = np.linalg.inv(np.eye(size) + over * model.spread)
    severity = shrinking @ there
    left = variance.record * np.einsum("ij,ji->i", shrinking, model.spread)
    count = np.bincount(model.islands.inspector[known])[model.islands.inspector[known]]
    about = variance.severity * (1 - 1 / count)
    reliability = np.full(size, np.nan)
    reliability[known] = 1 - left[known] / about
    often = np.bincount(inspector, minlength=size)[known]
    whole = 1 - float(often @ left[known]) / float(often @ about) if known.any() else 0.0
    missed = np.where(known, left, np.nan)
    return ShrunkSeverity(np.where(known, severity, np.nan), reliability, whole, missed)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why nothing can be corrected under a rubric, what would help; ``blocks``: nor elsewhere."""

    why: str
    remedy: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class MeasuredCorrection:
    """What the records of one rubric tell. ``inspectors``: what is added by code, in units, or why
    that cannot be known. ``groups``: labels of all; ``apart``: of those whose inspectors cannot all
    be compared with each other. ``seen``: by code of an inspector, the groups whose schools they
    saw. ``records``: the SHA-256 of what it was measured from, so many ``sheets``.
    """

    rubric: Rubric
    inspectors: Mapping[str, int] | Unknown
    groups: tuple[str, ...]
    apart: tuple[str, ...]
    seen: Mapping[str, frozenset[str]]
    records: str
    sheets: int


def measured_corrections(
    settings: Round,
    rubrics: Mapping[str, Rubric],
    roster: Roster,
    visits: Iterable[Record],
    *,
    before: FoundBefore = MappingProxyType({}),
) -> dict[str, MeasuredCorrection]:
    """Returns what the records tell of each rubric of which the round asks for corrections.

    ``visits`` and ``before``: as :func:`scoring.results.rounds.score_round` has them. Nothing
    where the round does not ask. Severities are those of whole records, compared with others of
    the same visit. Rounded to ``PLACES`` decimals, once. Rubrics without a total are left out.
    """
    asked = settings.severity_correction
    if asked is None:
        return {}
    held = as_list(visits)
    schools = tuple(roster.schools.values())
    elapsed = elapsed_periods(settings)
    group, names = groups([school.traits for school in schools], settings.ranking.groups)
    found: dict[str, MeasuredCorrection] = {}
    for name, rubric in rubrics.items():
        if not asked.corrects(name):
            continue
        columns, own = columns_of(rubric, schools, held, settings.occasions)
        counted, _ = as_counted(
            rubric, columns, settings.combining, elapsed, before.get(name, {}).keys()
        )
        ratings = ratings_of(rubric, counted, elapsed)
        rows = np.flatnonzero(np.isfinite(ratings.total))
        if not len(rows):
            continue
        inspector, seen_in = ratings.inspector[rows], group[ratings.school[rows]]
        pairs = np.unique(np.stack([inspector, seen_in]), axis=1).T.tolist()
        seen: dict[str, frozenset[str]] = {}
        for person, number in pairs:
            code = ratings.inspectors[person]
            seen[code] = seen.get(code, frozenset()) | {names[number]}
        given = inspector_corrections(asked, ratings, rows)
        amounts: Mapping[str, int] | Unknown
        if isinstance(given, Unknown):
            amounts, apart = given, []
        else:
            amounts, island = given
            apart = _apart(island[inspector], seen_in, len(names))
        found[name] = MeasuredCorrection(
            rubric,
            amounts,
            names,
            tuple(names[number] for number in apart),
            seen,
            records_digest(own),
            len(rows),
        )
    return found


def inspector_corrections(
    asked: SeverityCorrection, ratings: Ratings, rows: IntArray
) -> tuple[dict[str, int], IntArray] | Unknown:
    """Returns what is added by inspector (units), and the island of each, -1 for one who is alone.

    Or why it cannot be known. ``rows``: the records that have a total.
    """
    total, inspector = ratings.total[rows], ratings.inspector[rows]
    visits, unit = np.unique(ratings.visit[rows], return_inverse=True)
    model = additive(unit, inspector, total, len(visits), len(ratings.inspectors))
    variance = severity_variance(model, unit, inspector, total)
    if variance.freedom < FREEDOM or not variance.rank:
        return Unknown(_too_few(variance), _MORE, blocks=True)
    if variance.chance > CHANCE:
        return Unknown("督学之间的宽严没有超出偶然的差别", "", blocks=False)
    shrunk = shrunk_severity(model, variance, inspector)
    least = asked.reliability
    if shrunk.whole < float(least):
        sure = Decimal(shrunk.whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
        why = f"测得的宽严可靠度 {min(sure, least - Decimal('0.01'))}，不到 {least}"
        return Unknown(why, _MORE, blocks=True)
    known = np.isfinite(shrunk.severity)
    amounts = {
        ratings.inspectors[place]: _units(float(shrunk.severity[place]), asked.limit)
        for place in np.flatnonzero(known).tolist()
    }
    return amounts, np.where(known, model.islands.inspector, -1)


_MORE: Final = (
    "抽一部分学校，每次去两名以上督学，各填各的检查表，同去的人轮换搭配；做不到的细则，"
    "从 severity_correction.rubrics 里去掉，或删去这项设置。"
)


def _too_few(variance: SeverityVariance) -> str:
    if not variance.rank + variance.freedom:
        return "每次到校只有一份检查表，宽严无从比较"
    if not variance.rank or variance.freedom <= 0:
        return "同去的人没有轮换，宽严与其他差别分不开"
    return f"同去的督学可以比较的只有 {variance.freedom} 处，不到 {FREEDOM} 处"


def _units(points: float, limit: Decimal) -> int:
    """Points in units, no more than ``limit``, rounded half-up to ``PLACES`` decimals."""
    exact = Decimal(points).quantize(_EXACT, ROUND_HALF_UP)
    bounded = max(-limit, min(limit, exact))
    return to_units(bounded.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP))


def _apart(island: IntArray, group: IntArray, count: int) -> list[int]:
    """The groups whose records lie on different islands, or on that of one who is alone."""
    low, high = np.full(count, np.iinfo(np.int64).max), np.full(count, -2)
    np.minimum.at(low, group, island)
    np.maximum.at(high, group, island)
    seen = high > -2
    return np.flatnonzero(seen & ((low != high) | (low < 0))).tolist()

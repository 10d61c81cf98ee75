"""All figures of one rubric, for all schools at once: the engine's door for whole columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from inspections.round.elapsed import FULL_YEAR
from inspections.round.round import Combining, Ranking
from inspections.round.scope import Scope
from rubrics.language.rubric import Rubric
from rubrics.rules import PeriodLength
from rubrics.values.points import BoolArray, IntArray
from scoring.engine.agreeing import Agreed, agreed
from scoring.engine.columns import Columns
from scoring.engine.dimensions import NONE as NO_SHARE
from scoring.engine.dimensions import Dimensions, dimensions, tie_columns
from scoring.engine.extras import ExtraFigures, extra_figures
from scoring.engine.items import Items, combined_items
from scoring.engine.medians import group_medians
from scoring.engine.own_scores import OwnPoints, own_costs
from scoring.engine.repeats import Again, found_before
from scoring.engine.scale import worst
from scoring.engine.severity_correction import Corrected, Correction, corrected
from scoring.engine.totals import Totals, totals, totals_of_records
from scoring.verdict.disputes import Disputes, disputes_of
from scoring.verdict.distribution import by_place, limited_by_red_lines
from scoring.verdict.grading import NONE, Graded, failing, grade_names, graded
from scoring.verdict.ranking import Ranked, groups, ranks, tie_values, within_quotas
from scoring.verdict.redlines import RedLines, costs_rank, red_lines_of
from scoring.verdict.standing import Standing, Unchecked, standing

DEFAULT_COMBINING = Combining()
DEFAULT_RANKING = Ranking(groups=())


@dataclass(frozen=True, slots=True)
class Figures:
    """What scoring makes of one rubric. Rows = schools in roster order; units of 1/10000 point,
    or the finer parts of a unit that ``items.fine`` says, in which all that is summed is exact.

    More is better: demerits stand below 0, as ``scoring.engine.scale`` says. ``total`` holds after
    red lines. ``grade`` numbers ``grading.grade_names``, -1 is none; ``before_quota`` and
    ``by_place`` likewise: that which the school's place gives, among ``places_among`` schools.
    ``group`` numbers ``group_names``; ``group_size`` counts the ranked. ``median`` and
    ``dimension_median`` go by group, ``median_there`` tells where there is one, a share of
    ``dimensions.NONE`` is none. ``columns`` are as the inspectors of a visit agree on facts, where
    the round asks for that; ``disputes``: where they do not. ``corrected``: by how much totals are
    corrected for severity, where they are; ``totals`` and ``plain`` are as they were before.
    ``scope``: whom the plan sends inspectors to, None where all are due.
    """

    rubric: Rubric
    columns: Columns
    combining: Combining
    ranking: Ranking
    elapsed: Mapping[PeriodLength, int]
    items: Items
    extras: ExtraFigures
    totals: Totals
    red_lines: RedLines
    dimensions: Dimensions
    total: IntArray
    standing: Standing
    graded: Graded
    key_failed: IntArray
    group: IntArray
    group_names: tuple[str, ...]
    ranked: Ranked
    before_quota: IntArray
    by_place: IntArray
    places_among: IntArray
    grade: IntArray
    group_size: IntArray
    median: IntArray
    median_there: BoolArray
    dimension_median: IntArray
    disputes: Disputes | None = None
    corrected: Corrected | None = None
    scope: Scope | None = None

    @property
    def plain(self) -> IntArray:
        """Totals after red lines, as they are without any correction."""
        return after_red_lines(self.rubric, self.totals.total, self.red_lines)

    @property
    def withheld(self) -> BoolArray:
        """Schools without a verdict (不评定), and so without a total."""
        return np.asarray(self.before_quota == len(self.rubric.grades))


def score_columns(
    rubric: Rubric,
    columns: Columns,
    *,
    combining: Combining = DEFAULT_COMBINING,
    ranking: Ranking = DEFAULT_RANKING,
    unchecked: Unchecked = "exclude",
    elapsed: Mapping[PeriodLength, int] = FULL_YEAR,
    again: Again = (),
    own: OwnPoints | None = None,
    correction: Correction | None = None,
    scope: Scope | None = None,
) -> Figures:
    """Returns every figure of every school under ``rubric``, exactly.

    ``again``: what was found in a round before and costs more now. ``own``: what schools gave
    themselves; None where they were not asked, so that it costs nothing. ``correction``: of totals
    for the severity of inspectors. It comes after bonus, penalty, floor and cap, and before all
    that goes by the total: red lines, grades, ranks, quotas, medians. Points of items and
    dimensions, and what hangs on them, are not corrected. ``scope``: as in :func:`.standing`.
    """
    columns, facts = as_counted(rubric, columns, combining, elapsed, again)
    items = combined_items(rubric, columns, combining, elapsed)
    nothing = np.zeros(len(columns.schools), np.int64)
    owed = nothing if own is None else own_costs(rubric, columns, items, own)
    extras = extra_figures(rubric, columns, combining, owed)
    change = extras.bonus - extras.penalty
    sums = totals(rubric, items, change)
    if combining.level == "total":
        sums = totals_of_records(rubric, columns, items, combining, change, sums)
    red_lines = red_lines_of(rubric, columns, items)
    disputes = disputes_of(rubric, facts, items, combining, elapsed)
    if disputes:
        red_lines = disputes.waiting(red_lines)
    parts = dimensions(rubric, items, sums)
    group, group_names = groups([school.traits for school in columns.schools], ranking.groups)
    labels = [group_names[number] for number in group.tolist()] if correction else ()
    moved = corrected(rubric, correction, columns, items, combining, labels)
    before_lines = sums.total if moved is None else moved.of(sums.total)
    total = after_red_lines(rubric, before_lines, red_lines)
    where = standing(rubric, columns, items, sums.there, unchecked, scope)

    steps = graded(rubric, total, items, parts, red_lines, columns.again)
    names = grade_names(rubric)
    verdict = np.where(where.graded, steps.final, NONE)
    before = np.where(where.ungraded, len(names) - 1, verdict)
    red, barred = costs_rank(red_lines, ranking.red_line)
    fit = where.graded & (before != len(names) - 1) & ~barred

    key_failed = failing(rubric, red_lines)
    ties = tie_values(ranking, key_failed, tie_columns(rubric, parts))
    ranked = ranks(group, fit, [red.astype(np.int64), -total], ties)
    given, among = by_place(
        ranking.distribution, names, before, ranked.rank, group, limited_by_red_lines(red_lines)
    )
    if among.any():
        steps = graded(rubric, total, items, parts, red_lines, columns.again, given)
        before = np.where(given == NONE, before, steps.final)
    grade = within_quotas(ranking.quotas, names, before, ranked.rank, group)

    median, there = group_medians(total, fit, group, len(group_names))
    shares = [
        group_medians(share, fit & (share != NO_SHARE), group, len(group_names))
        for share in parts.share.T
    ]
    return Figures(
        rubric,
        columns,
        combining,
        ranking,
        elapsed,
        items,
        extras,
        sums,
        red_lines,
        parts,
        total,
        where,
        steps,
        key_failed,
        group,
        group_names,
        ranked,
        before,
        given,
        among,
        grade,
        np.bincount(group[fit], minlength=len(group_names))[group],
        median,
        there,
        np.array([np.where(known, share, NO_SHARE) for share, known in shares]).T,
        disputes,
        moved,
        scope,
    )


def as_counted(
    rubric: Rubric,
    columns: Columns,
    combining: Combining,
    elapsed: Mapping[PeriodLength, int],
    again: Again,
) -> tuple[Columns, Agreed | None]:
    """Returns columns as they are scored: with what was found before, and facts agreed on where the
    round asks for that; and what the inspectors of a visit agree on, None where they need not.
    """
    columns = replace(columns, again=found_before(rubric, columns.schools, again))
    if combining.facts != "agreed":
        return columns, None
    facts = agreed(rubric, columns, elapsed)
    return facts.kind, facts


def after_red_lines(rubric: Rubric, total: IntArray, red_lines: RedLines) -> IntArray:
    """Returns the totals with those at their worst that a red line zeroes."""
    found = total.copy()
    for place, line in enumerate(red_lines.lines):
        if line.line.consequence.zero_total:
            found[red_lines.hits[:, place]] = worst(rubric, rubric.points)
    return found

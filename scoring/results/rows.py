"""Records of schools, each made from the columns when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import overload

import numpy as np

from inspections.records.record import Record
from inspections.records.record_list import RecordList
from inspections.records.redacting import secret_items
from inspections.round.school import Inspector
from rubrics.messages.plain_text import nested
from rubrics.rules.exact import plain_number, quotient
from rubrics.values.points import BoolArray, IntArray, round_units
from scoring.engine.codes import CHECKED
from scoring.engine.columns import Columns
from scoring.engine.dimensions import NONE as NO_SHARE
from scoring.engine.scale import turned
from scoring.results.before import Before
from scoring.results.figures import Figures
from scoring.results.indicators import NOTHING_BEFORE, IndicatorColumns, SchoolIndicators
from scoring.results.limits import by_place, limits, unranked
from scoring.results.own_scores import Given, own_total
from scoring.results.published import apportioned, points_places
from scoring.results.scores import (
    DimensionScore,
    Exact,
    ExtraScore,
    IndicatorScore,
    OwnTotal,
    RedLineHit,
    SchoolScore,
)
from scoring.results.severity_correction import school_correction
from scoring.results.shown import ShownRecords
from scoring.verdict.grading import NONE, grade_names
from scoring.verdict.ranking import tie_names
from scoring.verdict.redlines import costs_rank, effect
from scoring.verdict.standing import COMPLETE, INAPPLICABLE, PROVISIONAL, STATUSES


class SchoolRows(Sequence[SchoolScore]):
    """All schools of one rubric, in roster order; a sequence whose items are made when needed."""

    def __init__(
        self,
        figures: Figures,
        visits: RecordList,
        inspectors: Mapping[str, Inspector],
        owed: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
        *,
        open_records: bool = False,
        ballots_from: int = 0,
        before: Mapping[tuple[str, str], tuple[Before, ...]] = NOTHING_BEFORE,
        own: Mapping[tuple[str, str], Given] | None = None,
        filled: Columns | None = None,
    ) -> None:
        self._figures = figures
        self._filled = filled
        self._visits = visits
        self._owed = owed
        self._own = own
        self._secret = None if open_records else secret_items(figures.rubric)
        self._indicators = IndicatorColumns(figures, inspectors, self._secret, ballots_from, before)
        self._made: dict[int, SchoolScore] = {}
        self._recent: dict[int, Record] = {}

    def __len__(self) -> int:
        return len(self._figures.columns.schools)

    @overload
    def __getitem__(self, index: int) -> SchoolScore: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[SchoolScore]: ...
    def __getitem__(self, index: int | slice) -> SchoolScore | Sequence[SchoolScore]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        number = range(len(self))[index]
        if number not in self._made:
            self._made[number] = self._school(number)
        return self._made[number]

    @property
    def figures(self) -> Figures:
        """The columns that the records are made from."""
        return self._figures

    @property
    def filled(self) -> Columns | None:
        """What inspectors filled in, before those of a visit are made to agree; None where nobody
        asks how sure ranks are.
        """
        return self._filled

    @cached_property
    def _pending_extras(self) -> BoolArray:
        waits = self._figures.columns.any_record(self._figures.extras.pending)
        disputes = self._figures.disputes
        if disputes is None:
            return waits
        facts = disputes.facts
        owners = [facts.kind.owners[item.id] for item in self._figures.rubric.extras]
        return waits | facts.kind.any_record(facts.disputed[:, owners])

    @cached_property
    def _disputed(self) -> IntArray:
        """How many records of each school have another one that differs."""
        own = self._figures.columns
        which = np.fromiter((bool(it.disputed) for it in self._visits.heads), bool, own.rows)
        return np.bincount(own.school[which], minlength=len(own.schools))

    @cached_property
    def _unsifted(self) -> BoolArray:
        """Of which schools figures rest on answers that nobody has decided on."""
        own, found = self._figures.columns, np.zeros(len(self._figures.columns.schools), bool)
        which = np.fromiter((it.unsifted for it in self._visits.heads), bool, own.rows)
        found[own.school[which]] = True
        return found

    @cached_property
    def _pending(self) -> IntArray:
        waits = self._indicators.pending.sum(axis=1) + self._pending_extras.sum(axis=1)
        return np.asarray(waits)

    @cached_property
    def unsettled(self) -> BoolArray:
        """Of which schools something may yet change.

        That is what was not checked, waits for evidence, an agreement or a decision, flagged
        answers that nobody has decided on, and sheets that have not come.
        """
        figures = self._figures
        status = figures.standing.status
        owed = [school.id in self._owed for school in figures.columns.schools]
        waits = (self._pending > 0) | figures.red_lines.waiting.any(axis=1)
        waits |= (self._disputed > 0) | self._unsifted
        found = (status == PROVISIONAL) | waits | np.array(owed, bool)
        return np.asarray(found & (status <= PROVISIONAL))

    @cached_property
    def _group_open(self) -> list[int]:
        """Of how many schools of each group something may yet change."""
        figures = self._figures
        held = figures.group[self.unsettled]
        found: list[int] = np.bincount(held, minlength=len(figures.group_names)).tolist()
        return found

    @cached_property
    def _last(self) -> BoolArray:
        return costs_rank(self._figures.red_lines, self._figures.ranking.red_line)[0]

    @cached_property
    def _starts(self) -> IntArray:
        """The first record of every school, and one past the last."""
        own = self._figures.columns
        return np.searchsorted(own.school, np.arange(len(own.schools) + 1))

    def _school(self, row: int) -> SchoolScore:
        figures = self._figures
        rubric, where, sums = figures.rubric, figures.standing, figures.totals
        school = figures.columns.schools[row]
        group = int(figures.group[row])
        label, size = figures.group_names[group], int(figures.group_size[row])
        status = int(where.status[row])
        fine = figures.items.fine
        # As it is printed, so that the gap is one that a reader can work out.
        middle = round_units(self._published(figures.median[group]), rubric.places)
        median = middle if figures.median_there[group] else None
        visits = self._records(row)
        indicators = SchoolIndicators(self._indicators, row, visits)
        hidden = self._indicators.untold(row)
        if status == INAPPLICABLE:
            return SchoolScore(
                school,
                label,
                STATUSES[status],
                group_size=size,
                unranked=unranked(figures, row),
                indicators=indicators,
            )
        there = bool(sums.there[row] and not figures.withheld[row])
        owed = self._owed.get(school.id, ())
        if owed and status == COMPLETE:
            status = PROVISIONAL
        total = self._published(figures.total[row]) if there else None
        grade, rank = int(figures.grade[row]), int(figures.ranked.rank[row])
        decided = int(figures.ranked.decided[row])
        lines = [
            RedLineHit(line.owner, line.line.title, effect(line.line.consequence))
            for line in figures.red_lines.lines
        ]
        hits, waiting = (
            figures.red_lines.hits[row].tolist(),
            figures.red_lines.waiting[row].tolist(),
        )
        return SchoolScore(
            school,
            label,
            STATUSES[status],
            earned=self._earned(row),
            applicable=int(sums.applicable[row]),
            normalised=self._published(sums.normalised[row]) if there else None,
            bonus=quotient(plain_number(figures.extras.bonus, row), fine),
            penalty=quotient(plain_number(figures.extras.penalty, row), fine),
            total=total,
            grade="" if grade == NONE else grade_names(rubric)[grade],
            rank=rank or None,
            group_size=size,
            unranked=unranked(figures, row),
            tie_key=tie_names(rubric, figures.ranking)[decided] if decided >= 0 else "",
            key_failed=self._indicators.key_failed(row),
            red_lines=tuple(line for line, hit in zip(lines, hits, strict=True) if hit),
            red_lines_pending=tuple(line for line, hit in zip(lines, waiting, strict=True) if hit),
            award_eligible=not any(
                hit and line.line.consequence.award_lost
                for line, hit in zip(figures.red_lines.lines, hits, strict=True)
            ),
            limits=tuple(map(nested, limits(figures, row, hidden))),
            median=median,
            gap=total - median if total is not None and median is not None else None,
            dimensions=tuple(self._dimensions(row, group)),
            indicators=indicators,
            visits=visits,
            extras=tuple(self._extras(row)),
            excused=int(where.excused[row]),
            unchecked=int(where.unchecked[row]),
            owed=owed,
            exact=None if hidden.words else self._exact(row),
            ranked_last=bool(rank) and bool(self._last[row]),
            pending=int(self._pending[row]),
            disputed=int(self._disputed[row]),
            unsifted=bool(self._unsifted[row]),
            group_open=self._group_open[group],
            by_place=by_place(figures, row),
            own=self._own_total(row, indicators),
            correction=school_correction(
                figures, row, int(self._starts[row]), int(self._starts[row + 1])
            )
            if there
            else None,
        )

    def _own_total(self, row: int, items: Iterable[IndicatorScore]) -> OwnTotal | None:
        if self._own is None:
            return None
        figures = self._figures
        rubric, school = figures.rubric, figures.columns.schools[row]
        cost = quotient(plain_number(figures.extras.own, row), figures.items.fine)
        given = self._own.get((school.id, rubric.id))
        return own_total(rubric, school.traits, items, given, cost)

    def _earned(self, row: int) -> int:
        """What was earned; weighed it is a total, and no finer than one: rounded once."""
        figures = self._figures
        exact = plain_number(figures.totals.earned, row)
        if figures.totals.weighed is None:
            return self._sum(row, exact)
        step: int = 10 ** (4 - figures.rubric.places)
        return quotient(exact, figures.items.fine * step) * step

    def _exact(self, row: int) -> Exact:
        figures = self._figures
        fine = figures.items.fine
        earned, bonus, penalty = (
            Fraction(plain_number(column, row)) / fine
            for column in (
                turned(figures.rubric, figures.totals.earned),
                figures.extras.bonus,
                figures.extras.penalty,
            )
        )
        return Exact(
            earned, bonus, penalty, self._exact_items(row) if figures.totals.weighed else {}
        )

    def _exact_items(self, row: int) -> dict[str, Fraction]:
        items = self._figures.items
        return {
            item.id: Fraction(plain_number(items.earned, row, place)) / items.fine
            for place, item in enumerate(self._figures.rubric.indicators)
            if items.states[row, place] == CHECKED
        }

    def _summed(self, exact: int | Fraction) -> int:
        """What was summed up, in units again."""
        return self._published(quotient(exact, self._figures.items.fine))

    def _sum(self, row: int, exact: int | Fraction) -> int:
        """The same of one school, no finer than people read it where items are untold."""
        units = self._summed(exact)
        places = points_places(self._figures.rubric)
        return round_units(units, places) if self._indicators.untold(row).words else units

    def _sums(self, row: int, exact: Sequence[int | Fraction]) -> Sequence[int]:
        """What the dimensions of one school earned; rounded, they still add up to the whole."""
        units = [self._summed(it) for it in exact]
        if not self._indicators.untold(row).words:
            return units
        places = points_places(self._figures.rubric)
        return apportioned(units, places, round_units(self._earned(row), places))

    def _published(self, units: int) -> int:
        return turned(self._figures.rubric, int(units))

    def _records(self, row: int) -> ShownRecords:
        """A school's records, as others may see them unless all is open."""
        first, end = int(self._starts[row]), int(self._starts[row + 1])
        return ShownRecords(self._visits, first, end, self._secret, self._recent)

    def _dimensions(self, row: int, group: int) -> Iterator[DimensionScore]:
        parts, medians = self._figures.dimensions, self._figures.dimension_median[group]
        fine = self._figures.items.fine
        columns = zip(
            self._figures.rubric.dimensions,
            self._sums(row, parts.earned[row].tolist()),
            (quotient(due, fine) for due in parts.applicable[row].tolist()),
            parts.share[row].tolist(),
            medians.tolist(),
            strict=True,
        )
        hidden = self._indicators.untold(row)
        for place, (dimension, earned, out_of, share, median) in enumerate(columns):
            if place in hidden.dimensions:
                yield DimensionScore(dimension.id, 0, out_of, None, untold=True)
                continue
            own = None if share == NO_SHARE else self._published(share)
            yield DimensionScore(
                dimension.id,
                earned,
                out_of,
                own,
                None if median == NO_SHARE else self._published(median),
            )

    def _extras(self, row: int) -> Iterator[ExtraScore]:
        fine = self._figures.items.fine
        columns = zip(
            self._figures.rubric.extras,
            (quotient(amount, fine) for amount in self._figures.extras.amount[row].tolist()),
            self._pending_extras[row].tolist(),
            strict=True,
        )
        for extra, amount, pending in columns:
            if amount or pending:
                yield ExtraScore(extra.id, amount, pending)

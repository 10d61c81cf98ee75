"""Facts are agreed, not averaged: one finding stands for all inspectors of a visit.

Where they differ, the finding that is kinder to the school stands until the team has settled it;
what the harsher one would come to is kept beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import gt, lt
from typing import Any

import numpy as np

from rubrics.language.facts import fact_slots, facts_of, rests_on_facts
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.slots import address
from rubrics.rules import Penalty, PeriodLength, Slot
from rubrics.rules.cells import Cells
from rubrics.values.conditions import Condition
from rubrics.values.points import BoolArray, IntArray
from scoring.engine.codes import CHECKED, UNCHECKED
from scoring.engine.columns import Columns
from scoring.engine.combining import seats
from scoring.engine.records import Entries, entries_of, score_records
from scoring.engine.scale import best


@dataclass(frozen=True, slots=True)
class Agreed:
    """Columns in which the inspectors of a visit say the same of every fact.

    ``kind``: where they differed, what is kindest to the school; ``harsh``: what costs it most.
    ``disputed`` (records x owners): records of visits in which they differed. ``stated``: as
    entered. ``harsh`` is ``kind`` where nothing is disputed.
    """

    kind: Columns
    harsh: Columns
    disputed: BoolArray
    stated: Columns


def agreed(rubric: Rubric, columns: Columns, elapsed: Mapping[PeriodLength, int]) -> Agreed:
    """Returns what counts of facts that several inspectors of a visit entered.

    Evidence that one of them has proves the fact for all. An answer to a key item's or red line's
    question is kinder as 否; of a bonus more is kinder, of a penalty fewer; of an indicator what
    earns more, then what loses less by the rule alone. Of findings that come to the same the first
    by inspector stands. What does not count at all (a vote below its quorum) is no finding, and
    stands only where no inspector has one that does.
    """
    nothing = np.zeros(columns.states.shape, bool)
    visit = seats(columns).visit
    if not columns.rows or len(np.unique(visit)) == columns.rows:
        return Agreed(columns, columns, nothing, columns)
    work = _Work(rubric, columns, visit, nothing)
    for owner, slots in facts_of(rubric).items():
        work.share_evidence(owner)
        work.note_differences(owner, list(slots.values()))
    if not work.disputed.any():
        kept = replace(columns, evidence=work.evidence)
        return Agreed(kept, kept, nothing, columns)
    work.settle(elapsed)
    kind, harsh = (
        replace(columns, units=units, given=given, evidence=work.evidence)
        for units, given in zip(work.units, work.given, strict=True)
    )
    return Agreed(kind, harsh, work.disputed, columns)


class _Work:
    """Matrices as they are put right; of ``units`` and ``given`` a kind one and a harsh one."""

    def __init__(
        self, rubric: Rubric, columns: Columns, visit: IntArray, disputed: BoolArray
    ) -> None:
        self.rubric, self.columns, self.visit = rubric, columns, visit
        self.disputed = disputed
        self.evidence = columns.evidence.copy(order="F")
        self.units: list[IntArray] = []
        self.given: list[BoolArray] = []
        self._judged = {item.id for item in rubric.indicators if not rests_on_facts(item)}

    def share_evidence(self, owner: str) -> None:
        """What proves a fact for one inspector proves it for the team."""
        if owner in self._judged:
            return
        place = self.columns.owners[owner]
        checked = self.columns.states[:, place] == CHECKED
        proven = np.zeros(int(self.visit[-1]) + 1, bool)
        proven[self.visit[checked & self.columns.evidence[:, place]]] = True
        self.evidence[:, place] |= checked & proven[self.visit]

    def note_differences(self, owner: str, slots: Sequence[Slot]) -> None:
        """Marks the checked records of visits that differ in any of the slots."""
        columns = self.columns
        place = columns.owners[owner]
        rows = np.flatnonzero(columns.states[:, place] == CHECKED)
        visit = self.visit[rows]
        first = np.searchsorted(visit, visit)  # rows are sorted by visit
        differ = np.zeros(len(rows), bool)
        for slot in slots:
            at = columns.slots[address(owner, slot)]
            for matrix in (columns.units, columns.given):
                column = matrix[rows, at]
                differ |= column != column[first]
        self.disputed[rows[np.isin(visit, visit[differ])], place] = True

    def settle(self, elapsed: Mapping[PeriodLength, int]) -> None:
        """Lets one finding stand for every disputed visit, a kind one and a harsh one."""
        self.units = [self.columns.units.copy(order="F") for _ in range(2)]
        self.given = [self.columns.given.copy(order="F") for _ in range(2)]
        penalties = {it.id for it in self.rubric.extras if isinstance(it.rule, Penalty)}
        facts = facts_of(self.rubric)
        indicators = {item.id for item in self.rubric.indicators}
        for item in self.rubric.indicators:
            if rows := self._rows(item.id):
                slots = fact_slots(item)
                flags = [slot for slot in slots.values() if slot.entry == "flag"]
                self._lowest(item.id, flags, rows, kinder="low")
                self._by_points(item, [s for s in slots.values() if s not in flags], rows, elapsed)
        for owner in facts.keys() - indicators:
            if rows := self._rows(owner):
                bonus = owner in {it.id for it in self.rubric.extras} - penalties
                slots_of = list(facts[owner].values())
                self._lowest(owner, slots_of, rows, kinder="high" if bonus else "low")

    def _rows(self, owner: str) -> list[int]:
        rows: list[int] = np.flatnonzero(self.disputed[:, self.columns.owners[owner]]).tolist()
        return rows

    def _lowest(self, owner: str, slots: Sequence[Slot], rows: Sequence[int], kinder: str) -> None:
        """The lowest and the highest of a visit, each slot by itself."""
        visit = self.visit[rows]
        starts = np.flatnonzero(np.diff(visit, prepend=-1))
        spread = np.cumsum(np.diff(visit, prepend=-1) != 0) - 1
        for slot in slots:
            at = self.columns.slots[address(owner, slot)]
            held = self.columns.units[rows, at]
            ends = [np.minimum.reduceat(held, starts), np.maximum.reduceat(held, starts)]
            for which, end in enumerate(ends if kinder == "low" else ends[::-1]):
                self.units[which][rows, at] = end[spread]
                self.given[which][rows, at] = True

    def _by_points(
        self,
        item: Indicator,
        slots: Sequence[Slot],
        rows: Sequence[int],
        elapsed: Mapping[PeriodLength, int],
    ) -> None:
        """The finding of one inspector of each visit, all its slots together."""
        columns = [self.columns.slots[address(item.id, slot)] for slot in slots]
        own, visit = np.array(rows), self.visit[rows]
        starts = np.flatnonzero(np.diff(visit, prepend=-1))
        number = np.cumsum(np.diff(visit, prepend=-1) != 0) - 1
        ends = np.append(starts[1:], len(rows))
        answered = replace(self.columns, evidence=self.evidence, units=self.units[0])
        entries, keys = entries_of(answered, item, elapsed), {slot.key for slot in slots}
        chosen: list[list[int]] = [[], []]
        reached: list[list[tuple[int, ...] | None]] = [[], []]
        for seat in range(int((ends - starts).max())):
            source = own[np.minimum(starts + seat, ends - 1)]
            worths = self._worths(item, _as_if(entries, own, source[number], keys), number)
            if not seat:
                chosen = [source.tolist(), source.tolist()]
                reached = [list(worths), list(worths)]
            for place, worth in enumerate(worths):
                if worth is None:
                    continue
                for which, better in enumerate((gt, lt)):
                    known = reached[which][place]
                    if known is None or better(worth, known):
                        reached[which][place], chosen[which][place] = worth, int(source[place])
        for which in range(2):
            stands = np.array(chosen[which])[number]
            for at in columns:
                self.units[which][own, at] = self.columns.units[stands, at]
                self.given[which][own, at] = self.columns.given[stands, at]

    def _worths(
        self, item: Indicator, entries: Entries, number: IntArray
    ) -> list[tuple[int, ...] | None]:
        """What findings come to, visit by visit (``number``): more is kinder; None: nothing counts.

        What leaves the denominator is kinder than any loss.
        """
        found = score_records(self.rubric, item, entries)
        most = best(self.rubric, item.points)
        counts = found.states == CHECKED
        sums = [np.where(counts, one, most) for one in (found.earned, found.observed)]
        sums += [counts.astype(np.int64)]
        told = np.zeros((int(number[-1]) + 1, len(sums)), object)
        np.add.at(told, number, np.stack(sums, axis=1))
        void = np.bincount(number, found.states == UNCHECKED) > 0
        return [
            None if none else tuple(row)
            for row, none in zip(told.tolist(), void.tolist(), strict=True)
        ]


def _as_if(entries: Entries, rows: IntArray, source: IntArray, facts: set[str]) -> Entries:
    """The records ``rows`` of an indicator, as if their facts were those of ``source``."""
    cells = entries.cells

    def meets(condition: Condition | None) -> BoolArray:
        found: BoolArray = cells.meets(condition)[rows]
        return found

    def taken(columns: Mapping[str, Any]) -> dict[str, Any]:
        return {key: held[source if key in facts else rows] for key, held in columns.items()}

    return Entries(
        Cells(taken(cells.units), taken(cells.given), len(rows), cells.elapsed, meets),
        entries.states[rows],
        entries.evidence[rows],
        entries.days[rows],
        entries.applies[rows],
    )

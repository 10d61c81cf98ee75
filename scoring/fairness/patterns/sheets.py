"""All filled sheets of one rubric: what they gave, what stands in them, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from inspections.records.record_list import RecordList
from inspections.workbook.form.layout import HEAD
from rubrics.language.slots import slots
from rubrics.messages.problems import Place
from rubrics.values.points import IntArray
from scoring.engine.columns import Columns
from scoring.fairness.ratings import Ratings


@dataclass(frozen=True)
class Sheets:
    """The rows of ``ratings``, of ``columns`` and of ``records`` are the same, in one order.

    ``columns`` and ``records`` come together from :func:`scoring.engine.columns.columns_of`, and
    ``ratings`` of these columns.
    """

    ratings: Ratings
    columns: Columns
    records: RecordList

    @property
    def rubric(self) -> str:
        """The rubric's id."""
        return self.ratings.rubric.id

    @cached_property
    def rows_of(self) -> Sequence[IntArray]:
        """The rows of every inspector, in the order of ``ratings.inspectors``."""
        own = self.ratings.inspector
        order = np.argsort(own, kind="stable")
        cuts = np.searchsorted(own[order], np.arange(len(self.ratings.inspectors) + 1))
        return [order[start:stop] for start, stop in pairwise(cuts.tolist())]

    @cached_property
    def company(self) -> Sequence[frozenset[int]]:
        """With whom every inspector filled sheets at the same visit, by place."""
        found: list[set[int]] = [set() for _ in self.ratings.inspectors]
        order = np.argsort(self.ratings.visit, kind="stable")
        visits = self.ratings.visit[order]
        starts = np.flatnonzero(np.diff(visits, prepend=-1))
        for own in np.split(self.ratings.inspector[order], starts[1:]):
            people = own.tolist()
            for person in people if len(people) > 1 else ():
                found[person].update(people)
        return [frozenset(others - {own}) for own, others in enumerate(found)]

    def always_two(self, inspector: int) -> int | None:
        """Returns the one with whom alone ``inspector`` goes, who goes with nobody else either."""
        company = self.company[inspector]
        if len(company) != 1:
            return None
        (other,) = company
        return other if self.company[other] == {inspector} else None

    def codes(self, *inspectors: int) -> tuple[str, ...]:
        """Returns the codes of inspectors by place."""
        return tuple(self.ratings.inspectors[place] for place in inspectors)

    def name(self, row: int) -> str:
        """Returns the name of a record's school."""
        school: int = self.ratings.school[row]
        return self.ratings.schools[school].name

    def sheet(self, row: int) -> Place:
        """Returns where a record stands as a whole."""
        head = self.records.heads[row]
        return Place(head.file, head.sheet)

    def head_cell(self, row: int, label: str) -> Place:
        """Returns where a field of a record's head stands."""
        head = self.records.heads[row]
        return Place(head.file, head.sheet, HEAD[label].cell)

    def cell(self, row: int, indicator: int) -> Place:
        """Returns where the first entry of an indicator (a column of ``ratings``) stands."""
        item = self.ratings.rubric.indicators[indicator]
        for slot in slots(item):
            at = self.columns.slots[f"{item.id}.{slot.key}" if slot.key else item.id]
            if self.columns.given[row, at]:
                return self.records.place_of(row, item.id, slot.key)
        return self.records.place_of(row, item.id, "state")

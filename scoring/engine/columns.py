"""All records under one rubric as matrices: rows = records (visit x inspector)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from inspections.records.record import Record
from inspections.records.record_list import RecordList, as_list
from inspections.round.school import School
from rubrics.language.rubric import Rubric
from rubrics.language.slots import address, extra_slots, red_line_slots, slots
from rubrics.rules import PeriodLength, Slot
from rubrics.rules.cells import Applies, Cells
from rubrics.values.points import BoolArray, IntArray
from scoring.engine.applicability import applicability, of_records
from scoring.engine.codes import CODES, UNCHECKED, StateArray, encoded


@dataclass(frozen=True, slots=True)
class Columns:
    """What was entered, sorted by school, occasion and inspector.

    ``school`` and ``occasion`` number the record's school and occasion, ``days`` are ordinals.
    ``units`` and ``given``: columns = slots (``slots``: address -> column), in 1/10000, 0 where
    blank, a choice as its option's position. ``states`` and ``evidence``: columns = owners
    (``owners``: indicators, red lines of their own, extras). ``applies`` answers for schools.
    Column-major matrices are fastest.
    """

    schools: Sequence[School]
    occasions: tuple[str, ...]
    school: IntArray
    occasion: IntArray
    days: IntArray
    slots: Mapping[str, int]
    units: IntArray
    given: BoolArray
    owners: Mapping[str, int]
    states: StateArray
    evidence: BoolArray
    applies: Applies = field(compare=False, repr=False)

    @property
    def rows(self) -> int:
        """The number of records."""
        return len(self.school)

    def cells(self, owner: str, keys: Sequence[str], elapsed: Mapping[PeriodLength, int]) -> Cells:
        """Returns the cells of one owner, given the keys of its slots."""
        places = {key: self.slots[f"{owner}.{key}" if key else owner] for key in keys}
        return Cells(
            {key: self.units[:, place] for key, place in places.items()},
            {key: self.given[:, place] for key, place in places.items()},
            self.rows,
            elapsed,
            of_records(self.applies, self.school),
        )

    def any_record(self, rows: BoolArray) -> BoolArray:
        """Returns schools x items from records x items: where any record of the school has it."""
        found = np.zeros((len(self.schools), rows.shape[1]), bool, "F")
        for place in np.flatnonzero(rows.any(axis=0)):
            found[self.school[rows[:, place]], place] = True
        return found


def columns_of(
    rubric: Rubric,
    schools: Sequence[School],
    records: Iterable[Record],
    occasions: Sequence[str] = (),
) -> tuple[Columns, RecordList]:
    """Returns the matrices of all records under ``rubric``, and the records in the order of rows.

    Records of other rubrics, and of schools that are not among ``schools``, are left out.
    ``occasions`` come first in this order, others after them by name.
    """
    held = as_list(records)
    number = {school.id: place for place, school in enumerate(schools)}
    heads = [
        (place, head)
        for place, head in enumerate(held.heads)
        if head.key.rubric == rubric.id and head.key.school in number
    ]
    others = sorted({head.key.occasion for _, head in heads} - set(occasions))
    names = (*occasions, *others)
    order = {name: place for place, name in enumerate(names)}
    heads.sort(
        key=lambda one: (
            number[one[1].key.school],
            order[one[1].key.occasion],
            one[1].key.inspector,
            one[1].digest,
            one[1].sheet,
        )
    )
    own = held.chosen([place for place, _ in heads])
    owners, addresses = _layout(rubric)
    by_owner: dict[str, dict[str, tuple[int, Slot]]] = {owner: {} for owner in owners}
    for place, (owner, slot) in enumerate(addresses):
        by_owner[owner][slot.key] = place, slot
    shape = (len(own), len(addresses))
    units, given = np.zeros(shape, np.int64, "F"), np.zeros(shape, bool, "F")
    states = np.full((len(own), len(owners)), UNCHECKED, np.int8, "F")
    evidence = np.zeros((len(own), len(owners)), bool, "F")
    rows: list[int] = []
    cells: list[int] = []
    codes: list[int] = []
    for row, entries in enumerate(own.entries()):
        for owner, state, values, proven in entries:
            column = owners.get(owner)
            if column is None:
                continue
            states[row, column] = CODES[state]
            if proven:
                evidence[row, column] = True
            known = by_owner[owner]
            for key, value in values.items():
                found = known.get(key)
                code = None if found is None else encoded(found[1], value)
                if found is not None and code is not None:
                    rows.append(row)
                    cells.append(found[0])
                    codes.append(code)
    units[rows, cells] = codes
    given[rows, cells] = True
    made = Columns(
        schools,
        names,
        np.array([number[head.key.school] for _, head in heads], np.int64),
        np.array([order[head.key.occasion] for _, head in heads], np.int64),
        np.array([head.day.toordinal() for _, head in heads], np.int64),
        {address(owner, slot): place for place, (owner, slot) in enumerate(addresses)},
        units,
        given,
        owners,
        states,
        evidence,
        applicability([school.traits for school in schools]),
    )
    return made, own


def layout(rubric: Rubric) -> tuple[dict[str, int], dict[str, int]]:
    """Returns the columns of a rubric: owners, and addresses of slots, each with its place."""
    owners, addresses = _layout(rubric)
    return owners, {address(owner, slot): place for place, (owner, slot) in enumerate(addresses)}


def _layout(rubric: Rubric) -> tuple[dict[str, int], list[tuple[str, Slot]]]:
    found = [(item.id, slot) for item in rubric.indicators for slot in slots(item)]
    found += [(line.id or "", slot) for line in rubric.red_lines for slot in red_line_slots(line)]
    found += [(item.id, slot) for item in rubric.extras for slot in extra_slots(item)]
    ids = [item.id for item in rubric.indicators]
    ids += [line.id or "" for line in rubric.red_lines] + [item.id for item in rubric.extras]
    return {owner: place for place, owner in enumerate(ids)}, found

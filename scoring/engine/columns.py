"""All records under one rubric as matrices: rows = records (visit x inspector)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from inspections.records.entered import NOTHING, Entered
from inspections.records.entered import STATES as HELD_STATES
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
    ``again``: schools x indicators that were found in a round before; None where none was.
    ``inspector`` numbers the record's among ``inspectors``; None where nobody told them apart.
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
    again: BoolArray | None = None
    inspectors: tuple[str, ...] = ()
    inspector: IntArray | None = None

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

    def again_of(self, indicator: int) -> BoolArray | None:
        """Returns the records of schools in which an indicator was found before.

        ``indicator``: its column among the owners, the first of which are the indicators.
        """
        return None if self.again is None else self.again[self.school, indicator]

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
    inspectors = sorted({head.key.inspector for _, head in heads})
    places = {name: place for place, name in enumerate(inspectors)}
    owners, addresses = _layout(rubric)
    units, given, states, evidence = _coded(own.entered(), owners, addresses)
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
        inspectors=tuple(inspectors),
        inspector=np.array([places[head.key.inspector] for _, head in heads], np.int64),
    )
    return made, own


def _coded(
    held: Entered, owners: Mapping[str, int], addresses: Sequence[tuple[str, Slot]]
) -> tuple[IntArray, BoolArray, StateArray, BoolArray]:
    """Units, given, states and evidence, in the columns of a rubric."""
    rows = len(held.states)
    units = np.zeros((rows, len(addresses)), np.int64, "F")
    given = np.zeros((rows, len(addresses)), bool, "F")
    states = np.full((rows, len(owners)), UNCHECKED, np.int8, "F")
    evidence = np.zeros((rows, len(owners)), bool, "F")
    for column, owner in enumerate(held.owners):
        if owner in owners:
            states[:, owners[owner]] = _STATE_CODES[held.states[:, column]]
            evidence[:, owners[owner]] = held.proven[:, column] == 1
    known = {(owner, slot.key): (place, slot) for place, (owner, slot) in enumerate(addresses)}
    for column, entry in enumerate(held.addresses):
        if entry in known:
            place, slot = known[entry]
            there, at = np.unique(held.cells[:, column], return_inverse=True)
            codes = [None if one == NOTHING else encoded(slot, held.values[one]) for one in there]
            units[:, place] = np.array([code or 0 for code in codes], np.int64)[at]
            given[:, place] = np.array([code is not None for code in codes])[at]
    return units, given, states, evidence


_STATE_CODES = np.array([*(CODES[state] for state in HELD_STATES), UNCHECKED], np.int8)
"""By a state's code as records hold it; nothing at all, the last, is not checked."""


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

"""Facts of one visit on which its inspectors do not agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from inspections.records.entered import NOTHING, STATES, Entered
from inspections.records.record import State, Value
from inspections.records.record_list import RecordList
from rubrics.language.facts import facts_of
from rubrics.language.rubric import Rubric
from rubrics.rules import Slot

_CHECKED = STATES.index(State.CHECKED)


class Difference(NamedTuple):
    """Two records of one visit (their places in a list) that hold different values of a fact."""

    first: int
    second: int
    owner: str
    slot: Slot
    value: Value | None
    other: Value | None


def differences(rubric: Rubric, records: RecordList) -> Iterator[Difference]:
    """Yields every fact of which two inspectors of one visit say different things.

    Each record is held against the first of its visit, by inspector, that was checked in this
    item: three sheets of which one is wrong make one pair or two, never three. What is not
    checked says nothing; a blank sample beside a measured one does.
    """
    visits = _visits(rubric.id, records)
    places = sorted(place for team in visits for place in team)
    if not places:
        return
    rows = {place: row for row, place in enumerate(places)}
    held = records.chosen(places).entered()
    columns = {address: column for column, address in enumerate(held.addresses)}
    owners = {owner: column for column, owner in enumerate(held.owners)}
    for owner, slots in facts_of(rubric).items():
        if owner not in owners:
            continue
        states = held.states[:, owners[owner]].tolist()
        cells = {
            key: held.cells[:, columns[owner, key]].tolist()
            for key in slots
            if (owner, key) in columns
        }
        for team in visits:
            there = [place for place in team if states[rows[place]] == _CHECKED]
            for place in there[1:]:
                pair = rows[there[0]], rows[place]
                for key, one, other in _unlike(cells, held, *pair):
                    yield Difference(there[0], place, owner, slots[key], one, other)


def _visits(rubric: str, records: RecordList) -> Sequence[Sequence[int]]:
    """The records of every visit that has several, in the order of their inspectors."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, head in enumerate(records.heads):
        if head.key.rubric == rubric:
            found.setdefault((head.key.school, head.key.occasion), []).append(place)
    return [
        sorted(team, key=lambda place: records.heads[place].key.inspector)
        for _, team in sorted(found.items())
        if len(team) > 1
    ]


def _unlike(
    cells: Mapping[str, Sequence[int]], held: Entered, first: int, second: int
) -> Iterator[tuple[str, Value | None, Value | None]]:
    for key, column in cells.items():
        if column[first] != column[second]:
            one, other = (
                None if at == NOTHING else held.values[at] for at in (column[first], column[second])
            )
            if one != other:
                yield key, one, other

"""Items of a sheet that nobody checked and nothing is said about: chased like a mistake."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from inspections.collecting.hearing import Unheard
from inspections.records.entered import NOTHING, STATES
from inspections.records.item_lists import (
    CONFIRM_EVIDENCE,
    CONFIRM_FIGURES,
    items_of,
    listing,
)
from inspections.records.record import State
from inspections.records.record_list import RecordList
from inspections.round.opened import OpenRound
from inspections.round.voiced import voiced_slots
from rubrics.language.rubric import Rubric
from rubrics.language.slots import slots
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.conditions import holds

CODE = "items-unchecked"
_ROW_MISSING = "row-missing"
_EACH = {
    CODE: "item-unchecked",
    CONFIRM_FIGURES: "item-unchecked",
    CONFIRM_EVIDENCE: "item-unproven",
}
"""What is told as one for several items -> what a marked copy says at each of them."""
_NOT = (NOTHING, STATES.index(State.UNCHECKED))


def blanks(
    opened: OpenRound,
    records: RecordList,
    problems: Iterable[Problem],
    unheard: Collection[Unheard] = (),
) -> Iterator[Problem]:
    """Yields one problem a sheet with the items that are not checked, at the first of them.

    An item that one of the ``problems`` is about is not told twice; of ``unheard`` nothing is left
    to enter. ``cells`` has a cell of every
    item, for :func:`at_every_item`. Code: items-unchecked.
    """
    told: set[Place] = set()
    gone: set[tuple[str, str, str]] = set()
    for item in problems:
        told.add(item.place)
        file, sheet, params = item.place.file, item.place.sheet, dict(item.params)
        if item.code == CONFIRM_FIGURES:
            told.update(items_of(item).values())
        elif item.code == _ROW_MISSING:
            gone.add((file, sheet, params["code"].partition(".")[0]))
    for rubric in opened.rubrics.values():
        # What is counted of answers is nobody's to enter.
        voiced = voiced_slots(rubric, opened.round.voices)
        places = [n for n, head in enumerate(records.heads) if head.key.rubric == rubric.id]
        if places:
            yield from _of_rubric(opened, rubric, records, places, told, gone, voiced, unheard)


def _of_rubric(
    opened: OpenRound,
    rubric: Rubric,
    records: RecordList,
    places: list[int],
    told: set[Place],
    gone: set[tuple[str, str, str]],
    voiced: Mapping[str, frozenset[str]],
    unheard: Collection[Unheard],
) -> Iterator[Problem]:
    held = records.chosen(places).entered()
    columns = {owner: column for column, owner in enumerate(held.owners)}
    empty: dict[int, list[str]] = {}
    for item in rubric.indicators:
        if voiced.get(item.id, frozenset()) == {slot.key for slot in slots(item)}:
            continue
        states = held.states[:, columns[item.id]].tolist() if item.id in columns else None
        for row in range(len(places)):
            if states is None or states[row] in _NOT:
                empty.setdefault(row, []).append(item.id)
    named = {item.id: item for item in rubric.indicators}
    for row, owners in sorted(empty.items()):
        place = places[row]
        head = records.heads[place]
        traits = opened.roster.schools[head.key.school].traits
        found: dict[str, str] = {}
        for owner in owners:
            item = named[owner]
            if not holds(item.when, traits) or not item.rule.simple_parts(item.points, traits):
                continue
            given = voiced.get(owner, frozenset())
            own = [slot.key for slot in slots(item, traits) if slot.key not in given]
            if (given and not own) or (head.file, head.sheet, owner) in unheard:
                continue
            keys = [*own, "state", "evidence", "remark", *given]
            there = [records.place_of(place, owner, key) for key in keys]
            lost = (head.file, head.sheet, owner) in gone
            if told.isdisjoint(there) and not lost:
                found[owner] = next((one.cell for one in there if one.cell), "")
        if found:
            yield listing(CODE, Place(head.file, head.sheet, next(iter(found.values()))), found)


def at_every_item(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yields the problems as a marked copy shows them: what is told of several items at each.

    Codes: item-unchecked, item-unproven.
    """
    for item in problems:
        if item.code != CODE:
            yield item
        if item.code in _EACH:
            for owner, place in items_of(item).items():
                yield problem(_EACH[item.code], place, item=owner)

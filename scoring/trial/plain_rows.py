"""Plain rows of observations: what one row says of one school, as a visit would.

Columns are addresses (``A1``, ``A1.key``); a row needs no photographs and no faults in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from inspections.records.entries import Finding, read_percent, shown, understand
from inspections.records.numbers import fold
from inspections.records.observing import (
    Answers,
    Question,
    observe,
    observe_extra,
    observe_red_line,
    question_of,
)
from inspections.records.record import Observation, State, Value
from rubrics.language.rubric import Rubric
from rubrics.language.slots import address, extra_slots, red_line_slots, slots
from rubrics.messages.problems import Place, Problem
from rubrics.rules import Slot
from rubrics.values.conditions import Traits

EXCUSED = ("NA", "N/A", State.EXCUSED.value)
UNCHECKED = (State.UNCHECKED.value,)
STATES = frozenset((*EXCUSED, *UNCHECKED))
_ABSENT = frozenset(
    (
        "不适用",
        "缺项",
        "无",
        "没有",
        "无此项",
        "没有此项",
        "不涉及",
        "/",
        "\\",
        "-",
        "--",
        "—",
        "——",
    )
)
"""What people write where there is nothing to look at; only ``NA`` says so without a doubt."""
PROVEN = ("明细行",)
"""Evidence that stands for all: nobody asks a plain row for photographs."""

_UNASKED = ("fault-missing", "red-line-unanswered")
_BETWEEN_SAMPLES = re.compile(r"[;；、]")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell, and where.

    ``lost``: what it holds that may not be used; ``percent``: whether it is shown as a per cent.
    """

    raw: object
    place: Place
    lost: str = ""
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Owner:
    """An indicator, a red line of its own or an extra: its slots by address.

    ``samples``: address of a whole group of samples -> its slots.
    """

    id: str
    slots: Mapping[str, Slot]
    samples: Mapping[str, tuple[Slot, ...]]


@dataclass(frozen=True, slots=True)
class Questions:
    """What a rubric asks of schools with certain traits; made once, used for many rows."""

    rubric: Rubric
    owners: Mapping[str, Owner]
    questions: tuple[Question, ...]


def questions(rubric: Rubric, traits: Traits, day: date) -> Questions:
    """Returns what is asked; ``day`` picks among dated rules."""
    demerits = rubric.scale == "demerits"
    asked = [question_of(item, traits, demerits=demerits, day=day) for item in rubric.indicators]
    return Questions(rubric, owners(rubric), tuple(asked))


def owners(rubric: Rubric) -> dict[str, Owner]:
    """Returns everything that can be filled in under a rubric, by id, in its order."""
    found = {item.id: _owner(item.id, slots(item)) for item in rubric.indicators}
    found |= {
        line.id: _owner(line.id, red_line_slots(line)) for line in rubric.red_lines if line.id
    }
    return found | {item.id: _owner(item.id, extra_slots(item)) for item in rubric.extras}


def addresses(rubric: Rubric) -> dict[str, str]:
    """Returns every column that a row may have -> the id of its owner."""
    return {
        column: owner.id
        for owner in owners(rubric).values()
        for column in (owner.id, *owner.slots, *owner.samples)
    }


def observed(
    asked: Questions, cells: Mapping[str, Cell], evidence: tuple[str, ...] = PROVEN
) -> tuple[tuple[Observation, ...], list[Problem]]:
    """Returns what a row says, item by item, and what is wrong with it.

    ``cells`` go by address, columns that the table lacks left out. An empty cell is not checked,
    ``NA`` anywhere in an item excuses it. A deduction at discretion needs its reason only where
    the table has a column for it. Codes: those of ``entries.understand`` and ``observing.observe``,
    and trial-samples.
    """
    found: list[Observation] = []
    problems: list[Problem] = []
    rubric, known = asked.rubric, asked.owners
    for question in asked.questions:
        indicator = question.indicator
        answers, excused, wrong = _answers(known[indicator.id], cells, evidence)
        # A row is trusted to know what does not apply: no remark is needed, nor `excusable`.
        if excused:
            free = indicator.model_copy(update={"excusable": True})
            question = replace(question, indicator=free)
            answers = answers._replace(declared=State.EXCUSED, remark=State.EXCUSED)
        observation, more = observe(question, answers)
        found.append(observation)
        problems += wrong + more
    for line in rubric.red_lines:
        if line.id:
            answers, _, wrong = _answers(known[line.id], cells, evidence)
            observation, more = observe_red_line(line, answers)
            found.append(observation)
            problems += wrong + more
    for extra in rubric.extras:
        answers, _, wrong = _answers(known[extra.id], cells, evidence)
        observation, more = observe_extra(extra, answers)
        found.append(observation)
        problems += wrong + more
    return tuple(found), [item for item in problems if item.code not in _UNASKED]


def _owner(owner: str, found: tuple[Slot, ...]) -> Owner:
    own = {address(owner, slot): slot for slot in found}
    beside = ("flag", "reason") if any(slot.entry != "flag" for slot in found) else ()
    things: dict[str, list[Slot]] = {}
    for column, slot in own.items():
        if slot.group:
            things.setdefault(column.rpartition(".")[0], []).append(slot)
        elif slot.entry not in beside:
            things[column] = [slot]
    samples = {column: tuple(group) for column, group in things.items() if column not in own}
    # What has but one thing to fill in goes by the shorter name as well.
    for stem in {owner} | {column.rpartition(".")[0] for column in things}:
        below = [group for column, group in things.items() if column.startswith(f"{stem}.")]
        if len(below) == 1 and stem not in own and stem not in samples:
            samples[stem] = tuple(below[0])
    return Owner(owner, own, samples)


def _answers(
    owner: Owner, cells: Mapping[str, Cell], evidence: tuple[str, ...]
) -> tuple[Answers, bool, list[Problem]]:
    """What the cells of one owner say, whether they excuse it, and what is wrong with them."""
    values: dict[str, Value] = {}
    places: dict[str, Place] = {}
    lost: set[str] = set()
    states: set[str] = set()
    problems: list[Problem] = []
    for column in dict.fromkeys((*owner.samples, *owner.slots, owner.id)):
        cell = cells.get(column)
        if cell is None:
            continue
        word = fold(cell.raw).upper() if isinstance(cell.raw, str) else ""
        if word in STATES:
            states.add(word)
            places.setdefault("state", cell.place)
            continue
        for slot, value, finding in _understood(owner, column, cell):
            places[slot.key] = cell.place
            if value is not None:
                values[slot.key] = value
            elif finding is not None:
                lost.add(slot.key)
            if finding is not None:
                if finding.code == "entry-not-understood" and word in _ABSENT:
                    finding = Finding("trial-na", finding.params)
                problems.append(finding.at(cell.place))
    if "" in lost and owner.id not in owner.slots and owner.id not in owner.samples:
        # The cell of the whole item was not understood: what it left open is not another mistake.
        lost |= {slot.key for slot in owner.slots.values()} - values.keys()
    # What is missing has no cell of its own; it is missed where the rest of the item stands.
    beside = next(iter(places.values()), None)
    for column, slot in owner.slots.items():
        if beside is not None:
            places.setdefault(slot.key, beside)
        if slot.entry == "reason" and column not in cells and values:
            values[slot.key] = PROVEN[0]
    declared = State.UNCHECKED if states & set(UNCHECKED) else None
    proof = evidence if values else ()
    answers = Answers(values, frozenset(lost), declared, evidence=proof, places=places)
    return answers, bool(states & set(EXCUSED)), problems


def _understood(
    owner: Owner, column: str, cell: Cell
) -> Iterator[tuple[Slot, Value | None, Finding | None]]:
    """What one cell gives for which slots: one reading, or all samples of one."""
    raw = cell.raw
    if cell.lost:
        found = owner.samples.get(column) or (owner.slots.get(column, Slot("", "", "reason")),)
        yield found[0], None, Finding("entry-lost", {"detail": cell.lost})
    elif cell.percent and column in owner.slots:
        yield owner.slots[column], *read_percent(owner.slots[column], raw)
    elif column in owner.slots:
        yield owner.slots[column], *understand(owner.slots[column], raw)
    elif column in owner.samples:
        group = owner.samples[column]
        readings = _BETWEEN_SAMPLES.split(raw) if isinstance(raw, str) else [raw]
        if len(readings) > len(group):
            said = {"column": column, "count": str(len(readings)), "most": str(len(group))}
            yield group[0], None, Finding("trial-samples", said)
            return
        for slot, reading in zip(group, readings, strict=False):
            yield slot, *understand(slot, reading)
    elif raw not in (None, ""):
        said = {"value": shown(raw), "expected": f"NA，或分列填写 {'、'.join(owner.slots)}"}
        yield Slot("", "", "reason"), None, Finding("entry-not-understood", said)

"""Decisions of the bureau, applied to what inspectors entered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace

from inspections.ledger.decisions import Decision, Verdict
from inspections.ledger.local_time import local_time
from inspections.records.entries import understand
from inspections.records.observing import (
    Answers,
    observe,
    observe_extra,
    observe_red_line,
    question_of,
)
from inspections.records.record import Observation, Record, State, Value
from inspections.records.record_list import RecordList, as_list
from inspections.round.opened import OpenRound
from rubrics.language.rubric import Extra, Indicator, RedLine
from rubrics.language.slots import extra_slots, red_line_slots, slots
from rubrics.messages.problems import Place, Problem, Severity, problem
from rubrics.rules import Slot

Item = Indicator | RedLine | Extra

NOTES = ("fault", "remark", "at_once")
"""What can be corrected of an item beside its values."""

TOGETHER = frozenset(
    (
        "entry-missing",
        "confirm-partly",
        "entry-unexpected",
        "state-not-excusable",
        "excuse-without-reason",
        "ratio-above-one",
        "votes-above-entitled",
        "survey-inconsistent",
        "reason-missing",
        "red-line-unanswered",
        "fault-missing",
        "evidence-missing",
    )
)
"""Problems that entries have together: told anew once one of them is corrected."""

OWED = frozenset(("fault-missing", "evidence-missing"))
"""What an inspector owes for what they found, and not for what the bureau makes of it."""


def find_item(opened: OpenRound, rubric: str, owner: str) -> Item | None:
    """Returns the indicator, red line or extra with an id."""
    held = opened.rubrics[rubric]
    items: tuple[Item, ...] = (*held.indicators, *held.red_lines, *held.extras)
    return next((item for item in items if item.id == owner), None)


def item_slots(item: Item) -> dict[str, Slot]:
    """Returns what can be entered for an item, by key."""
    match item:
        case Indicator():
            found = slots(item)
        case RedLine():
            found = red_line_slots(item)
        case Extra():
            found = extra_slots(item)
    return {slot.key: slot for slot in found}


@dataclass
class Applied:
    """Records as the bureau has decided, and all problems that are left.

    ``changed`` goes by the places of ``records``.
    """

    records: RecordList
    problems: list[Problem]
    changed: dict[int, Record] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


def apply_decisions(
    opened: OpenRound,
    records: Iterable[Record],
    problems: Iterable[Problem],
    made: Iterable[Decision],
) -> Applied:
    """Returns records with corrections and excuses, in the order in which they were decided.

    What an inspector answers stays in the ledger; here a decided value takes its place, and names
    the decision as where it stands. Problems of corrected cells are over.
    """
    done = Applied(as_list(records), list(problems))
    for one in made:
        if one.verdict in (Verdict.CORRECT, Verdict.EXCUSE) and one.rubric in opened.rubrics:
            item = find_item(opened, one.rubric, one.owner)
            if item is not None:
                _apply(opened, done, one, item)
    return replace(done, records=done.records.with_records(done.changed))


def _apply(opened: OpenRound, done: Applied, one: Decision, item: Item) -> None:
    for at, head in enumerate(done.records.heads):
        key = head.key
        if (key.school, key.rubric) != (one.school, one.rubric):
            continue
        if one.occasion not in ("", key.occasion) or one.inspector not in ("", key.inspector):
            continue
        visit = done.changed.get(at) or done.records[at]
        before = visit.observation(one.owner) or Observation(one.owner, State.UNCHECKED)
        after = (
            _excused(before, one)
            if one.verdict is Verdict.EXCUSE
            else _corrected(opened, done, at, before, one, item)
        )
        if after is None:
            continue
        done.used.add(one.number)
        after = replace(after, decided=(*before.decided, in_words(one)))
        kept = tuple(seen for seen in visit.observations if seen.owner != one.owner)
        done.changed[at] = replace(visit, observations=(*kept, after))


def decision_place(opened: OpenRound, one: Decision) -> Place:
    """Returns how problems and explanations name a decision."""
    return Place(opened.ledger_name, "", f"第 {one.number} 号决定")


def _excused(before: Observation, one: Decision) -> Observation:
    return replace(before, state=State.EXCUSED, values={}, reason=one.why)


def _corrected(
    opened: OpenRound, done: Applied, at: int, before: Observation, one: Decision, item: Item
) -> Observation | None:
    visit, entered = done.records[at], done.records[at].observation(one.owner)
    places = dict(before.places)
    old = places.get(one.slot)
    where = set(places.values())
    place = decision_place(opened, one)
    places[one.slot] = place
    if one.slot in NOTES:
        done.problems = [left for left in done.problems if left.place != old]
        noted = {name: getattr(before, name) for name in NOTES} | {one.slot: one.value}
        overruled = before.overruled and one.slot != "fault"
        return replace(before, **noted, places=places, overruled=overruled)
    slot = item_slots(item).get(one.slot)
    value = understand(slot, one.value)[0] if slot else None
    if value is None:
        return None
    values: dict[str, Value] = {**before.values, one.slot: value}
    for key, why in _reasons(item):
        if key == one.slot and value and not str(values.get(why, "")).strip():
            # Whoever decides says why; nobody else has to.
            values[why], places[why] = one.why, place
    here = [wrong for wrong in done.problems if wrong.place in where]
    lost = lost_slots(before, here) - {one.slot}
    over = {wrong for wrong in here if wrong.place == old or wrong.code in TOGETHER}
    answers = Answers(
        values,
        lost,
        State.CHECKED,
        before.fault,
        before.evidence,
        before.remark,
        places,
        before.at_once,
    )
    after, told = observed_anew(opened, visit, item, answers)
    after = replace(
        after,
        proof=before.proof,
        missing=before.missing,
        settled=True,
        overruled=_overruled(opened, item, visit, entered, before, after),
    )
    told = [new for new in told if new.code not in OWED or new in here]
    done.problems = [left for left in done.problems if left not in over] + told
    return after


def _overruled(
    opened: OpenRound,
    item: Item,
    visit: Record,
    entered: Observation | None,
    before: Observation,
    after: Observation,
) -> bool:
    """Whether the fact that was written is none any more.

    So it is where an inspector entered another value than the bureau has decided on. A fact that
    the bureau has written itself goes with its own values, while these ask for one: where nothing
    is left of the fault, no fact of it is either.
    """
    fault = after.places.get("fault")
    own = fault is not None and fault.file == opened.ledger_name
    wrote = before if own else entered
    if wrote is None:
        return False
    if not asks_for_fault(opened, visit, item, after):
        right = wrote.state is State.CHECKED and not asks_for_fault(opened, visit, item, wrote)
        if not right:
            return True
    if own:
        return False
    assert entered is not None
    said = {key for _, key in _reasons(item)}
    return any(
        entered.values[key] != value
        for key, value in after.values.items()
        if key in entered.values and key not in said
    )


def asks_for_fault(opened: OpenRound, visit: Record, item: Item, seen: Observation) -> bool:
    """Whether a fact has to be written beside what was entered or decided for an item."""
    if isinstance(item, Indicator):
        demerits = opened.rubrics[visit.key.rubric].scale == "demerits"
        traits = opened.roster.schools[visit.key.school].traits
        question = question_of(item, traits, demerits=demerits, day=visit.day)
        return seen.state is State.CHECKED and question.asks_for_fault(seen.values)
    return any(seen.values.values())


def _reasons(item: Item) -> Sequence[tuple[str, str]]:
    """(deduction, its reason) by slot key."""
    return question_of(item, {}).reasons if isinstance(item, Indicator) else ()


def lost_slots(before: Observation, problems: Sequence[Problem]) -> frozenset[str]:
    """Returns the slots that hold something that is no value."""
    wrong = {item.place for item in problems if item.severity is Severity.ERROR}
    together = {item.place for item in problems if item.code in TOGETHER}
    return frozenset(
        key
        for key, place in before.places.items()
        if place in wrong - together and key not in before.values
    )


def observed_anew(
    opened: OpenRound, visit: Record, item: Item, answers: Answers, unasked: Collection[str] = ()
) -> tuple[Observation, list[Problem]]:
    """Returns what answers to an item come to, and the problems that they have together.

    ``unasked``: as in ``observe``.
    """
    match item:
        case Indicator():
            demerits = opened.rubrics[visit.key.rubric].scale == "demerits"
            traits = opened.roster.schools[visit.key.school].traits
            question = question_of(item, traits, demerits=demerits, day=visit.day)
            return observe(question, answers, unasked)
        case RedLine():
            return observe_red_line(item, answers)
        case Extra():
            return observe_extra(item, answers)


def unmatched(opened: OpenRound, made: Iterable[Decision], used: Set[int]) -> list[Problem]:
    """Returns the decisions in force that nothing in the round answers to.

    Code: decision-unmatched.
    """
    return [
        problem(
            "decision-unmatched",
            decision_place(opened, one),
            number=one.number,
            verdict=one.verdict.word,
            what=one.file or address(one),
        )
        for one in made
        if one.number not in used
    ]


def in_words(one: Decision) -> str:
    """Returns a decision as one line: number, when, who, what, why."""
    match one.verdict:
        case Verdict.ACCEPT | Verdict.REJECT:
            what = f"{one.file} {one.sheet}".strip()
        case Verdict.REVOKE:
            what = f"第 {one.revokes} 号决定"
        case _:
            what = address(one) + "".join(f"，{v}" for v in (one.occasion, one.inspector) if v)
            what += f" = {one.value}" if one.verdict is Verdict.CORRECT else ""
    when = local_time(one.at)
    return f"第 {one.number} 号决定 {when} {one.who} {one.verdict.word} {what}：{one.why}"


def address(one: Decision) -> str:
    """Returns what a decision about an item is about, in short."""
    return f"{one.school} {one.rubric} {one.owner}{'.' + one.slot if one.slot else ''}"

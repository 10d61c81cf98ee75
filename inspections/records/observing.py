"""What the entries of one indicator mean: its state, its values, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from inspections.records.at_once import understood
from inspections.records.record import Observation, State, Value
from rubrics.language.rubric import Extra, Indicator, RedLine
from rubrics.language.slots import extra_slots, in_order, red_line_slots, slots
from rubrics.messages.problems import Place, Problem, problem
from rubrics.rules import Choice, Entry, Part, RuleKind, Slot, Values, joined
from rubrics.rules.between import blank_halves
from rubrics.values.conditions import Traits, holds

NOWHERE = Place()
ZERO = Decimal(0)
_MOST_KNOWN = 1_000
"""Losses that are kept of one question."""


class Answers(NamedTuple):
    """What was entered for one owner, slot by slot, already understood.

    ``lost``: keys of slots in which something stands that could not be used (and was reported).
    ``declared``: the state that the inspector chose, or None. ``places`` is as in
    :class:`~inspections.records.record.Observation`.
    """

    values: Mapping[str, Value] = MappingProxyType({})
    lost: frozenset[str] = frozenset()
    declared: State | None = None
    fault: str = ""
    evidence: tuple[str, ...] = ()
    remark: str = ""
    places: Mapping[str, Place] = MappingProxyType({})
    at_once: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What one indicator asks of schools with certain traits; made once, used for every sheet.

    ``rule`` is the one in force, ``parts`` are those of its parts that apply. ``excused`` is the
    reason for which such schools need not answer, or empty. ``reasons``: (deduction, its reason)
    by slot key. ``in_order``: what it holds where all was seen and in order, if that says it.
    """

    indicator: Indicator
    name: str
    rule: RuleKind
    parts: tuple[Part, ...]
    traits: Traits
    excused: str
    slots: Mapping[str, Slot]
    needed: tuple[Slot, ...]
    groups: tuple[tuple[Slot, ...], ...]
    choices: tuple[Choice, ...]
    zeroes: tuple[str, ...]
    flags: tuple[str, ...]
    red_lines: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    demerits: bool
    in_order: Values | None = None
    known_losses: dict[tuple[tuple[str, Value], ...], bool] = field(
        default_factory=dict, compare=False, repr=False
    )

    def loses(self, values: Mapping[str, Value]) -> bool:
        """Whether these values cost points; most were entered before, and are not reckoned anew."""
        key = tuple(values.items())
        lost = self.known_losses.get(key)
        if lost is None:
            if len(self.known_losses) == _MOST_KNOWN:
                self.known_losses.clear()
            entry = Entry(values, traits=self.traits)
            points = self.indicator.points
            lost = self.rule.loses(points, entry, demerits=self.demerits)
            self.known_losses[key] = lost
        return lost

    def asks_for_fault(self, values: Mapping[str, Value]) -> bool:
        """Whether a fact has to be written beside these values."""
        return any(values.get(key) for key in self.flags) or self.loses(values)


def question_of(
    indicator: Indicator, traits: Traits, *, demerits: bool = False, day: date | None = None
) -> Question:
    """Returns what ``indicator`` asks of a school with ``traits``.

    ``day`` picks among dated rules; their slots are the same. ``demerits``: the rubric counts
    demerits.
    """
    rule = indicator.rule if day is None else indicator.rule_on(day)
    parts = rule.simple_parts(indicator.points, traits)
    found = slots(indicator, traits)
    groups: dict[str, list[Slot]] = {}
    for slot in found:
        if slot.group:
            groups.setdefault(slot.group, []).append(slot)
    excused = "" if holds(indicator.when, traits) else f"不适用（限{indicator.when}）"
    if not parts:
        excused = excused or "不适用（各部分都不适用于本校）"
    return Question(
        indicator,
        f"{indicator.id} {indicator.title}",
        rule,
        parts,
        traits,
        excused,
        {slot.key: slot for slot in found},
        tuple(slot for slot in found if not (slot.optional or slot.group)),
        tuple(tuple(g) for g in groups.values() if not all(slot.optional for slot in g)),
        rule.choices_for(traits),
        tuple(slot.key for slot in found if slot.zero_if_blank),
        tuple(slot.key for slot in found if slot.entry == "flag"),
        tuple(
            (trigger.flag, line.title)
            for line in indicator.red_lines
            for trigger in line.triggers
            if trigger.flag is not None
        ),
        tuple(
            (slot.key.removesuffix("reason").removesuffix("."), slot.key)
            for slot in found
            if slot.entry == "reason"
        ),
        demerits,
        in_order(indicator, traits),
    )


def observe(
    question: Question, answers: Answers, unasked: Collection[str] = ()
) -> tuple[Observation, list[Problem]]:
    """Returns the indicator's observation, and the problems that its entries have together.

    Blank is never zero, except where the slot says so. ``unasked``: keys of slots that are not for
    the inspector to fill: without them the indicator is unchecked, and nobody is told.

    Codes: entry-missing, entry-unexpected, entry-out-of-range, state-not-excusable,
    excuse-without-reason, ratio-above-one, votes-above-entitled, survey-inconsistent,
    reason-missing, red-line-unanswered, fault-missing, evidence-missing, at-once-unclear.
    """
    values = dict(answers.values)
    problems: list[Problem] = []
    if not values.keys() <= question.slots.keys():
        stray = [key for key in values if key not in question.slots]
        values = {key: value for key, value in values.items() if key in question.slots}
        if not question.excused:
            problems = _unexpected(question, answers, stray, State.INAPPLICABLE)
    state, reason = State.UNCHECKED, ""
    if question.excused:
        state, reason = State.EXCUSED, question.excused
        problems = _unexpected(question, answers, answers.values, State.INAPPLICABLE)
    elif answers.declared in (State.EXCUSED, State.INAPPLICABLE):
        if not question.indicator.excusable:
            problems.append(_at(answers, "state", "state-not-excusable", indicator=question.name))
        elif not answers.remark:
            problems.append(_at(answers, "state", "excuse-without-reason", indicator=question.name))
        else:
            state, reason = State.EXCUSED, answers.remark
        problems += _unexpected(question, answers, values, State.EXCUSED)
    elif answers.declared is State.UNCHECKED:
        problems += _unexpected(question, answers, values, State.UNCHECKED)
    elif values or answers.lost or answers.fault or answers.evidence or answers.declared:
        state, reason = _check(question, answers, values, problems, unasked)
    observation = Observation(
        question.indicator.id,
        state,
        values,
        answers.fault,
        answers.evidence,
        answers.remark,
        reason,
        answers.places,
        at_once=answers.at_once,
    )
    problems += _at_once(answers)
    return observation, problems


def _untaken(choice: Choice, values: Values, answers: Answers) -> list[str]:
    """The first slot of each thing that was not entered, where too few were."""
    known = values.keys() | answers.lost
    blank = [keys[0] for keys in choice.things if known.isdisjoint(keys)]
    return blank if len(choice.things) - len(blank) < choice.at_least else []


def _check(
    question: Question,
    answers: Answers,
    values: dict[str, Value],
    problems: list[Problem],
    unasked: Collection[str],
) -> tuple[State, str]:
    """Completes ``values`` where blank means none; returns the state, and why not checked."""
    whole = dict(values)
    if values or answers.lost or answers.declared is State.CHECKED:
        for key in question.zeroes:
            whole.setdefault(key, ZERO)
    missing = [
        slot
        for slot in question.needed
        if slot.key not in whole and slot.key not in answers.lost and slot.beside not in whole
    ]
    missing += [it for it in blank_halves(question.slots, whole) if it.key not in answers.lost]
    missing += [
        group[0]
        for group in question.groups
        if not any(slot.key in whole or slot.key in answers.lost for slot in group)
    ]
    untaken = [(it, blank) for it in question.choices if (blank := _untaken(it, whole, answers))]
    owed = [slot for slot in missing if slot.key not in unasked]
    if owed or untaken:
        names = [slot.label for slot in owed]
        for choice, blank in untaken:
            some = "、".join(question.slots[key].label for key in blank)
            names.append(f"{some}（至少填 {choice.at_least} 种）")
        label = "、".join(names)
        key = owed[0].key if owed else untaken[0][1][0]
        problems.append(_at(answers, key, "entry-missing", indicator=question.name, label=label))
        return State.UNCHECKED, "只填了一部分"
    if missing:
        return State.UNCHECKED, "没有答卷"
    if answers.lost:
        return State.UNCHECKED, "填写的内容看不懂"
    values |= whole
    usable = len(problems)
    entry = Entry(values, traits=question.traits)
    for part in question.parts:
        for wrong in part.rule.contradictions(entry.part(part.id), question.name):
            key = joined(part.id, str(wrong.keys[0]))
            problems.append(_at(answers, key, wrong.code, **wrong.params))
    if len(problems) > usable:
        return State.UNCHECKED, "填写的数有误"
    for key, why in question.reasons:
        if values[key] and not str(values.get(why, "")).strip():
            values[key] = ZERO
            problems.append(_at(answers, key, "reason-missing", indicator=question.name))
    for key, title in question.red_lines:
        if key not in values:
            problems.append(_at(answers, key, "red-line-unanswered", title=title))
    for key in question.flags:
        values.setdefault(key, ZERO)
    problems += _unsupported(question, answers, values)
    return State.CHECKED, ""


def _unsupported(
    question: Question, answers: Answers, values: Mapping[str, Value]
) -> list[Problem]:
    """Points lost, or a key item or red line established, without a fact or evidence."""
    wanted = question.indicator.evidence
    if answers.fault and (answers.evidence or wanted == "none"):
        return []
    found = []
    lost = question.asks_for_fault(values)
    if lost and not answers.fault:
        found.append(_at(answers, "fault", "fault-missing", indicator=question.name))
    if (wanted == "required" or (wanted == "on_deduction" and lost)) and not answers.evidence:
        found.append(_at(answers, "evidence", "evidence-missing", indicator=question.name))
    return found


def _unexpected(
    question: Question, answers: Answers, keys: Iterable[str], state: str
) -> list[Problem]:
    return [
        _at(
            answers,
            key,
            "entry-unexpected",
            indicator=question.name,
            state=state,
            value=answers.values[key],
        )
        for key in keys
    ]


def _at(answers: Answers, key: str, code: str, **params: object) -> Problem:
    return problem(code, answers.places.get(key, NOWHERE), **params)


def _at_once(answers: Answers) -> list[Problem]:
    """That nobody can say what was done on the spot, where something is written."""
    if not answers.at_once or understood(answers.at_once):
        return []
    return [_at(answers, "at_once", "at-once-unclear", value=answers.at_once)]


def observe_red_line(line: RedLine, answers: Answers) -> tuple[Observation, list[Problem]]:
    """Returns the observation of a red line of its own: checked once one question is answered.

    A question left blank is 否, with red-line-unanswered; one that could not be understood
    leaves the red line unchecked.
    """
    keys = [slot.key for slot in red_line_slots(line)]
    values = {key: value for key, value in answers.values.items() if key in keys}
    problems = [
        _at(answers, key, "red-line-unanswered", title=line.title)
        for key in keys
        if key not in values and key not in answers.lost
    ]
    state = State.CHECKED if values and not answers.lost else State.UNCHECKED
    if state is State.CHECKED:
        values = {key: values.get(key, ZERO) for key in keys}
    problems += _at_once(answers)
    return _observation(line.id or "", state, values, answers), problems


def observe_extra(extra: Extra, answers: Answers) -> tuple[Observation, list[Problem]]:
    """Returns the observation of a bonus or penalty item: unchecked while nothing is claimed.

    Codes: evidence-missing, where something is claimed and evidence is wanted.
    """
    keys = [slot.key for slot in extra_slots(extra)]
    values = {key: value for key, value in answers.values.items() if key in keys}
    state = State.CHECKED if values and not answers.lost else State.UNCHECKED
    claimed = state is State.CHECKED and extra.rule.amount(Entry(values)) > 0
    problems = []
    if claimed and extra.evidence != "none" and not answers.evidence:
        name = f"{extra.id} {extra.title}"
        problems.append(_at(answers, "evidence", "evidence-missing", indicator=name))
    problems += _at_once(answers)
    return _observation(extra.id, state, values, answers), problems


def _observation(
    owner: str, state: State, values: Mapping[str, Value], answers: Answers
) -> Observation:
    return Observation(
        owner,
        state,
        values,
        answers.fault,
        answers.evidence,
        answers.remark,
        "",
        answers.places,
        at_once=answers.at_once,
    )

"""What the entries of one indicator mean: its state, its values, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from inspections.records.contradictions import CHECKED, contradictions
from inspections.records.losses import LossTest, joined, loss_test
from inspections.records.record import Observation, State, Value
from rubrics.language.rubric import Extra, Indicator, RedLine
from rubrics.language.slots import Slot, extra_slots, red_line_slots, slots
from rubrics.messages.problems import Place, Problem, problem
from rubrics.rules.model import Composite, Discretionary, SimpleRule
from rubrics.values.conditions import Traits, holds

NOWHERE = Place()
ZERO = Decimal(0)


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


@dataclass(frozen=True, slots=True)
class Question:
    """What one indicator asks of schools with certain traits; made once, used for every sheet.

    ``excused`` is the reason for which such schools need not answer, or empty. ``parts`` are
    (part id or empty, rule) of the rules whose values may contradict each other; ``losses``
    tell whether points were lost.
    """

    indicator: Indicator
    name: str
    excused: str
    slots: Mapping[str, Slot]
    needed: tuple[Slot, ...]
    groups: tuple[tuple[Slot, ...], ...]
    zeroes: tuple[str, ...]
    flags: tuple[str, ...]
    red_lines: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, SimpleRule], ...]
    losses: tuple[LossTest, ...]
    demerits: bool


def question_of(
    indicator: Indicator, traits: Traits, *, demerits: bool = False, day: date | None = None
) -> Question:
    """Returns what ``indicator`` asks of a school with ``traits``.

    ``day`` picks among dated rules; their slots are the same. ``demerits``: the rubric counts
    demerits.
    """
    rule = indicator.rule if day is None else indicator.rule_on(day)
    parts: list[tuple[str, SimpleRule, Decimal]]
    if isinstance(rule, Composite):
        parts = [
            (part.id, part.rule, indicator.points if part.points is None else part.points)
            for part in rule.parts
            if holds(part.when, traits)
        ]
    else:
        parts = [("", rule, indicator.points)]
    found = slots(indicator, traits)
    groups: dict[str, list[Slot]] = {}
    for slot in found:
        if slot.group:
            groups.setdefault(slot.group, []).append(slot)
    excused = "" if holds(indicator.when, traits) else f"不适用（限{indicator.when}）"
    if not parts:
        excused = excused or "不适用（各部分都不适用于本校）"
    tests = [loss_test(rule, points, part, demerits) for part, rule, points in parts]
    return Question(
        indicator,
        f"{indicator.id} {indicator.title}",
        excused,
        {slot.key: slot for slot in found},
        tuple(slot for slot in found if not (slot.optional or slot.group)),
        tuple(tuple(g) for g in groups.values() if not all(slot.optional for slot in g)),
        tuple(slot.key for slot in found if slot.zero_if_blank),
        tuple(slot.key for slot in found if slot.entry == "flag"),
        tuple(
            (trigger.flag, line.title)
            for line in indicator.red_lines
            for trigger in line.triggers
            if trigger.flag is not None
        ),
        tuple((part, rule) for part, rule, _ in parts if isinstance(rule, CHECKED)),
        tuple(test for test in tests if test is not None),
        demerits,
    )


def observe(question: Question, answers: Answers) -> tuple[Observation, list[Problem]]:
    """Returns the indicator's observation, and the problems that its entries have together.

    Blank is never zero, except where the slot says so. Codes: entry-missing, entry-unexpected,
    entry-out-of-range, state-not-excusable, excuse-without-reason, ratio-above-one,
    votes-above-entitled, survey-inconsistent, reason-missing, red-line-unanswered,
    fault-missing, evidence-missing.
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
        state, reason = _check(question, answers, values, problems)
    observation = Observation(
        question.indicator.id,
        state,
        values,
        answers.fault,
        answers.evidence,
        answers.remark,
        reason,
        answers.places,
    )
    return observation, problems


def _check(
    question: Question, answers: Answers, values: dict[str, Value], problems: list[Problem]
) -> tuple[State, str]:
    """Completes ``values`` where blank means none; returns the state, and why not checked."""
    whole = dict(values)
    if values or answers.lost or answers.declared is State.CHECKED:
        for key in question.zeroes:
            whole.setdefault(key, ZERO)
    missing = [
        slot for slot in question.needed if slot.key not in whole and slot.key not in answers.lost
    ]
    missing += [
        group[0]
        for group in question.groups
        if not any(slot.key in whole or slot.key in answers.lost for slot in group)
    ]
    if missing:
        label = "、".join(slot.label for slot in missing)
        key = missing[0].key
        problems.append(_at(answers, key, "entry-missing", indicator=question.name, label=label))
        return State.UNCHECKED, "只填了一部分"
    if answers.lost:
        return State.UNCHECKED, "填写的内容看不懂"
    values |= whole
    usable = len(problems)
    for part, rule in question.parts:
        for key, finding in contradictions(rule, values, part, question.name):
            problems.append(finding.at(answers.places.get(key, NOWHERE)))
    if len(problems) > usable:
        return State.UNCHECKED, "填写的数有误"
    for part, rule in question.parts:
        if isinstance(rule, Discretionary) and values[part] and _without_reason(values, part):
            values[part] = ZERO
            problems.append(_at(answers, part, "reason-missing", indicator=question.name))
    for key, title in question.red_lines:
        if key not in values:
            problems.append(_at(answers, key, "red-line-unanswered", title=title))
    for key in question.flags:
        values.setdefault(key, ZERO)
    problems += _unsupported(question, answers, values)
    return State.CHECKED, ""


def _without_reason(values: Mapping[str, Value], part: str) -> bool:
    return not str(values.get(joined(part, "reason"), "")).strip()


def _unsupported(
    question: Question, answers: Answers, values: Mapping[str, Value]
) -> list[Problem]:
    """Points lost, or a key item or red line established, without a fact or evidence."""
    wanted = question.indicator.evidence
    if answers.fault and (answers.evidence or wanted == "none"):
        return []
    found = []
    lost = any(test(values) for test in question.losses) or any(
        values.get(k) for k in question.flags
    )
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
    return _observation(line.id or "", state, values, answers), problems


def observe_extra(extra: Extra, answers: Answers) -> tuple[Observation, list[Problem]]:
    """Returns the observation of a bonus or penalty item: unchecked while nothing is claimed.

    Codes: evidence-missing, where something is claimed and evidence is wanted.
    """
    keys = [slot.key for slot in extra_slots(extra)]
    values = {key: value for key, value in answers.values.items() if key in keys}
    state = State.CHECKED if values and not answers.lost else State.UNCHECKED
    claimed = state is State.CHECKED and any(values.values())
    problems = []
    if claimed and extra.evidence != "none" and not answers.evidence:
        name = f"{extra.id} {extra.title}"
        problems.append(_at(answers, "evidence", "evidence-missing", indicator=name))
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
    )

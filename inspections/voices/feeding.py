"""Answers as the figures that a rubric asks for: by school, as inspectors would have entered them.

No answers at all is not 0: a school that a survey knows nothing of gets no figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

import numpy as np
from sqlalchemy import Engine

from inspections.ledger.voices import HeldFile, held_files
from inspections.records.record import Heard
from inspections.records.voices import BLANK, AnswerSet, Bools, Kind, Question
from inspections.round.folder import SETTINGS
from inspections.round.opened import OpenRound
from inspections.round.voiced import Target, Voiced, target_of
from inspections.voices.choosing import asked_for, only_of, people_of, pleased
from inspections.voices.feed import Fed, Feed
from inspections.voices.tallying import Tally, Voices, surveys, voices_of
from inspections.voices.weighed_feeds import weighed
from inspections.voices.weighing import class_table
from rubrics.messages.problems import Place, Problem, problem
from rubrics.rules import Ratio, Slot, Survey, Votes, joined

_INVALID: Final = "invalid"
_LISTED: Final = 10
Figures = dict[str, dict[str, Decimal]]
"""Values by slot key, by school; and how many answers they rest on under an empty key."""


def feeds(opened: OpenRound, ledger: Engine) -> tuple[list[Feed], list[Problem]]:
    """Returns all figures of a round that are counted of answers.

    Codes: voices-unknown-survey, voices-unknown-question, voices-unknown-option,
    voices-unmeant-option, voices-unseen-option, voices-provisional, voices-class-twice,
    voices-no-table, voices-no-classes, voices-unweighed, voices-unplaced.
    """
    found: list[Feed] = []
    problems: list[Problem] = []
    known = surveys(ledger) if opened.round.voices else ()
    held = {name: voices_of(ledger, name) for name in known}
    wanted = {one.weighed_by for one in opened.round.voices if one.weighed_by}
    tables = {name: class_table(ledger, name) for name in wanted}
    names = {school.id: school.name for school in opened.roster.schools.values()}
    for name, table in tables.items():
        if table and table.twice:
            named = (f"{names.get(school, school)}的{one}" for school, one in table.twice[:_LISTED])
            classes = "、".join(named)
            said = {"table": name, "count": len(table.twice), "classes": classes}
            problems.append(problem("voices-class-twice", Place(opened.ledger_name), **said))
    files = held_files(ledger) if known else []
    lacking: dict[str, list[str]] = {}
    first: dict[str, Place] = {}
    for number, one in enumerate(opened.round.voices):
        rubric = opened.rubrics.get(one.rubric)
        target = target_of(rubric, one) if rubric else None
        if target is None:
            continue  # told when the round is opened
        at = Place(SETTINGS, "", f"voices[{number}]")
        if one.survey not in held:
            first.setdefault(one.survey, at)
            lacking.setdefault(one.survey, []).append(one.item)
            found.append(Feed(one, target, {}, unknown=True))
            continue
        mine = [it for it in files if it.counts and it.survey == one.survey]
        for rule in held[one.survey].undecided:
            count = int(held[one.survey].answers.flags[rule].sum())
            said = {"survey": one.survey, "rule": rule.value}
            where = Place(opened.ledger_name)
            problems.append(problem("voices-provisional", where, count=count, **said))
        made, wrong = _feed(one, target, held[one.survey], mine, tuple(opened.roster.schools), at)
        problems += wrong
        if one.weighed_by:
            made, wrong = weighed(made, held[one.survey], tables[one.weighed_by], names, at)
            problems += wrong
        found.append(made)
    for survey, items in lacking.items():
        said = {"item": "、".join(items), "survey": survey, "known": "、".join(known) or "还没有"}
        problems.append(problem("voices-unknown-survey", first[survey], **said))
    return found, list(dict.fromkeys(problems))


def _feed(
    one: Voiced,
    target: Target,
    voices: Voices,
    files: Sequence[HeldFile],
    schools: Sequence[str],
    at: Place,
) -> tuple[Feed, list[Problem]]:
    nothing = Feed(one, target, {}, unknown=True)
    wrong = list(_unknown(one, voices.answers, at))
    if wrong:
        return nothing, wrong
    only = one.only or people_of(target, voices.answers)
    heard_by = only_of(voices, only)
    asked = asked_for(voices.answers, one.question)
    sent = {} if only else voices.sent
    if target.rule is None:
        figures = _counted(one, target, heard_by, asked, schools)
    elif asked is None:
        said = {"item": one.item, "survey": one.survey, "question": one.question or "（没有写）"}
        listed = "、".join(_named(it) for it in voices.answers.questions if it.form == "one")
        return nothing, [problem("voices-unknown-question", at, **said, known=listed)]
    else:
        tally = heard_by.tally(asked.id)
        part = one.part
        pleased = one.satisfied or getattr(target.rule, "satisfied", ())
        # Of an option that nobody chose there is no trace in a file.
        if pleased and not {*pleased, *getattr(target.rule, "options", ())} & {*asked.options}:
            said = {"item": one.item, "options": "、".join(pleased)}
            known = "、".join(asked.options)
            return nothing, [problem("voices-unknown-option", at, **said, known=known)]
        wrong += _unseen(one.item, asked, pleased, getattr(target.rule, "options", ()), at)
        match target.rule:
            case Survey():
                figures = _survey(target.rule, part, tally, pleased, sent)
            case Votes():
                figures = _votes(
                    target.rule, part, tally, one.options, sent, _left_blank(heard_by, asked)
                )
                strange = _strange(target.rule, asked, one.options)
                if strange:
                    said = {"item": one.item, "options": "、".join(strange)}
                    known = "、".join(target.rule.options)
                    wrong.append(problem("voices-unmeant-option", at, **said, known=known))
            case Ratio():
                figures = _ratio(part, tally, pleased)
    for name, people in one.only.items():
        if (by := asked_for(voices.answers, name)) is not None:
            wrong += _unseen(one.item, by, people, (), at)
    flagged = _undecided(heard_by)
    source = tuple(_file(it) for it in files)
    unit = voices.answers.kind.unit
    name = asked.text or asked.id if asked else ""
    fed = {}
    for school in schools:
        if (values := figures.get(school)) is not None:
            count = int(values.pop("\0"))
            heard = Heard(
                tuple(values), one.survey, name, source, count, unit, flagged.get(school, 0)
            )
            fed[school] = Fed(values, heard)
    return Feed(one, target, fed), wrong


def _unknown(one: Voiced, answers: AnswerSet, at: Place) -> Iterator[Problem]:
    listed = "、".join(_named(it) for it in answers.questions if it.form == "one")
    wanted = [one.question] if one.question else []
    for name in (*wanted, *one.only):
        found = asked_for(answers, name)
        said = {"item": one.item, "survey": one.survey}
        if found is None:
            yield problem("voices-unknown-question", at, **said, question=name, known=listed)
        elif (people := one.only.get(name)) and not {*people} & {*found.options}:
            known = "、".join(found.options)
            told = {"item": one.item, "options": "、".join(people)}
            yield problem("voices-unknown-option", at, **told, known=known)


def _unseen(
    item: str, asked: Question, named: Iterable[str], known: Iterable[str], at: Place
) -> Iterator[Problem]:
    """voices-unseen-option: options that nobody chose, or that are mistyped."""
    strange = [it for it in named if it not in asked.options and it not in known]
    if strange:
        said = {"item": item, "question": _named(asked), "options": "、".join(strange)}
        yield problem("voices-unseen-option", at, **said, known="、".join(asked.options))


def _named(question: Question) -> str:
    return f"{question.id} {question.text}" if question.text != question.id else question.id


def _by_school(tally: Tally, sent: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Schools, and the row of each; schools that were only sent something come without one."""
    rows = {key[0]: row for row, key in enumerate(tally.keys)}
    for school in dict.fromkeys([*rows, *sent]):
        if school:
            yield school, rows.get(school, -1)


def _survey(
    rule: Survey, part: str, tally: Tally, options: Sequence[str], sent: Mapping[str, int]
) -> Figures:
    satisfied, opinions = pleased(tally, options)
    found: Figures = {}
    for school, row in _by_school(tally, sent):
        count = int(opinions[row]) if row >= 0 else 0
        own = {"satisfied": int(satisfied[row]) if row >= 0 else 0, "returned": count}
        if school in sent:
            own["sent"] = sent[school]
        elif not rule.min_rate:
            # Nothing follows from it: whoever answered was asked.
            own["sent"] = count
        found[school] = _values(part, own, count)
    return found


def _votes(
    rule: Votes,
    part: str,
    tally: Tally,
    named: Mapping[str, str],
    sent: Mapping[str, int],
    blank: Mapping[str, int],
) -> Figures:
    meant = [named.get(option, option) for option in tally.question.options]
    found: Figures = {}
    for school, row in _by_school(tally, sent):
        own = dict.fromkeys([*rule.options, _INVALID], 0)
        for place, option in enumerate(meant if row >= 0 else ()):
            own[option if option in rule.options else _INVALID] += int(tally.counts[row, place])
        valid = sum(own[option] for option in rule.options)
        own[_INVALID] += blank.get(school, 0)
        if school in sent:
            own["entitled"] = sent[school]
        elif not rule.quorum:
            own["entitled"] = sum(own.values())
        found[school] = _values(part, own, valid)
    return found


def _left_blank(voices: Voices, asked: Question) -> dict[str, int]:
    """How many ballots of each school have nothing on them: they were cast, and are invalid."""
    answers = voices.answers
    return _weighed(answers, (answers.codes[asked.id] == BLANK) & ~voices.left_out)


def _weighed(answers: AnswerSet, which: Bools) -> dict[str, int]:
    """How many people some of the answers are of, by school."""
    counts = np.bincount(
        answers.school[which], answers.weight[which], minlength=len(answers.schools)
    )
    return dict(zip(answers.schools, counts.astype(int).tolist(), strict=True))


def _strange(rule: Votes, asked: Question, named: Mapping[str, str]) -> list[str]:
    """Options with no share of the points: their ballots are told as invalid."""
    return [
        option
        for place, option in enumerate(asked.options)
        if named.get(option, option) not in rule.options
        and (not asked.levels or asked.levels[place])
    ]


def _ratio(part: str, tally: Tally, options: Sequence[str]) -> Figures:
    have, due = pleased(tally, options)
    return {
        school: _values(part, {"have": int(have[row]), "due": int(due[row])}, int(due[row]))
        for school, row in _by_school(tally, {})
    }


def _values(part: str, own: Mapping[str, int], count: int) -> dict[str, Decimal]:
    values = {joined(part, key): Decimal(number) for key, number in own.items()}
    return {**values, "\0": Decimal(count)}


def _counted(
    one: Voiced, target: Target, voices: Voices, asked: Question | None, schools: Sequence[str]
) -> Figures:
    """How many answers there are of each school: none is 0 of what people come with themselves."""
    ((key, slot),) = target.slots.items()
    answers = voices.answers
    which = voices.counted
    if asked is not None:
        options = [n for n, it in enumerate(asked.options) if it in one.satisfied]
        codes = answers.codes[asked.id]
        which = which & (np.isin(codes, options) if one.satisfied else codes >= 0)
    held = _weighed(answers, which)
    unasked = voices.answers.kind is not Kind.COMPLAINT
    return {
        school: {key: _one(slot, held.get(school, 0), one.at_least), "\0": Decimal(held[school])}
        if school in held
        else {key: Decimal(0), "\0": Decimal(0)}
        for school in schools
        if school in held or not unasked
    }


def _one(slot: Slot, count: int, least: int) -> Decimal:
    return Decimal(count) if slot.entry == "count" else Decimal(count >= least)


def _undecided(voices: Voices) -> dict[str, int]:
    """How many answers that count are flagged by rules on which nobody has decided, by school."""
    answers = voices.answers
    return _weighed(answers, answers.flagged(voices.undecided) & voices.counted)


def _file(one: HeldFile) -> str:
    return f"第 {one.number} 号文件 {one.name}，SHA-256 {one.digest}"

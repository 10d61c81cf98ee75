"""Answers of many people as columns: questionnaires, telephone interviews, complaints, ballots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Form: TypeAlias = Literal["one", "many", "open"]

BLANK: Final = -1
"""The code of a question that was left blank; it is no option, and not 0."""

NOT_ASKED: Final = -2
"""The code of a question that this edition of the form does not have."""


class Kind(StrEnum):
    """What was asked, and how; its value is what it is called in Chinese."""

    QUESTIONNAIRE = "问卷"
    INTERVIEW = "电话访谈"
    COMPLAINT = "热线来访"
    BALLOT = "民主测评"
    SENT = "发放数"
    CLASSES = "班级人数"

    @property
    def heard(self) -> bool:
        """Whether it is something that people said, not a table of how many there are."""
        return self not in (Kind.SENT, Kind.CLASSES)

    @property
    def unit(self) -> str:
        """In what its answers are counted: 人次 of interviews are never added to 份."""
        return _UNITS.get(self, "份")


_UNITS: Final = {
    Kind.INTERVIEW: "人次",
    Kind.COMPLAINT: "件",
    Kind.BALLOT: "票",
    Kind.CLASSES: "人",
}


class Rule(StrEnum):
    """By which an answer is flagged; what each says stands in :mod:`inspections.voices.flags`."""

    DOUBLED = "重复"
    STRAIGHT = "同选"
    FAST = "过快"
    OUTSIDE = "期外"
    TEST = "测试"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``levels``: of each option on its scale, 1 the best; 0 says nothing (不清楚).

    ``satisfied``: how many of the best levels count as satisfied, 0 where the scale does not say.
    ``group``: what its answers divide people by (年级, 身份), empty mostly. Of an open question the
    options are kinds of answers by the bureau's keywords.
    """

    id: str
    text: str
    form: Form
    options: tuple[str, ...]
    levels: tuple[int, ...] = ()
    scale: str = ""
    satisfied: int = 0
    group: str = ""


@dataclass(frozen=True)
class AnswerSet:
    """The answers of one survey, one place an answer in every column.

    ``school``: places in ``schools`` (codes; empty text where it was not recognised).
    ``codes`` by question: of ``one`` a place among the options; of ``many`` and ``open`` bits, the
    lowest for the first option; or ``BLANK`` or ``NOT_ASKED``. ``weight``: how many people said it,
    of a table of counts. ``submitted``: seconds since 1970 as the form's clock had it, ``seconds``:
    spent on the form; both -1 where unknown. ``source``: answers of one number came from one place;
    -1 where unknown. ``serial``: as the form numbered it, -1 where it did not.
    """

    name: str
    kind: Kind
    questions: tuple[Question, ...]
    schools: tuple[str, ...]
    school: Ints
    row: Ints
    serial: Ints
    submitted: Ints
    seconds: Ints
    source: Ints
    weight: Ints
    codes: Mapping[str, Ints]
    flags: Mapping[Rule, Bools] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.row)

    def question(self, id: str) -> Question:
        """Returns a question; raises ``KeyError`` where there is none of that id."""
        return {one.id: one for one in self.questions}[id]

    @property
    def answered(self) -> Bools:
        """Which answers have anything in them."""
        found = np.zeros(len(self), bool)
        for column in self.codes.values():
            found |= column >= 0
        return found

    def flagged(self, rules: Sequence[Rule] | None = None) -> Bools:
        """Which answers are flagged, by any of some rules, or of all."""
        found = np.zeros(len(self), bool)
        for rule, which in self.flags.items():
            if rules is None or rule in rules:
                found |= which
        return found

    def chosen(self, which: Bools | Ints) -> AnswerSet:
        """Returns some of the answers."""
        columns: dict[str, Any] = {name: getattr(self, name)[which] for name in COLUMNS}
        codes = {id: column[which] for id, column in self.codes.items()}
        flags = {rule: column[which] for rule, column in self.flags.items()}
        return replace(self, **columns, codes=codes, flags=flags)


COLUMNS: Final = ("school", "row", "serial", "submitted", "seconds", "source", "weight")
"""The columns that every set has."""


def joined(sets: Sequence[AnswerSet], name: str, *, of_one_file: bool = False) -> AnswerSet:
    """Returns the answers of several sets of one survey as one; sources are those of a file.

    Questions are the same where id and text are; options go by their words. A question that only
    some editions have is ``NOT_ASKED`` in the others. Where one id means two things, the later
    gets a mark: ``Q3（2）``.
    """
    schools = tuple(dict.fromkeys(code for one in sets for code in one.schools))
    at = {code: place for place, code in enumerate(schools)}
    columns = {
        column: np.concatenate([getattr(one, column) for one in sets] or [_NONE])
        for column in COLUMNS
    }
    columns["school"] = np.concatenate(
        [_places(one.school, [at[code] for code in one.schools]) for one in sets] or [_NONE]
    )
    if not of_one_file:
        columns["source"] = _apart([one.source for one in sets])
    questions: dict[str, Question] = {}
    parts: dict[str, list[Ints]] = {}
    done = 0
    for one in sets:
        for question in one.questions:
            key = _key(question, questions)
            known = questions.get(key)
            merged = _merged(known, question, key)
            questions[key] = merged
            held = parts.setdefault(key, [])
            gap = done - sum(map(len, held))
            if gap:
                held.append(np.full(gap, NOT_ASKED, np.int64))
            held.append(_recoded(one.codes[question.id], question, merged))
        done += len(one)
    codes = {}
    for key, held in parts.items():
        gap = done - sum(map(len, held))
        codes[key] = np.concatenate([*held, np.full(gap, NOT_ASKED, np.int64)])
    rules = dict.fromkeys(rule for one in sets for rule in one.flags)
    flags = {
        rule: np.concatenate([one.flags.get(rule, np.zeros(len(one), bool)) for one in sets])
        for rule in rules
    }
    kind = sets[0].kind if sets else Kind.QUESTIONNAIRE
    return AnswerSet(
        name, kind, tuple(questions.values()), schools, codes=codes, flags=flags, **columns
    )


_NONE: Final[Ints] = np.zeros(0, np.int64)


def _apart(sources: Sequence[Ints]) -> Ints:
    lifted, above = [_NONE], 0
    for one in sources:
        lifted.append(np.where(one >= 0, one + above, one))
        above += int(one.max(initial=-1)) + 1
    return np.concatenate(lifted)


def _key(question: Question, known: Mapping[str, Question]) -> str:
    key, number = question.id, 1
    while key in known and (known[key].text, known[key].form) != (question.text, question.form):
        number += 1
        key = f"{question.id}（{number}）"
    return key


def _merged(known: Question | None, question: Question, key: str) -> Question:
    if known is None:
        return replace(question, id=key)
    levels = dict(zip(question.options, question.levels, strict=False))
    levels |= dict(zip(known.options, known.levels, strict=False))
    options = tuple(dict.fromkeys([*known.options, *question.options]))
    scaled = tuple(levels.get(option, 0) for option in options) if levels else ()
    return replace(known, options=options, levels=scaled)


def _recoded(codes: Ints, question: Question, merged: Question) -> Ints:
    at = [merged.options.index(option) for option in question.options]
    if at == list(range(len(at))):
        return codes
    if question.form == "one":
        return _places(codes, at)
    bits = np.zeros(len(codes), np.int64)
    for place, new in enumerate(at):
        bits |= ((codes >> place) & 1) << new
    return np.where(codes >= 0, bits, codes)


def _places(codes: Ints, to: Sequence[int]) -> Ints:
    """Puts other places for places; what is below 0 stays."""
    if not to:
        return codes
    return np.where(codes >= 0, np.asarray(to, np.int64)[np.maximum(codes, 0)], codes)


@dataclass(frozen=True)
class VoiceFile:
    """A file of answers as it was read. ``basis``: the digest of all by which it was read.

    ``rules``: what each rule says by which answers were looked at, as it was then; a rule that
    could not be applied says why. ``private``: by place of the answer, what is private of it:
    heading -> text.
    """

    file: str
    digest: str
    basis: str
    program: str
    answers: AnswerSet
    rules: Mapping[Rule, str]
    private: Mapping[int, Mapping[str, str]]

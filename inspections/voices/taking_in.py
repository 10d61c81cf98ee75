"""Whether a file of answers is taken in: known ones, corrected ones, later exports of the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from sqlalchemy import Engine

from inspections.ledger.voices import HeldFile, held_file
from inspections.records.voices import AnswerSet, Ints, VoiceFile
from rubrics.messages.problems import Place, Problem, problem

_ABOVE: Final = 1 << 20
"""Serial numbers beyond are left out of sight; moments of a form are not as near as that."""


class Verdict(NamedTuple):
    """Whether a file is taken in, which files it then replaces, and what is told."""

    take: bool
    replaces: tuple[HeldFile, ...]
    problems: list[Problem]


def judged(ledger: Engine, held: Sequence[HeldFile], read: VoiceFile, replace: bool) -> Verdict:
    """Returns what becomes of a file, given those that the ledger holds.

    ``replace``: the user says that it takes the place of the one that it is like. Codes:
    voices-known, voices-read-again, voices-erased, voices-name-known, voices-overlap,
    voices-replaced, voices-other-kind.
    """
    at = Place(read.file)
    counting = [one for one in held if one.counts]
    same = next((one for one in counting if one.digest == read.digest), None)
    if same and same.erased:
        return _refused(problem("voices-erased", at, number=same.number))
    if same and same.basis == read.basis:
        return Verdict(False, (), [problem("voices-known", at, number=same.number)])
    if same:
        return Verdict(True, (same,), [problem("voices-read-again", at, number=same.number)])
    answers = read.answers
    mine = [one for one in counting if one.survey == answers.name]
    for one in mine:
        if one.kind.heard and answers.kind.heard and one.kind is not answers.kind:
            said = {"survey": one.survey, "before": one.kind.value, "now": answers.kind.value}
            return _refused(problem("voices-other-kind", at, **said))
    likes: list[HeldFile] = []
    for one in mine:
        if one.kind is not answers.kind:
            continue
        if one.name == read.file:
            if not replace:
                return _refused(problem("voices-name-known", at, number=one.number))
            likes.append(one)
        else:
            count = _shared(held_file(ledger, one), answers)
            if 2 * count > min(one.rows, len(answers)):
                if not replace:
                    like = problem(
                        "voices-overlap", at, name=one.name, number=one.number, count=count
                    )
                    return _refused(like)
                likes.append(one)
    told = [problem("voices-replaced", at, number=one.number, name=one.name) for one in likes]
    return Verdict(True, tuple(likes), told)


def _refused(why: Problem) -> Verdict:
    return Verdict(False, (), [why])


def _shared(one: AnswerSet, other: AnswerSet) -> int:
    """How many answers have the number and the moment of one in the other file."""
    return int(np.isin(_keys(other), _keys(one)).sum())


def _keys(answers: AnswerSet) -> Ints:
    known = (answers.serial >= 0) & (answers.serial < _ABOVE) & (answers.submitted >= 0)
    return answers.submitted[known] * _ABOVE + answers.serial[known]

"""Which answers of a survey a figure is counted of: to which question, whose, and which options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from inspections.records.voices import AnswerSet, Ints, Question
from inspections.round.voiced import Target
from inspections.voices.tallying import Tally, Voices

ROLE: Final = "身份"
"""By what answers are divided into those of parents, pupils, teachers."""


def asked_for(answers: AnswerSet, name: str) -> Question | None:
    """The question of one choice that is meant: by its id, its text, or what it divides by."""
    for field in ("id", "text", "group"):
        for one in answers.questions if name else ():
            if one.form == "one" and getattr(one, field) == name:
                return one
    return None


def people_of(target: Target, answers: AnswerSet) -> Mapping[str, Sequence[str]]:
    """Whose answers the rubric counts, where the survey asks who somebody is."""
    people: tuple[str, ...] = getattr(target.rule, "people", ())
    asked = asked_for(answers, ROLE)
    return {ROLE: people} if asked and {*people} & {*asked.options} else {}


def only_of(voices: Voices, only: Mapping[str, Sequence[str]]) -> Voices:
    """The survey of those alone whose answers count."""
    answers = voices.answers
    which = np.ones(len(answers), bool)
    for name, options in only.items():
        asked = asked_for(answers, name)
        assert asked is not None
        places = [place for place, option in enumerate(asked.options) if option in options]
        which &= np.isin(answers.codes[asked.id], places)
    return replace(voices, answers=answers.chosen(which)) if only else voices


def pleased(tally: Tally, options: Sequence[str]) -> tuple[Ints, Ints]:
    """How many are satisfied, of how many with an opinion: a scale's 不清楚 is none."""
    if not options:
        return tally.satisfied, tally.opinions
    asked = tally.question
    chosen = [place for place, option in enumerate(asked.options) if option in options]
    silent = [place for place, level in enumerate(asked.levels) if not level]
    opinions = tally.answered - tally.counts[:, silent if any(asked.levels) else []].sum(axis=1)
    return tally.counts[:, chosen].sum(axis=1), opinions

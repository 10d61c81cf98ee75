"""Answers counted: of each question, by school and by whatever else divides people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from sqlalchemy import Engine

from inspections.ledger.voices import held_files, held_survey, siftings
from inspections.records.voices import (
    BLANK,
    AnswerSet,
    Bools,
    Ints,
    Kind,
    Question,
    Rule,
)

SCHOOL = ""
"""By school, among what a tally is divided by."""


@dataclass(frozen=True)
class Tally:
    """The answers to one question, counted. Each row is a group of people named in ``keys``.

    ``counts``: of each option (groups x options); of ``many`` and ``open`` one answer may count
    under several. ``answered``, ``blank``: who answered it, who left it blank; those whose edition
    of the form did not have it are neither. ``satisfied``: of those with an opinion
    (``opinions``), who is; both 0 where the scale does not say.
    """

    question: Question
    keys: tuple[tuple[str, ...], ...]
    counts: Ints
    answered: Ints
    blank: Ints
    satisfied: Ints
    opinions: Ints


@dataclass(frozen=True)
class Returns:
    """How many were sent, came back, and count, a place for every school of ``schools``.

    ``sent``: -1 where nobody said. ``empty``: of those returned, the ones with no answer in them.
    ``flagged``: by rule, also of those that were decided to count; ``left_out``: by any rule that
    was. ``valid`` is returned less empty ones and those left out; an answer may bear several flags.
    """

    schools: tuple[str, ...]
    sent: Ints
    returned: Ints
    empty: Ints
    flagged: Mapping[Rule, Ints]
    left_out: Ints
    valid: Ints


@dataclass(frozen=True)
class Voices:
    """One survey: its answers, what was decided on flagged ones, and what was sent by school.

    Flagged answers count until the bureau has decided to leave them out.
    """

    answers: AnswerSet
    decided: Mapping[Rule, bool] = field(default_factory=dict)
    sent: Mapping[str, int] = field(default_factory=dict)

    @property
    def undecided(self) -> tuple[Rule, ...]:
        """The rules that flag answers, and on which nothing was decided."""
        flags = self.answers.flags
        return tuple(rule for rule in flags if flags[rule].any() and rule not in self.decided)

    @cached_property
    def left_out(self) -> Bools:
        """Which answers were decided not to count."""
        return self.answers.flagged([rule for rule, counts in self.decided.items() if not counts])

    @cached_property
    def counted(self) -> Bools:
        """Which answers count."""
        return self.answers.answered & ~self.left_out

    def tally(
        self, question: str, by: Sequence[str] = (SCHOOL,), *, with_flagged: bool = False
    ) -> Tally:
        """Returns the answers to a question; ``by``: ``SCHOOL``, and ids or groups of questions.

        ``with_flagged``: also those that were decided not to count. Raises ``KeyError`` where
        there is no such question.
        """
        asked = self.answers.question(question)
        codes = self.answers.codes[question]
        which = self.answers.answered if with_flagged else self.counted
        keys, group = self._groups(by)
        weight = np.where(which, self.answers.weight, 0)

        def summed(where: Bools) -> Ints:
            held = np.zeros(len(keys), np.int64)
            np.add.at(held, group[where], weight[where])
            return held

        counts = np.zeros((len(keys), len(asked.options)), np.int64)
        if asked.form == "one":
            on = codes >= 0
            np.add.at(counts, (group[on], codes[on]), weight[on])
        else:
            for place in range(len(asked.options)):
                counts[:, place] = summed((codes >= 0) & ((codes >> place) & 1 == 1))
        levels = np.array(asked.levels or [0] * len(asked.options), np.int64)
        pleased = (levels >= 1) & (levels <= asked.satisfied)
        scaled = (levels >= 1) & bool(asked.satisfied)
        return Tally(
            asked,
            keys,
            counts,
            summed(codes >= 0),
            summed(codes == BLANK),
            counts[:, pleased].sum(axis=1),
            counts[:, scaled].sum(axis=1),
        )

    def returns(self) -> Returns:
        """Returns what was sent, came back and counts, by school; ``""`` is not recognised."""
        schools = tuple(dict.fromkeys([*self.answers.schools, *self.sent]))
        weight, at = self.answers.weight, self.answers.school

        def summed(which: Bools) -> Ints:
            held = np.zeros(len(schools), np.int64)
            np.add.at(held, at[which], weight[which])
            return held

        return Returns(
            schools,
            np.array([self.sent.get(code, -1) for code in schools], np.int64),
            summed(np.ones(len(self.answers), bool)),
            summed(~self.answers.answered),
            {rule: summed(on) for rule, on in self.answers.flags.items()},
            summed(self.left_out & self.answers.answered),
            summed(self.counted),
        )

    def _groups(self, by: Sequence[str]) -> tuple[tuple[tuple[str, ...], ...], Ints]:
        """The groups that there are, and to which every answer belongs."""
        group = np.zeros(len(self.answers), np.int64)
        names: list[Sequence[str]] = []
        for one in by:
            labels, column = self._column(one)
            names.append(labels)
            group = group * len(labels) + column
        there, group = np.unique(group, return_inverse=True)
        sizes = [len(labels) for labels in names]
        places = np.unravel_index(there, sizes) if sizes else ()
        keys = zip(*(map(held.__getitem__, at) for held, at in zip(names, places, strict=True)),
                   strict=True)  # fmt: skip
        return (tuple(keys) if sizes else ((),) * len(there)), group

    def _column(self, by: str) -> tuple[Sequence[str], Ints]:
        if by == SCHOOL:
            return self.answers.schools, self.answers.school
        asked = next(
            one for one in self.answers.questions if by in (one.id, one.group) and one.form == "one"
        )
        codes = self.answers.codes[asked.id]
        # Who did not say stands in a group of their own, the last.
        return [*asked.options, ""], np.where(codes >= 0, codes, len(asked.options))


def voices_of(ledger: Engine, survey: str) -> Voices:
    """Returns what the ledger holds of a survey, with what was decided; nothing where none is."""
    decided = {it.rule: it.counts for it in siftings(ledger) if it.survey == survey}
    sent: dict[str, int] = {}
    out = held_survey(ledger, survey, Kind.SENT)
    for code, count in zip(out.school.tolist(), out.weight.tolist(), strict=True):
        sent[out.schools[code]] = sent.get(out.schools[code], 0) + count
    return Voices(held_survey(ledger, survey), decided, sent)


def surveys(ledger: Engine) -> tuple[str, ...]:
    """Returns the names of all surveys of which files count."""
    files = held_files(ledger)
    return tuple(dict.fromkeys(it.survey for it in files if it.counts and it.kind.heard))

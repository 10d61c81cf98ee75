"""What a report of voices is written from: every survey of a round, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import numpy as np
from sqlalchemy import Engine

from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.records.voices import Kind
from inspections.round.opened import OpenRound, read_round
from inspections.voices.sampling import suppressed
from inspections.voices.tallying import Voices, surveys, voices_of
from reports.voices.counts import COUNTY, ToldQuestion, told_questions
from rubrics.messages.problems import words_kept


@dataclass(frozen=True, slots=True)
class Back:
    """How much of a survey came back: of one school, or of the county. ``sent``: None if unknown.

    Whole numbers of sheets, calls or ballots: how many there were tells nothing of what they say.
    """

    sent: int | None
    returned: int
    empty: int
    left_out: int
    valid: int


@dataclass(frozen=True)
class Surveyed:
    """One survey: its name, its answers, what is told of them, by school and of ``COUNTY``."""

    name: str
    voices: Voices
    told: Mapping[str, tuple[ToldQuestion, ...]]
    compared: str = ""

    @property
    def kind(self) -> Kind:
        """What was asked, and how."""
        return self.voices.answers.kind

    @cached_property
    def back(self) -> Mapping[str, Back]:
        """What came back, by school and of the county."""
        found = self.voices.returns()
        columns = (found.sent, found.returned, found.empty, found.left_out, found.valid)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        held = {
            school: Back(None if sent < 0 else sent, *rest)
            for school, (sent, *rest) in zip(found.schools, rows, strict=True)
        }
        known = [one.sent for one in held.values() if one.sent is not None]
        totals = (int(column.sum()) for column in columns[1:])
        held[COUNTY] = Back(sum(known) if known else None, *totals)
        return held

    @cached_property
    def months(self) -> Mapping[str, Mapping[str, int | None]]:
        """How many came by month (2026年3月), of those whose day is known; None where not told.

        By school, and of the county.
        """
        answers = self.voices.answers
        which = np.flatnonzero(self.voices.counted & (answers.submitted >= 0))
        days = [datetime.fromtimestamp(at, UTC) for at in answers.submitted[which].tolist()]
        months = sorted({(day.year, day.month) for day in days})
        table = np.zeros((len(answers.schools), len(months)), np.int64)
        column = np.array([months.index((day.year, day.month)) for day in days], np.int64)
        np.add.at(table, (answers.school[which], column), answers.weight[which])
        names = [f"{year}年{month}月" for year, month in months]
        places = np.arange(table.size).reshape(table.shape)
        lines = [*places.tolist(), *places.T.tolist()]
        hides = np.array(suppressed(table.reshape(-1).tolist(), lines), bool).reshape(table.shape)
        whole = table.sum(axis=0).tolist()
        of_all = suppressed(whole, [range(len(months))])
        found = {
            school: _told(names, table[at].tolist(), hides[at].tolist())
            for at, school in enumerate(answers.schools)
        }
        return {**found, COUNTY: _told(names, whole, of_all)}


def _told(
    names: Sequence[str], counts: Sequence[int], hides: Sequence[bool]
) -> dict[str, int | None]:
    rows = zip(names, counts, hides, strict=True)
    return {name: None if hide else count for name, count, hide in rows if count}


@dataclass(frozen=True)
class Subject:
    """All surveys of a round."""

    opened: OpenRound
    surveys: tuple[Surveyed, ...]

    @property
    def called(self) -> str:
        """What a school is called, in the words of the round."""
        return self.opened.words.said("学校")

    @property
    def unknown(self) -> str:
        """What stands where a school's name would, of answers of which it is not known."""
        return self.opened.words.said("（没有认出学校）")

    @property
    def schools(self) -> dict[str, str]:
        """Code -> name of the schools of which anything came in."""
        there = {school for one in self.surveys for school in one.voices.answers.schools}
        roster = self.opened.roster.schools
        return {code: one.name for code, one in roster.items() if code in there}


def subject_of(opened: OpenRound, ledger: Engine) -> Subject:
    """Returns what is told of a round; compared with the round that it follows, if one is there."""
    former = _former(opened)
    made = []
    for name in surveys(ledger):
        voices = voices_of(ledger, name)
        before = None
        if former is not None:
            with ledger_of(former) as held:
                before = voices_of(held, name) if name in surveys(held) else None
        compared = former.round.title if former and before else ""
        made.append(Surveyed(name, voices, told_questions(voices, before), compared))
    return Subject(opened, tuple(made))


def _former(opened: OpenRound) -> OpenRound | None:
    for name in opened.round.follows[:1]:
        with words_kept():
            found, _ = read_round(opened.folder.root / name)
        if found is not None and has_ledger(found):
            return found
    return None

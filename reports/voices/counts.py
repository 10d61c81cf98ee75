"""What is told of the answers to a question, of each school and of the county.

Counts of few people are not told, nor what they could be had from by subtraction: within a school,
between schools and the county, between groups.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from inspections.records.voices import Bools, Ints, Kind, Question
from inspections.voices.classes import CLASS
from inspections.voices.sampling import is_small, keeps, suppressed
from inspections.voices.tallying import SCHOOL, Tally, Voices

COUNTY: Final = "\0"
"""The county, among codes of schools; ``""`` are answers of which nobody knows the school."""

Shares = tuple[int, int]
"""How many are satisfied, of how many with an opinion."""


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one group (一年级); ``satisfied``: None where it is not told."""

    name: str
    satisfied: Shares | None


@dataclass(frozen=True, slots=True)
class ToldQuestion:
    """One question of one school, or of the county. ``answered``: None where they are few.

    ``counts``: of each option, None where it is not told; of ``many`` and ``open`` somebody may
    stand under several. ``before``: how many were satisfied in the survey before.
    """

    question: Question
    answered: int | None
    counts: tuple[int | None, ...]
    satisfied: Shares | None = None
    groups: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)
    before: Shares | None = None


def told_questions(
    voices: Voices, before: Voices | None = None
) -> dict[str, tuple[ToldQuestion, ...]]:
    """Returns what is told of all questions, by the school's code, and of ``COUNTY``.

    ``before``: the survey of this name in the round before; questions go by their text. What
    ballots said is told of nobody.
    """
    found: dict[str, list[ToldQuestion]] = {}
    if voices.answers.kind is Kind.BALLOT:
        return {}
    earlier = _earlier(before) if before else {}
    groups = [one for one in _told(voices) if one.group and one.form == "one"]
    for question in _told(voices):
        by_group = [it for it in groups if it is not question and question.satisfied]
        for school, one in _question(voices, question, by_group):
            told = earlier.get((question.text, school)) if one.satisfied else None
            held = ToldQuestion(
                one.question, one.answered, one.counts, one.satisfied, one.groups, told
            )
            found.setdefault(school, []).append(held)
    return {school: tuple(held) for school, held in found.items()}


def _told(voices: Voices) -> list[Question]:
    """All questions but those for the class: so few answer of one that nearly all is withheld."""
    return [one for one in voices.answers.questions if one.group != CLASS]


def _earlier(before: Voices) -> dict[tuple[str, str], Shares]:
    return {
        (question.text, school): one.satisfied
        for question in _told(before)
        for school, one in _question(before, question, ())
        if one.satisfied
    }


def _question(
    voices: Voices, question: Question, groups: Sequence[Question]
) -> Iterator[tuple[str, ToldQuestion]]:
    tally = voices.tally(question.id, (SCHOOL,))
    schools = [key[0] for key in tally.keys]
    width = len(question.options)
    cells: list[int] = tally.counts.reshape(-1).tolist()
    rows = [range(at * width, (at + 1) * width) for at in range(len(schools))]
    lines: list[Sequence[int]] = [range(n, len(cells), width) for n in range(width)]
    single = question.form == "one"
    lines += rows if single else ()
    hides = suppressed(cells, lines)
    pleased = [n for n, level in enumerate(question.levels) if 1 <= level <= question.satisfied]
    rest = [n for n, level in enumerate(question.levels) if level > question.satisfied]
    divided = {one.group: _groups(voices, question, one, schools) for one in groups}
    whole: list[int] = tally.counts.sum(axis=0).tolist() if len(schools) else [0] * width
    of_all = suppressed(whole, [range(width)] if single else [])
    told = _sides(
        tally,
        [
            all(keeps(cells, hides, [rows[at][n] for n in side]) for side in (pleased, rest))
            for at in range(len(schools))
        ],
    )
    for at, school in enumerate(schools):
        yield (
            school,
            ToldQuestion(
                question,
                _few(int(tally.answered[at])),
                tuple(None if hides[place] else cells[place] for place in rows[at]),
                told[at],
                {name: found[school] for name, found in divided.items()},
            ),
        )
    shares = (int(tally.satisfied.sum()), int(tally.opinions.sum()))
    yield (
        COUNTY,
        ToldQuestion(
            question,
            _few(int(tally.answered.sum())),
            tuple(None if hide else count for count, hide in zip(whole, of_all, strict=True)),
            _shares(shares)
            if keeps(whole, of_all, pleased) and keeps(whole, of_all, rest)
            else None,
            {name: found[COUNTY] for name, found in divided.items()},
        ),
    )


def _sides(tally: Tally, kept: Sequence[bool]) -> list[Shares | None]:
    """The satisfied of each school: those not ``kept`` are not told, nor what they follow from."""
    cells = np.column_stack([tally.satisfied, tally.opinions - tally.satisfied])
    places = np.arange(cells.size).reshape(cells.shape)
    lines = [[2 * at, 2 * at + 1] for at in range(len(kept))]
    lines += [list(range(side, cells.size, 2)) for side in (0, 1)]
    gone: list[int] = places[~np.array(kept, bool)].reshape(-1).tolist()
    hides = _either(suppressed(cells.reshape(-1).tolist(), lines, gone), cells.shape)
    rows = zip(tally.satisfied.tolist(), tally.opinions.tolist(), hides.tolist(), strict=True)
    return [
        None if hide or not opinions else (satisfied, opinions)
        for satisfied, opinions, hide in rows
    ]


def _few(count: int) -> int | None:
    return None if is_small(count) else count


def _shares(shares: Shares) -> Shares | None:
    satisfied, opinions = shares
    if not opinions or is_small(satisfied) or is_small(opinions - satisfied):
        return None
    return shares


def _groups(
    voices: Voices, question: Question, by: Question, schools: Sequence[str]
) -> dict[str, tuple[Group, ...]]:
    """The satisfied by school and group; both sides of a group are told, or neither."""
    tally = voices.tally(question.id, (SCHOOL, by.id))
    names = [*by.options, ""]
    table = np.zeros((len(schools), len(names), 2), np.int64)
    for row, (school, name) in enumerate(tally.keys):
        satisfied, opinions = int(tally.satisfied[row]), int(tally.opinions[row])
        table[schools.index(school), names.index(name)] = satisfied, opinions - satisfied
    places = np.arange(table.size).reshape(table.shape)
    lines = [places[s, g].tolist() for s in range(len(schools)) for g in range(len(names))]
    lines += [places[s, :, side].tolist() for s in range(len(schools)) for side in (0, 1)]
    lines += [places[:, g, side].tolist() for g in range(len(names)) for side in (0, 1)]
    cells: list[int] = table.reshape(-1).tolist()
    hides = _either(suppressed(cells, lines), table.shape)
    whole = table.sum(axis=0)
    whole_lines = [[2 * g, 2 * g + 1] for g in range(len(names))]
    whole_lines += [list(range(side, 2 * len(names), 2)) for side in (0, 1)]
    of_all = _either(suppressed(whole.reshape(-1).tolist(), whole_lines), whole.shape)
    found = {school: _of_groups(names, table[at], hides[at]) for at, school in enumerate(schools)}
    found[COUNTY] = _of_groups(names, whole, of_all)
    return found


def _either(hides: Sequence[bool], shape: tuple[int, ...]) -> Bools:
    """Of which groups one of both sides is hidden."""
    sides = np.array(hides, bool).reshape(*shape[:-1], 2)
    return np.asarray(sides[..., 0] | sides[..., 1])


def _of_groups(names: Sequence[str], table: Ints, hides: Bools) -> tuple[Group, ...]:
    made = []
    for name, (satisfied, rest), hide in zip(names, table.tolist(), hides.tolist(), strict=True):
        if satisfied + rest:
            told = None if hide else (int(satisfied), int(satisfied + rest))
            made.append(Group(name or "没有写明", told))
    return tuple(made)

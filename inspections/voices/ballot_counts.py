"""Ballots that come as counts: a row a school, a column an option, so many votes in each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from inspections.records.voices import NOT_ASKED, Ints, Question
from inspections.voices.answering import Cells
from inspections.voices.scales import Scales

_FEWEST: Final = 3
_COUNT: Final = re.compile(r"\d{1,7}")


class Counted(NamedTuple):
    """Rows (places in the table, one several times), how many votes each has, what they say.

    ``wrong``: (row, column) of cells that are no counts.
    """

    rows: Ints
    weight: Ints
    questions: list[Question]
    codes: dict[str, Ints]
    wrong: list[tuple[int, int]]


def options_of(columns: Sequence[Cells], scales: Scales) -> tuple[str, list[int]]:
    """Returns the scale whose words stand as headings, and which columns those are; none mostly."""
    best: tuple[str, list[int]] = "", []
    headings = [cells.heading for cells in columns]
    for name in scales.known:
        levels = scales.levels(name, headings)
        there = [at for at, level in enumerate(levels) if level is not None]
        met = {levels[at] for at in there} - {0}
        if len(met) >= _FEWEST and len(there) > len(best[1]):
            best = name, there
    return best


def counted(columns: Sequence[Cells], item: Cells | None, scales: Scales, scale: str) -> Counted:
    """Returns the votes of a table whose ``columns`` are the options of a scale.

    ``item``: the column that says what was voted on, where there are several things.
    """
    options = tuple(cells.heading for cells in columns)
    levels = tuple(level or 0 for level in scales.levels(scale, options))
    satisfied = scales.known[scale].satisfied
    votes, wrong = [], []
    for at, cells in enumerate(columns):
        held = [int(text) if _COUNT.fullmatch(text) else 0 if not text else -1
                for text in cells.texts]  # fmt: skip
        column = np.array(held or [0], np.int64)[cells.codes]
        wrong += [(int(row), at) for row in np.flatnonzero(column < 0)]
        votes.append(np.maximum(column, 0))
    table = np.stack(votes, axis=1)
    rows, option = np.nonzero(table)
    names = list(item.texts) if item else ["测评"]
    which = item.codes[rows] if item else np.zeros(len(rows), np.int64)
    questions: list[Question] = []
    codes: dict[str, Ints] = {}
    for place in dict.fromkeys(which.tolist()):
        id = f"Q{len(questions) + 1}"
        questions.append(Question(id, names[place], "one", options, levels, scale, satisfied))
        codes[id] = np.where(which == place, option, NOT_ASKED)
    return Counted(rows, table[rows, option], questions, codes, wrong)

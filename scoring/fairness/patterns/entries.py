"""What stands in the indicators that hold readings, and how usual it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import numpy as np

from rubrics.language.rubric import Rubric
from rubrics.language.slots import address, slots
from rubrics.values.points import IntArray
from scoring.engine.codes import CHECKED
from scoring.fairness.patterns.sheets import Sheets
from scoring.fairness.ratings import Floats

FEW = 20
"""Of fewer sheets nobody can say how usual something is."""

_READ = frozenset({"number", "count", "time", "date", "points"})
"""What is measured or counted. Yes and no, and levels, are the same at any two good schools."""

_BANDS = 3
_LONG = 6
_NOTHING = -1
_BLANK = re.compile(r"[\W_]+")


class Entries:
    """Records x items: a code for all that stands in an indicator, -1 where nothing does.

    ``items``: the indicators (columns of ratings) in which something is measured or counted. All
    that stands in one is one thing, so that four samples from one fridge are not four.
    """

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        columns = sheets.columns
        self.items: list[int] = []
        codes: list[IntArray] = []
        for place, addresses in _readings(sheets.ratings.rubric):
            at = [columns.slots[name] for name in addresses]
            given = columns.given[:, at]
            there = given.any(axis=1) & (columns.states[:, place] == CHECKED)
            if there.any():
                entered = np.hstack([np.where(given, columns.units[:, at], 0), given])
                _, code = np.unique(entered, axis=0, return_inverse=True)
                self.items.append(place)
                codes.append(np.where(there, code.reshape(-1), _NOTHING))
        shape = len(self.items), len(sheets.ratings)
        self.codes: IntArray = np.array(codes, np.int64).reshape(shape).T
        total = sheets.ratings.total
        known = total[np.isfinite(total)]
        self._band = np.searchsorted(
            np.quantile(known, np.arange(1, _BANDS) / _BANDS) if len(known) else np.zeros(0), total
        )
        self._texts: dict[int, list[str]] = {}

    def elsewhere(self, own: IntArray) -> IntArray:
        """Returns the rows of other inspectors at other schools than those of ``own``."""
        ratings = self.sheets.ratings
        gone = np.zeros(len(ratings.schools), bool)
        gone[ratings.school[own]] = True
        mine = np.isin(ratings.inspector, ratings.inspector[own])
        found: IntArray = np.flatnonzero(~gone[ratings.school] & ~mine)
        return found

    def usual(self, own: IntArray, others: IntArray) -> Floats:
        """Returns own rows x items: the share of ``others`` with the same there.

        Among all, as (n + 1) / (N + 2), or among those with a total in the same third, whichever
        is more: weak schools have more in common with weak schools.
        """
        found = np.zeros((len(own), len(self.items)))
        among = [(others, np.arange(len(own)), 1)]
        for band in range(_BANDS):
            alike = others[self._band[others] == band]
            if len(alike) >= FEW:
                among.append((alike, np.flatnonzero(self._band[own] == band), 0))
        for rows, mine, more in among:
            for item, codes in enumerate(self.codes.T):
                held = codes[rows]
                counts = np.bincount(held[held >= 0], minlength=int(codes.max(initial=0)) + 1)
                there = counts[np.maximum(codes[own[mine]], 0)] + more
                share = there / max(int(counts.sum()) + 2 * more, 1)
                found[mine, item] = np.maximum(found[mine, item], share)
        return np.minimum(found, 1 - 1e-9)

    def text(self, row: int, item: int) -> str:
        """Returns what is told of a fault, as bare characters; empty where it is short."""
        if row not in self._texts:
            record, told = self.sheets.records.record(row), []
            for place in self.items:
                seen = record.observation(self.sheets.ratings.rubric.indicators[place].id)
                bare = re.sub(
                    r"[\W_]+", "", unicodedata.normalize("NFKC", seen.fault if seen else "")
                )
                told.append(bare if len(bare) >= _LONG else "")
            self._texts[row] = told
        return self._texts[row][item]

    def usual_text(self, item: int, pair: tuple[int, int], beside: IntArray) -> float:
        """Returns how often the same text stands beside the same entries on other sheets.

        ``beside``: rows of the same people. (n + 1) / (N + 2), without the two schools themselves.
        """
        school = self.sheets.ratings.school
        others = beside[~np.isin(school[beside], school[list(pair)])]
        alike = others[self.codes[others, item] == self.codes[pair[0], item]]
        told = [text for row in alike.tolist() if (text := self.text(row, item))]
        return (told.count(self.text(pair[0], item)) + 1) / (len(told) + 2)


def _readings(rubric: Rubric) -> Iterator[tuple[int, list[str]]]:
    """The indicators that hold a reading: the column, and the addresses of all that is entered."""
    for place, item in enumerate(rubric.indicators):
        own = slots(item)
        if any(slot.entry in _READ for slot in own):
            yield place, [address(item.id, slot) for slot in own]

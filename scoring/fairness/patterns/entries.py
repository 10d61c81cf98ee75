"""What stands in the indicators that hold readings, and how usual it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

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
        self._counts = [
            np.stack(
                [_counts(codes[self._band == band], int(codes.max())) for band in range(_BANDS)]
            )
            for codes in self.codes.T
        ]
        self._texts: dict[str, int] = {"": 0}
        self._told: IntArray = np.where(self.codes == _NOTHING, 0, _NOTHING)

    def here(self, own: IntArray) -> IntArray:
        """Returns the rows of the schools of ``own``, and of whoever filled these in."""
        ratings = self.sheets.ratings
        gone = np.zeros(len(ratings.schools), bool)
        gone[ratings.school[own]] = True
        there = gone[ratings.school] | (ratings.inspector == ratings.inspector[own[0]])
        found: IntArray = np.flatnonzero(there)
        return found

    def usual(self, own: IntArray, here: IntArray) -> Floats:
        """Returns own rows x items: the share of all others with the same there.

        ``own``: of one inspector; others: all rows but those of :meth:`here`. Among all, as
        (n + 1) / (N + 2), or among those with a total in the same third, whichever is more: weak
        schools have more in common with weak schools.
        """
        found = np.zeros((len(own), len(self.items)))
        band, gone = self._band[own], self._band[here]
        enough = _counts(self._band, _BANDS - 1) - _counts(gone, _BANDS - 1) >= FEW
        for item, counts in enumerate(self._counts):
            mine, left = self.codes[own, item], self.codes[here, item]
            same = (left[:, np.newaxis] == mine) & (mine >= 0)
            away = np.stack([same[gone == one].sum(axis=0) for one in range(_BANDS)])
            alike = counts[:, np.maximum(mine, 0)] - away
            there = counts.sum(axis=1) - _counts(gone[left >= 0], _BANDS - 1)
            share = (alike.sum(axis=0) + 1) / (there.sum() + 2)
            near = alike[band, np.arange(len(own))] / np.maximum(there[band], 1)
            found[:, item] = np.where(enough[band], np.maximum(share, near), share)
        return np.minimum(found, 1 - 1e-9)

    def told(self, rows: IntArray, item: int) -> IntArray:
        """Returns what is told of a fault, a number for every text; 0 where it is short."""
        self.read(rows[self._told[rows, item] == _NOTHING].tolist())
        found: IntArray = self._told[rows, item]
        return found

    def read(self, rows: Iterable[int]) -> None:
        """Takes what is told on ``rows`` out of the records, all at once: one by one takes long."""
        indicators = self.sheets.ratings.rubric.indicators
        fresh = [row for row in dict.fromkeys(rows) if (self._told[row] == _NOTHING).any()]
        for row, told in zip(fresh, self.sheets.records.faults(fresh), strict=True):
            for place in np.flatnonzero(self._told[row] == _NOTHING).tolist():
                text = bare(told.get(indicators[self.items[place]].id, ""))
                self._told[row, place] = self._texts.setdefault(text, len(self._texts))

    def usual_text(self, item: int, pair: tuple[int, int], beside: IntArray) -> float:
        """Returns how often the same text stands beside the same entries on other sheets.

        ``beside``: rows of the same people. (n + 1) / (N + 2), without the two schools themselves.
        """
        school = self.sheets.ratings.school
        same = self.codes[beside, item] == self.codes[pair[0], item]
        alike = beside[same]
        alike = alike[(school[alike] != school[pair[0]]) & (school[alike] != school[pair[1]])]
        texts = self.told(alike, item)
        (own,) = self.told(np.array(pair[:1]), item)
        return float((texts == own).sum() + 1) / float((texts > 0).sum() + 2)


def bare(text: str) -> str:
    """Returns a text as its characters alone, nothing where they are few.

    >>> bare("地面、墙面有 2 处积水。"), bare("脏")
    ('地面墙面有2处积水', '')
    """
    found = _BLANK.sub("", unicodedata.normalize("NFKC", text))
    return found if len(found) >= _LONG else ""


def _counts(codes: IntArray, most: int) -> IntArray:
    """How many there are of each code from 0 to ``most``; what is below 0 is none."""
    return np.bincount(codes[codes >= 0], minlength=most + 1)


def _readings(rubric: Rubric) -> Iterator[tuple[int, list[str]]]:
    """The indicators that hold a reading: the column, and the addresses of all that is entered."""
    for place, item in enumerate(rubric.indicators):
        own = slots(item)
        if any(slot.entry in _READ for slot in own):
            yield place, [address(item.id, slot) for slot in own]

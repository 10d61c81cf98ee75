"""What a rule is given and what it gives: whole columns, one row a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from rubrics.rules.model import Period
from rubrics.values.conditions import Condition
from rubrics.values.points import SCALE, IntArray

BoolArray: TypeAlias = npt.NDArray[np.bool_]
Applies: TypeAlias = Callable[[Condition | None], BoolArray]


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one indicator, as columns by slot key.

    ``units`` are in 1/10000, 0 where blank (``given`` tells); a choice is its option's position.
    ``elapsed``: whole periods of each length. ``applies``: which records' schools meet a condition.
    """

    units: Mapping[str, IntArray]
    given: Mapping[str, BoolArray]
    rows: int
    elapsed: Mapping[Period, int]
    applies: Applies
    prefix: str = ""

    def reading(self, key: str = "") -> IntArray:
        """Returns a slot's column, in units."""
        return self.units[self._key(key)]

    def count(self, key: str = "") -> IntArray:
        """Returns a slot's column as whole numbers, never negative."""
        return np.maximum(self.units[self._key(key)] // SCALE, 0)

    def filled(self, key: str = "") -> BoolArray:
        """Returns where the slot was filled in."""
        return self.given[self._key(key)]

    def part(self, part: str) -> Cells:
        """Returns the cells of one part of a composite."""
        return replace(self, prefix=part)

    def full(self, value: int) -> IntArray:
        """Returns a column that holds ``value`` throughout."""
        return np.full(self.rows, value, np.int64)

    def _key(self, key: str) -> str:
        return f"{self.prefix}.{key}" if self.prefix and key else self.prefix or key


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule comes to: units earned, and where it could not be counted after all.

    ``excused``: leaves the denominator (nothing was due; too small a sample). ``void``: counts as
    not checked (an invalid vote). None: nowhere. What ``earned`` holds there means nothing.
    """

    earned: IntArray
    excused: BoolArray | None = None
    void: BoolArray | None = None

"""What stands in columns: the states of items, and what a slot holds, as whole numbers."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from inspections.records.record import State, Value
from rubrics.rules import Slot
from rubrics.values.points import from_units, to_units

StateArray: TypeAlias = npt.NDArray[np.int8]

CHECKED: Final = 0
UNCHECKED: Final = 1
EXCUSED: Final = 2

STATES: Final = (State.CHECKED, State.UNCHECKED, State.EXCUSED)

CODES: Final = {
    State.CHECKED: CHECKED,
    State.UNCHECKED: UNCHECKED,
    State.EXCUSED: EXCUSED,
    # An item that an inspector calls inapplicable leaves the denominator; a whole rubric that does
    # not apply has no records at all.
    State.INAPPLICABLE: EXCUSED,
}

MOST: Final = 10**15
"""Readings beyond ±100,000,000,000 are taken as that; it keeps every column in 64 bits."""


@lru_cache(maxsize=65536)
def units_of(value: Decimal) -> int:
    """Returns a number in units of 1/10000, within the bounds of a column."""
    return max(-MOST, min(MOST, to_units(value)))


def encoded(slot: Slot, value: Value | None) -> int | None:
    """Returns what goes into the column: units, the position of a choice, 1 for a reason.

    None where nothing was given that this slot can hold.
    """
    if value is None:
        return None
    if isinstance(value, Decimal):
        return units_of(value) if value.is_finite() and slot.entry != "choice" else None
    if slot.entry == "reason":
        return 1 if value.strip() else None
    if slot.entry == "choice":
        return slot.options.index(value) if value in slot.options else None
    return None


def decoded(slot: Slot, code: int) -> Value:
    """Returns what a column holds as a value again: within its bounds, what was encoded.

    Of a reason the column does not know the text.
    """
    return slot.options[code] if slot.entry == "choice" else from_units(code)

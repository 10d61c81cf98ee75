"""The states of items as small numbers, for whole matrices of them."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from inspections.records.record import State

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

"""Several samples of one reading: which single reading stands for them, or which sample counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from rubrics.rules.cells import Entered
from rubrics.rules.exact import Mask, Units, either
from rubrics.rules.formulas import all_of, ends, literal
from rubrics.values.points import SCALE
from rubrics.values.ranges import Range

Taken: TypeAlias = Literal["mean", "median", "worst"]

TAKEN: Final[dict[Taken, str]] = {"mean": "平均", "median": "中位数", "worst": "最差的一个"}
"""What is taken of several samples, in Chinese."""


def quotient_of(taken: Taken, keys: Sequence[str], entered: Entered) -> tuple[Units, Units]:
    """Returns the mean or the median of the samples taken as (over, under), not divided."""
    if taken == "mean":
        total, count = entered.full(0), entered.full(0)
        for key in keys:
            total = total + entered.reading(key)
            count = count + either(entered.filled(key), SCALE, 0)
        return total, count
    readings = [entered.reading(key) for key in keys]
    there = [entered.filled(key) for key in keys]
    return _middle(readings, there), entered.full(2 * SCALE)


def _middle(readings: Sequence[Units], there: Sequence[Mask]) -> Units:
    """The sum of the two in the middle; of an odd number, twice the one."""
    if all(isinstance(one, bool) for one in there):
        taken = sorted(one for one, seen in zip(readings, there, strict=True) if seen)
        return taken[(len(taken) - 1) // 2] + taken[len(taken) // 2] if taken else 0
    import numpy as np

    seen = np.stack(there)
    ordered = np.sort(np.where(seen, np.stack(readings), np.iinfo(np.int64).max), axis=0)
    count = np.maximum(seen.sum(axis=0), 1)
    both = ((count - 1) // 2, count // 2)
    low, high = (np.take_along_axis(ordered, at[np.newaxis], axis=0)[0] for at in both)
    return np.where(seen.any(axis=0), low, 0) + np.where(seen.any(axis=0), high, 0)


def quotient_within(taken: Taken, cells: str, allowed: Range) -> str:
    """Returns the condition that their mean or median lies in ``allowed``, without dividing."""
    over, under = f"ROUND(SUM({cells}),4)", f"COUNT({cells})"
    if taken == "median":
        over, under = f"ROUND(MEDIAN({cells})*2,4)", "2"
    return all_of(f"{over}{sign}ROUND({literal(end)}*{under},8)" for sign, end in ends(allowed))


def any_within(cells: str, allowed: Range) -> str:
    """Returns the condition that one of the samples lies in ``allowed``."""
    inside = "".join(f"*({cells}{sign}{literal(end)})" for sign, end in ends(allowed))
    return f"SUMPRODUCT(ISNUMBER({cells}){inside or '*1'})>0"

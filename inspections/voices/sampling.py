"""What counted answers can bear: how sure a share is, and what is too small to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from typing import Final

from rubrics.rules.survey import FEWEST

SMALL: Final = FEWEST
"""Fewer people than this are not told apart in print; where it is nobody, that is told."""

_Z: Final = Decimal("1.959964")
"""Within so many standard errors lie 95 %."""

_EXACTLY: Final = Context(prec=40)


def wilson(chosen: int, asked: int) -> tuple[Fraction, Fraction]:
    """Returns the interval of 95 % of a share by Wilson's score, as shares of 1.

    ``asked``: at least one. Without floats: the same on every computer.

    >>> [round(float(end), 4) for end in wilson(45, 50)]
    [0.7864, 0.9565]
    """
    n, z = Decimal(asked), _Z
    share = _EXACTLY.divide(Decimal(chosen), n)
    square = _EXACTLY.multiply(z, z)
    below = _EXACTLY.add(Decimal(1), _EXACTLY.divide(square, n))
    middle = _EXACTLY.add(share, _EXACTLY.divide(square, 2 * n))
    spread = _EXACTLY.divide(share * (1 - share), n) + _EXACTLY.divide(square, 4 * n * n)
    half = _EXACTLY.multiply(z, _EXACTLY.sqrt(spread))
    ends = (_EXACTLY.divide(middle - half, below), _EXACTLY.divide(middle + half, below))
    low, high = (Fraction(end).limit_denominator(10**12) for end in ends)
    return max(low, Fraction(0)), min(high, Fraction(1))


def is_small(count: int) -> bool:
    """Whether so few people said something that it is not printed."""
    return 0 < count < SMALL


def hidden(rows: Sequence[Sequence[int]]) -> list[list[bool]]:
    """Returns which cells of a table are not printed, whose row and column sums are.

    Those of few people; and where one of a row or a column alone would be hidden, the smallest
    other one of it too, or it could be had by subtraction. Cells of 0 are hidden last.
    """
    found = [[is_small(cell) for cell in row] for row in rows]
    while True:
        before = [list(row) for row in found]
        for at, row in enumerate(rows):
            _with_company(row, found[at])
        for column in range(len(rows[0]) if rows else 0):
            own = [row[column] for row in found]
            _with_company([row[column] for row in rows], own)
            for at, hides in enumerate(own):
                found[at][column] = hides
        if found == before:
            return found


def _with_company(cells: Sequence[int], hides: list[bool]) -> None:
    """Hides one cell more where one alone is hidden, or those hidden make less than ``SMALL``."""
    while any(hides) and not all(hides):
        together = [cell for cell, hide in zip(cells, hides, strict=True) if hide]
        if len(together) > 1 and sum(together) >= SMALL:
            return
        left = [at for at, hide in enumerate(hides) if not hide]
        hides[min(left, key=lambda at: (not cells[at], cells[at], at))] = True

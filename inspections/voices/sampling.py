"""What counted answers can bear: how sure a share is, and what is too small to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from typing import Final

from rubrics.rules.survey import FEWEST

SMALL: Final = FEWEST
"""Fewer people than this are not told apart in print; where it is nobody, that is told."""

_Z: Final = Decimal("1.959964")
"""Within so many standard errors lie 95 %."""

_EXACTLY: Final = Context(prec=40)


def wilson(chosen: int | Fraction, asked: int | Fraction) -> tuple[Fraction, Fraction]:
    """Returns the interval of 95 % of a share by Wilson's score, as shares of 1.

    ``asked``: more than none; of weighed answers, as many as would be as sure.
    Without floats: the same on every computer.

    >>> [round(float(end), 4) for end in wilson(45, 50)]
    [0.7864, 0.9565]
    """
    n, z = _decimal(Fraction(asked)), _Z
    share = _decimal(Fraction(chosen) / Fraction(asked))
    square = _EXACTLY.multiply(z, z)
    below = _EXACTLY.add(Decimal(1), _EXACTLY.divide(square, n))
    middle = _EXACTLY.add(share, _EXACTLY.divide(square, 2 * n))
    spread = _EXACTLY.divide(share * (1 - share), n) + _EXACTLY.divide(square, 4 * n * n)
    half = _EXACTLY.multiply(z, _EXACTLY.sqrt(spread))
    ends = (_EXACTLY.divide(middle - half, below), _EXACTLY.divide(middle + half, below))
    low, high = (Fraction(end).limit_denominator(10**12) for end in ends)
    return max(low, Fraction(0)), min(high, Fraction(1))


def _decimal(value: Fraction) -> Decimal:
    return _EXACTLY.divide(Decimal(value.numerator), Decimal(value.denominator))


def is_small(count: Decimal | int) -> bool:
    """Whether so few people said something that it is not printed."""
    return 0 < count < SMALL


def suppressed(
    cells: Sequence[int], lines: Iterable[Sequence[int]], also: Iterable[int] = ()
) -> list[bool]:
    """Returns which of the counts are not printed: those of few people, and others beside them.

    ``lines``: places of counts whose sum can be known. Where one of a line alone would be hidden,
    or those hidden are of few people together, the smallest other one is hidden too, or they could
    be had by subtraction; one that is 0 comes last. Of a line all of which is hidden the sum may
    not be printed where :func:`keeps` says no. ``also``: places that are hidden for other reasons.
    """
    found = [is_small(cell) for cell in cells]
    for place in also:
        found[place] = True
    held = [tuple(line) for line in lines]
    of_cell: dict[int, list[int]] = {}
    for number, line in enumerate(held):
        for place in line:
            of_cell.setdefault(place, []).append(number)
    due = list(range(len(held)))
    while due:
        line = held[due.pop()]
        left = sorted(
            (place for place in line if not found[place]),
            key=lambda place: (not cells[place], cells[place], place),
        )
        while left and not keeps(cells, found, line):
            found[left[0]] = True
            due += of_cell[left.pop(0)]
    return found


def keeps(cells: Sequence[int], hides: Sequence[bool], line: Sequence[int]) -> bool:
    """Whether the sum of a line can be known without telling what is hidden in it."""
    gone = [cells[place] for place in line if hides[place]]
    return not gone or (len(gone) > 1 and sum(gone) >= SMALL)

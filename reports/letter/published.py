"""Figures as letters print them: what is added or subtracted on the page is what was printed.

All amounts are units of 1/10000 point, or shares in 1/10000.
"""

from __future__ import annotations

from collections.abc import Sequence

from rubrics.values.points import SCALE, fixed, from_units, half_up, round_units


def points(units: int, places: int) -> str:
    """Returns units as points with at most ``places`` decimals: 25000 is ``2.5``.

    What is there and rounds to nothing is ``不足0.01``.
    """
    shown = round_units(units, places)
    least: int = 10 ** (4 - places)
    return str(from_units(shown)) if shown or not units else f"不足{fixed(least, places)}"


def percent(share: int) -> str:
    """Returns a share as a percentage with one decimal: 8750 is ``87.5%``."""
    return f"{fixed(_tenths(share) * 1000, 1)}%"


def percentage_points(share: int, other: int) -> str:
    """Returns by how much the one percentage, as printed, is more than the other: ``2.2``."""
    return fixed((_tenths(share) - _tenths(other)) * 1000, 1)


def apportioned(parts: Sequence[int], places: int, whole: int | None = None) -> tuple[int, ...]:
    """Returns the parts rounded to ``places``, so that they add up to their rounded sum.

    Each is rounded up or down to the next figure; those that lose most by it are rounded up first,
    equal ones in their order. ``whole``: the rounded sum, where it is known to be another one.
    """
    step: int = 10 ** (4 - places)
    total = round_units(sum(parts), places) if whole is None else whole
    down = [part // step * step for part in parts]
    more = (total - sum(down)) // step
    if not 0 <= more <= len(parts):
        return tuple(round_units(part, places) for part in parts)
    order = sorted(range(len(parts)), key=lambda n: down[n] - parts[n])
    up = set(order[:more])
    return tuple(part + step * (n in up) for n, part in enumerate(down))


def _tenths(share: int) -> int:
    """A share in tenths of a per cent, rounded half-up."""
    return half_up(share * 1000, SCALE)

"""Points as letters print them: parts add up to the sum that is printed below them.

All amounts are units of 1/10000 point.
"""

from __future__ import annotations

from collections.abc import Sequence

from rubrics.values.points import fixed, from_units, round_units


def points(units: int, places: int) -> str:
    """Returns units as points with at most ``places`` decimals: 25000 is ``2.5``.

    What is there and rounds to nothing is ``不足0.01``.
    """
    shown = round_units(units, places)
    least: int = 10 ** (4 - places)
    return str(from_units(shown)) if shown or not units else f"不足{fixed(least, places)}"


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

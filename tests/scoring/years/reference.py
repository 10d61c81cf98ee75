"""The arithmetic of a year once more, in plain Python and by other ways."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from scoring.years.held import HeldRound, HeldSchool


def half_up(value: Fraction, places: int) -> Decimal:
    """A figure rounded half-up, by way of whole numbers of its last place."""
    scaled = value * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole).scaleb(-places).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def total(cells: Sequence[HeldSchool | None], weights: Sequence[Fraction]) -> Decimal | None:
    there = [
        (Fraction(one.total, 10_000), weight)
        for one, weight in zip(cells, weights, strict=True)
        if one is not None and one.total is not None
    ]
    if not there:
        return None
    whole = sum((weight for _, weight in there), Fraction())
    points = sum((points * weight for points, weight in there), Fraction())
    return half_up(points / whole, 2)


def moves(first: HeldRound, last: HeldRound, school: str) -> int | None:
    """How many places a school moved up: fewer ahead of it, of those ranked in its group twice."""
    then, now = (one.rubrics["small"].schools for one in (first, last))

    def fit(id: str, group: str) -> bool:
        both = [held[id] for held in (then, now) if id in held]
        return len(both) == 2 and all(one.rank and one.group == group for one in both)

    if school not in now or not fit(school, now[school].group):
        return None
    mates = [id for id in now if fit(id, now[school].group)]
    if len(mates) < 2:
        return None
    ahead = [
        sum((held[id].rank or 0) < (held[school].rank or 0) for id in mates) for held in (then, now)
    ]
    return ahead[0] - ahead[1]


def rate(cells: Sequence[HeldSchool | None], number: int) -> Decimal | None:
    """The share kept in a round of the items that were checked whenever anybody looked."""
    looked = [
        one for one in cells
        if one is not None and any(item.earned is not None for item in one.items.values())
    ]  # fmt: skip
    cell = cells[number]
    if cell is None or cell not in looked:
        return None
    items = [id for id in cell.items if all(one.items[id].earned is not None for one in looked)]
    if not items:
        return None
    earned = sum(cell.items[id].earned or 0 for id in items)
    return half_up(Fraction(earned, sum(cell.items[id].points for id in items)), 3)


def stuck(cells: Sequence[HeldSchool | None], item: str) -> bool:
    lost = [
        one.items[item].points - (one.items[item].earned or 0)
        for one in cells
        if one is not None and item in one.items and one.items[item].earned is not None
    ]
    return len(lost) >= 2 and min(lost) > 0 and lost == sorted(lost)

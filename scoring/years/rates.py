"""What share of points was kept, compared like for like: the same items, checked every time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from rubrics.values.points import PERCENT, SCALE, half_up
from scoring.years.held import HeldItem, HeldRubric, HeldSchool

Cells = Sequence[HeldSchool | None]
"""A school in each round; None where a round has not got it."""


def alike(cells: Cells, items: Collection[str]) -> tuple[str, ...]:
    """Returns those of the items that were checked, with points, each time somebody looked.

    A round in which nothing at all was checked takes no part.
    """
    looked_at = [one for one in cells if looked(one)]
    return tuple(
        id for id in items if looked_at and all(_checked(one, id) for one in looked_at if one)
    )


def looked(cell: HeldSchool | None) -> bool:
    """Returns whether something was checked at a school in a round."""
    return cell is not None and any(one.earned is not None for one in cell.items.values())


def rates(held: HeldRubric, cells: Cells, items: Collection[str]) -> tuple[int | None, ...]:
    """Returns by round what share of the points of ``items`` was kept, in 1/10000.

    None where nothing was checked. ``items`` as :func:`alike` gives them; of demerits it is the
    share that was not taken.
    """
    own = [[one.items[id] for id in items] if looked(one) and one else [] for one in cells]
    return tuple(kept_share(found, demerits=held.demerits) for found in own)


def kept_share(items: Sequence[HeldItem], *, demerits: bool) -> int | None:
    """Returns the share of the points of items that was kept, in 1/10000: a percentage with one
    decimal, as it is printed, rounded half-up once.
    """
    points = sum(one.points for one in items)
    earned = sum(one.earned or 0 for one in items)
    if not points:
        return None
    told: int = 10**PERCENT
    return half_up((points - earned if demerits else earned) * told, points) * (SCALE // told)


def lost(item: HeldItem, *, demerits: bool) -> int:
    """Returns the units that an item cost."""
    earned = item.earned or 0
    return earned if demerits else max(0, item.points - earned)


def county_rates(
    held: HeldRubric, rounds: Sequence[Mapping[str, HeldSchool]], item: str
) -> tuple[int | None, ...]:
    """Returns by round the share of an indicator's points that schools kept.

    Of those schools alone where it was checked in every round, so that who came or went moves
    nothing.
    """
    ids = [id for id in rounds[0] if all(_checked(one.get(id), item) for one in rounds)]
    return tuple(
        kept_share([one[id].items[item] for id in ids], demerits=held.demerits) for one in rounds
    )


def _checked(cell: HeldSchool | None, item: str) -> bool:
    return cell is not None and item in cell.items and cell.items[item].earned is not None

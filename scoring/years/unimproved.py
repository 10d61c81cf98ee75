"""Which indicators never improve: points were lost every time, and never fewer than before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scoring.years.held import HeldRubric, HeldSchool
from scoring.years.rates import county_rates, lost


@dataclass(frozen=True, slots=True)
class ItemYear:
    """One indicator over the year.

    ``rates``: by round, the share of points kept in 1/10000, of the schools where it was checked
    every time; None where there is none. ``losing``: by round, at how many schools of those that
    were checked then it cost points; ``checked``: how many those were. ``stuck``: the schools at
    which it never improved. ``never``: it did not improve in the county either.
    """

    item: str
    title: str
    dimension: str
    rates: tuple[int | None, ...]
    losing: tuple[int, ...]
    checked: tuple[int, ...]
    stuck: tuple[str, ...]

    @property
    def never(self) -> bool:
        """Whether the county kept no larger share of its points in any round than before."""
        return never_better([None if one is None else 10_000 - one for one in self.rates])


def never_better(losses: Sequence[int | None]) -> bool:
    """Returns whether something was lost in each of at least two, and never less than before."""
    there = [one for one in losses if one is not None]
    return len(there) > 1 and all(there) and all(b >= a for a, b in pairwise(there))


def items_of_year(
    held: HeldRubric,
    rounds: Sequence[Mapping[str, HeldSchool]],
    wanted: Collection[str],
) -> tuple[ItemYear, ...]:
    """Returns those of the latest rubric's indicators that are ``wanted``, in its order."""
    if held.rubric is None:
        return ()
    demerits = held.demerits
    ids = list(dict.fromkeys(id for one in rounds for id in one))
    found = []
    for dimension in held.rubric.dimensions:
        for indicator in dimension.indicators:
            if indicator.id not in wanted:
                continue
            losses = {
                id: [_lost(one.get(id), indicator.id, demerits) for one in rounds] for id in ids
            }
            by_round = [[own[n] for own in losses.values()] for n in range(len(rounds))]
            found.append(
                ItemYear(
                    indicator.id,
                    indicator.title,
                    dimension.id,
                    county_rates(held, rounds, indicator.id),
                    tuple(sum(bool(one) for one in own) for own in by_round),
                    tuple(sum(one is not None for one in own) for own in by_round),
                    tuple(id for id, own in losses.items() if never_better(own)),
                )
            )
    return tuple(found)


def _lost(cell: HeldSchool | None, item: str, demerits: bool) -> int | None:
    held = cell.items.get(item) if cell else None
    return None if held is None or held.earned is None else lost(held, demerits=demerits)

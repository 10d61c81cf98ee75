"""Who moved up and down between two rounds, among schools whose ranks can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.years.held import HeldSchool


@dataclass(frozen=True, slots=True)
class Moved:
    """A school's place before and after among the ``among`` schools that were ranked both times.

    ``open``: a rank of its group may yet change, then or now.
    """

    before: int
    after: int
    among: int
    open: bool

    @property
    def up(self) -> int:
        """By how many places it moved up; below 0 it moved down."""
        return self.before - self.after


def moved(before: Mapping[str, HeldSchool], after: Mapping[str, HeldSchool]) -> dict[str, Moved]:
    """Returns how schools moved within their groups, by id.

    Ranks are compared only between schools that were ranked in the same group both times: who came,
    went or was left out this time moves nobody else. A school alone is not compared.
    """
    groups: dict[str, list[str]] = {}
    for id, now in after.items():
        then = before.get(id)
        if then and then.rank and now.rank and then.group == now.group:
            groups.setdefault(now.group, []).append(id)
    found: dict[str, Moved] = {}
    for group, ids in groups.items():
        if len(ids) < 2:
            continue
        still_open = any(
            one.group_open
            for held in (before, after)
            for one in held.values()
            if one.group == group
        )
        first = _places({id: before[id].rank or 0 for id in ids})
        last = _places({id: after[id].rank or 0 for id in ids})
        for id in ids:
            found[id] = Moved(first[id], last[id], len(ids), still_open)
    return found


def _places(ranks: Mapping[str, int]) -> dict[str, int]:
    """The ranks of a few among themselves, 1-2-2-4."""
    ordered = sorted(ranks.values())
    return {id: ordered.index(rank) + 1 for id, rank in ranks.items()}

"""Teams of a whole plan, changed one after another so that no rule is broken."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from inspections.planning.assigning import Assigned, Sent
from inspections.planning.rules import BUSY, People


class Standing:
    """A plan as it stands. ``load``: visits of each inspector.

    ``before``: school -> who went there last before the round.
    """

    def __init__(
        self, people: People, assigned: Assigned, before: Mapping[str, frozenset[int]]
    ) -> None:
        self.load = assigned.load
        self._people, self._before = people, before
        self._at: dict[tuple[int, int], Sent] = {}
        self._stretches: dict[int, list[int]] = {}
        self._visits: dict[str, list[Sent]] = {}
        for made in assigned.sent:
            for one in made.team:
                self._go(made, one)
            for visit in made.trip.visits:
                self._visits.setdefault(visit.school, []).append(made)
        for own in self._visits.values():
            own.sort(key=lambda made: made.stretch)

    def trip(self, one: int, stretch: int) -> Sent | None:
        """Returns where somebody goes in a stretch."""
        return self._at.get((one, stretch))

    def why_not_along(self, made: Sent, one: int) -> str:
        """Returns the rule that keeps somebody from going along; empty where none does."""
        if (one, made.stretch) in self._at:
            return BUSY
        return self._broken(made, [*made.team, one])

    def along(self, made: Sent, one: int) -> None:
        """Sends somebody along."""
        made.team.append(one)
        self._go(made, one)
        self.load[one] += len(made.trip.visits)

    def back(self, made: Sent, one: int) -> None:
        """Takes somebody from a team."""
        made.team.remove(one)
        del self._at[one, made.stretch]
        self._stretches[one].remove(made.stretch)
        self.load[one] -= len(made.trip.visits)

    def may_change(self, made: Sent, one: int, by: int) -> bool:
        """Whether ``by`` may go instead of ``one``, who then goes where ``by`` would have, if
        anywhere; nobody then has more to do than anybody had, or less.
        """
        other = self.trip(by, made.stretch)
        more = len(made.trip.visits) - (len(other.trip.visits) if other else 0)
        if more and not (
            self.load[by] + more <= self.load.max() and self.load[one] - more >= self.load.min()
            and self.load[by] + more >= self.load.min() and self.load[one] - more <= self.load.max()
        ):  # fmt: skip
            return False
        if self._broken(made, changed(made.team, one, by)):
            return False
        if other:
            return not self._broken(other, changed(other.team, by, one))
        sides = self._sides(one, made.stretch)
        again = set.intersection(*(set(it.team) for it in sides)) if len(sides) > 1 else set()
        return not (self._people.rotate and len(again) > 1)

    def change(self, made: Sent, one: int, by: int) -> None:
        """Sends ``by`` instead of ``one``, who goes where ``by`` would have."""
        other = self.trip(by, made.stretch)
        self.back(made, one)
        if other:
            self.back(other, by)
            self.along(other, one)
        self.along(made, by)

    def _go(self, made: Sent, one: int) -> None:
        self._at[one, made.stretch] = made
        insort(self._stretches.setdefault(one, []), made.stretch)

    def _sides(self, one: int, stretch: int) -> list[Sent]:
        """The trips of somebody just before and just after a stretch."""
        own = self._stretches.get(one, [])
        before = [it for it in own if it < stretch][-1:]
        after = [it for it in own if it > stretch][:1]
        return [self._at[one, it] for it in (*before, *after)]

    def _broken(self, made: Sent, team: Sequence[int]) -> str:
        """The first rule that a team breaks on a trip, as all other teams are now."""
        people, last = self._people, []
        asked = made.asked
        for visit in made.trip.visits:
            own = self._visits[visit.school]
            at = own.index(made)
            last.append(frozenset(own[at - 1].team) if at else
                        self._before.get(visit.school, frozenset()))  # fmt: skip
            # Whoever comes after them is asked likewise.
            last += [frozenset(it.team) for it in own[at + 1 : at + 2]]
        asked = replace(asked, last=tuple(last))
        partners: dict[int, Collection[int]] = {}
        if people.rotate:
            for one in team:
                sides = self._sides(one, made.stretch)
                partners[one] = {it for side in sides for it in side.team if it != one}
        return next(iter(people.broken(asked, team, partners)), "")


def changed(team: Sequence[int], one: int, by: int) -> list[int]:
    """Returns a team in which somebody goes instead of one."""
    return [by if it == one else it for it in team]

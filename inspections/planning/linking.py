"""Whether inspectors of a rubric can be compared, and what it costs that they can.

Two inspectors are linked by a visit under the rubric that they made together; the strictness of
those between whom no way of such links leads cannot be compared, whatever is computed
(connectedness of block designs: R. C. Bose, 1947; J. A. Eccleston and A. Hedayat, 1974).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from inspections.planning.assigning import Assigned, Sent
from inspections.planning.bridges import bridges
from inspections.planning.changing import Standing, changed
from inspections.planning.rules import People

Whom = TypeVar("Whom", int, str)


@dataclass(frozen=True, slots=True)
class Apart:
    """A rubric whose inspectors, by code, fall into parts that cannot be compared, the largest
    first. ``why``: the rules that keep others from going along, those that do so most often first.
    """

    rubric: str
    parts: tuple[tuple[str, ...], ...]
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Price:
    """What it costs that inspectors can be compared.

    ``extra``: visits (of one person) more than the size of teams asks for; ``moved``: how often
    somebody goes instead of another for that; ``pairs``: how many different twos went together;
    ``fixed``: how many visits by a further team there had to be, were teams fixed for the whole
    round; ``apart``: the rubrics for which it could not be had.
    """

    extra: int
    moved: int
    pairs: int
    fixed: int
    apart: tuple[Apart, ...] = ()

    @property
    def cost(self) -> tuple[int, int]:
        """How many links are missing, and how many visits those cost that are there."""
        return sum(len(it.parts) - 1 for it in self.apart), self.extra

    @property
    def least(self) -> bool:
        """Whether no plan can be cheaper."""
        return self.cost == (0, 0)


def parts_of(teams: Iterable[Sequence[Whom]]) -> list[frozenset[Whom]]:
    """Returns whoever is in any team, in parts that teams link; the largest first.

    >>> [sorted(part) for part in parts_of([(1, 2), (5, 6), (2, 3)])]
    [[1, 2, 3], [5, 6]]
    """
    above: dict[Whom, Whom] = {}

    def top(one: Whom) -> Whom:
        while above.setdefault(one, one) != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for team in teams:
        for one in team:
            above[top(one)] = top(team[0])
    found: dict[Whom, set[Whom]] = {}
    for one in above:
        found.setdefault(top(one), set()).add(one)
    return sorted(map(frozenset, found.values()), key=lambda it: (-len(it), min(it)))


def by_rubric(sent: Iterable[Sent]) -> dict[str, list[Sent]]:
    """Returns the trips on which schools are visited under each rubric."""
    found: dict[str, list[Sent]] = {}
    for made in sent:
        for name in made.asked.rubrics:
            found.setdefault(name, []).append(made)
    return found


def link(
    people: People, assigned: Assigned, before: Mapping[str, frozenset[int]]
) -> tuple[int, int]:
    """Changes teams until the inspectors of each rubric are linked, so far as rules allow it.

    First somebody of another part goes instead of one of a team, which costs nothing; where that
    does not do, somebody goes along, on the shortest trip. Returns how many visits of one person
    more that is, and how often somebody goes instead of another. ``before``: who went to each
    school last before the round.
    """
    standing = Standing(people, assigned, before)
    trips = by_rubric(assigned.sent)
    links = _LinksByRubric(trips)
    extra = moved = 0
    for name in sorted(trips, key=people.rubrics.index):
        own = trips[name]
        while len(parts := parts_of([made.team for made in own])) > 1:
            if exchanged := _exchange(standing, links, name, parts):
                made, _, by = exchanged
                links.forget(made, standing.trip(by, made.stretch))
                standing.change(*exchanged)
                moved += 1
                continue
            joined = next(filter(None, _joins(people, standing, own, parts)), None)
            if joined is None:
                break
            for made, one in joined:
                links.forget(made)
                standing.along(made, one)
                extra += len(made.trip.visits)
    return extra, moved


def price(
    people: People, assigned: Assigned, before: Mapping[str, frozenset[int]], fixed: int,
    extra: int, moved: int = 0,
) -> Price:  # fmt: skip
    """Returns what was paid, and which rubrics are apart nevertheless."""
    standing = Standing(people, assigned, before)
    apart = []
    for name, own in by_rubric(assigned.sent).items():
        parts = parts_of([made.team for made in own])
        if len(parts) > 1:
            codes = tuple(tuple(people.own[it].id for it in sorted(part)) for part in parts)
            why = Counter(
                standing.why_not_along(made, one) for made, one in _ways(own, parts[-1], parts)
            )
            told = (rule for rule, _ in why.most_common() if rule)
            apart.append(Apart(name, codes, tuple(told)))
    twos = {
        (min(one, other), max(one, other))
        for made in assigned.sent
        for one in made.team
        for other in made.team
        if one != other
    }
    apart.sort(key=lambda it: people.rubrics.index(it.rubric))
    return Price(extra, moved, len(twos), fixed, tuple(apart))


_Joined = list[tuple[Sent, int]]


def _joins(
    people: People, standing: Standing, own: Sequence[Sent], parts: Sequence[frozenset[int]]
) -> Iterator[_Joined]:
    """What links a part with another, the least first; what takes two trips, last."""
    for part in reversed(parts):
        yield _along(standing, own, part)
    for part in reversed(parts):
        yield _between(people, standing, own, part)


def _ways(
    own: Iterable[Sent], part: frozenset[int], parts: Sequence[frozenset[int]]
) -> Iterator[tuple[Sent, int]]:
    """Each trip with each of those who would link a part with another by going along."""
    others = sorted(frozenset().union(*parts) - part)
    inside = sorted(part)
    for made in own:
        for one in others if made.team[0] in part else inside:
            yield made, one


class _Links:
    """Which links the inspectors of one rubric could do without. ``trips``: of the rubric."""

    def __init__(self, trips: Sequence[Sent]) -> None:
        self.trips = trips
        found = bridges([made.team for made in trips])
        self._bridges = {(id(trips[at]), one) for at, one in found}
        self._times = Counter(one for made in trips for one in made.team)

    def around(self, made: Sent, one: int) -> bool:
        """Whether somebody who leaves a team is still linked with it, by others."""
        return (id(made), one) not in self._bridges

    def spare(self, made: Sent, one: int) -> bool:
        """Whether somebody may leave a team and nobody is cut off: they are in no other."""
        return self._times[one] == 1 or self.around(made, one)


class _LinksByRubric(dict[str, _Links]):
    """The links of each rubric, found out when they are asked for."""

    def __init__(self, trips: Mapping[str, Sequence[Sent]]) -> None:
        super().__init__()
        self._trips = trips

    def __missing__(self, name: str) -> _Links:
        self[name] = _Links(self._trips[name])
        return self[name]

    def forget(self, *changed: Sent | None) -> None:
        """Forgets what the teams of some trips have to do with: others are to go there."""
        for made in changed:
            for name in made.asked.rubrics if made else ():
                self.pop(name, None)


def _exchange(
    standing: Standing,
    links: Mapping[str, _Links],
    name: str,
    parts: Sequence[frozenset[int]],
) -> tuple[Sent, int, int] | None:
    """The first exchange of two people that links the least part of a rubric with another, and
    cuts nobody off under any.
    """
    for made, by in _ways(links[name].trips, parts[-1], parts):
        other = standing.trip(by, made.stretch)
        for one in made.team:
            if _good(links, name, made, other, one, by) and standing.may_change(made, one, by):
                return made, one, by
    return None


def _good(
    links: Mapping[str, _Links], name: str, made: Sent, other: Sent | None, one: int, by: int
) -> bool:
    """Whether people of two parts who change places link them, and cut nobody off."""
    if other is None or name not in other.asked.rubrics:
        linked = links[name].spare(made, one)
    else:
        # Each comes into the other's part, and one of them leaves a way to their own.
        linked = links[name].around(made, one) or links[name].around(other, by)
    theirs = other.asked.rubrics if other else frozenset()
    return (
        linked
        and all(links[it].spare(made, one) for it in made.asked.rubrics - {name})
        and all(other is None or links[it].spare(other, by) for it in theirs - {name})
        and all(
            _parts_then(links[it].trips, made, other, one, by)
            <= len(parts_of([that.team for that in links[it].trips]))
            for it in (made.asked.rubrics & theirs) - {name}
        )
    )


def _parts_then(own: Sequence[Sent], made: Sent, other: Sent | None, one: int, by: int) -> int:
    """How many parts there would be after an exchange."""
    return len(parts_of(
        changed(it.team, one, by) if it is made else
        changed(it.team, by, one) if it is other else it.team
        for it in own
    ))  # fmt: skip


def _along(standing: Standing, own: Sequence[Sent], part: frozenset[int]) -> _Joined:
    """Who goes along, and where, so that a part is linked with another at the least cost."""
    every = frozenset(it for made in own for it in made.team)
    ways = sorted(
        _ways(own, part, [every]),
        key=lambda it: (len(it[0].trip.visits), int(standing.load[it[1]]), it[1], it[0].stretch),
    )
    return next(([(made, one)] for made, one in ways if not standing.why_not_along(made, one)), [])


def _between(
    people: People, standing: Standing, own: Sequence[Sent], part: frozenset[int]
) -> _Joined:
    """Who goes along twice, with a part and with another, where nobody of either can."""
    short = sorted(own, key=lambda made: len(made.trip.visits))
    order = sorted(range(len(people.own)), key=lambda it: (int(standing.load[it]), it))
    for here in short:
        if here.team[0] not in part:
            continue
        for one in order:
            if standing.why_not_along(here, one):
                continue
            standing.along(here, one)
            there = (
                made
                for made in short
                if part.isdisjoint(made.team) and not standing.why_not_along(made, one)
            )
            found = next(there, None)
            standing.back(here, one)
            if found:
                return [(here, one), (found, one)]
    return []

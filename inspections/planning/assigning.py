"""Gives every trip its stretch and its team: seat by seat, the least loaded first, with repair.

Whole numbers and lots decide, so that the same seed gives the same teams by any version of any
library. Where a stretch cannot be filled this way, it is solved exactly
(:mod:`inspections.planning.solving`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from inspections.planning.calendar import Stretch
from inspections.planning.lots import lot
from inspections.planning.rules import Asked, People
from inspections.planning.solving import solved
from inspections.planning.ties import VISIT, Ties
from inspections.planning.trips import Trip


@dataclass(slots=True)
class Sent:
    """A trip with its stretch (by number), its team (inspectors by number), and what it asked."""

    trip: Trip
    stretch: int
    team: list[int]
    asked: Asked


def partners_at(sent: Iterable[Sent], stretch: int) -> dict[int, set[int]]:
    """Returns with whom each inspector goes on their trips just before and just after a stretch."""
    before: dict[int, Sent] = {}
    after: dict[int, Sent] = {}
    for made in sent:
        for one in made.team:
            if made.stretch < stretch and (one not in before or before[one].stretch < made.stretch):
                before[one] = made
            elif made.stretch > stretch and (one not in after or after[one].stretch > made.stretch):
                after[one] = made
    found: dict[int, set[int]] = {}
    for side in (before, after):
        for one, made in side.items():
            found.setdefault(one, set()).update(it for it in made.team if it != one)
    return found


@dataclass(slots=True)
class Assigned:
    """What was assigned, and the trips for which nobody was found, each with its occasion.

    ``load``: visits of each inspector; ``together``: how often two went together.
    """

    sent: list[Sent]
    left: list[Trip]
    load: NDArray[np.int64]
    together: NDArray[np.int32]


@dataclass(slots=True)
class _State:
    people: People
    load: NDArray[np.int64]
    together: NDArray[np.int32]
    ties: Ties
    sent: dict[int, list[Sent]] = field(default_factory=dict)
    """By stretch."""

    def partners(self, stretch: int) -> dict[int, set[int]]:
        """With whom each goes just before and just after a stretch."""
        every = (made for held in self.sent.values() for made in held)
        return partners_at(every, stretch) if self.people.rotate else {}

    def busy(self, stretch: int) -> NDArray[np.bool_]:
        found = np.zeros(len(self.people.own), dtype=bool)
        for one in self.sent.get(stretch, ()):
            found[one.team] = True
        return found

    def send(self, made: Sent) -> None:
        self.sent.setdefault(made.stretch, []).append(made)
        visits = len(made.trip.visits)
        for at, one in enumerate(made.team):
            self.load[one] += visits
            for other in made.team[:at]:
                self.together[one, other] += 1
                self.together[other, one] += 1
        self.ties.tie(made.asked.rubrics, made.team)

    def unsend(self, stretch: int) -> list[Trip]:
        """Takes back all that was sent in a stretch; what it linked stays, and does no harm."""
        gone = self.sent.pop(stretch, [])
        for made in gone:
            self.load[made.team] -= len(made.trip.visits)
            for one in made.team:
                for other in made.team:
                    self.together[one, other] -= one != other
        return [made.trip for made in gone]


def assign(
    people: People, spans: Sequence[Stretch], trips: Sequence[Trip], seed: str, ties: Ties
) -> Assigned:
    """Returns the teams of all trips; those of each occasion go in its stretches, equally many in
    each, so that everybody has about as much to do all the time. ``ties``: who is preferred, so
    that inspectors are linked.
    """
    count = len(people.own)
    state = _State(
        people,
        np.zeros(count, dtype=np.int64),
        np.zeros((count, count), dtype=np.int32),
        ties,
    )
    left: list[Trip] = []
    for occasion in dict.fromkeys(span.occasion for span in spans):
        own = [at for at, span in enumerate(spans) if span.occasion == occasion]
        left += _occasion(state, spans, own, [it for it in trips if it.occasion == occasion], seed)
        for at in own:
            for made in state.sent.get(at, ()):
                for visit in made.trip.visits:
                    people.last[visit.school] = frozenset(made.team)
    sent = [made for at in range(len(spans)) for made in state.sent.get(at, ())]
    return Assigned(sent, left, state.load, state.together)


def _occasion(
    state: _State, spans: Sequence[Stretch], own: Sequence[int], trips: Sequence[Trip], seed: str
) -> list[Trip]:
    """Assigns the trips of one occasion; returns those for which nobody was found."""
    dealt: dict[int, list[Trip]] = {at: [] for at in own}
    # Dealt in turn, those that need the same skills come to every stretch alike.
    order = sorted(
        range(len(trips)), key=lambda at: (-len(trips[at].needs), sorted(trips[at].needs))
    )
    waiting: list[Trip] = []
    turn = 0
    for at in order:
        fitting = [
            own[(turn + step) % len(own)]
            for step in range(len(own))
            if len(trips[at].days) <= len(spans[own[(turn + step) % len(own)]].days)
        ]
        if fitting:
            dealt[fitting[0]].append(trips[at])
            turn += 1
        else:
            waiting.append(trips[at])
    asked = {id(trip): state.people.asked(trip) for trip in trips}
    for at in own:
        waiting += _stretch(state, at, dealt[at], asked, seed)
    still: list[Trip] = []
    while waiting:
        trip = waiting.pop()
        if any(
            len(trip.days) <= len(spans[at].days) and not _stretch(state, at, [trip], asked, seed)
            for at in own
        ):
            continue
        # One school may keep those away who could visit the others.
        halves = trip.halves()
        asked |= {id(half): state.people.asked(half) for half in halves}
        waiting += halves
        if not halves:
            still.append(trip)
    return still


def _stretch(
    state: _State, at: int, trips: Sequence[Trip], asked: Mapping[int, Asked], seed: str
) -> list[Trip]:
    """Finds teams for trips in one stretch; returns those that are left over."""
    people = state.people
    ranks = np.empty(len(people.own), dtype=np.int64)
    order = sorted(range(len(people.own)), key=lambda it: lot(seed, "督学", at, people.own[it].id))
    ranks[order] = np.arange(len(order))
    partners = state.partners(at)
    busy = state.busy(at)
    # Those for whom fewest are there choose first.
    able = [int((~_asked_mask(people, asked[id(trip)])).sum()) for trip in trips]
    left: list[Trip] = []
    for number in sorted(range(len(trips)), key=lambda it: (able[it], it)):
        trip = trips[number]
        wanted = asked[id(trip)]
        team = _team(state, wanted, busy, partners, ranks) or _freed(
            state, at, wanted, busy, partners, ranks
        )
        if team is None:
            left.append(trip)
            continue
        state.send(Sent(trip, at, team, wanted))
        busy[team] = True
    if left and len(trips) + len(state.sent.get(at, ())) > len(left):
        left = _exactly(state, at, left, asked, partners, ranks)
    return left


def _asked_mask(people: People, wanted: Asked) -> NDArray[np.bool_]:
    """Who may not fill the seat of a trip that is hardest to fill."""
    barred = wanted.avoids.copy()
    if lacking := people.uncovered(wanted, ()):
        barred |= ~people.able[lacking[0]]
    return barred


def _team(
    state: _State,
    wanted: Asked,
    busy: NDArray[np.bool_],
    partners: Mapping[int, set[int]],
    ranks: NDArray[np.int64],
    begun: Sequence[int] = (),
) -> list[int] | None:
    """Fills the seats of a team, one after another; None where one stays empty."""
    people = state.people
    team = list(begun)
    while len(team) < people.size:
        out = busy | people.barred(wanted, team, partners)
        lacking = people.uncovered(wanted, team)
        if len(lacking) > people.size - len(team):
            # Too many skills for the seats: whoever has most of them.
            most = sum(people.able[it].astype(np.int64) for it in lacking)
            out = out | (most < len(lacking) - (people.size - len(team)) + 1)
        elif lacking:
            out = out | ~people.able[lacking[0]]
        if out.all():
            return None
        score = VISIT * state.load
        if team:
            # A new partner is worth half a visit.
            score = score + VISIT // 2 * state.together[team].sum(axis=0)
        score = score + state.ties.cost(wanted.rubrics, team)
        whole = np.where(out, np.iinfo(np.int64).max, score * len(ranks) + ranks)
        team.append(int(np.argmin(whole)))
    return team if not people.broken(wanted, team, partners) else None


def _freed(
    state: _State,
    at: int,
    wanted: Asked,
    busy: NDArray[np.bool_],
    partners: Mapping[int, set[int]],
    ranks: NDArray[np.int64],
) -> list[int] | None:
    """Looks for a team with one inspector whom somebody else can stand in for on another trip."""
    people = state.people
    for made in state.sent.get(at, ()):
        for seat, person in enumerate(made.team):
            if people.barred(wanted, (), partners)[person]:
                continue
            out = busy.copy()
            out[person] = False
            others = [it for it in made.team if it != person]
            team = _team(state, wanted, out, partners, ranks, (person,))
            if team is None:
                continue
            taken = busy.copy()
            taken[team] = True
            instead = _team(state, made.asked, taken, partners, ranks, others)
            if instead is None:
                continue
            _replace(state, made, seat, instead[-1])
            busy[instead[-1]] = True
            return team
    return None


def _replace(state: _State, made: Sent, seat: int, by: int) -> None:
    gone, visits = made.team[seat], len(made.trip.visits)
    state.load[gone] -= visits
    state.load[by] += visits
    for other in made.team:
        if other != gone:
            for one, change in ((gone, -1), (by, 1)):
                state.together[one, other] += change
                state.together[other, one] += change
    made.team[seat] = by


def _exactly(
    state: _State,
    at: int,
    left: Sequence[Trip],
    asked: Mapping[int, Asked],
    partners: Mapping[int, set[int]],
    ranks: NDArray[np.int64],
) -> list[Trip]:
    """Solves a whole stretch at once; as it was where there is no solution, or none in time."""
    before = [(made.trip, list(made.team)) for made in state.sent.get(at, ())]
    trips = [*(trip for trip, _ in before), *left]
    cost = state.load * len(ranks) + ranks
    teams = solved(state.people, [asked[id(trip)] for trip in trips], partners, cost)
    if teams is None:
        return list(left)
    state.unsend(at)
    for trip, team in zip(trips, teams, strict=True):
        state.send(Sent(trip, at, team, asked[id(trip)]))
    return []

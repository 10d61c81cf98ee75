"""How inspectors were linked by the first procedure: all together, whatever they inspect.

Nothing is drawn so any more; draws that were are repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from inspections.planning.assigning import Assigned, Sent, partners_at
from inspections.planning.rules import People


def _parts(sent: Sequence[Sent], count: int) -> list[frozenset[int]]:
    """Returns the inspectors (of ``count``) who were sent anywhere, in parts that schools link; the
    largest first.
    """
    above = list(range(count))

    def top(one: int) -> int:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    seen: dict[str, int] = {}
    for made in sent:
        for one in made.team[1:]:
            above[top(one)] = top(made.team[0])
        for visit in made.trip.visits:
            above[top(made.team[0])] = top(seen.setdefault(visit.school, made.team[0]))
    found: dict[int, set[int]] = {}
    for made in sent:
        for one in made.team:
            found.setdefault(top(one), set()).add(one)
    return sorted(map(frozenset, found.values()), key=lambda it: (-len(it), min(it)))


def link_all(people: People, assigned: Assigned) -> int:
    """Sends inspectors along on trips of others until all are linked; returns how many visits of
    one person more that is. Each goes along on the shortest trip that no rule forbids.
    """
    parts = _parts(assigned.sent, len(people.own))
    extra = 0
    while len(parts) > 1:
        found = _cheapest(people, assigned, parts)
        if found is None:
            break
        made, person = found
        made.team.append(person)
        visits = len(made.trip.visits)
        assigned.load[person] += visits
        extra += visits
        parts = _parts(assigned.sent, len(people.own))
    return extra


def _cheapest(
    people: People, assigned: Assigned, parts: Sequence[frozenset[int]]
) -> tuple[Sent, int] | None:
    """The trip and the inspector of another part who goes along at the least cost."""
    number = {one: at for at, part in enumerate(parts) for one in part}
    busy: dict[int, set[int]] = {}
    for made in assigned.sent:
        busy.setdefault(made.stretch, set()).update(made.team)
    later = _later(assigned)
    beside: dict[int, dict[int, set[int]]] = {}
    order = sorted(
        range(len(assigned.sent)), key=lambda at: (len(assigned.sent[at].trip.visits), at)
    )
    # The least part joins first; its own trips take somebody in where nobody of it is free.
    least = parts[-1]
    best: tuple[int, int, int, Sent, int] | None = None
    for at in order:
        made = assigned.sent[at]
        visits = len(made.trip.visits)
        if best is not None and visits > best[0]:
            break
        inside = number[made.team[0]] == len(parts) - 1
        if made.stretch not in beside:
            beside[made.stretch] = partners_at(assigned.sent, made.stretch) if people.rotate else {}
        partners = beside[made.stretch]
        for one in (it for it in number if (it in least) != inside):
            team = [*made.team, one]
            if one in busy[made.stretch] or people.broken(made.asked, team, partners):
                continue
            if any(
                sum(it in team for it in then.team) > 1
                for visit in made.trip.visits
                for then in later.get((visit.school, made.stretch), ())
            ):
                continue
            rank = (visits, int(assigned.load[one]), one)
            if best is None or rank < best[:3]:
                best = (*rank, made, one)
    return None if best is None else (best[3], best[4])


def _later(assigned: Assigned) -> dict[tuple[str, int], list[Sent]]:
    """The visit to a school that comes after one, by school and stretch."""
    visits: dict[str, list[Sent]] = {}
    for made in assigned.sent:
        for visit in made.trip.visits:
            visits.setdefault(visit.school, []).append(made)
    return {
        (school, one.stretch): [after]
        for school, own in visits.items()
        for one, after in pairwise(sorted(own, key=lambda it: it.stretch))
    }

"""Draws what is looked at again, and gives it to teams; the same seed gives the same.

The order is that of the SHA-256 of seed and number, so that anybody can draw again by any program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from inspections.follow_up.finders import FoundBy
from inspections.ledger.follow_up import Draw
from inspections.records.rectification import Item
from inspections.rectification.states import Standing, State
from inspections.round.opened import OpenRound
from inspections.round.plan import teams
from inspections.round.school import Inspector
from rubrics.messages.problems import Place, Problem, problem

CLOSED = frozenset({State.CLOSED, State.KEPT})
"""What is looked at again only where it is asked for: here it shows what came back (反弹)."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be drawn. ``share``: per cent of the pool; ``schools``: all of whose items are
    drawn in any case; ``closed``: also what was closed already. ``since``, ``until``,
    ``unannounced`` and ``witness``: as the draw keeps them.
    """

    day: date
    seed: str
    share: int = 100
    schools: frozenset[str] = frozenset()
    closed: bool = False
    since: date | None = None
    until: date | None = None
    unannounced: bool = False
    witness: str = ""


def draw(
    opened: OpenRound,
    stands: Sequence[Standing],
    wish: Wish,
    found_by: FoundBy,
    busy: Collection[int] = frozenset(),
) -> tuple[Draw | None, list[Problem]]:
    """Returns a draw, its number still to be given; None where nothing can be drawn.

    ``busy``: items that an earlier draw has given out and nobody has looked at yet. Items of one
    school go to one team where one may have them all, else those of each rubric to one. Codes:
    followup-nothing, followup-nobody.
    """
    pool = [one for one in stands if _may_be_drawn(one, wish) and one.number not in busy]
    if not pool:
        return None, [problem("followup-nothing", Place(opened.ledger_name))]
    drawn = sample([one.number for one in pool], wish.seed, wish.share)
    chosen = [one for one in pool if one.number in drawn or one.item.school in wish.schools]
    given: dict[int, str] = {}
    problems: list[Problem] = []
    by_team = teams(opened.roster)
    load = dict.fromkeys(by_team, 0)
    for group in _groups(chosen, wish.seed):
        for part in _parts(opened, group, by_team, found_by):
            team, why = _team_for(opened, part, by_team, found_by, load)
            if team is None:
                school = opened.roster.schools.get(part[0].item.school)
                name = school.name if school else part[0].item.school
                said = {"school": name, "count": len(part), "detail": why}
                problems.append(problem("followup-nobody", Place(), **said))
                continue
            load[team] += len(part)
            given |= dict.fromkeys((one.number for one in part), team)
    if not given:
        return None, problems
    numbers = tuple(one.number for one in pool)
    teams_of = {number: given[number] for number in sorted(given)}
    made = Draw(wish.day, wish.seed, wish.share, numbers, teams_of, wish.closed)
    told = replace(
        made,
        since=wish.since,
        until=wish.until,
        unannounced=wish.unannounced,
        witness=wish.witness,
    )
    return told, problems


def sample(numbers: Sequence[int], seed: str, share: int) -> frozenset[int]:
    """Returns ``share`` per cent of the numbers, at least one; the same seed gives the same.

    >>> sorted(sample(range(1, 11), "2026", 30))
    [4, 6, 10]
    """
    count = ceil(len(numbers) * share / 100)
    return frozenset(sorted(numbers, key=lambda number: _lot(seed, number))[: max(count, 1)])


def _lot(seed: str, what: object) -> str:
    return hashlib.sha256(f"{seed}|{what}".encode()).hexdigest()


def _may_be_drawn(one: Standing, wish: Wish) -> bool:
    if one.state is State.WITHDRAWN:
        return False
    return wish.closed or one.state not in CLOSED


def _groups(chosen: Sequence[Standing], seed: str) -> list[list[Standing]]:
    """The items of each school, the schools in the order of their lots."""
    groups: dict[str, list[Standing]] = {}
    for one in chosen:
        groups.setdefault(one.item.school, []).append(one)
    return [groups[school] for school in sorted(groups, key=lambda it: _lot(seed, it))]


def _parts(
    opened: OpenRound,
    group: Sequence[Standing],
    by_team: Mapping[str, Sequence[Inspector]],
    found_by: FoundBy,
) -> Iterator[list[Standing]]:
    """The items of a school as one, or by rubric where no team may have them all."""
    items = [one.item for one in group]
    if any(not against(opened, by_team[team], items, found_by) for team in by_team):
        yield list(group)
        return
    for rubric in dict.fromkeys(item.rubric for item in items):
        yield [one for one in group if one.item.rubric == rubric]


def _team_for(
    opened: OpenRound,
    part: Sequence[Standing],
    by_team: Mapping[str, Sequence[Inspector]],
    found_by: FoundBy,
    load: Mapping[str, int],
) -> tuple[str | None, str]:
    """The team with the least to do that may have these items; None, and what is against each."""
    items = [one.item for one in part]
    reasons = {team: against(opened, by_team[team], items, found_by) for team in by_team}
    free = [team for team in by_team if not reasons[team]]
    if free:
        return min(free, key=lambda team: (load[team], list(by_team).index(team))), ""
    told = "；".join(f"{team}：{why}" for team, why in reasons.items())
    return None, told or opened.words.said("督学名册里没有人")


def against(
    opened: OpenRound, members: Sequence[Inspector], items: Sequence[Item], found_by: FoundBy
) -> str:
    """Returns why a team may not look at items of one school again, in Chinese; empty if it may."""
    school = opened.roster.schools.get(items[0].school)
    own = [one.name for one in members if school and one.office == school.name]
    if own:
        return f"{'、'.join(own)}在这所学校工作，应当回避"
    for item in items:
        if members and {one.id for one in members} <= found_by(item):
            return "全组都是原检查人，不能单独复查自己查出的问题"
    return "" if members else "没有人"

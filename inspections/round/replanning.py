"""Brings a plan in step with the rosters, and leaves alone what the clerk has planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from inspections.round.opened import OpenRound
from inspections.round.plan import make_plan, teams
from inspections.round.round import Round
from inspections.round.school import Assignment, Inspector, Roster
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, problem


@dataclass(frozen=True, slots=True)
class Replan:
    """``plan`` as it would be, in the order of the old one, what is new last.

    ``added`` and ``dropped`` lines; ``moved``: (a line as it was, the team that goes instead).
    """

    plan: tuple[Assignment, ...]
    added: tuple[Assignment, ...] = ()
    dropped: tuple[Assignment, ...] = ()
    moved: tuple[tuple[Assignment, str], ...] = ()

    @property
    def changes(self) -> bool:
        """Whether anything would be another."""
        return bool(self.added or self.dropped or self.moved)


def replan(
    settings: Round,
    rubrics: Mapping[str, Rubric],
    roster: Roster,
    held: Sequence[Assignment],
    only: Collection[str] = (),
    done: Collection[tuple[str, str, str]] = frozenset(),
) -> Replan:
    """Returns a plan for the rosters as they are now.

    ``held``: the lines of the old plan, right or wrong. A line stays as long as its school and its
    rubric are there and the one applies to the other; where its team is gone, the team goes that
    visits the school otherwise, or the one with the fewest visits. ``done``: (school, rubric,
    occasion) of visits of which a sheet has come; they stay with a team that all have left. What
    the rosters ask for and no line plans is added, of the schools ``only`` (ids; empty: of all).
    Where the plan was drawn nothing is added, and no other team goes: who goes is drawn again.
    """
    fresh = make_plan(settings, rubrics, roster)
    wanted = {_visit(item) for item in fresh}
    members = teams(roster)
    once = {*roster.drawn, *(person.team for person in roster.inspectors.values())}
    load = Counter(dict.fromkeys(members, 0))
    load.update(item.team for item in held if item.team in members)
    chosen: dict[str, str] = {}
    for item in held:
        if item.team in members and _visit(item) in wanted:
            chosen.setdefault(item.school, item.team)

    def team_of(item: Assignment) -> str:
        if item.school not in chosen:
            name = roster.schools[item.school].name
            fitting = [team for team in members if _strangers(members[team], name)] or [*members]
            chosen[item.school] = min(fitting, key=lambda team: load[team], default="")
        load[chosen[item.school]] += 1
        return chosen[item.school]

    plan: list[Assignment] = []
    dropped: list[Assignment] = []
    moved: list[tuple[Assignment, str]] = []
    planned: set[tuple[str, str, str]] = set()
    for item in held:
        if _visit(item) not in wanted or _visit(item) in planned:
            dropped.append(item)
            continue
        planned.add(_visit(item))
        if item.team in members or (item.team in once and (roster.drawn or _visit(item) in done)):
            plan.append(item)
        else:
            plan.append(replace(item, team=team_of(item)))
            moved.append((item, plan[-1].team))
    added = tuple(
        replace(item, team=team_of(item))
        for item in fresh
        if not roster.drawn and _visit(item) not in planned and (not only or item.school in only)
    )
    return Replan((*plan, *added), added, tuple(dropped), tuple(moved))


def not_drawn(
    opened: OpenRound, only: Iterable[str], held: Sequence[Assignment]
) -> Iterator[Problem]:
    """Yields the schools of ``only`` that no line plans, in a round that was drawn.

    Code: plan-not-drawn.
    """
    there = {item.school for item in held}
    left = [it for it in only if it not in there and it in opened.roster.schools]
    if opened.roster.drawn and left:
        named = "、".join(opened.roster.schools[it].name for it in left[:_NAMED])
        said = {"schools": named + ("等" if len(left) > _NAMED else ""), "first": left[0]}
        yield problem("plan-not-drawn", Place(opened.folder.name(opened.folder.plan)), **said)


_NAMED: Final = 5


def _visit(item: Assignment) -> tuple[str, str, str]:
    return item.school, item.rubric, item.occasion


def _strangers(members: Iterable[Inspector], school: str) -> bool:
    """Whether nobody of a team is from the school itself."""
    return all(person.office != school for person in members)

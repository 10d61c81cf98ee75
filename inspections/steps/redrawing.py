"""Changing a plan that was drawn: somebody falls ill, a school is closed, one comes late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from inspections.collecting.collecting import collected
from inspections.follow_up.finders import finders
from inspections.ledger.chain import By
from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.ledger.planning import PlanChange, add_plan_change
from inspections.ledger.recalling import sheets
from inspections.ledger.rectification import all_cases
from inspections.planning.going import Going, as_it_stands
from inspections.planning.inputs import Inputs, of_round
from inspections.planning.keeping import breaches
from inspections.planning.known_draws import Told, told_of
from inspections.planning.lots import with_added
from inspections.planning.standing_in import Away, Instead, move, stand_in
from inspections.planning.trips import Visit
from inspections.rectification.states import standings
from inspections.round.drawn_teams import teams_text
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from inspections.round.plan import plan_text
from inspections.round.replaced import named
from inspections.round.school import Assignment, DrawnTeam
from inspections.round.targets import find_target
from inspections.steps.known_schools import known_inputs
from inspections.steps.opening import open_trusted
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Place, Problem, has_errors, problem
from rubrics.messages.watching import NOBODY, Watcher


@dataclass(frozen=True, slots=True)
class Redrawn:
    """What becomes of a plan. ``before`` and ``now``: as it stood and as it stands;
    ``written``: whether it has become so.
    """

    opened: OpenRound
    before: Going
    now: Going
    change: PlanChange
    written: bool = False


def redraw_round(
    folder: Path,
    day: date,
    by: By,
    *,
    inspector: str = "",
    school: str = "",
    since: date | None = None,
    until: date | None = None,
    write: bool = False,
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[Redrawn | None, list[Problem]]:
    """Draws who goes instead of an ``inspector``, or when a ``school`` is visited instead.

    Either as people name them. ``since`` and ``until``: for which days, ``day`` where they are not
    given. What can be done is, though something else cannot. Nothing is changed without ``write``;
    then the ledger has it first. None where nothing can be changed. Codes: those of
    ``open_trusted``, ``find_target``, ``stand_in``, ``move`` and ``write_whole``,
    redraw-not-drawn, redraw-unknown, draw-elsewhere.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_trusted(folder, ledger)
        if opened is None or has_errors(problems):
            return None, problems
        if not opened.roster.drawn:
            place = Place(opened.folder.name(opened.folder.drawn_teams))
            return None, [*problems, problem("redraw-not-drawn", place)]
        first = since or day
        days = first, max(until or first, first)
        told = told_of(opened)
        inputs = replace(_inputs(opened, day), after=_drawn_on(told))
        before = as_it_stands(inputs, opened.plan)
        visited, absent = _visited(opened), _absent(told)
        away, of_school = "", ""
        if inspector:
            people = named(opened.roster.inspectors, inspector)
            if len(people) != 1:
                place = Place(opened.folder.name(opened.folder.inspectors))
                said = {"name": inspector, "count": len(people)}
                return None, [*problems, problem("redraw-unknown", place, **said)]
            away = people[0]
            seed = _seed(opened, told)
            instead, wrong = stand_in(inputs, before, away, days, seed, visited, absent)
            if not instead.teams and not wrong:
                name = opened.roster.inspectors[away].name
                wrong = [problem("redraw-nothing", Place(), school=name)]
        else:
            target, unknown = find_target(opened.roster, opened.rubrics, school)
            if target is None:
                return None, [*problems, *unknown]
            of_school = target.school.id
            seed = _seed(opened, told)
            instead, wrong = move(inputs, before, of_school, days, seed, day, visited, absent)
        problems += wrong
        if not instead.teams:
            return None, problems
        change = _change(opened, told, instead, day, days, away, of_school)
        done = Redrawn(opened, before, instead.now, change)
        if not write:
            return done, problems
        change, wrong = _keep(opened, told, done, by)
        return replace(done, change=change, written=not wrong), [*problems, *wrong]


def broken_rules(opened: OpenRound, told: Told) -> Iterator[Problem]:
    """Yields the rules that a drawn plan breaks since it was edited. Code: plan-rule-broken."""
    inputs = replace(of_round(opened), after=_drawn_on(told))
    now = as_it_stands(inputs, opened.plan)
    place = Place(opened.folder.name(opened.folder.drawn_teams))
    for one in dict.fromkeys(breaches(inputs, now)):
        yield problem("plan-rule-broken", place, team=one.team, detail=one.detail, rule=one.rule)


def _inputs(opened: OpenRound, day: date) -> Inputs:
    """What is known by now, this round's own faults included: who found them goes with others."""
    inputs, _ = known_inputs(opened, day)
    if not has_ledger(opened):
        return inputs
    with ledger_of(opened) as held:
        filled, cases = sheets(held), all_cases(held)
    by = finders(opened, filled)
    found = {school: set(codes) for school, codes in inputs.finders.items()}
    for one in standings(cases, day):
        if not one.finished:
            found.setdefault(one.item.school, set()).update(by(one.item))
    return replace(inputs, finders={it: frozenset(own) for it, own in found.items() if own})


def _drawn_on(told: Told) -> date | None:
    return told.draws[-1].day if told.draws else None


def _visited(opened: OpenRound) -> Callable[[Visit], bool]:
    came = {(one.key.school, one.key.occasion) for one in collected(opened).filled}
    return lambda visit: (visit.school, visit.occasion) in came


def _absent(told: Told) -> Away:
    """Who was said to be away, and when: nobody is drawn in their place who is away too."""
    found: dict[str, list[tuple[date, date]]] = {}
    for one in told.changes:
        if one.away:
            found.setdefault(one.away, []).append((one.since, one.until))
    return found


def _seed(opened: OpenRound, told: Told) -> str:
    """The seed of the last draw, which is public; of a plan without a draw, that of the plan."""
    if not told.draws:
        return f"{opened.round.id}|安排"
    return with_added(told.draws[-1].seed, told.draws[-1].added)


def _change(
    opened: OpenRound,
    told: Told,
    instead: Instead,
    day: date,
    days: tuple[date, date],
    away: str,
    school: str,
) -> PlanChange:
    names = dict.fromkeys(it for it in instead.teams if instead.now.visits[it])
    teams = {name: instead.now.teams[name] for name in names}
    lines = {
        (visit.school, rubric, visit.occasion): team
        for team in names
        for _, visit in instead.now.visits[team]
        if (visit.school, visit.occasion) in instead.moved
        for rubric in visit.rubrics
    }
    number = told.draws[-1].number if told.draws else 0
    return PlanChange(
        number, day, away, school, *days,
        {name: (it.members, it.since, it.until) for name, it in teams.items()}, lines,
    )  # fmt: skip


def _keep(opened: OpenRound, told: Told, done: Redrawn, by: By) -> tuple[PlanChange, list[Problem]]:
    """Writes a change down, then into the plan. Whoever is cut off between both does it again, and
    the ledger has it once.
    """
    change, folder = done.change, opened.folder
    last = told.changes[-1] if told.changes else None
    if last is None or _told(last) != _told(change):
        with ledger_of(opened) as ledger:
            kept = add_plan_change(ledger, change, by, told.seen)
        if kept is None:
            return change, [problem("draw-elsewhere", Place(opened.ledger_name))]
        change = kept
    else:
        change = last
    drawn = dict(opened.roster.drawn)
    drawn |= {name: DrawnTeam(*own) for name, own in change.teams.items()}
    lines = {(it.school, it.rubric, it.occasion): it.team for it in opened.plan}
    lines.update(change.lines)
    plan = [Assignment(*line, team) for line, team in lines.items()]
    met: list[Problem] = []
    for path, text in (
        (folder.drawn_teams, teams_text(drawn, opened.roster.inspectors)),
        (folder.plan, plan_text(plan, opened.roster, opened.words)),
    ):
        if not met:
            met += write_whole(path, text.encode("utf-8-sig"), folder.name(path))
    return change, met


def _told(one: PlanChange) -> tuple[object, ...]:
    return one.draw, one.away, one.school, one.since, one.until, dict(one.teams), dict(one.lines)

"""The plan that a draw and its changes made, as the ledger has it, beside the files of the round.

What rosters and rubrics have lost since is no part of it, so that whoever takes a school or an
inspector out by the command for it has altered nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inspections.planning.known_draws import Told, told_of
from inspections.planning.planned import Planned
from inspections.round.drawn_teams import teams_text
from inspections.round.opened import OpenRound
from inspections.round.plan import plan_text, planned_lines
from inspections.round.school import Assignment, DrawnTeam
from inspections.round.table import code
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.conditions import holds


@dataclass(frozen=True, slots=True)
class AsDrawn:
    """Who goes where: teams by name, and the lines of the plan. ``number``: of the draw."""

    number: int
    teams: Mapping[str, DrawnTeam]
    lines: tuple[Assignment, ...]


def as_drawn(opened: OpenRound, told: Told, made: Planned | None = None) -> AsDrawn | None:
    """Returns the plan of the last draw with its changes; None where nothing was drawn, or the
    ledger no longer says what came out.

    ``made``: what came out, drawn once more.
    """
    if not told.draws:
        return None
    last = told.draws[-1]
    teams = dict(made.teams) if made else {it: DrawnTeam(*own) for it, own in last.teams.items()}
    lines = {_line(it): it.team for it in made.plan} if made else dict(last.lines)
    if not lines:
        return None
    for one in told.of_last:
        teams |= {name: DrawnTeam(*own) for name, own in one.teams.items()}
        lines |= one.lines
    plan = (Assignment(*line, team) for line, team in lines.items())
    return AsDrawn(last.number, teams, tuple(it for it in plan if _is_there(opened, it)))


def write_as_drawn(opened: OpenRound, plan: AsDrawn) -> list[Problem]:
    """Makes a plan that of the round: teams first, without which its lines mean nothing."""
    folder, people = opened.folder, opened.roster.inspectors
    met: list[Problem] = []
    for path, text in (
        (folder.drawn_teams, teams_text(plan.teams, people)),
        (folder.plan, plan_text(plan.lines, opened.roster, opened.words)),
    ):
        if not met:
            met += write_whole(path, text.encode("utf-8-sig"), folder.name(path))
    return met


def altered(opened: OpenRound, plan: AsDrawn | None) -> list[Problem]:
    """Returns where teams and lines are neither as they were drawn nor as the ledger has them
    changed, a problem for each file. Code: draw-plan-changed.
    """
    if plan is None:
        return []
    folder = opened.folder
    now = Counter(planned_lines(folder.plan, folder.name(folder.plan), opened.words))
    then = Counter(_as_read(it) for it in plan.lines)
    lines = [
        *(f"少了{_said(opened, it)}" for it in then - now),
        *(f"多了{_said(opened, it)}" for it in now - then),
    ]
    sent = dict.fromkeys(it.team for it in plan.lines)
    teams = [
        f"{it}的人员或日期"
        for it in sent
        if _as_set(opened.roster.drawn.get(it)) != _as_set(plan.teams.get(it))
    ]
    return [
        problem(
            "draw-plan-changed", Place(folder.name(path)), count=len(what), first=what[0],
            number=plan.number,
        )
        for path, what in ((folder.plan, lines), (folder.drawn_teams, teams))
        if what
    ]  # fmt: skip


def altered_since(opened: OpenRound) -> list[Problem]:
    """Returns where the files of a round differ from what its ledger has drawn. Code:
    draw-plan-changed.
    """
    return altered(opened, as_drawn(opened, told_of(opened)))


def pending(opened: OpenRound, told: Told) -> Iterator[Problem]:
    """Yields what is to be drawn before anybody is sent. Codes: draw-waiting, draw-not-yet."""
    if told.waiting is not None:
        said = {"number": told.waiting.number, "day": told.waiting.day}
        yield problem("draw-waiting", Place(opened.ledger_name), **said)
    elif opened.round.drawing and not told.draws and not opened.roster.drawn:
        yield problem("draw-not-yet", Place("round.yaml", "", "drawing"))


def _is_there(opened: OpenRound, line: Assignment) -> bool:
    """Whether a line means something to the rosters and settings as they are now."""
    school, rubric = opened.roster.schools.get(line.school), opened.rubrics.get(line.rubric)
    return (
        school is not None
        and rubric is not None
        and line.occasion in opened.round.occasions
        and holds(rubric.when, school.traits)
    )


def _as_read(line: Assignment) -> Assignment:
    """A line as it is read from a file."""
    return Assignment(*map(code, (line.school, line.rubric, line.occasion, line.team)))


def _line(line: Assignment) -> tuple[str, str, str]:
    return line.school, line.rubric, line.occasion


def _as_set(team: DrawnTeam | None) -> object:
    return team and (frozenset(team.members), team.since, team.until)


def _said(opened: OpenRound, line: Assignment) -> str:
    school = opened.roster.schools.get(line.school)
    return f"{school.name if school else line.school} {line.occasion} {line.team}"

"""Commitments to seeds, the draws that were made with them (双随机), and who was sent otherwise
afterwards. Never changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select

from inspections.ledger.bodies import planning as bodies
from inspections.ledger.chain import By, Said, act, acts_by_id, compact
from inspections.ledger.facts import bodies_of
from inspections.ledger.tables import facts, index

Line = tuple[str, str, str]
"""School, rubric and occasion of a line of the plan, by code."""

Team = tuple[tuple[str, ...], date, date]
"""The codes of its members, and its first and last day."""

Basis = tuple[str, str, str]
"""SHA-256 (hex) of schools, of inspectors, of settings with rubrics."""


Known = Mapping[str, Mapping[str, Any]]
"""``weights``, ``last`` and ``finders``: each by the code of a school."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promised seed: its SHA-256, and from what it is to be drawn. ``known``: what was known of
    schools then, by code, as plain data; empty where it was erased. ``procedure``: by which is
    drawn with it. ``number``: 0 until the ledger has given one; ``at``: when the ledger took it
    down.
    """

    day: date
    digest: str
    basis: Basis
    known: Known
    procedure: int
    number: int = 0
    who: str = ""
    why: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class PlanDraw:
    """A draw with a promised ``seed``, and what was ``added`` to it on the spot.

    ``digest``: of what came out; ``counts``: schools, visits, teams, and visits of one person more
    than teams ask for. ``teams`` and ``lines``: what came out, as in :class:`PlanChange`; empty
    where that was erased. ``fact``: its place in the ledger.
    """

    commitment: int
    day: date
    seed: str
    added: str
    basis: Basis
    digest: str
    counts: tuple[int, int, int, int]
    witness: str = ""
    teams: Mapping[str, Team] = field(default_factory=dict)
    lines: Mapping[Line, str] = field(default_factory=dict)
    number: int = 0
    who: str = ""
    why: str = ""
    at: str = ""
    fact: int = 0


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What became of a plan after its draw: somebody else goes, or on another day.

    ``draw``: the number of the draw, 0 where there was none; ``day``: when it was changed;
    ``away``: the code of whoever cannot go, ``school``: of the school that is visited otherwise,
    one of both; ``since`` and ``until``: the days for which that holds. ``teams``: by name, as they
    are from then on: members, since, until; ``lines``: school, rubric and occasion of lines of the
    plan, with the team that goes there from then on.
    """

    draw: int
    day: date
    away: str
    school: str
    since: date
    until: date
    teams: Mapping[str, Team]
    lines: Mapping[Line, str]
    number: int = 0
    who: str = ""
    why: str = ""
    at: str = ""


Seen = tuple[int, int, int]
"""How many commitments, draws and changes there were when somebody looked."""


def add_commitment(ledger: Engine, made: Commitment, by: By, seen: Seen) -> Commitment | None:
    """Adds a promised seed in one act; returns it with its number.

    ``seen``: what whoever promises knew of. None, and nothing is added, where somebody else has
    promised or drawn since. So with the others.
    """
    with act(ledger, "plan-draw", by) as doing:
        if _seen(doing.connection) != seen:
            return None
        number = seen[0] + 1
        body = bodies.Commitment(
            number, made.day.isoformat(), made.digest, list(made.basis), made.procedure
        )
        doing.add("commitment", [Said(body, [("known", compact(made.known))])])
    return replace(made, number=number, who=by.who, why=by.why)


def add_plan_draw(ledger: Engine, made: PlanDraw, by: By, seen: Seen) -> PlanDraw | None:
    """Adds a draw in one act; returns it with its number."""
    with act(ledger, "plan-draw", by) as doing:
        if _seen(doing.connection) != seen:
            return None
        number = seen[1] + 1
        body = bodies.PlanDraw(
            number, made.commitment, made.day.isoformat(), made.seed, made.added,
            list(made.basis), made.digest, list(made.counts),
        )  # fmt: skip
        plan = {
            "teams": [
                [name, members, since.isoformat(), until.isoformat()]
                for name, (members, since, until) in made.teams.items()
            ],
            "lines": [[*line, team] for line, team in made.lines.items()],
        }
        leaves = [("witness", made.witness)] if made.witness else []
        leaves.append(("plan", compact(plan)))
        (fact,) = doing.add("plan_draw", [Said(body, leaves)])
    return replace(made, number=number, fact=fact, who=by.who, why=by.why)


def all_commitments(ledger: Engine) -> list[Commitment]:
    """Returns every promised seed, by number."""
    with ledger.connect() as connection:
        acts = _acts(connection, "commitment")
        return [
            Commitment(
                date.fromisoformat(body.day), body.digest, _basis(body.basis),
                json.loads(texts.get("known") or "{}"), body.procedure, body.number,
                acts[id].who, acts[id].why, acts[id].at,
            )
            for id, body, texts in bodies_of(connection, "commitment")
            if body is not None
        ]  # fmt: skip


def all_plan_draws(ledger: Engine) -> list[PlanDraw]:
    """Returns every draw, by number."""
    with ledger.connect() as connection:
        acts = _acts(connection, "plan_draw")
        return [
            PlanDraw(
                body.commitment, date.fromisoformat(body.day), body.seed, body.added,
                _basis(body.basis), body.digest, _counts(body.counts),
                texts.get("witness", ""), *_plan(texts.get("plan", "")), body.number,
                acts[id].who, acts[id].why, acts[id].at, id,
            )
            for id, body, texts in bodies_of(connection, "plan_draw")
            if body is not None
        ]  # fmt: skip


def has_draw(ledger: Engine) -> bool:
    """Returns whether anything was drawn with a promised seed."""
    with ledger.connect() as connection:
        return _last(connection, "plan_draw") > 0


def add_plan_change(ledger: Engine, made: PlanChange, by: By, seen: Seen) -> PlanChange | None:
    """Adds a change in one act; returns it with its number."""
    with act(ledger, "plan-draw", by) as doing:
        if _seen(doing.connection) != seen:
            return None
        number = seen[2] + 1
        body = bodies.PlanChange(
            number, made.draw, made.day.isoformat(), made.since.isoformat(),
            made.until.isoformat(), list(made.teams),
            [[since.isoformat(), until.isoformat()] for _, since, until in made.teams.values()],
        )  # fmt: skip
        changed = {
            "away": made.away,
            "school": made.school,
            "members": [members for members, _, _ in made.teams.values()],
            "lines": [[*line, team] for line, team in made.lines.items()],
        }
        doing.add("plan_change", [Said(body, [("changed", compact(changed))])])
    return replace(made, number=number, who=by.who, why=by.why)


def all_plan_changes(ledger: Engine) -> list[PlanChange]:
    """Returns every change, by number; of those that were erased the days alone."""
    with ledger.connect() as connection:
        acts = _acts(connection, "plan_change")
        found = []
        for id, body, texts in bodies_of(connection, "plan_change"):
            if body is None:
                continue
            told = json.loads(texts.get("changed") or "{}")
            members = told.get("members", [[]] * len(body.teams))
            teams = {
                team: (tuple(own), date.fromisoformat(since), date.fromisoformat(until))
                for team, own, (since, until) in zip(body.teams, members, body.days, strict=True)
                if own
            }
            lines = {(one, two, three): team for one, two, three, team in told.get("lines", ())}
            found.append(PlanChange(
                body.draw, date.fromisoformat(body.day), told.get("away", ""),
                told.get("school", ""), date.fromisoformat(body.since),
                date.fromisoformat(body.until), teams, lines,
                body.number, acts[id].who, acts[id].why, acts[id].at,
            ))  # fmt: skip
        return found


def _plan(text: str) -> tuple[dict[str, Team], dict[Line, str]]:
    """Teams and lines of what came out of a draw; empty where they were erased."""
    told = json.loads(text or "{}")
    teams = {
        name: (tuple(members), date.fromisoformat(since), date.fromisoformat(until))
        for name, members, since, until in told.get("teams", ())
    }
    return teams, {(one, two, three): team for one, two, three, team in told.get("lines", ())}


def _seen(connection: Connection) -> Seen:
    return (
        _last(connection, "commitment"),
        _last(connection, "plan_draw"),
        _last(connection, "plan_change"),
    )


def _basis(held: list[str]) -> Basis:
    schools, people, settings = held
    return schools, people, settings


def _counts(held: list[int]) -> tuple[int, int, int, int]:
    schools, visits, teams, extra = held
    return schools, visits, teams, extra


def _acts(connection: Connection, kind: str) -> dict[int, Row[Any]]:
    acts = acts_by_id(connection)
    wanted = select(facts.c.id, facts.c.act).where(facts.c.kind == kind)
    return {id: acts[act] for id, act in connection.execute(wanted)}


def _last(connection: Connection, kind: str) -> int:
    last = select(func.max(index.c.parent)).where(index.c.kind == kind)
    return connection.execute(last).scalar_one_or_none() or 0

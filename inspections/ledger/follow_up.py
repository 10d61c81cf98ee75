"""Draws of follow-ups (回头看): what is looked at again and by whom. Never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, Engine, func, select

from inspections.ledger.bodies import follow_up as bodies
from inspections.ledger.chain import By, Said, act, acts_by_id
from inspections.ledger.facts import bodies_of
from inspections.ledger.tables import facts, index


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw. ``number`` is 0 until the ledger has given one.

    ``teams``: number of a drawn item -> the team (检查组) that looks at it again, empty where its
    name was erased. ``pool``: what could be drawn; ``closed``: with what had been closed already.
    ``share``: per cent of the pool; ``seed``: gives the same sample again. ``since`` and ``until``:
    when the schools are visited, None where that is still to be said; ``unannounced``: they are not
    told before; ``witness``: who was there when it was drawn. ``fact``: its place in the ledger.
    """

    day: date
    seed: str
    share: int
    pool: tuple[int, ...]
    teams: Mapping[int, str]
    closed: bool = False
    number: int = 0
    since: date | None = None
    until: date | None = None
    unannounced: bool = False
    witness: str = ""
    who: str = ""
    why: str = ""
    at: str = ""
    fact: int = 0


def add_draw(ledger: Engine, made: Draw, by: By, *, seen: int | None = None) -> Draw | None:
    """Adds a draw in one act; returns it with its number.

    ``seen``: the number of the latest draw that whoever drew knew of. None, and nothing is added,
    where another computer has drawn since: both might have given out the same items.
    """
    with act(ledger, "follow-up", by) as doing:
        number = _last_number(doing.connection) + 1
        if seen is not None and number != seen + 1:
            return None
        names = list(dict.fromkeys(made.teams.values()))
        body = bodies.Draw(
            number,
            made.day.isoformat(),
            made.seed,
            made.share,
            list(made.pool),
            list(made.teams),
            [names.index(team) for team in made.teams.values()],
            made.closed,
            made.since.isoformat() if made.since else "",
            made.until.isoformat() if made.until else "",
            made.unannounced,
        )
        leaves = [(f"team/{at}", name) for at, name in enumerate(names)]
        said = Said(body, leaves + ([("witness", made.witness)] if made.witness else []))
        (fact,) = doing.add("draw", [said])
    return replace(made, number=number, fact=fact, who=by.who, why=by.why)


def all_draws(ledger: Engine) -> list[Draw]:
    """Returns every draw, by number."""
    with ledger.connect() as connection:
        acts = acts_by_id(connection)
        wanted = select(facts.c.id, facts.c.act).where(facts.c.kind == "draw")
        act_of = {id: acts[act] for id, act in connection.execute(wanted)}
        return [
            Draw(
                date.fromisoformat(body.day),
                body.seed,
                body.share,
                tuple(body.pool),
                {
                    item: texts.get(f"team/{team}", "")
                    for item, team in zip(body.items, body.teams, strict=True)
                },
                body.closed,
                body.number,
                date.fromisoformat(body.since) if body.since else None,
                date.fromisoformat(body.until) if body.until else None,
                body.unannounced,
                texts.get("witness", ""),
                act_of[id].who,
                act_of[id].why,
                act_of[id].at,
                id,
            )
            for id, body, texts in bodies_of(connection, "draw")
            if body is not None
        ]


def _last_number(connection: Connection) -> int:
    last = select(func.max(index.c.parent)).where(index.c.kind == "draw")
    return connection.execute(last).scalar_one_or_none() or 0

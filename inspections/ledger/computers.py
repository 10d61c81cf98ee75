"""The computers that share a ledger, each with a ``returned/`` and an ``evidence/`` of its own.

What counts is there at the latest look of any of them: a file is gone only when the computer that
had it has it no more. A ledger that lies in the round's folder has one, without a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Engine, func, select

from inspections.ledger.bodies.files import Sweep
from inspections.ledger.bodies.office import Look, Released
from inspections.ledger.chain import By, Said, act
from inspections.ledger.facts import bodies, bodies_of
from inspections.ledger.tables import acts, facts, index

_BEFORE: Final = "旧版收的"
"""What a shared ledger holds from before computers were told apart."""


class Looking(NamedTuple):
    """Who looks: ``computer`` and ``turn`` as a sweep has them, and the version of its settings.

    All empty for a ledger in the round's own folder.
    """

    computer: str = ""
    turn: str = ""
    settings: str = ""


ALONE: Final = Looking()
"""Who looks where the ledger is the folder's own."""


@dataclass(frozen=True, slots=True)
class Computer:
    """``number`` counts computers from 1, as they first came; 0 is the one without a name.

    ``sweep``, ``look``: the facts of its latest; 0 where there is none.
    """

    id: str
    number: int
    sweep: int
    look: int
    released: bool

    @property
    def name(self) -> str:
        """How people are told of it: nothing that says whose it is."""
        return f"电脑{self.number}" if self.number else _BEFORE


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """A computer that contributes: its latest sweep was found ``at`` (ISO 8601) by ``who``."""

    computer: Computer
    at: str
    who: str
    sweep: Sweep


class Held(NamedTuple):
    """A file that is there: how it is told from others, its digest, and which computers have it.

    ``name`` is its own where no other file of that name has another content; ``numbers`` of
    computers, ``own_name`` what it is called there.
    """

    name: str
    digest: str
    numbers: tuple[int, ...]
    own_name: str


def computers(connection: Connection) -> list[Computer]:
    """Returns all that ever looked, as they first came."""
    wanted = (
        select(index.c.name, index.c.kind, func.min(index.c.fact), func.max(index.c.fact))
        .where(index.c.kind.in_(("sweep", "look", "released")))
        .group_by(index.c.name, index.c.kind)
    )
    first: dict[str, int] = {}
    last: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for id, kind, least, most in connection.execute(wanted):
        last[id][kind] = most
        if kind != "released":
            first[id] = min(least, first.get(id, least))
    named = [id for id in sorted(first, key=lambda id: first[id]) if id]
    numbers = {"": 0} | {id: number for number, id in enumerate(named, 1)}
    found = []
    for id in sorted(first, key=lambda id: first[id]):
        sweep, look = last[id].get("sweep", 0), last[id].get("look", 0)
        over = last[id].get("released", 0) > max(sweep, look)
        found.append(Computer(id, numbers[id], sweep, look, over))
    return found


def are_several(connection: Connection) -> bool:
    """Returns whether more than one computer has ever looked, those without a name aside."""
    return sum(bool(one.number) for one in computers(connection)) > 1


def computer_of(connection: Connection, id: str) -> Computer:
    """Returns one by its id; without sweep and look where it has never looked."""
    found = computers(connection)
    new = Computer(id, len(found) + 1, 0, 0, released=False)
    return next((one for one in found if one.id == id), new)


def contributing(connection: Connection) -> list[LookedThrough]:
    """Returns the computers whose latest sweep counts, the latest sweep last."""
    found = [one for one in computers(connection) if one.sweep and not one.released]
    held = dict(bodies(connection, [one.sweep for one in found]))
    wanted = select(facts.c.id, acts.c.at, acts.c.who).join(acts, acts.c.id == facts.c.act)
    rows = connection.execute(wanted.where(facts.c.id.in_(held)))
    done = {row.id: row for row in rows}
    return [
        LookedThrough(one, done[one.sweep].at, done[one.sweep].who, held[one.sweep])
        for one in sorted(found, key=lambda one: one.sweep)
        if one.sweep in held
    ]


def last_sweep_of(connection: Connection, id: str) -> Sweep | None:
    """Returns the latest sweep of a computer, released or not."""
    body: Any = dict(bodies(connection, [computer_of(connection, id).sweep]))
    return next(iter(body.values()), None)


def united(sweeps: Sequence[LookedThrough], files: dict[int, tuple[str, str]]) -> dict[int, Held]:
    """Returns the files that are there, by their facts; ``files``: (name, digest) of all.

    A file that lies on several computers is there once. One that was read against several states
    of the round goes as the latest sweep has it.
    """
    latest: dict[tuple[str, str], int] = {}
    numbers: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for one in sweeps:
        for id in one.sweep.files:
            latest[files[id]] = id
            numbers[files[id]].add(one.computer.number)
    contents: defaultdict[str, set[str]] = defaultdict(set)
    for name, digest in latest:
        contents[name].add(digest)
    return {
        id: Held(
            _told(*file, contents, numbers[file]), file[1], tuple(sorted(numbers[file])), file[0]
        )
        for file, id in sorted(latest.items(), key=lambda item: item[1])
    }


def _told(name: str, digest: str, contents: defaultdict[str, set[str]], numbers: set[int]) -> str:
    """Files of one name with several contents lie on several computers: these tell them apart."""
    if not name or len(contents[name]) == 1:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or "/" in ending:
        stem, dot, ending = name, "", ""
    where = "、".join(f"电脑{number}" if number else _BEFORE for number in sorted(numbers))
    return f"{stem}（{where}）{dot}{ending}"


def looked_at(connection: Connection) -> list[int]:
    """Returns the facts of all evidence that lay on a computer at its latest look, each once."""
    latest = [one.look for one in computers(connection) if one.look and not one.released]
    found = bodies(connection, sorted(latest))
    return list(dict.fromkeys(id for _, body in found for id in body.evidence))


def last_look_of(connection: Connection, id: str) -> Look | None:
    """Returns the latest look of a computer, released or not."""
    body: Any = dict(bodies(connection, [computer_of(connection, id).look]))
    return next(iter(body.values()), None)


def gone_into(connection: Connection) -> dict[str, str]:
    """Returns which computer goes on in the place of which."""
    return {
        body.computer: body.into for _, body, _ in bodies_of(connection, "released") if body.into
    }


def release(ledger: Engine, id: str, by: By) -> None:
    """Adds that what lay on a computer does not count any more, until it looks again."""
    with act(ledger, "release", by) as doing:
        doing.add("released", [Said(Released(id, ""))])

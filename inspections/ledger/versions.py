"""Every version of rubrics, rosters, plan and settings that a round was worked with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Engine, select

from inspections.ledger.binding import bind
from inspections.ledger.bodies.forms import VERSIONS
from inspections.ledger.bodies.office import Version
from inspections.ledger.chain import By, Said, act, compact
from inspections.ledger.facts import bodies_of
from inspections.ledger.settings_versions import values_of
from inspections.ledger.tables import index
from inspections.round.opened import OpenRound
from inspections.round.school import Assignment
from rubrics.files.loading import loads_rubric
from rubrics.files.writing import dump_yaml
from rubrics.language.digest import digest
from rubrics.language.rubric import Rubric


class _Kept(NamedTuple):
    kind: str
    name: str
    digest: str
    version: str
    content: Callable[[], str]


def keep_versions(ledger: Engine, opened: OpenRound, by: By) -> None:
    """Adds the versions that the ledger does not know; a shared one is the round's from now on.

    Schools and inspectors have a fact each, so that one can be erased; a roster names their facts.
    """
    with act(ledger, "versions", by) as doing:
        bind(doing, opened)
        wanted = select(*index.c["kind", "name", "digest", "fact"]).where(
            index.c.kind.in_(VERSIONS)
        )
        known = {tuple(row[:3]): row.fact for row in doing.connection.execute(wanted)}

        def keep(found: Iterable[_Kept]) -> list[int]:
            held = list(found)
            fresh = [one for one in held if one[:3] not in known]
            for kind in dict.fromkeys(one.kind for one in fresh):
                these = [one for one in fresh if one.kind == kind]
                ids = doing.add(kind, (Said(_body(one)) for one in these))
                known.update(zip((one[:3] for one in these), ids, strict=True))
            return [known[one[:3]] for one in held]

        keep(_rubric(rubric) for rubric in opened.rubrics.values())
        for kind, rows in (("school", _schools(opened)), ("inspector", _inspectors(opened))):
            ids = keep(_json(kind, name, row) for name, row in rows)
            keep([_json("roster", kind, ids)])
        keep(_json("plan", school, visits) for school, visits in _plan(opened))
        keep([_json("settings", opened.round.id, values_of(opened.round))])


def kept_rubric(ledger: Engine, wanted: str) -> Rubric | None:
    """Returns the rubric of a digest as the round was worked with; None where it is not kept."""
    with ledger.connect() as connection:
        for _, body, _ in bodies_of(connection, "rubric"):
            if body.digest == wanted:
                return loads_rubric(body.content)[0]
    return None


def _body(one: _Kept) -> Version:
    return Version(one.name, one.version, one.digest, one.content())


def _rubric(rubric: Rubric) -> _Kept:
    return _Kept("rubric", rubric.id, digest(rubric), rubric.version, lambda: dump_yaml(rubric))


def _json(kind: str, name: str, value: object) -> _Kept:
    text = compact(value)
    return _Kept(kind, name, hashlib.sha256(text.encode()).hexdigest(), "", lambda: text)


def _plan(opened: OpenRound) -> Iterator[tuple[str, object]]:
    drawn = {name: team.members for name, team in opened.roster.drawn.items()}
    by_school: dict[str, list[Assignment]] = {}
    for line in opened.plan:
        by_school.setdefault(line.school, []).append(line)
    for school in opened.roster.schools:
        visits = [
            [a.rubric, a.occasion, a.team, *drawn.get(a.team, ())]
            for a in by_school.get(school, ())
        ]
        if visits:
            yield school, visits


def _schools(opened: OpenRound) -> Iterator[tuple[str, object]]:
    for school in opened.roster.schools.values():
        traits = {name: str(value) for name, value in sorted(school.traits.items())}
        yield school.id, [school.id, school.name, traits]


def _inspectors(opened: OpenRound) -> Iterator[tuple[str, object]]:
    for person in opened.roster.inspectors.values():
        yield person.id, person.facts()

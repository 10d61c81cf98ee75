"""Erasing what the ledger holds of a school or a person, without breaking the chain.

Facts stay, with their digest, and say nothing any more: their body and their salt are blanked. Of
some only leaves are blanked, so that what others wrote stays. The act that did it says which
facts, who, when and why, so that the chain can still be followed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import msgspec
from sqlalchemy import Connection, Engine, Row, bindparam, select, update

from inspections.ledger.bodies.forms import FORMS, NOTHING
from inspections.ledger.bodies.letters import Objection
from inspections.ledger.bodies.office import Erasure
from inspections.ledger.chain import By, Said, act, compact
from inspections.ledger.computers import contributing, looked_at
from inspections.ledger.facts import beside, bodies_of, erasure_bodies
from inspections.ledger.guarding import guard, unguard
from inspections.ledger.indexing import index_again
from inspections.ledger.leaves import NO_LEAVES, blanked, read_leaves, write_leaves
from inspections.ledger.old.erasing import (
    blank_rows,
    has_first_form,
    rows_of_school,
    rows_saying,
)
from inspections.ledger.sheets import all_files
from inspections.ledger.tables import facts, index

WHOLE: Final[frozenset[str]] = frozenset()
"""Erases a fact with all of its leaves."""

NUMBERED: Final = frozenset({
    "decision", "draw", "letter", "objection", "answer", "item", "move", "proposal", "ruling",
    "sifting", "survey", "commitment", "plan_draw", "plan_change", "severity",
})  # fmt: skip
"""Kinds whose bodies name nobody and hold a number: of these only leaves are blanked."""

_BROUGHT: Final = ("move", "ruling", "objection", "assessed")
"""Kinds that say in which file somebody brought them, a workbook or papers, by its digest."""

Lying: TypeAlias = Callable[[frozenset[str]], Iterable[str]]
"""Returns the names of those files of some digests that lie in the folder."""

Wanted: TypeAlias = Mapping[int, frozenset[str]]
"""What is to be erased: addresses of leaves by fact, or ``WHOLE``."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many bodies and leaves were blanked; or, where none were, the files that have to go
    first.
    """

    count: int
    files: tuple[str, ...] = ()


def erased_facts(connection: Connection) -> dict[int, frozenset[str]]:
    """Returns what was erased of which facts: addresses of leaves, or ``WHOLE``."""
    found: dict[int, frozenset[str]] = {}
    for body in erasure_bodies(connection):
        for fact, addresses in body.facts:
            before = found.get(fact)
            gone = WHOLE if not addresses or before == WHOLE else frozenset(addresses)
            found[fact] = gone | (before or WHOLE) if gone else WHOLE
    return found


def erased_files(ledger: Engine) -> set[str]:
    """Returns the digests of files whose content was erased."""
    with ledger.connect() as connection:
        wanted = select(index.c.digest).where(index.c.kind == "file", index.c.name == "")
        return set(connection.execute(wanted).scalars())


def erase_school(ledger: Engine, school: str, by: By, lying: Lying = lambda digests: ()) -> Erased:
    """Blanks all that the ledger holds of a school. Its files must have gone from ``returned/``,
    and from wherever else ``lying`` finds them.
    """
    return _erase(
        ledger,
        by,
        lambda connection: _of_school(connection, school),
        lambda connection: rows_of_school(connection, school, _names(connection, school)),
        lying,
    )


def erase_words(
    ledger: Engine, words: Iterable[str], by: By, lying: Lying = lambda digests: ()
) -> Erased:
    """Blanks every text in which one of ``words`` stands: a person's name, say.

    What others found stays. Files in which they stand must have gone from ``returned/``, and from
    wherever else ``lying`` finds them.
    """
    # Some texts are JSON themselves.
    ways = (way for word in words if word for way in {word, compact(word)[1:-1]})
    wanted = [way.casefold() for way in ways]
    return _erase(
        ledger,
        by,
        lambda connection: _with_sheets(connection, dict(_saying(connection, wanted))),
        lambda connection: rows_saying(connection, wanted),
        lying,
    )


def _of_school(connection: Connection, school: str) -> Wanted:
    rows = connection.execute(
        select(index).where(index.c.school == school).order_by(index.c.fact)
    ).all()
    ours = [row for row in rows if row.kind == "sheet"]
    numbered = {row.fact for row in rows if row.kind in NUMBERED}
    found: dict[int, frozenset[str]] = dict.fromkeys((row.fact for row in rows), WHOLE)
    found |= _all_leaves(connection, numbered)
    found |= _of_sheets(connection, ours)
    found |= dict.fromkeys((row.parent for row in ours), frozenset({"name"}))
    kept = select(index.c.fact).where(index.c.kind.in_(("school", "plan")), index.c.name == school)
    names = _names(connection, school)
    found |= dict.fromkeys(connection.execute(kept).scalars(), WHOLE)
    naming = ("published", "survey", "sifting", "commitment", "plan_change", "letter")
    for id, _, texts in bodies_of(connection, *naming):
        if addresses := {at for at, text in texts.items() if any(name in text for name in names)}:
            found[id] = found.get(id, WHOLE) | addresses
    return found


def _all_leaves(connection: Connection, ids: set[int]) -> Iterator[tuple[int, frozenset[str]]]:
    """All that facts say in leaves: their bodies hold a number, which stays taken."""
    for id in sorted(ids):
        leaves = connection.execute(select(facts.c.leaves).where(facts.c.id == id)).scalar_one()
        yield id, frozenset(leaf[0] for leaf in read_leaves(leaves))


def _problems(
    connection: Connection, files: set[int], ours: set[tuple[int, str]]
) -> dict[int, frozenset[str]]:
    """Problems of files: all of them, where no other school is in the file."""
    names = select(index.c.parent, index.c.name).where(index.c.kind == "sheet")
    shared = {parent for parent, name in connection.execute(names) if (parent, name) not in ours}
    ids = dict(
        connection.execute(
            select(index.c.parent, index.c.fact).where(index.c.kind == "problems")
        ).all()
    )
    found = {}
    for file, _, texts in beside(connection, "problems", sorted(files)):
        told = frozenset(
            at
            for at, text in texts.items()
            if file not in shared or (file, json.loads(text)[0]) in ours
        )
        if told:
            found[ids[file]] = told
    return found


def _names(connection: Connection, school: str) -> set[str]:
    """What a school is called in the latest version of it."""
    found: set[str] = set()
    for _, body, _ in bodies_of(connection, "school"):
        if body is not None and body.name == school:
            found = {json.loads(body.content)[1]} - {""}
    return found


def _saying(connection: Connection, words: list[str]) -> Iterator[tuple[int, frozenset[str]]]:
    """The facts that say one of ``words``, in their body or in leaves."""
    if not words:
        return
    wanted = select(*facts.c["id", "kind", "form", "body", "leaves"]).order_by(facts.c.id)
    for id, kind, form, body, leaves in connection.execute(wanted):
        if any(
            word in text.casefold()
            for text in _texts(msgspec.json.decode(body), FORMS[kind, form].silent)
            for word in words
        ):
            yield id, WHOLE
            continue
        told = frozenset(
            leaf[0]
            for leaf in read_leaves(leaves)
            if len(leaf) == 3 and any(word in leaf[2].casefold() for word in words)
        )
        if told:
            yield id, told


def _with_sheets(connection: Connection, wanted: Wanted) -> Wanted:
    """Adds what belongs to sheets that go as a whole: nobody could find it after them."""
    rows = connection.execute(select(index).where(index.c.kind == "sheet")).all()
    found = {**wanted}
    gone = [row for row in rows if wanted.get(row.fact) == WHOLE]
    for fact, addresses in _of_sheets(connection, gone).items():
        whole = WHOLE in (addresses, wanted.get(fact))
        found[fact] = WHOLE if whole else addresses | wanted.get(fact, WHOLE)
    return found


def _of_sheets(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, frozenset[str]]:
    """Words and pictures of sheets, and the problems of their files, as the index has them."""
    ours = {row.fact for row in rows}
    beside = select(index.c.fact, index.c.parent).where(index.c.kind.in_(("words", "pictures")))
    found = {fact: WHOLE for fact, sheet in connection.execute(beside) if sheet in ours}
    told = {(row.parent, row.name) for row in rows}
    return found | _problems(connection, {file for file, _ in told}, told)


def _texts(value: Any, silent: frozenset[str] = frozenset()) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _texts(item)
        case dict():
            for name, item in value.items():
                if name not in silent:
                    yield from _texts(item)


def _erase(
    ledger: Engine,
    by: By,
    find: Callable[[Connection], Wanted],
    find_old: Callable[[Connection], dict[str, set[int]]],
    lying: Lying,
) -> Erased:
    with act(ledger, "erase", by) as doing:
        connection = doing.connection
        wanted = find(connection)
        there = {*_still_there(connection, wanted), *lying(_brought(connection, wanted))}
        if there:
            return Erased(0, tuple(sorted(there)))
        old = blank_rows(connection, find_old(connection)) if has_first_form(connection) else {}
        gone, count = _blank(connection, wanted)
        if gone or old:
            listed = [(id, sorted(addresses)) for id, addresses in sorted(gone.items())]
            doing.add("erasure", [Said(Erasure(listed, count, old))])
    return Erased(count)


def _brought(connection: Connection, wanted: Wanted) -> frozenset[str]:
    """The digests of the files in which what is to be erased came."""
    found: set[str] = set()
    for id, body, texts in bodies_of(connection, *_BROUGHT):
        if id not in wanted or body is None or not texts:
            continue
        found.update(body.papers if isinstance(body, Objection) else [body.file])
    return frozenset(found - {""}) | _answered_in(connection, wanted)


def _answered_in(connection: Connection, wanted: Wanted) -> frozenset[str]:
    """The digests of the files of answers in which something of it stands."""
    rows = connection.execute(
        select(*index.c["fact", "kind", "parent", "digest"]).where(
            index.c.kind.in_(("survey", "answers"))
        )
    ).all()
    digest = {row.fact: row.digest for row in rows if row.kind == "survey"}
    parent = {row.fact: row.parent for row in rows if row.kind == "answers"}
    return frozenset(digest.get(parent.get(id, id), "") for id in wanted) - {""}


def _still_there(connection: Connection, wanted: Wanted) -> tuple[str, ...]:
    """The files that are there, on any computer, in which something of it stands."""
    rows = connection.execute(select(*index.c["fact", "kind", "parent", "name"])).all()
    parent = {row.fact: row.parent for row in rows}
    held = set()
    for row in rows:
        if row.fact in wanted:
            match row.kind:
                case "file":
                    held.add(row.fact)
                case "sheet" | "problems":
                    held.add(row.parent)
                case "words" | "pictures":
                    held.add(parent.get(row.parent, 0))
    named, sweeps = all_files(connection), contributing(connection)
    files = {
        named[id][0] + (f"（在{one.computer.name}）" if len(sweeps) > 1 else "")
        for one in sweeps
        for id in one.sweep.files
        if id in held
    }
    lie = set(looked_at(connection))
    files |= {row.name for row in rows if row.fact in wanted and row.fact in lie}
    return tuple(sorted(files))


def _blank(connection: Connection, wanted: Wanted) -> tuple[dict[int, frozenset[str]], int]:
    """Blanks what is not blank yet; returns that, and how many bodies and leaves it were."""
    gone: dict[int, frozenset[str]] = {}
    count = 0
    changes = []
    for id, addresses in wanted.items():
        row = connection.execute(
            select(*facts.c["body", "salt", "leaves"]).where(facts.c.id == id)
        ).one()
        if row.body == NOTHING:
            continue
        leaves = read_leaves(row.leaves)
        speaking = {leaf[0] for leaf in leaves if len(leaf) == 3}
        if not addresses:
            gone[id] = WHOLE
            count += 1 + len(speaking)
            changes.append({"row": id, "said": NOTHING, "salted": "", "told": NO_LEAVES})
        elif these := addresses & speaking:
            gone[id] = these
            count += len(these)
            left = [blanked(leaf) if leaf[0] in these else leaf for leaf in leaves]
            told = write_leaves(left)
            changes.append({"row": id, "said": row.body, "salted": row.salt, "told": told})
    if changes:
        unguard(connection, facts.name)
        said: dict[str, Any] = {name: bindparam(at) for name, at in _COLUMNS}
        connection.execute(
            update(facts).where(facts.c.id == bindparam("row")).values(said), changes
        )
        guard(connection)
        index_again(connection, gone)
    return gone, count


_COLUMNS: Final = (("body", "said"), ("salt", "salted"), ("leaves", "told"))

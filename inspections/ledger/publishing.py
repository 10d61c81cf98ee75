"""Which results and reports were made, told by their digests: what was published can be proved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, Engine

from inspections.ledger.bodies.files import Published
from inspections.ledger.chain import By, Said, act
from inspections.ledger.computers import are_several
from inspections.ledger.facts import bodies_of


def keep_published(ledger: Engine, files: Mapping[str, str], by: By) -> None:
    """Adds the files (name -> digest) that are not as they were when last written.

    Where several computers share the ledger, those that none of them ever wrote so: one has
    photographs to print that another has not, and neither takes anything back.
    """
    with act(ledger, "publish", by) as doing:
        connection = doing.connection
        if are_several(connection):
            known = _ever(connection)
        else:
            known = {name: {digest} for name, digest in _last(connection).items()}
        fresh = {name: to for name, to in files.items() if to not in known.get(name, ())}
        if fresh:
            doing.add("published", [published(sorted(fresh.items()))])


def published(files: list[tuple[str, str]]) -> Said:
    """Returns what the fact of files (name, digest) that were written says."""
    names = [(str(number), name) for number, (name, _) in enumerate(files)]
    return Said(Published([digest for _, digest in files]), names)


def ever_published(ledger: Engine) -> dict[str, set[str]]:
    """Returns the digests of every file as it was ever written, on any computer, by its name."""
    with ledger.connect() as connection:
        return _ever(connection)


def digests_published(ledger: Engine) -> dict[str, set[str]]:
    """Returns the names under which files were ever written, by their digest.

    A name is empty where it was erased.
    """
    with ledger.connect() as connection:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for name, digests in _ever(connection).items():
            for digest in digests:
                found[digest].add(name)
        return dict(found)


def published_since(ledger: Engine, fact: int) -> set[str]:
    """Returns the names of files that were kept as written after a fact of the ledger."""
    with ledger.connect() as connection:
        return {
            name
            for number, body, names in bodies_of(connection, "published")
            if number > fact
            for at in range(len(body.digests))
            if (name := names.get(str(at)))
        }


def last_published(ledger: Engine) -> dict[str, str]:
    """Returns the digest of every file as it was written last, by its name."""
    with ledger.connect() as connection:
        return _last(connection)


def _ever(connection: Connection) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _, body, names in bodies_of(connection, "published"):
        for number, digest in enumerate(body.digests):
            found[names.get(str(number), "")].add(digest)
    return found


def _last(connection: Connection) -> dict[str, str]:
    return {
        name: digest
        for _, body, names in bodies_of(connection, "published")
        for number, digest in enumerate(body.digests)
        if (name := names.get(str(number)))
    }

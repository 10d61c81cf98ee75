"""Which results and reports were made, told by their digests: what was published can be proved."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, select

from inspections.ledger.chain import By, act
from inspections.ledger.tables import published


def keep_published(ledger: Engine, files: Mapping[str, str], by: By) -> None:
    """Adds the files (name -> digest) that are not as they were when last written."""
    with act(ledger, "publish", by) as doing:
        last = _last(doing.connection)
        fresh = {name: digest for name, digest in files.items() if last.get(name) != digest}
        doing.add(published, ({"file": name, "digest": fresh[name]} for name in sorted(fresh)))


def last_published(ledger: Engine) -> dict[str, str]:
    """Returns the digest of every file as it was written last, by its name."""
    with ledger.connect() as connection:
        return _last(connection)


def _last(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(published).order_by(published.c.id))
    return {row.file: row.digest for row in rows if row.file}

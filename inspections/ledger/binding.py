"""Whose ledger it is: a schema of a shared database belongs to the round that has its key.

Two bureaus may give their rounds the same id, and ids name schemas. The first round that collects
binds the schema to its key; whoever comes with another key is refused before anything is written.
A ledger from before that was bound goes to the round that can show that it has worked with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from sqlalchemy import Connection, Engine, func, select

from inspections.ledger.bodies.office import Bound
from inspections.ledger.chain import Act, Said
from inspections.ledger.refusals import OtherRoundError
from inspections.ledger.tables import acts, index
from inspections.round.opened import OpenRound


def round_seal(opened: OpenRound) -> str:
    """Returns what only the round's key gives, and does not give it away: SHA-256 (hex)."""
    said = f"the ledger of a round\n{opened.round.id}\n{opened.round.key}"
    return hashlib.sha256(said.encode()).hexdigest()


def is_others(ledger: Engine, opened: OpenRound) -> bool:
    """Returns whether a ledger is bound to another round."""
    with ledger.connect() as connection:
        return _seal(connection) not in ("", round_seal(opened))


def is_unproven(
    ledger: Engine, opened: OpenRound, noted: Callable[[], tuple[set[str], set[str]]]
) -> bool:
    """Returns whether a ledger that is not bound yet cannot be told to be this round's.

    It is, where something in it was read against this very round, its key included; where an act
    has a digest that the folder noted; or where it has read a file that lies in ``returned/``.
    ``noted`` gives both when asked: digests of acts, and of files.
    """
    with ledger.connect() as connection:
        if _seal(connection) or not connection.execute(select(func.max(acts.c.id))).scalar():
            return False
        heads, returned = noted()
        read = select(index.c.basis, index.c.digest).where(index.c.kind.in_(("file", "sweep")))
        if any(basis == opened.basis or at in returned for basis, at in connection.execute(read)):
            return False
        seen = select(acts.c.id).where(acts.c.digest.in_(heads)).limit(1)
        return connection.execute(seen).first() is None


def bind(doing: Act, opened: OpenRound) -> None:
    """Adds whose ledger it is, where nobody has; for a ledger that is shared.

    Raises :class:`OtherRoundError` where somebody else has, since it was looked at last.
    """
    if not opened.shared:
        return
    before = _seal(doing.connection)
    if before not in ("", round_seal(opened)):
        raise OtherRoundError(opened.round.id)
    if not before:
        doing.add("bound", [Said(Bound(opened.round.id, round_seal(opened)))])


def _seal(connection: Connection) -> str:
    wanted = select(index.c.digest).where(index.c.kind == "bound").order_by(index.c.fact).limit(1)
    return connection.execute(wanted).scalar_one_or_none() or ""

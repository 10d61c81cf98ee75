"""What lay in ``evidence/``: every look at it, and every file as it was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select

from inspections.evidence.looking import EvidenceFile
from inspections.ledger.chain import By, act, next_id
from inspections.ledger.tables import finds, looks, lying


def last_look(ledger: Engine) -> int:
    """Returns the number of the latest look; 0 where there was none."""
    with ledger.connect() as connection:
        return next_id(connection, looks) - 1


def record_look(
    ledger: Engine, there: Iterable[tuple[EvidenceFile, str]], since: int, by: By
) -> bool:
    """Adds that these (file, code of its school or empty) were there.

    A look that finds what the last one found is not added. Returns False, and adds nothing,
    where another look came after the one numbered ``since``.
    """
    with act(ledger, "look", by) as doing:
        connection = doing.connection
        if next_id(connection, looks) - 1 != since:
            return False
        rows = [_row(item, school) for item, school in there]
        known = {_said(row._mapping): row.id for row in connection.execute(select(finds))}
        fresh = {_said(row): row for row in rows if _said(row) not in known}
        # Nothing there and nothing known: no look is worth a line.
        if sorted(known.get(_said(row), 0) for row in rows) == _last_found(connection):
            return True
        added = zip(fresh, doing.add(finds, fresh.values()), strict=True)
        ids = known | dict(added)
        (number,) = doing.add(looks, [{"files": len(rows)}])
        doing.add(lying, [{"look": number, "find": ids[_said(row)]} for row in rows])
    return True


def found_files(ledger: Engine) -> list[EvidenceFile]:
    """Returns the files of the latest look."""
    with ledger.connect() as connection:
        last = select(func.max(looks.c.id)).scalar_subquery()
        wanted = select(finds).join(lying, lying.c.find == finds.c.id)
        rows = connection.execute(wanted.where(lying.c.look == last).order_by(lying.c.id))
        return [_file(row) for row in rows if row.path]


def known_contents(ledger: Engine) -> dict[str, EvidenceFile]:
    """Returns every content that was ever looked at, by its digest."""
    with ledger.connect() as connection:
        rows = connection.execute(select(finds).where(finds.c.contents != ""))
        return {row.contents: _file(row) for row in rows}


def _last_found(connection: Connection) -> list[int]:
    last = select(func.max(looks.c.id)).scalar_subquery()
    rows = connection.execute(select(lying.c.find).where(lying.c.look == last))
    return sorted(rows.scalars())


def _row(item: EvidenceFile, school: str) -> dict[str, str | int]:
    return {
        "path": item.path,
        "school": school,
        "contents": item.digest,
        "size": item.size,
        "kind": item.kind,
        "width": item.width,
        "height": item.height,
        "taken": item.taken.isoformat() if item.taken else "",
        "flaw": item.flaw,
        "detail": item.detail,
    }


_SAID = ("path", "school", "contents", "size", "kind", "width", "height", "taken", "flaw", "detail")


def _said(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _SAID)


def _file(row: Row[Any]) -> EvidenceFile:
    return EvidenceFile(
        row.path,
        row.contents,
        row.size,
        row.kind,
        row.width,
        row.height,
        datetime.fromisoformat(row.taken) if row.taken else None,
        row.flaw,
        row.detail,
    )

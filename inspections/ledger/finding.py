"""What lay in ``evidence/``: every look at it, and every file as it was found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine

from inspections.evidence.looking import EvidenceFile
from inspections.ledger.bodies.forms import storable
from inspections.ledger.bodies.office import Evidence, Look
from inspections.ledger.chain import By, Said, act
from inspections.ledger.computers import computer_of, last_look_of, looked_at
from inspections.ledger.facts import bodies, bodies_of


def last_look(ledger: Engine, computer: str = "") -> int:
    """Returns the number of a computer's latest look; 0 where there was none."""
    with ledger.connect() as connection:
        return computer_of(connection, computer).look


def record_look(
    ledger: Engine,
    there: Iterable[tuple[EvidenceFile, str]],
    since: int,
    by: By,
    computer: str = "",
) -> bool:
    """Adds that these (file, code of its school or empty) were there.

    A look that finds what the computer's last one found is not added. Returns False, and adds
    nothing, where another of its looks came after the one numbered ``since``.
    """
    with act(ledger, "look", by) as doing:
        connection = doing.connection
        before = computer_of(connection, computer)
        if before.look != since:
            return False
        items = [_body(item, school) for item, school in there]
        known = {body: id for id, body, _ in bodies_of(connection, "evidence") if body}
        # Nothing there and nothing known: no look is worth a line.
        last = last_look_of(connection, computer)
        found = last.evidence if last else []
        if sorted(known.get(item, 0) for item in items) == sorted(found) and not before.released:
            return True
        fresh = [item for item in dict.fromkeys(items) if item not in known]
        known.update(zip(fresh, doing.add("evidence", map(Said, fresh)), strict=True))
        doing.add("look", [Said(Look([known[item] for item in items], computer))])
    return True


def found_files(ledger: Engine, computer: str | None = None) -> list[EvidenceFile]:
    """Returns the files of the latest look, and what lies on other computers; each once, by path.

    ``computer``: only those of its own latest look.
    """
    with ledger.connect() as connection:
        if computer is None:
            ids = looked_at(connection)
        else:
            last = last_look_of(connection, computer)
            ids = last.evidence if last else []
        found = dict(bodies(connection, ids))
    held = [_file(found[id]) for id in ids if id in found and found[id].path]
    # Rosters that differ make one file of several schools, and two facts.
    files = {(item.path, item.digest, item.flaw, item.detail): item for item in held}
    return [files[key] for key in sorted(files)]


def known_contents(ledger: Engine) -> dict[str, EvidenceFile]:
    """Returns every content that was ever looked at, by its digest."""
    with ledger.connect() as connection:
        found = (body for _, body, _ in bodies_of(connection, "evidence"))
        return {body.contents: _file(body) for body in found if body and body.contents}


def _body(item: EvidenceFile, school: str) -> Evidence:
    return Evidence(
        storable(item.path),
        school,
        item.digest,
        item.size,
        item.kind,
        item.width,
        item.height,
        item.taken.isoformat() if item.taken else "",
        item.flaw,
        storable(item.detail),
        item.likeness,
    )


def _file(body: Evidence) -> EvidenceFile:
    return EvidenceFile(
        body.path,
        body.contents,
        body.size,
        body.kind,
        body.width,
        body.height,
        datetime.fromisoformat(body.taken) if body.taken else None,
        body.flaw,
        body.detail,
        body.likeness,
    )

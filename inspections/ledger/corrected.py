"""Whose records were changed after a result had been written from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine, select

from inspections.ledger.bodies.sheets import Owner, Sheet
from inspections.ledger.decisions import Decision, Verdict, all_decisions, in_force
from inspections.ledger.sheets import FilledSheet, all_files, filled_sheet, sheet_bodies
from inspections.ledger.tables import acts, facts, index
from inspections.records.record import RecordKey
from inspections.records.record_list import Head

OfSchool = tuple[str, str]
"""A school and a rubric, by their codes."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """``copies``: schools whose inspectors sent a corrected sheet after a result had been written.

    ``decisions``: those about whose records the bureau decided then.
    """

    copies: frozenset[OfSchool] = frozenset()
    decisions: frozenset[OfSchool] = frozenset()


UNCORRECTED: Final = Corrected()


def corrected(ledger: Engine, counting: Iterable[Head]) -> Corrected:
    """Returns the schools whose result is another one than was written before, by its records.

    ``counting``: the records that count. A sheet that took the place of another with the same
    values, and what was decided and revoked before a result was written, changes nothing.
    """
    heads = list(counting)
    with ledger.connect() as connection:
        results = select(acts.c.id).where(acts.c.kind == "publish")
        written = list(connection.execute(results).scalars())
        if not written:
            return UNCORRECTED
        sheets, act_of = _sheets(connection), _acts(connection)
        copies = frozenset(_resent(connection, heads, sheets, act_of, written))
        numbers = _decided(connection)
    first: dict[OfSchool, int] = {}
    for one in sheets:
        of, act = (one.key.school, one.key.rubric), act_of[one.file_id]
        first[of] = min(act, first.get(of, act))
    by_file = {(one.digest, one.sheet): (one.key.school, one.key.rubric) for one in sheets}
    made = all_decisions(ledger)
    about = _about(made, by_file, first)
    decisions = {
        of
        for one in in_force(made)
        for of in about[one.number]
        if of in first and _between(first[of], numbers[one.number], written)
    }
    return Corrected(copies, frozenset(decisions))


def _between(before: int, after: int, written: Iterable[int]) -> bool:
    return any(before < act < after for act in written)


def _sheets(connection: Connection) -> list[FilledSheet]:
    files = all_files(connection)
    rows = connection.execute(select(index).where(index.c.kind == "sheet").order_by(index.c.fact))
    return [filled_sheet(row, *files[row.parent]) for row in rows if row.parent in files]


def _acts(connection: Connection) -> dict[int, int]:
    """The act that added each file, by its fact."""
    wanted = select(facts.c.id, facts.c.act).where(facts.c.kind == "file")
    return dict(connection.execute(wanted).all())


def _resent(
    connection: Connection,
    heads: Iterable[Head],
    sheets: Iterable[FilledSheet],
    act_of: dict[int, int],
    written: list[int],
) -> Iterator[OfSchool]:
    """Schools of which a record counts that took the place of another after a result."""
    by_key: dict[RecordKey, list[FilledSheet]] = {}
    for one in sheets:
        by_key.setdefault(one.key, []).append(one)
    for head in heads:
        held = by_key.get(head.key, [])
        now = [one for one in held if (one.digest, one.sheet) == (head.digest, head.sheet)]
        if not now or len(now) == len(held):
            continue
        arrived = min(act_of[one.file_id] for one in now)
        before = [one for one in held if _between(act_of[one.file_id], arrived, written)]
        if before:
            bodies = dict(sheet_bodies(connection, [before[-1].id, now[-1].id]))
            if _figures(bodies, before[-1]) != _figures(bodies, now[-1]):
                yield head.key.school, head.key.rubric


def _figures(bodies: Mapping[int, Sheet], one: FilledSheet) -> list[Owner] | None:
    """All that is counted of a sheet, None where it was erased."""
    body = bodies.get(one.id)
    return body.owners if body else None


def _decided(connection: Connection) -> dict[int, int]:
    """The act of each decision, by its number."""
    wanted = (
        select(index.c.parent, facts.c.act)
        .join(facts, facts.c.id == index.c.fact)
        .where(index.c.kind == "decision")
    )
    return dict(connection.execute(wanted).all())


def _about(
    made: Iterable[Decision],
    by_file: dict[tuple[str, str], OfSchool],
    known: Iterable[OfSchool],
) -> dict[int, frozenset[OfSchool]]:
    """Whose records each decision is about, by its number."""
    all_known = list(known)
    found: dict[int, frozenset[OfSchool]] = {}
    for one in made:
        if one.verdict is Verdict.REVOKE:
            found[one.number] = found.get(one.revokes, frozenset())
        elif one.school:
            mine = (of for of in all_known if of[0] == one.school and one.rubric in ("", of[1]))
            found[one.number] = frozenset(mine)
        else:
            files = (
                of
                for (digest, sheet), of in by_file.items()
                if digest == one.digest and one.sheet in ("", sheet)
            )
            found[one.number] = frozenset(files)
    return found

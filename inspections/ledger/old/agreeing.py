"""Whether the facts say what the tables of the first form say, which they took the place of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, select

from inspections.ledger.bodies.forms import decode
from inspections.ledger.breaks import Break
from inspections.ledger.facts import bodies_of
from inspections.ledger.leaves import spoken
from inspections.ledger.old.erasing import erased_since, erased_then
from inspections.ledger.old.reading import FileSaid, OldLedger
from inspections.ledger.recalling import sheet_parts
from inspections.ledger.sheets import filled_sheet, sheet_bodies, sheet_words, typed_raw
from inspections.ledger.tables import acts, facts, index
from inspections.ledger.writing_down import problems
from inspections.workbook.reading.workbook_record import SheetRecord, TypedCell

_OTHERWISE: Final = "与换格式以前的台账不符"
_OF_FILES: Final = frozenset({"file", "sheet", "words", "pictures", "problems", "layout"})


class _Fact(NamedTuple):
    id: int
    kind: str
    body: Any
    texts: dict[str, str]


@dataclass(slots=True)
class _Held:
    """The facts of one act: of files by kind, and the others in order."""

    files: dict[str, list[_Fact]] = field(default_factory=lambda: defaultdict(list))
    others: list[_Fact] = field(default_factory=list)


def disagreement(connection: Connection, head: str) -> Break | None:
    """Returns the first fact that says otherwise than the rows that it was made from.

    ``head``: the digest of the last act of the first form; the upgrade wrote it down. Where both
    chains hold, this tells whether somebody has written one of them anew. What was erased since is
    passed over.
    """
    old = OldLedger(connection, erased_then(connection), erased_since(connection))
    now = {row.id: row for row in connection.execute(select(acts).order_by(acts.c.id))}
    for then in old.acts():
        act = now.get(then.id)
        if act is None or [act.kind, act.at, act.who, act.why] != [
            then.kind,
            then.at,
            then.who,
            then.why,
        ]:
            return Break(then.id, "", 0, f"这一笔{_OTHERWISE}")
        held = _held(connection, act)
        for kind, fact in (*_files(connection, old, then, held), *_others(old, then, held)):
            return Break(then.id, kind, fact, f"这一条{_OTHERWISE}")
    for id, body, _ in bodies_of(connection, "upgrade"):
        return None if body.head == head else Break(0, "upgrade", id, f"这一条{_OTHERWISE}")
    return Break(0, "", 0, "没有换格式的一笔")


def _held(connection: Connection, act: Row[Any]) -> _Held:
    wanted = select(*facts.c["id", "kind", "form", "body", "leaves"]).where(
        facts.c.id >= act.first, facts.c.id < act.first + act.count
    )
    found = _Held()
    for id, kind, form, body, leaves in connection.execute(wanted.order_by(facts.c.id)):
        fact = _Fact(id, kind, decode(kind, form, body), spoken(leaves))
        (found.files[kind] if kind in _OF_FILES else found.others).append(fact)
    return found


def _files(
    connection: Connection, old: OldLedger, then: Row[Any], held: _Held
) -> Iterator[tuple[str, int]]:
    """Facts (kind, id) of files that say otherwise."""
    read = list(old.files(then))
    if len(read) != len(held.files["file"]):
        yield "file", 0
        return
    made = _sheets(connection, held)
    told = {fact.body.file: fact for fact in held.files["problems"] if fact.body}
    for (reading, said, whole), fact in zip(read, held.files["file"], strict=True):
        old.ids["readings"][reading] = fact.id
        if not whole:
            continue
        if (fact.texts.get("name"), fact.body.digest, fact.body.basis) != said[:3]:
            yield "file", fact.id
        if made.get(fact.id, []) != list(said.sheets):
            yield "sheet", fact.id
        if not _same_problems(fact.id, said, told.get(fact.id)):
            yield "problems", fact.id


def _same_problems(file: int, said: FileSaid, fact: _Fact | None) -> bool:
    if not said.problems or fact is None:
        return not said.problems and fact is None
    due = problems(file, said.problems)
    return fact.body == due.body and fact.texts == dict(due.leaves)


def _sheets(connection: Connection, held: _Held) -> dict[int, list[SheetRecord]]:
    """The sheets of each file, put together again from their facts."""
    names = {fact.id: (fact.texts.get("name", ""), fact.body.digest) for fact in held.files["file"]}
    ids = [fact.id for fact in held.files["sheet"] if fact.body]
    first, last = min(ids, default=1), max(ids, default=0)
    wanted = select(index).where(index.c.fact >= first, index.c.fact <= last)
    rows = connection.execute(wanted.where(index.c.kind == "sheet").order_by(index.c.fact))
    filled = [filled_sheet(row, *names[row.parent]) for row in rows if row.parent in names]
    parts = sheet_parts(connection, [one for one in filled if one.dated])
    bodies, words = dict(sheet_bodies(connection, ids)), dict(sheet_words(connection, ids))
    found: dict[int, list[SheetRecord]] = defaultdict(list)
    for one in filled:
        typed = typed_raw(bodies[one.id], words[one.id]) if one.id in words else ()
        cells = tuple(TypedCell(*cell) for cell in typed)
        visit = parts[one.id].record(one) if one.id in parts and one.id in words else None
        found[one.file_id].append(SheetRecord(one.sheet, one.key, visit, cells, one.corrects))
    return found


def _others(old: OldLedger, then: Row[Any], held: _Held) -> Iterator[tuple[str, int]]:
    """Facts (kind, id) of other kinds that say otherwise."""
    rest = iter(held.others)
    for kind, table, rows, said in old.others(then):
        for number, due in enumerate(said):
            fact = next(rest, None)
            if fact is None or fact.kind != kind:
                yield kind, fact.id if fact else 0
                return
            these = rows if len(said) < len(rows) else rows[number : number + 1]
            for row in these:
                old.ids[table][row] = fact.id
            if old.whole(table, these) and (fact.body, fact.texts) != (due.body, dict(due.leaves)):
                yield kind, fact.id
    for fact in rest:
        yield fact.kind, fact.id

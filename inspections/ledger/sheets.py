"""The sheets that are there, as the ledger has them: values, words and pictures, each on its own.

Whoever computes takes the values of a whole round in one pass, and no word that anybody wrote.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine, Row, func, select

from inspections.ledger.bodies.forms import CURRENT, decode, encode
from inspections.ledger.bodies.sheets import Held, Pictures, Sheet, Words
from inspections.ledger.computers import Held as HeldFile
from inspections.ledger.computers import contributing, united
from inspections.ledger.facts import beside, bodies, bodies_of, written_beside
from inspections.ledger.indexing import layout_digest
from inspections.ledger.leaves import NO_LEAVES, spoken
from inspections.ledger.tables import index
from inspections.records.record import RecordKey, Value

_EVIDENCE: Final = "evidence/"
"""Leaves are numbered in order: evidence/OWNER/0, evidence/OWNER/1."""

_FAULT: Final = "fault/"
T = TypeVar("T")
Cells = Mapping[str, Mapping[str, str]]
"""A1 names by owner and slot."""


class FilledSheet(NamedTuple):
    """A sheet that somebody filled; it makes a visit where it is ``dated``.

    ``id``: its fact; ``layout`` names where its cells stand. ``file`` and ``digest`` are those of
    its file, ``file_id`` is the file's fact.
    """

    key: RecordKey
    file: str
    sheet: str
    digest: str
    corrects: tuple[str, ...]
    dated: bool
    id: int = 0
    file_id: int = 0
    day: str = ""
    arrived: str = ""
    left: str = ""
    layout: str = ""


class SheetWords:
    """What people wrote on one sheet, read when it is asked for. What was erased is empty.

    ``body`` and ``leaves`` as they are written in ``form``; ``where``: layouts by their digests.
    """

    def __init__(self, form: int, body: str, leaves: str, where: Mapping[str, Cells]) -> None:
        self._form, self._body, self._leaves, self._where = form, body, leaves, where

    @cached_property
    def body(self) -> Words:
        """The cells in which something was typed."""
        found: Words = decode("words", self._form, self._body)
        return found

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """What its leaves say, by address."""
        return spoken(self._leaves)

    @property
    def cells(self) -> Cells:
        """Where its cells stand."""
        return self._where.get(self.body.layout, {})

    @cached_property
    def lists(self) -> dict[str, list[str]]:
        """Texts that are numbered, by what they are; some may have been erased."""
        found: dict[str, list[str]] = {}
        for address, text in self.texts.items():
            if address.startswith(("inspector/", _EVIDENCE)):
                name, _, place = address.rpartition("/")
                if place.isdecimal():
                    found.setdefault(name, []).append(text)
        return found

    @cached_property
    def raws(self) -> dict[tuple[str, str], str]:
        """What was typed and stands among the words, by owner and slot."""
        found: dict[tuple[str, str], str] = {}
        for number, typed in enumerate(self.body.typed):
            if typed.raw is None:
                text = self.texts.get(f"typed/{number}", "")
                found.setdefault((typed.owner, typed.slot), text)
        return found

    @property
    def inspectors(self) -> tuple[str, ...]:
        """All who were there, the recording one first."""
        return tuple(self.lists.get("inspector", ()))

    @property
    def companion(self) -> str:
        """Who of the school went with them."""
        return self.texts.get("companion", "")

    def fault(self, owner: str) -> str:
        """Returns what was found wrong."""
        return self.texts.get(f"fault/{owner}", self.raws.get((owner, "fault"), ""))

    @property
    def faults(self) -> dict[str, str]:
        """The same by owner, of all of whom something is told."""
        owners = [owner for owner, slot in self.raws if slot == "fault"]
        owners += [name[len(_FAULT) :] for name in self.texts if name.startswith(_FAULT)]
        return {owner: text for owner in owners if (text := self.fault(owner))}

    def remark(self, owner: str) -> str:
        """Returns the remark."""
        return self.texts.get(f"remark/{owner}", self.raws.get((owner, "remark"), ""))

    def at_once(self, owner: str) -> str:
        """Returns what was done about it on the spot."""
        return self.texts.get(f"at_once/{owner}", self.raws.get((owner, "at_once"), ""))

    def reason(self, owner: str) -> str:
        """Returns why an item is excused or could not be counted."""
        return self.texts.get(f"reason/{owner}", "")

    def evidence(self, owner: str) -> tuple[str, ...]:
        """Returns the names of evidence, as typed."""
        told = f"evidence/{owner}"
        raw = self.raws.get((owner, "evidence"), "")
        if told in self.lists or told in self.texts or not raw:
            return tuple(self.lists.get(told, ()))
        return (raw,)

    def value(self, owner: str, slot: str) -> Value | None:
        """Returns a value that stands among the words: a reason, a ballot."""
        if number := self.texts.get(f"number/{owner}/{slot}"):
            return Decimal(number)
        return self.texts.get(f"text/{owner}/{slot}", self.raws.get((owner, slot)))


NO_WORDS: Final = SheetWords(CURRENT["words"], encode(Words(0, "", [])), NO_LEAVES, {})
"""Those of a sheet whose words were erased."""


def value_of(held: Held) -> Value | None:
    """Returns a value as it was written into a sheet's fact; None where it stands in the words."""
    if isinstance(held, list):
        return held[0] if held else None
    return None if held is None else _number(held)


@lru_cache(1 << 16)
def _number(held: int | str) -> Decimal:
    return Decimal(held)


def typed_raw(sheet: Sheet, words: SheetWords) -> Iterator[tuple[str, str, str, str]]:
    """Yields (owner, slot, what was typed, cell) of every cell with something in it."""
    values = {(one.owner, slot): held for one in sheet.owners for slot, held in one.values.items()}
    for number, typed in enumerate(words.body.typed):
        owner, slot = typed.owner, typed.slot
        raw: Value | None = words.texts.get(f"typed/{number}", "")
        if typed.raw == 0:
            raw = value_of(values.get((owner, slot)))
        elif typed.raw is not None:
            raw = str(typed.raw)
        cell = typed.cell or words.cells.get(owner, {}).get(slot, "")
        yield owner, slot, "" if raw is None else str(raw), cell


def present_sheets(ledger: Engine | Connection, school: str | None = None) -> list[FilledSheet]:
    """Returns the sheets of the latest sweep by file and sheet, of one school where it is given.

    They come out of the index alone.
    """
    if isinstance(ledger, Engine):
        with ledger.connect() as connection:
            return present_sheets(connection, school)
    files = present_files_by_id(ledger)
    found = [row for row in _sheet_rows(ledger, school) if row.parent in files]
    found.sort(key=lambda row: (files[row.parent][0], row.fact))
    words = select(index.c.parent, index.c.digest).where(index.c.kind == "words")
    laid = {row.parent: row.digest for row in ledger.execute(words)}
    return [filled_sheet(row, *files[row.parent], laid.get(row.fact, "")) for row in found]


def filled_sheet(row: Row[Any], file: str, digest: str, layout: str = "") -> FilledSheet:
    """Returns a sheet of a file as the index has it."""
    return FilledSheet(
        RecordKey(row.school, row.rubric, row.occasion, row.inspector),
        file,
        row.name,
        digest,
        tuple(json.loads(row.corrects or "[]")),
        bool(row.day),
        row.fact,
        row.parent,
        row.day,
        row.arrived,
        row.left,
        layout,
    )


def _sheet_rows(connection: Connection, school: str | None) -> list[Row[Any]]:
    wanted = select(index).where(index.c.kind == "sheet")
    if school is not None:
        wanted = wanted.where(index.c.school == school)
    return list(connection.execute(wanted.order_by(index.c.fact)))


def present_files_by_id(connection: Connection) -> dict[int, tuple[str, str]]:
    """Returns (name, digest) of the files that are there, on any computer, by their facts.

    Where files of one name have several contents, the name tells the computer too.
    """
    found = held_files(connection)
    return {id: (one.name, one.digest) for id, one in sorted(found.items())}


def held_files(connection: Connection) -> dict[int, HeldFile]:
    """Returns the files of the latest sweep of every computer that contributes, by their facts."""
    return united(contributing(connection), all_files(connection))


def sheets_of_files(connection: Connection) -> dict[int, int]:
    """Returns how many filled sheets every file has, by its fact."""
    wanted = select(index.c.parent, func.count()).where(index.c.kind == "sheet")
    found: dict[int, int] = dict(connection.execute(wanted.group_by(index.c.parent)).all())
    return found


def all_files(connection: Connection) -> dict[int, tuple[str, str]]:
    """Returns (name, digest) of all files that were ever read, by their facts, in order."""
    wanted = select(index.c.fact, index.c.name, index.c.digest).where(index.c.kind == "file")
    rows = connection.execute(wanted.order_by(index.c.fact))
    return {id: (name, digest) for id, name, digest in rows}


def sheet_bodies(ledger: Engine | Connection, ids: Iterable[int]) -> Iterator[tuple[int, Sheet]]:
    """Yields (id, values) of sheets, in batches in the order of ``ids``, by id within a batch."""
    yield from _in(ledger, lambda connection: bodies(connection, ids))


def layouts(ledger: Engine | Connection) -> dict[str, Cells]:
    """Returns where cells stand on sheets, by the digest that words name."""
    found = _in(ledger, lambda connection: bodies_of(connection, "layout"))
    return {layout_digest(body): body.cells for _, body, _ in found}


def sheet_words(
    ledger: Engine | Connection, ids: Iterable[int], where: Mapping[str, Cells] | None = None
) -> Iterator[tuple[int, SheetWords]]:
    """Yields (id of the sheet, its words); sheets whose words were erased are left out.

    ``where``: the ledger's layouts, where they are at hand.
    """

    def found(connection: Connection) -> Iterator[tuple[int, SheetWords]]:
        known = layouts(connection) if where is None else where
        for sheet, form, body, leaves in written_beside(connection, "words", ids):
            yield sheet, SheetWords(form, body, leaves, known)

    yield from _in(ledger, found)


def evidence_names(
    ledger: Engine | Connection, ids: Iterable[int]
) -> Iterator[tuple[int, dict[str, tuple[str, ...]]]]:
    """Yields (id of the sheet, names of evidence by owner, as typed); of sheets with such names."""
    for sheet, words in sheet_words(ledger, ids, {}):
        owners = [owner for owner, slot in words.raws if slot == "evidence"]
        owners += [kind[len(_EVIDENCE) :] for kind in words.lists if kind.startswith(_EVIDENCE)]
        found = {owner: words.evidence(owner) for owner in dict.fromkeys(owners)}
        if names := {owner: own for owner, own in found.items() if own}:
            yield sheet, names


def sheet_pictures(
    ledger: Engine | Connection, ids: Iterable[int]
) -> Iterator[tuple[int, Pictures, dict[str, str]]]:
    """Yields (id of the sheet, its pictures, their names by number), where there are any."""
    yield from _in(ledger, lambda connection: beside(connection, "pictures", ids))


def _in(ledger: Engine | Connection, take: Callable[[Connection], Iterator[T]]) -> Iterator[T]:
    if isinstance(ledger, Connection):
        yield from take(ledger)
        return
    with ledger.connect() as connection:
        yield from take(connection)

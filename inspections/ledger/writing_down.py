"""A file as it was read -> the facts that say it: of each sheet its values, words and pictures.

Reading processes write them down themselves, so that the one that keeps the ledger only adds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct, msgpack
from msgspec.json import Decoder

from inspections.ledger.bodies.files import Problems
from inspections.ledger.bodies.forms import encode, storable
from inspections.ledger.bodies.sheets import Held, Layout, Owner, Pictures, Sheet, Typed, Words
from inspections.ledger.said import Ready, Said, compact, ready
from inspections.ledger.worded import worded_slots
from inspections.records.entries import shown
from inspections.records.record import Observation, Record, State, Value
from inspections.records.sheet_places import SheetPlaces
from rubrics.messages.problems import Place

if TYPE_CHECKING:
    from inspections.workbook.form.expectations import Expectations
    from inspections.workbook.reading.workbook_record import SheetRecord, WorkbookRecord


Worded = frozenset[tuple[str, str]]
"""(owner, slot) of values that stand among the words."""

Texts = list[tuple[str, str]]
"""(address, text) of leaves."""

_MARKS: Final = re.compile(r"[0-9.:：√×✓✔✗✘是否%－-]{1,6}")
"""What names nobody, and no telephone either."""

_STATES: Final = frozenset(State)


class WrittenSheet(Struct, frozen=True, array_like=True):
    """The facts of one sheet: its values belong to the file, words and pictures to the values."""

    values: Ready
    words: Ready
    pictures: Ready | None
    layout: Ready


class WrittenFile(Struct, frozen=True, array_like=True):
    """The facts of one file. ``name`` is empty where it was erased."""

    name: str
    digest: str
    sheets: list[WrittenSheet]
    problems: Ready | None


class WrittenProblem(NamedTuple):
    """``told``: sheet, cell and params as JSON; None where that was erased."""

    severity: str
    code: str
    told: str | None


def packed(read: WorkbookRecord, expected: Expectations) -> bytes:
    """Returns a file as it was read, written down, in the form in which it goes to the parent."""
    worded = {sheet.key.rubric: _worded(sheet, expected) for sheet in read.sheets}
    return _pack(written_file(read, worded))


def _worded(sheet: SheetRecord, expected: Expectations) -> Worded:
    """The values of a sheet's rubric that are words; looked up once a rubric."""
    rubric = sheet.key.rubric
    known = rubric, expected.digests[rubric]
    if known not in _KNOWN:
        _KNOWN[known] = worded_slots(expected.rubrics[rubric])
    return _KNOWN[known]


_KNOWN: dict[tuple[str, str], Worded] = {}
"""By id and digest of the rubric."""

_pack: Final = msgpack.Encoder().encode

unpacked: Final = msgpack.Decoder(WrittenFile).decode
"""Returns the file that was packed."""


def written_file(read: WorkbookRecord, worded: Mapping[str, Worded]) -> WrittenFile:
    """Returns the facts of a file; ``worded`` goes by rubric."""
    told = [
        WrittenProblem(
            one.severity.value,
            one.code,
            storable(compact([one.place.sheet, one.place.cell, dict(one.params)])),
        )
        for one in read.problems
    ]
    sheets = [written_sheet(sheet, worded.get(sheet.key.rubric)) for sheet in read.sheets]
    said = ready(problems(0, told)) if told else None
    return WrittenFile(storable(read.file), read.digest, sheets, said)


def problems(file: int, told: Sequence[WrittenProblem]) -> Said:
    """Returns what the fact of a file's problems says."""
    body = Problems(file, [(one.severity, one.code) for one in told])
    texts = ((str(number), one.told) for number, one in enumerate(told))
    return Said(body, [(number, text) for number, text in texts if text is not None])


def written_sheet(made: SheetRecord, worded: Worded | None) -> WrittenSheet:
    """Returns the facts of a sheet.

    ``worded``: None where nobody knows; then it is every text.
    """
    visit = made.visit
    observed = visit.observations if visit else ()
    if worded is None:
        worded = frozenset(
            (one.owner, slot)
            for one in observed
            for slot, value in one.values.items()
            if isinstance(value, str)
        )
    cells = {one.owner: _cells(one.places) for one in observed if one.places}
    layout = _layout(encode(Layout(cells)))
    values = {(one.owner, slot): value for one in observed for slot, value in one.values.items()}
    raws: dict[tuple[str, str], str] = {}
    texts: Texts = []
    typed: list[Typed] = []
    for number, (owner, slot, content, cell) in enumerate(made.typed):
        at = owner, slot
        raw = content if isinstance(content, str) else shown(content)
        raws.setdefault(at, raw)
        plain = _plain(owner, slot, raw, None if at in worded else values.get(at))
        if plain is None:
            texts.append((f"typed/{number}", raw))
        known = owner in cells and cells[owner].get(slot) == cell
        typed.append(Typed(owner, slot, plain, "" if known else cell))
    texts += _words(visit, observed, raws, worded)
    return WrittenSheet(
        ready(Said(_sheet(made, [_owner(one, worded) for one in observed]))),
        ready(Said(Words(0, str(layout.found["digest"]), typed), texts)),
        _pictures(observed),
        layout,
    )


@lru_cache(100)
def _layout(written: str) -> Ready:
    """Many sheets share one."""
    return ready(Said(_read_layout(written)))


_read_layout: Final = Decoder(Layout).decode


def _pictures(observed: Iterable[Observation]) -> Ready | None:
    proofs = [(one.owner, proof) for one in observed for proof in one.proof]
    if not proofs:
        return None
    listed = [
        (owner, proof.part, proof.digest, proof.taken.isoformat() if proof.taken else "")
        for owner, proof in proofs
    ]
    names = [(str(number), proof.name) for number, (_, proof) in enumerate(proofs)]
    seen = [proof.likeness for _, proof in proofs]
    return ready(Said(Pictures(0, listed, seen), names))


def _cells(places: Mapping[str, Place]) -> dict[str, str]:
    if isinstance(places, SheetPlaces):
        return places.cells if isinstance(places.cells, dict) else dict(places.cells)
    return {key: place.cell for key, place in places.items()}


def _sheet(made: SheetRecord, owners: list[Owner]) -> Sheet:
    visit = made.visit
    return Sheet(
        0,
        made.name,
        made.key.school,
        made.key.rubric,
        made.key.occasion,
        made.key.inspector,
        visit.version if visit else "",
        visit.day.isoformat() if visit else "",
        visit.arrived.isoformat() if visit and visit.arrived else "",
        visit.left.isoformat() if visit and visit.left else "",
        list(made.corrects),
        owners,
    )


def _owner(one: Observation, worded: Worded) -> Owner:
    values = {slot: held(value) for slot, value in one.values.items()}
    if one.owner in _owners(worded):
        values |= {slot: None for slot in values if (one.owner, slot) in worded}
    return Owner(one.owner, one.state, values, len(one.evidence))


@lru_cache(100)
def _owners(worded: Worded) -> frozenset[str]:
    """The owners that have words among their values; few have."""
    return frozenset(owner for owner, _ in worded)


def held(value: Value) -> Held:
    """Returns how a value that is no word is written."""
    if isinstance(value, str):
        return [value]
    text = str(value)
    whole = text.isdecimal() and len(text) < 16 and (text[0] != "0" or text == "0")
    return int(text) if whole else text


def _plain(owner: str, slot: str, raw: str, value: Value | None) -> int | str | None:
    """What was typed, if it names nobody: 0 where it is the value."""
    if value is not None and raw == str(value):
        return 0
    if isinstance(value, Decimal) and _MARKS.fullmatch(raw):
        return raw
    return raw if owner and slot == "state" and raw in _STATES else None


def _words(
    visit: Record | None,
    observed: Iterable[Observation],
    raws: dict[tuple[str, str], str],
    worded: Worded,
) -> Iterator[tuple[str, str]]:
    if visit is not None:
        yield from ((f"inspector/{n}", name) for n, name in enumerate(visit.inspectors))
        if visit.companion:
            yield "companion", visit.companion
    for one in observed:
        notes = ("fault", one.fault), ("remark", one.remark), ("at_once", one.at_once)
        for kind, text in notes:
            if text != raws.get((one.owner, kind), ""):
                yield f"{kind}/{one.owner}", text
        if one.reason:
            yield f"reason/{one.owner}", one.reason
        raw = raws.get((one.owner, "evidence"))
        if one.evidence != ((raw,) if raw else ()):
            for number, name in enumerate(one.evidence):
                yield f"evidence/{one.owner}/{number}", name
            if not one.evidence:
                yield f"evidence/{one.owner}", ""
        for slot, value in one.values.items() if one.owner in _owners(worded) else ():
            if (one.owner, slot) not in worded:
                continue
            if isinstance(value, Decimal):
                yield f"number/{one.owner}/{slot}", str(value)
            elif value != raws.get((one.owner, slot)):
                yield f"text/{one.owner}/{slot}", value

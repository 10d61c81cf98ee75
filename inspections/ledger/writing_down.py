"""One filled sheet as it was read -> the facts that say it: its values, its words, its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from inspections.ledger.bodies.sheets import Held, Layout, Owner, Pictures, Sheet, Typed, Words
from inspections.ledger.chain import Said
from inspections.ledger.indexing import layout_digest
from inspections.records.entries import shown
from inspections.records.record import Observation, Record, State, Value
from inspections.workbook.reading.rows import SheetPlaces
from inspections.workbook.reading.workbook import SheetRecord
from rubrics.messages.problems import Place

Worded = frozenset[tuple[str, str]]
"""(owner, slot) of values that stand among the words."""

Texts = list[tuple[str, str]]
"""(address, text) of leaves."""

_MARKS: Final = re.compile(r"[0-9.:：√×✓✔✗✘是否%－-]{1,6}")
"""What names nobody, and no telephone either."""

_STATES: Final = frozenset(State)


class WrittenSheet(NamedTuple):
    """The facts of one sheet; words and pictures name it by the id that it gets."""

    sheet: Sheet
    words: Words
    texts: Texts
    layout: Layout
    pictures: list[tuple[str, str, str, str]]
    names: list[str]

    def said(self, id: int) -> Said:
        """Returns the words of the sheet that has become the fact ``id``."""
        return Said(Words(id, self.words.layout, self.words.typed), self.texts)

    def shown(self, id: int) -> Said | None:
        """Returns its pictures, if it has any."""
        if not self.pictures:
            return None
        return Said(Pictures(id, self.pictures), [(str(n), x) for n, x in enumerate(self.names)])


def written_sheet(file: int, made: SheetRecord, worded: Worded | None) -> WrittenSheet:
    """Returns the facts of a sheet of the file that is the fact ``file``.

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
    cells = {one.owner: _cells(one.places) for one in observed}
    layout = Layout({owner: at for owner, at in cells.items() if at})
    values = {(one.owner, slot): value for one in observed for slot, value in one.values.items()}
    raws: dict[tuple[str, str], str] = {}
    texts: Texts = []
    typed: list[Typed] = []
    for number, (owner, slot, content, cell) in enumerate(made.typed):
        raw = content if isinstance(content, str) else shown(content)
        raws.setdefault((owner, slot), raw)
        value = None if (owner, slot) in worded else values.get((owner, slot))
        plain = _plain(owner, slot, raw, value)
        if plain is None:
            texts.append((f"typed/{number}", raw))
        known = layout.cells.get(owner, {}).get(slot, "")
        typed.append(Typed(owner, slot, plain, "" if cell == known else cell))
    texts += _words(visit, observed, raws, worded)
    pictures = [
        (one.owner, proof.part, proof.digest, proof.taken.isoformat() if proof.taken else "")
        for one in observed
        for proof in one.proof
    ]
    return WrittenSheet(
        _sheet(file, made, [_owner(one, worded) for one in observed]),
        Words(0, layout_digest(layout), typed),
        texts,
        layout,
        pictures,
        [proof.name for one in observed for proof in one.proof],
    )


def _cells(places: Mapping[str, Place]) -> dict[str, str]:
    if isinstance(places, SheetPlaces):
        return dict(places.cells)
    return {key: place.cell for key, place in places.items()}


def _sheet(file: int, made: SheetRecord, owners: list[Owner]) -> Sheet:
    visit = made.visit
    return Sheet(
        file,
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
    values = {
        slot: None if (one.owner, slot) in worded else held(value)
        for slot, value in one.values.items()
    }
    return Owner(one.owner, one.state.value, values, len(one.evidence))


def held(value: Value) -> Held:
    """Returns how a value that is no word is written."""
    if isinstance(value, str):
        return [value]
    text = str(value)
    return int(text) if text.isdecimal() and str(int(text)) == text and len(text) < 16 else text


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
        for kind, text in (("fault", one.fault), ("remark", one.remark)):
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
        for slot, value in one.values.items():
            if (one.owner, slot) not in worded:
                continue
            if isinstance(value, Decimal):
                yield f"number/{one.owner}/{slot}", str(value)
            elif value != raws.get((one.owner, slot)):
                yield f"text/{one.owner}/{slot}", value

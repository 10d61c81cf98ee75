"""The records of a round as the ledger holds them, taken out as they are asked for.

A round of a thousand schools has some 250,000 observations. Columns are made of the sheets'
values in one pass; words, places and reasons are read for the few sheets that somebody looks at.
What the bureau decided, and which evidence was found, lies over the records and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Engine

from inspections.ledger.arrivals import in_order
from inspections.ledger.held_sheets import SheetStore, head_of_sheet
from inspections.ledger.many_sheets import digests_of, entries_of, faults_in, named_in
from inspections.ledger.recalling import (
    SheetParts,
)
from inspections.ledger.sheets import (
    FilledSheet,
)
from inspections.records.entered import Entered
from inspections.records.record import Observation, Observations, Record
from inspections.records.record_list import (
    Entry,
    Evidence,
    Named,
    RecordList,
)
from rubrics.messages.problems import Place

_AHEAD: Final = 64
"""Records that are taken out together with the one that is asked for: those beside it."""


def held_records(ledger: Engine, filled: Iterable[FilledSheet]) -> HeldRecords:
    """Returns the records that the ``filled`` sheets make; several may claim one key.

    They come in the order in which they came in: by the first sweep that met their file, under
    its name or its content, then by name and sheet.
    """
    sheets = in_order(ledger, (one for one in filled if one.dated))
    store = SheetStore(ledger, {one.id: one for one in sheets})
    return HeldRecords(store, [one.id for one in sheets], {}, {})


@dataclass(frozen=True, slots=True)
class Kept:
    """What follows from records and was made once, for all who ask again.

    ``entered`` by rubric; ``rows``: a sheet's row in that of its rubric; ``digests`` by sheet.
    """

    entered: Mapping[str, Entered]
    rows: Mapping[int, int]
    digests: Mapping[int, str]


def remembered(
    ledger: Engine,
    counting: Iterable[FilledSheet],
    changed: Mapping[int, Record],
    bound: Mapping[int, Mapping[str, Evidence]],
    kept: Kept,
) -> HeldRecords:
    """Returns the records of the sheets that count, as :attr:`HeldRecords.lying_over` had them."""
    sheets = {one.id: one for one in counting}
    return HeldRecords(SheetStore(ledger, sheets), list(sheets), changed, bound, kept)


class HeldRecords(RecordList):
    """Records in the ledger; ``changed`` and ``bound`` lie over them, by the sheet's fact."""

    def __init__(
        self,
        store: SheetStore,
        ids: Sequence[int],
        changed: Mapping[int, Record],
        bound: Mapping[int, Mapping[str, Evidence]],
        kept: Kept | None = None,
    ) -> None:
        self._store, self._ids = store, ids
        self._changed, self._bound, self._kept = changed, bound, kept
        self.heads = [head_of_sheet(store.sheets[id], changed.get(id)) for id in ids]

    def record(self, place: int) -> Record:
        """One of them, its observations made from the sheet when they are asked for."""
        id = self._ids[place]
        changed = self._changed.get(id)
        base = changed or self._parts(place).record(self._store.sheets[id])
        found = self._bound.get(id, {})

        def made(owner: str) -> Observation:
            seen = base.observation(owner)
            assert seen is not None
            own = found.get(owner)
            if own is None:
                return seen
            return replace(seen, evidence=own.names, proof=own.proof, missing=own.missing)

        return replace(base, observations=Observations(base.owners, made)) if found else base

    def _parts(self, place: int) -> SheetParts:
        start = place - place % _AHEAD
        return self._store.parts(self._ids[place], self._ids[start : start + _AHEAD])

    def answer(self, place: int, owner: str) -> Observation | None:
        """From the sheet's values, mostly."""
        changed = self._changed.get(self._ids[place])
        return changed.observation(owner) if changed else self._parts(place).answer(owner)

    def chosen(self, places: Sequence[int]) -> HeldRecords:
        """Some of them."""
        ids = [self._ids[place] for place in places]
        return HeldRecords(self._store, ids, self._changed, self._bound, self._kept)

    @property
    def sheets(self) -> list[FilledSheet]:
        """The sheets of the records."""
        return [self._store.sheets[id] for id in self._ids]

    @property
    def lying_over(self) -> tuple[Mapping[int, Record], Mapping[int, Mapping[str, Evidence]]]:
        """What was decided, and which evidence was bound, by the sheet's fact."""
        return self._changed, self._bound

    @property
    def kept(self) -> Kept:
        """What follows from the records and is asked for more than once."""
        if self._kept is not None:
            return self._kept
        places: dict[str, list[int]] = {}
        for place, head in enumerate(self.heads):
            places.setdefault(head.key.rubric, []).append(place)
        return Kept(
            {rubric: self.chosen(own).entered() for rubric, own in places.items()},
            {self._ids[place]: row for own in places.values() for row, place in enumerate(own)},
            dict(zip(self._ids, self.digests(), strict=True)),
        )

    def keeping(self) -> HeldRecords:
        """Returns the same records, with what follows from them kept at hand."""
        return HeldRecords(self._store, self._ids, self._changed, self._bound, self.kept)

    def entered(self) -> Entered:
        """From what is kept, where all are of one rubric."""
        rubrics = {head.key.rubric for head in self.heads}
        if self._kept is None or len(rubrics) != 1:
            return super().entered()
        own = self._kept.entered[rubrics.pop()]
        return own.chosen([self._kept.rows[id] for id in self._ids])

    def entries(self) -> Iterator[Iterable[Entry]]:
        """From the sheets' values alone; ballots from among their words."""
        return entries_of(self._store, self._ids, self._changed, self._bound)

    def named(self) -> Iterator[Iterable[Named]]:
        """From the sheets' words and pictures."""
        return named_in(self._store, self._ids, self._changed)

    def place_of(self, place: int, owner: str, key: str) -> Place:
        """From the layout that the sheet's words name; a decided entry stands elsewhere."""
        id = self._ids[place]
        if id in self._changed:
            seen = self._changed[id].observation(owner)
            if seen is not None and key in seen.places:
                return seen.places[key]
        held = self._store.sheets[id]
        layout = self._store.layouts.get(held.layout, {})
        return Place(held.file, held.sheet, layout.get(owner, {}).get(key, ""))

    def faults(self, places: Sequence[int]) -> Iterator[Mapping[str, str]]:
        """From the sheets' words alone."""
        return faults_in(self._store, [self._ids[place] for place in places], self._changed)

    def proved(self, place: int) -> Mapping[str, Evidence]:
        """What was bound."""
        return self._bound.get(self._ids[place], {})

    def digests(self) -> Iterator[str]:
        """From their files, the values of their sheets, and what lies over them."""
        if self._kept is not None:
            yield from (self._kept.digests[id] for id in self._ids)
            return
        yield from digests_of(self._store, self._ids, self._changed, self._bound)

    def with_records(self, changed: Mapping[int, Record]) -> HeldRecords:
        """Some replaced."""
        if not changed:
            return self
        by_id = {self._ids[place]: record for place, record in changed.items()}
        return HeldRecords(self._store, self._ids, {**self._changed, **by_id}, self._bound)

    def with_evidence(self, bound: Mapping[int, Mapping[str, Evidence]]) -> HeldRecords:
        """Each with what was bound to it."""
        by_id = {self._ids[place]: found for place, found in bound.items()}
        return HeldRecords(self._store, self._ids, self._changed, {**self._bound, **by_id})

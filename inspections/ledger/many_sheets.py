"""What is asked of many held records at once, read in one pass over their sheets.

``ids``: the sheets, in the order in which they are wanted; ``changed`` and ``bound`` lie over them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from typing import Final

from inspections.ledger.bodies.forms import encode
from inspections.ledger.held_sheets import SheetStore
from inspections.ledger.recalling import pictures_of, values_of
from inspections.ledger.sheets import (
    NO_WORDS,
    evidence_names,
    sheet_bodies,
    sheet_pictures,
    sheet_words,
)
from inspections.records.record import Observation, Proof, Record, State
from inspections.records.record_list import Entry, Evidence, Named, faults_of, record_digest

_BATCH: Final = 500
"""Sheets that columns are made of at once."""

_STATES: Final[dict[str, State]] = {state.value: state for state in State}


def entries_of(
    store: SheetStore,
    ids: Sequence[int],
    changed: Mapping[int, Record],
    bound: Mapping[int, Mapping[str, Evidence]],
) -> Iterator[Iterable[Entry]]:
    """Yields the entries of each record, from the values; of ballots from among the words."""
    for batch in _batches(ids):
        sheets = dict(sheet_bodies(store.ledger, batch))
        asked = [
            id
            for id, sheet in sheets.items()
            if any(None in one.values.values() for one in sheet.owners)
        ]
        words = dict(sheet_words(store.ledger, asked, store.layouts))
        for id in batch:
            found, decided = bound.get(id, {}), changed.get(id)
            if decided is not None:
                yield [
                    Entry(seen.owner, seen.state, seen.values, _proven(seen, found))
                    for seen in decided.observations
                ]
                continue
            own = words.get(id, NO_WORDS)
            yield [
                Entry(
                    one.owner,
                    _STATES[one.state],
                    values_of(one, own),
                    bool(found[one.owner].names) if one.owner in found else one.evidence > 0,
                )
                for one in sheets[id].owners
            ]


def named_in(
    store: SheetStore, ids: Sequence[int], changed: Mapping[int, Record]
) -> Iterator[Iterable[Named]]:
    """Yields what is named or shown in each record as evidence, from words and pictures."""
    for batch in _batches(ids):
        names = dict(evidence_names(store.ledger, batch))
        pictures = _pictures(store, batch)
        for id in batch:
            decided = changed.get(id)
            if decided is not None:
                yield [
                    Named(item.owner, item.evidence, item.proof)
                    for item in decided.observations
                    if item.evidence or item.proof
                ]
                continue
            own, shown = names.get(id, {}), pictures.get(id, {})
            yield [
                Named(owner, own.get(owner, ()), shown.get(owner, ()))
                for owner in dict.fromkeys((*own, *shown))
            ]


def faults_in(
    store: SheetStore, ids: Sequence[int], changed: Mapping[int, Record]
) -> Iterator[Mapping[str, str]]:
    """Yields what is told of faults in each record, by owner, from the words."""
    for batch in _batches(ids):
        asked = [id for id in batch if id not in changed]
        words = dict(sheet_words(store.ledger, asked, store.layouts))
        for id in batch:
            decided = changed.get(id)
            yield faults_of(decided) if decided else words.get(id, NO_WORDS).faults


def digests_of(
    store: SheetStore,
    ids: Sequence[int],
    changed: Mapping[int, Record],
    bound: Mapping[int, Mapping[str, Evidence]],
) -> Iterator[str]:
    """Yields a digest of each record: of its file, its values, and what lies over them."""
    for batch in _batches(ids):
        sheets = dict(sheet_bodies(store.ledger, batch))
        for id in batch:
            held, sheet, decided = store.sheets[id], sheets[id], changed.get(id)
            said: list[object] = [*astuple(held.key), held.file, held.sheet, held.digest]
            said += [sheet.version, sheet.day, sheet.arrived, sheet.left, sheet.owners]
            said += [record_digest(decided) if decided is not None else ""]
            said += [
                [owner, one.names, [proof.digest for proof in one.proof], one.missing]
                for owner, one in bound.get(id, {}).items()
            ]
            yield hashlib.sha256(encode(said).encode()).hexdigest()


def _pictures(store: SheetStore, batch: Sequence[int]) -> dict[int, dict[str, tuple[Proof, ...]]]:
    return {
        id: pictures_of(store.sheets[id].file, body, names)
        for id, body, names in sheet_pictures(store.ledger, batch)
    }


def _proven(seen: Observation, bound: Mapping[str, Evidence]) -> bool:
    own = bound.get(seen.owner)
    return bool(seen.evidence if own is None else own.names)


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]

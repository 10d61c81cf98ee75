"""What collecting found, remembered until the ledger has another act or the round other settings.

A round of a thousand schools has 250,000 entries, of which most commands look at a few. What
follows from all of them lies in the folder of what is derived, in one file that carries a code
made with the round's key: where the file is lost, cut short, of another version or somebody
else's, everything is made anew from the ledger. Nothing in it is run, and nothing in it is new.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeVar

from msgspec import MsgspecError, Struct, msgpack
from sqlalchemy import Engine

from inspections.collecting.looking import computer_id
from inspections.ledger.chain import last_act
from inspections.ledger.decisions import Decision
from inspections.ledger.held_records import HeldRecords, Kept, remembered
from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.ledger.sheets import FilledSheet
from inspections.records.entered import Entered
from inspections.records.record import Heard, Observation, Proof, Record, RecordKey, State, Value
from inspections.records.record_list import Evidence
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from inspections.round.program import program_digest
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Place, Problem

FILE: Final = "collected.bin"
_CODE: Final = hashlib.sha256().digest_size
K = TypeVar("K")
S = TypeVar("S")
T = TypeVar("T")
_Typed = tuple[bool, str]
"""A value: whether it is a text, and how it is spelt."""


class Memory(Struct, frozen=True):
    """What the ledger holds: ``records`` that count, and what else was found about it."""

    records: HeldRecords
    problems: tuple[Problem, ...]
    decisions: tuple[Decision, ...]
    filled: tuple[FilledSheet, ...]
    lost: tuple[FilledSheet, ...]


class _Columns(Struct, frozen=True, array_like=True):
    owners: tuple[str, ...]
    addresses: tuple[tuple[str, str], ...]
    values: list[_Typed]
    states: bytes
    proven: bytes
    cells: bytes


class _Seen(Struct, frozen=True, array_like=True):
    owner: str
    state: State
    values: list[tuple[str, _Typed]]
    fault: str
    evidence: tuple[str, ...]
    remark: str
    reason: str
    places: dict[str, Place]
    decided: tuple[str, ...]
    proof: tuple[Proof, ...]
    missing: tuple[str, ...]
    settled: bool
    overruled: bool
    at_once: str
    heard: tuple[Heard, ...]


class _Decided(Struct, frozen=True, array_like=True):
    key: RecordKey
    version: str
    day: date
    inspectors: tuple[str, ...]
    observations: list[_Seen]
    arrived: datetime | None
    left: datetime | None
    companion: str
    file: str
    sheet: str
    digest: str
    disputed: tuple[str, ...]


class _Stored(Struct, frozen=True, array_like=True):
    state: str
    counting: list[int]
    problems: tuple[Problem, ...]
    decisions: tuple[Decision, ...]
    filled: tuple[FilledSheet, ...]
    lost: tuple[FilledSheet, ...]
    changed: dict[int, _Decided]
    bound: dict[int, bytes]
    entered: dict[str, _Columns]
    rows: list[int]
    digests: list[str]


_STORED: Final = msgpack.Decoder(_Stored)
_BOUND: Final = msgpack.Decoder(dict[str, Evidence])


_LETTERS: Final = ("publish", "letters")
_AFTERWARDS: Final = (
    *_LETTERS,
    "object", "answer", "propose", "rule", "rectify-open", "rectify", "follow-up",
    "plan-draw", "severity",
)  # fmt: skip
"""Kinds of acts from which no record follows: those after the score. What an objection has changed
is an act of its own, a decision.
"""


def state_of(opened: OpenRound, ledger: Engine) -> str:
    """Returns the SHA-256 (hex) of what all of it follows from.

    That is the ledger's last act on records, the round with its rosters and rubrics, this code, and
    on a shared ledger this computer. Nothing follows from what was published, or from what came
    after the score. To be asked before the ledger is read, which others may add to.
    """
    return _state_of(opened, ledger, _AFTERWARDS)


def _state_of(opened: OpenRound, ledger: Engine, without: Collection[str]) -> str:
    with ledger.connect() as connection:
        last = last_act(connection, without=without)
    said = [
        program_digest("rubrics", "inspections"),
        f"{last.id} {last.digest}" if last else "",
        opened.basis,
        opened.round.model_dump_json(),
        opened.ledger_name,
        computer_id(opened),
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def told_state(opened: OpenRound, ledger: Engine) -> str:
    """Returns the same of what reports follow from: they tell of objections and decisions too."""
    return _state_of(opened, ledger, _LETTERS)


def collected_state(opened: OpenRound) -> str:
    """Returns what reports of the round's own ledger follow from; empty where there is none."""
    if not has_ledger(opened):
        return ""
    with ledger_of(opened) as ledger:
        return told_state(opened, ledger)


def recall(opened: OpenRound, ledger: Engine, state: str) -> Memory | None:
    """Returns what was found in that state; None where nobody remembers."""
    try:
        data = _path(opened.folder).read_bytes()
        if not hmac.compare_digest(data[:_CODE], _code(opened, data[_CODE:])):
            return None
        held = _STORED.decode(memoryview(data)[_CODE:])
    except (OSError, MsgspecError):
        return None
    if held.state != state:
        return None
    by_id = {one.id: one for one in held.filled}
    kept = Kept(
        _Lazy(held.entered, _entered),
        dict(zip(held.counting, held.rows, strict=True)),
        dict(zip(held.counting, held.digests, strict=True)),
    )
    records = remembered(
        ledger,
        [by_id[id] for id in held.counting],
        {id: _record(one) for id, one in held.changed.items()},
        _Lazy(held.bound, _BOUND.decode),
        kept,
    )
    return Memory(records, held.problems, held.decisions, held.filled, held.lost)


def remember(opened: OpenRound, found: Memory, state: str) -> None:
    """Remembers what was found in a state; where it cannot be written, it is found again."""
    changed, bound = found.records.lying_over
    ids = [one.id for one in found.records.sheets]
    kept = found.records.kept
    stored = _Stored(
        state,
        ids,
        found.problems,
        found.decisions,
        found.filled,
        found.lost,
        {id: _decided(record) for id, record in changed.items()},
        {id: msgpack.encode(evidence) for id, evidence in bound.items()},
        {name: _columns(one) for name, one in kept.entered.items()},
        [kept.rows[id] for id in ids],
        [kept.digests[id] for id in ids],
    )
    # Names that no text can hold, and a disk that is full: no reason to stop.
    with contextlib.suppress(OSError, UnicodeEncodeError):
        data = msgpack.encode(stored)
        write_whole(_path(opened.folder), _code(opened, data) + data)


def forget(folder: Folder) -> None:
    """Removes what is remembered, before something in the ledger is erased."""
    with contextlib.suppress(FileNotFoundError):
        _path(folder).unlink()


class _Lazy(Mapping[K, T]):
    """What is stored, each made when it is asked for: few ask, and for little of it."""

    def __init__(self, stored: Mapping[K, S], make: Callable[[S], T]) -> None:
        self._stored, self._make = stored, make

    def __getitem__(self, key: K) -> T:
        return self._make(self._stored[key])

    def __iter__(self) -> Iterator[K]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)


def _path(folder: Folder) -> Path:
    return folder.derived / FILE


def _code(opened: OpenRound, data: bytes) -> bytes:
    return hmac.digest(opened.round.key.encode(), data, "sha256")


def _columns(one: Entered) -> _Columns:
    return _Columns(
        one.owners,
        one.addresses,
        [_typed(value) for value in one.values],
        one.states.tobytes(),
        one.proven.tobytes(),
        one.cells.tobytes(),
    )


def _entered(one: _Columns) -> Entered:
    import numpy as np

    owners, addresses = max(len(one.owners), 1), max(len(one.addresses), 1)
    return Entered(
        one.owners,
        one.addresses,
        tuple(map(_value, one.values)),
        np.frombuffer(one.states, np.int8).reshape(-1, owners)[:, : len(one.owners)],
        np.frombuffer(one.proven, np.int8).reshape(-1, owners)[:, : len(one.owners)],
        np.frombuffer(one.cells, np.int32).reshape(-1, addresses)[:, : len(one.addresses)],
    )


def _decided(record: Record) -> _Decided:
    said = {name: getattr(record, name) for name in _Decided.__struct_fields__}
    said["observations"] = [_seen(one) for one in record.observations]
    return _Decided(**said)


def _seen(one: Observation) -> _Seen:
    said: dict[str, Any] = {name: getattr(one, name) for name in _Seen.__struct_fields__}
    said["values"] = [(slot, _typed(value)) for slot, value in one.values.items()]
    said["places"] = dict(one.places)
    return _Seen(**said)


def _record(one: _Decided) -> Record:
    said = {name: getattr(one, name) for name in _Decided.__struct_fields__}
    said["observations"] = tuple(map(_observation, one.observations))
    return Record(**said)


def _observation(one: _Seen) -> Observation:
    said = {name: getattr(one, name) for name in _Seen.__struct_fields__}
    said["values"] = {slot: _value(typed) for slot, typed in one.values}
    return Observation(**said)


def _typed(value: Value) -> _Typed:
    return isinstance(value, str), str(value)


def _value(typed: _Typed) -> Value:
    text, spelt = typed
    return spelt if text else Decimal(spelt)

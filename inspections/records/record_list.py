"""Many records, looked at by column or one at a time: the door between ledger and scoring.

Columns of a round are made in one pass, without an object for every observation; whoever looks at
one school gets its records as objects. :class:`RecordList` says what both ask for;
:class:`PlainRecords` answers from records that are there already.
"""

from __future__ import annotations

import hashlib
import json
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, overload

from inspections.records.entered import Entered, entered
from inspections.records.record import Observation, Proof, Record, RecordKey, State, Value
from rubrics.messages.problems import Place
from rubrics.values.points import plain


class Head(NamedTuple):
    """What tells a record from others: whose it is, when it was made, and where it stands.

    ``corrected``: it stands on a sheet that takes the place of an earlier one; ``decided``: the
    bureau has corrected or excused something in it; ``unsifted``: figures in it rest on answers
    that were flagged, and on which nobody has decided.
    """

    key: RecordKey
    day: date
    arrived: datetime | None
    left: datetime | None
    file: str
    sheet: str
    digest: str
    disputed: tuple[str, ...] = ()
    corrected: bool = False
    decided: bool = False
    unsifted: bool = False


def head_of(record: Record) -> Head:
    """Returns a record's head."""
    return Head(
        record.key,
        record.day,
        record.arrived,
        record.left,
        record.file,
        record.sheet,
        record.digest,
        record.disputed,
        decided=any(item.decided for item in record.observations),
        unsifted=any(one.undecided for item in record.observations for one in item.heard),
    )


class Entry(NamedTuple):
    """What columns need of one observation. ``proven``: some evidence is named or bound."""

    owner: str
    state: State
    values: Mapping[str, Value]
    proven: bool


class Named(NamedTuple):
    """The evidence of one observation: names as typed, and pictures in the workbook itself."""

    owner: str
    names: tuple[str, ...]
    pictures: tuple[Proof, ...] = ()


class Evidence(NamedTuple):
    """What became of it, as :class:`Observation` has it."""

    names: tuple[str, ...]
    proof: tuple[Proof, ...]
    missing: tuple[str, ...] = ()


class RecordList(Sequence[Record]):
    """Records, and what can be asked of all of them at once; nothing in it is changed."""

    heads: Sequence[Head]

    @abstractmethod
    def record(self, place: int) -> Record:
        """Returns one record, its observations made as they are asked for."""

    @abstractmethod
    def answer(self, place: int, owner: str) -> Observation | None:
        """Returns an observation of which only state, values and reason are asked for."""

    @abstractmethod
    def chosen(self, places: Sequence[int]) -> RecordList:
        """Returns some of the records, in the order of ``places``."""

    @abstractmethod
    def entries(self) -> Iterator[Iterable[Entry]]:
        """Yields what columns need, record by record."""

    def entered(self) -> Entered:
        """Returns what columns need as matrices, a row a record."""
        return entered(self.entries())

    @abstractmethod
    def named(self) -> Iterator[Iterable[Named]]:
        """Yields the evidence that is named, or pasted into the workbook, record by record."""

    @abstractmethod
    def place_of(self, place: int, owner: str, key: str) -> Place:
        """Returns where an entry of a record stands, or at least its sheet."""

    @abstractmethod
    def faults(self, places: Sequence[int]) -> Iterator[Mapping[str, str]]:
        """Yields what is told of faults, by owner, record by record in the order of ``places``."""

    @abstractmethod
    def proved(self, place: int) -> Mapping[str, Evidence]:
        """Returns the evidence of a record by owner: of those for whom some is named or bound."""

    @abstractmethod
    def digests(self) -> Iterator[str]:
        """Yields the SHA-256 (hex) of all that a record says and where it comes from."""

    @abstractmethod
    def with_records(self, changed: Mapping[int, Record]) -> RecordList:
        """Returns the list with some records replaced, by their places."""

    @abstractmethod
    def with_evidence(self, bound: Mapping[int, Mapping[str, Evidence]]) -> RecordList:
        """Returns the list with evidence that was bound: by place, then owner."""

    def __len__(self) -> int:
        return len(self.heads)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | Sequence[Record]:
        if isinstance(index, slice):
            return tuple(self.record(place) for place in range(*index.indices(len(self))))
        return self.record(range(len(self))[index])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


class PlainRecords(RecordList):
    """Records that are there already."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = tuple(records)
        self.heads = tuple(map(head_of, self._records))

    def record(self, place: int) -> Record:
        """One of them."""
        return self._records[place]

    def answer(self, place: int, owner: str) -> Observation | None:
        """All of it."""
        return self._records[place].observation(owner)

    def chosen(self, places: Sequence[int]) -> PlainRecords:
        """Some of them."""
        return PlainRecords(self._records[place] for place in places)

    def entries(self) -> Iterator[Iterable[Entry]]:
        """From their observations."""
        for record in self._records:
            yield [
                Entry(item.owner, item.state, item.values, bool(item.evidence))
                for item in record.observations
            ]

    def named(self) -> Iterator[Iterable[Named]]:
        """From their observations."""
        for record in self._records:
            yield [
                Named(item.owner, item.evidence, item.proof)
                for item in record.observations
                if item.evidence or item.proof
            ]

    def place_of(self, place: int, owner: str, key: str) -> Place:
        """From the observation."""
        record = self._records[place]
        seen = record.observation(owner)
        found = seen.places.get(key) if seen else None
        return found or Place(record.file, record.sheet)

    def faults(self, places: Sequence[int]) -> Iterator[Mapping[str, str]]:
        """From the observations."""
        return (faults_of(self._records[place]) for place in places)

    def proved(self, place: int) -> Mapping[str, Evidence]:
        """From the observations."""
        return {
            item.owner: Evidence(item.evidence, item.proof, item.missing)
            for item in self._records[place].observations
            if item.evidence or item.proof or item.missing
        }

    def digests(self) -> Iterator[str]:
        """From all they say."""
        return map(record_digest, self._records)

    def with_records(self, changed: Mapping[int, Record]) -> PlainRecords:
        """Some replaced."""
        if not changed:
            return self
        return PlainRecords(
            changed.get(place, record) for place, record in enumerate(self._records)
        )

    def with_evidence(self, bound: Mapping[int, Mapping[str, Evidence]]) -> PlainRecords:
        """Each with what was bound to it."""
        return self.with_records(
            {place: bound_to(self._records[place], found) for place, found in bound.items()}
        )


def faults_of(record: Record) -> dict[str, str]:
    """Returns what a record tells of faults, by owner."""
    return {item.owner: item.fault for item in record.observations if item.fault}


def bound_to(record: Record, found: Mapping[str, Evidence]) -> Record:
    """Returns a record with evidence that was bound, by owner."""

    def made(item: Observation) -> Observation:
        own = found.get(item.owner)
        if own is None:
            return item
        return replace(item, evidence=own.names, proof=own.proof, missing=own.missing)

    return replace(record, observations=tuple(map(made, record.observations)))


def as_list(records: Iterable[Record]) -> RecordList:
    """Returns records as a :class:`RecordList`."""
    return records if isinstance(records, RecordList) else PlainRecords(records)


def record_digest(record: Record) -> str:
    """Returns the SHA-256 (hex) of all that a record says and where it comes from."""
    head = [*astuple(record.key), record.version, str(record.day), record.inspectors]
    source = [record.file, record.sheet, record.digest]
    said = sorted(map(_said, record.observations), key=repr)
    text = json.dumps([head, source, said], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def _said(item: Observation) -> list[object]:
    values = {
        key: str(plain(value)) if isinstance(value, Decimal) else value
        for key, value in sorted(item.values.items())
    }
    typed: list[object] = [
        item.owner,
        item.state.value,
        values,
        item.fault,
        item.evidence,
        item.remark,
    ]
    if item.at_once:  # else a record is what it was before there was such a thing
        typed.append(item.at_once)
    if item.heard:
        # What was not weighed is what it was before there was such a thing.
        typed.append(
            [
                [*(told := astuple(one))[:-1], *(map(str, told[-1]) if told[-1] else ())]
                for one in item.heard
            ]
        )
    return [*typed, [proof.digest for proof in item.proof], item.missing]

"""What an inspector found: a visit with its observations, every value with its place.

A :class:`Record` here is one inspector's record of one visit (one filled sheet). Two inspectors
of the same visit make two records, which ``scoring`` combines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, overload

from rubrics.messages.problems import Place
from rubrics.rules.slot import Value as Value


class State(StrEnum):
    """The four states. They never turn into each other, or into a number, by default."""

    CHECKED = "已查"
    UNCHECKED = "未查"
    EXCUSED = "合理缺项"
    INAPPLICABLE = "不适用"


@dataclass(frozen=True, slots=True)
class Proof:
    """A file behind an observation: its name, its path in the round's folder, its SHA-256 (hex).

    ``part``: the picture inside of a workbook, where it is one. ``taken``: when a photograph was
    taken, by the camera's clock. ``picture``: whether it can be shown. ``likeness``: what it looks
    like (``evidence.likeness``), empty where nobody knows.
    """

    name: str
    file: str
    digest: str
    part: str = ""
    picture: bool = False
    taken: datetime | None = None
    likeness: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """How a share of answers was weighed by the pupils of each class.

    ``classes``: over how many it was weighed, 0 where it could not be; ``silent``: how many have
    pupils and no answer; ``unplaced``: answers of no class that the table has, which the share
    leaves out; ``effective``: as many answers of equal weight would be as sure (Kish 1965);
    ``unit``: 班, or 年级 where only these were known.
    """

    classes: int
    silent: int = 0
    unplaced: int = 0
    effective: Decimal = Decimal(0)
    unit: str = "班"


@dataclass(frozen=True, slots=True)
class Heard:
    """What many people said, of which figures of an observation were counted.

    ``slots``: the keys of these; ``survey`` and ``question`` as the ledger has them; ``files``:
    where it was read, in words; ``answers``: how many people the figures rest on, in ``unit``;
    ``undecided``: how many of these were flagged, and nobody has decided on it. ``weighed``: where
    the round says that classes weigh by their pupils.
    """

    slots: tuple[str, ...]
    survey: str
    question: str
    files: tuple[str, ...]
    answers: int
    unit: str
    undecided: int = 0
    weighed: Weighed | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """What was entered for one owner: an indicator, a red line of its own, or an extra.

    ``values`` and ``places`` go by slot key; ``places`` also has ``state``, ``fault``,
    ``evidence``, ``remark`` and ``at_once``. ``reason`` says why an item is excused or could not be
    counted, or by which entry it was checked, where by none of its own. ``decided``: the bureau's
    decisions about it, in words; ``settled``: it decided on one of the values. ``overruled``: the
    inspector had entered another one, so that what they wrote beside it is no finding.

    ``evidence``: names of what proves it, as typed. Once evidence is bound, they are those of
    files that are there and of records on paper; ``proof`` has the files, and ``missing`` the
    names that prove nothing: not found, unusable, or in doubt. ``at_once``: what was done about it
    on the spot, as typed (see ``records.at_once``); the points stay lost.
    """

    owner: str
    state: State
    values: Mapping[str, Value] = field(default_factory=dict)
    fault: str = ""
    evidence: tuple[str, ...] = ()
    remark: str = ""
    reason: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    decided: tuple[str, ...] = ()
    proof: tuple[Proof, ...] = ()
    missing: tuple[str, ...] = ()
    settled: bool = False
    overruled: bool = False
    at_once: str = ""
    heard: tuple[Heard, ...] = ()


class Observations(Sequence[Observation]):
    """A record's observations, one an owner, each made when it is first asked for."""

    __slots__ = ("_made", "_make", "_owners")

    def __init__(self, owners: Iterable[str], make: Callable[[str], Observation]) -> None:
        self._owners = dict.fromkeys(owners)
        self._make = make
        self._made: dict[str, Observation] = {}

    def of(self, owner: str) -> Observation | None:
        """Returns what was entered for ``owner``, or None."""
        if owner not in self._owners:
            return None
        found = self._made.get(owner)
        if found is None:
            found = self._made[owner] = self._make(owner)
        return found

    @property
    def owners(self) -> tuple[str, ...]:
        """Of whom there is an observation, in order."""
        return tuple(self._owners)

    def __len__(self) -> int:
        return len(self._owners)

    def __iter__(self) -> Iterator[Observation]:
        for owner in self._owners:
            found = self.of(owner)
            assert found is not None
            yield found

    @overload
    def __getitem__(self, index: int) -> Observation: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Observation]: ...
    def __getitem__(self, index: int | slice) -> Observation | Sequence[Observation]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (tuple(self),)


@dataclass(frozen=True, slots=True)
class RecordKey:
    """What a filled sheet is about; one record counts for each key."""

    school: str
    rubric: str
    occasion: str
    inspector: str


@dataclass(frozen=True, slots=True)
class Record:
    """One inspector's record of one visit.

    ``occasion`` names the visit within the round (``第1次``, ``平时``, ``年终``); ``inspectors``
    are all who were there, the recording one first; ``digest`` is the SHA-256 of the file.
    ``disputed``: other files that claim the same record and say something else.
    """

    key: RecordKey
    version: str
    day: date
    inspectors: tuple[str, ...]
    observations: Sequence[Observation]
    arrived: datetime | None = None
    left: datetime | None = None
    companion: str = ""
    file: str = ""
    sheet: str = ""
    digest: str = ""
    disputed: tuple[str, ...] = ()

    def observation(self, owner: str) -> Observation | None:
        """Returns what was entered for ``owner``, or None."""
        if isinstance(self.observations, Observations):
            return self.observations.of(owner)
        return next((item for item in self.observations if item.owner == owner), None)

    @property
    def owners(self) -> tuple[str, ...]:
        """Of whom there is an observation, in order."""
        if isinstance(self.observations, Observations):
            return self.observations.owners
        return tuple(item.owner for item in self.observations)

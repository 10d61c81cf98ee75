"""A school's records as others may see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, overload

from inspections.records.record import Observation, Record
from inspections.records.record_list import Head, RecordList, head_of
from inspections.records.redacting import redacted, redacted_observation

_RECENT: Final = 32
"""Records that are kept at hand: whoever looks at a school looks at it more than once."""


class ShownRecords(Sequence[Record]):
    """A school's records as others may see them, made when they are looked at.

    ``secret``: ids of the items that are kept back; None where all is open. ``recent``: those of
    all schools that were looked at last, by their places. ``first``: the row of the first of them.
    """

    def __init__(
        self,
        records: RecordList,
        first: int,
        end: int,
        secret: frozenset[str] | None,
        recent: dict[int, Record],
    ) -> None:
        self._records, self._places, self._secret = records, range(first, end), secret
        self._recent = recent
        self.first = first
        self.heads: Sequence[Head] = records.heads[first:end]

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | Sequence[Record]:
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        place = self._places[index]
        found = self._recent.get(place)
        if found is None:
            found = self._records[place]
            if self._secret is not None:
                found = redacted(found, self._secret)
            while len(self._recent) >= _RECENT:
                del self._recent[next(iter(self._recent))]
            self._recent[place] = found
        return found

    def answer(self, index: int, owner: str) -> Observation | None:
        """Returns an entry as others may see it; only its state, values and reason are meant."""
        place, secret = self._places[index], self._secret
        if secret is not None and owner in secret:
            return self[index].observation(owner)
        found = self._records.answer(place, owner)
        return found if found is None or secret is None else redacted_observation(found, False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (tuple(self),)


def heads_of(records: Sequence[Record]) -> Sequence[Head]:
    """Returns what tells records from each other, without looking into them."""
    if isinstance(records, ShownRecords):
        return records.heads
    return [head_of(record) for record in records]

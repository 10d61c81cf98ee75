"""All values that records hold, as matrices: every different value once, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspections.records.record import State, Value

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from inspections.records.record_list import Entry

STATES: Final = tuple(State)
"""A state's code in the matrix is its place here."""

NOTHING: Final = -1


@dataclass(frozen=True, slots=True)
class Entered:
    """What records hold; a row a record.

    ``states`` (rows x ``owners``): codes of states, ``NOTHING`` where a record says nothing of the
    owner; ``proven``, of the same shape: 1 where some evidence is named or bound. ``cells`` (rows x
    ``addresses``, which are pairs of owner and slot): places in ``values``, or ``NOTHING``.
    """

    owners: tuple[str, ...]
    addresses: tuple[tuple[str, str], ...]
    values: tuple[Value, ...]
    states: npt.NDArray[np.int8]
    proven: npt.NDArray[np.int8]
    cells: npt.NDArray[np.int32]

    def chosen(self, rows: Sequence[int]) -> Entered:
        """Returns some of the rows, in the order of ``rows``."""
        return Entered(
            self.owners,
            self.addresses,
            self.values,
            self.states[rows],
            self.proven[rows],
            self.cells[rows],
        )


def entered(records: Iterable[Iterable[Entry]]) -> Entered:
    """Returns what columns need of records, one pass over their entries."""
    # Whoever only asks how a round stands has no use for it, and it takes a while to load.
    import numpy as np

    owners: dict[str, int] = {}
    addresses: dict[str, dict[str, int]] = {}
    values: dict[tuple[bool, Value], int] = {}
    listed: list[tuple[str, str]] = []
    marks: list[tuple[list[int], list[int], list[int]]] = []
    held: list[tuple[list[int], list[int]]] = []
    for entries in records:
        own: list[int] = []
        states: list[int] = []
        proven: list[int] = []
        places: list[int] = []
        found: list[int] = []
        for owner, state, given, proof in entries:
            own.append(owners.setdefault(owner, len(owners)))
            states.append(_CODES[state])
            proven.append(proof)
            known = addresses.get(owner)
            if known is None:
                known = addresses[owner] = {}
            for slot, value in given.items():
                place = known.get(slot)
                if place is None:
                    place = known[slot] = len(listed)
                    listed.append((owner, slot))
                places.append(place)
                typed = isinstance(value, str), value
                found.append(values.setdefault(typed, len(values)))
        marks.append((own, states, proven))
        held.append((places, found))
    made = Entered(
        tuple(owners),
        tuple(listed),
        tuple(value for _, value in values),
        np.full((len(marks), len(owners)), NOTHING, np.int8),
        np.zeros((len(marks), len(owners)), np.int8),
        np.full((len(marks), len(listed)), NOTHING, np.int32),
    )
    for row, (columns, codes, proofs) in enumerate(marks):
        made.states[row, columns] = codes
        made.proven[row, columns] = proofs
    for row, (columns, typed_values) in enumerate(held):
        made.cells[row, columns] = typed_values
    return made


_CODES: Final = {state: place for place, state in enumerate(STATES)}

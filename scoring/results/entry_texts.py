"""How each entry lost its points, in words; entries that say the same are put into words once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from inspections.records.record import Observation, State
from inspections.records.redacting import redacted_observation
from rubrics.language.rubric import Indicator
from rubrics.language.slots import slots
from rubrics.rules import Slot
from rubrics.rules.cells import Cells
from scoring.engine.codes import CHECKED, STATES, StateArray, decoded
from scoring.engine.records import Entries, versions
from scoring.results.figures import Figures
from scoring.results.one_entry import reason_of
from scoring.results.shown import ShownRecords

_INAPPLICABLE: Final = b""
"""The key of all entries of an indicator that does not apply to their schools."""


class EntryTexts:
    """The texts of all entries under one rubric, made when they are asked for.

    What the columns hold is enough for most, and numbers are told as they count there, in 1/10000:
    a record is looked into only for words that somebody typed. ``redacting``: the texts are for
    others than the bureau.
    """

    def __init__(self, figures: Figures, *, redacting: bool) -> None:
        self._figures, self._redacting = figures, redacting
        self._indicators: dict[int, _Entered] = {}
        self._known: dict[tuple[int, bytes], str] = {}

    def text(self, records: ShownRecords, number: int, place: int) -> str:
        """Returns why an entry is excused or not checked, or how it lost points, in Chinese.

        It stands in record ``number`` of its school, in the indicator's column ``place``.
        """
        row = records.first + number
        entered = self._indicators.get(place)
        if entered is None:
            entered = self._indicators[place] = self._entered(place)
        key = entered.key(row)
        if key is None:
            return self._told(
                row, place, self._standing(row, records.answer(number, entered.owner))
            )
        text = self._known.get((place, key))
        if text is None:
            seen = entered.observation(row)
            if self._redacting:
                seen = redacted_observation(seen, False)
            text = self._known[place, key] = self._told(row, place, seen)
        return text

    def _standing(self, row: int, seen: Observation | None) -> Observation | None:
        """An entry with the facts that count, where inspectors do not agree on them."""
        disputes = self._figures.disputes
        if seen is None or disputes is None:
            return seen
        if not disputes.facts.disputed[row, disputes.facts.kind.owners[seen.owner]]:
            return seen
        return disputes.standing(row, seen)

    def _entered(self, place: int) -> _Entered:
        indicator, items = self._figures.rubric.indicators[place], self._figures.items
        return _entered(indicator, items.entries[indicator.id], items.records.states[:, place])

    def _told(self, row: int, place: int, seen: Observation | None) -> str:
        figures = self._figures
        columns, indicator = figures.columns, figures.rubric.indicators[place]
        return reason_of(
            figures.rubric,
            indicator,
            seen or Observation(indicator.id, State.UNCHECKED),
            STATES[int(figures.items.records.states[row, place])],
            day=date.fromordinal(int(columns.days[row])),
            elapsed=figures.elapsed,
            traits=columns.schools[int(columns.school[row])].traits,
        )


@dataclass(frozen=True, slots=True)
class _Entered:
    """What was entered for one indicator, by record.

    ``typed``: words that somebody typed are told of the entry. ``keys`` has ``width`` bytes a
    record, the same where all is the same that a text without such words follows from.
    """

    owner: str
    slots: tuple[Slot, ...]
    cells: Cells
    applies: list[bool]
    typed: list[bool]
    keys: bytes
    width: int

    def key(self, row: int) -> bytes | None:
        """Returns what an entry's text follows from; None where somebody's words are told."""
        if not self.applies[row]:
            return _INAPPLICABLE
        return None if self.typed[row] else self.keys[row * self.width : (row + 1) * self.width]

    def observation(self, row: int) -> Observation:
        """Returns a checked entry as the columns have it, without a word."""
        units, given = self.cells.units, self.cells.given
        values = {
            slot.key: decoded(slot, int(units[slot.key][row]))
            for slot in self.slots
            if given[slot.key][row]
        }
        return Observation(self.owner, State.CHECKED, values)


def _entered(indicator: Indicator, entries: Entries, states: StateArray) -> _Entered:
    cells, own = entries.cells, slots(indicator)
    typed = entries.states != CHECKED
    for slot in own:
        if slot.entry == "reason":
            typed = typed | cells.given[slot.key]
    rules = versions(indicator, entries.days)
    conditions = [
        cells.applies(part.when)
        for rule, _ in rules
        for part in rule.simple_parts(indicator.points)
        if part.when is not None
    ]
    units = np.column_stack(list(cells.units.values()))
    marks = np.column_stack([*cells.given.values(), *(rows for _, rows in rules), *conditions])
    keys = np.column_stack([units.view(np.uint8), marks.view(np.uint8), states.view(np.uint8)])
    return _Entered(
        indicator.id,
        own,
        cells,
        entries.applies.tolist(),
        typed.tolist(),
        keys.tobytes(),
        keys.shape[1],
    )

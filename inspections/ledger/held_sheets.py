"""The sheets of a ledger at hand: those that were asked for last, and the heads of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Final

from sqlalchemy import Engine

from inspections.ledger.recalling import SheetParts, sheet_parts
from inspections.ledger.sheets import Cells, FilledSheet, layouts
from inspections.records.record import Record
from inspections.records.record_list import Head, head_of

_KEPT: Final = 256
"""Sheets that are kept at hand."""


@dataclass
class SheetStore:
    """The sheets of a ledger by their facts. ``at_hand``: those that were asked for last."""

    ledger: Engine
    sheets: Mapping[int, FilledSheet]
    at_hand: dict[int, SheetParts] = field(default_factory=dict)

    @cached_property
    def layouts(self) -> Mapping[str, Cells]:
        """Where cells stand on sheets."""
        return layouts(self.ledger)

    def parts(self, id: int, beside: Sequence[int]) -> SheetParts:
        """Returns a sheet; those ``beside`` it are taken out with it."""
        found = self.at_hand.pop(id, None)
        if found is None:
            wanted = [one for one in beside if one not in self.at_hand]
            self.at_hand |= sheet_parts(
                self.ledger, (self.sheets[one] for one in wanted), self.layouts
            )
            found = self.at_hand.pop(id)
        self.at_hand[id] = found  # the last to go
        while len(self.at_hand) > _KEPT:
            del self.at_hand[next(iter(self.at_hand))]
        return found


def head_of_sheet(sheet: FilledSheet, changed: Record | None) -> Head:
    """Returns whose record a sheet makes, and when; ``changed``: as it was decided."""
    corrected = bool(sheet.corrects)
    if changed is not None:
        return head_of(changed)._replace(corrected=corrected)
    return Head(
        sheet.key,
        _day(sheet.day),
        _moment(sheet.arrived) if sheet.arrived else None,
        _moment(sheet.left) if sheet.left else None,
        sheet.file,
        sheet.sheet,
        sheet.digest,
        corrected=corrected,
    )


_day = lru_cache(1 << 12)(date.fromisoformat)
_moment = lru_cache(1 << 14)(datetime.fromisoformat)

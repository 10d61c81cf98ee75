"""A slot: a single cell that an inspector fills in for a rule.

Its ``key`` is its address inside the indicator: empty for the only slot of a simple rule, else ids
joined by dots (``guest``, ``fridge.2``, ``rules.present``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from rubrics.values.points import Points
from rubrics.values.ranges import Range, parse_range

EntryKind: TypeAlias = Literal[
    "count",  # whole number, 0 or more
    "number",  # reading with a unit
    "time",  # time of day, kept as minutes since midnight
    "date",  # date, kept as its number in a spreadsheet (days since 30 December 1899)
    "points",  # points within `range`, in steps or from a list
    "yes_no",  # √ or ×; partly counts as ×
    "choice",  # one of `options`
    "flag",  # 是 or 否: has this been established? (key items, red lines)
    "reason",  # free text that a deduction needs
]

Value: TypeAlias = Decimal | str
"""What a slot holds: a number (count, reading, points; minutes since midnight for a time; 1 or 0
for yes and no) or a text (a choice, a reason)."""

Values: TypeAlias = Mapping[str, Value]
"""What was entered, by slot key."""

COUNT = parse_range("[0, ∞)")
"""What a count may be."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell to fill.

    ``optional`` slots may stay blank. Slots of one ``group`` are samples of the same reading: one
    must be filled, unless all of them are optional. ``zero_if_blank``: where the inspector has
    stated that the indicator was checked, or has filled another slot of it, blank means none.
    ``beside``: the other half of a pair, of which neither is filled alone.
    ``deducts``: the number is taken off, so ``-2`` and ``扣2分`` mean 2.
    """

    key: str
    label: str
    entry: EntryKind
    unit: str = ""
    options: tuple[str, ...] = ()
    range: Range | None = None
    step: Decimal | None = None
    values: tuple[Points, ...] = ()
    group: str = ""
    optional: bool = False
    zero_if_blank: bool = False
    deducts: bool = False
    beside: str = ""


class Choice(NamedTuple):
    """Several things of which at least ``at_least`` must be entered: the slots of each, by key."""

    things: tuple[tuple[str, ...], ...]
    at_least: int


def joined(owner: str, key: str) -> str:
    """Returns a key as it is known one level up: ``fridge`` and ``2`` are ``fridge.2``.

    Either may be empty: the only slot of a part goes by the part's id, a rule that is no part
    adds nothing to its keys.
    """
    return f"{owner}.{key}" if owner and key else owner or key


def counted(key: str, label: str, unit: str) -> Slot:
    """Returns a slot for a whole number."""
    return Slot(key, label, "count", unit, range=COUNT)

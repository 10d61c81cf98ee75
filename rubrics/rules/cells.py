"""What the arithmetic of a rule is given and what it gives: one entry, or whole columns of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol, TypeAlias

from rubrics.rules.exact import Mask, Units, inside
from rubrics.rules.slot import Values, joined
from rubrics.values.conditions import Condition, Traits, holds
from rubrics.values.points import SCALE, BoolArray, IntArray, to_units
from rubrics.values.ranges import Range

PeriodLength: TypeAlias = Literal[
    "week", "month", "teaching_month", "quarter", "half_year", "term", "year"
]
Applies: TypeAlias = "Callable[[Condition | None], BoolArray]"


class Outcome(NamedTuple):
    """What a rule comes to: units earned, exactly, and where it could not be counted after all.

    ``excused``: leaves the denominator (nothing was due; too small a sample). ``void``: counts as
    not checked (an invalid vote). What ``earned`` holds there means nothing. Each is one number
    or truth for one entry, a column for columns; ``False`` is nowhere.
    """

    earned: Units
    excused: Mask = False
    void: Mask = False


class Entered(Protocol):
    """What was entered for one rule, as its arithmetic asks for it; keys as in ``slots``."""

    @property
    def elapsed(self) -> Mapping[PeriodLength, int]:
        """Whole periods of each length that have passed."""

    def reading(self, key: str = "") -> Units:
        """Returns what a slot holds, in units; 0 where it is blank."""

    def count(self, key: str = "") -> Units:
        """Returns what a slot holds as a whole number, never negative."""

    def filled(self, key: str = "") -> Mask:
        """Returns whether the slot was filled in."""

    def within(self, span: Range, key: str = "") -> Mask:
        """Returns whether the reading lies in ``span``; ends finer than a unit are exact."""

    def chosen(self, options: Mapping[str, Decimal], units: Callable[[Decimal], Units]) -> Units:
        """Returns the units of the option that the only slot holds; options in their order.

        Where the slot is blank it gives something meaningless, not an error.
        """

    def part(self, part: str) -> Entered:
        """Returns what was entered for one part of a composite."""

    def full(self, value: int) -> Units:
        """Returns ``value``, in every row."""

    def applies(self, condition: Condition | None) -> Mask:
        """Returns whether the school meets a condition."""


class Entry(NamedTuple):
    """One entry: the values of an indicator by slot key, of a school with ``traits``."""

    values: Values
    elapsed: Mapping[PeriodLength, int] = MappingProxyType({})
    traits: Traits = MappingProxyType({})
    prefix: str = ""

    def number(self, key: str = "") -> Decimal | None:
        """Returns the number that a slot holds, or None."""
        value = self.values.get(joined(self.prefix, key))
        return value if isinstance(value, Decimal) else None

    def text(self, key: str = "") -> str:
        """Returns the text that a slot holds, or nothing."""
        return str(self.values.get(joined(self.prefix, key), "")).strip()

    def reading(self, key: str = "") -> int:
        """See :class:`Entered`."""
        value = self.number(key)
        return 0 if value is None else to_units(value)

    def count(self, key: str = "") -> int:
        """See :class:`Entered`."""
        value = self.number(key)
        return 0 if value is None else max(int(value), 0)

    def filled(self, key: str = "") -> bool:
        """See :class:`Entered`."""
        return joined(self.prefix, key) in self.values

    def within(self, span: Range, key: str = "") -> bool:
        """See :class:`Entered`."""
        value = self.number(key)
        return value is not None and value in span

    def chosen(self, options: Mapping[str, Decimal], units: Callable[[Decimal], Units]) -> Units:
        """See :class:`Entered`."""
        option = options.get(self.text())
        return 0 if option is None else units(option)

    def part(self, part: str) -> Entry:
        """See :class:`Entered`."""
        return Entry(self.values, self.elapsed, self.traits, joined(self.prefix, part))

    def full(self, value: int) -> int:
        """See :class:`Entered`."""
        return value

    def applies(self, condition: Condition | None) -> bool:
        """See :class:`Entered`."""
        return holds(condition, self.traits)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one indicator, as columns by slot key: one row a record.

    ``units`` are in 1/10000, 0 where blank (``given`` tells); a choice is its option's position.
    ``elapsed``: whole periods of each length. ``meets``: which records' schools meet a condition.
    """

    units: Mapping[str, IntArray]
    given: Mapping[str, BoolArray]
    rows: int
    elapsed: Mapping[PeriodLength, int]
    meets: Applies
    prefix: str = ""

    def reading(self, key: str = "") -> IntArray:
        """See :class:`Entered`."""
        return self.units[joined(self.prefix, key)]

    def count(self, key: str = "") -> IntArray:
        """See :class:`Entered`."""
        return (self.units[joined(self.prefix, key)] // SCALE).clip(0)

    def filled(self, key: str = "") -> BoolArray:
        """See :class:`Entered`."""
        return self.given[joined(self.prefix, key)]

    def within(self, span: Range, key: str = "") -> BoolArray:
        """See :class:`Entered`."""
        found: BoolArray = inside(span, self.reading(key))
        return found

    def chosen(self, options: Mapping[str, Decimal], units: Callable[[Decimal], Units]) -> Units:
        """See :class:`Entered`."""
        import numpy as np

        found = [units(option) for option in options.values()]
        whole = all(isinstance(one, int) for one in found)
        return np.array(found, np.int64 if whole else object)[self.reading()]

    def part(self, part: str) -> Cells:
        """See :class:`Entered`."""
        return replace(self, prefix=joined(self.prefix, part))

    def full(self, value: int) -> IntArray:
        """See :class:`Entered`."""
        import numpy as np

        return np.full(self.rows, value, np.int64)

    def applies(self, condition: Condition | None) -> BoolArray:
        """See :class:`Entered`."""
        return self.meets(condition)

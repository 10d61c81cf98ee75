"""Pieces of the score formulas: functions that every spreadsheet has had since 2007.

The engine's arithmetic is exact until publication, and so, as far as a double goes, is the
sheet's: quotients are taken of whole numbers (1/10000 point) and not rounded; where figures are
compared or published, :func:`settled` first takes off what doubles added. A formula (without
``=``) gives a number, an empty text while entries are missing, or a word that says why there is
none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rubrics.rules.cells import PeriodLength
from rubrics.values.amounts import Number
from rubrics.values.conditions import Traits
from rubrics.values.points import SCALE, number_text
from rubrics.values.ranges import Range

_NOTHING = Decimal(0)

EXCUSED_WORDS = TOO_SMALL, NOTHING_DUE = "样本不足", "应有为0"
"""Shown as the score where the rule's own arithmetic excuses the item."""

NO_QUORUM, CONTRADICTION = "测评无效", "数有误"
"""Shown as the score where the entries do not count; the item stays unchecked."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What formulas need beside the rule: the traits of the sheet's schools, the periods that have
    passed in the round, and which way the rubric counts.
    """

    traits: Traits
    elapsed: Mapping[PeriodLength, int]
    demerits: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the entries of one rule stand in a sheet: rows by the slot's key within the rule.

    ``read`` names the cell of a row in which its entry is read as a number, ``part`` the one in
    which the score of a composite's part stands, by its row and level: 0 for one without parts.
    ``level`` is how deep the rule lies in composites.
    """

    rows: Mapping[str, int]
    setting: Setting
    read: Callable[[int], str]
    part: Callable[[int, int], str]
    level: int = 0

    def cell(self, key: str = "") -> str:
        """Returns the cell of a slot."""
        return self.read(self.rows[key])

    def cells(self, keys: Iterable[str]) -> str:
        """Returns the cells of several slots as arguments of a function."""
        return listing((self.rows[key] for key in keys), self.read)

    def complete(self, formula: str) -> str:
        """Returns the formula with its value shown once all entries read as numbers."""
        cells = listing(self.rows.values(), self.read)
        if len(self.rows) == 1:
            return f'IF(ISNUMBER({cells}),{formula},"")'
        return f'IF(COUNT({cells})={len(self.rows)},{formula},"")'

    def less(self, points: Decimal, loss: str, floor: Decimal = _NOTHING) -> str:
        """Returns P less what is lost, not below ``floor``; of demerits what is lost, P at most."""
        if self.setting.demerits:
            return f"ROUND(MIN({literal(points)},{loss}),4)"
        return f"ROUND(MAX({literal(floor)},{literal(points)}-({loss})),4)"

    def of_part(self, part: str) -> Rows:
        """Returns the rows of one part of a composite."""
        inner = {
            key.removeprefix(part).removeprefix("."): row
            for key, row in self.rows.items()
            if key == part or key.startswith(f"{part}.")
        }
        return Rows(inner, self.setting, self.read, self.part, self.level + 1)

    @property
    def first(self) -> int:
        """The row in which the rule's entries begin."""
        return min(self.rows.values())


def quoted(text: str) -> str:
    """Returns a text as it stands in a formula."""
    return '"' + text.replace('"', '""') + '"'


def literal(value: Number) -> str:
    """Returns a number as it stands in a formula, exactly as the rubric has it."""
    text = number_text(value)
    return f"({text})" if "/" in text else text


def within(cell: str, allowed: Range) -> str:
    """Returns the condition that a cell's number lies in ``allowed``."""
    return all_of(f"{cell}{sign}{literal(end)}" for sign, end in ends(allowed))


def ends(allowed: Range) -> list[tuple[str, Number]]:
    """Returns the ends that a range has, each with its sign: ``>=``, 8."""
    found: list[tuple[str, Number]] = []
    if allowed.low is not None:
        found.append((">" + "=" * allowed.low_closed, allowed.low))
    if allowed.high is not None:
        found.append(("<" + "=" * allowed.high_closed, allowed.high))
    return found


def all_of(tests: Iterable[str]) -> str:
    """Returns the condition that all of some conditions hold."""
    found = list(tests)
    return f"AND({','.join(found)})" if len(found) > 1 else "".join(found) or "TRUE"


def one_of(cell: str, choices: tuple[str, ...]) -> str:
    """Returns the condition that a cell's text is one of ``choices``, capitals told apart."""
    tests = ",".join(f"EXACT({cell},{quoted(choice)})" for choice in choices)
    return f"OR({tests})" if len(choices) > 1 else tests


def zero(cell: str) -> str:
    """Returns the condition that a cell holds 0, and is not blank."""
    return f"AND(ISNUMBER({cell}),N({cell})=0)"


def quotient(numerator: str, denominator: str) -> str:
    """Returns points, not rounded, of two whole numbers of units."""
    return f"({numerator})/(({denominator})*{SCALE})"


def settled(value: str) -> str:
    """Returns a value without the noise of doubles: 0.3 where 0.1 and 0.2 were added."""
    return f"ROUND({value},9)"


def first_of(chain: Sequence[tuple[str, str]], otherwise: str) -> str:
    """Returns the value of the first condition that holds."""
    return "".join(f"IF({test},{value}," for test, value in chain) + otherwise + ")" * len(chain)


def listing(rows: Iterable[int], at: Callable[[int], str]) -> str:
    """Returns the cells of ``rows`` as arguments of a function, neighbours as ranges."""
    return ",".join(at(low) if low == high else f"{at(low)}:{at(high)}" for low, high in runs(rows))


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Returns ascending row numbers as (first, last) of every run of neighbours."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found

"""Pieces of formulas: numbers and texts as formulas spell them, conditions, lists of cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from inspections.workbook.form.layout import Column
from rubrics.values.points import SCALE, plain
from rubrics.values.ranges import Range


def quoted(text: str) -> str:
    """Returns a text as it stands in a formula."""
    return '"' + text.replace('"', '""') + '"'


def literal(value: Decimal) -> str:
    """Returns a number as it stands in a formula, exactly as the rubric has it."""
    return str(plain(value))


def within(cell: str, allowed: Range) -> str:
    """Returns the condition that a cell's number lies in ``allowed``."""
    tests = []
    if allowed.low is not None:
        tests.append(f"{cell}>{'=' * allowed.low_closed}{literal(allowed.low)}")
    if allowed.high is not None:
        tests.append(f"{cell}<{'=' * allowed.high_closed}{literal(allowed.high)}")
    return f"AND({','.join(tests)})" if len(tests) > 1 else "".join(tests) or "TRUE"


def one_of(cell: str, choices: tuple[str, ...]) -> str:
    """Returns the condition that a cell's text is one of ``choices``, capitals told apart."""
    tests = ",".join(f"EXACT({cell},{quoted(choice)})" for choice in choices)
    return f"OR({tests})" if len(choices) > 1 else tests


def quotient(numerator: str, denominator: str) -> str:
    """Returns points, rounded half-up to 1/10000, of two whole numbers of units."""
    return f"ROUND(({numerator})/({denominator}),0)/{SCALE}"


def first_of(chain: Sequence[tuple[str, str]], otherwise: str) -> str:
    """Returns the value of the first condition that holds."""
    return "".join(f"IF({test},{value}," for test, value in chain) + otherwise + ")" * len(chain)


def complete(rows: Iterable[int], formula: str) -> str:
    """Returns the formula with its value shown once all of ``rows`` read as numbers."""
    numbers = list(rows)
    if len(numbers) == 1:
        return f'IF(ISNUMBER({listing(numbers)}),{formula},"")'
    return f'IF(COUNT({listing(numbers)})={len(numbers)},{formula},"")'


def listing(rows: Iterable[int], column: Column = Column.READ) -> str:
    """Returns the cells of ``rows`` as arguments of a function, neighbours as ranges."""
    return ",".join(
        column.at(low) if low == high else f"{column.at(low)}:{column.at(high)}"
        for low, high in runs(rows)
    )


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Returns ascending row numbers as (first, last) of every run of neighbours."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found

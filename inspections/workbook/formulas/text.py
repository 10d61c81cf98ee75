"""Lists of cells as formulas name them."""

from __future__ import annotations

from collections.abc import Iterable

from inspections.workbook.form.layout import Column
from rubrics.rules import formulas


def listing(rows: Iterable[int], column: Column = Column.READ) -> str:
    """Returns the cells of ``rows`` as arguments of a function, neighbours as ranges."""
    return formulas.listing(rows, column.at)

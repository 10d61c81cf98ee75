"""Tables that lie in memory: rows as dictionaries, or a pandas ``DataFrame``."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from inspections.round.table import Table

if TYPE_CHECKING:
    import pandas as pd

Rows: TypeAlias = "Sequence[Mapping[str, object]] | pd.DataFrame"
"""One row a school: ``school``, traits, and a column for every entry, as ``rubric try`` reads."""


def table_of(rows: Rows) -> Table:
    """Returns rows as a table whose headings stand in row 1; what is missing is blank."""
    if isinstance(rows, Sequence):
        columns = list(dict.fromkeys(column for row in rows for column in row))
        cells = [[_cell(row.get(column)) for column in columns] for row in rows]
        return Table("", "", [columns, *cells])
    frame = rows if rows.index.name is None else rows.reset_index()
    columns = [str(column) for column in frame.columns]
    known = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    return Table("", "", [columns, *([_cell(value) for value in row] for row in known)])


def _cell(value: object) -> object:
    """What a cell of a workbook would hold; a decimal goes by its own text, which is exact."""
    match value:
        case None:
            return ""
        case Decimal():
            return format(value, "f")
        case np.generic():
            return value.item()
        case float() if math.isnan(value):
            return ""
    return value

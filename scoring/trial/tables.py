"""Tables that lie in memory: rows as dictionaries, or a pandas ``DataFrame``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

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
    known = frame.astype(object).where(frame.notna(), "")
    return Table("", "", [columns, *known.to_numpy().tolist()])


def _cell(value: object) -> object:
    return "" if value is None else value

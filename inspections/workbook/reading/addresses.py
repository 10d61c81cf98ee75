"""Where the rows of a filled sheet are: each is known by its address, wherever it was moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from inspections.records.entries import shown
from inspections.round.table import code
from inspections.workbook.form.expectations import ExpectedSheet
from inspections.workbook.form.layout import HEADER_ROW, Column
from inspections.workbook.reading.sheet_cells import SheetCells


def row_index(
    cells: SheetCells, expected: ExpectedSheet
) -> tuple[Mapping[str, int], Sequence[int]]:
    """Returns address -> row, and the rows without an address, all counted from 0.

    Rows that are missing, doubled or unknown are reported. Codes: row-unknown, row-twice,
    row-missing.
    """
    wanted, in_place = expected.index, expected.column
    column = [row[0] for row in cells.rows[HEADER_ROW:]]
    rest = range(HEADER_ROW + len(in_place), len(cells.rows))
    if column[: len(in_place)] == in_place and not any(column[len(in_place) :]):
        return wanted, (*expected.nameless, *rest)
    found: dict[str, int] = {}
    nameless: list[int] = []
    for row in range(HEADER_ROW, len(cells.rows)):
        raw = cells.rows[row][0]
        if raw == "":
            nameless.append(row)
            continue
        address = raw if raw in wanted else code(raw)
        if not isinstance(address, str) or address not in wanted:
            if address:
                cells.report(Column.ADDRESS.at(row + 1), "row-unknown", code=shown(raw))
        elif address in found:
            cells.report(Column.ADDRESS.at(row + 1), "row-twice", code=address)
        else:
            found[address] = row
    if found.keys() != wanted.keys():
        for address in wanted:
            if address not in found:
                # There is no cell to point at; where it used to be is the next best.
                at = Column.ADDRESS.at(wanted[address] + 1)
                cells.report(at, "row-missing", code=address)
    return found, nameless

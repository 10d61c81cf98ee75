"""Tells which rows and columns to fill in are hidden, and what was left blank there."""

from __future__ import annotations

from collections.abc import Mapping

from inspections.round.table import blank
from inspections.workbook.form.expectations import ExpectedSheet
from inspections.workbook.form.layout import INPUTS, Column
from inspections.workbook.reading.sheet_cells import SheetCells


def report_hidden(cells: SheetCells, expected: ExpectedSheet, found: Mapping[str, int]) -> None:
    """Adds hidden rows and columns that were to be filled in and are blank to ``cells``.

    ``found``: address -> row counted from 0. What was typed in hidden ones is read as anywhere,
    without a word. Codes: rows-hidden, columns-hidden.
    """
    unseen = cells.facts.out_of_sight.get(cells.name)
    if unseen is None or not any(unseen):
        return
    asked = sorted(
        found[row.address]
        for owner in expected.owners
        if owner.block.first.kind != "inapplicable"
        for row in owner.block.rows
        if row.address in found
    )
    rows = cells.rows
    left = [it for it in asked if it in unseen.rows and all(blank(rows[it][at]) for at in INPUTS)]
    if left:
        cells.report(Column.ADDRESS.at(left[0] + 1), "rows-hidden", rows=_numbers(left))
    empty = [
        it for it in INPUTS if it in unseen.columns and all(blank(rows[at][it]) for at in asked)
    ]
    if empty:
        cells.report("", "columns-hidden", columns="、".join(it.letter for it in empty))


def _numbers(rows: list[int]) -> str:
    """Row numbers as Excel has them, runs drawn together: 9、12—15."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    ends = ((run[0] + 1, run[-1] + 1) for run in runs)
    return "、".join(f"{low}" if low == high else f"{low}—{high}" for low, high in ends)

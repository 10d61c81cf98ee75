"""What was typed where nothing is to be filled in: reported, or kept as a statement."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from inspections.records.entries import shown
from inspections.round.table import blank, cell, row_and_column
from inspections.workbook.form.expectations import ExpectedSheet
from inspections.workbook.form.layout import SIGNED, TOTALS_ROW, Column
from inspections.workbook.reading.misplaced import (
    Stray,
    in_known_rows,
    in_other_rows,
    in_the_head,
)
from inspections.workbook.reading.sheet_cells import SheetCells, some_cells
from inspections.workbook.reading.workbook_record import TypedCell
from rubrics.values.points import plain


def report_strays(
    cells: SheetCells,
    expected: ExpectedSheet,
    found: Mapping[str, int],
    nameless: Sequence[int],
    confirming: Collection[int],
    same: bool,
) -> None:
    """Adds what stands beside the entries to ``cells``.

    ``found``, ``nameless``: as ``row_index`` returns them; ``confirming``: the rows with a
    confirmation; ``same``: the sheet was made from the rubric as it is now. Codes: score-altered,
    points-altered, entry-misplaced, statement-kept, texts-other.
    """
    rows, printed = cells.rows, expected.printed
    words = expected.rubric.words
    last = max(found.values(), default=0)
    first = {row: expected.points_by_row.get(address) for address, row in found.items()}
    points = {row: item for row, item in first.items() if item is not None}
    known = ((printed[address], row) for address, row in found.items())
    typed, reworded = in_known_rows(rows, known, same)
    if reworded:
        told = (cell(stray.row, stray.column) for stray in reworded)
        said = some_cells(zip(told, (stray.raw for stray in reworded), strict=True))
        cells.report("", "texts-other", count=len(reworded), detail=said)
    strays = (
        *in_the_head(rows, words),
        *_in_results(cells, found.values(), confirming),
        *typed,
        *in_other_rows(rows, nameless, last, expected.headings, same, confirming, words),
    )
    # Behind the table both its results and what stands beside it may be looked for.
    for stray in {(stray.row, stray.column): stray for stray in strays}.values():
        at, said = cell(stray.row, stray.column), shown(stray.raw)
        if stray.column == Column.POINTS and stray.row in points:
            cells.report(at, "points-altered", value=said, points=plain(points[stray.row]))
            continue
        if stray.column == Column.SCORE and stray.row in points and type(stray.raw) is not str:
            cells.report(at, "score-altered")
            continue
        if not stray.label:
            cells.report(at, "entry-misplaced", value=said)
            continue
        cells.report(at, "statement-kept", label=stray.label, value=said)
        kept = cells.signed if f"{stray.label}：" in SIGNED else cells.typed
        kept.append(TypedCell("", stray.label, stray.raw, at))


def _in_results(
    cells: SheetCells, owners: Collection[int], confirming: Collection[int]
) -> Iterator[Stray]:
    """Yields what stands in place of formulas: in the totals, and in the rows that have them."""
    known = {TOTALS_ROW - 1, *owners}
    for sheet, at in sorted(cells.facts.scores):
        row, column = row_and_column(at)
        ours = row in known or (column == Column.READ and row in confirming)
        if sheet == cells.name and ours and row < len(cells.rows):
            raw = cells.rows[row][column] if column < len(cells.rows[row]) else ""
            if not blank(raw):
                yield Stray(row, column, raw)

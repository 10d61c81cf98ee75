"""What was typed where nothing is to be filled in: reported, or kept as a statement."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from inspections.records.entries import shown
from inspections.round.table import cell
from inspections.workbook.form.expectations import ExpectedSheet
from inspections.workbook.form.layout import SIGNED, Column
from inspections.workbook.reading.misplaced import in_known_rows, in_other_rows, in_the_head
from inspections.workbook.reading.sheet_cells import SheetCells
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
    points-altered, entry-misplaced, statement-kept.
    """
    rows, printed = cells.rows, expected.printed
    last = max(found.values(), default=0)
    first = {row: expected.points_by_row.get(address) for address, row in found.items()}
    points = {row: item for row, item in first.items() if item is not None}
    for sheet, at in sorted(cells.facts.scores):
        if sheet == cells.name and int(at[1:]) - 1 in points:
            cells.report(at, "score-altered")
    known = ((printed[address], row) for address, row in found.items())
    for stray in (
        *in_the_head(rows),
        *in_known_rows(rows, known, same),
        *in_other_rows(rows, nameless, last, expected.headings, same, confirming),
    ):
        at, said = cell(stray.row, stray.column), shown(stray.raw)
        if stray.column == Column.POINTS and stray.row in points:
            cells.report(at, "points-altered", value=said, points=plain(points[stray.row]))
            continue
        if not stray.label:
            cells.report(at, "entry-misplaced", value=said)
            continue
        cells.report(at, "statement-kept", label=stray.label, value=said)
        kept = cells.signed if f"{stray.label}：" in SIGNED else cells.typed
        kept.append(TypedCell("", stray.label, stray.raw, at))

"""Draws 现场反馈单: a page that fills itself, and its second page."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from inspections.round.round import Round
from inspections.workbook.drawing.template import (
    Alike,
    Style,
    Template,
    drawn,
    sharing,
    write_formula,
)
from inspections.workbook.form.contents import SheetEntries
from inspections.workbook.form.feedback import (
    COMPANY_SIGNED,
    END,
    ENTRIES,
    FIRST,
    FURTHER_FIRST,
    FURTHER_ROWS,
    LAST,
    LIST_FIRST,
    NOTE,
    PARTS,
    PLACE_CELL,
    ROWS,
    SIGNED,
    WIDTHS,
    feedback_title,
    further_title,
    owned,
    subtitle,
)
from inspections.workbook.form.identity import Identity
from inspections.workbook.form.sheet_form import SheetForm
from inspections.workbook.formulas.feedback import (
    COLUMNS,
    ITEM,
    LIST,
    LIST_ALIKE,
    TOTAL,
    VISIT,
    Texts,
    head_formulas,
    list_formulas,
    listed,
    sums,
    table_formulas,
)
from rubrics.rules.formulas import Setting, quoted

_ROW, _HEADER = 12.0, 16.0
_ACROSS = ("A{0}:B{0}", "C{0}:D{0}", "E{0}:F{0}")


def feedback_pages(form: SheetForm, settings: Round, setting: Setting) -> tuple[Template, Template]:
    """Returns both pages for the visit sheet of ``form``, to be filled."""
    first = drawn(lambda sheet, style: _draw_first(sheet, style, form, settings, setting))
    further = drawn(lambda sheet, style: _draw_further(sheet, style, form))
    end = LIST_FIRST + len(listed(form.layout)) - 1
    of_list = [Alike(columns, row, end) for columns, row in LIST_ALIKE]
    return (
        sharing(first, [Alike(COLUMNS, FIRST, FIRST + ROWS - 1), *of_list]),
        sharing(further, [Alike(COLUMNS, FURTHER_FIRST, FURTHER_FIRST + FURTHER_ROWS - 1)]),
    )


def _draw_first(
    sheet: Worksheet, style: Style, form: SheetForm, settings: Round, setting: Setting
) -> None:
    """Draws the first page on an empty worksheet."""
    _set_up(sheet)
    rubric, found = form.rubric, listed(form.layout)
    head = head_formulas()
    for row, height in {1: 26, 2: 16, 3: 17, 4: 17, 5: 18, 6: 17, 7: _HEADER}.items():
        sheet.set_row(row - 1, height)
    sheet.merge_range("A1:F1", feedback_title(rubric), style("title"))
    sheet.merge_range("A2:F2", subtitle(settings.title), style("fb_subtitle"))
    lines = {"A3:C3": "school", "D3:F3": "day", "A4:C4": "people", "D4:F4": "companion"}
    for cells, name in lines.items():
        _formula(sheet, cells, head[name], style("fb_line"))
    _formula(sheet, "A6:F6", sums(form.layout), style("fb_line"))
    _table(sheet, style, FIRST, ROWS, table_formulas(len(found), 1))
    _texts(sheet, list_formulas(form.layout, rubric, setting))
    more = quoted("（续下页：请把“续页”一并打印）")
    _formula(sheet, f"A{END}:F{END}", f'=IF({TOTAL}>{ROWS},{more},"")', style("fb_note"))
    for row, height in zip(range(END, LAST + 1), (13, 30, 24, 24, 6, 22, 24), strict=True):
        sheet.set_row(row - 1, height)
    for cells, label in zip(_ACROSS, SIGNED, strict=True):
        sheet.merge_range(cells.format(END + 2), label, style("fb_sign"))
    sheet.merge_range(_ACROSS[0].format(END + 3), COMPANY_SIGNED, style("fb_sign"))
    for item in ENTRIES.values():
        sheet.write_string(item.label_range, item.label, style("fb_label"))
        _blank(sheet, item.range, style("fb_entry"))
    sheet.merge_range(f"A{LAST}:F{LAST}", NOTE, style("fb_note"))
    sheet.write_string(PLACE_CELL, "?")


def _draw_further(sheet: Worksheet, style: Style, form: SheetForm) -> None:
    """Draws the second page."""
    _set_up(sheet)
    count = len(listed(form.layout))
    for row, height in {1: 24, 2: 16, 3: _HEADER}.items():
        sheet.set_row(row - 1, height)
    sheet.merge_range("A1:F1", further_title(form.rubric), style("title"))
    # A whole workbook that is turned into a PDF has this page in any case; see ``form.feedback``.
    unused = quoted("　（没有续项：本页不用打印，不用签字）")
    head = f'{head_formulas()["school"]}&IF({LIST}{TOTAL}>{ROWS},"",{unused})'
    _formula(sheet, "A2:F2", head, style("fb_line"))
    _table(sheet, style, FURTHER_FIRST, FURTHER_ROWS, table_formulas(count, 2))
    end = FURTHER_FIRST + FURTHER_ROWS
    more = quoted("（其余写不下，见检查表）")
    over = f'=IF({LIST}{TOTAL}>{ROWS + FURTHER_ROWS},{more},"")'
    _formula(sheet, f"A{end}:F{end}", over, style("fb_note"))
    sheet.set_row(end, 26)
    for cells, label in zip(_ACROSS, SIGNED, strict=True):
        sheet.merge_range(cells.format(end + 1), label, style("fb_sign"))
    sheet.write_string(PLACE_CELL, "?")


FIRST_AREA = f"$A$1:$F${LAST}"
FURTHER_AREA = f"$A$1:$F${FURTHER_FIRST + FURTHER_ROWS + 1}"


def filled_page(
    template: Template,
    page: int,
    identity: Identity,
    entries: SheetEntries,
    names: Mapping[str, str],
) -> bytes:
    """Returns a page as XML, with what is typed on it; ``names``: of the sheets, by their marks."""
    values = {PLACE_CELL: owned(identity, page)}
    if page == 1:
        values |= {ENTRIES[it].cell: str(text) for it, text in entries.feedback.items() if text}
    made = template.filled(values, {})
    for mark, name in names.items():
        shown = escape("'" + name.replace("'", "''") + "'!")
        made = made.replace(mark.encode(), shown.encode())
    return made


def marks(visit: str, feedback: str) -> dict[str, str]:
    """Returns the names of the sheets by what stands for them in formulas."""
    return {VISIT: visit, LIST: feedback}


def _set_up(sheet: Worksheet) -> None:
    for column, width in WIDTHS.items():
        sheet.set_column(column, column, width)
    sheet.set_column("G:G", 2)
    sheet.set_column("H:T", None, None, {"hidden": True})
    sheet.hide_gridlines(2)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.4)
    sheet.center_horizontally()
    sheet.protect("", {"format_columns": True, "format_rows": True, "objects": True})


def _table(sheet: Worksheet, style: Style, first: int, rows: int, texts: Mapping[str, str]) -> None:
    for column, text in PARTS.items():
        sheet.write_string(first - 2, column, text, style("fb_head"))
    for row in range(first, first + rows):
        sheet.set_row(row - 1, _ROW)
        for letter, formula in texts.items():
            look = style("fb_centre" if letter in "AEF" else "fb_text") if letter < "G" else None
            if row == first:
                write_formula(sheet, f"{letter}{row}", formula, look)
            else:
                sheet.write_number(f"{letter}{row}", 0, look)  # the first row's, once it is shared
    area = f"A{first}:F{first + rows}"
    here, above = f"${ITEM}{first}", f"${ITEM}{first - 1}"
    begins = f'AND({here}<>"",$A{first}<>"")'
    ends = f'AND({here}="",{above}<>"")' if first > 1 else "FALSE"
    for test, look in ((begins, "row begins"), (f'{here}<>""', "row"), (ends, "row ends")):
        rule = {"type": "formula", "criteria": f"={test}", "format": style(look)}
        sheet.conditional_format(area, rule)


def _texts(sheet: Worksheet, texts: Texts) -> None:
    for name, text in texts.items():
        if isinstance(text, int):
            sheet.write_number(name, text)
        elif text.startswith("="):
            write_formula(sheet, name, text)
        else:
            sheet.write_string(name, text)


def _formula(sheet: Worksheet, cells: str, formula: str, look: Format) -> None:
    sheet.merge_range(cells, "", look)
    write_formula(sheet, cells, formula, look)


def _blank(sheet: Worksheet, cells: str, look: object) -> None:
    if ":" in cells:
        sheet.merge_range(cells, "", look)
    else:
        sheet.write_blank(cells, None, look)

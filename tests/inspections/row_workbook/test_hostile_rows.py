"""What somebody sends in place of an honest list: read as it is seen, or told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from inspections.row_workbook import Row, read_rows, rows_data
from tests.inspections.row_workbook.sample_books import BOOK, ROWS
from tests.inspections.row_workbook.test_row_workbook import FILLED, WHOLE, back, fill, told, typed

SHEET = "xl/worksheets/sheet1.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of WPS or of Word begins, and one that is locked with a password."""


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name: held.read(name) for name in held.namelist()}


def packed(held: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in held.items():
            package.writestr(name, data)
    return made.getvalue()


def filled() -> dict[str, bytes]:
    """The parts of a list that was filled in without a mistake."""
    rows = tuple(replace(row, entries=WHOLE[row.key]) for row in ROWS)
    return parts(rows_data(replace(BOOK, rows=rows)))


TYPED = ('=HYPERLINK("http://a.example","点")', "+1+1", "@SUM(A1)", "-2+3")


@pytest.mark.parametrize("text", TYPED)
def test_what_looks_like_a_formula_is_a_text_and_stays_one(text: str, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        fill(sheet)
        sheet["D6"].value = text
        sheet["D6"].data_type = "s"

    read, problems = back(tmp_path, change)
    assert problems == []
    assert read is not None
    said = read.rows[0].text("done")
    assert said == text
    again = rows_data(replace(BOOK, rows=(Row("Z-1", {"fact": said}, {"done": said}),)))
    sheet = load_workbook(io.BytesIO(again)).worksheets[0]
    assert [sheet[cell].data_type for cell in ("B6", "D6")] == ["s", "s"]


def _formula(sheet: Worksheet) -> None:
    fill(sheet, {**FILLED, "D6": '=HYPERLINK("http://a.example","点我")'})


def _outside(sheet: Worksheet) -> None:
    fill(sheet, {**FILLED, "F6": "='[别的.xlsx]Sheet1'!A1"})


def _hidden_column(sheet: Worksheet) -> None:
    fill(sheet, {**FILLED, "J6": "另有隐情"})
    sheet.column_dimensions["J"].hidden = True


def _hidden_sheet(sheet: Worksheet) -> None:
    fill(sheet)
    assert sheet.parent is not None
    other = sheet.parent.create_sheet("藏")
    other["A1"] = "另有隐情"
    other.sheet_state = "veryHidden"


@pytest.mark.parametrize(
    ("change", "due"),
    [
        (_formula, [("entry-lost", "D6")]),
        (_outside, [("entry-lost", "F6")]),
        (_hidden_column, [("rows-column-unread", "J6")]),
        (_hidden_sheet, [("rows-sheet-unread", "")]),
    ],
)
def test_what_is_put_out_of_sight_is_told(
    change: Callable[[Worksheet], None], due: list[tuple[str, str]], tmp_path: Path
) -> None:
    read, problems = back(tmp_path, change)
    assert told(problems) == due
    assert typed(read)["Z-0007"] == WHOLE["Z-0007"]


@pytest.mark.parametrize("hide", ["rows", "columns"])
def test_entries_that_are_hidden_are_read(hide: str, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        fill(sheet)
        if hide == "rows":
            sheet.row_dimensions[6].hidden = True
        else:
            sheet.column_dimensions["D"].hidden = True

    read, _ = back(tmp_path, change)
    assert typed(read) == WHOLE


def test_a_workbook_with_macros_is_read_and_they_are_not(tmp_path: Path) -> None:
    held = filled()
    types = "[Content_Types].xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert plain in held[types]
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    held[types] = held[types].replace(plain, macros)
    held["xl/vbaProject.bin"] = _OLE + bytes(4096)
    (tmp_path / "表.xlsm").write_bytes(packed(held))
    read, _ = read_rows(tmp_path / "表.xlsm", [BOOK])
    assert typed(read) == WHOLE


_STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main":
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships":
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}  # fmt: skip


def test_strict_open_xml_is_read(tmp_path: Path) -> None:
    held = filled()
    for before, now in _STRICT.items():
        held = {name: data.replace(before, now) for name, data in held.items()}
    (tmp_path / "表.xlsx").write_bytes(packed(held))
    read, problems = read_rows(tmp_path / "表.xlsx", [BOOK])
    assert typed(read) == WHOLE
    assert problems == []


def _bomb() -> bytes:
    """One text of 1 GB, packed to 1 MB."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in filled().items():
            if name != SHEET:
                package.writestr(name, data)
        with package.open(SHEET, "w") as part:
            head, _, tail = filled()[SHEET].partition(b"<sheetData>")
            part.write(head + b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>')
            for _ in range(1024):
                part.write(b"A" * (1 << 20))
            part.write(b"</t></is></c></row>" + tail)
    return made.getvalue()


def _far_below() -> bytes:
    made = io.BytesIO()
    held = load_workbook(io.BytesIO(packed(filled())))
    held.worksheets[0]["D1048576"] = "最后一行"
    held.save(made)
    return made.getvalue()


def _a_million_rows() -> bytes:
    held = filled()
    head, _, tail = held[SHEET].rpartition(b"</sheetData>")
    row = b'<row r="%d"><c r="K%d"><v>1</v></c></row>'
    rows = b"".join(row % (number, number) for number in range(100, 1_048_577))
    held[SHEET] = head + rows + b"</sheetData>" + tail
    return packed(held)


@pytest.mark.parametrize(
    "made",
    [
        lambda: _OLE + bytes(8192),
        lambda: packed(filled())[:3000],
        lambda: b"PK\x05\x06" + bytes(18),
        _bomb,
        _a_million_rows,
        _far_below,
    ],
    ids=["wps, or a password", "cut off", "empty package", "bomb", "a million rows", "far below"],
)
def test_what_cannot_be_read_is_one_problem(made: Callable[[], bytes], tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(made())
    read, problems = read_rows(tmp_path / "表.xlsx", [BOOK], "表.xlsx")
    if read is not None:
        # Then all that stands there has been told.
        assert typed(read) == WHOLE
        assert problems
        return
    assert [(item.code, item.place.file) for item in problems] == [("rows-unreadable", "表.xlsx")]
    assert problems[0].remedy

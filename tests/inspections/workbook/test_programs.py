"""Files as other programs write them are read as the same file that this program wrote."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from inspections.records.record import Record
from inspections.round.opened import OpenRound
from inspections.workbook.form.expectations import expectations
from inspections.workbook.marking.marked import marked
from inspections.workbook.reading.standard import by_the_standard
from inspections.workbook.reading.workbook import read_workbook
from inspections.workbook.reading.workbook_record import WorkbookRecord
from tests.conftest import Convert
from tests.inspections.small_round import entry_cell
from tests.inspections.workbook.programs import (
    PROGRAMS,
    SHEET,
    Parts,
    Writer,
    packed,
    parts_of,
    strict,
    wps,
)

TITLE = "第一小学"
by_program = pytest.mark.parametrize("program", PROGRAMS, ids=lambda it: it.__name__)


def read(data: bytes, of: OpenRound) -> WorkbookRecord:
    return read_workbook(data, "表.xlsx", expectations(of))


def told(record: WorkbookRecord) -> list[tuple[str, str, str]]:
    return [
        (item.code, item.place.cell, str(dict(item.params).get("detail", "")))
        for item in record.problems
    ]


def visit(record: WorkbookRecord) -> Record:
    (sheet,) = record.sheets
    assert sheet.visit is not None
    return sheet.visit


def values(record: WorkbookRecord) -> dict[str, object]:
    return {
        f"{item.owner}.{key}": value
        for item in visit(record).observations
        for key, value in item.values.items()
    }


def with_cell(parts: Parts, cell: str, content: str) -> Parts:
    """The parts with another cell; ``{s}`` becomes the style that it had."""

    def put(match: re.Match[str]) -> str:
        style = re.search(r' s="\d+"', match[0])
        return content.replace("{s}", style[0] if style else "")

    text, count = re.subn(
        rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', put, parts[SHEET].decode(), count=1
    )
    assert count == 1
    return parts | {SHEET: text.encode()}


def with_format(parts: Parts, cell: str, code: str, value: str, number: int = 190) -> Parts:
    """The parts with a number in a cell, shown by a format of its own."""
    styles = parts["xl/styles.xml"].decode()
    count = len(re.findall(r"<xf ", re.findall(r"<cellXfs.*?</cellXfs>", styles, re.DOTALL)[0]))
    written = escape(code, {'"': "&quot;"})
    form = f'<numFmt numFmtId="{number}" formatCode="{written}"/></numFmts>'
    look = f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    styles = styles.replace("</numFmts>", form).replace("</cellXfs>", look)
    made = with_cell(parts, cell, f'<c r="{cell}" s="{count}"><v>{value}</v></c>')
    return made | {"xl/styles.xml": styles.encode()}


@by_program
def test_whoever_wrote_it_the_entries_are_the_same(
    of: OpenRound, genuine: Parts, program: Writer
) -> None:
    expected = read(packed(genuine), of)
    record = read(program(genuine), of)
    assert told(record) == told(expected) == []
    assert values(record) == values(expected) != {}
    first, second = visit(record), visit(expected)
    assert (first.day, first.arrived, first.left) == (second.day, second.arrived, second.left)
    assert [item.raw for item in record.sheets[0].typed] == [
        item.raw for item in expected.sheets[0].typed
    ]


ODD = {
    "错误值": ('<c r="{at}"{{s}} t="e"><v>#N/A</v></c>', ["entry-lost"]),
    "新的错误值": ('<c r="{at}"{{s}} t="e"><v>#SPILL!</v></c>', ["entry-lost"]),
    "没有算的公式": ('<c r="{at}"{{s}}><f>1+1</f></c>', ["entry-lost"]),
    "公式": ('<c r="{at}"{{s}}><f>1+1</f><v>2</v></c>', ["entry-formula"]),
    "别的文件": ('<c r="{at}"{{s}}><f>[1]表!A1</f><v>2</v></c>', ["entry-lost"]),
}


@by_program
@pytest.mark.parametrize("odd", ODD)
def test_one_odd_cell_costs_nothing_else(
    of: OpenRound, genuine: Parts, program: Writer, odd: str
) -> None:
    at = entry_cell(of, "A1.x")
    content, codes = ODD[odd]
    parts = with_cell(genuine, at, content.format(at=at))
    record = read(program(parts), of)
    assert [(item.code, item.place.cell) for item in record.problems] == [
        (code, at) for code in codes
    ]
    others = values(read(packed(genuine), of))
    found = values(record)
    assert found | {"A1.x": others["A1.x"]} == others


@by_program
def test_a_per_cent_is_read_as_it_is_shown_whoever_wrote_it(
    of: OpenRound, genuine: Parts, program: Writer
) -> None:
    at = entry_cell(of, "A6")
    record = read(program(with_format(genuine, at, "0%", "0.65")), of)
    assert [item for item in record.problems if item.place.cell == at] == []
    assert [item for key, item in values(record).items() if key.startswith("A6.")] == [Decimal(65)]


@by_program
def test_an_error_is_one_whatever_its_value_looks_like(
    of: OpenRound, genuine: Parts, program: Writer
) -> None:
    """Blank, a count of faults would be none."""
    at = entry_cell(of, "A1.x")
    record = read(program(with_cell(genuine, at, f'<c r="{at}"{{s}} t="e"><v>2</v></c>')), of)
    [told] = [item for item in record.problems if item.code == "entry-lost"]
    assert told.place.cell == at


@by_program
def test_a_marked_copy_keeps_what_it_was_given(
    of: OpenRound, genuine: Parts, program: Writer
) -> None:
    at = entry_cell(of, "A1.x")
    parts = with_cell(genuine, at, f'<c r="{at}"{{s}} t="e"><v>#N/A</v></c>')
    data = program(parts)
    copy = marked(data, read(data, of).problems, ["0" * 64])
    given = openpyxl.load_workbook(io.BytesIO(packed(parts)))[TITLE]
    made = openpyxl.load_workbook(io.BytesIO(copy))[TITLE]
    assert _shown(made) == _shown(given)
    assert len(made.data_validations.dataValidation) == len(given.data_validations.dataValidation)
    assert made.merged_cells.ranges == given.merged_cells.ranges
    assert made[at].comment is not None
    assert made.protection.sheet == given.protection.sheet
    # What comes back from it is read, and takes the place of the first.
    again = read(copy, of)
    assert again.sheets[0].corrects
    assert [item.code for item in again.problems] == ["entry-lost"]


def _shown(sheet: Worksheet) -> list[list[object]]:
    """What stands on the sheet; a blank text is nothing."""
    return [
        [None if value == "" else value for value in row[:13]]
        for row in sheet.iter_rows(values_only=True)
    ]


@pytest.mark.parametrize(
    "error",
    [
        "#SPILL!", "#CALC!", "#FIELD!", "#BUSY!", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!",
        "#GETTING_DATA", "#PYTHON!", "#EXTERNAL!", "#N/A",
    ],
)  # fmt: skip
@pytest.mark.parametrize("cell", ["M8", "G9"])
def test_an_error_value_costs_its_cell_alone(
    of: OpenRound, genuine: Parts, error: str, cell: str
) -> None:
    data = packed(with_cell(genuine, cell, f'<c r="{cell}"{{s}} t="e"><v>{error}</v></c>'))
    record = read(data, of)
    # What is printed on the sheet and was erased is nobody's entry.
    expected = [] if cell == "G9" else [("entry-lost", cell, f"错误值 {error}")]
    assert told(record) == expected
    assert values(record) == values(read(packed(genuine), of))


def test_an_error_on_another_sheet_costs_nothing(of: OpenRound, genuine: Parts) -> None:
    name = "xl/worksheets/sheet1.xml"
    text = genuine[name].decode()
    row = '<row r="900"><c r="A900" t="e"><v>#SPILL!</v></c></row></sheetData>'
    parts = genuine | {name: text.replace("</sheetData>", row).encode()}
    assert values(read(packed(parts), of)) == values(read(packed(genuine), of))


def test_without_styles_days_and_times_are_told(of: OpenRound, genuine: Parts) -> None:
    """A file without its styles has numbers where there were moments."""
    links = genuine["xl/_rels/workbook.xml.rels"].decode()
    parts = {name: part for name, part in genuine.items() if name != "xl/styles.xml"}
    parts["xl/_rels/workbook.xml.rels"] = re.sub(
        r"<Relationship [^>]*styles.xml\"/>", "", links
    ).encode()
    record = read(packed(parts), of)
    assert {code for code, _, _ in told(record)} == {"entry-interpreted"}
    assert values(record) == values(read(packed(genuine), of))


def test_shared_formulas_and_iso_dates(of: OpenRound, genuine: Parts) -> None:
    first, second = entry_cell(of, "A1.x"), entry_cell(of, "A1.y")
    parts = with_cell(
        genuine,
        first,
        f'<c r="{first}"><f t="shared" ref="{first}:{second}" si="0">1+1</f><v>2</v></c>',
    )
    parts = with_cell(parts, second, f'<c r="{second}"><f t="shared" si="0"/><v>2</v></c>')
    parts = with_cell(parts, "K4", '<c r="K4"{s} t="d"><v>2026-03-05</v></c>')
    for data in (packed(parts), strict(parts)):
        record = read(data, of)
        assert [code for code, _, _ in told(record)] == ["entry-formula"] * 2
        assert visit(record).day == visit(read(packed(genuine), of)).day


def test_written_anew_a_workbook_says_the_same(genuine: Parts) -> None:
    """Once more written anew, nothing changes any more."""
    once = by_the_standard(packed(genuine))
    assert once.data is once.readable
    assert by_the_standard(once.data).data == once.data


@pytest.mark.parametrize(
    ("code", "value", "verdict"),
    [
        # A number that is shown as a per cent is what is shown.
        ('0.0"%"', "95.5", []),
        (r"0.0\%", "95.5", []),
        ('0.0;[红色]"-%"', "65", []),
        ("0.0;-0%", "65", []),
        ("[<1]0%;0", "65", []),
        ("[<1]0%;0", "0.65", "65"),
        ("0.0%", "0.955", "95.5"),
        ('0.0"分"%', "0.955", "95.5"),
        ("0", "95.5", ["entry-hidden"]),
        ("0.0_ ;[Red]-0.0 ", "95.46", ["entry-hidden"]),
        ("#,##0", "89.5", ["entry-hidden"]),
        ("0.00", "95.5", []),
        ("General", "95.46", []),
    ],
)
def test_what_a_format_makes_of_a_number(
    of: OpenRound, genuine: Parts, code: str, value: str, verdict: list[str] | str
) -> None:
    at = entry_cell(of, "A6")
    data = packed(with_format(genuine, at, code, value))
    for written in (data, strict(parts_of(data))):
        record = read(written, of)
        codes = [item.code for item in record.problems]
        shown = isinstance(verdict, str)
        assert [code for code in codes if code.startswith("entry-")] == ([] if shown else verdict)
        kept = values(record).get(
            "A6.value",
            next((item for key, item in values(record).items() if key.startswith("A6.")), None),
        )
        assert kept == Decimal(verdict if isinstance(verdict, str) else value)


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_formats_are_understood_in_every_kind_of_file(
    of: OpenRound, genuine: Parts, soffice: Convert, tmp_path: Path, ending: str
) -> None:
    hidden, literal, section = (entry_cell(of, it) for it in ("A3.1", "A6", "A3.2"))
    parts = with_format(genuine, hidden, "0.0", "130.26", 190)
    parts = with_format(parts, literal, '0.0"%"', "95.5", 191)
    parts = with_format(parts, section, "0.0;-0%", "131.5", 192)
    (tmp_path / "表.xlsx").write_bytes(packed(parts))
    (saved,) = soffice(tmp_path / "表.xlsx", to=ending, into=tmp_path / "saved")
    record = read(saved.read_bytes(), of)
    told = [(it.code, it.place.cell) for it in record.problems if it.code.startswith("entry-")]
    assert told == [("entry-hidden", hidden)]
    found = values(record)
    assert [str(found[it]) for it in ("A3.1", "A3.2", "A6.")] == ["130.26", "131.5", "95.5"]


@pytest.mark.parametrize(
    ("stored", "read_as", "noted"),
    [
        ("0.3472221644", 500, False),  # half a second and less below 8:20
        ("0.347222", 500, False),
        (repr(29999.5 / 86400), 500, False),
        (repr(29999 / 86400), 499, True),
        (repr(30031 / 86400), 500, True),
    ],
)
def test_times_are_rounded_to_the_second(
    of: OpenRound, genuine: Parts, stored: str, read_as: int, noted: bool
) -> None:
    at = entry_cell(of, "A7")
    record = read(packed(with_cell(genuine, at, f'<c r="{at}"{{s}}><v>{stored}</v></c>')), of)
    found = [value for key, value in values(record).items() if key.startswith("A7.")]
    assert found == [Decimal(read_as)]
    assert [item.code for item in record.problems] == ["entry-interpreted"] * noted


def test_a_sheet_of_a_chart_is_passed_over(of: OpenRound, genuine: Parts) -> None:
    book = openpyxl.load_workbook(io.BytesIO(packed(genuine)))
    book.create_chartsheet("图表", 0)
    memory = io.BytesIO()
    book.save(memory)
    record = read(memory.getvalue(), of)
    assert values(record) == values(read(packed(genuine), of))
    assert told(record) == []
    at = entry_cell(of, "A1.x")
    spoiled = with_cell_anywhere(parts_of(memory.getvalue()), at)
    found = read(packed(spoiled), of)
    assert [(item.code, item.place.cell) for item in found.problems] == [("entry-lost", at)]


def with_cell_anywhere(parts: Parts, cell: str) -> Parts:
    """An error value of a later version in the visit sheet, whatever its part is called."""
    name = next(name for name, part in parts.items() if b'r="N1"' in part)
    pattern = rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)'
    error = f'<c r="{cell}" t="e"><v>#BUSY!</v></c>'
    return parts | {name: re.sub(pattern, error, parts[name].decode(), count=1).encode()}


def test_folders_in_the_archive_are_no_parts(of: OpenRound, genuine: Parts) -> None:
    data = wps(genuine)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert "xl/worksheets/" in names
    copy = marked(data, [], ["0" * 64])
    assert not [name for name in zipfile.ZipFile(io.BytesIO(copy)).namelist() if name[-1] == "/"]

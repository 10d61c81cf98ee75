"""What is seen of a cell by an option of its sheet, a condition, or a style from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inspections.round.opened import OpenRound
from tests.conftest import Convert
from tests.inspections.small_round import entry_cell
from tests.inspections.workbook.programs import SHEET, Parts, excel, packed, parts_of, strict
from tests.inspections.workbook.test_programs import read, values, with_cell
from tests.inspections.workbook.test_shown import told

STYLES = "xl/styles.xml"
WHERE = "http://schemas.microsoft.com/office/excel/2006/main"
LATER = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


def zeroless(parts: Parts, at: str, value: str) -> Parts:
    """A sheet on whose view zeros are not shown, and a number in a cell."""
    made = with_cell(parts, at, f'<c r="{at}"{{s}}><v>{value}</v></c>')
    sheet = made[SHEET].decode().replace("<sheetView ", '<sheetView showZeros="0" ', 1)
    assert "showZeros" in sheet
    return made | {SHEET: sheet.encode()}


@pytest.mark.parametrize("value", ["0", "0.0", "-0"])
@pytest.mark.parametrize("write_as", [packed, strict, excel])
def test_a_zero_that_the_sheet_does_not_show(
    of: OpenRound, genuine: Parts, value: str, write_as: object
) -> None:
    at = entry_cell(of, "A1.x")
    record = read(write_as(zeroless(genuine, at, value)), of)  # type: ignore[operator]
    assert [item[:2] for item in told(record, at)][:1] == [("entry-shown", "空白")]
    assert "A1.x" not in values(record)


def test_other_numbers_on_such_a_sheet_are_read(of: OpenRound, genuine: Parts) -> None:
    at = entry_cell(of, "A1.x")
    record = read(packed(zeroless(genuine, at, "10")), of)
    assert told(record, at) == []
    assert values(record)["A1.x"] == 10
    shown = zeroless(genuine, at, "0")
    shown |= {SHEET: shown[SHEET].replace(b'showZeros="0"', b'showZeros="1"')}
    assert told(read(packed(shown), of), at) == []


@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_so_it_is_in_other_files(
    of: OpenRound, genuine: Parts, soffice: Convert, tmp_path: Path, ending: str
) -> None:
    at = entry_cell(of, "A1.x")
    (tmp_path / "表.xlsx").write_bytes(packed(zeroless(genuine, at, "0")))
    (saved,) = soffice(tmp_path / "表.xlsx", to=ending, into=tmp_path / "saved")
    record = read(saved.read_bytes(), of)
    assert [item[:2] for item in told(record, at)][:1] == [("entry-shown", "空白")]
    (tmp_path / "表.xlsx").write_bytes(packed(genuine))
    (saved,) = soffice(tmp_path / "表.xlsx", to=ending, into=tmp_path / "shown")
    assert told(read(saved.read_bytes(), of), at) == []


def conditional(parts: Parts, at: str, look: str) -> Parts:
    """A condition that always holds, and the look that it brings."""
    styles = parts[STYLES].decode()
    count = len(re.findall(r"<dxf>", styles))
    styles = styles.replace("</dxfs>", f"<dxf>{look}</dxf></dxfs>")
    rule = f'<cfRule type="expression" dxfId="{count}" priority="99"><formula>TRUE</formula>'
    block = f'<conditionalFormatting sqref="{at}:{at}">{rule}</cfRule></conditionalFormatting>'
    sheet = parts[SHEET].decode().replace("</sheetProtection>", "")
    before = re.search(r"<conditionalFormatting|<dataValidations", sheet)
    assert count and before is not None
    sheet = sheet[: before.start()] + block + sheet[before.start() :]
    return parts | {STYLES: styles.encode(), SHEET: sheet.encode()}


def later(parts: Parts, at: str, rule: str) -> Parts:
    """The same as later versions write it, behind everything else of the sheet."""
    block = (
        f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{LATER}">'
        f"<x14:conditionalFormattings><x14:conditionalFormatting>{rule}"
        f'<xm:sqref xmlns:xm="{WHERE}">{at}</xm:sqref></x14:conditionalFormatting>'
        "</x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    return parts | {SHEET: parts[SHEET].decode().replace("</worksheet>", block).encode()}


def told_at(record: object, at: str) -> list[str]:
    found = [item for item in record.problems if item.code == "workbook-unread"]  # type: ignore[attr-defined]
    assert all(item.place.cell == at for item in found)
    return [item.message for item in found]


@pytest.mark.parametrize(
    ("look", "said"),
    [
        ('<numFmt numFmtId="200" formatCode="&quot;5&quot;"/>', "“\"5\"”"),
        ('<numFmt numFmtId="200" formatCode=";;;"/>', "“;;;”"),
        ("<font><strike/></font>", "删除线"),
        ('<font><strike val="0"/><color rgb="FFFF0000"/></font>', ""),
        ("<fill/>", ""),
    ],
)  # fmt: skip
def test_a_condition_that_changes_what_is_seen(
    of: OpenRound, genuine: Parts, look: str, said: str
) -> None:
    at = entry_cell(of, "A1.x")
    rule = f'<x14:cfRule type="expression"><x14:dxf>{look}</x14:dxf></x14:cfRule>'
    for parts in (conditional(genuine, at, look), later(genuine, at, rule)):
        for written in (packed(parts), strict(parts)):
            found = told_at(read(written, of), at)
            assert len(found) == bool(said)
            assert all("条件格式" in it and said.strip("“”") in it for it in found)


def test_an_icon_in_the_place_of_a_number(of: OpenRound, genuine: Parts) -> None:
    at = entry_cell(of, "A1.x")
    icons = '<x14:cfRule type="iconSet"><x14:iconSet showValue="{}"/></x14:cfRule>'
    assert "只有图标" in told_at(read(packed(later(genuine, at, icons.format(0))), of), at)[0]
    assert told_at(read(packed(later(genuine, at, icons.format(1))), of), at) == []


@pytest.fixture(scope="module")
def document(
    of: OpenRound, genuine: Parts, soffice: Convert, tmp_path_factory: pytest.TempPathFactory
) -> Parts:
    """The same as an .ods."""
    folder = tmp_path_factory.mktemp("document")
    at = entry_cell(of, "A3.1")
    parts = with_cell(genuine, at, f'<c r="{at}"{{s}}><v>130</v></c>')
    (folder / "表.xlsx").write_bytes(packed(parts))
    (saved,) = soffice(folder / "表.xlsx", to="ods", into=folder / "saved")
    return parts_of(saved.read_bytes())


STRUCK = '<style:text-properties style:text-line-through-style="solid"/>'


def named(parts: Parts, name: str, parent: str = "", body: str = "") -> Parts:
    """The document with one more style among those that a user gives names to."""
    above = f' style:parent-style-name="{parent}"' if parent else ""
    style = f'<style:style style:name="{name}" style:family="table-cell"{above}>{body}'
    styles = parts["styles.xml"].decode()
    made = styles.replace("</office:styles>", f"{style}</style:style></office:styles>")
    assert made != styles
    return parts | {"styles.xml": made.encode()}


def cell_style(parts: Parts, style: str) -> Parts:
    """The document in which the cell that holds 130 names this style, or none."""
    content = parts["content.xml"].decode()
    head, mark, tail = content.partition('office:value="130"')
    start = head.rindex("<table:table-cell")
    bare = re.sub(r' table:style-name="\w+"', style, head[start:])
    return parts | {"content.xml": (head[:start] + bare + mark + tail).encode()}


def in_columns(parts: Parts, style: str) -> Parts:
    content = re.sub(
        r' table:default-cell-style-name="\w+"',
        f' table:default-cell-style-name="{style}"',
        parts["content.xml"].decode(),
    )
    return parts | {"content.xml": content.encode()}


def test_a_style_with_a_name_strikes_a_cell(of: OpenRound, document: Parts) -> None:
    at = entry_cell(of, "A3.1")
    parts = named(document, "Gone", body=STRUCK)
    own = ' table:style-name="Gone"'
    assert told(read(packed(cell_style(parts, own)), of), at)[0][0] == "entry-shown"
    child = named(parts, "Child", parent="Gone")
    assert told(read(packed(cell_style(child, own.replace("Gone", "Child"))), of), at) != []
    assert told(read(packed(cell_style(document, own)), of), at) == []


def test_the_style_of_a_column_strikes_cells_without_one(of: OpenRound, document: Parts) -> None:
    at = entry_cell(of, "A3.1")
    parts = in_columns(named(document, "Gone", body=STRUCK), "Gone")
    assert told(read(packed(cell_style(parts, "")), of), at)[0][0] == "entry-shown"
    assert told(read(packed(parts), of), at) == []

"""Marked copies: what they show, what they leave alone, what an office program makes of them."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring
from openpyxl.drawing.image import Image
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from inspections.round.elapsed import elapsed_periods
from inspections.round.opened import OpenRound
from inspections.workbook.drawing.package import packed
from inspections.workbook.drawing.writing import Workbooks
from inspections.workbook.form.contents import RowEntry
from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.feedback import FEEDBACK, FURTHER
from inspections.workbook.form.layout import IDENTITY_CELL, MARKS_SHEET, Column
from inspections.workbook.marking.copying import copied_out
from inspections.workbook.marking.marked import marked
from inspections.workbook.marking.remarks import people_wrote
from inspections.workbook.marking.xml_edits import NotEditableError
from inspections.workbook.reading.workbook import read_workbook
from inspections.workbook.reading.workbook_record import WorkbookRecord
from rubrics.messages.problems import Place, problem
from tests.conftest import Convert
from tests.inspections.small_round import entry_cell, spec, write

WRONG = {"A1.x": RowEntry("几处"), "A4.have": RowEntry(9), "A7": RowEntry("11点30")}
SHEET = "第一小学"


def read(of: OpenRound, data: bytes) -> WorkbookRecord:
    return read_workbook(data, "表.xlsx", expectations(of))


def mark(of: OpenRound, data: bytes) -> bytes:
    found = read(of, data)
    return marked(data, found.problems, [found.digest])


def problems(record: WorkbookRecord) -> list[tuple[str, str, str]]:
    return [(item.code, item.place.sheet, item.place.cell) for item in record.problems]


def values(record: WorkbookRecord) -> list[object]:
    return [
        (item.owner, item.state, dict(item.values), item.fault, item.evidence, item.remark)
        for sheet in record.sheets
        if sheet.visit
        for item in sheet.visit.observations
    ]


@pytest.fixture
def wrong(of: OpenRound, tmp_path: Path) -> bytes:
    return write(of, tmp_path / "表.xlsx", spec(rows=WRONG)).read_bytes()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def fills(sheet: Worksheet) -> dict[str, str]:
    """Cell -> colour of the marks on a sheet."""
    return {
        cell: rule.dxf.fill.bgColor.rgb
        for area in sheet.conditional_formatting
        for rule in area.rules
        if "核对标记" in str(rule.formula)
        for cell in str(area.sqref).split()
    }


def test_cells_comments_and_links(of: OpenRound, wrong: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(mark(of, wrong)))
    assert book.sheetnames == [
        MARKS_SHEET, "填表说明", SHEET, FEEDBACK, FURTHER, "_identity",
    ]  # fmt: skip
    assert (book.active or book.worksheets[1]).title == MARKS_SHEET
    at = {key: entry_cell(of, key) for key in WRONG}
    assert fills(book[SHEET]) == {
        at["A1.x"]: "FFF28B82",
        at["A4.have"]: "FFF28B82",
        at["A7"]: "FFAECBFA",
    }
    notes = {
        cell.coordinate: cell.comment.text
        for row in book[SHEET].iter_rows()
        for cell in row
        if cell.comment
    }
    assert notes.keys() == set(at.values())
    assert notes[at["A1.x"]].startswith("〔错误：“几处”看不懂，这里要填")
    first = book[MARKS_SHEET]
    assert first.print_title_rows == "$3:$3"
    cells = [cell for (cell,) in first.iter_rows(min_row=4, min_col=3, max_col=3)]
    links = [cell.hyperlink.location for cell in cells if cell.hyperlink]
    assert links == [f"'{SHEET}'!{at[key]}" for key in WRONG]
    told = [[cell.value for cell in row] for row in first.iter_rows(min_row=4)]
    assert [row[1] for row in told] == ["错误", "错误", "说明"]
    assert told[0][2] == f"{SHEET} {at['A1.x']}"


def test_all_else_stays_as_it_was(of: OpenRound, wrong: bytes) -> None:
    before, after = (
        {name: package.read(name).decode() for name in package.namelist()}
        for package in map(zipfile.ZipFile, (io.BytesIO(wrong), io.BytesIO(mark(of, wrong))))
    )
    number = next(name for name, xml in before.items() if IDENTITY_CELL in xml and "A4.have" in xml)

    def bare(xml: str) -> str:
        xml = re.sub(
            r'<conditionalFormatting [^>]*><cfRule[^>]*><formula>"核.*?Formatting>', "", xml
        )
        xml = re.sub(r'<legacyDrawing [^>]*>| priority="\d+"| tabSelected="1"', "", xml)
        return re.sub(rf'<c r="{IDENTITY_CELL}".*?</c>', "", xml)

    assert bare(after[number]) == bare(before[number])
    assert "几处" in after[number] and "<dataValidations" in after[number]
    old, new = (
        re.findall(r"<xf .*?(?:/>|</xf>)", item["xl/styles.xml"]) for item in (before, after)
    )
    assert new[: len(old)] == old
    print_names = re.findall(r"localSheetId=\"(\d+)\"", after["xl/workbook.xml"])
    assert print_names == ["0", "2", "3", "4", "2"]
    same = before.keys() - {number, "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml",
                            "xl/_rels/workbook.xml.rels"}  # fmt: skip
    changed = [name for name in same if after[name] != before[name]]
    assert changed == ["xl/worksheets/sheet5.xml"]  # the hidden list of identities


def test_the_reader_takes_no_notice_of_marks(of: OpenRound, wrong: bytes) -> None:
    first, second = read(of, wrong), read(of, mark(of, wrong))
    assert problems(second) == problems(first)
    assert values(second) == values(first)
    assert second.sheets[0].corrects == (first.digest[:16],)


def test_marking_again_replaces_the_marks(of: OpenRound, wrong: bytes) -> None:
    once = mark(of, wrong)
    book = openpyxl.load_workbook(io.BytesIO(once))
    book[SHEET][entry_cell(of, "A1.x")] = 2
    memory = io.BytesIO()
    book.save(memory)
    corrected = memory.getvalue()
    again = mark(of, corrected)
    book = openpyxl.load_workbook(io.BytesIO(again))
    assert book.sheetnames.count(MARKS_SHEET) == 1
    assert book[MARKS_SHEET].print_title_rows == "$3:$3"
    left = {entry_cell(of, "A4.have"), entry_cell(of, "A7")}
    assert set(fills(book[SHEET])) == left
    cells = [cell for row in book[SHEET].iter_rows() for cell in row]
    assert {cell.coordinate for cell in cells if cell.comment} == left
    chain = (read(of, corrected).digest[:16], read(of, wrong).digest[:16])
    assert read(of, again).sheets[0].corrects == chain
    assert mark(of, corrected) == again


def test_pictures_and_peoples_comments_survive(of: OpenRound, wrong: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(wrong))
    sheet = book[SHEET]
    picture = io.BytesIO()
    Picture.effect_noise((40, 30), 60).save(picture, "PNG")
    drawn = picture.getvalue()
    sheet.add_image(Image(picture), "K20")
    both = entry_cell(of, "A1.x")
    beside = entry_cell(of, "A4.have", Column.PROMPT)
    for cell in (beside, both):
        sheet[cell].comment = openpyxl.comments.Comment("现场照片见右", "王建国")
    memory = io.BytesIO()
    book.save(memory)
    for _ in range(2):
        memory = io.BytesIO(mark(of, memory.getvalue()))
        package = zipfile.ZipFile(memory)
        assert package.read("xl/media/image1.png") == drawn
        again = openpyxl.load_workbook(memory)[SHEET]
        assert len(again._images) == 1
        said = again[beside].comment.text
        assert said.startswith("现场照片见右\n〔提醒：") and said.count("〔") == 1
        said = again[both].comment.text
        assert said.startswith("现场照片见右\n〔错误：") and said.count("〔") == 2
        found = read(of, memory.getvalue())
        whats = [dict(item.params)["what"] for item in found.problems if item.code[-6:] == "unread"]
        assert whats == ["批注", "批注"]  # the picture is evidence of its row


def test_every_part_is_xml_whoever_wrote_the_file(of: OpenRound, wrong: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(wrong))
    book[SHEET]["B23"].comment = openpyxl.comments.Comment("我写的", "王建国")
    memory = io.BytesIO()
    book.save(memory)
    data = mark(of, memory.getvalue())
    for _ in range(2):
        for name, xml in parts_of(data).items():
            if name.endswith((".xml", ".rels", ".vml")):
                fromstring(xml)
        # That program binds other prefixes, and writes all boxes anew.
        boxes = [xml for name, xml in parts_of(data).items() if name.endswith(".vml")]
        assert [xml.count(b":shape ") for xml in boxes] == [1 + len(WRONG)]
        memory = io.BytesIO()
        openpyxl.load_workbook(io.BytesIO(data)).save(memory)
        data = mark(of, memory.getvalue())


def test_what_has_prefixes_is_edited_without_them(of: OpenRound, wrong: bytes) -> None:
    parts = parts_of(wrong)
    for name in ("xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"):
        prefixed = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", parts[name])
        prefixed = prefixed.replace(b"xmlns=", b"xmlns:x=")
        made = mark(of, packed(parts | {name: prefixed}))
        sheet = openpyxl.load_workbook(io.BytesIO(made))[SHEET]
        assert len(fills(sheet)) == len(WRONG)


PLACES = ("xl/worksheets/sheet2.xml", "xl/workbook.xml", "[Content_Types].xml")


@pytest.mark.parametrize("odd", ["<cfRule>", "\x00", "&a;"])
def test_what_is_no_xml_is_not_edited(of: OpenRound, wrong: bytes, odd: str) -> None:
    parts = parts_of(wrong)
    for name in PLACES:
        at = parts[name].rindex(b"</")
        changed = parts[name][:at] + odd.encode() + parts[name][at:]
        with pytest.raises(NotEditableError):
            marked(packed(parts | {name: changed}), [], ["0" * 64])


@pytest.mark.parametrize("odd", ["<![CDATA[<cfRule>]]>", "<!-- <c -->"])
def test_what_only_looks_like_a_tag_is_none(of: OpenRound, wrong: bytes, odd: str) -> None:
    parts = parts_of(wrong)
    for name in PLACES:
        at = parts[name].rindex(b"</")
        changed = parts[name][:at] + odd.encode() + parts[name][at:]
        made = parts_of(marked(packed(parts | {name: changed}), [], ["0" * 64]))
        assert b"<!" not in made[name]
        assert b"<cfRule>" not in made[name]
        fromstring(made[name])


def test_peoples_own_colours_stay(of: OpenRound, wrong: bytes) -> None:
    rules = (
        '<conditionalFormatting sqref="H9"><cfRule type="duplicateValues" dxfId="0" priority="1"/>'
        "</conditionalFormatting>"
    )
    parts = parts_of(wrong)
    name = next(name for name, xml in parts.items() if b"<dataValidations" in xml)
    start = parts[name].index(b"<conditionalFormatting")
    parts[name] = parts[name][:start] + rules.encode() + parts[name][start:]
    data = mark(of, mark(of, packed(parts)))
    sheet = openpyxl.load_workbook(io.BytesIO(data))[SHEET]
    kinds = [rule.type for area in sheet.conditional_formatting for rule in area.rules]
    assert kinds.count("duplicateValues") == 1
    assert len(fills(sheet)) == len(WRONG)


def test_macros_and_odd_names_stay(of: OpenRound, wrong: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(wrong))
    odd = "名'A<\"&>😀"
    book[SHEET].title = odd
    memory = io.BytesIO()
    book.save(memory)
    parts = parts_of(memory.getvalue()) | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
    made = mark(of, packed(parts))
    assert parts_of(made)["xl/vbaProject.bin"] == parts["xl/vbaProject.bin"]
    again = openpyxl.load_workbook(io.BytesIO(made))
    assert len(fills(again[odd])) == len(WRONG)
    places = [cell.hyperlink.location for cell in again[MARKS_SHEET]["C"] if cell.hyperlink]
    assert places[0] == f"'名''A<\"&>😀'!{entry_cell(of, 'A1.x')}"


def test_three_hundred_problems(of: OpenRound, wrong: bytes) -> None:
    met = [
        problem("entry-misplaced", Place("表.xlsx", SHEET, f"B{row}"), value=row)
        for row in range(100, 400)
    ]
    made = openpyxl.load_workbook(io.BytesIO(marked(wrong, met, ["0" * 64])))
    assert len(fills(made[SHEET])) == 300
    assert made[MARKS_SHEET].max_row == 3 + 300


def test_what_is_quoted_is_plain(of: OpenRound, wrong: bytes) -> None:
    typed = "=1+1\u202e<b>\x07&\n〕几处"
    odd = problem("entry-not-understood", Place("表.xlsx", SHEET, "H9"), value=typed, expected="数")
    data = marked(wrong, [odd], ["0" * 64])
    book = openpyxl.load_workbook(io.BytesIO(data))
    said = str(book[MARKS_SHEET]["D4"].value), str(book[SHEET]["H9"].comment.text)
    assert all("=1+1<b>&" in text and "\u202e" not in text for text in said)
    assert book[MARKS_SHEET]["D4"].data_type == "s"
    assert ("workbook-unread", "", "") not in problems(read(of, data))


def test_nothing_is_asked_where_nothing_can_be_done(of: OpenRound, wrong: bytes) -> None:
    old = problem(
        "workbook-old-rubric", Place("表.xlsx", SHEET), rubric="甲", other="1", version="2"
    )
    mixed = problem("workbook-unread", Place("表.xlsx"), what="图片")
    for problems_, said in (([old], "不用交回"), ([old, mixed], "交回，文件名随意")):
        made = openpyxl.load_workbook(io.BytesIO(marked(wrong, problems_, ["0" * 64])))
        assert said in str(made[MARKS_SHEET]["A2"].value)


def test_what_is_typed_into_a_mark_is_seen() -> None:
    mine = "<comments><comment ref='A1'><text><t>〔错误：甲。乙。〕</t></text></comment></comments>"
    assert not list(people_wrote(mine.encode()))
    assert list(people_wrote(mine.replace("〕", "〕已改").encode()))
    assert list(people_wrote(mine.replace("〕", "〕\n确实如此").encode()))


def test_what_cannot_be_edited_is_told(of: OpenRound) -> None:
    for data in (b"", b"PK", "文字".encode(), b"\xd0\xcf\x11\xe0" * 99):
        with pytest.raises(NotEditableError):
            marked(data, [], ["0" * 64])


@pytest.fixture(scope="module")
def resaved(
    of: OpenRound, tmp_path_factory: pytest.TempPathFactory, soffice: Convert
) -> dict[str, Path]:
    """The marked copy as LibreOffice saved it, and a workbook before marking, by format."""
    folder = tmp_path_factory.mktemp("office")
    plain = write(of, folder / "原件.xlsx", spec(rows=WRONG))
    copy = folder / "改.xlsx"
    copy.write_bytes(mark(of, plain.read_bytes()))
    made = {"marked": copy, "plain": plain}
    for kind in ("xlsx", "ods", "xls"):
        (made[kind],) = soffice(copy, to=kind, into=folder / kind)
    for kind in ("ods", "xls"):
        (made[f"plain {kind}"],) = soffice(plain, to=kind, into=folder / kind)
    return made


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_an_office_program_keeps_what_matters(
    of: OpenRound, resaved: dict[str, Path], kind: str
) -> None:
    first, second = (read(of, resaved[name].read_bytes()) for name in ("marked", kind))
    assert problems(second) == problems(first)
    assert values(second) == values(first)
    assert second.sheets[0].corrects == first.sheets[0].corrects != ()


def test_an_ods_keeps_marks_and_peoples_comments_apart(
    of: OpenRound, wrong: bytes, tmp_path: Path, soffice: Convert
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(mark(of, wrong)))
    for cell, said in (("B23", "我写的"), (entry_cell(of, "A1.x"), "<已改> & 〔错误：甲。〕")):
        book[SHEET][cell].comment = openpyxl.comments.Comment(said, "王建国")
        book.save(tmp_path / "批注.xlsx")
        (saved,) = soffice(tmp_path / "批注.xlsx", to="ods", into=tmp_path)
        found = [dict(item.params).get("what") for item in read(of, saved.read_bytes()).problems]
        assert found.count("批注") == 1
        book[SHEET]["B23"].comment = None


def test_a_copy_saved_by_an_office_program_is_marked_again(
    of: OpenRound, resaved: dict[str, Path]
) -> None:
    again = openpyxl.load_workbook(io.BytesIO(mark(of, resaved["xlsx"].read_bytes())))
    marked_cells = {entry_cell(of, key) for key in WRONG}
    assert set(fills(again[SHEET])) == marked_cells
    cells = [cell for row in again[SHEET].iter_rows() for cell in row]
    notes = {cell.coordinate: cell.comment.text for cell in cells if cell.comment}
    assert notes.keys() == marked_cells
    assert all(note.count("〔") == 1 for note in notes.values())
    assert again.sheetnames.count(MARKS_SHEET) == 1


@pytest.mark.parametrize("kind", ["plain ods", "plain xls"])
def test_other_formats_are_copied_out(of: OpenRound, resaved: dict[str, Path], kind: str) -> None:
    data = resaved[kind].read_bytes()
    with pytest.raises(NotEditableError):
        marked(data, [], ["0" * 64])
    found = read(of, data)
    workbooks = Workbooks(of.round, of.rubrics, of.roster, elapsed_periods(of.round))
    copy = copied_out(data, of, workbooks, found.problems)
    assert copy is not None
    made = marked(copy.data, copy.problems, [found.digest, *copy.corrects], copied_out=True)
    again = read(of, made)
    assert problems(again) == problems(found)
    assert values(again) == values(found)
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert "重新誊写" in str(book[MARKS_SHEET]["A3"].value)
    assert set(fills(book[SHEET])) == {entry_cell(of, key) for key in WRONG}


def test_moved_rows_are_found_again(of: OpenRound, wrong: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(wrong))
    book[SHEET].insert_rows(8)
    memory = io.BytesIO()
    book.save(memory)
    found = read(of, memory.getvalue())
    workbooks = Workbooks(of.round, of.rubrics, of.roster, elapsed_periods(of.round))
    copy = copied_out(memory.getvalue(), of, workbooks, found.problems)
    assert copy is not None
    places = [
        item.place.cell for item in copy.problems if item.place.cell[0] == Column.ENTRY.letter
    ]
    assert places == [entry_cell(of, key) for key in WRONG]


def test_what_was_shown_otherwise_is_not_copied_out(of: OpenRound, wrong: bytes) -> None:
    """Without its format the copy would say 12, and come back as that."""
    book = openpyxl.load_workbook(io.BytesIO(wrong))
    at = entry_cell(of, "A6")
    book[SHEET][at], book[SHEET][at].number_format = 12, '"95"'
    memory = io.BytesIO()
    book.save(memory)
    found = read(of, memory.getvalue())
    workbooks = Workbooks(of.round, of.rubrics, of.roster, elapsed_periods(of.round))
    copy = copied_out(memory.getvalue(), of, workbooks, found.problems)
    assert copy is not None
    assert openpyxl.load_workbook(io.BytesIO(copy.data))[SHEET][at].value in (None, "")


def test_a_per_cent_is_copied_out_as_it_was_shown(of: OpenRound, wrong: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(wrong))
    at = entry_cell(of, "A6")
    book[SHEET][at], book[SHEET][at].number_format = 0.955, "0.0%"
    memory = io.BytesIO()
    book.save(memory)
    found = read(of, memory.getvalue())
    assert at not in [place for _, _, place in problems(found)]  # it is understood
    workbooks = Workbooks(of.round, of.rubrics, of.roster, elapsed_periods(of.round))
    copy = copied_out(memory.getvalue(), of, workbooks, found.problems)
    assert copy is not None
    assert openpyxl.load_workbook(io.BytesIO(copy.data))[SHEET][at].value == "95.5%"

"""What is typed into a workbook with a row for each thing is what is read, or is told."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.worksheet.worksheet import Worksheet

from inspections.row_workbook import (
    Kind,
    Row,
    RowBook,
    RowColumn,
    RowsRead,
    read_rows,
    rows_data,
    write_rows,
)
from inspections.row_workbook.sealing import MOST_SHOWN
from rubrics.messages.plain_text import plain
from rubrics.messages.problems import Problem
from tests.conftest import Convert
from tests.inspections.row_workbook.sample_books import (
    BLANK,
    BOOK,
    COLUMNS,
    OTHER_KEY,
    ROWS,
    issued,
)
from tests.inspections.workbook.programs import PROGRAMS, parts_of

Change = Callable[[Worksheet], None]

FILLED: dict[str, object] = {
    "D6": "换了灯，补了工作服", "E6": "2026-11-20", "F6": 100, "G6": "已完成",
    "H6": "灯.jpg；衣.jpg", "I6": 3.5,
    "D7": "按规定留样", "E7": date(2026, 12, 1), "G7": "长期坚持",
}  # fmt: skip
"""What a school types into the sample; the table's first row is 6."""


def fill(sheet: Worksheet, cells: dict[str, object] | None = None) -> None:
    for at, value in (FILLED if cells is None else cells).items():
        sheet[at] = value  # type: ignore[assignment]


def back(
    folder: Path, change: Change, book: RowBook = BOOK, known: tuple[RowBook, ...] = (BOOK, BLANK)
) -> tuple[RowsRead | None, list[Problem]]:
    """What is read of a book in which ``change`` was made."""
    held = load_workbook(io.BytesIO(rows_data(book)))
    change(held.worksheets[0])
    path = folder / "交回.xlsx"
    held.save(path)
    return read_rows(path, known, "交回.xlsx")


def told(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(item.code, item.place.cell) for item in problems]


def typed(read: RowsRead | None) -> dict[str, dict[str, object]]:
    assert read is not None
    return {row.key: {key: entry.value for key, entry in row.entries.items()} for row in read.rows}


WHOLE: dict[str, dict[str, Any]] = {
    "Z-0001": {
        "done": "换了灯，补了工作服", "day": date(2026, 11, 20), "progress": 100, "state": "已完成",
        "proof": ("灯.jpg", "衣.jpg"), "points": Decimal("3.5"),
    },
    "Z-0002": {
        "done": "按规定留样", "day": date(2026, 12, 1), "state": "长期坚持",
    },
    "Z-0007": {
        "done": "已联系厂家", "progress": 40, "day": date(2026, 11, 20),
        "proof": ("甲.jpg", "乙.jpg"),
    },
}  # fmt: skip


def test_what_is_typed_is_read_with_its_place(tmp_path: Path) -> None:
    read, problems = back(tmp_path, fill)
    assert problems == []
    assert typed(read) == WHOLE
    assert read is not None
    assert (read.kind, read.to, read.issue) == ("rectify", "330101001", 1)
    assert read.rows[0].entries["day"].place.cell == "E6"
    assert read.rows[0].place.sheet == "青石镇中心小学整改事项"
    assert len(read.digest) == 64


def _inline(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts with every text in its cell, from which the programs' writers start."""
    texts = re.findall(r"<si>(.*?)</si>", parts["xl/sharedStrings.xml"].decode(), re.DOTALL)

    def inline(match: re.Match[str]) -> str:
        return f' t="inlineStr"><is>{texts[int(match[1])]}</is></c>'

    return {
        name: re.sub(r' t="s"><v>(\d+)</v></c>', inline, part.decode()).encode()
        if "worksheets/" in name
        else part
        for name, part in parts.items()
        if name != "xl/sharedStrings.xml"
    } | {
        name: re.sub(rb"<(?:Relationship|Override) [^>]*sharedStrings[^>]*/>", b"", parts[name])
        for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml")
    }


def test_the_same_book_gives_the_same_bytes() -> None:
    assert rows_data(BOOK) == rows_data(BOOK)


def test_nothing_that_was_sent_is_a_formula_and_only_inputs_are_open() -> None:
    sheet = load_workbook(io.BytesIO(rows_data(BOOK))).worksheets[0]
    assert sheet["B8"].value == "=1+1 开头的字也是字"
    assert sheet["B8"].data_type == "s"
    open_cells = {
        cell.coordinate for row in sheet["A1:H8"] for cell in row if not cell.protection.locked
    }
    assert open_cells == {f"{column}{row}" for column in "DEFGH" for row in (6, 7, 8)}
    assert sheet.protection.sheet
    assert sheet.print_title_rows == "$4:$5"


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda it: it.__name__)
def test_whatever_program_saved_it(
    program: Callable[[dict[str, bytes]], bytes], tmp_path: Path
) -> None:
    # Texts as numbers of shared texts, as Excel has them, stand in the cells themselves first.
    filled = tuple(replace(row, entries=WHOLE[row.key]) for row in ROWS)
    path = tmp_path / "交回.xlsx"
    path.write_bytes(program(_inline(parts_of(rows_data(replace(BOOK, rows=filled))))))
    read, problems = read_rows(path, [BOOK])
    assert typed(read) == WHOLE
    assert problems == []


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_saved_by_libreoffice(kind: str, tmp_path: Path, soffice: Convert) -> None:
    held = load_workbook(io.BytesIO(rows_data(BOOK)))
    fill(held.worksheets[0])
    held.worksheets[0].title = "改了名字"
    source = tmp_path / "交回.xlsx"
    held.save(source)
    (saved,) = soffice(source, to=kind, into=tmp_path / "saved")
    read, problems = read_rows(saved, [BOOK])
    assert typed(read) == WHOLE
    assert problems == []


def test_rows_are_found_by_their_numbers(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        fill(sheet)
        lines = [[cell.value for cell in row] for row in sheet["A6:I7"]]
        for at, line in zip((9, 6), lines, strict=True):
            for column, value in enumerate(line, 1):
                sheet.cell(at, column).value = value  # type: ignore[assignment]
        for column in range(1, 10):
            sheet.cell(7, column).value = None

    read, problems = back(tmp_path, change)
    assert typed(read) == WHOLE
    assert problems == []


def test_columns_are_found_by_their_headings(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        fill(sheet)
        for row in range(4, 9):
            one, two = sheet.cell(row, 4), sheet.cell(row, 7)
            one.value, two.value = two.value, one.value

    read, problems = back(tmp_path, change)
    assert typed(read) == WHOLE
    assert problems == []


def _set(**cells: object) -> Change:
    return lambda sheet: fill(sheet, {**FILLED, **cells})


def _without(row: int) -> Change:
    def change(sheet: Worksheet) -> None:
        fill(sheet)
        sheet.delete_rows(row)

    return change


def _copied(sheet: Worksheet) -> None:
    fill(sheet)
    for column in range(1, 10):
        sheet.cell(9, column, sheet.cell(6, column).value)
    sheet["D9"] = "又写了一遍"


def _second_sheet(sheet: Worksheet) -> None:
    fill(sheet)
    book = sheet.parent
    assert book is not None
    other = book.create_sheet("补充说明")
    other["B3"] = "还有两条"


def _copied_sheet(sheet: Worksheet) -> None:
    fill(sheet)
    book = sheet.parent
    assert book is not None
    copy = book.copy_worksheet(sheet)
    copy["D6"] = "另一份"


def _commented(sheet: Worksheet) -> None:
    fill(sheet)
    sheet["D6"].comment = Comment("这条有不同意见", "某人")


def _pictured(sheet: Worksheet) -> None:
    fill(sheet)
    memory = io.BytesIO()
    PIL.Image.effect_mandelbrot((160, 120), (-2, -1, 1, 1), 60).save(memory, "PNG")
    sheet.add_image(Image(memory), "F7")


def _merged(sheet: Worksheet) -> None:
    fill(sheet, {"D6": "一并整改", "E6": "2026-11-20", "E7": "2026-11-20"})
    sheet.merge_cells("D6:D7")


@pytest.mark.parametrize(
    ("change", "due"),
    [
        (_set(E6="下周"), [("rows-value", "E6")]),
        (_set(E6="2062-11-20"), [("rows-value", "E6")]),
        (_set(E6="11月20日"), [("entry-interpreted", "E6")]),
        (_set(E6="２０２６．１１．２０"), []),
        (_set(F6="１００％"), []),
        (_set(F6="120"), [("rows-value", "F6")]),
        (_set(F6="大半"), [("rows-value", "F6")]),
        (_set(F6=99.5), [("rows-value", "F6")]),
        (_set(G6="差不多了"), [("rows-value", "G6")]),
        (_set(G6="完成"), [("entry-interpreted", "G6")]),
        (_set(G6=" 已 完成。"), []),
        (_set(D6=None), [("rows-required-blank", "D6")]),
        (_set(D6="字" * 301), [("rows-long", "D6")]),
        (_set(D6="校长电话 13800000000"), [("private-number", "D6")]),
        (_set(B6="问题已不存在"), [("rows-text-altered", "B6")]),
        (_set(C7="长期"), [("rows-text-altered", "C7")]),
        (_set(A6="Z-0099"), [("rows-key-unknown", "A6"), ("rows-row-missing", "")]),
        (_set(A6=None), [("rows-key-blank", "A6"), ("rows-row-missing", "")]),
        (_without(6), [("rows-row-missing", "")]),
        (_copied, [("rows-key-twice", "A9")]),
        (_second_sheet, [("rows-sheet-unread", "")]),
        (_copied_sheet, [("rows-sheet-copied", "")]),
        (_commented, [("rows-unread", "D6")]),
        (_pictured, [("rows-unread", "F7")]),
        (_merged, [("cell-merged", "D7")]),
        (_set(J6="见附件", J4="学校备注"), [("rows-column-unread", "J6")]),
        (_set(C12="请局里再来看看"), [("rows-beside", "C12")]),
        (_set(A3="改过的期限"), [("rows-beside", "A3")]),
        (_set(D4="措施"), [("rows-table-missing", "")]),
        (_set(D7=None, E7=None, G7=None), [("rows-row-blank", "A7")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(
    change: Change, due: list[tuple[str, str]], tmp_path: Path
) -> None:
    read, problems = back(tmp_path, change)
    assert told(problems) == due
    assert all(item.place.file == "交回.xlsx" and item.message and item.remedy for item in problems)
    if due == [("rows-table-missing", "")]:
        assert read is None
    else:
        # Whatever it is, it costs no other row anything.
        assert typed(read)["Z-0007"] == WHOLE["Z-0007"]


def test_a_row_that_may_stay_open_is_no_error(tmp_path: Path) -> None:
    read, problems = back(tmp_path, _set(D6=None, E6=None, F6=None, G6=None, H6=None, I6=None))
    assert problems == []
    assert read is not None
    assert read.rows[0].is_blank


def test_a_formula_is_told_and_one_without_a_result_is_lost(tmp_path: Path) -> None:
    read, problems = back(tmp_path, _set(F6="=50+50"))
    assert told(problems) == [("entry-lost", "F6")]
    assert read is not None
    assert read.rows[0].lost == {"progress"}


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_formula_with_a_result_is_read_and_told(
    kind: str, tmp_path: Path, soffice: Convert
) -> None:
    held = load_workbook(io.BytesIO(rows_data(BOOK)))
    fill(held.worksheets[0], {**FILLED, "F6": "=50+50"})
    held.save(tmp_path / "交回.xlsx")
    (saved,) = soffice(tmp_path / "交回.xlsx", to=kind, into=tmp_path / "saved")
    read, problems = read_rows(saved, [BOOK])
    assert typed(read)["Z-0001"]["progress"] == 100
    assert told(problems) == [("entry-formula", "F6")]


def test_a_text_longer_than_a_cell_can_hold(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        fill(sheet)
        sheet["D6"]._value = "字" * 40_000

    read, problems = back(tmp_path, change)
    assert told(problems) == [("cell-too-long", "D6"), ("rows-long", "D6")]
    assert typed(read)["Z-0002"] == WHOLE["Z-0002"]


@pytest.mark.parametrize(
    ("sent", "known", "to", "due"),
    [
        (BOOK, [replace(BOOK, round="2025b")], "", ["rows-other-round"]),
        (BOOK, [replace(BOOK, seal_key=OTHER_KEY)], "", ["rows-seal-altered"]),
        (BOOK, [BLANK], "", ["rows-other-kind"]),
        (BOOK, [replace(BOOK, to="330101002")], "", ["rows-owner-unknown"]),
        (BOOK, [BOOK, replace(BOOK, to="330101002")], "330101002", ["rows-other-owner"]),
        (BOOK, [issued(BOOK, 2)], "", ["rows-older-issue"]),
        (issued(BOOK, 2), [BOOK], "", ["rows-newer-issue"]),
    ],
)
def test_whose_workbook_it_is(
    sent: RowBook, known: list[RowBook], to: str, due: list[str], tmp_path: Path
) -> None:
    write_rows(tmp_path / "表.xlsx", sent)
    read, problems = read_rows(tmp_path / "表.xlsx", known, "表.xlsx", to)
    codes = [item.code for item in problems if item.code != "rows-row-blank"]
    assert codes == due
    assert (read is not None) == (due == ["rows-older-issue"])


def test_an_older_issue_is_read_by_its_numbers(tmp_path: Path) -> None:
    latest = replace(issued(BOOK, 2), rows=(ROWS[0], Row("Z-0009", {"fact": "新增"})))
    read, problems = back(tmp_path, fill, known=(latest,))
    assert told(problems) == [("rows-older-issue", "")]
    assert typed(read) == WHOLE


def test_the_identity_is_sealed(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        book = sheet.parent
        assert book is not None
        hidden = book.worksheets[1]
        hidden["B2"] = hidden["B3"].value

    read, problems = back(tmp_path, change)
    assert read is None
    assert [item.code for item in problems] == ["rows-seal-altered"]


def test_what_is_no_workbook_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    for data, code in (
        (b"PK\x03\x04", "rows-unreadable"),
        ("编号,问题\n".encode(), "rows-foreign"),
    ):
        path.write_bytes(data)
        assert [item.code for item in read_rows(path, [BOOK])[1]] == [code]
    missing = tmp_path / "没有.xlsx"
    assert [item.code for item in read_rows(missing, [BOOK])[1]] == ["file-missing"]


def test_what_is_typed_behind_a_signature_is_kept(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        fill(sheet)
        for row in sheet.iter_rows(min_row=9):
            for cell in row:
                if cell.value == "填表人：":
                    spans = [it for it in sheet.merged_cells.ranges if it.min_row == cell.row]
                    after = min(it.min_col for it in spans if it.min_col > cell.column)
                    sheet.cell(cell.row, after, "办公室")

    read, problems = back(tmp_path, change)
    assert problems == []
    assert read is not None
    assert read.signed == {"填表人：": "办公室"}


def test_a_blank_list_is_read_with_and_without_numbers_and_seal(tmp_path: Path) -> None:
    read, problems = back(tmp_path, lambda it: fill(it, {"B6": "甲", "C6": "2026-10-08"}), BLANK)
    assert problems == []
    assert typed(read) == {"新1": {"done": "甲", "day": date(2026, 10, 8)}}
    assert read is not None
    assert read.rows[0].brought

    def own(sheet: Worksheet) -> None:
        fill(sheet, {"A6": None, "B6": "甲", "C6": "2026-10-08", "A7": 31, "B7": "乙", "C7": 46300})
        book = sheet.parent
        assert book is not None
        del book[book.sheetnames[1]]

    read, problems = back(tmp_path, own, BLANK)
    assert problems == []
    assert list(typed(read)) == ["第6行", "31"]
    assert read is not None
    assert read.issue == 0


def test_a_very_long_locked_text_prints_on_a_page_and_is_not_taken_for_altered(
    tmp_path: Path,
) -> None:
    book = replace(BOOK, rows=(Row("Z-1", {"fact": "很长的一段话，" * 800, "demand": "改"}),))
    read, problems = back(tmp_path, lambda it: fill(it, {}), book, (book,))
    assert [item.code for item in problems] == ["rows-blank"]
    assert read is not None
    sheet = load_workbook(io.BytesIO(rows_data(book))).worksheets[0]
    assert len(str(sheet["B6"].value)) <= MOST_SHOWN
    assert max(it.height or 0 for it in sheet.row_dimensions.values()) < 409


def test_more_choices_than_a_validation_holds(tmp_path: Path) -> None:
    words = tuple(f"第{number}股室（负责{number}号事项）" for number in range(60))
    column = RowColumn("office", "股室", Kind.CHOICE, choices=words)
    book = replace(BOOK, columns=(*COLUMNS[:2], column), rows=ROWS[:1])
    read, problems = back(tmp_path, lambda it: fill(it, {"D5": words[59]}), book, (book,))
    assert problems == []
    assert typed(read) == {"Z-0001": {"office": words[59]}}


LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60
)


@settings(max_examples=40)
@given(
    text=LINES, day=st.dates(date(2026, 9, 1), date(2027, 7, 31)), share=st.integers(0, 100),
    state=st.sampled_from(COLUMNS[5].choices),
)  # fmt: skip
def test_round_trip(
    text: str, day: date, share: int, state: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    entries: dict[str, Any] = {"done": text, "day": day, "progress": share, "state": state}
    book = replace(BOOK, rows=(Row("Z-1", {"fact": text, "demand": text}, entries),))
    path = tmp_path_factory.getbasetemp() / "往返.xlsx"
    write_rows(path, book)
    read, problems = read_rows(path, [book])
    assert not [item for item in problems if item.code.startswith("rows-")]
    assert read is not None
    (row,) = read.rows
    assert (row.value("day"), row.value("progress"), row.value("state")) == (day, share, state)
    shown = row.text("done")
    assert "*" in shown or shown == plain(text).strip()


def test_a_workbook_in_which_nothing_was_typed_is_told_once(tmp_path: Path) -> None:
    known = replace(BOOK, rows=tuple(replace(row, due=False, entries={}) for row in BOOK.rows))
    for book in (known, BLANK):
        _, problems = back(tmp_path, lambda it: fill(it, {}), book, (book,))
        assert [(item.code, item.place.cell) for item in problems] == [("rows-blank", "")]
    # A word beside the table, a signature: something was typed, and is told or kept.
    _, problems = back(tmp_path, lambda it: fill(it, {"B30": "都改好了"}), known, (known,))
    assert "rows-blank" not in [item.code for item in problems]

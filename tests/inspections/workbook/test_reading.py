"""Filled workbooks: each mistake that people make, and the code and cell that it comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from inspections.records.moments import read_day
from inspections.records.record import Record, RecordKey, State
from inspections.round.opened import OpenRound
from inspections.round.school import Roster, School
from inspections.workbook.form.contents import RowEntry, SheetEntries, SheetSpec
from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.layout import Column, sheet_layout
from inspections.workbook.reading.workbook import read_workbook
from inspections.workbook.reading.workbook_record import WorkbookRecord
from tests.inspections.small_round import (
    DAY,
    INSPECTORS,
    SCHOOLS,
    entry_cell,
    small_round,
    spec,
    write,
)

Found = list[tuple[str, str]]


def read(path: Path, of: OpenRound) -> WorkbookRecord:
    return read_workbook(path.read_bytes(), path.name, expectations(of))


def found(record: WorkbookRecord, notes: bool = False) -> Found:
    return [
        (item.code, item.place.cell)
        for item in record.problems
        if notes or item.severity.value != "note"
    ]


def only_visit(record: WorkbookRecord) -> Record:
    (sheet,) = record.sheets
    assert sheet.visit is not None
    return sheet.visit


def test_a_sheet_without_a_mistake(of: OpenRound, tmp_path: Path) -> None:
    record = read(write(of, tmp_path / "任意文件名.xlsx"), of)
    assert found(record, notes=True) == []
    visit = only_visit(record)
    assert visit.key == RecordKey("21068101", "kitchen", "第1次", "D01")
    assert visit.inspectors == ("D01", "D02")
    assert (visit.day, visit.companion) == (DAY, "赵校长")
    assert visit.arrived == datetime(2026, 3, 5, 8, 30)
    assert visit.left == datetime(2026, 3, 5, 11, 0)
    states = {item.owner: item.state for item in visit.observations}
    assert states.pop("A8") is State.EXCUSED
    assert states.pop("J1") is State.UNCHECKED
    assert set(states.values()) == {State.CHECKED}
    first = visit.observation("A1")
    assert first is not None
    assert dict(first.values) == {"x": Decimal(2), "y": Decimal(0)}
    assert (first.fault, first.evidence) == ("灶台有油污", ("1号笔录",))
    assert first.places["x"].cell == entry_cell(of, "A1.x")
    assert first.places["evidence"].cell == entry_cell(of, "A1", Column.EVIDENCE)
    assert first.places["x"].file == "任意文件名.xlsx"


HEAD_MISTAKES: list[tuple[dict[str, object], Found]] = [
    ({"同行督学": ""}, [("inspectors-few", "F3")]),
    ({"同行督学": "王建国"}, [("inspectors-few", "F3")]),
    ({"同行督学": "钱七"}, [("inspector-unknown", "F3")]),
    ({"同行督学": "张伟"}, [("inspector-unknown", "F3")]),
    ({"同行督学": "张伟（D03）、D02"}, []),
    ({"同行督学": "李　秀"}, []),
    ({"填表督学": "李秀", "同行督学": "王建国"}, [("recorder-other", "B3")]),
    ({"检查日期": ""}, [("head-missing", "K4")]),
    ({"检查日期": "三月五日"}, [("head-value", "K4")]),
    ({"检查日期": "2026.3.5"}, []),
    ({"检查日期": "3月5日"}, []),
    ({"检查日期": "４月５日"}, [("visit-outside", "K4")]),
    ({"检查日期": "2月30日"}, [("head-value", "K4")]),
    ({"检查日期": date(2025, 3, 5)}, [("visit-outside", "K4")]),
    ({"到校时间": ""}, [("head-missing", "K3")]),
    ({"到校时间": "早上"}, [("head-value", "K3")]),
    ({"到校时间": "8：30"}, []),
    ({"到校时间": time(11, 30)}, [("visit-reversed", "M3")]),
    ({"离校时间": time(9, 0)}, [("visit-short", "M3")]),
    ({"陪同人员及职务": "/"}, [("head-missing", "F4")]),
    ({"学校代码": "21068102"}, [("sheet-copied", "")]),
]


@pytest.mark.parametrize(("head", "problems"), HEAD_MISTAKES, ids=str)
def test_the_head(of: OpenRound, tmp_path: Path, head: dict[str, object], problems: Found) -> None:
    record = read(write(of, tmp_path / "表.xlsx", spec(head)), of)  # type: ignore[arg-type]
    assert found(record) == problems


@pytest.mark.parametrize("day", ["", "三月五日", date(2025, 3, 5)])
def test_a_visit_without_a_day_in_the_round_does_not_count(
    of: OpenRound, tmp_path: Path, day: str | date
) -> None:
    record = read(write(of, tmp_path / "表.xlsx", spec({"检查日期": day})), of)
    (sheet,) = record.sheets
    assert sheet.visit is None
    assert ("A1", "x", 2.0, entry_cell(of, "A1.x")) in sheet.typed


@pytest.mark.parametrize(
    ("since", "until", "typed", "day"),
    [
        (date(2026, 10, 12), date(2026, 11, 6), "10月14日", date(2026, 10, 14)),
        (date(2026, 10, 12), date(2026, 11, 6), " 10 月 14 号", date(2026, 10, 14)),
        (date(2026, 12, 1), date(2027, 1, 31), "1月4日", date(2027, 1, 4)),
        (date(2026, 12, 1), date(2027, 1, 31), "12-30", date(2026, 12, 30)),
        (date(2026, 12, 1), date(2027, 1, 31), "6月1日", None),
        (date(2025, 1, 1), date(2026, 12, 31), "3月5日", None),
    ],
)
def test_a_day_without_a_year_takes_the_rounds(
    since: date, until: date, typed: str, day: date | None
) -> None:
    found = read_day(typed, (since, until))
    assert (found.date if found else None) == day
    assert found is None or found.noted
    assert read_day(typed) is None


def test_a_sheet_is_whose_it_was_handed_to(of: OpenRound, tmp_path: Path) -> None:
    changed = spec({"填表督学": "李秀", "同行督学": "王建国"})
    visit = only_visit(read(write(of, tmp_path / "表.xlsx", changed), of))
    assert visit.key.inspector == "D01"
    assert visit.inspectors == ("D01", "D02")


ROW_MISTAKES: list[tuple[dict[str, RowEntry], Found]] = [
    ({"A1.x": RowEntry("３")}, []),
    ({"A1.x": RowEntry("扣2分")}, [("entry-not-understood", "A1.x ENTRY")]),
    ({"A1.x": RowEntry("/")}, [("entry-not-understood", "A1.x ENTRY")]),
    ({"A1.x": RowEntry(-2)}, [("entry-out-of-range", "A1.x ENTRY")]),
    ({"A1": RowEntry(fault="灶台有油污")}, [("evidence-missing", "A1 EVIDENCE")]),
    ({"A1": RowEntry(evidence="1.jpg")}, [("fault-missing", "A1 FAULT")]),
    ({"A1": RowEntry(state="合理缺项")},
     [("excuse-without-reason", "A1 STATE"), ("entry-unexpected", "A1.x ENTRY"),
      ("entry-unexpected", "A1.y ENTRY")]),
    ({"A1": RowEntry(state="好")}, [("state-not-understood", "A1 STATE")]),
    ({"A2": RowEntry("-2")}, [("reason-missing", "A2 ENTRY")]),
    ({"A2": RowEntry("-2"), "A2.reason": RowEntry("杂乱")}, [("fault-missing", "A2 FAULT")]),
    ({"A2": RowEntry(3)}, [("entry-out-of-range", "A2 ENTRY")]),
    ({"A2": RowEntry(0, state="合理缺项", remark="新校")},
     [("state-not-excusable", "A2 STATE"), ("entry-unexpected", "A2 ENTRY")]),
    ({"A3.1": RowEntry("125克")}, []),
    ({"A3.1": RowEntry("0.125kg")}, [("entry-not-understood", "A3.1 ENTRY")]),
    ({"A3.1": RowEntry(""), "A3.2": RowEntry(126)}, []),
    ({"A3.2": RowEntry("√")}, [("entry-not-understood", "A3.2 ENTRY")]),
    ({"A4.have": RowEntry(6)}, [("ratio-above-one", "A4.have ENTRY")]),
    ({"A4.due": RowEntry("")}, [("entry-missing", "A4.due ENTRY")]),
    ({"A5.none": RowEntry("")}, [("red-line-unanswered", "A5.none ENTRY")]),
    ({"A5.none": RowEntry("不清楚")}, [("entry-not-understood", "A5.none ENTRY")]),
    ({"A6": RowEntry(0.99)}, [("entry-percent", "A6 ENTRY")]),
    ({"A6": RowEntry("99%")}, []),
    ({"A7": RowEntry(11.3)}, [("entry-not-understood", "A7 ENTRY")]),
    ({"A7": RowEntry("11点30")}, []),
    ({"R1.fake": RowEntry("")}, [("red-line-unanswered", "R1.fake ENTRY")]),
    ({"J1": RowEntry(1)}, [("evidence-missing", "J1 EVIDENCE")]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "problems"), ROW_MISTAKES, ids=str)
def test_the_rows(
    of: OpenRound, tmp_path: Path, rows: dict[str, RowEntry], problems: Found
) -> None:
    record = read(write(of, tmp_path / "表.xlsx", spec(rows=rows)), of)
    expected = [
        (code, entry_cell(of, where.split()[0], Column[where.split()[1]]))
        for code, where in problems
    ]
    assert found(record) == expected


@pytest.mark.parametrize("address", ["A1.x", "A3.2", "A5.none", "A6"])
def test_what_cannot_be_read_is_never_taken_for_zero(
    of: OpenRound, tmp_path: Path, address: str
) -> None:
    record = read(write(of, tmp_path / "表.xlsx", spec(rows={address: RowEntry("？")})), of)
    observation = only_visit(record).observation(address.partition(".")[0])
    assert observation is not None
    assert observation.state is State.UNCHECKED


def test_notes_say_how_entries_were_understood(of: OpenRound, tmp_path: Path) -> None:
    rows = {"A1.x": RowEntry("三处"), "A2": RowEntry("扣1分"), "A2.reason": RowEntry("杂乱")}
    head = {"到校时间": "上午8:30"}
    record = read(write(of, tmp_path / "表.xlsx", spec(head, rows)), of)
    notes = [item.place.cell for item in record.problems if item.code == "entry-interpreted"]
    assert sorted(notes) == sorted(["K3", entry_cell(of, "A1.x"), entry_cell(of, "A2")])


def changed(of: OpenRound, path: Path, edit: Callable[[Worksheet, Workbook], None]) -> Path:
    """A filled workbook, edited with openpyxl (which does not calculate)."""
    book = openpyxl.load_workbook(write(of, path))
    edit(book.worksheets[1], book)
    book.save(path)
    return path


def test_errors_and_formulas_without_a_result_are_not_blank(of: OpenRound, tmp_path: Path) -> None:
    wrong, empty = entry_cell(of, "A1.x"), entry_cell(of, "A1.y")

    def edit(sheet: Worksheet, book: Workbook) -> None:
        sheet[wrong] = "#REF!"
        sheet[wrong].data_type = "e"
        sheet[empty] = "=1+1"
        sheet["K4"] = "=1/0"

    record = read(changed(of, tmp_path / "表.xlsx", edit), of)
    lost = [("entry-lost", "K4"), ("entry-lost", wrong), ("entry-lost", empty)]
    assert found(record) == lost
    assert [dict(item.params)["detail"] for item in record.problems] == [
        "没有结果的公式 =1/0",
        "错误值 #REF!",
        "没有结果的公式 =1+1",
    ]


def test_a_date_where_a_number_belongs_is_reported(of: OpenRound, tmp_path: Path) -> None:
    cell = entry_cell(of, "A1.x")

    def edit(sheet: Worksheet, book: Workbook) -> None:
        sheet[cell] = date(2026, 3, 5)

    assert found(read(changed(of, tmp_path / "表.xlsx", edit), of)) == [
        ("entry-not-understood", cell)
    ]


def test_rows_are_found_by_their_address_wherever_they_are(of: OpenRound, tmp_path: Path) -> None:
    before = only_visit(read(write(of, tmp_path / "原.xlsx"), of))

    def edit(sheet: Worksheet, book: Workbook) -> None:
        for merged in list(sheet.merged_cells.ranges):
            if merged.min_row > 6:
                sheet.unmerge_cells(merged.coord)
        sheet.insert_rows(9, 3)

    record = read(changed(of, tmp_path / "表.xlsx", edit), of)
    assert found(record) == []
    after = only_visit(record)
    assert [item.values for item in after.observations] == [
        item.values for item in before.observations
    ]
    moved = after.observation("A6")
    assert moved is not None
    row = int(entry_cell(of, "A6")[1:])
    assert moved.places[""].cell == f"H{row + 3}"


def test_rows_that_are_gone_doubled_or_unknown(of: OpenRound, tmp_path: Path) -> None:
    gone, doubled = entry_cell(of, "A6", Column.ADDRESS), entry_cell(of, "A7", Column.ADDRESS)

    def edit(sheet: Worksheet, book: Workbook) -> None:
        sheet[gone] = "B6"
        sheet[doubled] = "A2"

    record = read(changed(of, tmp_path / "表.xlsx", edit), of)
    assert found(record) == [
        ("row-unknown", gone),
        ("row-twice", doubled),
        ("row-missing", gone),
        ("row-missing", doubled),
    ]
    for owner in ("A6", "A7"):
        observation = only_visit(record).observation(owner)
        assert observation is not None
        assert observation.state is State.UNCHECKED


def test_what_is_typed_into_locked_cells_is_not_lost_in_silence(
    of: OpenRound, tmp_path: Path
) -> None:
    cells = [
        entry_cell(of, "A1"),  # above the slots
        entry_cell(of, "A1.x", Column.FAULT),  # below the owner's note
        entry_cell(of, "A8", Column.REMARK),  # does not apply to the school
        "K7",  # a heading
    ]

    def edit(sheet: Worksheet, book: Workbook) -> None:
        for merged in list(sheet.merged_cells.ranges):
            if merged.min_row > 6:
                sheet.unmerge_cells(merged.coord)
        for cell in cells:
            sheet[cell] = "说明"

    record = read(changed(of, tmp_path / "表.xlsx", edit), of)
    assert sorted(found(record)) == sorted(("entry-misplaced", cell) for cell in cells)


def below(of: OpenRound, row: int, column: str) -> str:
    """A cell so many rows below the last row of the first school's kitchen."""
    layout = sheet_layout(of.rubrics["kitchen"], SCHOOLS[0].traits)
    return f"{column}{layout.last_row + row}"


def test_whatever_the_blank_sheet_does_not_hold_is_pointed_out(
    of: OpenRound, tmp_path: Path
) -> None:
    cells = {
        entry_cell(of, "A1", Column.THRESHOLD): "冰箱已坏",  # beside a row, where nothing stands
        f"V{entry_cell(of, 'A2')[1:]}": "另见照片",  # beside the table
        entry_cell(of, "A5", Column.TITLE): "许可（过期）",  # over a text of ours
        entry_cell(of, "R1.fake", Column.STATE): "已查",  # red lines have no state
        "P3": "补记",  # beside the head
        "M4": "第2次",  # what the sheet is for
        "E7": "午后再看",  # beside a heading
        below(of, 1, "E"): "待议",  # beside the legend
        below(of, 6, "H"): "有",  # below everything
        below(of, 9, "K"): "两处",
    }

    def edit(sheet: Worksheet, book: Workbook) -> None:
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(merged.coord)
        for at, text in cells.items():
            sheet[at] = text

    record = read(changed(of, tmp_path / "表.xlsx", edit), of)
    assert sorted(found(record)) == sorted(("entry-misplaced", at) for at in cells)
    assert {dict(item.params)["value"] for item in record.problems} == set(cells.values())


def test_what_is_typed_into_an_inserted_row_is_pointed_out(of: OpenRound, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, book: Workbook) -> None:
        for merged in list(sheet.merged_cells.ranges):
            if merged.min_row > 6:
                sheet.unmerge_cells(merged.coord)
        sheet.insert_rows(9)
        sheet["B9"], sheet["J9"] = "灶台", 3

    record = read(changed(of, tmp_path / "表.xlsx", edit), of)
    assert found(record) == [("entry-misplaced", "B9"), ("entry-misplaced", "J9")]


def test_what_the_school_states_is_kept(of: OpenRound, tmp_path: Path) -> None:
    typed = {
        below(of, 2, "C"): ("检查人签字", "王建国"),
        below(of, 2, "L"): ("日期", "3月5日"),
        below(of, 3, "B"): ("学校陈述意见", "学校陈述意见：留样已补"),
        below(of, 3, "E"): ("学校陈述意见", "无其他异议"),
        below(of, 4, "C"): ("学校陈述意见", "校长 赵某"),
        below(of, 5, "C"): ("拒签说明", "校长外出"),
    }

    def edit(sheet: Worksheet, book: Workbook) -> None:
        for at, (_, text) in typed.items():
            sheet[at] = text

    record = read(changed(of, tmp_path / "表.xlsx", edit), of)
    expected = [(label, text.removeprefix(f"{label}：")) for label, text in typed.values()]
    assert found(record, notes=True) == [("statement-kept", at) for at in typed]
    assert [tuple(dict(item.params).values()) for item in record.problems] == expected
    (sheet,) = record.sheets
    kept = {(cell.key, cell.raw, cell.cell) for cell in sheet.typed if cell.owner == ""}
    assert kept >= {(*one, at) for one, at in zip(expected, typed, strict=True)}


def test_a_blank_sheet_on_which_somebody_wrote_beside_the_entries(
    of: OpenRound, tmp_path: Path
) -> None:
    def edit(sheet: Worksheet, book: Workbook) -> None:
        sheet["V9"] = "停课未查"

    path = write(of, tmp_path / "表.xlsx", replace(spec(), entries=SheetEntries()))
    book = openpyxl.load_workbook(path)
    edit(book.worksheets[1], book)
    book.save(path)
    record = read(path, of)
    assert (found(record), record.sheets) == ([("entry-misplaced", "V9")], ())


def test_texts_of_another_edition_are_nobodys_entries(of: OpenRound, tmp_path: Path) -> None:
    """A rubric that was corrected since prints other texts; what is typed is found all the same."""
    was = of.rubrics["kitchen"]
    lines = was.dimensions[0].indicators
    renamed = tuple(item.model_copy(update={"title": f"{item.title}工作"}) for item in lines)
    dimension = was.dimensions[0].model_copy(update={"title": "旧", "indicators": renamed})
    rubrics = {**of.rubrics, "kitchen": was.model_copy(update={"dimensions": (dimension,)})}
    path = write(replace(of, rubrics=rubrics), tmp_path / "表.xlsx")
    book = openpyxl.load_workbook(path)
    book.worksheets[1]["E7"] = "午后再看"
    book.save(path)
    assert found(read(path, of)) == [("workbook-rubric-changed", ""), ("entry-misplaced", "E7")]


def test_a_note_is_printed_and_sheets_from_before_that_are_nobodys_entries(
    of: OpenRound, tmp_path: Path
) -> None:
    was = of.rubrics["kitchen"]
    first, *others = was.dimensions[0].indicators
    noted = {"note": "没有的填0。", "material": "记录（抽查20天）"}
    lines = (first.model_copy(update=noted), *others)
    dimension = was.dimensions[0].model_copy(update={"indicators": lines})
    rubric = was.model_copy(update={"dimensions": (dimension, *was.dimensions[1:])})
    now = replace(of, rubrics={**of.rubrics, "kitchen": rubric})
    path = write(now, tmp_path / "表.xlsx")
    before = found(read(path, now), notes=True)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    cell = next(it for row in sheet.iter_rows() for it in row if "〔" in str(it.value))
    assert cell.value.endswith("\n说明：没有的填0。")
    assert "〔记录（抽查20天）〕" in cell.value
    earlier = cell.value.removesuffix("\n说明：没有的填0。")
    cell.value = earlier.replace("〔", "（").replace("〕", "）")
    book.save(path)
    assert found(read(path, now), notes=True) == before
    cell.value = f"{cell.value}没有查"
    book.save(path)
    assert found(read(path, now), notes=True) == [*before, ("entry-misplaced", cell.coordinate)]


@pytest.mark.parametrize(
    ("address", "typed", "code", "said"),
    [
        ("A1.x", 0.9, "entry-not-understood", "90%"),
        ("A1.x", 2, "entry-not-understood", "200%"),
        ("A3.1", 1.3, "entry-not-understood", "130%"),
        ("A7", 0.355, "entry-not-understood", "35.5%"),
        ("A6", 1.5, "entry-out-of-range", "150"),
    ],
)
@pytest.mark.parametrize("format", ["0%", "0.00%", '0.0%"左右"'])
def test_a_number_that_is_shown_as_a_per_cent_is_refused(
    of: OpenRound, tmp_path: Path, address: str, typed: float, code: str, said: str, format: str
) -> None:
    cell = entry_cell(of, address)

    def edit(sheet: Worksheet, book: Workbook) -> None:
        sheet[cell] = typed
        sheet[cell].number_format = format

    record = read(changed(of, tmp_path / "表.xlsx", edit), of)
    assert found(record) == [(code, cell)]
    assert dict(record.problems[0].params)["value"] == said


@pytest.mark.parametrize(
    ("typed", "format", "means"), [(0.99, "0%", "99"), (0.955, "0.0%", "95.5")]
)
def test_a_per_cent_says_the_same_with_its_sign_and_without(
    of: OpenRound, tmp_path: Path, typed: float, format: str, means: str
) -> None:
    def edit(sheet: Worksheet, book: Workbook) -> None:
        sheet[entry_cell(of, "A6")] = typed
        sheet[entry_cell(of, "A6")].number_format = format

    record = read(changed(of, tmp_path / "表.xlsx", edit), of)
    assert found(record) == []
    observation = only_visit(record).observation("A6")
    assert observation is not None
    assert observation.values == {"": Decimal(means)}


def test_nothing_is_wrong_with_no_per_cent(of: OpenRound, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, book: Workbook) -> None:
        sheet[entry_cell(of, "A1.y")].number_format = "0%"
        sheet[entry_cell(of, "A3.2")].number_format = "0%"  # blank

    assert found(read(changed(of, tmp_path / "表.xlsx", edit), of)) == []


def test_comments_are_pointed_out(of: OpenRound, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, book: Workbook) -> None:
        sheet["H10"].comment = Comment("另见附件", "督学")

    assert found(read(changed(of, tmp_path / "表.xlsx", edit), of)) == [("workbook-unread", "H10")]


@pytest.mark.parametrize(
    "edit",
    [
        lambda sheet: sheet.insert_rows(1),
        lambda sheet: sheet.insert_cols(8),
        lambda sheet: sheet.delete_cols(2),
    ],
)
def test_a_sheet_whose_columns_or_head_moved_is_refused(
    of: OpenRound, tmp_path: Path, edit: Callable[[Worksheet], None]
) -> None:
    def apply(sheet: Worksheet, book: Workbook) -> None:
        edit(sheet)

    record = read(changed(of, tmp_path / "表.xlsx", apply), of)
    assert found(record) == [("sheet-altered", "")]
    assert record.sheets == ()


def test_a_copied_sheet_is_told_from_the_original(of: OpenRound, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, book: Workbook) -> None:
        copy = book.copy_worksheet(sheet)
        copy.title = "另一所学校"
        book.move_sheet(copy, -3)

    record = read(changed(of, tmp_path / "表.xlsx", edit), of)
    assert [(item.code, item.place.sheet) for item in record.problems] == [
        ("sheet-copied", "另一所学校")
    ]
    assert [sheet.name for sheet in record.sheets] == ["第一小学"]


def test_other_sheets_are_pointed_out_and_blank_ones_passed_over(
    of: OpenRound, tmp_path: Path
) -> None:
    def edit(sheet: Worksheet, book: Workbook) -> None:
        book.create_sheet("草稿")["B2"] = "记一笔"
        book.create_sheet("Sheet1")

    record = read(changed(of, tmp_path / "表.xlsx", edit), of)
    assert [(item.code, item.place.sheet) for item in record.problems] == [
        ("sheet-unknown", "草稿")
    ]


def test_a_renamed_sheet_and_reordered_sheets_are_read(of: OpenRound, tmp_path: Path) -> None:
    def edit(sheet: Worksheet, book: Workbook) -> None:
        sheet.title = "一小"
        book.move_sheet(sheet, 1)
        del book["填表说明"]

    record = read(changed(of, tmp_path / "表.xlsx", edit), of)
    assert found(record) == []
    assert only_visit(record).sheet == "一小"


def test_a_workbook_of_ones_own_is_foreign(of: OpenRound, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["学校", "得分"])
    book.save(tmp_path / "表.xlsx")
    assert found(read(tmp_path / "表.xlsx", of)) == [("workbook-foreign", "")]


def test_blank_sheets_are_no_visits_and_no_problem(of: OpenRound, tmp_path: Path) -> None:
    party = replace(spec(), rubric="party", entries=SheetEntries())
    record = read(write(of, tmp_path / "表.xlsx", spec(), party), of)
    assert (len(record.sheets), found(record)) == (1, [])


def test_a_workbook_in_which_nothing_is_filled_is_told_once(of: OpenRound, tmp_path: Path) -> None:
    blank = replace(spec(), entries=SheetEntries())
    party = replace(spec(), rubric="party", entries=SheetEntries())
    record = read(write(of, tmp_path / "表.xlsx", blank, party), of)
    assert (record.sheets, found(record)) == ((), [("workbook-blank", "")])


def test_several_visits_in_one_workbook(of: OpenRound, tmp_path: Path) -> None:
    party = replace(
        spec(), school=SCHOOLS[1], rubric="party", entries=SheetEntries(spec().entries.head, {})
    )
    record = read(write(of, tmp_path / "表.xlsx", spec(), party), of)
    assert [(sheet.key.school, sheet.key.rubric) for sheet in record.sheets] == [
        ("21068101", "kitchen"),
        ("21068102", "party"),
    ]


def test_a_team_that_fills_one_sheet_is_its_owner(of: OpenRound, tmp_path: Path) -> None:
    together = replace(spec({"填表督学": "李秀", "同行督学": "王建国"}), inspector=None)
    visit = only_visit(read(write(of, tmp_path / "表.xlsx", together), of))
    assert visit.key.inspector == "一组"
    assert visit.inspectors == ("D02", "D01")
    nobody = replace(spec(), inspector=None)
    record = read(write(of, tmp_path / "表.xlsx", nobody), of)
    assert found(record) == [("head-missing", "B3"), ("inspectors-few", "F3")]


STRAYS: list[tuple[str, SheetSpec, dict[str, object]]] = [
    ("workbook-other-round", spec(), {"id": "2025秋"}),
    ("sheet-occasion-unknown", replace(spec(), occasion="第2次"), {}),
    ("sheet-school-unknown", replace(spec(), school=School("9", "外校", SCHOOLS[0].traits)), {}),
    ("sheet-rubric-inapplicable", replace(spec(), school=SCHOOLS[1]), {}),
]


@pytest.mark.parametrize(("code", "sheet", "changes"), STRAYS, ids=lambda item: str(item)[:30])
def test_sheets_that_do_not_belong_here(
    of: OpenRound, tmp_path: Path, code: str, sheet: SheetSpec, changes: dict[str, object]
) -> None:
    elsewhere = small_round(tmp_path, **changes)
    record = read(write(elsewhere, tmp_path / "表.xlsx", sheet), of)
    assert found(record) == [(code, "")]
    assert record.sheets == ()


@pytest.mark.parametrize(
    ("changes", "code", "sheets"),
    [
        ({"version": "1"}, "workbook-old-rubric", 0),
        ({"title": "食堂细则（试行）"}, "workbook-rubric-changed", 1),
        ({"id": "kitchens"}, "sheet-rubric-unknown", 0),
    ],
)
def test_sheets_of_another_rubric(
    of: OpenRound, tmp_path: Path, changes: dict[str, str], code: str, sheets: int
) -> None:
    older = of.rubrics["kitchen"].model_copy(update=changes)
    handed_out = replace(of, rubrics={older.id: older})
    path = write(handed_out, tmp_path / "表.xlsx", replace(spec(), rubric=older.id))
    record = read(path, of)
    assert found(record) == [(code, "")]
    assert len(record.sheets) == sheets


def test_a_rubric_that_the_round_dropped(of: OpenRound, tmp_path: Path) -> None:
    fewer = replace(of, rubrics={"party": of.rubrics["party"]})
    record = read(write(of, tmp_path / "表.xlsx"), fewer)
    assert found(record) == [("sheet-rubric-unknown", "")]


def test_two_of_one_name_are_told_apart_by_the_team(of: OpenRound, tmp_path: Path) -> None:
    roster = Roster(
        of.roster.schools,
        {item.id: replace(item, team="一组") if item.id == "D03" else item for item in INSPECTORS},
    )
    record = read(
        write(of, tmp_path / "表.xlsx", spec({"同行督学": "张伟"})), replace(of, roster=roster)
    )
    assert only_visit(record).inspectors == ("D01", "D03")

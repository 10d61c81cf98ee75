"""Rubric to workbook and back: the same rubric; and what a bureau types into it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook

from rubrics.files.loading import load_rubric
from rubrics.files.shipped import shipped
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, has_errors
from rubrics.workbook import export_workbook, import_workbook
from rubrics.workbook.sheets import FACTS, TABLES, Sheet
from tests.rubrics.strategies import rubrics

Convert = Callable[..., list[Path]]
SAMPLE = Path(__file__).with_name("sample.yaml")
SHEETS = {sheet.name: sheet for sheet in (FACTS, *TABLES)}


@pytest.fixture(scope="module")
def sample() -> Rubric:
    rubric, problems = load_rubric(SAMPLE)
    assert rubric is not None, problems
    return rubric


@pytest.fixture(scope="module")
def exported(sample: Rubric, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exported") / "sample.xlsx"
    path.write_bytes(export_workbook(sample))
    return path


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rubrics())
def test_a_rubric_comes_back_as_it_went(tmp_path: Path, rubric: Rubric) -> None:
    path = tmp_path / "细则.xlsx"
    path.write_bytes(export_workbook(rubric))
    again, problems = import_workbook(path)
    assert not has_errors(problems), problems
    assert again == rubric


def test_traits_of_its_own_come_back_too(sample: Rubric, tmp_path: Path) -> None:
    own = {
        "有宿舍": {"type": "yes_no", "headings": ["是否有宿舍"]},
        "床位数": {"type": "number"},
        "校址": {"type": "choice", "options": ["镇区", "乡村"]},
        "大宿舍": {"type": "yes_no", "derived": {"床位数": "≥300"}},
    }
    when = [{"有宿舍": True, "床位数": "≥50"}, {"校址": ["镇区", "乡村"], "大宿舍": False}]
    rubric = Rubric.model_validate(sample.model_dump() | {"traits": own, "when": when})
    path = tmp_path / "细则.xlsx"
    path.write_bytes(export_workbook(rubric))
    again, problems = import_workbook(path)
    assert not has_errors(problems), problems
    assert again == rubric


def test_a_workbook_of_an_earlier_version_is_read(sample: Rubric, tmp_path: Path) -> None:
    """It lacks the sheets and columns that came later."""
    path = tmp_path / "细则.xlsx"
    path.write_bytes(export_workbook(sample))
    book = load_workbook(path)
    for table in TABLES:
        if table.later:
            del book[table.name]
            continue
        for number in range(len(table.columns), 0, -1):
            if table.columns[number - 1].later:
                book[table.name].delete_cols(number)
    book.save(path)
    assert import_workbook(path) == (sample, [])


@pytest.mark.parametrize("name", shipped())
def test_shipped_rubrics_come_back_from_libreoffice(
    name: str, tmp_path: Path, soffice: Convert
) -> None:
    rubric, _ = load_rubric(shipped()[name])
    assert rubric is not None
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(export_workbook(rubric))
    assert import_workbook(path) == (rubric, [])
    (saved,) = soffice(path, to="xlsx", into=tmp_path / "saved")
    assert import_workbook(saved) == (rubric, [])


def test_the_same_rubric_gives_the_same_bytes(sample: Rubric, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_bytes(export_workbook(sample))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_text_that_begins_with_a_sign_stays_text(sample: Rubric, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sly = sample.model_copy(update={"title": '=HYPERLINK("x")', "note": "+1"})
    path.write_bytes(export_workbook(sly))
    book = load_workbook(path)
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert kinds == {"s", "n"}
    assert import_workbook(path)[0] == sly


Edit = Callable[[Any], None]


def edited(source: Path, path: Path, edit: Edit) -> tuple[Rubric | None, list[Problem]]:
    """A rubric's workbook with an edit, as openpyxl saves it, read back."""
    book = load_workbook(source)
    edit(book)
    book.save(path)
    return import_workbook(path)


def column(sheet: Sheet, heading: str) -> int:
    return next(n for n, item in enumerate(sheet.columns, 1) if item.heading == heading)


def cell(book: Any, name: str, row: str, heading: str) -> Any:
    """The cell under a heading in the row whose first cells say ``row`` (``A1 缺公示``)."""
    page, wanted = book[name], row.split()
    if name == FACTS.name:
        return next(line[1] for line in page.iter_rows() if line[0].value == row)
    for line in page.iter_rows(min_row=2):
        if all(any(str(one.value) == word for one in line) for word in wanted):
            return line[column(SHEETS[name], heading) - 1]
    raise AssertionError(row)


def put(name: str, row: str, heading: str, value: object) -> Edit:
    def edit(book: Any) -> None:
        cell(book, name, row, heading).value = value

    return edit


# Sheet, row, heading, what is typed, and what must be reported in that very cell.
MISTAKES = [
    ("指标", "A3", "分值", "四", "entry-not-understood"),
    ("指标", "A3", "督学可列缺项", "可以", "entry-not-understood"),
    ("指标", "A3", "佐证", "随便", "entry-not-understood"),
    ("指标", "A3", "编号", "A.3", "rubric-value"),
    ("指标", "A3", "核查方法", "看看", "rubric-method-unknown"),
    ("指标", "A3", "依据", "减99", "rubric-basis-unknown"),
    ("指标", "A3", "适用学校", "学段为中学", "rubric-trait-value"),
    ("指标", "A3", "适用学校", "办学层次为初中", "rubric-trait-unknown"),
    ("指标", "A3", "一级指标", "Z", "rubric-row-orphan"),
    ("一级指标", "A 组织领导", "分值", 9, "rubric-points-sum"),
    ("细则", "总分", "", 31, "rubric-points-sum"),
    ("细则", "细则代码", "", "双减", "rubric-value"),
    ("计分规则", "B4 档 >80", "范围", "80", "rubric-value"),
    ("计分规则", "B4 档 >80", "系数", 1, "rubric-cell-unused"),
    ("计分规则", "B4 档 >80", "行", "选项", "rubric-cell-unused"),
    ("计分规则", "B4 档 >80", "行", "规则", "rubric-rule-twice"),
    ("计分规则", "A3 扣分情形", "扣分", -1, "rubric-value"),
    ("计分规则", "A3 扣分情形", "指标", "A33", "rubric-row-orphan"),
    ("计分规则", "A2 规则", "规则种类", "次数", "entry-not-understood"),
    ("红线", "D6 乱收费查实", "等次定为", "差", "rubric-grade-unknown"),
    ("红线", "D6 乱收费查实", "指标", "D66", "rubric-row-orphan"),
    ("触发条件", "关键项 B3", "填写项", "班", "rubric-trigger-part"),
    ("等次", "良好", "总分范围", "24-27", "rubric-value"),
    ("关键项限制", "1 良好", "等次最高为", "好", "rubric-grade-unknown"),
    ("加分和附加扣分", "加分 J1", "每项分值", "两分", "entry-not-understood"),
    ("分时期", "B4 1", "到", "去年", "rubric-value"),
]


@pytest.mark.parametrize(("name", "row", "heading", "typed", "code"), MISTAKES)
def test_a_mistake_is_reported_in_its_cell(
    exported: Path, tmp_path: Path, name: str, row: str, heading: str, typed: object, code: str
) -> None:
    path = tmp_path / "a.xlsx"
    at = ""

    def edit(book: Any) -> None:
        nonlocal at
        at = cell(book, name, row, heading).coordinate
        put(name, row, heading, typed)(book)

    rubric, problems = edited(exported, path, edit)
    assert rubric is None
    found = [item.place for item in problems if item.code == code]
    assert [place for place in found if place.sheet == name], problems
    # A row that belongs to nothing is reported at its beginning, a cell at itself.
    assert at in [place.cell for place in found] or f"A{at[1:]}" in [place.cell for place in found]
    assert {place.file for place in found} == {str(path)}


# As people type: the same rubric must come back.
TYPED = [
    ("指标", "A3", "分值", "４分"),
    ("指标", "A3", "分值", " 4 "),
    ("指标", "A3", "已核实", "√"),
    ("指标", "A3", "已核实", True),
    ("指标", "A3", "关键项", "否"),
    ("指标", "A3", "依据", "减1;减4 ； 课1；"),
    ("指标", "A3", "依据", "减1\n减4\n课1"),
    ("指标", "A3", "佐证", "on_deduction"),
    ("指标", "B3", "适用学校", "学段=小学、九年一贯制"),
    ("指标", "D6", "适用学校", "收费课后服务为是"),
    ("细则", "版本", "", 2026.1),
    ("计分规则", "A3 扣分情形", "扣分", 0.5),
    ("计分规则", "B4 档 ≤60", "范围", "<= 60"),
    ("计分规则", "B4 档 ≤60", "范围", "≤６０"),
    ("计分规则", "G1 问卷", "满分值", 0.9),
    ("分时期", "B4 1", "到", datetime(2024, 12, 31)),
    ("指标", "A3", "计分规则（自动生成，改这里不起作用）", "随便写"),
]


@pytest.mark.parametrize(("name", "row", "heading", "typed"), TYPED)
def test_entries_as_people_type_them(
    sample: Rubric,
    exported: Path,
    tmp_path: Path,
    name: str,
    row: str,
    heading: str,
    typed: object,
) -> None:
    rubric, problems = edited(exported, tmp_path / "a.xlsx", put(name, row, heading, typed))
    assert problems == []
    assert rubric == sample


def test_an_edit_that_is_meant_is_taken(exported: Path, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        cell(book, "计分规则", "A3 扣分情形", "扣分").value = 1
        cell(book, "指标", "A3", "适用学校").value = "学段为初中且学生数≥100 或 寄宿"
        page = book["计分规则"]
        # A new item at the very end of the sheet still belongs to its indicator.
        row = ["A1", None, None, None, "件", "会议", "会议记录"]
        for place, value in enumerate(row, 1):
            page.cell(page.max_row + (place == 1), place, value)

    rubric, problems = edited(exported, tmp_path / "a.xlsx", edit)
    assert problems == []
    assert rubric is not None
    by_id = {item.id: item for item in rubric.indicators}
    assert by_id["A3"].when is not None
    assert by_id["A3"].when.notation == "学段为初中且学生数≥100 或 寄宿"
    assert [str(fault.each) for fault in by_id["A3"].rule.faults] == ["1"]  # type: ignore[union-attr]
    items = by_id["A1"].rule.items  # type: ignore[union-attr]
    assert [item.id for item in items][-1] == "会议"


def codes(problems: list[Problem]) -> set[str]:
    return {item.code for item in problems}


def test_sheets_and_headings(exported: Path, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        del book["依据文件"]
        book.create_sheet("草稿")["A1"] = "改什么"
        book["指标"]["D1"] = "分数"

    rubric, problems = edited(exported, tmp_path / "a.xlsx", edit)
    assert rubric is None
    expected = {
        "rubric-sheet-missing",
        "rubric-sheet-unknown",
        "rubric-heading-missing",
        "rubric-heading-unknown",
    }
    assert expected <= codes(problems)


def test_a_sheet_of_ones_own_is_mentioned_and_left_alone(
    sample: Rubric, exported: Path, tmp_path: Path
) -> None:
    rubric, problems = edited(exported, tmp_path / "a.xlsx", lambda book: book.create_sheet("草稿"))
    assert [(item.code, item.place.sheet) for item in problems] == [
        ("rubric-sheet-unknown", "草稿")
    ]
    assert rubric == sample


def test_cells_that_hold_no_value(exported: Path, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        cell(book, "指标", "A3", "分值").value = "=2+2"  # openpyxl writes no result
        cell(book, "指标", "A2", "标准").value = "#REF!"

    rubric, problems = edited(exported, tmp_path / "a.xlsx", edit)
    assert rubric is None
    lost = [item.place.cell for item in problems if item.code == "entry-lost"]
    assert len(lost) == 2


def test_what_is_no_workbook(tmp_path: Path) -> None:
    text = tmp_path / "a.xlsx"
    text.write_text("指标,分值\n", encoding="utf-8")
    bomb = tmp_path / "b.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 200_000_000)
    for path in (text, bomb):
        assert codes(import_workbook(path)[1]) == {"workbook-unreadable"}
    assert codes(import_workbook(tmp_path / "没有.xlsx")[1]) == {"file-missing"}


def test_another_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "序号"
    book.active["XFD1048576"] = 1
    book.save(path)
    rubric, problems = import_workbook(path)
    assert rubric is None
    assert codes(problems) == {"workbook-unreadable"}
    assert "XFD1048576" in problems[0].message

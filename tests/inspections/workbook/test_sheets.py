"""What is on a sheet: rows, locks, lists, formulas that every office program knows, identity."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from inspections.round.school import School
from inspections.workbook.form.contents import RowEntry, SheetEntries, SheetSpec
from inspections.workbook.form.identity import decode
from inspections.workbook.form.layout import (
    HEAD,
    HEADER_ROW,
    IDENTITY_CELL,
    IDENTITY_SHEET,
    Column,
    sheet_layout,
)
from rubrics.files.loading import load_rubric
from rubrics.files.shipped import shipped
from rubrics.language.rubric import Rubric
from rubrics.language.slots import address, rubric_slots
from rubrics.values.conditions import holds
from tests.inspections.workbook.sheets import INSPECTORS, filled, open_round, school, workbooks
from tests.rubrics.strategies import rubrics

SCHOOLS = [school(number, random.Random(number)) for number in range(4)]
FUNCTIONS = frozenset(
    {"ABS", "AND", "COUNT", "COUNTA", "COUNTIF", "DATE", "EXACT", "IF", "INT", "ISNUMBER"}
    | {"MEDIAN"}
    | {"CELL", "IFERROR", "LEFT"}
    | {"ISTEXT", "MAX", "MIN", "MOD", "N", "NOT", "OR", "ROUND", "SUM", "SUMPRODUCT", "TRIM"}
    | {"ASC", "DATEVALUE", "RIGHT", "SUBSTITUTE", "VALUE"}
)
"""Known to Excel 2007, WPS and LibreOffice alike."""


@pytest.fixture(scope="module")
def shipped_rubrics() -> list[Rubric]:
    loaded = [load_rubric(path)[0] for path in shipped().values()]
    assert all(loaded)
    return [item for item in loaded if item]


@pytest.fixture(scope="module")
def book(shipped_rubrics: list[Rubric], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheets")
    opened = open_round(shipped_rubrics, SCHOOLS, folder)
    path = folder / "检查表.xlsx"
    workbooks(opened).write(path, specs(shipped_rubrics))
    return path


def specs(of: list[Rubric]) -> list[SheetSpec]:
    return [
        SheetSpec(at, rubric.id, "第1次", "第1组", INSPECTORS[0]) for rubric in of for at in SCHOOLS
    ]


@pytest.fixture(scope="module")
def sheets(book: Path, shipped_rubrics: list[Rubric]) -> list[tuple[SheetSpec, Rubric, Worksheet]]:
    opened = load_workbook(book)
    by_id = {item.id: item for item in shipped_rubrics}
    visits = opened.worksheets[1 : 1 + len(specs(shipped_rubrics))]
    assert opened.sheetnames[0] == "填表说明"
    return [
        (spec, by_id[spec.rubric], sheet)
        for spec, sheet in zip(specs(shipped_rubrics), visits, strict=True)
    ]


def test_column_a_holds_every_address_once(sheets: Any) -> None:
    for spec, rubric, sheet in sheets:
        found = [
            str(row[0])
            for row in sheet.iter_rows(min_row=HEADER_ROW + 1, max_col=1, values_only=True)
            if row[0] is not None
        ]
        assert len(found) == len(set(found))
        traits = spec.school.traits
        wanted = {address(owner, slot) for owner, slot in rubric_slots(rubric, traits)}
        assert wanted <= set(found)
        owners = {name.partition(".")[0] for name in found}
        lines = {line.id for line in rubric.red_lines}
        assert owners == {item.id for item in (*rubric.indicators, *rubric.extras)} | lines


def test_only_what_is_to_be_filled_in_is_unlocked(sheets: Any) -> None:
    for spec, rubric, sheet in sheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        wanted = {item.cell for item in HEAD.values() if item.entry}
        for row in sheet_layout(rubric, spec.school.traits).rows:
            wanted |= {column.at(row.number) for column in row.inputs}
        merged = {
            sheet.cell(*place).coordinate
            for area in sheet.merged_cells.ranges
            for place in list(area.cells)[1:]
        }
        unlocked = {
            cell.coordinate
            for line in sheet.iter_rows()
            for cell in line
            if not cell.protection.locked and cell.coordinate not in merged
        }
        assert unlocked == wanted


def test_indicators_that_do_not_apply_are_grey_and_locked(sheets: Any) -> None:
    seen = 0
    for spec, rubric, sheet in sheets:
        rows = sheet_layout(rubric, spec.school.traits).by_address
        for item in rubric.indicators:
            if not holds(item.when, spec.school.traits):
                seen += 1
                number = rows[item.id].number
                assert sheet[Column.STATE.at(number)].value == "不适用"
                assert all(cell.protection.locked for cell in sheet[number])
                assert sheet[Column.SCORE.at(number)].value is None
    assert seen > 5


def test_every_entry_has_a_prompt_and_every_rule_an_error_that_excel_admits(sheets: Any) -> None:
    for spec, rubric, sheet in sheets:
        covered: dict[str, Any] = {}
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.promptTitle or "") <= 32
            assert len(rule.prompt or "") <= 255
            assert len(rule.error or "") <= 255
            assert len(rule.formula1 or "") <= 257
            for area in rule.sqref.ranges:
                for place in area.cells:
                    name = sheet.cell(*place).coordinate
                    assert name not in covered
                    covered[name] = rule
        for row in sheet_layout(rubric, spec.school.traits).rows:
            if row.slot is None:
                continue
            rule = covered[Column.ENTRY.at(row.number)]
            assert rule.prompt
            assert rule.type is None or rule.error
            if row.slot.entry == "choice":
                assert rule.formula1 == '"' + ",".join(row.slot.options) + '"'
            if row.slot.entry == "count":
                assert (rule.type, rule.operator) == ("whole", "greaterThanOrEqual")
        assert "王建国,李秀英" in covered[HEAD["填表督学"].cell].formula1
        assert covered[HEAD["同行督学"].cell].formula1 == '"李秀英"'
        assert covered[HEAD["检查日期"].cell].type == "date"


def test_each_sheet_says_what_it_is_and_the_hidden_sheet_lists_them(
    book: Path, sheets: Any
) -> None:
    hidden = load_workbook(book)[IDENTITY_SHEET]
    assert hidden.sheet_state == "hidden"
    listed = {row[0]: row[1] for row in hidden.iter_rows(min_row=2, values_only=True)}
    for spec, rubric, sheet in sheets:
        text = sheet[IDENTITY_CELL].value
        assert sheet.column_dimensions[IDENTITY_CELL[0]].hidden
        assert listed[sheet.title] == text
        found = decode(text)
        assert found is not None
        assert (found.round, found.school, found.rubric) == ("2026a", spec.school.id, rubric.id)
        assert (found.version, found.inspector, found.team) == (rubric.version, "D01", "第1组")
        assert len(found.digest) == 16


@given(rubric=rubrics(most_indicators=4))
@settings(max_examples=25)
def test_formulas_are_short_shallow_and_use_what_every_program_knows(
    rubric: Rubric, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("one")
    rubric = rubric.model_copy(update={"when": None})
    path = folder / "one.xlsx"
    spec = filled(rubric, SCHOOLS[0], random.Random(1))
    workbooks(open_round([rubric], SCHOOLS, folder)).write(path, [spec])
    with ZipFile(path) as package:
        text = package.read("xl/worksheets/sheet2.xml").decode()
    found = re.findall(r"<(f|formula|formula1|formula2)>(.*?)</\1>", text, re.DOTALL)
    assert len(found) > 10
    for kind, formula in found:
        bare = re.sub(r'"[^"]*"', '""', formula.replace("&quot;", '"'))
        assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", bare)) <= FUNCTIONS, formula
        assert len(formula) < 8000
        assert _depth(bare) < 60, (kind, formula)


def _depth(formula: str) -> int:
    deepest = depth = 0
    for character in formula:
        depth += {"(": 1, ")": -1}.get(character, 0)
        deepest = max(deepest, depth)
    assert depth == 0
    return deepest


def test_nothing_that_people_type_becomes_a_formula(
    shipped_rubrics: list[Rubric], tmp_path: Path
) -> None:
    nasty = '=HYPERLINK("http://x","y")'
    at = School("=1+1", '=2+2&"<b>"', SCHOOLS[0].traits)
    rubric = shipped_rubrics[0]
    rows = sheet_layout(rubric, at.traits).blocks
    name = next(block.first.address for block in rows if block.first.kind == "single")
    entries = SheetEntries({"陪同人员及职务": nasty}, {name: RowEntry(nasty, fault=nasty)})
    spec = SheetSpec(at, rubric.id, "第1次", "第1组", INSPECTORS[0], entries)
    workbooks(open_round([rubric], [at], tmp_path)).write(tmp_path / "a.xlsx", [spec])
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[1]
    row = sheet_layout(rubric, at.traits).by_address[name].number
    cells = [HEAD[x].cell for x in ("学校", "学校代码", "陪同人员及职务")]
    cells += [Column.ENTRY.at(row), Column.FAULT.at(row)]
    assert [sheet[cell].value for cell in cells] == [at.name, at.id, nasty, nasty, nasty]
    # inlineStr, not a formula: openpyxl would call it "f"
    assert {sheet[cell].data_type for cell in cells} <= {"s", "inlineStr"}


def test_the_same_sheets_give_the_same_bytes(
    book: Path, shipped_rubrics: list[Rubric], tmp_path: Path
) -> None:
    again = workbooks(open_round(shipped_rubrics, SCHOOLS, tmp_path))
    # What was drawn for other sheets first makes no difference.
    again.write(tmp_path / "other.xlsx", specs(shipped_rubrics)[::-1])
    again.write(tmp_path / "again.xlsx", specs(shipped_rubrics))
    assert (tmp_path / "again.xlsx").read_bytes() == book.read_bytes()


def test_stored_values_are_what_was_entered(shipped_rubrics: list[Rubric], tmp_path: Path) -> None:
    rubric, at = shipped_rubrics[0], SCHOOLS[0]
    blocks = sheet_layout(rubric, at.traits).blocks
    first = next(block for block in blocks if block.first.kind != "inapplicable")
    entries = SheetEntries(rows={row.address: RowEntry(1) for row in first.slot_rows})
    spec = SheetSpec(at, rubric.id, "第1次", "第1组", None, entries)
    workbooks(open_round([rubric], [at], tmp_path)).write(tmp_path / "a.xlsx", [spec])
    sheet = load_workbook(tmp_path / "a.xlsx", data_only=True).worksheets[1]
    read = [sheet[Column.READ.at(row.number)].value for row in first.slot_rows]
    assert read and set(read) == {1}
    # Nothing is stored where only a calculation can tell.
    assert [sheet[cell].value for cell in ("B5", "E5", "H5")] == [None] * 3

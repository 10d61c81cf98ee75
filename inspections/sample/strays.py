"""Files that turn up in a round's folder and are not, or no longer, what was handed out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from openpyxl import Workbook, load_workbook

from inspections.round import Round
from inspections.school import Roster, School
from inspections.workbook.contents import SheetSpec
from inspections.workbook.layout import Column
from inspections.workbook.writing import Forms, write_workbook


def write_strays(
    folder: Path, of: Round, roster: Roster, forms: Forms, filled: list[tuple[Path, SheetSpec]]
) -> int:
    """Damages some of the ``filled`` workbooks and adds others; returns how many files it touched.

    The files, in order: one cut off, one with an error value, one with a copied sheet, another
    round's, an older version's, one for an unknown school, a second version of a visit, a text
    named .xlsx, a table of someone's own.
    """
    picked = filled[3 :: max(1, len(filled) // 7)]
    (cut, _), (error, _), (copied, _), (_, round_spec), (_, old), (_, lost), (twice, again) = (
        picked[:7]
    )
    cut.write_bytes(cut.read_bytes()[:9000])
    _spoil_cell(error)
    _copy_sheet(copied)
    stray = folder / "待核对"
    spring = of.model_copy(update={"id": f"{of.id}-spring"})
    write_workbook(stray / "上学期的表.xlsx", spring, [round_spec], roster, forms)
    rubric = forms.rubrics[old.rubric].model_copy(update={"version": "2025.1"})
    older = Forms({old.rubric: rubric}, forms.elapsed)
    write_workbook(stray / "旧版检查表.xlsx", of, [old], roster, older)
    nowhere = School("99999999", "青禾县第九十九小学", lost.school.traits)
    write_workbook(stray / "新建学校.xlsx", of, [replace(lost, school=nowhere)], roster, forms)
    changed = replace(again, entries=replace(again.entries, head={**again.entries.head}))
    changed.entries.head["陪同人员及职务"] = "值班领导"  # type: ignore[index]
    write_workbook(twice.with_name(f"{twice.stem}（改）.xlsx"), of, [changed], roster, forms)
    (stray / "情况说明.xlsx").write_text("检查表见附件，请查收。", encoding="utf-8")
    own = Workbook()
    assert own.active is not None
    own.active.append(["学校", "得分"])
    own.active.append(["青禾县第一小学", 95])
    own.save(stray / "自制汇总表.xlsx")
    return 9


def _spoil_cell(path: Path) -> None:
    """Puts a formula that cannot be calculated into the first number of the sheet."""
    book = load_workbook(path)
    sheet = book.worksheets[1]
    for (cell,) in sheet.iter_rows(min_col=Column.ENTRY + 1, max_col=Column.ENTRY + 1, min_row=8):
        if isinstance(cell.value, int):
            cell.value = "#DIV/0!"
            cell.data_type = "e"
            break
    book.save(path)


def _copy_sheet(path: Path) -> None:
    book = load_workbook(path)
    book.copy_worksheet(book.worksheets[1]).title = "复制的表"
    book.save(path)

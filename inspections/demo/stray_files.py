"""Files that turn up in a round's folder and are not, or no longer, what was handed out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from openpyxl import Workbook, load_workbook

from inspections.demo.clockless import save
from inspections.round.elapsed import elapsed_periods
from inspections.round.opened import OpenRound
from inspections.round.round import Round
from inspections.round.school import School
from inspections.workbook.drawing.writing import Workbooks
from inspections.workbook.form.contents import SheetSpec
from inspections.workbook.form.layout import Column
from rubrics.language.rubric import Rubric
from rubrics.messages.output import write_whole


def write_strays(opened: OpenRound, filled: Sequence[tuple[Path, SheetSpec]]) -> int:
    """Damages some of the ``filled`` workbooks and adds others; returns how many files it touched.

    The files, in order: one cut off, one with an error value and saved as WPS saves, one with a
    copied sheet, another round's, an older version's, one for an unknown school, a second version
    of a visit, a text named .xlsx, a table of someone's own.
    """
    of, rubrics, elapsed = opened.round, opened.rubrics, elapsed_periods(opened.round)
    picked = filled[3 :: max(1, len(filled) // 7)]
    (cut, _), (error, _), (copied, _), (_, early), (_, old), (_, lost), (twice, again) = picked[:7]
    write_whole(cut, cut.read_bytes()[:9000])
    _spoil_cell(error)
    _copy_sheet(copied)
    stray = opened.folder.returned / "待核对"

    def write(path: Path, spec: SheetSpec, settings: Round, rubrics: Mapping[str, Rubric]) -> None:
        Workbooks(settings, rubrics, opened.roster, elapsed).write(path, [spec])

    spring = of.model_copy(update={"id": f"{of.id}-spring"})
    write(stray / "上学期的表.xlsx", early, spring, rubrics)
    older = rubrics[old.rubric].model_copy(update={"version": "2025.1"})
    write(stray / "旧版检查表.xlsx", old, of, {older.id: older})
    nowhere = School("99999999", "青禾县第九十九小学", lost.school.traits)
    write(stray / "新建学校.xlsx", replace(lost, school=nowhere), of, rubrics)
    head = {**again.entries.head, "陪同人员及职务": "值班领导"}
    changed = replace(again, entries=replace(again.entries, head=head))
    write(twice.with_name(f"{twice.stem}（改）.xlsx"), changed, of, rubrics)
    write_whole(stray / "情况说明.xlsx", "检查表见附件，请查收。".encode())
    own = Workbook()
    assert own.active is not None
    own.active.append(["学校", "得分"])
    own.active.append(["青禾县第一小学", 95])
    save(own, stray / "自制汇总表.xlsx")
    return 9


def _spoil_cell(path: Path) -> None:
    """Puts a formula that cannot be calculated into the first number, and saves as WPS does."""
    book = load_workbook(path)
    sheet = book.worksheets[1]
    for (cell,) in sheet.iter_rows(min_col=Column.ENTRY + 1, max_col=Column.ENTRY + 1, min_row=8):
        if isinstance(cell.value, int):
            cell.value = "#DIV/0!"
            cell.data_type = "e"
            break
    save(book, path, folders=True)


def _copy_sheet(path: Path) -> None:
    book = load_workbook(path)
    book.copy_worksheet(book.worksheets[1]).title = "复制的表"
    save(book, path)

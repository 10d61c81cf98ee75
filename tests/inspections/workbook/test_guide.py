"""The guide of a workbook speaks of the rubrics that are in it, and of no others."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from inspections.workbook.form.contents import SheetSpec
from inspections.workbook.form.layout import GUIDE_SHEET
from tests.inspections.small_round import SCHOOLS, small_round, spec, write


def guide(path: Path) -> str:
    sheet = load_workbook(path)[GUIDE_SHEET]
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def test_each_workbook_tells_the_least_number_of_its_own_rubric(tmp_path: Path) -> None:
    of = small_round(tmp_path)
    kitchen = of.rubrics["kitchen"]
    visit = kitchen.visit.model_copy(update={"min_inspectors": 3})
    of.rubrics["kitchen"] = kitchen.model_copy(update={"visit": visit})  # type: ignore[index]
    party = SheetSpec(SCHOOLS[0], "party", "第1次", "一组")
    assert "至少要有 2 名督学" in guide(write(of, tmp_path / "a.xlsx", party))
    assert "至少要有 3 名督学" in guide(write(of, tmp_path / "b.xlsx", spec()))
    both = guide(write(of, tmp_path / "c.xlsx", spec(), party))
    assert "《食堂细则》3 名，《党建细则》2 名" in both

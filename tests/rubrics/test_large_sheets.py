"""Of a large sheet the same is known as if every cell were looked at."""

from __future__ import annotations

import io
import re
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from rubrics.tables import xlsx_facts as looking
from rubrics.tables.xlsx_facts import xlsx_facts

ODD = {(3, 2): "=1/0", (1200, 5): "=A1", (3999, 0): "=NA()"}


def workbook(rows: int) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"constant_memory": True}) as book:
        percent = book.add_format({"num_format": "0%"})
        sheet = book.add_worksheet("答卷")
        for row in range(rows):
            if row == 700:
                continue
            for column in range(20):
                sheet.write(row, column, f"很长的一格文字 {row}" if column else row)
            for at, formula in ODD.items():
                if at[0] == row:
                    sheet.write_formula(*at, formula, value="#N/A" if at[1] != 5 else "字")
            if row == 2000:
                sheet.write(row, 21, 0.5, percent)
    return made.getvalue()


def prefixed(data: bytes) -> bytes:
    """The same, each element of the sheet with a prefix, rows and cells without their names."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as parts, ZipFile(made, "w", ZIP_DEFLATED) as out:
        for part in parts.infolist():
            held = parts.read(part)
            if "sheet1.xml" in part.filename:
                held = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", held).replace(b"xmlns=", b"xmlns:x=")
            out.writestr(part.filename, held)
    return made.getvalue()


@pytest.mark.parametrize("prefix", [False, True])
def test_a_large_sheet_tells_what_a_small_one_would(
    prefix: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = workbook(4000)
    data = prefixed(data) if prefix else data
    told = xlsx_facts(data)["答卷"]
    assert set(told.formulas) == ODD.keys() and set(told.percents) == {(2000, 21)}
    assert set(told.lost) == {(3, 2), (3999, 0)}
    monkeypatch.setattr(looking, "_LARGE", 1 << 40)
    assert xlsx_facts(data)["答卷"] == told


def test_it_is_large_enough_to_be_looked_at_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    whole = looking._without_plain_rows
    monkeypatch.setattr(
        looking,
        "_without_plain_rows",
        lambda sheet, odd: asked.append(len(sheet)) or whole(sheet, odd),
    )
    xlsx_facts(workbook(4000))
    assert len(asked) == 1

"""LibreOffice prints the sheets on A4 as they are meant, and no text is cut off."""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from inspections.workbook.drawing.writing import sheet_names
from inspections.workbook.form.contents import SheetSpec
from inspections.workbook.form.layout import HEADER_ROW, Column, sheet_layout
from rubrics.files.loading import load_rubric
from rubrics.files.shipped import shipped
from rubrics.language.rubric import Rubric
from tests.conftest import InOffice
from tests.inspections.workbook.sheets import INSPECTORS, open_round, school, workbooks

SCRIPT = Path(__file__).with_name("measure_in_office.py")
SCHOOL = school(7, random.Random(7))
Convert = Callable[..., list[Path]]


@dataclass(frozen=True)
class Printed:
    rubric: Rubric
    book: Path
    sizes: list[tuple[int, int]]
    pages: list[str]


@pytest.fixture(scope="module")
def printed(
    soffice: Convert, pdftotext: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[Printed]:
    folder = tmp_path_factory.mktemp("printing")
    rubrics = _rubrics()
    books = workbooks(open_round(rubrics, [SCHOOL], folder))
    files = [folder / f"{item.id}.xlsx" for item in rubrics]
    for file, item in zip(files, rubrics, strict=True):
        books.write(file, [SheetSpec(SCHOOL, item.id, "第1次", "第1组", INSPECTORS[0])])
    made = []
    pdfs = soffice(*files, to="pdf", into=folder / "pdf")
    for item, book, pdf in zip(rubrics, files, pdfs, strict=True):
        sizes = [
            (round(float(page.mediabox.width)), round(float(page.mediabox.height)))
            for page in PdfReader(pdf).pages
        ]
        command = [pdftotext, "-layout", pdf, "-"]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        made.append(Printed(item, book, sizes, text.split("\f")[:-1]))
    return made


def test_a_guide_of_half_a_page_then_a4_landscape(printed: list[Printed]) -> None:
    for item in printed:
        assert item.sizes[0] == (595, 842)
        assert set(item.sizes[1:-2]) == {(842, 595)}
        assert item.sizes[-2:] == [(595, 842)] * 2  # the paper for the school
        assert "填表说明" in item.pages[0]
        assert len(item.sizes) - 3 == len(filled(item.book)), item.rubric.id


def filled(book: Path) -> list[tuple[float, float]]:
    """Of each page of a visit sheet the share that its rows take, without and with what comes next.

    That is an indicator with the heading over it, and with the last the lines to sign.
    """
    sheet = openpyxl.load_workbook(book).worksheets[1]
    high = {row: sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)}
    shown = [it for it in sheet.column_dimensions.values() if not it.hidden]
    wide = sum(it.width * 7 * 0.75 * (it.max - it.min + 1) for it in shown)
    edges = sheet.page_margins
    scale = min(1, (841.9 - (edges.left + edges.right) * 72) / wide)
    room = (595.3 - (edges.top + edges.bottom) * 72) / scale
    *starts, end = [0, *(it.id for it in sheet.row_breaks.brk), sheet.max_row]
    found = []
    for start, stop in pairwise([*starts, end]):
        rows = [*range(start + 1, stop + 1), *([HEADER_ROW] if start else [])]
        shares = (
            sum(high[it] for it in more) / room for more in (rows, [*rows, *_next(sheet, stop)])
        )
        found.append((next(shares), next(shares)))
    return found


def _next(sheet: Worksheet, end: int) -> Iterator[int]:
    """The rows of the indicator behind row ``end``."""
    addressed = [
        row for row in range(HEADER_ROW + 1, sheet.max_row + 1) if sheet.cell(row, 1).value
    ]
    begins = [row for row in addressed if sheet.cell(row, Column.POINTS + 1).value is not None]
    own = next((row for row in addressed if row > end), end)
    behind = next((row for row in begins if row > own), 0)
    yield from range(end + 1, own)
    for row in range(own, behind or sheet.max_row + 1):
        if behind and row not in addressed:
            return  # the heading of the next one
        yield row


def test_a_page_ends_where_the_next_indicator_has_no_room(printed: list[Printed]) -> None:
    """A sheet has no more pages than it needs."""
    for item in printed:
        pages = filled(item.book)
        # Office programs differ by a few points in what fits on a page.
        assert all(share <= 0.99 for share, _ in pages), item.rubric.id
        assert all(share > 0.98 for _, share in pages[:-1]), (item.rubric.id, pages)


def test_names_of_rubric_and_round_take_lines_and_no_small_type(tmp_path: Path) -> None:
    for item in _rubrics():
        of = open_round([item], [SCHOOL], tmp_path)
        title = "青禾县 2026 年秋季收费、校服和其他检查（样例，纯属虚构）"
        of = replace(of, round=of.round.model_copy(update={"title": title}))
        file = tmp_path / f"{item.id}.xlsx"
        workbooks(of).write(file, [SheetSpec(SCHOOL, item.id, "第1次", "第1组", INSPECTORS[0])])
        sheet = openpyxl.load_workbook(file).worksheets[1]
        cell = sheet["B4"]
        assert title in cell.value
        assert cell.alignment.wrap_text and not cell.alignment.shrink_to_fit
        wide = sum(sheet.column_dimensions[name].width for name in "BCD") * 7 * 0.75
        line = wide / cell.font.sz
        hanzi = sum(1 if ord(char) > 0x2E80 else 0.55 for char in cell.value)
        assert sheet.row_dimensions[4].height >= -(-hanzi // line) * cell.font.sz * 1.2


def test_every_page_repeats_the_header_and_names_school_and_page(printed: list[Printed]) -> None:
    for item in printed:
        count = len(item.pages)
        for number, page in enumerate(item.pages[1:-2], 2):
            assert "二级指标" in page
            assert SCHOOL.name in page
            assert re.search(rf"第\s*{number}\s*页，共\s*{count}\s*页", page)


def test_lines_to_sign_stand_on_the_last_page_below_something(printed: list[Printed]) -> None:
    for item in printed:
        opinion = f"{item.rubric.subject.name}陈述意见"
        for words in ("检查人签字", "陪同人员签字", opinion, "拒签说明"):
            assert [words in page for page in item.pages[:-2]].index(True) == len(item.pages) - 3
        rows = sheet_layout(item.rubric, SCHOOL.traits).blocks
        assert rows[-1].first.address in item.pages[-3]


def test_no_indicator_is_torn_apart_by_a_page_break(printed: list[Printed]) -> None:
    for item in printed:
        for block in sheet_layout(item.rubric, SCHOOL.traits).blocks:
            lines = [
                number
                for number, page in enumerate(item.pages)
                for row in block.rows
                if re.search(rf"^\s*{re.escape(row.address)}(\s|$)", page, re.MULTILINE)
            ]
            assert len(set(lines)) == 1, (item.rubric.id, block.owner, lines)


def test_rows_are_high_enough_for_what_they_say(
    in_office: InOffice,
    tmp_path: Path,
) -> None:
    rubrics = _rubrics()
    books = workbooks(open_round(rubrics, [SCHOOL], tmp_path))
    specs = [SheetSpec(SCHOOL, item.id, "第1次", "第1组", INSPECTORS[0]) for item in rubrics]
    books.write(tmp_path / "sheets.xlsx", specs)
    forms = [books.form(spec) for spec in specs]
    names = sheet_names(specs, {item.id: item for item in rubrics})
    job = {
        "source": str(tmp_path / "sheets.xlsx"),
        "sheets": {
            name: [row.number for row in form.layout.rows]
            for name, form in zip(names, forms, strict=True)
        },
        "answer": str(tmp_path / "answer.json"),
    }
    in_office(SCRIPT, job, tmp_path)
    measured = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    cut = []
    for form, heights in zip(forms, measured, strict=True):
        first = form.layout.rows[0].number
        for block in form.layout.blocks:
            pairs = [heights[row.number - first] for row in block.rows]
            # An owner's texts spread over all of its rows; those of its other rows do not.
            spread = sum(given for given, _ in pairs)
            if spread < pairs[0][1] - 0.5 or any(given < due - 0.5 for given, due in pairs[1:]):
                cut.append((form.rubric.id, block.owner, spread, pairs))
    assert cut == []


def _rubrics() -> list[Rubric]:
    return [item for path in shipped().values() if (item := load_rubric(path)[0])]


def test_nothing_is_printed_smaller_than_8_points(tmp_path: Path) -> None:
    rubrics = _rubrics()
    books = workbooks(open_round(rubrics, [SCHOOL], tmp_path))
    for item in rubrics:
        file = tmp_path / f"{item.id}.xlsx"
        books.write(file, [SheetSpec(SCHOOL, item.id, "第1次", "第1组", INSPECTORS[0])])
        sheets = openpyxl.load_workbook(file).worksheets
        sheet = [one for one in sheets if one.sheet_state == "visible"][-1]
        columns = sheet.column_dimensions.values()
        hidden = {name for one in columns if one.hidden for name in _letters(one.min, one.max)}
        shown = [one for one in columns if not one.hidden]
        # A digit of the default font is 7 pixels wide, and a pixel 3/4 point.
        wide = sum(one.width * 7 * 0.75 * (one.max - one.min + 1) for one in shown)
        margins = (sheet.page_margins.left + sheet.page_margins.right) * 72
        scale = min(1, (841.9 - margins) / wide)
        sizes = {
            cell.font.sz
            for row in sheet.iter_rows()
            for cell in row
            if cell.value not in (None, "") and cell.column_letter not in hidden
        }
        assert min(sizes) * scale >= 8, (item.id, scale, sizes)


def _letters(first: int, last: int) -> list[str]:
    return [get_column_letter(number) for number in range(first, last + 1)]

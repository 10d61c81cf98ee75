"""How the sheets of the ranking workbook fall on pages."""

from __future__ import annotations

import pytest

from reports.ranking.layout import Book, Sheet
from reports.ranking.paging import LITTLE, pages, print_to, rooms_of
from tests.reports.made import a_round

A3_WIDE, ROWS = 13.5, 18.0
COLUMNS = 16


def table(rows: int, width: float = A3_WIDE) -> Sheet:
    sheet = Book(a_round()).sheet("表", [width] * COLUMNS)
    sheet.head(0, ["名次"] * COLUMNS)
    for row in range(1, rows + 1):
        sheet.number(row, 0, row, "cell")
    print_to(sheet, rows)
    return sheet


def heights(sheet: Sheet, rows: int) -> list[float]:
    return [sheet.heights.get(row, ROWS) for row in range(rows + 1)]


def test_rows_stand_on_pages_whole_and_the_head_on_every_page() -> None:
    assert pages([10, *[30] * 3], 1, 100) == (1, 1.0)
    count, filled = pages([10, *[30] * 4], 1, 100)
    assert (count, round(filled, 2)) == (2, 0.33)
    assert pages([10, 300, 30], 1, 100)[0] == 2  # a row that no page takes


@pytest.mark.parametrize("rows", range(45, 140))
def test_no_table_ends_with_a_page_that_is_nearly_empty(rows: int) -> None:
    sheet = table(rows)
    if sheet.page.fit_height:
        return
    for room in rooms_of(sheet):
        count, filled = pages(heights(sheet, rows), sheet.repeated, room)
        assert count == 1 or filled >= LITTLE


def test_what_is_a_little_too_long_is_printed_smaller_where_type_stays_large_enough() -> None:
    narrow = table(44, width=10.0)
    assert narrow.page.fit_height == 1
    assert len(narrow.heights) <= 1  # rows are as high as they were

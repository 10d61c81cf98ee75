"""A few rows too many do not cost a table of the ranking workbook a page of their own."""

from __future__ import annotations

import pytest

from reports.ranking.last_page import fewer_pages

HEAD = [30.0, 20.0, 20.0]


@pytest.mark.parametrize(
    ("rows", "least", "found"),
    [
        (40, 0.85, 0),  # one page
        (45, 0.85, 1),
        (45, 1.0, 0),  # type is as small as it may be
        (90, 0.85, 2),
        (64, 0.85, 0),  # the last page is full enough
    ],
)
def test_a_few_rows_too_many_go_on_the_page_before(rows: int, least: float, found: int) -> None:
    assert fewer_pages([*HEAD, *[10.0] * rows], 3, 500.0, least) == found

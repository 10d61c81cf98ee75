"""The page of GB/T 9704-2012, measured in what LibreOffice prints."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reports.official.rendering import render
from reports.type.archival import About
from reports.type.paper import MM
from tests.conftest import Convert
from tests.reports.official.drafted import LONG, MARKED, VALUES, draft
from tests.reports.official.printed import Line, layout_of, printed

TEXT = frozenset(LONG)


@pytest.fixture(scope="module")
def pages(
    soffice: Convert, writer: None, pdftotext: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[list[Line]]:
    folder = tmp_path_factory.mktemp("page")
    (folder / "模板.docx").write_bytes(draft().content())
    values = {**VALUES, "段落": [LONG * 12, *MARKED]}
    made, problems = render(folder / "模板.docx", values, About("通报", day=date(2026, 11, 6)))
    assert problems == ()
    assert made is not None
    (folder / "通报.docx").write_bytes(made)
    soffice(folder / "通报.docx", to="pdf", into=folder)
    return printed(layout_of(folder / "通报.pdf", pdftotext))


def full(pages: list[list[Line]]) -> list[Line]:
    """The lines of body text but the first and the last of a paragraph."""
    lines = [line for page in pages for line in page if set(line.text) <= TEXT]
    return [line for line in lines if line.left < 90 and line.right > 500]


def test_a_line_has_28_characters(pages: list[list[Line]]) -> None:
    assert {len(line.text) for line in full(pages)} == {28}


def test_a_page_has_22_lines(pages: list[list[Line]]) -> None:
    second = pages[1][:-1]
    assert len(second) == 22
    assert second[1].top - second[0].top == pytest.approx(29, abs=0.1)


def test_the_margins(pages: list[list[Line]]) -> None:
    for line in full(pages):
        assert line.left == pytest.approx(28 * MM, abs=0.5)
        assert line.right == pytest.approx((210 - 26) * MM, abs=2)
    second = pages[1][:-1]
    # A line of 29 points has its letters in the middle.
    assert 37 * MM <= second[0].top <= 37 * MM + 10
    assert second[-1].bottom <= (297 - 35) * MM + 0.5


def test_page_numbers_stand_at_the_outer_edges(pages: list[list[Line]]) -> None:
    for number, page in enumerate(pages, 1):
        folio = page[-1]
        assert folio.text == f"—{number}—"
        assert folio.top > (297 - 35) * MM
        assert (folio.left > 400) == (number % 2 == 1)


def test_room_for_the_letterhead(pages: list[list[Line]]) -> None:
    assert pages[0][0].text == VALUES["标题"]
    assert pages[0][0].top > 100 * MM


def test_the_head_of_a_table_stands_on_each_of_its_pages(pages: list[list[Line]]) -> None:
    heads = [any(line.text == "名次" for line in page) for page in pages]
    assert sum(heads) >= 2
    assert heads[-1]


def test_who_signs_stands_over_the_middle_of_the_date(pages: list[list[Line]]) -> None:
    lines = {line.text: line for page in pages for line in page}
    signer, day = lines[str(VALUES["署名"])], lines[str(VALUES["日期"])]
    assert abs((signer.left + signer.right) / 2 - (day.left + day.right) / 2) < 12
    assert day.right < (210 - 26) * MM - 3 * 15.7


def test_no_mark_at_the_end_of_a_line_is_lost(pages: list[list[Line]]) -> None:
    text = "".join(line.text for page in pages for line in page[:-1])
    assert [said for said in MARKED if said not in text] == []

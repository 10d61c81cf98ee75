"""Every template that ships prints on the page of GB/T 9704-2012, also once it was edited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from reports.official.rendering import render
from reports.official.shelf import copy_shipped, shipped
from reports.type.archival import About
from reports.type.paper import MM
from tests.conftest import Convert
from tests.reports.official.exemplary import LONG, exemplary
from tests.reports.official.printed import Line, layout_of, printed

NAMES = [one.name for one in shipped()]
_SMALL = 18
"""Points: lines of notes and tables are lower than those of the text."""
_PROSE = 25
"""Characters: a line of a note has more; one of a row, whose cells are short here, fewer."""
FORMS = {"约谈记录", "谈话提醒记录", "抽取记录", "双随机抽取记录", "双随机抽查方案"}
"""Forms that are filled in by hand have no running text."""


def filled(template: Path, values_of: Path, target: Path) -> None:
    made, problems = render(template, exemplary(values_of), About(template.stem))
    assert problems == ()
    assert made is not None
    target.write_bytes(made)


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The templates as ``scoring template copy`` hands them out."""
    folder = tmp_path_factory.mktemp("templates")
    for name in NAMES:
        assert copy_shipped(name, folder / f"{name}.docx") == ()
    return folder


@pytest.fixture(scope="module")
def edited(soffice: Convert, writer: None, originals: Path) -> Path:
    """The same, with a sentence added in each, as LibreOffice saved them."""
    folder = originals / "edited"
    folder.mkdir()
    for name in NAMES:
        document = docx.Document(str(originals / f"{name}.docx"))
        document.add_paragraph("局里加的一句。")
        document.save(str(folder / f"{name}.docx"))
    soffice(*(folder / f"{name}.docx" for name in NAMES), to="docx", into=folder / "saved")
    return folder / "saved"


@pytest.fixture(scope="module", params=["as it ships", "edited and saved by LibreOffice"])
def pages(
    request: pytest.FixtureRequest, soffice: Convert, writer: None, pdftotext: Path,
    originals: Path, tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, list[list[Line]]]:  # fmt: skip
    folder = tmp_path_factory.mktemp("filled")
    at = originals if request.param == "as it ships" else request.getfixturevalue("edited")
    for name in NAMES:
        filled(at / f"{name}.docx", originals / f"{name}.docx", folder / f"{name}.docx")
    soffice(*(folder / f"{name}.docx" for name in NAMES), to="pdf", into=folder / "pdf")
    return {name: printed(layout_of(folder / "pdf" / f"{name}.pdf", pdftotext)) for name in NAMES}


def body(pages: list[list[Line]]) -> Iterator[Line]:
    """Full lines of running text."""
    text = frozenset(LONG)
    for page in pages:
        yield from (
            line
            for line in page
            if set(line.text) <= text
            and line.left < 90
            and line.right > 500
            and line.bottom - line.top > _SMALL
        )


@pytest.mark.parametrize("name", NAMES)
def test_margins_lines_and_characters(pages: dict[str, list[list[Line]]], name: str) -> None:
    for page in pages[name]:
        for line in page[:-1]:
            assert line.left >= 28 * MM - 8
            assert line.right <= (210 - 26) * MM + 17
            assert line.top >= 37 * MM - 1
            assert line.bottom <= (297 - 35) * MM + 6
    full = list(body(pages[name]))
    for line in full:
        assert len(line.text) == 28
        assert line.left == pytest.approx(28 * MM, abs=0.6)
        assert line.right == pytest.approx((210 - 26) * MM, abs=2.5)
    tops = [line.top for line in full]
    steps = {round(b - a, 1) for a, b in pairwise(tops) if 0 < b - a < 40}
    assert all(step == pytest.approx(29, abs=0.15) for step in steps)
    # 22 lines of 29 points are what the text area holds.
    assert int((297 - 37 - 35) * MM / 28.98) == 22


@pytest.mark.parametrize("name", NAMES)
def test_page_numbers(pages: dict[str, list[list[Line]]], name: str) -> None:
    for number, page in enumerate(pages[name], 1):
        folio = page[-1]
        assert folio.text == f"—{number}—"
        assert (folio.left > 400) == (number % 2 == 1)


@pytest.mark.parametrize("name", NAMES)
def test_heads_of_tables_are_repeated(
    pages: dict[str, list[list[Line]]], originals: Path, name: str
) -> None:
    """A page that goes on with a table begins with its head."""
    document = docx.Document(str(originals / f"{name}.docx"))
    for table in document.tables:
        head = table.rows[0]._tr.trPr
        assert head is not None
        assert head.find(qn("w:tblHeader")) is not None
    cells = (cell.text for table in document.tables for cell in table.rows[0].cells)
    heads = {re.sub(r"\{\{.*?\}\}", "", text)[:2] for text in cells} - {""}

    def rows(page: list[Line]) -> int:
        """Lines in cells: small as those of notes are, and not so long."""
        return sum(
            "一二" in one.text and one.bottom - one.top < _SMALL and len(one.text) < _PROSE
            for one in page
        )

    going_on = [page for page in pages[name] if rows(page) > 12]
    for page in going_on:
        assert any(line.text[:2] in heads for line in page), name


@pytest.mark.parametrize("name", NAMES)
def test_real_styles_title_language_and_fonts(originals: Path, tmp_path: Path, name: str) -> None:
    filled(originals / f"{name}.docx", originals / f"{name}.docx", tmp_path / "made.docx")
    document = docx.Document(BytesIO((tmp_path / "made.docx").read_bytes()))
    assert document.core_properties.title == name
    assert document.core_properties.language == "zh-CN"
    styles = [said.style.name for said in document.paragraphs]  # type: ignore[union-attr]
    assert styles.count("Title") == 1 or "附件标题" in styles
    if name not in FORMS | {"取消评优清单", "表彰名单", "表彰"}:
        assert "Heading 1" in styles
    element = document.styles.element
    faces = {
        (fonts.get(qn("w:ascii")), fonts.get(qn("w:eastAsia")))
        for fonts in element.iter(qn("w:rFonts"))
        if fonts.get(qn("w:eastAsia"))
    }
    chinese = {"仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"}
    assert {face for _, face in faces} <= chinese
    assert {face for face, _ in faces} == {"Times New Roman"}
    text = "".join(said.text for said in document.paragraphs)
    assert '"' not in text and "'" not in text

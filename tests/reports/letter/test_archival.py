"""Letters as files of the archive: PDF/A-2b, with a title, a language and their text."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.letter.writing import letter_pdf
from tests.reports.archive.conformance import faults
from tests.reports.letter.inspected import letter, rubric, with_faults

Pages = Callable[[bytes], list[str]]


@pytest.mark.parametrize("count", [0, 25])
@pytest.mark.parametrize("name", ["canteen", "shuangjian", "party"])
def test_letters_are_fit_for_the_archive(pages: Pages, name: str, count: int) -> None:
    of = rubric(name)
    pdf = letter_pdf(letter(of, with_faults(of, count)))
    assert faults(pdf) == []
    reader = PdfReader(BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == f"{of.letter_title}（青禾县第一小学）"
    assert str(reader.root_object["/Lang"]) == "zh-CN"
    text = "".join(pages(pdf))
    assert "青禾县第一小学：" in text
    assert of.letter_title in text

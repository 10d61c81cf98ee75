"""The fonts, opened once; what poppler says of a PDF; a ranking workbook and its scores."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook
from PIL import Image

from reports.type.fonts import Fonts, open_fonts
from scoring.results.scores import Scores
from tests.reports.made import a_round
from tests.reports.ranking_books import opened, the_scores


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    made, problems = open_fonts()
    assert not problems
    return made


@pytest.fixture
def pages(pdftotext: Path, tmp_path: Path) -> Callable[[bytes], list[str]]:
    """The text of each page without any white space, which justified lines have too much of."""

    def read(pdf: bytes) -> list[str]:
        path = tmp_path / "pages.pdf"
        path.write_bytes(pdf)
        done = subprocess.run([pdftotext, "-raw", path, "-"], capture_output=True, check=True)
        return [re.sub(r"\s", "", page) for page in done.stdout.decode().split("\f")[:-1]]

    return read


Word = tuple[int, float, float, float, float, str]


@pytest.fixture
def words(pdftotext: Path, tmp_path: Path) -> Callable[[bytes], list[Word]]:
    """Each word with its page and its box in points from the top left: x1, y1, x2, y2."""

    def read(pdf: bytes) -> list[Word]:
        path = tmp_path / "words.pdf"
        path.write_bytes(pdf)
        done = subprocess.run([pdftotext, "-bbox", path, "-"], capture_output=True, check=True)
        found: list[Word] = []
        page = 0
        for line in done.stdout.decode().splitlines():
            page += "<page " in line
            if "<word " in line:
                x1, y1, x2, y2 = map(float, re.findall(r'="([-0-9.]+)"', line))
                found.append((page, x1, y1, x2, y2, re.sub(r"<[^>]*>", "", line).strip()))
        return found

    return read


@pytest.fixture
def pixels(pdftoppm: Path, tmp_path: Path) -> Callable[[bytes], Image.Image]:
    """The first page as a grey picture, one pixel a point."""

    def read(pdf: bytes) -> Image.Image:
        path = tmp_path / "pixels.pdf"
        path.write_bytes(pdf)
        how = ("-r", "72", "-gray", "-aa", "no", "-singlefile")
        subprocess.run([pdftoppm, *how, path, tmp_path / "pixels"], check=True)
        return Image.open(tmp_path / "pixels.pgm")

    return read


@pytest.fixture(scope="session")
def scores() -> Scores:
    """Two rubrics, forty schools, a composite."""
    return the_scores()


@pytest.fixture(scope="session")
def book(scores: Scores) -> Workbook:
    """The ranking workbook of those scores."""
    return opened(a_round(), scores)

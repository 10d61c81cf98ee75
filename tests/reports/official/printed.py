"""Where the lines of a paper stand on its printed pages."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_LINE = re.compile(
    r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</line>', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its edges from the left and the top in points, and its text."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def printed(layout: str) -> list[list[Line]]:
    """The lines of each page, from what ``pdftotext -bbox-layout`` says, from top to bottom."""
    pages = []
    for _, _, page in _PAGE.findall(layout):
        lines = [
            Line(*map(float, edges), text="".join(re.findall(r"<word[^>]*>(.*?)</word>", words)))
            for *edges, words in _LINE.findall(page)
        ]
        pages.append(sorted(lines, key=lambda line: (line.top, line.left)))
    return pages


def layout_of(path: Path, pdftotext: Path) -> str:
    """What poppler says of a file."""
    command = [pdftotext, "-bbox-layout", path, "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout

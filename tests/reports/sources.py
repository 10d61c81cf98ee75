"""Numbers in paragraphs, and whether the figures that are kept with them account for each."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Row = dict[str, str]

_NUMBER = re.compile(r"\d[\d.:]*\d%?|\d%?")
_NAMED = re.compile(r"“[^”]*”|《[^》]*》|附件\d")
_POINT = re.compile(r"^\d+\. ")


def unaccounted(paragraph: Mapping[str, Any], named: str = "") -> list[str]:
    """The numbers of a paragraph that stand in none of its figures.

    What names of things hold is no figure; ``named``: names without marks, one a line.
    """
    text = _POINT.sub("", _NAMED.sub("", paragraph["text"]))
    for name in sorted(named.splitlines(), key=len, reverse=True):
        text = text.replace(name, "")
    known = {one for figure in paragraph["figures"] for one in _NUMBER.findall(figure["text"])}
    return [one for one in _NUMBER.findall(text) if one not in known]


def paragraphs_in(path: Path) -> list[dict[str, Any]]:
    """The paragraphs of a paper with their figures."""
    return list(json.loads(path.read_bytes())["paragraphs"])


def table(path: Path) -> list[Row]:
    """The rows of a table of results, as any reader of CSV finds them."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))

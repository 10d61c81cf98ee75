"""Names of sheets and files that every office program and every file system accepts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from inspections.round.school import Inspector

_SHEET_LENGTH = 31
_FILE_LENGTH = 80
_FOOTER_LENGTH = 50
"""Excel admits 255 characters for all of a footer, and each & takes two."""


def sheet_name(text: str, taken: set[str]) -> str:
    """Returns a sheet name made from ``text``, unlike any in ``taken``, and adds it there."""
    clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", text).strip(" '") or "检查表"
    name, number = _cut(clean, _SHEET_LENGTH), 1
    while name.casefold() in taken:
        number += 1
        ending = f"({number})"
        name = _cut(clean, _SHEET_LENGTH - len(ending)) + ending
    taken.add(name.casefold())
    return name


def file_name(*parts: str) -> str:
    """Returns the parts joined by ``_`` as a file name without ending, safe on Windows."""
    text = "_".join(part for part in parts if part)
    clean = re.sub(r'[<>:"/\\|?*\s\x00-\x1f]+', " ", text).strip(" .")
    return clean[:_FILE_LENGTH].strip(" .") or "检查表"


def in_footer(text: str) -> str:
    """Returns a text as a footer prints it: no code of Excel's, short enough for all to fit."""
    shown = text[:_FOOTER_LENGTH].replace("&", "&&")
    # A digit would belong to the size of type that stands before it.
    return f" {shown}" if shown[:1].isdigit() else shown


def person(inspector: Inspector, everyone: Mapping[str, Inspector]) -> str:
    """Returns how a sheet names an inspector: with the code where two have the same name."""
    same = sum(other.name == inspector.name for other in everyone.values())
    return inspector.name if same < 2 else f"{inspector.name}（{inspector.id}）"


def _cut(text: str, length: int) -> str:
    """The beginning of a text, at most ``length`` UTF-16 units, as Excel counts."""
    while len(text.encode("utf-16-le")) // 2 > length:
        text = text[:-1]
    return text.strip(" '")

"""The formulas and errors among the cells of a .xlsx, which the fast reader gives as blank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from enum import Enum, auto
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from inspections.workbook.form.layout import Column
from inspections.workbook.formulas.entered import is_input, is_note, reaches_out
from inspections.workbook.reading.relations import MAIN, Package
from inspections.workbook.reading.rich_values import RichValue, rich_values

_MAIN = f"{{{MAIN}}}"
_PICTURE = re.compile(r"\s*(?:_xlfn\.)?DISPIMG\([^()]*\)")
"""How WPS keeps a picture in a cell."""


class Told(Enum):
    """What a cell is told as: blank though something stands there, a result, a picture that was
    not read, a score that somebody typed.
    """

    LOST = auto()
    SCORE = auto()
    RESULT = auto()
    PICTURE = auto()


def formulas_and_errors(
    parts: ZipFile, sheet: Element, linked: bool, pictures: Set[str]
) -> Iterator[tuple[str, str, Told]]:
    """Yields (cell, what it is, what it is told as); ``pictures`` stand at their cells, and read.

    A picture kept in a cell shows an error in programs that do not know it.
    """
    shared: dict[str | None, str] = {}
    rich: Mapping[int, RichValue] | None = None
    for item in sheet.iter(f"{_MAIN}c"):
        formula, result = item.find(f"{_MAIN}f"), item.findtext(f"{_MAIN}v")
        at, number = item.get("r", ""), item.get("vm", "")
        text = ""
        if formula is not None:
            text = formula.text or shared.get(formula.get("si"), "")
            shared.setdefault(formula.get("si"), text)
        if item.get("t") == "e":
            if number and rich is None:
                package = Package(parts)
                rich = rich_values(package, package.workbook())
            value = (rich or {}).get(int(number), RichValue()) if number else None
            kept = _PICTURE.fullmatch(text) or (value and not value.error)
            if kept and is_note(at):
                if at not in pictures:
                    yield at, "图片", Told.PICTURE
            elif kept:
                yield at, "图片", Told.LOST
            elif formula is None and at.startswith(Column.SCORE.letter):
                yield at, "", Told.SCORE
            else:
                yield at, f"错误值 {(value and value.error) or result}", Told.LOST
        elif formula is not None:
            if not result and item.get("t") != "str":
                yield at, f"没有结果的公式 ={text[:40]}", Told.LOST
            elif is_input(at) and not _PICTURE.fullmatch(text):
                if linked or reaches_out(text):
                    yield at, f"引用别的文件的公式 ={text[:40]}", Told.LOST
                else:
                    yield at, f"={text[:40]}", Told.RESULT

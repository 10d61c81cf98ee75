"""What the fast reader does not see of an OpenDocument sheet (.ods)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from inspections.records.numbers import exact
from inspections.round.table import cell
from inspections.workbook.form.layout import Column
from inspections.workbook.formulas.entered import is_input, reaches_out
from inspections.workbook.reading.cell_facts import CellFacts
from inspections.workbook.reading.merged_cells import Range, odd_ranges

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALCULATED_EXTENSION = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_NEEDED = {
    "float": "value",
    "percentage": "value",
    "currency": "value",
    "date": "date-value",
    "time": "time-value",
    "boolean": "boolean-value",
    "string": "value-type",
}
_PLAIN = re.compile(r"-?\d{1,12}(?:\.\d{1,12})?")
_WIDEST = 64
"""A cell that stands for more columns than this is none that somebody filled."""


def ods_facts(content: bytes) -> CellFacts:
    """Returns the errors, formulas, merged cells, and numbers that look like others."""
    lost: dict[tuple[str, str], str] = {}
    percents: set[tuple[str, str]] = set()
    hidden: dict[tuple[str, str], Decimal] = {}
    formulas: dict[tuple[str, str], str] = {}
    for table in fromstring(content).iter(f"{_TABLE}table"):
        name = table.get(f"{_TABLE}name", "")
        merged: list[Range] = []
        for row, column, item in _cells(table):
            at = cell(row, column)
            kind = _kind(item)
            if kind == "error":
                lost[name, at] = f"错误值 {''.join(item.itertext()).strip()}"
            elif kind == "percentage":
                percents.add((name, at))
            elif at.startswith(Column.ENTRY.letter) and (seen := _seen(item)) is not None:
                hidden[name, at] = seen
            elif is_input(at) and _valueless(item):
                lost[name, at] = f"写坏的内容 {''.join(item.itertext()).strip()[:40]}"
            formula = item.get(f"{_TABLE}formula")
            if formula is not None and is_input(at) and kind != "error":
                text = formula.partition(":")[2]
                if reaches_out(text.replace("[.", "")):
                    lost[name, at] = f"引用别的文件的公式 {text[:40]}"
                else:
                    formulas[name, at] = text[:40]
            down = int(item.get(f"{_TABLE}number-rows-spanned", "1"))
            across = int(item.get(f"{_TABLE}number-columns-spanned", "1"))
            if down > 1 or across > 1:
                merged.append(((row, column), (row + down - 1, column + across - 1)))
        for at, first in odd_ranges(merged):
            lost[name, at] = f"并入 {first} 的合并单元格"
    return CellFacts(lost, percents, formulas, hidden=hidden)


def _seen(item: Element) -> Decimal | None:
    """The number that a cell shows, where that is not the number that it holds."""
    text = "".join(item.itertext()).strip().replace(",", "")
    if item.get(f"{_OFFICE}value-type") != "float" or not _PLAIN.fullmatch(text):
        return None
    number, seen = float(item.get(f"{_OFFICE}value", "nan")), Decimal(text)
    if not math.isfinite(number):
        return None
    held = exact(number)
    places = Decimal(1).scaleb(seen.as_tuple().exponent)  # type: ignore[arg-type]
    rounded = held.quantize(places, rounding=ROUND_HALF_UP) == seen
    return seen if rounded and seen != held else None


def _valueless(item: Element) -> bool:
    """Whether a cell shows something, and lacks what it is."""
    needed = _NEEDED.get(item.get(f"{_OFFICE}value-type", ""), "value-type")
    return item.get(f"{_OFFICE}{needed}") is None and bool("".join(item.itertext()).strip())


def _kind(item: Element) -> str:
    """What a cell holds; the extension knows errors, which the standard takes for texts."""
    kinds = {item.get(f"{_CALCULATED_EXTENSION}value-type"), item.get(f"{_OFFICE}value-type")}
    return next((kind for kind in ("error", "percentage") if kind in kinds), "")


def _cells(table: Element) -> Iterator[tuple[int, int, Element]]:
    """Yields row and column (counted from 0) of every cell; one that repeats comes repeatedly."""
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        column = 0
        for item in line:
            repeated = int(item.get(f"{_TABLE}number-columns-repeated", "1"))
            if len(item) or item.attrib.keys() - {f"{_TABLE}number-columns-repeated"}:
                for further in range(min(repeated, _WIDEST)):
                    yield row, column + further, item
            column += repeated
        row += int(line.get(f"{_TABLE}number-rows-repeated", "1"))

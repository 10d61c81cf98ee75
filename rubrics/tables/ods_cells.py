"""The cells of an OpenDocument sheet (.ods) as its XML has them, and what is wrong with them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from rubrics.tables.sheet import At, Facts, Merged

TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALCULATED_EXTENSION = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_FORMULA_SHOWN = 40
_WIDEST = 64
"""A cell that stands for more columns than this is none that somebody filled."""


def ods_facts(data: bytes) -> dict[str, Facts]:
    """Returns errors, per cents and merged ranges, by the name on the sheet's tab.

    Raises as the XML parser does.
    """
    with ZipFile(io.BytesIO(data)) as parts:
        content = fromstring(parts.read("content.xml"))
    found: dict[str, Facts] = {}
    for table in content.iter(f"{TABLE}table"):
        lost: dict[At, str] = {}
        percents: set[At] = set()
        merged: list[Merged] = []
        formulas: dict[At, str] = {}
        for row, column, item in cells(table):
            kind = kind_of(item)
            if kind == "error":
                lost[row, column] = f"错误值 {''.join(item.itertext()).strip()}"
            elif kind == "percentage":
                percents.add((row, column))
            if formula := item.get(f"{TABLE}formula"):
                formulas[row, column] = formula.partition(":")[2][:_FORMULA_SHOWN] or "公式"
            down, across = spanned(item)
            if down > 1 or across > 1:
                merged.append(Merged(row, column, row + down - 1, column + across - 1))
        found[table.get(f"{TABLE}name", "")] = Facts(lost, percents, tuple(merged), formulas)
    return found


def kind_of(item: Element) -> str:
    """Returns error or percentage where a cell is one; the standard takes errors for texts."""
    kinds = {item.get(f"{_CALCULATED_EXTENSION}value-type"), item.get(f"{OFFICE}value-type")}
    return next((kind for kind in ("error", "percentage") if kind in kinds), "")


def spanned(item: Element) -> tuple[int, int]:
    """Returns over how many rows and columns a cell is merged; 1 and 1 where it is not."""
    down, across = (item.get(f"{TABLE}number-{way}-spanned", "1") for way in ("rows", "columns"))
    return int(down), int(across)


def cells(table: Element) -> Iterator[tuple[int, int, Element]]:
    """Yields row and column (counted from 0) of every cell; one that repeats comes repeatedly."""
    row = 0
    for line in table.iter(f"{TABLE}table-row"):
        column = 0
        for item in line:
            repeated = int(item.get(f"{TABLE}number-columns-repeated", "1"))
            if len(item) or item.attrib.keys() - {f"{TABLE}number-columns-repeated"}:
                for further in range(min(repeated, _WIDEST)):
                    yield row, column + further, item
            column += repeated
        row += int(line.get(f"{TABLE}number-rows-repeated", "1"))

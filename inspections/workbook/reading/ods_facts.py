"""What the fast reader does not see of an OpenDocument sheet (.ods)."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from inspections.round.table import cell
from inspections.workbook.form.layout import Column
from inspections.workbook.formulas.entered import is_input, is_result, reaches_out
from inspections.workbook.reading.cell_facts import CellFacts
from inspections.workbook.reading.merged_cells import Range, odd_ranges
from inspections.workbook.reading.ods_texts import looks_of, seen_in_cell, styles_of_columns
from inspections.workbook.reading.out_of_sight import OutOfSight, hidden_in_ods
from inspections.workbook.reading.rich_text import Seen
from rubrics.tables.ods_cells import OFFICE, TABLE, cells, kind_of, spanned

_NO_ZEROS = re.compile(rb'config:name="ShowZeroValues"[^<>]*>false<')
_NEEDED = {
    "float": "value",
    "percentage": "value",
    "currency": "value",
    "date": "date-value",
    "time": "time-value",
    "boolean": "boolean-value",
    "string": "value-type",
}


def ods_facts(content: bytes, styles: bytes = b"", settings: bytes = b"") -> CellFacts:
    """Returns the errors, formulas, merged cells, and what looks like something else.

    From three parts: content.xml, styles.xml and settings.xml.
    """
    lost: dict[tuple[str, str], str] = {}
    percents: set[tuple[str, str]] = set()
    seen: dict[tuple[str, str], Seen] = {}
    formulas: dict[tuple[str, str], str] = {}
    scores: set[tuple[str, str]] = set()
    reckons = False
    out_of_sight: dict[str, OutOfSight] = {}
    document = fromstring(content)
    looks, zeros = looks_of(document, styles), _NO_ZEROS.search(settings) is None
    for table in document.iter(f"{TABLE}table"):
        name = table.get(f"{TABLE}name", "")
        merged: list[Range] = []
        out_of_sight[name] = hidden_in_ods(table)
        usual = styles_of_columns(table) if looks else []
        for row, column, item in cells(table):
            at = cell(row, column)
            kind = kind_of(item)
            if kind == "error":
                lost[name, at] = f"错误值 {''.join(item.itertext()).strip()}"
            elif kind == "percentage":
                percents.add((name, at))
            elif is_input(at) and _valueless(item):
                lost[name, at] = f"写坏的内容 {''.join(item.itertext()).strip()[:40]}"
            if is_input(at):
                style = usual[column] if usual else ""
                shown = seen_in_cell(item, looks, style, zeros=zeros)
                if shown is not None:
                    seen[name, at] = shown
            formula = item.get(f"{TABLE}formula")
            reckons |= formula is not None
            if formula is None and is_result(at) and item.get(f"{OFFICE}value-type"):
                scores.add((name, at))
            if formula is not None and is_input(at) and kind != "error":
                text = formula.partition(":")[2]
                if reaches_out(text.replace("[.", "")):
                    lost[name, at] = f"引用别的文件的公式 {text[:40]}"
                else:
                    formulas[name, at] = text[:40]
            down, across = spanned(item)
            if down > 1 or across > 1:
                merged.append(((row, column), (row + down - 1, column + across - 1)))
        for at, first in odd_ranges(merged):
            lost[name, at] = f"并入 {first} 的合并单元格"
    if not reckons:  # a program has put the results in their place
        scores = {it for it in scores if it[1].startswith(Column.SCORE.letter)}
    return CellFacts(lost, percents, formulas, scores, seen=seen, out_of_sight=out_of_sight)


def _valueless(item: Element) -> bool:
    """Whether a cell shows something, and lacks what it is."""
    needed = _NEEDED.get(item.get(f"{OFFICE}value-type", ""), "value-type")
    return item.get(f"{OFFICE}{needed}") is None and bool("".join(item.itertext()).strip())

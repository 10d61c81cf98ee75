"""What a cell of an OpenDocument sheet shows: its paragraphs, whatever its value is.

A cell has its value in an attribute, and beside it the text that was seen when the file was
saved (OpenDocument 1.3 part 3, 9.1.4). What is struck through or shifted, styles say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from inspections.workbook.form.layout import Column
from inspections.workbook.reading.rich_text import Look, Run, Seen, seen_of
from rubrics.tables.ods_cells import OFFICE, TABLE

_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_BLANKS: Final = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_VALUES: Final = ("value", "date-value", "time-value", "boolean-value", "string-value")

_LETTERS: Final = f"{_STYLE}text-properties"
_FAMILIES: Final = frozenset({"table-cell", "text", "paragraph"})
_DEFAULT: Final = "Default"
_LONGEST_LINE: Final = 16
"""So many styles, each of which comes from the next, are followed."""

Looks = Mapping[str, Look]


def looks_of(document: Element, named: bytes = b"") -> dict[str, Look]:
    """Returns the looks that strike or shift letters, by the name of their style.

    ``named``: styles.xml, from whose styles those of the document may come.
    """
    documents = [document]
    if b"line-through" in named or b"text-position" in named:
        documents.append(fromstring(named))
    styles = {
        style.get(f"{_STYLE}name", ""): style
        for document in documents
        for style in document.iter(f"{_STYLE}style")
        if style.get(f"{_STYLE}family") in _FAMILIES
    }
    found: dict[str, Look] = {}
    for name, style in styles.items():
        line = [style]
        while len(line) < _LONGEST_LINE:
            above = styles.get(line[-1].get(f"{_STYLE}parent-style-name", ""))
            if above is None:
                break
            line.append(above)
        look = Look()
        for said in (it for one in reversed(line) for it in one.findall(_LETTERS)):
            look = _changed(look, said)
        if look != Look():
            found[name] = look
    return found


def styles_of_columns(table: Element) -> list[str]:
    """Returns the name of the style that a cell of each column has which names none itself."""
    found: list[str] = []
    for item in table.iter(f"{TABLE}table-column"):
        repeated = int(item.get(f"{TABLE}number-columns-repeated", "1"))
        style = item.get(f"{TABLE}default-cell-style-name", _DEFAULT)
        found += [style] * min(repeated, len(Column) - len(found))
    return found + [_DEFAULT] * (len(Column) - len(found))


def _changed(look: Look, said: Element) -> Look:
    lines = [said.get(f"{_STYLE}text-line-through-{it}") for it in ("style", "type")]
    if any(line is not None for line in lines):
        look = look._replace(struck=not any(line == "none" for line in lines))
    position = (said.get(f"{_STYLE}text-position") or "").split()
    if position:
        height = position[0]
        up = height == "super" or (height[:1].isdigit() and height not in ("0", "0%"))
        down = height == "sub" or height.startswith("-")
        look = look._replace(shift="superscript" if up else "subscript" if down else "")
    return look


def seen_in_cell(
    item: Element, looks: Looks, style: str = _DEFAULT, *, zeros: bool = True
) -> Seen | None:
    """Returns what a cell shows; None where that is its value as it is spelt, or nothing is told.

    ``style``: of a cell that names none itself; ``zeros``: whether the document shows them.
    A cell without a paragraph was written by a program that leaves it to others what is shown.
    """
    if not zeros and _is_zero(item.get(f"{OFFICE}value", "")):
        return Seen("")
    paragraphs = item.findall(f"{_TEXT}p")
    if not paragraphs:
        return None
    look = looks.get(item.get(f"{TABLE}style-name", style), Look())
    runs: list[Run] = []
    for number, paragraph in enumerate(paragraphs):
        if number:
            runs.append(Run("\n", Look()))
        runs += _runs(paragraph, look, looks)
    seen = seen_of(runs)
    if seen is not None:
        return seen
    text = "".join(run.text for run in runs)
    held = next((item.get(f"{OFFICE}{it}") for it in _VALUES if item.get(f"{OFFICE}{it}")), None)
    return None if held is None or held == text else Seen(text)


def _is_zero(value: str) -> bool:
    return bool(value) and not value.strip("0.-")


def _runs(item: Element, look: Look, looks: Looks) -> Iterator[Run]:
    """Yields the runs of a paragraph; a remark is none of the cell's text."""
    look = looks.get(item.get(f"{_TEXT}style-name", ""), look)
    yield Run(item.text or "", look)
    for part in item:
        if part.tag in _BLANKS:
            yield Run(_BLANKS[part.tag] * int(part.get(f"{_TEXT}c", "1")[:4]), look)
        elif not part.tag.startswith(OFFICE):
            yield from _runs(part, look, looks)
        yield Run(part.tail or "", look)

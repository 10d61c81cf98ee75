"""What a cell of an OpenDocument sheet shows: its paragraphs, whatever its value is.

A cell has its value in an attribute, and beside it the text that was seen when the file was
saved (OpenDocument 1.3 part 3, 9.1.4). What is struck through or shifted, styles say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from inspections.workbook.reading.rich_text import Look, Run, Seen, seen_of
from rubrics.tables.ods_cells import OFFICE, TABLE

_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_BLANKS: Final = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_VALUES: Final = ("value", "date-value", "time-value", "boolean-value", "string-value")

Looks = Mapping[str, Look]


def looks_of(document: Element) -> dict[str, Look]:
    """Returns the looks that strike or shift letters, by the name of their style."""
    found: dict[str, Look] = {}
    for style in document.iter(f"{_STYLE}style"):
        look = found.get(style.get(f"{_STYLE}parent-style-name", ""), Look())
        for said in style.findall(f"{_STYLE}text-properties"):
            look = _changed(look, said)
        if look != Look():
            found[style.get(f"{_STYLE}name", "")] = look
    return found


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


def seen_in_cell(item: Element, looks: Looks) -> Seen | None:
    """Returns what a cell shows; None where that is its value as it is spelt, or nothing is told.

    A cell without a paragraph was written by a program that leaves it to others what is shown.
    """
    paragraphs = item.findall(f"{_TEXT}p")
    if not paragraphs:
        return None
    look = looks.get(item.get(f"{TABLE}style-name", ""), Look())
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

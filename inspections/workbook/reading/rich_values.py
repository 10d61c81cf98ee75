"""Rich values of Excel 365: a cell says ``vm="1"`` and shows ``#VALUE!`` to programs without them.

The number leads through the workbook's metadata to a value, whose structure says what it is: a
picture placed in the cell, one from the web, an error of a later version, a kind of data. Parts and
names as in [MS-XLSX] 2.3.6 and 2.4; both of its editions are found by their local names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from inspections.workbook.reading.relations import Package, attribute, local

_PICTURE = "_rvRel:LocalImageIdentifier"
_ERROR, _ERROR_TYPE = "_error", "errorType"
_ERRORS = {
    "4": "#NAME?", "8": "#SPILL!", "9": "#CONNECT!", "10": "#BLOCKED!", "11": "#UNKNOWN!",
    "12": "#FIELD!", "13": "#CALC!", "14": "#EXTERNAL!", "18": "#BUSY!", "19": "#PYTHON!",
}  # fmt: skip
"""Those that come with a rich value; others are told as ``#VALUE!``, which is what is shown."""


class RichValue(NamedTuple):
    """A picture by its part, an error by its name; both empty for whatever else there is."""

    part: str = ""
    error: str = ""


def rich_values(package: Package, book: str) -> dict[int, RichValue]:
    """Returns ``vm`` of a cell -> what it stands for; ``book`` is the workbook's part."""
    links = {relation.kind.casefold(): relation.target for relation in package.relations(book)}
    if "sheetmetadata" not in links or "rdrichvalue" not in links:
        return {}
    parts = _linked(package, links.get("richvaluerel", ""))
    held = [
        RichValue(parts.get(_number(value.get(_PICTURE, "")), ""), _error(kind, value))
        for kind, value in _values(
            package, links["rdrichvalue"], links.get("rdrichvaluestructure", "")
        )
    ]
    numbers = _metadata(package.tree(links["sheetmetadata"]))
    return {vm: held[at] for vm, at in numbers.items() if at < len(held)}


def _error(kind: str, value: Mapping[str, str]) -> str:
    return _ERRORS.get(value.get(_ERROR_TYPE, ""), "#VALUE!") if kind == _ERROR else ""


def _linked(package: Package, part: str) -> dict[int, str]:
    """Number -> part of what rich values refer to."""
    targets = {relation.id: relation.target for relation in package.relations(part)}
    items = (item for item in package.tree(part) if local(item.tag) == "rel")
    return {number: targets.get(attribute(item, "id"), "") for number, item in enumerate(items)}


def _values(package: Package, part: str, structures: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yields every rich value: its kind, and what it holds by the keys of its structure."""
    shapes = [
        (shape.get("t", ""), [key.get("n", "") for key in _children(shape, "k")])
        for shape in _children(package.tree(structures), "s")
    ]
    for value in _children(package.tree(part), "rv"):
        at = _number(value.get("s", ""))
        held = [item.text or "" for item in _children(value, "v")]
        kind, keys = shapes[at] if 0 <= at < len(shapes) else ("", [])
        yield kind, dict(zip(keys, held, strict=False))


def _metadata(metadata: Element) -> dict[int, int]:
    """``vm`` of a cell, which counts from 1 -> the number of its rich value, from 0."""
    types = [item.get("name", "") for item in metadata.iter() if local(item.tag) == "metadataType"]
    future: list[int] = []
    for group in metadata:
        if local(group.tag) == "futureMetadata" and group.get("name") == "XLRICHVALUE":
            for block in _children(group, "bk"):
                found = (it.get("i", "") for it in block.iter() if local(it.tag) == "rvb")
                future.append(_number(next(found, "")))
    numbers = {}
    for group in metadata:
        if local(group.tag) != "valueMetadata":
            continue
        for vm, block in enumerate(_children(group, "bk"), 1):
            for item in _children(block, "rc"):
                kind, at = _number(item.get("t", "")), _number(item.get("v", ""))
                rich = 0 < kind <= len(types) and types[kind - 1] == "XLRICHVALUE"
                if rich and 0 <= at < len(future) and future[at] >= 0:
                    numbers[vm] = future[at]
    return numbers


def _children(parent: Element, name: str) -> list[Element]:
    return [item for item in parent if local(item.tag) == name]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1

"""Whether a package is of the kind that our readers know as it is: names, relations, namespaces."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from inspections.workbook.reading.packed import unpacked
from inspections.workbook.reading.relations import MAIN, OFFICE, relations_part, resolved

WORKBOOK: Final = "xl/workbook.xml"
STYLES: Final = "xl/styles.xml"
STRINGS: Final = "xl/sharedStrings.xml"
NAMED: Final = {"styles": STYLES, "sharedStrings": STRINGS}
"""Kind of relation -> the part to which alone it may lead."""

SHEET: Final = re.compile(r"xl/worksheets/sheet\d{1,6}\.xml")
_ROOT: Final = re.compile(rb'<(?:workbook|worksheet)\b[^>]*?\sxmlns="%b"' % MAIN.encode())
_ROOT_WITHIN: Final = 4_096
_PACKAGE_RELATIONS: Final = "_rels/.rels"


def is_usual(parts: ZipFile, data: bytes) -> bool:
    """Whether the parts have the names, and the roots of the sheets the namespace, that our
    readers know; what stands in the sheets is looked at when they are read.
    """
    names = parts.NameToInfo
    asked = (_PACKAGE_RELATIONS, WORKBOOK, relations_part(WORKBOOK))
    if not names.keys() >= set(asked):
        return False
    package, book, links = (unpacked(names[name], data) for name in asked)
    try:
        if not _leads_to_workbook(package):
            return False
        sheets = _usual_sheets(links)
    except (ParseError, DefusedXmlException):
        return False
    if sheets is None or not sheets <= names.keys() or not has_usual_root(book):
        return False
    # The fast reader takes these by their names, whether anything leads to them or not.
    return all(part in sheets or part not in names for part in (STYLES, STRINGS))


def has_usual_root(part: bytes) -> bool:
    """Whether a workbook's or worksheet's elements have the transitional namespace, unprefixed."""
    return _ROOT.search(part, 0, _ROOT_WITHIN) is not None


@lru_cache(64)
def _leads_to_workbook(relations: bytes) -> bool:
    """Workbooks of one program have the same relations."""
    links = [
        item.get("Target", "")
        for item in fromstring(relations)
        if item.get("Type") == f"{OFFICE}/officeDocument" and not _leads_out(item)
    ]
    return [resolved("", target) for target in links] == [WORKBOOK]


@lru_cache(64)
def _usual_sheets(relations: bytes) -> frozenset[str] | None:
    """The parts that a workbook with these relations must have; None where one is unusual, leads
    out of the file, or has the id of another, so that programs differ over which to follow.
    """
    found = set()
    links = list(fromstring(relations))
    if len({item.get("Id") for item in links}) < len(links):
        return None
    for item in links:
        kind, target = item.get("Type", ""), resolved(WORKBOOK, item.get("Target", ""))
        word = kind.rpartition("/")[2]
        if word not in ("worksheet", *NAMED):
            continue
        if _leads_out(item) or kind != f"{OFFICE}/{word}" or not _fits(word, target):
            return None
        found.add(target)
    return frozenset(found)


def _leads_out(item: Element) -> bool:
    """Whether a relation leads to another file: the fast reader looks for its target in this."""
    return item.get("TargetMode") == "External"


def _fits(kind: str, target: str) -> bool:
    return bool(SHEET.fullmatch(target)) if kind == "worksheet" else NAMED[kind] == target

"""Marks a returned workbook: cells coloured, comments on them, a list of problems in front.

An .xlsx is edited where it stands, part by part, so that everything that was right in it stays as
it was: values, lists to choose from, formats, protection, widths, pictures. One that another
program wrote in its own way is put into plain words first, which changes nothing of that.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from defusedxml import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook

from inspections.workbook.drawing.package import packed
from inspections.workbook.drawing.template import xml_text
from inspections.workbook.form.identity import Identity, decode, encode
from inspections.workbook.form.layout import IDENTITY_CELL, IDENTITY_SHEET, MARKS_SHEET
from inspections.workbook.marking.colours import coloured, with_fills
from inspections.workbook.marking.list_sheet import Listed, list_sheet, with_looks
from inspections.workbook.marking.notes import annotate
from inspections.workbook.marking.remarks import ORDER, remark
from inspections.workbook.marking.xml_edits import (
    OFFICE,
    NotEditableError,
    Parts,
    before,
    declare,
    free_name,
    must_be_plain,
    relate,
    relations_of,
    text,
)
from inspections.workbook.reading.packed import SuspiciousError, parts_of
from inspections.workbook.reading.recognising import find_identity
from inspections.workbook.reading.relations import Package
from inspections.workbook.reading.standard import Standard, by_the_standard, editable
from rubrics.messages.problems import Problem, Severity

_WORKBOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_MOST_BYTES = 1 << 27
"""What a package may hold when unpacked; an honest workbook needs a hundredth."""

_EDITED = re.compile(
    r"^\[Content_Types\]|\.rels$|\.vml$|/(?:workbook|styles|comments?\d*|sheet\d*)\.xml$"
)
_NAME = re.compile(r"<definedName\b[^>]*>[^<]*</definedName>")
_AFTER_NAMES = (
    "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "fileRecoveryPr", "extLst",
)  # fmt: skip
_CELL_NAME = re.compile(r"[A-Z]{1,3}[1-9]\d*")


def marked(
    data: bytes,
    problems: Iterable[Problem],
    corrects: Sequence[str],
    *,
    key: str = "",
    copied_out: bool = False,
) -> bytes:
    """Returns the workbook with these problems marked in it; earlier marks go.

    ``corrects`` are the digests of the files that the copy corrects, latest first; ``key`` is the
    round's, with which that is sealed;
    ``copied_out``: ``data`` was written anew, and the list says so. The same arguments give the
    same bytes. Raises ``NotEditableError`` where ``data`` is no .xlsx, or one written in a way
    that cannot be edited.
    """
    problems = tuple(problems)
    try:
        package = editable(data)
        try:
            return _marked(package, problems, corrects, key, copied_out)
        except NotEditableError:
            if package.data is not data:
                raise
            return _marked(by_the_standard(data), problems, corrects, key, copied_out)
    except (KeyError, ValueError, ParseError, DefusedXmlException, CalamineError) as error:
        raise NotEditableError(str(error)) from error
    except (BadZipFile, SuspiciousError, zlib.error, struct.error) as error:
        raise NotEditableError(str(error)) from error


def _marked(
    package: Standard,
    problems: Sequence[Problem],
    corrects: Sequence[str],
    key: str,
    copied_out: bool,
) -> bytes:
    parts, titles = _parts(package.data)
    names = {title: name for name, title in titles.items()}
    listed = _listed(problems, names)
    styles, fills = with_fills(text(parts, _STYLES))
    styles, first_look = with_looks(styles)
    parts[_STYLES] = styles.encode()
    for title, name in names.items():
        if title not in (MARKS_SHEET, IDENTITY_SHEET):
            _mark_sheet(parts, name, [item for item in listed if item.sheet == title], fills)
    for title, identities in _identities(package.readable).items():
        made = {cell: one.correcting(*corrects, key=key) for cell, one in identities.items()}
        _identify(parts, names[title], made)
    _put_first(parts, names, *list_sheet(listed, first_look, copied_out))
    return packed(parts)


def _parts(data: bytes) -> tuple[Parts, Mapping[str, str]]:
    """The parts, and which of them are sheets: part -> the name on its tab."""
    with parts_of(data) as package:
        if sum(item.file_size for item in package.infolist()) > _MOST_BYTES:
            raise NotEditableError("size")
        titles = Package(package).sheets()
        parts = {
            item.filename: package.read(item) for item in package.infolist() if not item.is_dir()
        }
    for name in filter(_EDITED.search, parts):
        must_be_plain(parts[name], name)
    if not re.search(r"<workbook\b", text(parts, _WORKBOOK)[:2000]):
        raise NotEditableError(_WORKBOOK)
    return parts, titles


def _listed(problems: Iterable[Problem], sheets: Mapping[str, str]) -> list[Listed]:
    """The problems, worst first, with the sheets and cells that the workbook really has."""
    found = []
    for item in sorted(problems, key=lambda item: ORDER.index(item.severity)):
        sheet = item.place.sheet if item.place.sheet in sheets else ""
        cell = item.place.cell if sheet and _CELL_NAME.fullmatch(item.place.cell) else ""
        found.append(Listed(item, sheet, cell))
    return found


def _mark_sheet(
    parts: Parts, name: str, listed: Sequence[Listed], fills: Mapping[Severity, int]
) -> None:
    cells: dict[str, list[Problem]] = {}
    for item in listed:
        if item.cell:
            cells.setdefault(item.cell, []).append(item.problem)
    # The list is worst first, and so is every cell's.
    worst = {cell: found[0].severity for cell, found in cells.items()}
    xml = coloured(text(parts, name), worst, fills)
    parts[name] = re.sub(r'(<sheetView\b[^>]*?)\stabSelected="(?:1|true)"', r"\1", xml).encode()
    annotate(parts, name, {cell: remark(found) for cell, found in cells.items()})


def _identities(data: bytes) -> dict[str, dict[str, Identity]]:
    """Sheet name -> the cells that hold an identity: one on a visit sheet, a list on the last."""
    found: dict[str, dict[str, Identity]] = {}
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for title in book.sheet_names:
            rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            if title == IDENTITY_SHEET:
                made = {
                    f"B{number}": identity
                    for number, row in enumerate(rows, 1)
                    if len(row) > 1
                    and isinstance(row[1], str)
                    and (identity := decode(row[1])) is not None
                }
            else:
                identity, in_place = find_identity(rows)
                made = {IDENTITY_CELL: identity} if identity and in_place else {}
            if made:
                found[title] = made
    return found


def _identify(parts: Parts, name: str, cells: Mapping[str, Identity]) -> None:
    xml = text(parts, name)
    for cell, identity in cells.items():
        pattern = rf'<c\b([^>]*?\br="{cell}"[^>]*?)(?:/>|>.*?</c>)'
        found = re.search(pattern, xml, re.DOTALL)
        if found is None:
            raise NotEditableError(f"{name} {cell}")
        kept = re.sub(r'\st="\w+"', "", found[1])
        line = xml_text(encode(identity))
        made = f'<c{kept} t="inlineStr"><is><t>{line}</t></is></c>'
        xml = xml[: found.start()] + made + xml[found.end() :]
    parts[name] = xml.encode()


def _put_first(parts: Parts, names: Mapping[str, str], xml: str, head: int) -> None:
    """Puts the list in: in the place of an earlier one, or else in front of all sheets.

    ``head`` is its row of headings, which every printed page repeats.
    """
    book = text(parts, _WORKBOOK)
    book = _NAME.sub(lambda name: "" if MARKS_SHEET in name[0] else name[0], book)
    if MARKS_SHEET in names:
        name = names[MARKS_SHEET]
        parts.pop(relations_of(name), None)
    else:
        name = free_name(parts, "xl/worksheets/sheet{}.xml")
        declare(parts, name, _WORKSHEET)
        link = relate(parts, _WORKBOOK, "worksheet", name)
        number = max(map(int, re.findall(r'\bsheetId="(\d+)"', book))) + 1
        item = f'<sheet xmlns:r="{OFFICE}" name="{MARKS_SHEET}" sheetId="{number}" r:id="{link}"/>'
        book = before(book, item, ("sheet",))
        book = re.sub(
            r'\blocalSheetId="(\d+)"', lambda at: f'localSheetId="{int(at[1]) + 1}"', book
        )
    first = list(names).index(MARKS_SHEET) if MARKS_SHEET in names else 0
    book = re.sub(r"<definedNames\s*/>", "", book)
    if "<definedNames>" not in book:
        book = before(book, "<definedNames></definedNames>", _AFTER_NAMES)
    book = book.replace("<definedNames>", f"<definedNames>{_print_titles(first, head)}", 1)
    for _ in range(2):
        book = re.sub(r'(<workbookView\b[^>]*?)\s(?:activeTab|firstSheet)="\d+"', r"\1", book)
    book = re.sub(r"(<workbookView\b)", rf'\1 activeTab="{first}"', book)
    parts[_WORKBOOK] = book.encode()
    parts[name] = xml.encode()


def _print_titles(sheet: int, row: int) -> str:
    return (
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{sheet}">'
        f"'{MARKS_SHEET}'!${row}:${row}</definedName>"
    )

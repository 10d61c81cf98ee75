"""A second, careful look at a workbook: which cells are errors, or formulas without a result.

The fast reader gives both as blank, which would look like "nothing found". So the bytes of the
file are searched first, which costs little; only a file in which something turns up is read
again, slowly. Also here: what the fast reader does not see at all (comments, pictures, formulas,
merged cells, and that an office program has made 0.9 of a typed 90%).
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element
from zipfile import ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring
from python_calamine import CalamineWorkbook

from inspections.round.table import row_and_column
from inspections.workbook.form.layout import IDENTITY_CELL, TOTALS_ROW
from inspections.workbook.formulas.entered import is_input, reaches_out
from inspections.workbook.marking.remarks import written_by_people
from inspections.workbook.reading.cell_facts import CellFacts
from inspections.workbook.reading.embedded import MEDIA, Embedded, embedded_in_ods, embedded_in_xlsx
from inspections.workbook.reading.merged_cells import odd_merges
from inspections.workbook.reading.ods_facts import ods_facts
from inspections.workbook.reading.packed import SuspiciousError, parts_of, unpacked
from inspections.workbook.reading.plain_xml import BAD_INDEX, contents, is_plain
from inspections.workbook.reading.tags import Tags
from inspections.workbook.reading.xls_facts import xls_facts

_VISIT = b'<c r="%b"' % IDENTITY_CELL.encode()
_UNUSUAL = "内部的写法不合常规"
_PICTURE = re.compile(r"\s*(?:_xlfn\.)?DISPIMG\([^()]*\)")
"""How WPS keeps a picture in a cell."""

_SHEET = re.compile(r"/?xl/worksheets/[^/]*$", re.IGNORECASE)
_LINKED = re.compile(r"xl/externalLinks/", re.IGNORECASE)
_MACROS = re.compile(r"vbaProject\.bin$|^Basic/|^Scripts/", re.IGNORECASE)
_COMMENTS = re.compile(r"xl/(?:comments/)?comment[^/]*\.xml$|content\.xml$")
_THREADED = re.compile(r"xl/threadedComments")

_XFS = re.compile(rb"<cellXfs.*?</cellXfs>", re.DOTALL)
_XF_FORMAT = re.compile(rb'<xf\b[^>]*?\bnumFmtId="(\d+)"')
_FORMAT = re.compile(rb"<numFmt\b[^>]*>")
_PERCENT_FORMATS = (b"9", b"10")
_STYLED_ENTRY = rb'<c r="(H\d+)"(?=[^>]*\ss="(?:%s)")'
_XLS = b"\xd0\xcf\x11\xe0"
_TOTALS = b"%d" % TOTALS_ROW


def read_facts(data: bytes) -> CellFacts:
    """Returns what the fast reader does not see of a workbook (.xlsx .xlsm .ods .xls).

    Raises what ``parts_of`` and ``unpacked`` raise, ``zlib.error`` and ``struct.error`` where the
    bytes are no workbook, and what the XML parser raises.
    """
    try:
        return xls_facts(data) if data.startswith(_XLS) else _look(data)
    except (KeyError, ValueError, IndexError) as error:  # a part, a link or a number is missing
        raise SuspiciousError("文件已损坏，或不是真正的表格文件") from error


def _look(data: bytes) -> CellFacts:
    with parts_of(data) as parts:
        names = parts.namelist()
        beside = tuple(_beside(parts, names))
        pictures: list[Embedded] = []
        if any(map(MEDIA.match, names)):
            pictures, all_placed = (
                embedded_in_ods(parts)
                if "content.xml" in names
                else embedded_in_xlsx(parts, sheet_titles(parts.read))
            )
            beside += () if all_placed else ("图片",)
        if "content.xml" in names:
            look = ods_facts(unpacked(parts.getinfo("content.xml"), data))
        else:
            look = _xlsx_facts(parts, data)
    macros = any(map(_MACROS.search, names))
    return look._replace(beside=beside, macros=macros, pictures=tuple(pictures))


def make_sure(data: bytes) -> None:
    """Raises ``SuspiciousError`` where a sheet's XML can be read in more than one way, or where
    the fast reader finds nothing in a cell that holds something.
    """
    with parts_of(data) as parts, CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        titles = sheet_titles(parts.read)
        sheets = {part.filename: unpacked(part, data) for part in _sheets(parts)}
        if not sheets.keys() >= titles.keys() or not all(map(is_plain, sheets.values())):
            raise SuspiciousError(_UNUSUAL)
        for name, title in titles.items():
            rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            for item in fromstring(sheets[name]).iter(f"{_MAIN}c"):
                row, column = row_and_column(item.get("r", ""))
                read = row < len(rows) and column < len(rows[row]) and rows[row][column] != ""
                if not read and _holds(item):
                    raise SuspiciousError(_UNUSUAL)


def _holds(item: Element) -> bool:
    """Whether a cell holds what should be read: errors are lost, and a text may be blank."""
    value = (item.findtext(f"{_MAIN}v") or "").strip()
    if item.get("t") == "s":
        return bool(value) and not value.isdigit()
    text = "".join(part.text or "" for part in item.iter(f"{_MAIN}t"))
    return item.get("t") != "e" and bool(value or text.strip())


def _beside(parts: ZipFile, names: Sequence[str]) -> Iterator[str]:
    """What stands beside the cells; the comments of a marked copy are none of a person's."""
    if any(map(_THREADED.match, names)) or any(
        written_by_people(parts.read(name)) for name in names if _COMMENTS.match(name)
    ):
        yield "批注"


def _sheets(parts: ZipFile) -> list[ZipInfo]:
    return [part for part in parts.infolist() if _SHEET.match(part.filename)]


def _xlsx_facts(parts: ZipFile, data: bytes) -> CellFacts:
    lost: dict[tuple[str, str], str] = {}
    percents: set[tuple[str, str]] = set()
    typed: set[tuple[str, str]] = set()
    no_times: set[tuple[str, str]] = set()
    formulas: dict[tuple[str, str], str] = {}
    titles: Mapping[str, str] = {}
    styled = _percent_entries(unpacked(parts.getinfo(_STYLES), data)) if _has(parts) else None
    linked = any(map(_LINKED.match, parts.NameToInfo))
    shared = "xl/sharedstrings.xml" in map(str.lower, parts.NameToInfo)
    visits = count = 0
    for part in _sheets(parts):
        sheet = unpacked(part, data)
        if _VISIT not in sheet:
            continue
        visits += 1
        tags = Tags(sheet)
        counted = contents(sheet, tags)
        odd = counted < 0 or (shared and BAD_INDEX.search(sheet))
        if odd and not is_plain(sheet):
            raise SuspiciousError(_UNUSUAL)
        count += counted
        found = styled.findall(sheet) if styled else []
        broken = _has_error(sheet) or any(row != _TOTALS for row in tags.entered_formulas())
        merged = odd_merges(sheet)
        scores, below = list(tags.typed_scores()), list(tags.no_times())
        if not (found or broken or merged or scores or below):
            continue
        titles = titles or sheet_titles(parts.read)
        title = titles.get(part.filename, "")
        percents |= {(title, at.decode()) for at in found}
        no_times |= {(title, at.decode()) for at in below}
        typed |= {(title, at.decode()) for at in scores}
        lost |= {(title, at): f"并入 {first} 的合并单元格" for at, first in merged}
        if broken:
            for at, what, result in _formulas_and_errors(fromstring(sheet), linked):
                (formulas if result else lost)[title, at] = what
    return CellFacts(lost, percents, formulas, typed, no_times, contents=count, visits=visits)


_STYLES = "xl/styles.xml"


def _has(parts: ZipFile) -> bool:
    return _STYLES in parts.NameToInfo


@lru_cache(64)
def _percent_entries(styles: bytes) -> re.Pattern[bytes] | None:
    """What finds the entries whose style shows a per cent; None where no style does.

    Workbooks that no office program has saved have the same styles, and those have none.
    """
    formats = set(_PERCENT_FORMATS)
    for element in _FORMAT.findall(styles):
        if b"%" in element:
            formats |= set(re.findall(rb'\bnumFmtId="(\d+)"', element))
    xfs = _XFS.search(styles)
    used = _XF_FORMAT.findall(xfs[0]) if xfs else []
    numbers = [b"%d" % number for number, kind in enumerate(used) if kind in formats]
    return re.compile(_STYLED_ENTRY % b"|".join(numbers)) if numbers else None


def _has_error(sheet: bytes) -> bool:
    """Whether a value begins with #. One character is found at no cost, and it is rare."""
    at = sheet.find(b"#")
    while at >= 0:
        if sheet[at - 3 : at] == b"<v>":
            return True
        at = sheet.find(b"#", at + 1)
    return False


def _formulas_and_errors(sheet: Element, linked: bool) -> Iterator[tuple[str, str, bool]]:
    """Yields (cell, what it is, whether it has a result that can be used)."""
    shared: dict[str | None, str] = {}
    for item in sheet.iter(f"{_MAIN}c"):
        formula, result = item.find(f"{_MAIN}f"), item.findtext(f"{_MAIN}v")
        at = item.get("r", "")
        if item.get("t") == "e":
            yield at, f"错误值 {result}", False
        elif formula is not None:
            text = formula.text or shared.get(formula.get("si"), "")
            shared.setdefault(formula.get("si"), text)
            if not result and item.get("t") != "str":
                yield at, f"没有结果的公式 ={text[:40]}", False
            elif is_input(at) and not _PICTURE.fullmatch(text):
                if linked or reaches_out(text):
                    yield at, f"引用别的文件的公式 ={text[:40]}", False
                else:
                    yield at, f"={text[:40]}", True


def sheet_titles(part: Callable[[str], bytes]) -> Mapping[str, str]:
    """Returns part name -> the sheet's name on its tab, in their order; ``part`` gives a part."""
    links = {
        item.get("Id"): item.get("Target", "")
        for item in fromstring(part("xl/_rels/workbook.xml.rels"))
    }
    return {
        posixpath.normpath(posixpath.join("xl", links[item.get(_LINK)])).lstrip("/"): item.get(
            "name", ""
        )
        for item in fromstring(part("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        if item.get(_LINK) in links
    }


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

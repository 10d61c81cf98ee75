"""A second, careful look at a workbook: which cells are errors, or formulas without a result.

The fast reader gives both as blank, which would look like "nothing found". So the bytes of the
file are searched first, which costs little; only a file in which something turns up is read
again, slowly. Also here: what the fast reader does not see at all (comments, pictures, formulas,
merged cells, that an office program has made 0.9 of a typed 90%, and what a format hides).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element
from zipfile import ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring
from python_calamine import CalamineWorkbook

from inspections.round.table import cell, row_and_column
from inspections.workbook.form.layout import HEADER_ROW, IDENTITY_CELL, TOTALS_ROW, Column
from inspections.workbook.reading.beside import Beside, PageWords, not_too_many, quoted
from inspections.workbook.reading.cell_facts import CellFacts
from inspections.workbook.reading.conditional_looks import conditional_looks
from inspections.workbook.reading.embedded import MEDIA, Embedded, embedded_in_ods, embedded_in_xlsx
from inspections.workbook.reading.formulas_and_errors import Told, formulas_and_errors
from inspections.workbook.reading.merged_cells import odd_merges
from inspections.workbook.reading.ods_facts import ods_facts
from inspections.workbook.reading.ods_objects import objects_in_ods, page_words_in_ods
from inspections.workbook.reading.out_of_sight import OutOfSight, hidden_in_xlsx
from inspections.workbook.reading.packed import SuspiciousError, parts_of, unpacked
from inspections.workbook.reading.page_words import words_of_pages
from inspections.workbook.reading.paper_parts import is_paper, page_texts, shared_texts
from inspections.workbook.reading.plain_writing import UnusualError
from inspections.workbook.reading.plain_xml import BAD_INDEX, contents, is_plain, texts_are_plain
from inspections.workbook.reading.relations import MAIN, Package
from inspections.workbook.reading.rich_text import (
    Look,
    Seen,
    is_rich,
    runs_of,
    seen_in_sheet,
    seen_of,
)
from inspections.workbook.reading.tags import Tags
from inspections.workbook.reading.telling_styles import NO_STYLES, telling_styles
from inspections.workbook.reading.usual import STRINGS, STYLES, has_usual_root, is_usual
from inspections.workbook.reading.xls_facts import xls_facts
from inspections.workbook.reading.xlsx_objects import objects_in_xlsx
from rubrics.tables.contents import DAMAGED

_MAIN = f"{{{MAIN}}}"
_VISIT = b'<c r="%b"' % IDENTITY_CELL.encode()
_CONDITIONAL = "会改变所见内容的条件格式"
_SHEET = re.compile(r"/?xl/worksheets/[^/]+$", re.IGNORECASE)
_LINKED = re.compile(r"xl/externalLinks/", re.IGNORECASE)
_MACROS = re.compile(r"vbaProject\.bin$|^Basic/|^Scripts/", re.IGNORECASE)

_NO_ZEROS = re.compile(rb'\sshowZeros="(?:0|false)"')
_ZERO = re.compile(
    rb'<c r="([FHKLM]\d+)"(?![^<>]*\st="[^n])[^<>]*>(?:<f[^<>]*>[^<>]*</f>)?<v>-?0+(?:\.0+)?</v>'
)
_XLS = b"\xd0\xcf\x11\xe0"
_TOTALS = b"%d" % TOTALS_ROW
_SCORE_HEADING = Column.SCORE.at(HEADER_ROW).encode()
_RICH = (b"<strike", b"<vertAlign")


def read_facts(data: bytes) -> CellFacts:
    """Returns what the fast reader does not see of a workbook (.xlsx .xlsm .ods .xls).

    Raises what ``parts_of`` and ``unpacked`` raise, ``zlib.error`` and ``struct.error`` where the
    bytes are no workbook, and what the XML parser raises.
    """
    try:
        return xls_facts(data) if data.startswith(_XLS) else _look(data)
    except (KeyError, ValueError, IndexError) as error:  # a part, a link or a number is missing
        raise SuspiciousError(DAMAGED) from error


def _look(data: bytes) -> CellFacts:
    with parts_of(data) as parts:
        names = parts.namelist()
        document = "content.xml" in names
        if not document and not is_usual(parts, data):
            raise UnusualError
        found = objects_in_ods(parts) if document else objects_in_xlsx(parts, data)
        beside = not_too_many(found)
        pictures: list[Embedded] = []
        if any(map(MEDIA.match, names)):
            pictures, all_placed = (embedded_in_ods if document else embedded_in_xlsx)(parts)
            beside += () if all_placed else (Beside("图片"),)
        if document:
            look = ods_facts(
                *(
                    unpacked(parts.getinfo(it), data) if it in parts.NameToInfo else b""
                    for it in ("content.xml", "styles.xml", "settings.xml")
                )
            )
            look = look._replace(pages=tuple(page_words_in_ods(parts)))
        else:
            look = _xlsx_facts(parts, data, pictures)
    macros = any(map(_MACROS.search, names))
    return look._replace(beside=beside + look.beside, macros=macros, pictures=tuple(pictures))


def make_sure(data: bytes, book: CalamineWorkbook) -> None:
    """Raises ``UnusualError`` where a sheet's XML can be read in more than one way, or where
    the fast reader, which has opened ``book``, finds nothing in a cell that holds something.
    """
    with parts_of(data) as parts:
        titles = Package(parts).sheets()
        sheets = {part.filename: unpacked(part, data) for part in _sheets(parts)}
        if not sheets.keys() >= titles.keys() or not all(map(is_plain, sheets.values())):
            raise UnusualError
        for name, title in titles.items():
            rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            for item in fromstring(sheets[name]).iter(f"{_MAIN}c"):
                row, column = row_and_column(item.get("r", ""))
                read = row < len(rows) and column < len(rows[row]) and rows[row][column] != ""
                if not read and _holds(item):
                    raise UnusualError


def _holds(item: Element) -> bool:
    """Whether a cell holds what should be read: errors are lost, and a text may be blank."""
    value = (item.findtext(f"{_MAIN}v") or "").strip()
    if item.get("t") == "s":
        return bool(value) and not value.isdigit()
    text = "".join(part.text or "" for part in item.iter(f"{_MAIN}t"))
    return item.get("t") != "e" and bool(value or text.strip())


def _sheets(parts: ZipFile) -> list[ZipInfo]:
    return [part for part in parts.infolist() if _SHEET.match(part.filename)]


def _xlsx_facts(parts: ZipFile, data: bytes, pictures: Sequence[Embedded]) -> CellFacts:
    lost: dict[tuple[str, str], str] = {}
    forms: dict[tuple[str, str], str] = {}
    seen: dict[tuple[str, str], Seen] = {}
    typed: set[tuple[str, str]] = set()
    no_times: set[tuple[str, str]] = set()
    unread: set[tuple[str, str]] = set()
    formulas: dict[tuple[str, str], str] = {}
    pages: list[PageWords] = []
    beside: list[Beside] = []
    out_of_sight: dict[str, OutOfSight] = {}
    titles: Mapping[str, str] = {}
    styles = NO_STYLES
    if STYLES in parts.NameToInfo:
        styles = telling_styles(unpacked(parts.getinfo(STYLES), data))
    linked = any(map(_LINKED.match, parts.NameToInfo))
    shared = unpacked(parts.getinfo(STRINGS), data) if STRINGS in parts.NameToInfo else b""
    if shared and not texts_are_plain(shared):
        raise UnusualError
    strings = _rich_strings(shared)
    items = shared_texts(shared)
    papers: dict[str, Sequence[Sequence[str]]] = {}
    visits = count = 0
    for part in _sheets(parts):
        sheet = unpacked(part, data)
        if not has_usual_root(sheet):
            raise UnusualError
        said = words_of_pages(sheet)
        pages += (PageWords(part.filename, text) for text in said)
        if _VISIT not in sheet:
            texts = page_texts(sheet, items) if is_paper(sheet) else None
            if texts is not None:
                titles = titles or Package(parts).sheets()
                papers[titles.get(part.filename, "")] = texts
            continue
        visits += 1
        tags = Tags(sheet)
        counted = contents(sheet, tags)
        odd = counted < 0 or (shared and BAD_INDEX.search(sheet))
        if odd and not is_plain(sheet):
            raise UnusualError
        count += counted
        found = list(styles.telling(sheet, tags))
        rich = bool(strings) or tags.begins(_RICH) or any(at in styles.looks for _, at in found)
        broken = _has_error(sheet, tags) or any(row != _TOTALS for row in tags.entered_formulas())
        merged = odd_merges(sheet)
        scores = [at for at in tags.typed_results() if at != _SCORE_HEADING]
        below = list(tags.no_times())
        if scores and b"<f" not in sheet:  # a program has put the results in their place
            scores = [at for at in scores if at.startswith(Column.SCORE.letter.encode())]
        unseen = hidden_in_xlsx(sheet, tags)
        zeros = _NO_ZEROS.search(sheet, 0, sheet.find(b"<sheetData")) and _ZERO.findall(sheet)
        shown_by = list(conditional_looks(sheet, styles.conditional))
        telling = found or rich or broken or merged or scores or below or zeros or shown_by
        if not telling and not any(unseen):
            continue
        titles = titles or Package(parts).sheets()
        title = titles.get(part.filename, "")
        out_of_sight[title] = unseen
        forms |= {(title, at): styles.formats[it] for at, it in found if it in styles.formats}
        seen |= {(title, at.decode()): Seen("") for at in zeros or ()}
        beside += (Beside(_CONDITIONAL, title, at, quoted(said)) for at, said in shown_by)
        if rich:
            found_in = seen_in_sheet(fromstring(sheet), strings, styles.looks)
            seen |= {(title, at): it for at, it in found_in}
        no_times |= {(title, at.decode()) for at in below}
        typed |= {(title, at.decode()) for at in scores}
        lost |= {(title, at): f"并入 {first} 的合并单元格" for at, first in merged}
        if broken:
            held = {cell(it.row, it.column) for it in pictures if it.sheet == title}
            for at, what, told in formulas_and_errors(parts, fromstring(sheet), linked, held):
                if told is Told.PICTURE:
                    unread.add((title, at))
                elif told is Told.SCORE:
                    typed.add((title, at))
                else:
                    (formulas if told is Told.RESULT else lost)[title, at] = what
    return CellFacts(
        lost, formulas=formulas, scores=typed, no_times=no_times,
        contents=count, visits=visits, forms=forms, seen=seen, unread=unread,
        pages=tuple(pages), out_of_sight=out_of_sight, beside=not_too_many(beside), papers=papers,
    )  # fmt: skip


def _rich_strings(part: bytes) -> list[Element]:
    """The shared texts, where letters of some are struck through or shifted; else none."""
    if not part or not is_rich(part):
        return []
    items = fromstring(part).findall(f"{_MAIN}si")
    return items if any(seen_of(list(runs_of(item, Look()))) for item in items) else []


def _has_error(sheet: bytes, tags: Tags) -> bool:
    """Whether a cell says that it is an error, or a value begins with #."""
    return tags.has_error_value() or b't="e"' in sheet

"""Puts comments on cells: the texts in one part, the boxes that show them in another (VML)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from inspections.round.table import row_and_column
from inspections.workbook.drawing.template import xml_text
from inspections.workbook.form.layout import Column
from inspections.workbook.form.row_texts import WIDTHS, line_count
from inspections.workbook.marking.remarks import COMMENT, RUN, is_remark, words
from inspections.workbook.marking.xml_edits import (
    OFFICE,
    NotEditableError,
    Parts,
    before,
    declare,
    declare_ending,
    free_name,
    relate,
    related,
    text,
)

AUTHOR = "检查表核对"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_BOXES = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
_EMPTY = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{_MAIN}">'
    "<authors></authors><commentList></commentList></comments>"
)
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_EMPTY_BOXES = (
    f'<xml {_SPACES}><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202"'
    ' coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>'
    "</v:shapetype></xml>"
)
_SHAPE = re.compile(r"<(\w+):shape\b.*?</\1:shape>", re.DOTALL)
_BOX_WIDTH = 40
"""In characters of the default font; a column's widths are counted in the same."""


def annotate(parts: Parts, sheet: str, remarks: Mapping[str, str]) -> None:
    """Puts the remarks (A1 name -> text) on cells of a sheet, in place of those put earlier.

    What people wrote stays; where it stands on a marked cell, the remark follows it.
    """
    links = related(parts, sheet)
    comments = next((target for kind, target in links.values() if kind == "comments"), "")
    boxes = _boxes(parts, sheet)
    if not remarks and not comments:
        return
    held = text(parts, comments) if comments else _EMPTY
    kept, gone = _people(held)
    made, author = _with_author(held)
    fresh = {cell: note for cell, note in remarks.items() if cell not in kept}
    for cell in remarks.keys() & kept.keys():
        kept[cell] = before(kept[cell], _run("\n" + remarks[cell]), ("/text",))
    listed = [*kept.values()]
    listed += (
        f'<comment ref="{cell}" authorId="{author}"><text>{_run(note)}</text></comment>'
        for cell, note in fresh.items()
    )
    made = re.sub(
        r"<commentList\s*/>|<commentList>.*</commentList>",
        lambda _: f"<commentList>{''.join(listed)}</commentList>",
        made,
        flags=re.DOTALL,
    )
    if not comments:
        comments = free_name(parts, "xl/comments{}.xml")
        declare(parts, comments, _COMMENTS)
        relate(parts, sheet, "comments", comments)
    parts[comments] = made.encode()
    heights = _row_heights(text(parts, sheet))
    drawn = text(parts, boxes) if boxes else _EMPTY_BOXES
    drawn = _SHAPE.sub(lambda shape: "" if _cell(shape[0]) in gone else shape[0], drawn)
    shapes = "".join(_shapes(fresh, heights, _first_id(drawn)))
    at = drawn.rindex("</xml>")
    drawn = drawn[:at] + shapes + drawn[at:]
    if not boxes:
        boxes = free_name(parts, "xl/drawings/vmlDrawing{}.vml")
        declare_ending(parts, "vml", _VML)
        link = relate(parts, sheet, "vmlDrawing", boxes)
        xml = text(parts, sheet)
        item = f'<legacyDrawing xmlns:r="{OFFICE}" r:id="{link}"/>'
        parts[sheet] = before(xml, item, _AFTER_BOXES, xml.find("<sheetData")).encode()
    parts[boxes] = drawn.encode()


def _with_author(comments: str) -> tuple[str, int]:
    """The comments with our author listed, and the number of that author."""
    names = [found[1] or "" for found in re.finditer(r"<author(?:\s*/>|>(.*?)</author>)", comments)]
    if AUTHOR in names:
        return comments, names.index(AUTHOR)
    comments = re.sub(r"<authors\s*/>", "<authors></authors>", comments)
    return comments.replace("</authors>", f"<author>{AUTHOR}</author></authors>"), len(names)


def _boxes(parts: Parts, sheet: str) -> str:
    """The part that draws the sheet's comments, if there is one."""
    link = re.search(r'<legacyDrawing\b[^>]*\bid="([^"]+)"', text(parts, sheet))
    if link is None:
        return ""
    try:
        return related(parts, sheet)[link[1]][1]
    except KeyError as error:
        raise NotEditableError(sheet) from error


def _people(comments: str) -> tuple[dict[str, str], set[tuple[int, int]]]:
    """The comments that people wrote, without remarks, by cell; and the cells of the others."""
    kept: dict[str, str] = {}
    gone: set[tuple[int, int]] = set()
    for found in COMMENT.finditer(comments):
        if is_remark(found[0]):
            gone.add(row_and_column(found[1]))
        else:
            kept[found[1]] = RUN.sub(_without_remark, found[0])
    return kept, gone


def _without_remark(run: re.Match[str]) -> str:
    return "" if words(run[0]).strip() and is_remark(run[0]) else run[0]


def _run(note: str) -> str:
    look = '<rPr><sz val="9"/><color rgb="FF1F2933"/><rFont val="宋体"/><charset val="134"/></rPr>'
    return f'<r>{look}<t xml:space="preserve">{xml_text(note)}</t></r>'


def _cell(shape: str) -> tuple[int, int] | None:
    row, column = (re.search(rf"<\w+:{name}>(\d+)<", shape) for name in ("Row", "Column"))
    return (int(row[1]), int(column[1])) if row and column else None


def _first_id(drawn: str) -> int:
    used = [int(number) for number in re.findall(r'id="_x0000_s(\d+)"', drawn)]
    return max([1024, *used]) + 1


def _row_heights(sheet: str) -> dict[int, float]:
    """Heights in points, by the row's number counted from 0."""
    found = {}
    for item in re.findall(r"<row\b[^>]*>", sheet):
        fields = dict(re.findall(r'\b(r|ht)="([\d.]+)"', item))
        if len(fields) == 2:
            found[int(fields["r"]) - 1] = float(fields["ht"])
    return found


def _shapes(remarks: Mapping[str, str], heights: Mapping[int, float], first: int) -> Iterator[str]:
    for number, (cell, note) in enumerate(remarks.items()):
        row, column = row_and_column(cell)
        left, right = _across(column)
        lines = sum(line_count(line, _BOX_WIDTH, 9.5) for line in note.split("\n"))
        bottom, rest = row, lines * 13 + 10.0
        while rest > heights.get(bottom, 14):
            rest -= heights.get(bottom, 14)
            bottom += 1
        yield (
            # Another program may have bound the prefixes otherwise.
            f'<v:shape {_SPACES} id="_x0000_s{first + number}" type="#_x0000_t202"'
            ' style="position:absolute;'
            f"margin-left:60pt;margin-top:2pt;width:220pt;height:{lines * 13 + 10}pt;"
            f'z-index:{number + 1};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
            '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
            '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
            '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
            f"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 8, {row}, 2, {right}, 0, "
            f"{bottom}, {int(rest * 4 / 3)}</x:Anchor><x:AutoFill>False</x:AutoFill>"
            f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        )


def _across(column: int) -> tuple[int, int]:
    """The columns between which a box stands: right of its cell, or left where no room is left."""
    widths = {int(key): width for key, width in WIDTHS.items()}
    left = right = column + 1
    while right <= Column.REMARK and sum(widths[at] for at in range(left, right)) < _BOX_WIDTH:
        right += 1
    if sum(widths.get(at, 0) for at in range(left, right)) >= _BOX_WIDTH or column >= len(widths):
        return left, right
    left = right = column
    while left and sum(widths[at] for at in range(left, right)) < _BOX_WIDTH:
        left -= 1
    return left, right

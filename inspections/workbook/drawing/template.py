"""A worksheet drawn once by XlsxWriter and filled many times.

Drawing a sheet of 45 rows takes some 50 ms, filling a drawn one less than 1 ms. All sheets are
drawn with the same formats in the same order, so that one ``styles.xml`` serves them all. Texts
stand inline in their cells, so that a sheet depends on no other part of a package.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZipFile

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from inspections.workbook.drawing.formats import DEFAULT_FONT, LOOKS, STYLES
from inspections.workbook.form.contents import Typed

Style = Callable[[str], Format]
Draw = Callable[[Worksheet, Style], None]

_CELL = re.compile(r"(<c [^>]*?(?:/>|>.*?</c>))", re.DOTALL)
_PLACE = re.compile(r'<c r="([A-Z]+\d+)"(?: s="(\d+)")?')
_STRING = re.compile(r' t="s"><v>(\d+)</v></c>')
_FORMULA = re.compile(r"<f>.*?</f>", re.DOTALL)
_SHARED = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_WRITTEN = "⟦=⟧"
_MADE = f"<t>{_WRITTEN}"
_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True)
class Template:
    """A drawn worksheet: its XML in pieces, and which piece is which cell."""

    pieces: tuple[str, ...]
    cells: Mapping[str, int]

    def filled(self, values: Mapping[str, Typed], words: Mapping[str, str]) -> bytes:
        """Returns the worksheet's XML with ``values`` in cells and ``words`` for marked places.

        A value goes by its cell's A1 name; where the cell has a formula, it becomes the stored
        result, and None leaves it to be calculated. Words replace the marks that :func:`mark`
        gives outside the cells.
        """
        pieces = list(self.pieces)
        for name, value in values.items():
            place = self.cells[name]
            pieces[place] = _cell(pieces[place], value)
        tail = pieces[-1]
        for word, text in words.items():
            tail = tail.replace(mark(word), escape(text, {'"': "&quot;"}))
        pieces[-1] = tail
        return "".join(pieces).encode()


@dataclass(frozen=True, slots=True)
class Alike:
    """Columns, by their letters, whose formulas from row ``first`` to ``last`` differ by their row
    alone.
    """

    columns: str
    first: int
    last: int


def sharing(template: Template, areas: Sequence[Alike]) -> Template:
    """Returns the template with the formula of every column of ``areas`` kept once, in its first
    row, as every office program reads and Excel writes them. The rows below need not hold it.
    """
    pieces = list(template.pieces)
    columns = [
        (column, area) for area in areas if area.first < area.last for column in area.columns
    ]
    for number, (column, area) in enumerate(columns):
        for row in range(area.first, area.last + 1):
            place = template.cells[f"{column}{row}"]
            own = pieces[place]
            if row == area.first:
                whole = f"{column}{area.first}:{column}{area.last}"
                pieces[place] = own.replace("<f>", f'<f t="shared" ref="{whole}" si="{number}">')
            else:
                match = _PLACE.match(own)
                assert match is not None, own
                pieces[place] = f'{match[0]}><f t="shared" si="{number}"/></c>'
    return Template(tuple(pieces), template.cells)


def write_formula(sheet: Worksheet, cells: str, formula: str, look: Format | None = None) -> None:
    """Puts a formula into the first one of ``cells``, on a worksheet that :func:`drawn` takes.

    XlsxWriter goes through every formula some hundred times for functions of later editions of
    Excel, of which ours have none; so it is given a text, of which a formula is made afterwards.
    """
    sheet.write_string(cells.partition(":")[0], f"{_WRITTEN}{formula.removeprefix('=')}", look)


def mark(word: str) -> str:
    """Returns what stands for a word until a sheet is filled."""
    return f"⟦{word}⟧"


def drawn(draw: Draw) -> Template:
    """Returns what ``draw`` puts on an empty worksheet."""
    parts = _package(draw)
    shared = _SHARED.findall(parts.get("xl/sharedStrings.xml", ""))

    def inline(match: re.Match[str]) -> str:
        text = shared[int(match[1])]
        if text.startswith(_MADE):
            return f"><f>{text.removeprefix(_MADE).removesuffix('</t>')}</f><v></v></c>"
        return f' t="inlineStr"><is>{text}</is></c>'

    pieces = _CELL.split(parts["xl/worksheets/sheet2.xml"])
    pieces[1::2] = [_STRING.sub(inline, piece) for piece in pieces[1::2]]
    found = (_PLACE.match(piece) for piece in pieces)
    return Template(tuple(pieces), {match[1]: place for place, match in enumerate(found) if match})


def shared_parts() -> dict[str, str]:
    """Returns the parts that all workbooks share, by name: styles and theme."""
    parts = _package(lambda sheet, style: None)
    return {name: parts[name] for name in ("xl/styles.xml", "xl/theme/theme1.xml")}


def _package(draw: Draw) -> dict[str, str]:
    """The parts of a workbook whose first sheet uses every format, in order, and draws nothing."""
    memory = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        # A copy, because XlsxWriter writes into it.
        "default_format_properties": dict(DEFAULT_FONT),
    }
    with Workbook(memory, options) as book:
        made = {name: book.add_format(look) for name, look in (STYLES | LOOKS).items()}
        sampler = book.add_worksheet()
        for row, name in enumerate(STYLES):
            sampler.write_blank(row, 0, None, made[name])
        for row, name in enumerate(LOOKS):
            rule = {"type": "formula", "criteria": "=TRUE", "format": made[name]}
            sampler.conditional_format(row, 0, row, 0, rule)
        draw(book.add_worksheet(), made.__getitem__)
    with ZipFile(memory) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def _cell(piece: str, value: Typed) -> str:
    match = _PLACE.match(piece)
    assert match is not None, piece
    start = match[0]
    formula = _FORMULA.search(piece)
    if formula and value is None:
        return f"{start}>{formula[0]}</c>"
    if value is None or (value == "" and not formula):
        return f"{start}/>"
    if isinstance(value, str):
        text = xml_text(value)
        if formula:
            return f'{start} t="str">{formula[0]}<v>{text}</v></c>'
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f"{start}>{formula[0] if formula else ''}<v>{_number(value)}</v></c>"


def _number(value: Typed) -> str:
    match value:
        case time():
            return repr((value.hour * 3600 + value.minute * 60 + value.second) / 86400)
        case date():
            return str((date(value.year, value.month, value.day) - _DAY_ZERO).days)
    return str(value)


def xml_text(value: str) -> str:
    """Returns a text as XML holds it; what XML does not admit, in Excel's own spelling."""
    spelled = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", value)
    spelled = re.sub(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", lambda m: f"_x{ord(m[0]):04X}_", spelled
    )
    return escape(spelled)

"""Damage of every kind: to the bytes of a file, to its parts, and to its XML."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable

_CELL = re.compile(r'<c r="[A-Z]+\d+"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_ROW = re.compile(r"<row .*?</row>", re.DOTALL)
_VALUES = (
    "", "0", "-0", "-0.5", "-2", "1e999", "NaN", " 5", "5 ", "5%", "#REF!", "1,5",
    "99999999999999999999",
    "1<!-- -->2", "<![CDATA[7]]>", "&#55;", "&amp;", "0x10", "１２", "√", "0.1", "46086", "TRUE",
)  # fmt: skip
_TYPES = ("s", "n", "b", "e", "str", "inlineStr", "d", "zz")
_REFS = ("A1", "H9", "h9", "XFD1048576", "H0", "9", "$H$9", "ZZZZ9", "H10", "N1", "A9", "F8")
_FORMULAS = ("<f>1+1</f>", "<f>[1]x!A1</f>", "<f/>", '<f t="shared" si="0"/>', "<f>1/0</f>")

Mutation = Callable[[bytes, random.Random], bytes]


def mutated(data: bytes, ending: str, chance: random.Random) -> tuple[str, bytes]:
    """Returns the name of the damage, and the damaged file; one to three kinds at a time."""
    names: list[str] = []
    before = data
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        change = chance.choice(KINDS[ending])
        try:
            data = change(data, chance)
        except Exception:  # already beyond what can be taken apart, or nothing there to change
            continue
        names.append(change.__name__.strip("_"))
    while data == before:
        data = chance.choice(BYTES)(data, chance)
        names = ["bytes"]
    return "+".join(names), data


def flip(data: bytes, chance: random.Random) -> bytes:
    held = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        held[chance.randrange(len(held))] = chance.randrange(256)
    return bytes(held)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def splice(data: bytes, chance: random.Random) -> bytes:
    start, to = chance.randrange(len(data)), chance.randrange(len(data))
    piece = data[start : start + chance.choice((1, 4, 64, 4096))]
    return data[:to] + piece + data[to + chance.choice((0, len(piece))) :]


def blank(data: bytes, chance: random.Random) -> bytes:
    at, length = chance.randrange(len(data)), chance.choice((1, 16, 512, 4096))
    return data[:at] + bytes(min(length, len(data) - at)) + data[at + length :]


BYTES: tuple[Mutation, ...] = (flip, flip, cut, splice, blank)


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return [(item.filename, parts.read(item)) for item in parts.infolist()]


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of two parts with one name, which are meant
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for name, data in parts:
                packed.writestr(name, data)
    return out.getvalue()


def _with_parts(
    change: Callable[[list[tuple[str, bytes]], random.Random], None],
) -> Mutation:
    def mutation(data: bytes, chance: random.Random) -> bytes:
        parts = _parts(data)
        change(parts, chance)
        return _packed(parts)

    mutation.__name__ = change.__name__
    return mutation


@_with_parts
def lose_part(parts: list[tuple[str, bytes]], chance: random.Random) -> None:
    del parts[chance.randrange(len(parts))]


@_with_parts
def double_part(parts: list[tuple[str, bytes]], chance: random.Random) -> None:
    (name, _), (_, other) = chance.choice(parts), chance.choice(parts)
    parts.insert(chance.randrange(len(parts)), (name, other))


@_with_parts
def swap_parts(parts: list[tuple[str, bytes]], chance: random.Random) -> None:
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    held = parts[one]
    parts[one] = (held[0], parts[other][1])
    parts[other] = (parts[other][0], held[1])


@_with_parts
def rename_part(parts: list[tuple[str, bytes]], chance: random.Random) -> None:
    at = chance.randrange(len(parts))
    name, data = parts[at]
    changed = (name.upper(), f"/{name}", name.replace("/", "\\"), f"{name}x", f"xl/../{name}")
    parts[at] = (chance.choice(changed), data)


@_with_parts
def bytes_of_part(parts: list[tuple[str, bytes]], chance: random.Random) -> None:
    at = _sheet(parts, chance) if chance.random() < 0.7 else chance.randrange(len(parts))
    name, data = parts[at]
    if data:
        parts[at] = (name, chance.choice(BYTES)(data, chance))


def _sheet(parts: list[tuple[str, bytes]], chance: random.Random) -> int:
    """The largest sheet, or the content of an .ods file."""
    found = [
        n for n, (name, _) in enumerate(parts) if "worksheets/" in name or name == "content.xml"
    ]
    return max(found, key=lambda n: len(parts[n][1]))


def _with_sheet(change: Callable[[str, random.Random], str]) -> Mutation:
    def mutation(data: bytes, chance: random.Random) -> bytes:
        parts = _parts(data)
        at = _sheet(parts, chance)
        name, sheet = parts[at]
        parts[at] = (name, change(sheet.decode(), chance).encode())
        return _packed(parts)

    mutation.__name__ = change.__name__
    return mutation


def _a_cell(text: str, chance: random.Random) -> re.Match[str]:
    """Any cell, mostly one with an entry."""
    found = list(_CELL.finditer(text))
    entered = [item for item in found if re.match(r'<c r="[AFHKLMN]\d', item[0])]
    return chance.choice(entered if chance.random() < 0.8 else found)


def _put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


@_with_sheet
def lose_cell(text: str, chance: random.Random) -> str:
    return _put(text, _a_cell(text, chance), "")


@_with_sheet
def double_cell(text: str, chance: random.Random) -> str:
    one, other = _a_cell(text, chance), _a_cell(text, chance)
    return _put(text, one, one[0] + chance.choice((one[0], other[0])))


@_with_sheet
def swap_cells(text: str, chance: random.Random) -> str:
    one, other = sorted(
        (_a_cell(text, chance), _a_cell(text, chance)), key=lambda item: item.start()
    )
    if one.start() == other.start():
        return text
    return _put(_put(text, other, one[0]), one, other[0])


@_with_sheet
def move_cell(text: str, chance: random.Random) -> str:
    one = _a_cell(text, chance)
    new = chance.choice(_REFS) if chance.random() < 0.5 else _near(one[0], chance)
    return _put(text, one, re.sub(r'r="[^"]*"', f'r="{new}"', one[0], count=1))


def _near(text: str, chance: random.Random) -> str:
    column, row = re.findall(r'r="([A-Z]+)(\d+)"', text)[0]
    return f"{chance.choice((column, 'H', 'F'))}{int(row) + chance.choice((-1, 1, 2))}"


@_with_sheet
def change_type(text: str, chance: random.Random) -> str:
    one = _a_cell(text, chance)
    bare = re.sub(r' t="[^"]*"', "", one[0], count=1)
    new = rf'\1 t="{chance.choice(_TYPES)}"'
    return _put(text, one, re.sub(r'(r="[^"]*")', new, bare, count=1))


@_with_sheet
def change_style(text: str, chance: random.Random) -> str:
    one = _a_cell(text, chance)
    return _put(text, one, re.sub(r's="\d+"', f's="{chance.randrange(-1, 60)}"', one[0], count=1))


@_with_sheet
def change_value(text: str, chance: random.Random) -> str:
    one = _a_cell(text, chance)
    new = chance.choice(_VALUES)
    if "<v>" in one[0]:
        return _put(text, one, re.sub("<v>.*?</v>", f"<v>{new}</v>", one[0], count=1))
    if "<t" in one[0]:
        return _put(text, one, re.sub("<t[^>]*>.*?</t>", f"<t>{new}</t>", one[0], count=1))
    return _put(text, one, one[0].replace("/>", f"><v>{new}</v></c>", 1))


@_with_sheet
def add_formula(text: str, chance: random.Random) -> str:
    one = _a_cell(text, chance)
    where = chance.choice(("<v>", "</v>", "<v>"))
    new = chance.choice(_FORMULAS)
    return _put(text, one, one[0].replace(where, new + where if where == "<v>" else where + new, 1))


@_with_sheet
def quote_singly(text: str, chance: random.Random) -> str:
    one = _a_cell(text, chance)
    return _put(text, one, one[0].replace('"', "'", chance.choice((2, 4, 6))))


@_with_sheet
def swap_rows(text: str, chance: random.Random) -> str:
    found = list(_ROW.finditer(text))
    one, other = sorted(chance.sample(found, 2), key=lambda item: item.start())
    return _put(_put(text, other, one[0]), one, other[0])


@_with_sheet
def lose_row(text: str, chance: random.Random) -> str:
    return _put(text, chance.choice(list(_ROW.finditer(text))), "")


@_with_sheet
def double_row(text: str, chance: random.Random) -> str:
    one = chance.choice(list(_ROW.finditer(text)))
    return _put(text, one, one[0] * 2)


@_with_sheet
def renumber_row(text: str, chance: random.Random) -> str:
    """A row with all its cells some rows further down or up."""
    one = chance.choice(list(_ROW.finditer(text)))
    step = chance.choice((-1, 1, 3, 50))
    moved = re.sub(r'r="([A-Z]*)(\d+)"', lambda m: f'r="{m[1]}{int(m[2]) + step}"', one[0])
    return _put(text, one, moved)


@_with_sheet
def merge(text: str, chance: random.Random) -> str:
    first = chance.randrange(7, 28)
    last, letters = first + chance.randrange(4), chance.choice(("FF", "HH", "HI", "KM", "AH", "LL"))
    item = f'<mergeCell ref="{letters[0]}{first}:{letters[1]}{last}"/></mergeCells>'
    return text.replace("</mergeCells>", item)


def _with_part(name: str, change: Callable[[str, random.Random], str]) -> Mutation:
    def mutation(data: bytes, chance: random.Random) -> bytes:
        return _packed([
            (held, change(part.decode(), chance).encode() if held == name else part)
            for held, part in _parts(data)
        ])  # fmt: skip

    mutation.__name__ = change.__name__
    return mutation


def _styles(text: str, chance: random.Random) -> str:
    found = list(re.finditer(r'numFmtId="\d+"', text))
    new = chance.choice((0, 1, 9, 10, 14, 22, 31, 49, 164, 9999))
    return _put(text, chance.choice(found), f'numFmtId="{new}"')


def _strings(text: str, chance: random.Random) -> str:
    found = list(re.finditer(r"<si>.*?</si>|<si/>", text, re.DOTALL))
    if not found:
        return text
    one, other = chance.choice(found), chance.choice(found)
    return _put(
        text, one, chance.choice(("", one[0] * 2, other[0], "<si/>", "<si><r><t>5</t></r></si>"))
    )


_BOOK = (
    ("<workbookPr", '<workbookPr date1904="1"'),
    ('state="hidden"', ""),
    ("<sheet ", '<sheet state="hidden" '),
    ('r:id="rId2"', 'r:id="rId1"'),
    ('name="', 'name="填表说明'),
    ("</sheets>", '<sheet name="又一" sheetId="9" r:id="rId2"/></sheets>'),
)


def _book(text: str, chance: random.Random) -> str:
    old, new = chance.choice(_BOOK)
    return text.replace(old, new, 1)


def _links(text: str, chance: random.Random) -> str:
    found = re.findall(r'Target="([^"]*)"', text)
    one, other = chance.choice(found), chance.choice(found)
    return text.replace(f'"{one}"', chance.choice((f'"{other}"', f'"/xl/{one}"', f'"../{one}"')), 1)


_IN_CONTENT = (
    r'office:value="[^"]*"',
    r'office:value-type="[^"]*"',
    r'table:number-columns-repeated="\d+"',
    r'table:number-rows-repeated="\d+"',
    r'table:number-rows-spanned="\d+"',
    r'calcext:value-type="[^"]*"',
    r"<text:p>[^<]*</text:p>",
    r"<table:table-cell[^>]*/>",
    r"<table:table-row .*?</table:table-row>",
)


def _content(text: str, chance: random.Random) -> str:
    """Of an .ods file: its cells' values, kinds and repetitions."""
    found = list(re.finditer(chance.choice(_IN_CONTENT), text, re.DOTALL))
    if not found:
        return text
    one, other = chance.choice(found)[0], chance.choice(found)[0]
    number = chance.choice((0, 2, 3, 99, 1048576))
    changed = re.sub(r'"[^"]*"', f'"{number}"', one, count=1)
    twice = one * 2 if one.startswith("<") else one
    place = chance.choice([item for item in found if item[0] == one])
    return _put(text, place, chance.choice(("", twice, other, changed)))


@_with_parts
def list_folders(parts: list[tuple[str, bytes]], chance: random.Random) -> None:
    """Folders as entries, as WPS has them; now and then one that nobody would write."""
    folders = {name[: at + 1] for name, _ in parts for at in range(len(name)) if name[at] == "/"}
    for folder in sorted(folders):
        if chance.random() < 0.8:
            parts.insert(chance.randrange(len(parts) + 1), (folder, b""))
    if chance.random() < 0.2:
        odd = ("xl/worksheets/sheet2.xml/", "/", "xl//", "../", "xl/worksheets/")
        parts.append((chance.choice(odd), chance.choice((b"", b"x"))))


_SPACES = (
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "spreadsheetml/main"),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "officeDocument/relationships",
    ),
)
_STRICT = "http://purl.oclc.org/ooxml/"


@_with_parts
def change_edition(parts: list[tuple[str, bytes]], chance: random.Random) -> None:
    """The strict edition's names, in all parts or in some."""
    share = chance.choice((1.0, 1.0, 0.5))
    for at, (name, data) in enumerate(parts):
        if name.endswith((".xml", ".rels")) and chance.random() < share:
            for old, new in _SPACES:
                data = data.replace(old.encode(), f"{_STRICT}{new}".encode())
            parts[at] = (name, data)


@_with_parts
def spell_otherwise(parts: list[tuple[str, bytes]], chance: random.Random) -> None:
    """Parts under other names, and the relations that lead to them, in all spellings."""
    for at, (name, data) in enumerate(parts):
        if not name.startswith("xl/") or name.endswith(".rels") or chance.random() < 0.5:
            continue
        folder, _, last = name.rpartition("/")
        new = chance.choice((f"{folder}/X{last}", name.upper(), f"xl/{last}", f"{folder}/{last}"))
        held = f"{folder}/_rels/{last}.rels"
        moved = "/".join((new.rpartition("/")[0], "_rels", f"{new.rpartition('/')[2]}.rels"))
        target = chance.choice((f"/{new}", f"/{new.lower()}", f"/xl/../{new}"))
        parts[at] = (new, data)
        for number, (other, links) in enumerate(parts):
            if other == held:
                parts[number] = (moved, links)
            elif other.endswith(".rels"):
                pattern = rf'Target="(?:/?{re.escape(name)}|{re.escape(name[3:])})"'.encode()
                parts[number] = (other, re.sub(pattern, f'Target="{target}"'.encode(), links))


@_with_sheet
def prefix_elements(text: str, chance: random.Random) -> str:
    """A prefix for all elements of a sheet, or for one cell with what it holds."""
    main = _SPACES[0][0]
    if chance.random() < 0.5:
        text = re.sub(r"<(/?)(?=[A-Za-z]+[\s/>])", r"<\1x:", text)
        return text.replace(f'xmlns="{main}"', f'xmlns:x="{main}"', 1)
    one = _a_cell(text, chance)
    changed = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", one[0])
    return _put(text, one, changed.replace("<x:c ", f'<x:c xmlns:x="{main}" ', 1))


@_with_sheet
def lose_names(text: str, chance: random.Random) -> str:
    """A cell, a row, or a row with its cells that does not say where it is."""
    one = chance.choice(list(_ROW.finditer(text)))
    count = chance.choice((0, 1, 2))
    return _put(text, one, re.sub(r' r="[A-Z]*\d+"', "", one[0], count=count))


@_with_sheet
def new_error(text: str, chance: random.Random) -> str:
    one = _a_cell(text, chance)
    name = re.match(r'<c r="[A-Z]+\d+"', one[0])
    error = chance.choice(("#SPILL!", "#CALC!", "#GETTING_DATA", "#N/A", "#?", "#"))
    vm = chance.choice(("", "", ' vm="1"'))
    return _put(text, one, f'{name[0]} t="e"{vm}><v>{error}</v></c>') if name else text


def _relations(text: str, chance: random.Random) -> str:
    """Relations in another order, twice, of another kind, in another mode."""
    found = re.findall(r"<Relationship [^>]*/>", text)
    one = chance.choice(found)
    kind = chance.choice(("worksheet", "styles", "chartsheet", "Worksheet", "sharedStrings"))
    changed = chance.choice((
        "", one * 2, one.replace("/>", ' TargetMode="External"/>'),
        re.sub(r'/\w+" Target', f'/{kind}" Target', one), one.replace('"', "'"),
    ))  # fmt: skip
    return text.replace(one, changed, 1)


PARTS: tuple[Mutation, ...] = (
    lose_part, double_part, swap_parts, rename_part, bytes_of_part, bytes_of_part, list_folders,
)  # fmt: skip
PACKAGE: tuple[Mutation, ...] = (
    change_edition, spell_otherwise, prefix_elements, lose_names, new_error, new_error,
    _with_part("_rels/.rels", _relations), _with_part("xl/_rels/workbook.xml.rels", _relations),
)  # fmt: skip
XML: tuple[Mutation, ...] = (
    lose_cell, double_cell, swap_cells, move_cell, change_type, change_style, change_value,
    change_value, add_formula, quote_singly, swap_rows, lose_row, double_row, renumber_row, merge,
    _with_part("xl/styles.xml", _styles), _with_part("xl/sharedStrings.xml", _strings),
    _with_part("xl/workbook.xml", _book), _with_part("xl/_rels/workbook.xml.rels", _links),
)  # fmt: skip
KINDS: dict[str, tuple[Mutation, ...]] = {
    ".xlsx": (*BYTES[1:], *PARTS, *PACKAGE, *PACKAGE, *XML, *XML),
    ".ods": (*BYTES[1:], *PARTS, *[_with_part("content.xml", _content)] * 12),
    ".xls": BYTES,
}

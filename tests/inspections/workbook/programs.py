"""Small writers: a genuine workbook as other programs would have written the same content.

Each takes parts and gives parts, or packs them in its own way. What a program is known to do is
public: WPS and Tencent Docs list folders in the archive, Java programs stream it, Google Sheets
and SheetJS share texts, exceljs leaves out styles of blank cells, the Open XML SDK writes
prefixes, reports made by servers leave out what can be counted, Excel 365 marks extensions and
may save the strict edition.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from html import unescape
from typing import IO

Parts = dict[str, bytes]
Writer = Callable[[Parts], bytes]

SHEET = "xl/worksheets/sheet2.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TEXT = re.compile(r' t="inlineStr"><is><t(?: xml:space="preserve")?>(.*?)</t></is>', re.DOTALL)


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist() if name[-1] != "/"}


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", method) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return memory.getvalue()


def _sheets(parts: Parts, change: Callable[[str], str]) -> Parts:
    return {
        name: change(part.decode()).encode() if "worksheets/" in name else part
        for name, part in parts.items()
    }


def _everywhere(parts: Parts, change: Callable[[str], str]) -> Parts:
    return {
        name: change(part.decode()).encode() if name.endswith((".xml", ".rels")) else part
        for name, part in parts.items()
    }


def excel(parts: Parts) -> bytes:
    """Shared texts, some of them of several runs and with reading aids; extensions, a chain of
    formulas, columns of a row counted."""
    parts = _with_shared_texts(parts)
    root = (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' mc:Ignorable="x14ac" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    )
    parts = _sheets(parts, lambda text: text.replace("<worksheet", f"<worksheet{root}", 1))
    parts = _sheets(parts, lambda text: text.replace("<row ", '<row x14ac:dyDescent="0.15" '))
    parts = _sheets(parts, lambda text: re.sub(r"<row (x14ac\S+) (r=\S+)", r"<row \2 \1", text))
    chain = f'<calcChain xmlns="{_MAIN}"><c r="J9" i="2"/></calcChain>'
    return packed(_related(parts, "calcChain", "xl/calcChain.xml", chain))


def wps(parts: Parts) -> bytes:
    """Folders stand in the archive as entries of their own."""
    made: Parts = {}
    for name, part in _with_shared_texts(parts).items():
        for at, letter in enumerate(name):
            if letter == "/":
                made.setdefault(name[: at + 1], b"")
        made[name] = part
    return packed(made)


def tencent(parts: Parts) -> bytes:
    """Folders as entries, an archive that is streamed, no properties of the document."""
    made = parts_of(wps({name: part for name, part in parts.items() if "docProps" not in name}))
    links = made["_rels/.rels"].decode()
    made["_rels/.rels"] = re.sub(r"<Relationship [^>]*core-properties[^>]*/>", "", links).encode()
    return _streamed({"xl/": b"", "xl/worksheets/": b"", **made})


def google(parts: Parts) -> bytes:
    """Shared texts, no size of the sheet, prefixes bound that nobody uses, texts of formulas."""
    parts = _with_shared_texts(parts)
    bound = ' xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main"'
    parts = _sheets(parts, lambda text: text.replace("<worksheet", f"<worksheet{bound}", 1))
    return _streamed(_sheets(parts, lambda text: re.sub(r"<dimension [^>]*/>", "", text)))


def numbers(parts: Parts) -> bytes:
    """Attributes in single quotes, stored without packing."""

    def quoted(text: str) -> str:
        head, start, body = text.partition("<sheetData>")
        cells = re.sub(r"(<(?:c|row) [^>]*>)", lambda it: it[0].replace('"', "'"), body)
        return head + start + cells

    return packed(_sheets(parts, quoted), zipfile.ZIP_STORED)


def libreoffice(parts: Parts) -> bytes:
    """Shared texts, targets from the root of the package, all rows with their looks."""
    links = "xl/_rels/workbook.xml.rels"
    parts = _with_shared_texts(parts)
    return packed(parts | {links: parts[links].replace(b'Target="', b'Target="/xl/')})


def sheetjs(parts: Parts) -> bytes:
    """Texts as results of formulas would be, a byte order mark, no theme."""
    made = _sheets(parts, lambda text: _TEXT.sub(r' t="str"><v>\1</v>', text))
    return packed(_sheets(made, lambda text: "\ufeff" + text))


def exceljs(parts: Parts) -> bytes:
    """References for whatever is no plain letter, cells without anything left out."""

    def change(text: str) -> str:
        text = re.sub(r'<c r="[A-Z]+\d+"(?: s="\d+")?/>', "", text)
        return re.sub(r"[一-鿿]", lambda it: f"&#x{ord(it[0]):x};", text)

    return packed(_sheets(parts, change))


def sdk(parts: Parts) -> bytes:
    """Every element of the spreadsheet has a prefix."""

    def change(text: str) -> str:
        return re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", text).replace("xmlns=", "xmlns:x=")

    own = ("worksheets/", "xl/workbook.xml", "xl/styles.xml")
    return packed({
        name: change(part.decode()).encode() if any(item in name for item in own) else part
        for name, part in parts.items()
    })  # fmt: skip


def strict(parts: Parts) -> bytes:
    """The strict edition of the standard, as Excel saves it on demand."""
    names = {
        _MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
        _OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }

    def change(text: str) -> str:
        for old, new in names.items():
            text = text.replace(old, new)
        return text.replace("<workbook ", '<workbook conformance="strict" ')

    return packed(_everywhere(parts, change))


def renamed(parts: Parts) -> bytes:
    """Parts called and spelt otherwise; only relations say what they are."""
    names = {
        SHEET: "xl/worksheets/Sheet.xml",
        "xl/worksheets/sheet1.xml": "sheets/Guide.xml",
        "xl/workbook.xml": "xl/Book.xml",
        "xl/_rels/workbook.xml.rels": "xl/_rels/Book.xml.rels",
        "xl/styles.xml": "xl/looks/s1.xml",
    }
    links = parts["xl/_rels/workbook.xml.rels"].decode()
    links = links.replace("worksheets/sheet2.xml", "WORKSHEETS/sheet.XML")
    links = links.replace("worksheets/sheet1.xml", "../sheets/Guide.xml")
    links = links.replace('"styles.xml', '"/xl/looks/s1.xml')
    root = parts["_rels/.rels"].decode().replace("xl/workbook.xml", "/XL/book.xml")
    types = parts["[Content_Types].xml"].decode()
    for old, new in names.items():
        types = types.replace(f'"/{old}"', f'"/{new}"')
    made = parts | {
        "xl/_rels/workbook.xml.rels": links.encode(),
        "_rels/.rels": root.encode(),
        "[Content_Types].xml": types.encode(),
    }
    return packed({names.get(name, name): part for name, part in made.items()})


def nameless(parts: Parts) -> bytes:
    """Neither rows nor cells say where they are; all that is counted is left out."""

    def change(text: str) -> str:
        head, start, body = text.partition("<sheetData>")
        cells, end, tail = body.partition("</sheetData>")
        rows = re.split(r"(?=<row )", cells)[1:]
        made, due = [], 1
        for row in rows:
            number = int(re.match(r'<row r="(\d+)"', row)[1])  # type: ignore[index]
            made.append("<row/>" * (number - due) + _counted(row))
            due = number + 1
        return re.sub(r"<dimension [^>]*/>", "", head) + start + "".join(made) + end + tail

    return packed(_sheets(parts, change))


def _counted(row: str) -> str:
    made, due = "", 1
    start = re.match(r"<row [^>]*>", row)[0]  # type: ignore[index]
    for cell in re.finditer(r'<c r="([A-Z]+)\d+"([^>]*?)(/>|>.*?</c>)', row, re.DOTALL):
        at = ord(cell[1]) - 64
        made += "<c/>" * (at - due) + f"<c{cell[2]}{cell[3]}"
        due = at + 1
    end = "" if start.endswith("/>") else "</row>"
    return re.sub(r' r="\d+"', "", start) + made + end


PROGRAMS: tuple[Writer, ...] = (
    excel, wps, tencent, google, numbers, libreoffice, sheetjs, exceljs, sdk, strict, renamed,
    nameless,
)  # fmt: skip


def _with_shared_texts(parts: Parts) -> Parts:
    texts: dict[str, int] = {}

    def share(match: re.Match[str]) -> str:
        return f' t="s"><v>{texts.setdefault(match[1], len(texts))}</v>'

    made = _sheets(parts, lambda text: _TEXT.sub(share, text))
    items = "".join(map(_item, texts))
    return _related(
        made, "sharedStrings", "xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{items}</sst>'
    )


def _item(text: str) -> str:
    if len(unescape(text)) < 4 or "&" in text:
        return f'<si><t xml:space="preserve">{text}</t></si>'
    runs = (text[:2], text[2:])
    return (
        "<si>"
        + "".join(f'<r><rPr><b/></rPr><t xml:space="preserve">{run}</t></r>' for run in runs)
        + '<rPh sb="0" eb="1"><t>yin</t></rPh></si>'
    )


def _related(parts: Parts, kind: str, name: str, content: str) -> Parts:
    links, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    link = (
        f'<Relationship Id="rId{kind}" Type="{_OFFICE}/{kind}" Target="{name[3:]}"/>'
        "</Relationships>"
    )
    line = f'<Override PartName="/{name}" ContentType="{_TYPE}.{kind}+xml"/></Types>'
    return parts | {
        links: parts[links].replace(b"</Relationships>", link.encode()),
        types: parts[types].replace(b"</Types>", line.encode()),
        name: content.encode(),
    }


class _Stream(io.RawIOBase):
    """A file that can only be written on, so that sizes stand behind what they tell of."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return self._file.write(data)  # type: ignore[call-overload, no-any-return]


def _streamed(parts: Parts) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(_Stream(memory), "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return memory.getvalue()

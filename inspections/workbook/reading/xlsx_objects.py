"""What an .xlsx file holds that the blank workbook has not, whatever kind of thing it is.

The blank workbook is cells, styles, a theme and a title. Programs add parts of their own when they
save it: those are known by their kind. Of all else it is told what it is, where it stands, and
what is written in it; what nobody knows is told by the name of its kind.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from inspections.round.table import cell
from inspections.workbook.marking.remarks import people_wrote
from inspections.workbook.reading.beside import Beside, quoted, texts
from inspections.workbook.reading.embedded import MEDIA
from inspections.workbook.reading.packed import unpacked
from inspections.workbook.reading.relations import Package, attribute, local
from inspections.workbook.reading.vml_boxes import boxes

_ORDINARY: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:core|app|custom)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/(?:workbook|styles|sharedStrings|calcChain|metadata|theme/theme\d*)\.xml"
    r"|xl/worksheets/sheet\d+\.xml|xl/worksheets/_rels/sheet\d+\.xml\.rels"
    r"|xl/printerSettings/printerSettings\d+\.bin|(?:[\w.-]+/)+",
    re.IGNORECASE,
)
"""Parts of a workbook that was merely saved; a file of these alone needs no walk through it."""

_SHEET_LINKS: Final = re.compile(r"xl/worksheets/_rels/", re.IGNORECASE)
_LEADS_ON: Final = re.compile(rb"""/relationships/(?!(?:printerSettings|hyperlink)["'])""")
"""A sheet's relation to anything else: that may have the name of an ordinary part."""

_CORE, _CUSTOM, _BOOK = "docProps/core.xml", "docProps/custom.xml", "xl/workbook.xml"

_OF_PROGRAMS: Final = frozenset({
    "attachedtoolbars", "calcchain", "cellimage", "cellimages", "chartcolorstyle", "chartsheet",
    "chartstyle", "chartuserfontface", "comments", "control", "core-properties",
    "custom-properties", "customxmlprops", "diagramcolors", "diagramlayout", "diagramquickstyle",
    "drawing", "extended-properties", "externallink", "externallinkpath", "font", "hdphoto",
    "hyperlink", "image", "metadata", "officedocument", "person", "printersettings", "rdarray",
    "rdrichvalue", "rdrichvaluestructure", "rdrichvaluetypes", "rdrichvaluewebimage",
    "rdsupportingpropertybag", "rdsupportingpropertybagstructure", "richstyles", "richvaluerel",
    "sharedstrings", "sheetmetadata", "styles", "table", "tablesinglecells", "theme",
    "themeoverride", "threadedcomment", "thumbnail", "usernames", "vbaproject", "vmldrawing",
    "worksheet",
})  # fmt: skip
"""Kinds of parts that hold nothing a person types, or of which is told elsewhere."""

_CALLED: Final = {
    "chart": "图表",
    "chartex": "图表",
    "chartusershapes": "图表里的图形",
    "diagramdata": "SmartArt 图形",
    "diagramdrawing": "SmartArt 图形",
    "oleobject": "嵌入的文件",
    "package": "嵌入的文件",
    "ctrlprop": "窗体控件",
    "activexcontrolbinary": "窗体控件",
    "customxml": "自定义 XML",
    "customproperty": "自定义属性",
    "ink": "手写墨迹",
    "pivottable": "数据透视表",
    "pivotcachedefinition": "数据透视表",
    "pivotcacherecords": "数据透视表",
    "dialogsheet": "对话框工作表",
    "xlmacrosheet": "宏表",
    "slicer": "切片器",
    "timeline": "日程表",
    "revisionlog": "修订记录",
    "revisionheaders": "修订记录",
}
_BY_FRAME: Final = {"chart": "图表", "chartex": "图表", "diagram": "SmartArt 图形"}
_MACHINES_XML: Final = (
    "http://schemas.microsoft.com/",
    "http://schemas.openxmlformats.org/",
    "http://www.wps.cn/",
    "http://purl.oclc.org/ooxml/",
)
"""Beginnings of namespaces in which programs, not people, keep what they need."""

_MACHINES_NAMES: Final = re.compile(
    r"KSO|ICV|MSIP_|_dlc_|ContentType|Workbook|AppVersion|Generator|Info [1-4]$|Created$|LastSaved$"
    r"|Creator$|Producer|SourceModified|Company$|DocSecurity|HyperlinksChanged|HyperlinkBase"
    r"|LinksUpToDate|ScaleCrop|ShareDoc|Application|TitusGUID|Classification|_?CLIX|commondata",
)
_ABOUT: Final = {
    "subject": "主题",
    "description": "备注",
    "keywords": "关键词",
    "category": "类别",
    "contentStatus": "状态",
}
_NAME: Final = re.compile(r"_|Excel_BuiltIn|solver_")


class _Link(NamedTuple):
    kind: str
    owner: str


def objects_in_xlsx(parts: ZipFile, data: bytes) -> Iterator[Beside]:
    """Yields what the package holds beside cells; headers and footers are not among it."""
    names = parts.NameToInfo
    core, custom, book = (
        unpacked(names[it], data) if it in names else b"" for it in (_CORE, _CUSTOM, _BOOK)
    )
    yield from _about(core, custom)
    yield from _names(book)
    sheet_links = (unpacked(names[it], data) for it in names if _SHEET_LINKS.match(it))
    if not all(map(_ORDINARY.fullmatch, names)) or any(map(_LEADS_ON.search, sheet_links)):
        yield from _walked(Package(parts))


@lru_cache(64)
def _about(core: bytes, custom: bytes) -> tuple[Beside, ...]:
    """What somebody wrote about the document; programs do not fill these in."""
    found = []
    for item in _parsed(core):
        what, text = _ABOUT.get(local(item.tag)), quoted(" ".join(texts(item)))
        if what and text:
            found.append(Beside(f"文档属性（{what}）", text=text))
    for item in _parsed(custom):
        name, text = item.get("name", ""), quoted(" ".join(texts(item)))
        if text and not _MACHINES_NAMES.match(name):
            found.append(Beside(f"文档属性（{quoted(name)}）", text=text))
    return tuple(found)


def _parsed(part: bytes) -> Element:
    try:
        root: Element = fromstring(part) if part else Element("none")
    except (ParseError, DefusedXmlException, LookupError, ValueError):
        return Element("none")
    return root


def _names(book: bytes) -> Iterator[Beside]:
    """Names that somebody gave to a range or a text; programs' own begin with _."""
    for head, body in re.findall(rb"<definedName\b([^>]*)>([^<]*)</definedName>", book):
        fields = dict(re.findall(r'([\w:]+)="([^"]*)"', head.decode("utf-8", "replace")))
        name = fields.get("name", "")
        if not _NAME.match(name) or "comment" in fields:
            said = f"{name}={body.decode('utf-8', 'replace')} {fields.get('comment', '')}"
            yield Beside("定义的名称", text=quoted(unescape(said)))


def _walked(package: Package) -> Iterator[Beside]:
    """Everything, part by part: what is drawn on the sheets, then whatever else is there."""
    links = _links(package)
    book = package.workbook()
    titles = package.sheets()
    listed = {
        attribute(item, "id"): item.get("name", "")
        for item in package.tree(book).iter()
        if local(item.tag) == "sheet"
    }
    for relation in package.relations(book):
        if relation.kind.casefold() in ("chartsheet", "dialogsheet"):
            titles.setdefault(relation.target, listed.get(relation.id, ""))
    told: set[str] = set()
    for sheet, title in titles.items():
        found = package.relations(sheet)
        threaded = [it.target for it in found if it.kind.casefold() == "threadedcomment"]
        answered: set[str] = set()
        for part in threaded:
            for remark in _threaded(package.tree(part), title):
                answered.add(remark.cell)
                yield remark
        for relation in found:
            match relation.kind.casefold():
                case "comments":
                    told.add(relation.target)
                    yield from _comments(package.read(relation.target), title, answered)
                case "drawing":
                    yield from _drawn(package, relation.target, title, told)
                case "vmldrawing":
                    yield from boxes(package.read(relation.target), title)
                case "oleobject" | "package":
                    told.add(relation.target)
                    kinds = _programs(package.read(sheet))
                    called = kinds.get(relation.id) or posixpath.basename(relation.target)
                    yield Beside("嵌入的文件", title, text=quoted(called))
    yield from _left_over(package, links, titles, told)


def _links(package: Package) -> dict[str, _Link]:
    """Part -> by which kind of relation it was reached, and from which part."""
    found: dict[str, _Link] = {}
    waiting = [""]
    while waiting:
        owner = waiting.pop()
        for relation in package.relations(owner):
            if relation.target not in found:
                found[relation.target] = _Link(relation.kind.casefold(), owner)
                waiting.append(relation.target)
    return found


def _comments(part: bytes, sheet: str, answered: Iterable[str]) -> Iterator[Beside]:
    for at, said in people_wrote(part):
        if at not in answered:
            yield Beside("批注", sheet, at, quoted(said))


def _threaded(tree: Element, sheet: str) -> Iterator[Beside]:
    for item in tree.iter():
        if local(item.tag) == "threadedComment":
            said = quoted(" ".join(texts(item, frozenset({"text"}))))
            yield Beside("批注", sheet, item.get("ref", ""), said)


def _drawn(package: Package, part: str, sheet: str, told: set[str]) -> Iterator[Beside]:
    """What a drawing holds but pictures, each at the cell of its upper left corner."""
    links = {it.id: it.target for it in package.relations(part)}
    for anchor in package.tree(part):
        kinds = {local(item.tag) for item in anchor.iter()}
        drawn = kinds & {"sp", "cxnSp", "graphicFrame", "contentPart"}
        text = quoted(" ".join(texts(anchor, frozenset("t"))))
        if not drawn and not text:
            continue
        used = [links[id] for id in _used(anchor) if id in links]
        used = [it for it in used if not MEDIA.match(it)]
        told.update(used)
        for further in used:  # a SmartArt's text stands in its data, and drawn in another part
            inner = quoted(" ".join(texts(package.tree(further), frozenset("t"))))
            text = text or inner
        yield Beside(_what(anchor, drawn, text), sheet, _corner(anchor), text)


def _used(anchor: Element) -> Iterator[str]:
    for item in anchor.iter():
        for key, value in item.attrib.items():
            if "}" in key and "elationships" in key:
                yield value


def _what(anchor: Element, drawn: set[str], text: str) -> str:
    if "contentPart" in drawn:
        return "手写墨迹"
    if "graphicFrame" in drawn:
        frames = (it.get("uri", "") for it in anchor.iter() if local(it.tag) == "graphicData")
        return _BY_FRAME.get(posixpath.basename(next(frames, "")), "图形")
    return "文本框" if text else "图形"


def _corner(anchor: Element) -> str:
    for start in anchor:
        if local(start.tag) == "from":
            at = {local(item.tag): (item.text or "").strip() for item in start}
            if all(re.fullmatch(r"\d{1,7}", at.get(name, "")) for name in ("row", "col")):
                return cell(int(at["row"]), min(int(at["col"]), 16_383))
    return ""


def _programs(sheet: bytes) -> dict[str, str]:
    """The relation of an embedded file -> the program that it belongs to."""
    found = re.findall(rb"<(?:\w+:)?oleObject\b([^>]*)>", sheet)
    fields = (
        dict(re.findall(r'([\w:]+)="([^"]*)"', it.decode("utf-8", "replace"))) for it in found
    )
    return {it.get("r:id", ""): it.get("progId", "") for it in fields}


def _left_over(
    package: Package, links: Mapping[str, _Link], titles: Mapping[str, str], told: set[str]
) -> Iterator[Beside]:
    """Parts that nothing above has told of, and that are no program's own."""
    for part in package.names():
        if part in told or part.casefold().endswith(".rels") or part.startswith("[trash]/"):
            continue
        kind, owner = links.get(part) or _Link(_stem(part), "")
        usual = _ORDINARY.fullmatch(part) and (part not in links or kind in _OF_PROGRAMS)
        if usual or MEDIA.match(part):
            continue
        if kind == "comments" or (kind in ("drawing", "vmldrawing") and part not in links):
            yield from _unseen(package, part, kind)
            continue
        if kind in _OF_PROGRAMS and (part in links or kind != "threadedcomment"):
            continue
        if kind == "customxml" and _is_machines(package.tree(part)):
            continue
        while owner and owner not in titles and owner in links:
            owner = links[owner].owner
        readable = part.endswith(".xml")
        names = frozenset("t") if kind in _CALLED and kind != "customxml" else frozenset[str]()
        text = quoted(" ".join(texts(package.tree(part), names))) if readable else ""
        what = _CALLED.get(kind) or f"不认识的内容（{quoted(kind or part)}）"
        yield Beside(what, titles.get(owner, ""), text=text)


def _unseen(package: Package, part: str, kind: str) -> Iterator[Beside]:
    """Of a part to which nothing leads, what is written in it."""
    if kind == "comments":
        yield from _comments(package.read(part), "", ())
    elif kind == "vmldrawing":
        yield from boxes(package.read(part), "")
    else:
        text = quoted(" ".join(texts(package.tree(part), frozenset("t"))))
        if text:
            yield Beside("文本框", text=text)


def _stem(part: str) -> str:
    return re.sub(r"\d+$", "", posixpath.basename(part).partition(".")[0]).casefold()


def _is_machines(tree: Element) -> bool:
    space = tree.tag.partition("}")[0].lstrip("{")
    return space.startswith(_MACHINES_XML) or not any(texts(tree))

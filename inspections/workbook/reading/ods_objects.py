"""What an .ods file holds beside its cells: drawings, notes, objects, words about the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from inspections.round.table import cell
from inspections.workbook.marking.remarks import without_marks
from inspections.workbook.reading.beside import Beside, PageWords, quoted, texts
from inspections.workbook.reading.page_words import words_of_master_pages
from inspections.workbook.reading.relations import Package, local
from rubrics.tables.ods_cells import TABLE, cells

_DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SHOWN_ELSEWHERE: Final = frozenset({"image", "text-box", "glue-point"})
_ORDINARY: Final = re.compile(
    r"mimetype|(?:content|styles|meta|settings)\.xml|manifest\.rdf|layout-cache|META-INF/.*"
    r"|(?:Thumbnails|Configurations2|Pictures|ObjectReplacements|Basic|Scripts|Dialogs)/.*|.*/"
)
_OBJECT: Final = re.compile(r"(?:\./)?(Object \d+)")
_ABOUT: Final = {
    "subject": "主题",
    "description": "备注",
    "keyword": "关键词",
}
_MACHINES_NAMES: Final = re.compile(
    r"KSO|ICV|MSIP_|_dlc_|ContentType|AppVersion|Info [1-4]$|Company$|DocSecurity|Hyperlink"
    r"|LinksUpToDate|ScaleCrop|ShareDoc|Generator|Application"
)


def objects_in_ods(parts: ZipFile) -> Iterator[Beside]:
    """Yields what the document holds beside cells; headers and footers are not among it."""
    package = Package(parts)
    content = package.tree("content.xml")
    told: set[str] = set()
    for table in content.iter(f"{TABLE}table"):
        title = table.get(f"{TABLE}name", "")
        for shapes in table.iter(f"{TABLE}shapes"):
            for item in shapes:
                yield from _drawn(package, item, title, "", told)
        for row, column, held in cells(table):
            at = cell(row, min(column, 16_383))
            for item in held:
                if local(item.tag) == "annotation":
                    yield from _note(item, title, at)
                elif item.tag.startswith(_DRAW):
                    yield from _drawn(package, item, title, at, told)
    for item in content.iter():
        if local(item.tag) == "tracked-changes":
            yield Beside("修订记录", text=quoted(" ".join(texts(item, frozenset("p")))))
        elif local(item.tag) in ("named-range", "named-expression"):
            name = next((item.get(it, "") for it in item.attrib if local(it) == "name"), "")
            if not name.startswith(("_", "Excel_BuiltIn")):
                said = next(
                    (item.get(it, "") for it in item.attrib if local(it) == "expression"), ""
                )
                yield Beside("定义的名称", text=quoted(f"{name}={said}" if said else name))
    yield from _about(package.tree("meta.xml"))
    for name in package.names():
        held_by = _OBJECT.match(name)
        if held_by and held_by[1] not in told:
            told.add(held_by[1])
            yield _inside(package, held_by[1], "", "")
        elif not held_by and not _ORDINARY.fullmatch(name):
            text = quoted(" ".join(texts(package.tree(name)))) if name.endswith(".xml") else ""
            yield Beside(f"不认识的内容（{quoted(name)}）", text=text)


def page_words_in_ods(parts: ZipFile) -> Iterator[PageWords]:
    """Yields what stands in headers and footers; which sheet shows it, is not asked."""
    for text in words_of_master_pages(Package(parts).tree("styles.xml")):
        yield PageWords("", text)


def _note(item: Element, sheet: str, at: str) -> Iterator[Beside]:
    lines = ("".join(line.itertext()) for line in item if local(line.tag) in ("p", "list"))
    said = quoted(without_marks("\n".join(lines)))
    if said:
        yield Beside("批注", sheet, at, said)


def _drawn(
    package: Package, item: Element, sheet: str, at: str, told: set[str]
) -> Iterator[Beside]:
    """A frame, a shape, a group of them; frames that hold pictures alone are evidence."""
    kind, inner = local(item.tag), [local(it.tag) for it in item.iter()]
    text = quoted(" ".join(texts(item, frozenset({"p", "span", "a", "title", "desc"}))))
    objects = [it for it in item.iter() if local(it.tag) in ("object", "object-ole", "plugin")]
    if (
        kind in ("a", "g")
        and not text
        and set(inner) <= {"a", "g", "frame", "image", "p", "glue-point"}
    ):
        return
    if kind == "frame" and not objects and "text-box" not in inner and "image" in inner:
        paragraphs = quoted(" ".join(texts(item, frozenset({"p", "span"}))))
        if paragraphs:
            yield Beside("图片上的文字", sheet, at, paragraphs)
        return
    if objects:
        links = [
            next((it.get(k, "") for k in it.attrib if local(k) == "href"), "") for it in objects
        ]
        for link in links:
            found = _OBJECT.match(link)
            if found:
                told.add(found[1])
                yield _inside(package, found[1], sheet, at)
            else:
                yield Beside("嵌入的文件", sheet, at, text)
        return
    if kind == "control":
        yield Beside("窗体控件", sheet, at, text)
    else:
        yield Beside("文本框" if text else "图形", sheet, at, text)


def _inside(package: Package, name: str, sheet: str, at: str) -> Beside:
    """An object that is a document of its own, mostly a chart."""
    content = package.tree(f"{name}/content.xml")
    charted = any(local(item.tag) == "chart" for item in content.iter())
    titles = [it for it in content.iter() if local(it.tag) in ("title", "subtitle")]
    said = titles if charted else [content]
    text = quoted(" ".join(line for it in said for line in texts(it, frozenset({"p", "span"}))))
    return Beside("图表" if charted else "嵌入的文件", sheet, at, text)


def _about(meta: Element) -> Iterator[Beside]:
    for item in meta.iter():
        name, said = local(item.tag), quoted(item.text or "")
        if said and name in _ABOUT:
            yield Beside(f"文档属性（{_ABOUT[name]}）", text=said)
        elif said and name == "user-defined":
            called = next((item.get(it, "") for it in item.attrib if local(it) == "name"), "")
            if not _MACHINES_NAMES.match(called):
                yield Beside(f"文档属性（{called}）", text=said)

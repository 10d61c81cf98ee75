"""From a template to a paper: any .docx with tags, one that ships or one that a bureau edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path
from traceback import walk_tb
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2 import TemplateError, UndefinedError
from lxml.etree import XMLSyntaxError

from reports.official.language import (
    TAG,
    Fault,
    Language,
    name_faults,
    shape_faults,
    tag_with,
    tags_in,
)
from reports.official.shelf import shipped
from reports.official.values import Context, Picture, Value, leaving
from reports.type.archival import About
from reports.word.packing import packed
from reports.word.page import mark_section, tell
from rubrics.apart.limits import BeyondLimitsError
from rubrics.apart.once import within_limits
from rubrics.language.subject import SCHOOLS, Words
from rubrics.messages.not_there import not_there
from rubrics.messages.plain_text import plain
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese

_SHIPPED = Path(__file__).resolve().parents[1]
_MOST_BYTES = 50_000_000
"""Of a template, unpacked; one with a letterhead in full colour has a tenth of that."""

_UNREADABLE = "unreadable"
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_STRANGE = 3
"""Unknown names from which on a template may be that of another paper."""


def render(
    template: Path,
    context: Context,
    about: About,
    name: str = "",
    words: Words = SCHOOLS,
    note: str = "",
) -> tuple[bytes | None, tuple[Problem, ...]]:
    """Returns the paper as a .docx file: the same bytes for the same template and values.

    ``template``: a file of the package, or one that a bureau edited in Word, which is opened in a
    process of its own. ``context``: what its names stand for; every text is masked and made plain
    on its way (:class:`~.values.Own` alone is not masked). ``about``: what programs show of the
    paper; its day stands in for the clock. ``name``: how a problem names the template.
    ``words``: into those of what is inspected the template's own text is put. ``note``: stands at
    the head of every page, whatever the template. None where
    there is a problem; codes: those of ``not_there``, template-unreadable, template-name,
    template-tag, template-other, template-heavy.
    """
    place = Place(name or template.name)
    try:
        content = template.read_bytes()
    except OSError as error:
        if not template.is_file():
            return None, (not_there(template, place.file),)
        return None, (_unreadable(place, in_chinese(error)),)
    values = {key: leaving(value) for key, value in context.items()}
    try:
        if template.resolve().is_relative_to(_SHIPPED):
            made, faults = filled(content, values, about, words, note)
        else:
            made, faults = within_limits(filled, content, values, about, words, note)
    except BeyondLimitsError as error:
        return None, (problem("template-heavy", place, detail=error),)
    if other := _of_another({fault.name for fault in faults}):
        return None, (problem("template-other", place, paper=other),)
    return made, tuple(_told(place, fault) for fault in faults)


def _of_another(names: set[str]) -> str:
    """The paper whose template knows all names that this one does not; empty for a few mistakes."""
    names -= {"", _UNREADABLE}
    if len(names) < _STRANGE:
        return ""
    return next((one.name for one in shipped() if names <= one.names), "")


def filled(
    content: bytes, values: Context, about: About, words: Words = SCHOOLS, note: str = ""
) -> tuple[bytes | None, tuple[Fault, ...]]:
    """Returns the filled template, or what is wrong with it."""
    try:
        with ZipFile(BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
                return None, (Fault("", "内容太大", _UNREADABLE),)
        template = DocxTemplate(BytesIO(content))
        template.render_init()
        _put_in_words(template, words)
        parts_of_it = list(_parts(template))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, XMLSyntaxError):
        old = content.startswith(_OLD_WORD)
        why = "是旧格式的 Word 文件（.doc）" if old else "不是 Word 文件（.docx），或已损坏"
        return None, (Fault("", why, _UNREADABLE),)
    faults = [fault for element, _ in parts_of_it for fault in shape_faults(element)]
    language = Language()
    if not faults:
        faults = [it for _, xml in parts_of_it for it in name_faults(language, xml, values)]
    if faults:
        return None, tuple(dict.fromkeys(faults))
    sources = [xml for _, xml in parts_of_it]
    try:
        template.render({key: _placed(template, value) for key, value in values.items()}, language)
    except UndefinedError as error:
        name = str(error)
        return None, (Fault(tag_with("".join(sources), name), name=name),)
    except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        return None, (Fault(_nearest(error, sources), "写法不对，填不出内容"),)
    document = template.docx
    for section in document.sections if note else ():
        mark_section(section, note)
    tell(document, about)
    return packed(document, about.day), ()


def _put_in_words(template: Any, words: Words) -> None:
    """Puts what stands between the tags into the words of what is inspected."""
    if words.is_school:
        return
    sections = template.docx.sections
    own = [part._element for one in sections for part in (one.header, one.footer)]
    elements = (template.docx.element.body, *own)
    for said in chain.from_iterable(element.iter(qn("w:p")) for element in elements):
        runs = [held for held in said.iter(qn("w:t")) if held.text]
        apart = [TAG.findall(held.text) for held in runs]
        # Where Word has put a tag into several runs, nobody can tell its pieces from text.
        if [*chain(*apart)] != TAG.findall("".join(held.text for held in runs)):
            continue
        for held, tags in zip(runs, apart, strict=True):
            texts = [words.said(text) for text in TAG.split(held.text)]
            held.text = "".join(it for pair in zip(texts, [*tags, ""], strict=True) for it in pair)


def _parts(template: Any) -> Iterator[tuple[Any, str]]:
    """The body, headers and footers: as elements, and with their tags as Jinja reads them."""
    body = template.docx.element.body
    yield body, template.patch_xml(template.get_xml())
    for section in template.docx.sections:
        for part in (
            section.header,
            section.footer,
            section.even_page_header,
            section.even_page_footer,
            section.first_page_header,
            section.first_page_footer,
        ):
            if not part.is_linked_to_previous:
                element = part._element
                yield element, template.patch_xml(template.xml_to_string(element))


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A picture as the XML that stands for it, in the part where its tag stands."""

    template: Any
    picture: Picture

    def __html__(self) -> str:
        held = self.picture
        part = self.template.current_rendering_part
        inline = part.new_pic_inline(BytesIO(held.content), width=Mm(held.width_mm))
        inline.docPr.set("descr", plain(held.words))
        # Out of the run of letters that the tag stood in, and into another one.
        return (
            f"</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r>"
            '<w:r><w:t xml:space="preserve">'
        )


def _placed(template: Any, value: Value) -> Any:
    """The value with its pictures as the template's library wants them."""
    match value:
        case Picture():
            return _Drawing(template, value)
        case str():
            return value
        case dict():
            return {name: _placed(template, held) for name, held in value.items()}
        case list():
            return [_placed(template, held) for held in value]
        case _:
            return value


def _nearest(error: BaseException, sources: list[str]) -> str:
    """The tags of the paragraph where filling stopped: lines of a part are its paragraphs."""
    stopped = [
        line for frame, line in walk_tb(error.__traceback__)
        if frame.f_code.co_filename == "<template>"
    ]  # fmt: skip
    return next((tags for xml in sources for line in stopped if (tags := tags_in(xml, line))), "")


def _told(place: Place, fault: Fault) -> Problem:
    if fault.name == _UNREADABLE:
        return _unreadable(place, fault.why)
    if fault.name:
        return problem("template-name", place, tag=fault.tag, unknown=fault.name)
    return problem("template-tag", place, tag=fault.tag, reason=fault.why)


def _unreadable(place: Place, detail: str) -> Problem:
    return problem("template-unreadable", place, detail=detail)

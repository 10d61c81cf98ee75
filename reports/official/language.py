"""The tags of a template: which there are, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, meta
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

TAG = re.compile(
    r"\{\{(?:[^{}]|\{(?!\{)|\}(?!\}))*+\}\}"
    r"|\{%(?:[^{%]|\{(?!%)|%(?!\}))*+%\}"
    r"|\{#(?:[^{#]|\{(?!#)|#(?!\}))*+#\}"
)
"""No tag holds the beginning of another of its kind: one that is not closed ends there."""
_TEXT = re.compile(r"<[^<>]+>")
_PARAGRAPH = re.compile(r"<w:p([ >])")
_BRACES = re.compile(r"[{}｛｝]")
_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a tag: its text, and why, in Chinese; ``name``: one that is not known."""

    tag: str
    why: str = ""
    name: str = ""


class _Unknown(StrictUndefined):
    """A name that means nothing: whoever prints it is refused, by that name alone."""

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[UndefinedError] = UndefinedError,
    ) -> None:
        del hint
        super().__init__(name, obj, name, exc)


class Language(ImmutableSandboxedEnvironment):
    """Jinja for templates of strangers: they reach the values that they are given, nothing else."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=_Unknown)
        self.globals.clear()
        self.filters = {
            name: self.filters[name]
            for name in ("first", "last", "length", "join", "default", "round", "sum")
        }

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Names of a row, and where a loop is; no object's own attributes."""
        if isinstance(obj, Mapping):
            return self.getitem(obj, attribute)
        if isinstance(obj, LoopContext) and not attribute.startswith("_"):
            return super().getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The value of a row by name, or of a list by number."""
        try:
            return obj[argument]
        except (LookupError, TypeError):
            return self.undefined(obj=obj, name=str(argument))

    def call(self, *_: Any, **__: Any) -> Any:
        """Nothing in a template calls anything."""
        raise SecurityError


def shape_faults(body: Any) -> Iterator[Fault]:
    """Yields tags that are not closed, brackets that make no tag, and text that would be lost.

    ``body``: the element that holds paragraphs and tables.
    """
    for said in body.iter(qn("w:p")):
        text = _text(said)
        left = TAG.sub("", text)
        if _BRACES.search(left):
            yield Fault(_short(text), "括号不成对，或用了全角的括号")
        tags = TAG.findall(text)
        if any(re.match(r"\{[%{#]p\s", tag) for tag in tags) and (left.strip() or len(tags) > 1):
            yield Fault(_short(text), "以 p 开头的标签要单独成一段，同一段里的其他文字会丢掉")
    for row in body.iter(qn("w:tr")):
        text = _text(row)
        tags = TAG.findall(text)
        if any(re.match(r"\{[%{#]tr\s", tag) for tag in tags) and (
            TAG.sub("", text).strip() or len(tags) > 1
        ):
            yield Fault(_short(text), "以 tr 开头的标签要单独成一行，同一行里的其他文字会丢掉")


def name_faults(language: Language, xml: str, known: Mapping[str, object]) -> Iterator[Fault]:
    """Yields tags that cannot be read, or else names that nothing is known of.

    ``xml``: a part of the template, its tags as Jinja reads them.
    """
    lines = _lines(xml)
    try:
        tree = language.parse(lines)
        language.compile(lines)
    except TemplateSyntaxError as error:
        yield _broken(lines, error)
        return
    for name in sorted(meta.find_undeclared_variables(tree) - set(known)):
        yield Fault(tag_with(xml, name), name=name)


def tag_with(xml: str, name: str) -> str:
    """Returns the first tag in which a name stands; the name where there is none."""
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    tags = (_short(_TEXT.sub("", tag)) for tag in TAG.findall(xml))
    return next((tag for tag in tags if whole.search(tag)), name)


def tags_in(xml: str, line: int) -> str:
    """Returns the tags in a line of a part, counted from 1; empty where there are none."""
    lines = _lines(xml).splitlines()
    text = _TEXT.sub("", lines[line - 1]) if line <= len(lines) else ""
    return _short(" ".join(TAG.findall(text)))


def _lines(xml: str) -> str:
    """The part with a line for each paragraph, so that the place of a mistake is found."""
    return _PARAGRAPH.sub(r"\n<w:p\1", xml)


def _broken(xml: str, error: TemplateSyntaxError) -> Fault:
    lines = xml.splitlines()
    at = min(max(error.lineno - 1, 0), len(lines) - 1)
    text = _TEXT.sub("", lines[at])
    tags = TAG.findall(text)
    told = error.message or ""
    if "nknown tag" in told and tags:
        if re.search(r"'end|'else|'elif", told):
            return Fault(_short(" ".join(tags)), "没有与它配对的 for 或 if")
        return Fault(
            _short(" ".join(tags)), "没有这种标签；可以用 for、endfor、if、elif、else、endif"
        )
    if "end of template" in told or "was looking for" in told:
        every = [tag for line in lines for tag in TAG.findall(_TEXT.sub("", line))]
        opened = [tag for tag in every if re.match(r"\{%\s*(?:p |tr |tc |r )?\s*(?:for|if)\b", tag)]
        return Fault(
            _short(opened[-1] if opened else text), "for 或 if 没有与它配对的 endfor、endif"
        )
    if "filter" in told:
        return Fault(
            _short(" ".join(tags) or text), "竖线后面的写法不认识；可以用 length、join、first、last"
        )
    return Fault(_short(" ".join(tags) or text), "写法不对")


def _text(element: Any) -> str:
    return "".join(held.text or "" for held in element.iter(qn("w:t")))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"

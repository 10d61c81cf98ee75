"""The templates that ship: which there are, what names they go by, and copies to edit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import docx
from docx.oxml.ns import qn

from rubrics.messages.output import write_whole
from rubrics.messages.problems import Place, Problem, problem

_ROOM: Final = Path(__file__).resolve().parents[1]
_TAG: Final = re.compile(r"\{\{([^{}]+)\}\}|\{%p?(?:tr)?\s*(for [^{}]+)%\}")

_NAME: Final = re.compile(r"(?<![\w.])[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Shipped:
    """A template: its name, where it stands, and what is filled in, in the order of its text."""

    name: str
    path: Path
    tags: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names that its tags go by."""
        return frozenset(name for tag in self.tags for name in _NAME.findall(tag))


def shipped() -> tuple[Shipped, ...]:
    """Returns the templates of all papers."""
    paths = sorted(_ROOM.glob("*/templates/*.docx"), key=lambda path: (path.parent, path.name))
    return tuple(Shipped(path.stem, path, _tags(path)) for path in paths)


def copy_shipped(name: str, target: Path) -> tuple[Problem, ...]:
    """Writes a copy of a template to edit; a file that is there is left as it is.

    Codes: template-unknown, template-there, and those of ``write_whole``.
    """
    held = {one.name: one for one in shipped()}
    if name not in held:
        known = "、".join(held)
        return (problem("template-unknown", Place(), name=name, known=known),)
    if target.exists():
        return (problem("template-there", Place(str(target))),)
    return write_whole(target, held[name].path.read_bytes(), str(target))


def _tags(path: Path) -> tuple[str, ...]:
    body = docx.Document(str(path)).element.body
    texts = (
        "".join(held.text or "" for held in said.iter(qn("w:t"))) for said in body.iter(qn("w:p"))
    )
    found = ((first or second).strip() for text in texts for first, second in _TAG.findall(text))
    return tuple(dict.fromkeys(found))

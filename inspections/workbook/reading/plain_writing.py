"""XML written anew in the one way that our readers know: what it says is the same.

Elements of a sheet have no prefix then, attributes double quotes, every row and cell its name;
the strict edition's names become the transitional ones. What belongs to others (prefixes of
extensions, what may be ignored) stays as it is. Only what XML itself leaves no doubt about is
written: a cell twice, two values in a cell, or a comment within one is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape

from inspections.workbook.reading.packed import SuspiciousError
from inspections.workbook.reading.relations import MAIN, OFFICE, transitional
from rubrics.tables.contents import DAMAGED

UNUSUAL: Final = "内部的写法不合常规"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class UnusualError(SuspiciousError):
    """A package that some program may well write, and that our readers do not know as it is."""

    def __init__(self) -> None:
        super().__init__(UNUSUAL)


def plainly(part: bytes, writer: Writer | None = None) -> bytes:
    """Returns a part of spreadsheet XML in the plain form, as a writer writes it.

    Raises ``UnusualError`` where a document type is declared, and what the writer refuses;
    ``SuspiciousError`` where it is no XML.
    """
    writer = writer or Writer()
    try:
        writer.parser.Parse(part, True)
    except (ExpatError, LookupError, ValueError) as error:
        raise SuspiciousError(DAMAGED) from error
    return (_HEAD + "".join(writer.made)).encode()


class Writer:
    """Writes what the parser tells, without the prefixes of the spreadsheet's own elements."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.parser = ParserCreate()
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._started
        self.parser.EndElementHandler = self._ended
        self.parser.CharacterDataHandler = self._write
        self.parser.StartDoctypeDeclHandler = _refuse
        self._spaces: list[dict[str, str]] = [{"xml": "http://www.w3.org/XML/1998/namespace"}]
        self._defaults = [""]
        self._names: list[str] = []

    def _started(self, name: str, attributes: Sequence[str]) -> None:
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        declared = {
            key.partition(":")[2]: transitional(value)
            for key, value in pairs
            if key == "xmlns" or key.startswith("xmlns:")
        }
        spaces = {**self._spaces[-1], **declared} if declared else self._spaces[-1]
        self._spaces.append(spaces)
        prefix, _, bare = name.rpartition(":")
        space = spaces.get(prefix, "")
        kept = [(f"xmlns:{key}", value) for key, value in declared.items() if key]
        if space == MAIN or not prefix:
            name = bare
            if space != self._defaults[-1]:
                kept.insert(0, ("xmlns", space))
            self._defaults.append(space)
        else:
            self._defaults.append(self._defaults[-1])
        if not self._names and "r" not in spaces:
            kept.append(("xmlns:r", OFFICE))
            spaces = self._spaces[-1] = {**spaces, "r": OFFICE}
        for key, value in pairs:
            if key == "xmlns" or key.startswith("xmlns:") or key == "conformance":
                continue
            owner, _, word = key.rpartition(":")
            if owner and owner != "r" and spaces.get(owner) == OFFICE and spaces.get("r") == OFFICE:
                key = f"r:{word}"
            kept.append((key, value))
        self._names.append(name)
        self._begin(name if space == MAIN else "", name, kept)

    def _ended(self, name: str) -> None:
        space = self._spaces.pop().get(name.rpartition(":")[0], "")
        self._defaults.pop()
        name = self._names.pop()
        self._finish(name if space == MAIN else "", name)

    def _begin(self, main: str, name: str, attributes: Sequence[tuple[str, str]]) -> None:
        """Writes the begin of an element; ``main``: its name, if it is the spreadsheet's own."""
        self.made.append(tag(name, attributes))

    def _finish(self, main: str, name: str) -> None:
        """Writes the end of an element."""
        last = self.made[-1]
        if last.startswith((f"<{name}>", f"<{name} ")) and not last.endswith("/>"):
            self.made[-1] = f"{last[:-1]}/>"
        else:
            self.made.append(f"</{name}>")

    def _write(self, text: str) -> None:
        """Writes characters."""
        self.made.append(escape(text))


def _refuse(*_: object) -> None:
    raise UnusualError


def tag(name: str, attributes: Sequence[tuple[str, str]]) -> str:
    """Returns the begin of an element."""
    quoted = "".join(f' {key}="{_quoted(value)}"' for key, value in attributes)
    return f"<{name}{quoted}>"


def _quoted(value: str) -> str:
    return escape(value, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})

"""XML written anew in the one way that our readers know: what it says is the same.

Elements of a sheet have no prefix then, attributes double quotes, every row and cell its name;
the strict edition's names become the transitional ones. What belongs to others (prefixes of
extensions, what may be ignored) stays as it is. Only what XML itself leaves no doubt about is
written: a cell twice, two values in a cell, or a comment within one is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape

from inspections.workbook.reading.packed import DAMAGED, SuspiciousError
from inspections.workbook.reading.relations import MAIN, OFFICE, transitional

UNUSUAL: Final = "内部的写法不合常规"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_CELL_ATTRIBUTES = ("s", "t", "cm", "vm", "ph")
_NUMBERS = ("", "n", "s", "b", "e")
"""Types of cells whose value is no text, so that blanks around it mean nothing."""


class UnusualError(SuspiciousError):
    """A package that some program may well write, and that our readers do not know as it is."""

    def __init__(self) -> None:
        super().__init__(UNUSUAL)


def plainly(part: bytes, *, sheet: bool = False) -> bytes:
    """Returns a part of spreadsheet XML in the plain form; ``sheet``: it is a worksheet.

    Raises ``UnusualError`` where a document type is declared, or where cells can be read in more
    than one way; ``SuspiciousError`` where it is no XML.
    """
    writer = _SheetWriter() if sheet else _Writer()
    try:
        writer.parser.Parse(part, True)
    except (ExpatError, LookupError, ValueError) as error:
        raise SuspiciousError(DAMAGED) from error
    return (_HEAD + "".join(writer.made)).encode()


class _Writer:
    """Writes what the parser tells, without the prefixes of the spreadsheet's own elements."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.parser = ParserCreate()
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._started
        self.parser.EndElementHandler = self._ended
        self.parser.CharacterDataHandler = self.text
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
        self.start(name if space == MAIN else "", name, kept)

    def _ended(self, name: str) -> None:
        space = self._spaces.pop().get(name.rpartition(":")[0], "")
        self._defaults.pop()
        name = self._names.pop()
        self.end(name if space == MAIN else "", name)

    def start(self, main: str, name: str, attributes: Sequence[tuple[str, str]]) -> None:
        """Writes the begin of an element; ``main``: its name, if it is the spreadsheet's own."""
        self.made.append(_tag(name, attributes))

    def end(self, main: str, name: str) -> None:
        """Writes the end of an element."""
        if self.made[-1].startswith(f"<{name}") and self.made[-1].endswith(">"):
            last = self.made[-1]
            if last[len(name) + 1] in " >" and not last.startswith("</"):
                self.made[-1] = f"{last[:-1]}/>"
                return
        self.made.append(f"</{name}>")

    def text(self, text: str) -> None:
        """Writes characters."""
        self.made.append(escape(text))


class _SheetWriter(_Writer):
    """Writes a worksheet, row by row and cell by cell."""

    def __init__(self) -> None:
        super().__init__()
        self.parser.CommentHandler = self._aside
        self.parser.ProcessingInstructionHandler = self._aside
        self.parser.StartCdataSectionHandler = self._aside
        self._data = False
        self._row = self._column = 0
        self._type = ""
        self._held: dict[str, str] = {}
        self._within = ""
        self._ignored = 0
        self._texts: list[str] = []

    def _aside(self, *_: object) -> None:
        if self._data:
            raise UnusualError

    def start(self, main: str, name: str, attributes: Sequence[tuple[str, str]]) -> None:
        if not self._data:
            super().start(main, name, attributes)
            self._data = main == "sheetData"
        elif self._ignored or main == "extLst":
            self._ignored += 1
        elif self._within in ("f", "v"):
            raise UnusualError
        elif self._within == "is":
            self._texts.append(_tag(name, [(k, v) for k, v in attributes if k[:5] != "xmlns"]))
        elif main == "row":
            self._start_row(dict(attributes))
        elif main == "c":
            self._start_cell(dict(attributes))
        elif main in ("f", "v", "is") and main not in self._held:
            self._within = main
            self._texts = []
            self._held[main] = _tag(name, attributes) if main == "f" else f"<{name}>"
        else:
            raise UnusualError

    def end(self, main: str, name: str) -> None:
        if not self._data:
            super().end(main, name)
        elif self._ignored:
            self._ignored -= 1
        elif self._within and self._within != main:
            self._texts.append(f"</{name}>")
        elif self._within:
            text = "".join(self._texts)
            if main == "v" and self._type in _NUMBERS:
                text = text.strip()
            self._held[main] += f"{text}</{name}>"
            self._within = ""
        elif main == "c":
            self._end_cell()
        elif main == "row":
            self.made.append("</row>")
        else:
            self._data = False
            super().end(main, name)

    def text(self, text: str) -> None:
        if not self._data:
            super().text(text)
        elif self._within and not self._ignored:
            self._texts.append(escape(text))
        elif text.strip() and not self._ignored:
            raise UnusualError

    def _start_row(self, attributes: dict[str, str]) -> None:
        """A row that does not say its number is the one below the row before it."""
        number = attributes.pop("r", str(self._row + 1)).strip()
        if not re.fullmatch(r"[1-9]\d{0,6}", number) or int(number) <= self._row:
            raise UnusualError
        self._row, self._column = int(number), 0
        self._seen: set[int] = set()
        rest = [(key, value) for key, value in attributes.items() if ":" not in key]
        self.made.append(_tag("row", [("r", number), *rest]))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        """A cell that does not say its name is the one right of the cell before it."""
        name = attributes.get("r", "").strip()
        if name:
            found = _CELL.fullmatch(name)
            if found is None or int(found[2]) != self._row:
                raise UnusualError
            self._column = _number(found[1])
        else:
            self._column += 1
        if self._column in self._seen:
            raise UnusualError
        self._seen.add(self._column)
        self._type = attributes.get("t", "")
        kept = [(key, attributes[key]) for key in _CELL_ATTRIBUTES if attributes.get(key)]
        self._held = {"c": _tag("c", [("r", f"{_letters(self._column)}{self._row}"), *kept])}

    def _end_cell(self) -> None:
        held = self._held
        if "is" in held and "v" in held and held["v"] != "<v></v>":
            raise UnusualError
        inline = "is" in held
        if inline != (self._type == "inlineStr") and (
            inline or held.get("v", "<v></v>") != "<v></v>"
        ):
            raise UnusualError
        value = held.get("is") if inline else held.get("v")
        body = held.get("f", "") + (value or "")
        self.made.append(f"{held['c']}{body}</c>" if body else f"{held['c'][:-1]}/>")
        self._held = {}


def _refuse(*_: object) -> None:
    raise UnusualError


def _tag(name: str, attributes: Sequence[tuple[str, str]]) -> str:
    quoted = "".join(f' {key}="{_quoted(value)}"' for key, value in attributes)
    return f"<{name}{quoted}>"


def _quoted(value: str) -> str:
    return escape(value, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

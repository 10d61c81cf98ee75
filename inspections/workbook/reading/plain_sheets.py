"""A worksheet written anew in the plain form, row by row and cell by cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from inspections.round.table import cell, row_and_column
from inspections.workbook.reading.plain_writing import UnusualError, Writer, plainly, tag

_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_CELL_ATTRIBUTES = ("s", "t", "cm", "vm", "ph")
_NUMBERS = ("", "n", "s", "b", "e")
"""Types of cells whose value is no text, so that blanks around it mean nothing."""


def plain_sheet(part: bytes) -> bytes:
    """Returns a worksheet in the plain form.

    Raises ``UnusualError`` where its cells can be read in more than one way, and what ``plainly``
    raises.
    """
    return plainly(part, SheetWriter())


class SheetWriter(Writer):
    """Writes a worksheet, row by row and cell by cell."""

    def __init__(self) -> None:
        super().__init__()
        self.parser.CommentHandler = self._aside
        self.parser.ProcessingInstructionHandler = self._aside
        self.parser.StartCdataSectionHandler = self._aside
        self._data = False
        self._row, self._column = 0, -1
        self._type = ""
        self._held: dict[str, str] = {}
        self._within = ""
        self._ignored = 0
        self._texts: list[str] = []

    def _aside(self, *_: object) -> None:
        if self._data:
            raise UnusualError

    def _begin(self, main: str, name: str, attributes: Sequence[tuple[str, str]]) -> None:
        if not self._data:
            super()._begin(main, name, attributes)
            self._data = main == "sheetData"
        elif self._ignored or main == "extLst":
            self._ignored += 1
        elif self._within in ("f", "v"):
            raise UnusualError
        elif self._within == "is":
            if not main:
                raise UnusualError  # part of the text for some programs, and not for others
            self._texts.append(tag(name, [(k, v) for k, v in attributes if k[:5] != "xmlns"]))
        elif main == "row":
            self._start_row(dict(attributes))
        elif main == "c":
            self._start_cell(dict(attributes))
        elif main in ("f", "v", "is") and main not in self._held:
            self._within = main
            self._texts = []
            self._held[main] = tag(name, attributes) if main == "f" else f"<{name}>"
        else:
            raise UnusualError

    def _finish(self, main: str, name: str) -> None:
        if not self._data:
            super()._finish(main, name)
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
            super()._finish(main, name)

    def _write(self, text: str) -> None:
        if not self._data:
            super()._write(text)
        elif self._within and not self._ignored:
            self._texts.append(escape(text))
        elif text.strip() and not self._ignored:
            raise UnusualError

    def _start_row(self, attributes: dict[str, str]) -> None:
        """A row that does not say its number is the one below the row before it."""
        number = attributes.pop("r", str(self._row + 1)).strip()
        if not re.fullmatch(r"[1-9]\d{0,6}", number) or int(number) <= self._row:
            raise UnusualError
        self._row, self._column = int(number), -1
        self._seen: set[int] = set()
        rest = [(key, value) for key, value in attributes.items() if ":" not in key]
        self.made.append(tag("row", [("r", number), *rest]))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        """A cell that does not say its name is the one right of the cell before it."""
        name = attributes.get("r", "").strip()
        if name:
            row, column = row_and_column(name) if _CELL.fullmatch(name) else (-1, -1)
            if row + 1 != self._row:
                raise UnusualError
            self._column = column
        else:
            self._column += 1
        if self._column in self._seen:
            raise UnusualError
        self._seen.add(self._column)
        self._type = attributes.get("t", "")
        kept = [(key, attributes[key]) for key in _CELL_ATTRIBUTES if attributes.get(key)]
        self._held = {"c": tag("c", [("r", cell(self._row - 1, self._column)), *kept])}

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

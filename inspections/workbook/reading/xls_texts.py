"""Texts of an old workbook (.xls) of which letters are struck through, raised or lowered.

Shared texts stand in one long record that goes on in others; a text may say from which letter
on it has another font ([MS-XLS] 2.5.293). Where letters go on in the next record, that says
anew whether they have one byte each or two.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from inspections.workbook.reading.rich_text import Look, Run, Seen, seen_of
from rubrics.tables.xls_records import XF, Record

_FONT, _TEXTS, _GOES_ON = 0x0031, 0x00FC, 0x003C
_SHIFTS: Final = {1: "superscript", 2: "subscript"}
_STRUCK: Final = 0x0008
_WIDE, _EXTRA, _RICH = 1, 4, 8
_PLAIN: Final = Look()


def looks_of(records: Iterable[Record]) -> tuple[dict[int, Look], dict[int, Look]]:
    """Returns the looks that are not plain, by the number of the font, and of the cell style."""
    fonts: dict[int, Look] = {}
    styles: dict[int, Look] = {}
    number = style = 0
    for _, kind, held in records:
        if kind == _FONT:
            flags, shift = (
                struct.unpack_from("<H", held, 2)[0],
                struct.unpack_from("<H", held, 8)[0],
            )
            fonts[number] = Look(bool(flags & _STRUCK), _SHIFTS.get(shift, ""))
            number += 2 if number == 3 else 1  # there is no font 4
        elif kind == XF:
            styles[style] = fonts.get(struct.unpack_from("<H", held)[0], _PLAIN)
            style += 1
    return _odd(fonts), _odd(styles)


def _odd(looks: Mapping[int, Look]) -> dict[int, Look]:
    return {number: look for number, look in looks.items() if look != _PLAIN}


Text = tuple[str, Sequence[tuple[int, int]]]
"""Letters, and (from which letter on, font)."""


def shared_texts(records: Iterable[Record]) -> list[Text]:
    """Returns the shared texts in their order.

    Raises ``struct.error`` and ``IndexError`` where the record is cut off.
    """
    pieces: list[bytes] = []
    for _, kind, held in records:
        if kind == _TEXTS or (pieces and kind == _GOES_ON):
            pieces.append(held)
        elif pieces:
            break
    return _Pieces(pieces).texts() if pieces else []


def seen_of_text(text: Text, look: Look, fonts: Mapping[int, Look]) -> Seen | None:
    """Returns what is seen of a shared text in a cell of this look, where that is not all."""
    letters, changes = text
    starts = [(0, look), *((at, fonts.get(font, _PLAIN)) for at, font in changes)]
    ends = [at for at, _ in starts[1:]] + [len(letters)]
    return seen_of([
        Run(_whole(letters[at:end]), look) for (at, look), end in zip(starts, ends, strict=True)
    ])  # fmt: skip


def _whole(letters: str) -> str:
    """Rare letters, which count as two in the file, as the one that they are."""
    return letters.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class _Pieces:
    """The pieces of one long record, read from the first to the last."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = pieces
        self._piece, self._at = 0, 0

    def texts(self) -> list[Text]:
        _, count = struct.unpack("<LL", self._bytes(8))
        return [self._text() for _ in range(min(count, sum(map(len, self._pieces)) // 3))]

    def _text(self) -> Text:
        length, flags = struct.unpack("<HB", self._bytes(3))
        changes = self._number("<H", 2) if flags & _RICH else 0
        extra = self._number("<L", 4) if flags & _EXTRA else 0
        letters = ""
        wide = flags & _WIDE
        while len(letters) < length:
            if self._at >= len(self._pieces[self._piece]):
                self._next()
                wide = self._number("<B", 1) & _WIDE
            left = (len(self._pieces[self._piece]) - self._at) >> wide
            taken = self._bytes(min(left, length - len(letters)) << wide)
            letters += "".join(map(chr, struct.unpack(f"<{len(taken) >> wide}{'BH'[wide]}", taken)))
        found = [struct.unpack("<HH", self._bytes(4)) for _ in range(changes)]
        self._bytes(extra)
        return letters, found

    def _number(self, form: str, length: int) -> int:
        return int(struct.unpack(form, self._bytes(length))[0])

    def _next(self) -> None:
        self._piece, self._at = self._piece + 1, 0

    def _bytes(self, length: int) -> bytes:
        taken = b""
        while len(taken) < length:
            piece = self._pieces[self._piece]
            more = piece[self._at : self._at + length - len(taken)]
            taken += more
            self._at += len(more)
            if len(taken) < length:
                self._next()
        return taken

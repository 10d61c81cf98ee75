"""What an old workbook (.xls) holds beside its cells: notes, text boxes, headers and footers.

Numbers of records as in Microsoft's [MS-XLS].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Final

from inspections.workbook.marking.remarks import without_marks
from inspections.workbook.reading.beside import Beside, PageWords, quoted
from inspections.workbook.reading.page_words import words_of_code
from rubrics.tables.xls_records import Record, sheet_of

_TEXT, _CONTINUE, _OBJECT = 0x01B6, 0x003C, 0x005D
_PAGES: Final = (0x0014, 0x0015)
_NOTE_BOX, _PICTURE = 0x19, 0x08
_UNTOLD: Final = frozenset({_NOTE_BOX, _PICTURE, 0x14})
"""Objects without a text that are none of a person's, or are told as pictures: notes' frames,
pictures, lists to choose from.
"""
_CALLED: Final = {0x05: "图表", _NOTE_BOX: "批注", 0x0B: "窗体控件", 0x0C: "窗体控件"}


def objects_in_xls(names: Sequence[str], records: Sequence[Record]) -> Iterator[Beside]:
    """Yields the objects of all sheets; those whose text a mark of ours is, are left out."""
    sheets = sheet_of(names, records)
    waiting: tuple[int, str] | None = None
    for number, (at, kind, held) in enumerate(records):
        if kind == _OBJECT and len(held) >= 6:
            if waiting and waiting[0] not in _UNTOLD:
                yield Beside(_CALLED.get(waiting[0], "图形"), waiting[1])
            waiting = struct.unpack_from("<H", held, 4)[0], sheets(at)
        elif kind == _TEXT:
            box = waiting[0] if waiting else 0
            text = quoted(without_marks(_text(held, records[number + 1 : number + 40])))
            if text:
                yield Beside(_CALLED.get(box, "文本框"), sheets(at), text=text)
            elif box not in _UNTOLD:
                yield Beside(_CALLED.get(box, "图形"), sheets(at))
            waiting = None
    if waiting and waiting[0] not in _UNTOLD:
        yield Beside(_CALLED.get(waiting[0], "图形"), waiting[1])


def page_words_in_xls(names: Sequence[str], records: Sequence[Record]) -> Iterator[PageWords]:
    """Yields what stands in the headers and footers of the sheets."""
    sheets = sheet_of(names, records)
    for at, kind, held in records:
        if kind in _PAGES and len(held) > 3:
            count, wide = struct.unpack_from("<HB", held)
            text = _letters(held[3:], wide, count)
            for words in words_of_code(text):
                yield PageWords(sheets(at), words)


def _text(held: bytes, following: Sequence[Record]) -> str:
    """The text of an object: it stands in the records that follow."""
    left = struct.unpack_from("<H", held, 10)[0] if len(held) >= 12 else 0
    said = ""
    for _, kind, more in following:
        if kind != _CONTINUE or left <= 0 or not more:
            break
        part = _letters(more[1:], more[0], left)
        said += part
        left -= len(more[1:]) // (1 + more[0] % 2)
    return said


def _letters(held: bytes, wide: int, count: int) -> str:
    length = count * (1 + wide % 2)
    return held[:length].decode("utf-16-le" if wide % 2 else "latin-1", "replace")

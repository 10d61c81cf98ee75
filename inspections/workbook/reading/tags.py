"""The tags of a worksheet part, found in one pass: what several searches would each go through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np

from inspections.workbook.form.layout import IDENTITY_CELL, TOTALS_ROW

_BEYOND = bytes(16)
"""So that what follows the last tag can be looked at too."""

_FORMULA_COLUMNS = np.zeros(256, bool)
_FORMULA_COLUMNS[list(b"ABFHKLMU")] = True
_RESULT_COLUMNS = np.zeros(256, bool)
_RESULT_COLUMNS[list(b"JNOPQRSTVW")] = True
_SEEN_COLUMNS = np.zeros(256, bool)
_SEEN_COLUMNS[list(b"BFHKLMU")] = True
_NO_TIME = np.zeros(256, bool)
_NO_TIME[list(b"-Nn")] = True
_NAMED = re.compile(rb'<c r="([A-Z]+\d+)"')
_NAME = len(b'<c r="')
_IDENTITY = IDENTITY_CELL.encode()
_ENTERED_FORMULA = re.compile(rb'<c r="(?:[ABFHKLMU](\d+)|N1)"[^>]*>\s*<f')
_STYLE = b' s="'
_ROW_DIGITS = 7
_TOTALS = str(TOTALS_ROW).encode()
_TYPED_RESULT = re.compile(rb'<c r="([JN-TVW]\d+|[B-T]%b)"[^>]*><(?:v|is)>' % _TOTALS)


class Tags:
    """Where tags begin in a worksheet part, and what they begin with."""

    def __init__(self, sheet: bytes) -> None:
        self._sheet = sheet
        beyond = sheet + _BEYOND
        self._bytes = np.frombuffer(beyond, np.uint8)
        self._at = np.flatnonzero(self._bytes == ord("<"))
        # Four bytes at every place, as one number, so that a tag is told by one comparison.
        self._words = np.ndarray(len(sheet) + 1, ">u4", beyond, strides=(1,))
        self._begin = self._words[self._at].astype(np.uint32)
        self._cell = self._begin == _word(b"<c r")
        self._opens = self._begin >> 8 == _word(b"<v>")

    def controlled(self) -> bool:
        """Whether there is a control character that XML forbids: readers differ over those."""
        sheet = self._bytes[: -len(_BEYOND)]
        low = sheet[sheet < ord(" ")]
        return bool(((low != ord("\t")) & (low != ord("\n")) & (low != ord("\r"))).any())

    def begins(self, tags: Iterable[bytes], start: int = 0, end: int | None = None) -> bool:
        """Whether a tag between two places of the part begins like one of these, as ``<ext``."""
        low, high = np.searchsorted(self._at, (start, len(self._sheet) if end is None else end))
        places, begin = self._at[low:high], self._begin[low:high]
        for tag in tags:
            head = tag[: self._words.itemsize]
            found = places[begin >> 8 * (self._words.itemsize - len(head)) == _word(head)]
            if len(found) and any(self._sheet.startswith(tag, at) for at in found.tolist()):
                return True
        return False

    def bound(self, start: int, end: int) -> bool:
        """Whether a namespace may be bound between two places: ``xmlns`` stands there."""
        found = np.flatnonzero(self._bytes[start:end] == ord("x")) + start
        found = found[self._words[found] == _word(b"xmln")]
        return any(self._sheet.startswith(b"xmlns", at, end) for at in found.tolist())

    def has_error_value(self) -> bool:
        """Whether a value begins with #."""
        return bool((self._bytes[self._at[self._opens] + len(b"<v>")] == ord("#")).any())

    def rows(self) -> bytes:
        """Returns the tags of all rows, one behind the other."""
        at = np.flatnonzero(self._begin == _word(b"<row"))
        ends = np.append(self._at, len(self._sheet))[at + 1]
        pairs = zip(self._at[at].tolist(), ends.tolist(), strict=True)
        return b"".join([self._sheet[low:high] for low, high in pairs])

    def styled(self, styles: Iterable[bytes]) -> list[int]:
        """Returns where cells begin that may have one of these ``styles``, of those in columns
        that people look at, and that are not empty.
        """
        follows, last = self._begin[1:], len(self._sheet)
        empty = (follows == _word(b"<c r")) | (follows >> 8 == _word(b"</r"))
        names = self._at[:-1][self._cell[:-1] & ~empty] + _NAME
        names = names[_SEEN_COLUMNS[self._bytes[names]]]
        # One letter and some digits, and then mostly comes the style.
        ends = names + 2
        for _ in range(_ROW_DIGITS):
            ends += self._bytes[np.minimum(ends, last)] != ord('"')
        behind = np.minimum(ends + 1, last)
        numbers = self._words[np.minimum(behind + len(_STYLE), last)]
        found = self._words[behind] != _word(_STYLE)
        for style in styles:
            head = (style + b'"')[: self._words.itemsize]
            found |= numbers >> 8 * (self._words.itemsize - len(head)) == _word(head)
        return (names[found] - _NAME).tolist()  # type: ignore[no-any-return]

    def contents(self) -> int:
        """Returns how many cells hold something, apart from texts that turn out to be blank.

        -1 where a value is not the last in its cell, a cell's name not the first of its
        attributes, or where there is a comment.
        """
        begin, follows, gap = self._begin, self._begin[1:], np.diff(self._at)
        cells = np.count_nonzero(begin >> 8 == _word(b"<c "))
        if cells != np.count_nonzero(self._cell) or (begin == _word(b"<!--")).any():
            return -1
        ends = follows == _word(b"</c>")
        closes = begin == _word(b"</v>")
        valued = closes[:-1] & ends & (gap == len(b"</v>"))
        count = np.count_nonzero(valued)
        if np.count_nonzero(closes) != count:
            return -1
        blank = self._opens[:-2] & valued[1:] & (gap[:-1] == len(b"<v>"))
        texts = (begin[:-1] == _word(b"</is")) & ends & (gap == len(b"</is>"))
        return int(count - np.count_nonzero(blank) + np.count_nonzero(texts))

    def entered_formulas(self) -> Iterator[bytes]:
        """Yields the rows of formulas in columns that people fill in; empty for the identity."""
        formula = self._begin[1:] >> 16 == _word(b"<f")
        found = self._at[:-1][self._cell[:-1] & formula] + _NAME
        letter = self._bytes[found]
        identity = (letter == ord("N")) & (self._bytes[found + 2] == ord('"'))
        for at in found[_FORMULA_COLUMNS[letter] | identity] - _NAME:
            match = _ENTERED_FORMULA.match(self._sheet, at)
            if match:
                yield match[1] or b""

    def typed_results(self) -> Iterator[bytes]:
        """Yields the cells that hold something of their own where the blank sheet has formulas."""
        valued = self._opens[1:] | (self._begin[1:] == _word(b"<is>"))
        found = self._at[:-1][self._cell[:-1] & valued] + _NAME
        totals = (self._bytes[found + 1] == _TOTALS[0]) & (self._bytes[found + 2] == ord('"'))
        for at in found[_RESULT_COLUMNS[self._bytes[found]] | totals] - _NAME:
            match = _TYPED_RESULT.match(self._sheet, at)
            if match and match[1] != _IDENTITY:
                yield match[1]

    def no_times(self) -> Iterator[bytes]:
        """Yields the cells whose number is below zero, or none: it is no date and no time."""
        found = self._at[self._opens]
        for at in found[_NO_TIME[self._bytes[found + len(b"<v>")]]]:
            match = _NAMED.match(self._sheet, self._sheet.rfind(b"<c ", 0, at))
            if match:
                yield match[1]


def _word(text: bytes) -> int:
    return int.from_bytes(text)

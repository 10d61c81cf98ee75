"""A table as text (csv, tab-separated): its encoding, its separator, and quotes left open."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from rubrics.tables.contents import DAMAGED
from rubrics.tables.sheet import UnreadableError

_SEPARATORS: Final = ",\t;|，"
_LOOKED_AT: Final = 20
"""Lines of which the first with a separator tells which it is."""

_FORMULA_TEXT: Final = re.compile(r'="((?:[^"]|"")*)"')
"""How Excel's users keep a code of digits from becoming a number: ``="0101"``."""

_MARKUP: Final = re.compile(r"\s*<(?:!doctype|html|head|meta|body|table|div|\?xml|style)", re.I)
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f]")
_MOST_IN_A_CELL: Final = 1 << 20


def rows_of(data: bytes) -> list[list[str]]:
    """Returns the rows of a text file.

    UTF-8, GB 18030, UTF-16 with and without a mark; comma, tab, semicolon, bar or full-width
    comma, whichever is there most. Raises ``UnreadableError``: with the line where a quote is
    left open, and for what is text and no table.
    """
    text = decoded(data)
    separator, from_line = _separator(text)
    rest = text.partition("\n")[2] if from_line > 1 else text
    rows = list(_rows(rest, separator, from_line))
    return [[], *rows] if from_line > 1 else rows


def lines_of(data: bytes) -> tuple[list[str], str]:
    """Returns the text of every row as it stands, with its line end, and the separator.

    As many as :func:`rows_of` returns; it raises the same.
    """
    rows_of(data)
    text = decoded(data)
    separator, from_line = _separator(text)
    lines = list(io.StringIO(text, newline=""))
    found = lines[: from_line - 1]
    reader = csv.reader(lines[from_line - 1 :], delimiter=separator, strict=True)
    start = from_line - 1
    for _ in reader:
        end = from_line - 1 + reader.line_num
        found.append("".join(lines[start:end]))
        start = end
    return found, separator


def _separator(text: str) -> tuple[str, int]:
    """What parts the cells, and the number of the first line that is a row."""
    if _MARKUP.match(text):
        what = "XML 表格" if "urn:schemas-microsoft-com:office" in text[:2000] else "网页"
        raise UnreadableError(f"里面是{what}，不是 Excel 表格（后缀是改的）")
    if text.startswith("MIME-Version:"):
        raise UnreadableError("里面是网页，不是 Excel 表格（后缀是改的）")
    if _CONTROL.search(text):
        raise UnreadableError(DAMAGED)
    first = text.partition("\n")[0]
    named = re.fullmatch(r'"?sep=(.)"?\r?', first)
    if named:
        return named[1], 2
    # Titles above the headings have no separator.
    lines = text.splitlines()[:_LOOKED_AT]
    telling = next((line for line in lines if any(map(line.count, _SEPARATORS))), "")
    return max(_SEPARATORS, key=telling.count), 1


def decoded(data: bytes) -> str:
    """Returns the text of a file, whatever its encoding; raises ``UnreadableError``."""
    return _decoded(data)[0]


def encoded(text: str, data: bytes) -> bytes:
    """Returns a text in the encoding of ``data``, with the mark in front that is there."""
    encoding = _decoded(data)[1]
    if encoding == "utf-16":
        encoding = "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        return data[:2] + text.encode(encoding)
    if encoding == "utf-8-sig" and not data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8"
    return text.encode(encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    """The text, and its encoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif b"\x00" in data[:4096]:
        # Commas and line ends have a zero byte: behind them in little, before in big endian.
        behind = data[1:4096:2].count(0) >= data[0:4096:2].count(0)
        encodings = ["utf-16-le" if behind else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise UnreadableError("文字的编码看不懂")


def _rows(text: str, separator: str, line: int) -> Iterator[list[str]]:
    """Yields rows; ``line`` is the number of the first one's line."""
    csv.field_size_limit(_MOST_IN_A_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    widest = 0
    while True:
        before = reader.line_num
        start = line + before
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableError("这一行起有引号没有成对", start) from error
        # A quote that is closed by the next one swallows the end of its row, and then some.
        torn = reader.line_num - before > 1 and len(row) < widest
        if torn and any("\n" in value and separator in value for value in row):
            raise UnreadableError("这一行起有引号没有成对", start)
        widest = max(widest, len(row))
        yield [_unwrapped(value) for value in row]


def _unwrapped(value: str) -> str:
    found = _FORMULA_TEXT.fullmatch(value.strip()) if value[:1] in "= " else None
    return found[1].replace('""', '"') if found else value

"""Tables of ours as csv, safe to open in Excel."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from rubrics.messages.outgoing import outgoing
from rubrics.messages.output import write_whole
from rubrics.messages.plain_text import plain
from rubrics.messages.problems import Problem

# What spreadsheets take for a formula; some look past blanks and line ends, or past the apostrophe
# of an earlier guard.
_FORMULA: Final = re.compile(r"[\s'\"]*[=+\-@|%＝＋－＠﹣﹢﹦﹫−]")
_LONGEST: Final = 32_000
"""A cell of Excel's holds some more."""


def write_table(folder: Path, name: str, data: bytes) -> list[Problem]:
    """Writes a file of ``results/``; returns what went wrong. Codes: those of ``write_whole``."""
    return list(write_whole(folder / name, data, f"{folder.name}/{name}" if folder.name else name))


def harmless(text: str) -> str:
    """Returns typed text as a cell of a csv file of ours: as it may leave, and no formula."""
    return literal(outgoing(text))


def literal(text: str) -> str:
    """Returns text that no spreadsheet takes for a formula: such a beginning gets an apostrophe.

    For codes and our own words; what people typed goes through :func:`harmless`.
    """
    text = plain(text)
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}……（太长，未全部列出）"
    return f"'{text}" if _FORMULA.match(text) else text


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Returns a csv file as Excel opens it right: UTF-8 with BOM, a heading, CRLF."""
    table = CsvTable(columns)
    table.add(rows)
    return table.data()


class CsvTable:
    """A csv file while its rows come in."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._data = io.BytesIO()
        self._data.write(BOM_UTF8)
        # Written to alone: a file that could be read too would cost a call more at every row.
        self._text = io.TextIOWrapper(io.BufferedWriter(self._data), "utf-8", newline="")
        self._writer = csv.writer(self._text)
        self._writer.writerow(columns)

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Adds rows."""
        self._writer.writerows(rows)

    def data(self) -> bytes:
        """Returns the file: UTF-8 with BOM, a heading, CRLF."""
        self._text.flush()
        return self._data.getvalue()

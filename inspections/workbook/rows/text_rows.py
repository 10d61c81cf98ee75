"""Rows of a text file (csv), whose other lines, encoding and separator stay as they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from inspections.workbook.rows.edits import Edit, Fill, Insert
from rubrics.tables.separated import encoded, lines_of


def edited_text(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Returns the file after some edits of its rows."""
    lines, separator = lines_of(data)
    end = "\r\n" if any(line.endswith("\r\n") for line in lines) else "\n"
    lines = [line if line.endswith(("\n", "\r")) else line + end for line in lines]
    for edit in edits:
        match edit:
            case Insert(row):
                lines.insert(row, end)
            case Fill(row, cells, like):
                while len(lines) <= row:
                    lines.append(end)
                held = _cells(lines[row], separator)
                wide = max(len(_cells(lines[like], separator)), max(cells, default=0) + 1)
                held += [""] * (wide - len(held))
                for column, value in cells.items():
                    held[column] = value
                out = io.StringIO()
                csv.writer(out, delimiter=separator, lineterminator=end).writerow(held)
                lines[row] = out.getvalue()
            case _:
                del lines[edit.row]
    return encoded("".join(lines), data)


def _cells(line: str, separator: str) -> list[str]:
    return next(csv.reader(io.StringIO(line, newline=""), delimiter=separator), [])

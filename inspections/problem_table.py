"""Problems as a table: problems.csv, and what makes any csv of ours safe to open in Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from rubrics.output import write_whole
from rubrics.problems import Problem

PROBLEMS: Final = ("code", "severity", "file", "sheet", "cell", "message", "remedy")
FILE: Final = "problems.csv"

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def problem_rows(problems: Iterable[Problem]) -> list[tuple[str, ...]]:
    """Returns the rows of problems.csv by place and code; the same problem stands once."""
    return [
        (
            item.code,
            item.severity.value,
            *map(harmless, (item.place.file, item.place.sheet, item.place.cell)),
            harmless(item.message),
            harmless(item.remedy),
        )
        for item in sorted(set(problems))
    ]


def problems_csv(problems: Iterable[Problem]) -> bytes:
    """Returns problems.csv."""
    return csv_bytes(PROBLEMS, problem_rows(problems))


def write_table(folder: Path, name: str, data: bytes) -> list[Problem]:
    """Writes a file of ``results/``; returns what went wrong. Codes: those of ``write_whole``."""
    return list(write_whole(folder / name, data, f"{folder.name}/{name}" if folder.name else name))


def harmless(text: str) -> str:
    """Returns text that no spreadsheet takes for a formula: such a beginning gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Returns a csv file as Excel opens it right: UTF-8 with BOM, a heading, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")

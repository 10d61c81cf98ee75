"""Problems as a table: problems.csv, and what makes any csv of ours safe to open in Excel."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from inspections.records.record import Record
from rubrics.messages.outgoing import outgoing
from rubrics.messages.output import write_whole
from rubrics.messages.plain_text import plain
from rubrics.messages.problems import Problem

PROBLEMS: Final = ("code", "severity", "file", "sheet", "cell", "message", "remedy")
FILE: Final = "problems.csv"
RESULT: Final = "result.json"
"""What scoring writes last into the same folder; it has the digests of the others."""

# What spreadsheets take for a formula; some look past blanks and line ends, or past the apostrophe
# of an earlier guard.
_FORMULA: Final = re.compile(r"[\s'\"]*[=+\-@|%＝＋－＠﹣﹢﹦﹫−]")
_LONGEST: Final = 32_000
"""A cell of Excel's holds some more."""


def problem_rows(problems: Iterable[Problem]) -> list[tuple[str, ...]]:
    """Returns the rows of problems.csv by place and code; the same problem stands once."""
    return [
        (
            item.code,
            item.severity.value,
            *map(literal, (place.file, place.sheet, place.cell)),
            literal(item.message),
            literal(item.remedy),
        )
        for item in sorted(set(problems))
        for place in [item.place.shown]
    ]


def problems_csv(problems: Iterable[Problem]) -> bytes:
    """Returns problems.csv."""
    return csv_bytes(PROBLEMS, problem_rows(problems))


def write_table(folder: Path, name: str, data: bytes) -> list[Problem]:
    """Writes a file of ``results/``; returns what went wrong. Codes: those of ``write_whole``."""
    return list(write_whole(folder / name, data, f"{folder.name}/{name}" if folder.name else name))


def keep_problems(
    folder: Path, problems: Sequence[Problem], met: Sequence[Problem], visits: Iterable[Record]
) -> list[Problem]:
    """Writes problems.csv after collecting; returns what went wrong, as ``write_whole`` does.

    ``problems`` are those of ``visits`` and all files; ``met`` came up since. What scoring made of
    the same is kept, since scoring adds what it finds.
    """
    if _scored(folder, collected_digest(problems, visits)):
        return []
    return write_table(folder, FILE, problems_csv([*problems, *met]))


def collected_digest(problems: Iterable[Problem], visits: Iterable[Record]) -> str:
    """Returns the SHA-256 (hex) of what collecting tells: which sheets count, and the problems."""
    lines = [repr((visit.key, visit.file, visit.sheet, visit.digest)) for visit in visits]
    said = "\n".join([*sorted(lines), ""]).encode() + problems_csv(problems)
    return hashlib.sha256(said).hexdigest()


def _scored(folder: Path, collected: str) -> bool:
    """Whether problems.csv is what the result beside it says, and that is of ``collected``."""
    try:
        result = json.loads((folder / RESULT).read_bytes())
        digest = hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
        told = (result["inputs"]["collected"], result["files"][FILE])
    except (OSError, ValueError, LookupError, TypeError):
        return False
    return told == (collected, digest)


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
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")

"""Problems as a table: problems.csv."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Final

from inspections.records.record import Record
from inspections.records.record_list import as_list
from rubrics.messages.csv_text import csv_bytes, literal, write_table
from rubrics.messages.printed_commands import runnable
from rubrics.messages.problems import Problem

PROBLEMS: Final = ("code", "severity", "file", "sheet", "cell", "message", "remedy")
OF_THE_COMPUTER: Final = frozenset({"computer-new", "computer-copied"})
"""Told when it collects for the first time: results are the same on all that share a ledger."""

FILE: Final = "problems.csv"
RESULT: Final = "result.json"
"""What scoring writes last into the same folder; it has the digests of the others."""


def problem_rows(problems: Iterable[Problem], folder: str = "") -> list[tuple[str, ...]]:
    """Returns the rows of problems.csv by place and code; the same problem stands once.

    ``folder``: the round's, by the name that commands in messages are run with beside it.
    """
    return [
        (
            item.code,
            item.severity.value,
            *map(literal, (place.file, place.sheet, place.cell)),
            literal(runnable(item.message, folder)),
            literal(runnable(item.remedy, folder)),
        )
        for item in sorted(set(problems))
        if item.code not in OF_THE_COMPUTER
        for place in [item.place.shown]
    ]


def problems_csv(problems: Iterable[Problem], folder: str = "") -> bytes:
    """Returns problems.csv of the round in a ``folder``."""
    return csv_bytes(PROBLEMS, problem_rows(problems, folder))


def keep_problems(
    folder: Path, problems: Sequence[Problem], met: Sequence[Problem], visits: Iterable[Record]
) -> list[Problem]:
    """Writes problems.csv after collecting; returns what went wrong, as ``write_whole`` does.

    ``problems`` are those of ``visits`` and all files; ``met`` came up since. What scoring made of
    the same is kept, since scoring adds what it finds.
    """
    if _scored(folder, collected_digest(problems, visits)):
        return []
    told = problems_csv([*problems, *met], folder.parent.resolve().name)
    return write_table(folder, FILE, told)


def collected_digest(problems: Iterable[Problem], visits: Iterable[Record]) -> str:
    """Returns the SHA-256 (hex) of what collecting tells: which sheets count, and the problems."""
    heads = as_list(visits).heads
    lines = [json.dumps([*astuple(head.key), head.file, head.sheet, head.digest]) for head in heads]
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

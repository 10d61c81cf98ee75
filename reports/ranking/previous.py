"""Last round's results, for the change against them."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeAlias

from inspections.collecting.problem_table import RESULT
from inspections.collecting.returned_files import file_digest
from rubrics.messages.not_there import not_there
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.points import to_units


@dataclass(frozen=True, slots=True)
class Before:
    """What a school had under a rubric: total in units of 1/10000, group, rank."""

    total: int
    group: str = ""
    rank: int | None = None


Previous: TypeAlias = Mapping[tuple[str, str], Before]
"""(school id, rubric id) -> what it had."""


def read_previous(folder: Path) -> tuple[Previous, tuple[Problem, ...]]:
    """Returns the results of another round's folder (``results/scores.csv``).

    Rows without a total are left out: there is nothing to compare. Problems: those of
    ``not_there``, ``results-torn``.
    """
    path = folder / "results" / "scores.csv"
    if not path.is_file():
        return {}, (not_there(path),)
    if not _belongs(path):
        return {}, (problem("results-torn", Place(file=str(path)), name=path.parent),)
    found = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            try:
                total = to_units(Decimal(row["total"]))
            except (InvalidOperation, KeyError, TypeError):
                continue
            rank = row.get("rank") or ""
            found[row["school_id"], row["rubric"]] = Before(
                total, row.get("group") or "", int(rank) if rank.isdecimal() else None
            )
    return found, ()


def _belongs(scores: Path) -> bool:
    """Whether the table is that of the result beside it, which is written after it."""
    try:
        told = json.loads((scores.parent / RESULT).read_bytes())["files"][scores.name]
    except FileNotFoundError:  # of an earlier version, or only the table was kept
        return True
    except (OSError, ValueError, LookupError, TypeError):
        return False
    return bool(told == file_digest(scores))

"""Last round's results, for the change against them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeAlias

from rubrics.points import to_units
from rubrics.problems import Place, Problem, problem


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

    Rows without a total are left out: there is nothing to compare. Problem: ``file-missing``.
    """
    path = folder / "results" / "scores.csv"
    if not path.is_file():
        return {}, (problem("file-missing", Place(file=str(path)), name=path),)
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

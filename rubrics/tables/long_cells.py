"""Cells with more text than a cell can have: cut where they are read, and told by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from rubrics.messages.problems import Place, Problem, problem
from rubrics.tables.addresses import cell
from rubrics.tables.sheet import At, Sheet

LONGEST: Final = 32_767
"""Characters that a cell can have in Excel; a longer text was made by no office program."""


def cut(
    rows: Sequence[Sequence[object]],
) -> tuple[Sequence[Sequence[object]], tuple[tuple[At, int], ...]]:
    """Returns rows without the text beyond the limit, and which cells had how many characters.

    Where there is none, the same rows are returned.
    """
    # Most cells are blank, and are passed over in no time.
    held = filter(None, chain.from_iterable(rows))
    if not [raw for raw in held if isinstance(raw, str) and len(raw) > LONGEST]:
        return rows, ()
    found = tuple(
        ((row, column), len(raw))
        for row, cells in enumerate(rows)
        for column, raw in enumerate(cells)
        if isinstance(raw, str) and len(raw) > LONGEST
    )
    made = [list(cells) for cells in rows]
    for (row, column), _ in found:
        made[row][column] = str(made[row][column])[:LONGEST]
    return made, found


def without_long_cells(sheet: Sheet) -> Sheet:
    """Returns a sheet whose texts are no longer than a cell's can be."""
    rows, found = cut(sheet.rows)
    return replace(sheet, rows=rows, too_long=found) if found else sheet


def too_long(found: Sequence[tuple[At, int]], file: str, sheet: str) -> list[Problem]:
    """Returns cell-too-long for every cell of which a part was left out."""
    return [
        problem("cell-too-long", Place(file, sheet, cell(*at)), count=count, most=LONGEST)
        for at, count in found
    ]

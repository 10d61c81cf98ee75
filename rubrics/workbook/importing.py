"""A rubric from the workbook that a bureau edited, every mistake with its sheet and cell."""

from __future__ import annotations

from pathlib import Path

from rubrics.files.loading import checked
from rubrics.files.yaml_text import Source
from rubrics.language.places import Places
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem
from rubrics.workbook import sheets
from rubrics.workbook.assembling import Assembly
from rubrics.workbook.reading import read_tables


def import_workbook(path: Path) -> tuple[Rubric | None, list[Problem]]:
    """Returns the rubric of a workbook and the problems; None with at least one error.

    Codes: those of ``reading.read_tables`` and ``loading.load_rubric``, and rubric-row-orphan,
    rubric-cell-unused, rubric-rule-twice.
    """
    lines, problems = read_tables(path)
    if not lines:
        return None, problems
    assembly = Assembly(str(path), lines, problems)
    data = assembly.rubric()
    source = Source(data, Places(str(path), assembly.places), assembly.problems)
    return checked(source, _heading)


_HEADINGS = {
    (sheet.name, key.rpartition(".")[2]): column.heading
    for sheet in (*sheets.TABLES, sheets.FACTS)
    for column in sheet.columns
    for key in column.keys
}
_ANYWHERE = {key: heading for (_, key), heading in _HEADINGS.items()} | {
    "rule": sheets.RULE_ROWS.name,
    "kind": "规则种类",
    "id": "编号",
    "points": "分值",
}


def _heading(place: Place, key: str) -> str:
    """The heading of a key on the sheet where it is missed, for people who edit a workbook."""
    return _HEADINGS.get((place.sheet, key)) or _ANYWHERE.get(key, key)

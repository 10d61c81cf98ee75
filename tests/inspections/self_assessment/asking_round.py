"""The small round whose canteen rubric asks schools to score themselves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from inspections.round.opened import OpenRound
from inspections.steps.self_assessing import send_self_assessment
from tests.inspections import started_round
from tests.inspections.small_round import KITCHEN

ASKING = KITCHEN.replace(
    'version: "2"', 'version: "2"\nself_assessment: {step: 0.5, leave_out: [A5]}'
)
FILLED: Mapping[str, object] = {
    "A1": 3.5,
    "A2": 2,
    "A3": ("不适用", "没有食品留样的要求"),
    "A4": "1.5分",
    "A6": 2,
    "A7": 2,
}
"""What the first school gives itself: of A8, which does not apply, and of A5 nothing is asked."""


def asking(folder: Path, monkeypatch: pytest.MonkeyPatch, kitchen: str = ASKING) -> OpenRound:
    monkeypatch.setattr(started_round, "KITCHEN", kitchen)
    return started_round.started(folder)


def filled(of: OpenRound, name: str, given: Mapping[str, object]) -> Path:
    """Sends the workbooks, fills in the one that there is, and puts it where it comes back."""
    sent, problems = send_self_assessment(of.folder.root)
    assert sent is not None
    assert problems == []
    (path,) = sent.files
    book = load_workbook(path)
    sheet = book.worksheets[0]
    (head,) = [row for row in sheet.iter_rows() if row[0].value == "编号"]
    columns = {str(cell.value): cell.column for cell in head}
    for row in sheet.iter_rows(min_row=head[0].row + 1):
        said = given.get(str(row[0].value))
        score, note = said if isinstance(said, tuple) else (said, None)
        if said is not None:
            sheet.cell(row[0].row, columns["自评得分"]).value = score
            sheet.cell(row[0].row, columns["自评说明"]).value = note
    made = of.folder.self_assessment / "returned" / name
    book.save(made)
    return made

"""Deciding on proposals as a bureau does: in the workbook, by the number of the row or by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

from openpyxl import load_workbook

from inspections.ledger.chain import By

BY = By("李科长", "按规则提出")
DAY = date(2026, 12, 2)
DECIDED = datetime(2026, 12, 1)
NAMED = {"决定人（职务）": "局长办公会", "决定日期": DECIDED}
ACCEPTED = {"决定": "同意", **NAMED}

Typed: TypeAlias = Mapping[str, object]


def changed(kind: str, **more: object) -> Typed:
    """A decision for another measure."""
    return {"决定": "改为", "改为哪种措施": kind, "理由": "首次，从轻", **NAMED, **more}


def rule(folder: Path, choose: Callable[[str, str, int], Typed | None]) -> None:
    """Fills in what ``choose`` says of a rule, a measure and how many the rule has had before."""
    sent = next((folder / "accountability" / "sent").glob("*.xlsx"))
    book = load_workbook(sent)
    sheet = book.worksheets[0]
    rows = list(enumerate(sheet.iter_rows(), 1))
    start, head = next(it for it in rows if it[1][0].value == "编号")
    at = {str(cell.value): number for number, cell in enumerate(head, 1)}
    seen: dict[str, int] = {}
    for number, row in rows[start:]:
        title = str(row[at["规则"] - 1].value or "")
        measure = str(row[at["建议措施"] - 1].value or "")
        typed = choose(title, measure, seen.get(title, 0)) if measure else None
        seen[title] = seen.get(title, 0) + 1
        for name, value in (typed or {}).items():
            sheet.cell(number, at[name]).value = value  # type: ignore[assignment]
    returned = folder / "accountability" / "returned"
    returned.mkdir(exist_ok=True)
    book.save(returned / "批回.xlsx")

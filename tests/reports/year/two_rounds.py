"""Two rounds of one county, half a year apart, scored and published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from inspections.round.opened import OpenRound
from inspections.round.round import Period
from inspections.steps.collecting import collect_round
from inspections.workbook.form.contents import RowEntry, Typed
from scoring.steps.scoring import write_scores
from tests.inspections.small_round import INSPECTORS, spec, write
from tests.inspections.started_round import started

SPRING, AUTUMN = date(2026, 3, 5), date(2026, 9, 10)
CLEAN = {"A1": RowEntry(), "A1.x": RowEntry(0), "A2": RowEntry(2)}


def a_round(folder: Path, id: str, day: date, *, ledger: str = "", **rows: RowEntry) -> OpenRound:
    """One school's kitchen, seen by both inspectors of its team on a day, scored.

    ``ledger``: the address of one that is shared.
    """
    last = date(day.year, day.month, 28)
    window = Period(since=day, until=last)
    of = started(folder, id=id, title=f"{id}督导", window=window, ledger=ledger)
    for number, one in enumerate(INSPECTORS[:2]):
        whose: dict[str, Typed] = {"同行督学": INSPECTORS[1 - number].name, "检查日期": day}
        changed = {key.replace("_", "."): entry for key, entry in rows.items()}
        path = of.folder.returned / f"{one.id}.xlsx"
        write(of, path, spec(whose, CLEAN | changed, inspector=one))
    collect_round(folder)
    assert write_scores(folder)[0] is not None
    return of


def two_rounds(folder: Path, *, ledger: str = "") -> list[Path]:
    """A kitchen that got a red entry for its samples in spring, and mended that by autumn."""
    a_round(folder / "春", "2026春", SPRING, ledger=ledger, A3_1=RowEntry(100))
    a_round(folder / "秋", "2026秋", AUTUMN, ledger=ledger)
    return [folder / "春", folder / "秋"]

"""A round whose letters are numbered: one school's kitchen, seen by both inspectors of its team."""

from __future__ import annotations

import re
from pathlib import Path

from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from reports.steps.running import run_round
from tests.inspections.small_round import INSPECTORS, SCHOOLS, spec, write
from tests.inspections.started_round import started

SCHEME = "某教督意〔{year}〕{n}号"
LETTER = f"reports/letters/kitchen/{SCHOOLS[0].name}.pdf"
FIRST_OPINION = f"reports/first-opinions/kitchen/{SCHOOLS[0].name}.pdf"
CLEAN = {"A1": RowEntry(), "A1.x": RowEntry(0), "A2": RowEntry(2)}
"""Nothing in it waits for evidence."""


def number(n: int) -> str:
    return f"某教督意〔2026〕{n}号"


def numbered(folder: Path, *, sheets: int = 2, **letters: object) -> OpenRound:
    """The round, run once; ``sheets``: of how many inspectors there are sheets."""
    said = {"numbers": SCHEME, "day": "2026-04-20"} | letters
    of = started(folder, letters=said)
    for one in INSPECTORS[:sheets]:
        come(of, one.id, one)
    run_round(of.folder.root)
    return of


def come(of: OpenRound, name: str, inspector: object = INSPECTORS[0], **rows: RowEntry) -> None:
    """A sheet comes back, with some of its rows changed."""
    changed = {key.replace("_", "."): entry for key, entry in rows.items()}
    whose = {"同行督学": next(it.name for it in INSPECTORS[:2] if it != inspector)}
    write(
        of,
        of.folder.returned / f"{name}.xlsx",
        spec(whose, CLEAN | changed, inspector=inspector),
    )


def setting(folder: Path, name: str, value: str) -> None:
    """Changes one of the settings of letters."""
    path = folder / "round.yaml"
    text, count = re.subn(
        rf"^  (# )?{name}: .*$", f"  {name}: {value}", path.read_text("utf-8"), flags=re.M
    )
    assert count == 1
    path.write_text(text, encoding="utf-8")

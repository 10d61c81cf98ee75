"""Two rounds on disk, the second of which follows the first and doubles what is found again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from inspections.ledger.chain import By
from inspections.round.opened import OpenRound, read_round
from inspections.round.round import Period
from inspections.steps.collecting import collect_round
from inspections.workbook.form.contents import RowEntry
from reports.steps.rectifying import open_rectification
from scoring.steps.scoring import write_scores
from tests.inspections.small_round import INSPECTORS, KITCHEN, spec, write
from tests.inspections.started_round import started

BY = By("赵大有", "开学检查")
SPRING, AUTUMN = date(2026, 3, 5), date(2026, 10, 12)
GRADES = '[{grade: 优秀, range: ≥15}, {grade: 良好, range: "[12, 15)"}, {grade: 合格, range: <12}]'
DOUBLED = "repeat: {across: rounds, times: 2, ceiling: 良好}\n"
PLAIN = KITCHEN.replace("[{grade: 合格, range: ≥0}]", GRADES)
TWO_FAULTS = {"A1.x": RowEntry(2)}
"""Costs a point of four; the other rows cost nothing."""


def spring(folder: Path, *, opened: bool = True, **rows: RowEntry) -> OpenRound:
    """The first round, scored, with its items opened."""
    of = inspected(folder / "春", "2026春", SPRING, PLAIN, rows)
    collect_round(of.folder.root)
    write_scores(of.folder.root)
    if opened:
        made, problems = open_rectification(of.folder.root, BY, day=date(2026, 4, 20))
        assert made is not None, problems
    return of


def autumn(
    folder: Path,
    *follows: str,
    rubric: str = PLAIN + DOUBLED,
    **rows: RowEntry,
) -> OpenRound:
    """The second round, its sheets in ``returned/``, nothing collected yet."""
    return inspected(folder / "秋", "2026秋", AUTUMN, rubric, rows, follows)


def inspected(
    folder: Path,
    name: str,
    day: date,
    rubric: str,
    rows: Mapping[str, RowEntry],
    follows: tuple[str, ...] = (),
) -> OpenRound:
    folder.parent.mkdir(exist_ok=True, parents=True)
    home = folder.parent / f"{folder.name}.files"
    home.mkdir()
    window = Period(since=day.replace(day=1), until=day.replace(day=28))
    settings: dict[str, object] = {"id": name, "title": f"{name}季督导", "window": window}
    settings |= {"letters": {"day": day.replace(day=28)}, "follows": follows}
    made = started(home / "round", **settings)
    made.folder.root.rename(folder)
    (folder / "rubrics" / "kitchen.yaml").write_text(rubric, encoding="utf-8")
    of, problems = read_round(folder)
    assert of is not None, [item.message for item in problems]
    told = TWO_FAULTS | {key.replace("_", "."): entry for key, entry in rows.items()}
    for one in INSPECTORS[:2]:
        other = next(it.name for it in INSPECTORS[:2] if it != one)
        head = {"同行督学": other, "检查日期": day}
        write(of, of.folder.returned / f"{one.id}.xlsx", spec(head, told, inspector=one))
    return of

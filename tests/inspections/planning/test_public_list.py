"""The public list of a draw that was changed: numbers stay, changes are said, days can wait."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from inspections.planning.going import as_it_stands
from inspections.planning.inputs import of_round
from inspections.steps.collecting import collect_round
from scoring.__main__ import app
from tests.inspections.planning.drawing_round import (
    DRAWN,
    PROMISED,
    codes,
    drawing_round,
    opened,
)
from tests.inspections.small_round import spec, write

Rows = dict[str, dict[str, str]]


def scoring(*arguments: object) -> str:
    made = CliRunner().invoke(app, [str(item) for item in arguments])
    assert made.exit_code == 0, made.output
    return made.output


def table(folder: Path, name: str, sheet: str) -> tuple[list[dict[str, str]], str]:
    """The rows by heading, and what stands above them."""
    page = load_workbook(folder / "reports" / "双随机" / name)[sheet]
    rows = [["" if it is None else str(it) for it in row] for row in page.values]
    at = next(at for at, row in enumerate(rows) if sum(map(bool, row)) > 3)
    head = rows[at]
    return [dict(zip(head, row, strict=True)) for row in rows[at + 1 :] if row[0]], "".join(
        cell for row in rows[:at] for cell in row
    )


def public(folder: Path) -> tuple[Rows, str]:
    rows, above = table(folder, "双随机抽查公示.xlsx", "公示")
    return {row["抽中对象"]: row for row in rows}, above


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = drawing_round(tmp_path)
    for day in (PROMISED, DRAWN):
        scoring("round", "draw", made, "--why", "抽查", "--day", day)
    return made


def test_numbers_stay_and_changes_are_said(folder: Path) -> None:
    before, above = public(folder)
    assert "改派" not in above and not any(row["变更"] for row in before.values())
    of = opened(folder)
    going = as_it_stands(of_round(of), of.plan)
    team, ((day, visit), *_) = next(iter(going.visits.items()))
    moved = of.roster.schools[visit.school].name
    was = "、".join(of.roster.inspectors[it].name for it in going.teams[team].members)
    command = "round", "redraw", folder, "--school", moved, "--since", day, "--until", day
    looked = scoring(*command, "--day", DRAWN)
    assert str(day) in looked and was in looked.replace("\n", "")
    scoring(*command, "--day", DRAWN, "--why", "临时停课", "--yes")
    late = next(it for it in of.roster.schools.values() if it.name not in before)
    command = "round", "redraw", folder, "--school", late.name, "--day", DRAWN
    scoring(*command, "--why", "投诉", "--yes")
    after, above = public(folder)
    assert "2 次" in above
    assert {it: row["编号"] for it, row in after.items() if it != late.name} == {
        it: row["编号"] for it, row in before.items()
    }
    assert f"改期（原 {day}）" in after[moved]["变更"]
    assert after[late.name]["变更"] == "补查"
    assert int(after[late.name]["编号"]) == len(before) + 1
    same = set(after) - {moved, late.name}
    assert all(after[it] == before[it] for it in same)
    rows, _ = table(folder, "派组表（局内）.xlsx", "改派")
    assert str(day) in rows[0]["原来"] and was in rows[0]["原来"] and rows[-1]["原来"] == "—"


def test_whoever_is_replaced_is_said_by_number(folder: Path) -> None:
    of = opened(folder)
    name, team = next(iter(of.roster.drawn.items()))
    away = team.members[0]
    school = of.roster.schools[next(it.school for it in of.plan if it.team == name)].name
    scoring(
        "round", "redraw", folder, "--inspector", away, "--since", team.since, "--until",
        team.until, "--day", DRAWN, "--why", "病假", "--yes",
    )  # fmt: skip
    rows, _ = public(folder)
    assert rows[school]["变更"] == f"改派（原 {'、'.join(team.members)}）"
    assert away not in rows[school]["检查人员（编号）"]


def test_days_can_wait_until_a_school_was_visited(tmp_path: Path) -> None:
    folder = drawing_round(tmp_path)
    path = folder / "round.yaml"
    text = path.read_text(encoding="utf-8")
    for day in (PROMISED, DRAWN):
        scoring("round", "draw", folder, "--why", "抽查", "--day", day)
    rows, above = public(folder)
    assert all(row["检查日期"] for row in rows.values()) and "再公布" not in above
    # What papers say may still be changed.
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  team:", "  paper: {dates: visited}\n  team:", 1), "utf-8")
    scoring("round", "draw", folder, "--verify")
    hidden, above = public(folder)
    assert not any(row["检查日期"] for row in hidden.values()) and "再公布" in above
    assert {it: row["编号"] for it, row in hidden.items()} == {
        it: row["编号"] for it, row in rows.items()
    }
    of = opened(folder)
    line = next(it for it in of.plan if it.rubric == "kitchen")
    team = of.roster.drawn[line.team]
    people = of.roster.inspectors
    school = of.roster.schools[line.school]
    others = "、".join(people[it].name for it in team.members[1:])
    came = spec(
        {"检查日期": team.since, "同行督学": others}, school=school, occasion=line.occasion,
        team=line.team, inspector=people[team.members[0]],
    )  # fmt: skip
    write(of, of.folder.returned / "来.xlsx", came)
    taken, problems = collect_round(folder)
    assert taken is not None and taken.held.filled, codes(problems)
    scoring("round", "draw", folder, "--verify")
    told = {name for name, row in public(folder)[0].items() if row["检查日期"]}
    assert told == {school.name}

"""What was drawn stands: other commands leave it, what files lost is told and written again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of
from inspections.ledger.planning import all_plan_draws
from inspections.steps.changing_rosters import (
    add_inspector,
    add_school,
    remove_school,
    replace_inspector,
)
from inspections.steps.checking import check_round
from inspections.steps.collecting import collect_round
from inspections.steps.handing_out import write_workbooks
from inspections.steps.planning import draw_round, plan_round, verify_draw
from inspections.steps.redrawing import redraw_round
from rubrics.messages.problems import Problem
from scoring.__main__ import app
from tests.inspections.planning.drawing_round import (
    BY,
    DRAWN,
    PROMISED,
    codes,
    drawing_round,
    drawn,
    opened,
)

NAMES = "plan.csv", "teams.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = drawing_round(tmp_path)
    drawn(made)
    return made


def scoring(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(item) for item in arguments])


def held(folder: Path) -> list[bytes]:
    return [(folder / "roster" / name).read_bytes() for name in NAMES]


def told(folder: Path) -> list[list[Problem]]:
    """What each command that works with the plan says of it."""
    every = check_round(folder)[1], write_workbooks(folder)[1], collect_round(folder)[1]
    return [[it for it in own if it.code == "draw-plan-changed"] for own in every]


def all_drawn(folder: Path) -> None:
    path = folder / "round.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"50%"', '"100%"'), "utf-8")


def test_no_plan_takes_the_place_of_one_that_was_drawn_or_promised(tmp_path: Path) -> None:
    folder = drawing_round(tmp_path)
    all_drawn(folder)
    draw_round(folder, PROMISED, BY)
    done, problems = plan_round(folder, PROMISED, write=True)
    assert done is None and codes(problems) == ["draw-waiting"]
    made, problems = draw_round(folder, DRAWN, BY)
    assert made is not None, codes(problems)
    before = held(folder)
    done, problems = plan_round(folder, DRAWN, write=True)
    assert done is None and codes(problems) == ["plan-drawn"]
    assert held(folder) == before


def without_a_line(folder: Path) -> str:
    path = folder / "roster" / "plan.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\r\n".join([lines[0], *lines[2:]]), encoding="utf-8-sig")
    return "roster/plan.csv"


def with_two_inspectors_swapped(folder: Path) -> str:
    path = folder / "roster" / "teams.csv"
    text = path.read_text(encoding="utf-8-sig")
    for one, other in (("D00", "DXX"), ("D01", "D00"), ("DXX", "D01")):
        text = text.replace(one, other)
    path.write_text(text, encoding="utf-8-sig")
    return "roster/teams.csv"


@pytest.mark.parametrize("alter", [without_a_line, with_two_inspectors_swapped])
def test_what_was_altered_is_told_once_and_written_again(folder: Path, alter: object) -> None:
    assert told(folder) == [[], [], []]
    before = held(folder)
    name = alter(folder)  # type: ignore[operator]
    assert [[it.place.file for it in own] for own in told(folder)] == [[name]] * 3
    done = scoring("round", "draw", folder)  # nothing goes into the ledger: it needs no reason
    assert done.exit_code == 0 and "draw-restored" not in done.output, done.output
    assert held(folder) == before and told(folder) == [[], [], []]
    _, problems = draw_round(folder, DRAWN, BY)
    assert codes(problems) == ["draw-done"]
    with ledger_of(opened(folder)) as ledger:
        assert len(all_plan_draws(ledger)) == 1


def test_a_change_after_the_draw_is_written_again_with_it(folder: Path) -> None:
    name, team = next(iter(opened(folder).roster.drawn.items()))
    ill = team.members[0]
    done, problems = redraw_round(
        folder, DRAWN, BY, inspector=ill, since=team.since, until=team.until, write=True
    )
    assert done is not None and done.written, codes(problems)
    before = held(folder)
    with_two_inspectors_swapped(folder)
    restored, problems = draw_round(folder, DRAWN, By("张主任", ""))
    assert restored is not None and "draw-restored" in codes(problems)
    assert held(folder) == before and ill not in opened(folder).roster.drawn[name].members


@pytest.mark.parametrize("lost", [(it,) for it in NAMES] + [NAMES])
def test_what_was_lost_stops_every_command_but_the_one_that_finds_it(
    folder: Path, lost: tuple[str, ...]
) -> None:
    before = held(folder)
    for name in lost:
        (folder / "roster" / name).unlink()
    for done, problems in (write_workbooks(folder), collect_round(folder)):
        assert done is None and codes(problems) == ["draw-file-missing"]
    _, problems = check_round(folder)
    assert [it for it in codes(problems) if it.startswith(("draw", "plan"))] == [
        "draw-file-missing"
    ]
    told = scoring("round", "status", folder).output
    assert all(f"roster/{name}" in told for name in lost) and "scoring round draw" in told
    again, problems = draw_round(folder, DRAWN, By("张主任", ""))
    assert again is not None and set(codes(problems)) == {"draw-restored"}
    assert held(folder) == before
    assert codes(verify_draw(folder)[1]) == []


def test_what_its_own_command_changed_is_no_alteration(folder: Path) -> None:
    of = opened(folder)
    traits = {"学段": "小学", "有食堂": "是", "寄宿": "否"}
    drawn_school = of.plan[0].school
    assert add_school(folder, "S77", "晚到小学", traits, write=True)[0]
    assert add_inspector(folder, "新来某", {"督学代码": "D90"}, write=True)[0]
    assert replace_inspector(folder, "D00", "新某", {"督学代码": "D91"}, write=True)[0]
    assert remove_school(folder, drawn_school, write=True)[0]
    assert told(folder) == [[], [], []]
    # The ledger still knows all else, though nobody can draw again with other rosters.
    before = held(folder)
    (folder / "roster" / "teams.csv").unlink()
    done, problems = draw_round(folder, DRAWN, BY)
    assert done is not None and "draw-restored" in codes(problems)
    assert held(folder) == before


def test_workbooks_wait_for_a_promised_draw(tmp_path: Path) -> None:
    folder = drawing_round(tmp_path)
    assert "draw-not-yet" in codes(check_round(folder)[1])
    draw_round(folder, PROMISED, BY)
    assert "draw-waiting" in codes(check_round(folder)[1])
    done, problems = write_workbooks(folder)
    assert done is None and codes(problems) == ["draw-waiting"]
    draw_round(folder, DRAWN, BY)
    done, problems = write_workbooks(folder)
    assert done is not None and done.written and "draw-waiting" not in codes(problems)


def test_nobody_is_sent_before_the_draw(tmp_path: Path) -> None:
    folder = drawing_round(tmp_path)
    draw_round(folder, date(2026, 9, 7), BY)
    late = date(2026, 9, 14)
    done, problems = draw_round(folder, late, BY)
    assert done is not None and done.made is not None, codes(problems)
    days = [day for own in done.made.visits.values() for day, _ in own]
    assert min(days) > late
    assert codes(verify_draw(folder)[1]) == []
    assert "plan-rule-broken" not in codes(check_round(folder)[1])


def test_a_draw_that_leaves_no_day_is_not_promised(tmp_path: Path) -> None:
    folder = drawing_round(tmp_path)
    done, problems = draw_round(folder, date(2026, 9, 29), BY)  # public until the last day
    assert done is None and codes(problems)[-1] == "plan-days-past"
    assert not (folder / "draw.seed").exists()

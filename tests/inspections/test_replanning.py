"""A plan follows its rosters, and nothing that the clerk has planned is moved without need."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from inspections.round.plan import make_plan, plan_text, planned_lines, read_plan
from inspections.round.replanning import Replan, replan
from inspections.round.school import Assignment, Inspector, Roster, School
from inspections.steps.replanning import replan_round
from scoring.__main__ import app
from tests.inspections.small_round import INSPECTORS, SCHOOLS, small_round
from tests.inspections.started_round import started

OF = small_round(Path("无"))
NEW = School("21068103", "第三小学", {"学段": "小学", "有食堂": "是", "寄宿": "否"})


def roster(*schools: School, people: tuple[Inspector, ...] = INSPECTORS) -> Roster:
    return Roster({one.id: one for one in schools}, {one.id: one for one in people})


def of(rosters: Roster, held: tuple[Assignment, ...], only: tuple[str, ...] = ()) -> Replan:
    return replan(OF.round, OF.rubrics, rosters, held, only)


def test_where_nothing_has_changed_nothing_changes() -> None:
    assert of(OF.roster, OF.plan) == Replan(OF.plan)


def test_a_new_school_is_added_and_the_others_keep_their_teams() -> None:
    made = of(roster(SCHOOLS[0], NEW, SCHOOLS[1]), OF.plan)
    assert made.plan[: len(OF.plan)] == OF.plan
    assert {(item.school, item.rubric) for item in made.added} == {
        (NEW.id, "kitchen"),
        (NEW.id, "party"),
    }
    assert len({item.team for item in made.added}) == 1  # one team sees a school under all rubrics
    assert (made.dropped, made.moved) == ((), ())


def test_only_those_that_are_asked_for_are_added() -> None:
    fourth = replace(NEW, id="21068104", name="第四小学")
    made = of(roster(*SCHOOLS, NEW, fourth), OF.plan, only=(fourth.id,))
    assert {item.school for item in made.added} == {fourth.id}


def test_a_school_that_is_gone_and_a_rubric_that_no_longer_applies() -> None:
    without = replace(SCHOOLS[0], traits={**SCHOOLS[0].traits, "有食堂": "否"})
    made = of(roster(without), OF.plan)
    assert {(item.school, item.rubric) for item in made.dropped} == {
        (SCHOOLS[0].id, "kitchen"),
        (SCHOOLS[1].id, "party"),
    }
    assert [(item.school, item.rubric) for item in made.plan] == [(SCHOOLS[0].id, "party")]


def test_a_team_that_is_gone_hands_its_visits_on() -> None:
    made = of(roster(*SCHOOLS, people=INSPECTORS[:2]), OF.plan)
    assert {item.team for item in made.plan} == {"一组"}
    assert [(old.team, new) for old, new in made.moved] == [("二组", "一组")]
    assert made.dropped == made.added == ()


def test_a_team_with_a_colleague_of_the_school_is_passed_over() -> None:
    own = tuple(replace(one, office=NEW.name) for one in INSPECTORS[2:])
    made = of(roster(*SCHOOLS, NEW, people=(*INSPECTORS[:2], *own)), OF.plan)
    assert {item.team for item in made.added} == {"一组"}


TRAITS = st.fixed_dictionaries({"学段": st.just("小学"), "有食堂": st.sampled_from(["是", "否"])})
ROSTERS = st.builds(
    lambda traits, teams: roster(
        *(School(f"S{number}", f"学校{number}", held) for number, held in traits.items()),
        people=tuple(Inspector(f"D{n}", f"督{n}", "", team) for n, team in enumerate(teams)),
    ),
    st.dictionaries(st.integers(0, 9), TRAITS, max_size=6),
    st.lists(st.sampled_from(["甲组", "乙组", "丙组"]), min_size=1, max_size=5),
)


@given(ROSTERS, ROSTERS)
def test_any_plan_follows_any_rosters(before: Roster, after: Roster) -> None:
    old = make_plan(OF.round, OF.rubrics, before)
    made = of(after, old)
    want = make_plan(OF.round, OF.rubrics, after)
    assert sorted((x.school, x.rubric) for x in made.plan) == sorted(
        (x.school, x.rubric) for x in want
    )
    teams = {one.team for one in after.inspectors.values()}
    assert {item.team for item in made.plan} <= teams
    assert set(old) - set(made.plan) == {*made.dropped, *(item for item, _ in made.moved)}
    assert not of(after, made.plan).changes


def test_the_command_shows_first_and_writes_when_it_is_told_to(tmp_path: Path) -> None:
    folder = started(tmp_path / "春季").folder
    opened = small_round(tmp_path)
    whole = planned_lines(folder.plan)
    lines = [item for item in whole if item.school != SCHOOLS[1].id]
    text = plan_text([*lines, replace(lines[0], team="九组", occasion="第9次")], opened.roster)
    folder.plan.write_text(text, encoding="gb18030")  # as Excel saves it
    before = folder.plan.read_bytes()
    runner = CliRunner()
    shown = runner.invoke(app, ["round", "replan", str(folder.root)])
    assert "补排 1 次，改派 0 次，去掉 1 次；还没有改，照办请加 --yes" in shown.output
    assert folder.plan.read_bytes() == before
    done = runner.invoke(app, ["round", "replan", str(folder.root), "--yes"])
    assert done.exit_code == 0, done.output
    assert sorted(planned_lines(folder.plan), key=str) == sorted(whole, key=str)
    rows = list(csv.reader(folder.plan.read_text("utf-8-sig").splitlines()))
    assert rows[0][-1] == "学校名称"
    again, _ = replan_round(folder.root, write=True)
    assert again is not None
    assert (again.replan.changes, again.written) == (False, False)


def test_a_school_that_nobody_knows_changes_nothing(tmp_path: Path) -> None:
    folder = started(tmp_path / "春季").folder
    made, problems = replan_round(folder.root, ["没有的学校"], write=True)
    assert made is None
    assert problems


def test_a_school_without_a_plan_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(plan_text(OF.plan, OF.roster), encoding="utf-8-sig")
    more = roster(*SCHOOLS, NEW)
    plan, problems = read_plan(path, OF.round, OF.rubrics, more, "roster/plan.csv")
    assert plan == OF.plan
    (one,) = problems
    assert (one.code, one.severity.value, one.place.file) == (
        "plan-school-missing",
        "note",
        "roster/plan.csv",
    )

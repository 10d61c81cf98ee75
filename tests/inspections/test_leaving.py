"""An inspector who leaves keeps their sheets, and whoever takes their place owes the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from inspections.chasing.status import due_sheets, round_status
from inspections.collecting.collecting import collect
from inspections.records.record import RecordKey
from inspections.round.plan import plan_text, read_plan, teams
from inspections.round.replanning import replan
from inspections.round.roster import read_inspectors
from inspections.round.school import Inspector, Roster
from inspections.steps.replanning import replan_round
from inspections.workbook.drawing.blank import planned_books
from scoring.results.rounds import score_round
from tests.inspections.small_round import INSPECTORS, SCHOOLS, small_round, spec, write
from tests.inspections.started_round import started
from tests.inspections.test_roster import codes, saved

HEAD = ["督学代码", "姓名", "单位", "检查组", "离任", "接替"]
GONE = replace(INSPECTORS[0], left=True)
NEW = Inspector("D09", "赵新", "教研室", "一组", replaces="D01")
KEY = RecordKey(SCHOOLS[0].id, "kitchen", "第1次", "D01")
OF = small_round(Path("无"))


def with_people(*people: Inspector) -> Roster:
    return Roster({one.id: one for one in SCHOOLS}, {one.id: one for one in people})


AFTER = with_people(GONE, *INSPECTORS[1:], NEW)


def test_two_columns_say_who_left_and_who_came(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [
        HEAD,
        ["D01", "王建国", "督导室", "一组", "是", ""],
        ["D02", "李秀", "督导室", "一组", "否", ""],
        ["D09", "赵新", "教研室", "一组", "", "王 建国"],
        ["D10", "孙", "", "一组", "", "D09"],
        ["D11", "周", "", "一组", "下个月", "没有这人"],
        ["D12", "吴", "", "一组", "", "吴"],
    ]
    people, problems = read_inspectors(saved(tmp_path / "督学.xlsx", rows))
    assert [(one.id, one.left, one.replaces) for one in people] == [
        ("D01", True, ""),
        ("D02", False, ""),
        ("D09", False, "D01"),
        ("D10", False, "D09"),
        ("D11", False, ""),
        ("D12", False, ""),
    ]
    assert codes(problems) == [
        ("roster-trait-value", "E6"),
        ("roster-replaces-present", "F5"),
        ("roster-replaces-unknown", "F6"),
        ("roster-replaces-unknown", "F7"),
    ]


def test_two_of_the_same_name_are_told_apart_by_code(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [
        HEAD,
        ["D03", "张伟", "", "二组", "是", ""],
        ["D04", "张伟", "", "二组", "", ""],
        ["D05", "钱", "", "二组", "", "张伟"],
    ]
    people, problems = read_inspectors(saved(tmp_path / "督学.xlsx", rows))
    assert people[2].replaces == ""
    assert codes(problems) == [("roster-replaces-unknown", "F4")]


def test_who_left_is_in_no_team() -> None:
    assert [one.id for one in teams(AFTER)["一组"]] == ["D02", "D09"]
    assert "二组" not in teams(with_people(*INSPECTORS[:2], *_left(INSPECTORS[2:])))


def _left(people: Sequence[Inspector]) -> list[Inspector]:
    return [replace(one, left=True) for one in people]


def due(back: set[RecordKey], roster: Roster = AFTER) -> set[str]:
    """Whose sheets of the kitchen are due."""
    of = replace(OF, roster=roster)
    return {key.inspector for _, key in due_sheets(of, back) if key.rubric == "kitchen"}


def test_whose_sheets_are_due() -> None:
    assert due(set()) == {"D02", "D09"}
    assert due({KEY}) == {"D01", "D02"}
    assert due({KEY, replace(KEY, inspector="D09")}) == {"D01", "D02", "D09"}
    # The one who came left too; the third owes nothing of what the first has seen.
    third = Inspector("D10", "孙", "", "一组", replaces="D09")
    longer = with_people(GONE, INSPECTORS[1], replace(NEW, left=True), third)
    assert due({KEY}, longer) == {"D01", "D02"}
    assert due(set(), longer) == {"D02", "D10"}
    turned = with_people(replace(INSPECTORS[0], replaces="D09"), NEW)
    assert due(set(), turned) == {"D01", "D09"}


def books(back: set[RecordKey]) -> set[str]:
    args = (OF.round, OF.rubrics, AFTER, OF.plan)
    return {
        sheet.inspector.id
        for _, sheets in planned_books(Path("表"), *args, "visit", back)
        for sheet in sheets
        if sheet.rubric == "kitchen" and sheet.inspector
    }


def test_blank_workbooks_go_to_those_who_are_there() -> None:
    assert books(set()) == {"D02", "D09"}
    assert books({KEY}) == {"D02"}


def test_their_sheets_are_read_and_count(tmp_path: Path) -> None:
    of = small_round(tmp_path)
    of = replace(of, roster=AFTER)
    write(of, of.folder.returned / "王.xlsx", spec(inspector=GONE))
    found = collect(of, workers=0)
    assert len(found.visits) == 1
    now = round_status(of)
    assert now.unplanned == ()
    assert {key.inspector for key in now.missing if key.rubric == "kitchen"} == {"D02"}
    scores, _ = score_round(of.round, of.rubrics, of.roster, of.plan, found.visits)
    assert scores.rubrics["kitchen"].schools[0].owed == ("李 秀",)


def test_a_roster_without_the_columns_means_what_it_meant() -> None:
    people = {**OF.roster.inspectors, "D01": GONE}
    assert replace(OF, roster=Roster(OF.roster.schools, people)).basis == OF.basis
    assert INSPECTORS[0].facts() == ["D01", "王建国", "督导室", "一组"]
    instead = replace(INSPECTORS[0], replaces="D02")
    assert len({tuple(one.facts()) for one in (INSPECTORS[0], GONE, instead)}) == 3


def test_a_team_that_all_have_left_keeps_what_it_has_visited(tmp_path: Path) -> None:
    roster = with_people(*INSPECTORS[2:], *_left(INSPECTORS[:2]))
    done = {(SCHOOLS[0].id, "kitchen", "第1次")}
    made = replan(OF.round, OF.rubrics, roster, OF.plan, (), done)
    kept = {(item.rubric, item.school) for item in made.plan if item.team == "一组"}
    assert kept == {("kitchen", SCHOOLS[0].id)}
    path = tmp_path / "plan.csv"
    path.write_text(plan_text(made.plan, roster), encoding="utf-8-sig")
    plan, problems = read_plan(path, OF.round, OF.rubrics, roster)
    assert plan == made.plan
    assert [item.code for item in problems] == ["plan-team-left"]
    assert due({KEY}, roster) >= {"D01"}


def test_replanning_asks_the_ledger_what_is_done(tmp_path: Path) -> None:
    of = started(tmp_path / "春季")
    write(of, of.folder.returned / "王.xlsx", spec(inspector=INSPECTORS[0]))
    assert len(collect(of, workers=0).visits) == 1
    text = of.folder.inspectors.read_text(encoding="utf-8")
    lines = [
        f"{line},{'离任' if number == 0 else '是' if '一组' in line else ''}"
        for number, line in enumerate(text.splitlines())
    ]
    of.folder.inspectors.write_text("\n".join(lines), encoding="utf-8")
    made, problems = replan_round(of.folder.root)
    assert made is not None, problems
    moved = {(old.school, old.rubric) for old, _ in made.replan.moved}
    assert (SCHOOLS[0].id, "party") in moved
    assert (SCHOOLS[0].id, "kitchen") not in moved

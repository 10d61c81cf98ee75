"""A new round: what it makes, what it refuses, and what is read back from its folder."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from inspections.ledger.of_round import open_round
from inspections.round.drawing_settings import Drawing
from inspections.round.plan import make_plan, plan_text, read_plan
from inspections.round.round import Period, Round
from inspections.round.school import Assignment, Inspector, Roster, School
from inspections.round.starting import start_round
from inspections.steps.chasing import chase_round
from inspections.steps.checking import check_files, check_round
from inspections.steps.replanning import replan_round
from rubrics.messages.problems import Problem
from tests.inspections.rosters import INSPECTOR_ROWS, SCHOOL_ROWS, table
from tests.inspections.small_round import KITCHEN, PARTY, SCHOOLS, small_round


@pytest.fixture
def rosters(tmp_path: Path) -> tuple[Path, Path]:
    folder = tmp_path / "名册"
    folder.mkdir()
    return table(folder / "校.xlsx", SCHOOL_ROWS), table(folder / "督学.xlsx", INSPECTOR_ROWS)


@pytest.fixture
def settings(tmp_path: Path) -> Round:
    for name, text in (("甲.yaml", KITCHEN), ("乙.yaml", PARTY)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Round(
        id="2026春",
        title="春季督导",
        bureau="某局",
        rubrics=(str(tmp_path / "甲.yaml"), str(tmp_path / "乙.yaml")),
        window=Period(since=date(2026, 3, 1), until=date(2026, 3, 31)),
    )


def codes(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(item.code, item.place.cell) for item in problems]


def test_what_is_made_is_read_back(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round
) -> None:
    root = tmp_path / "批次"
    made, problems = start_round(root, settings, *rosters)
    assert problems == []
    assert made is not None
    again, problems = open_round(root)
    assert problems == []
    assert again == made
    assert again.basis == made.basis
    assert sorted(path.name for path in root.iterdir()) == [
        "evidence", "returned", "roster", "round.key", "round.yaml", "rubrics", "workbooks",
    ]  # fmt: skip
    assert made.round.rubrics == ("rubrics/kitchen.yaml", "rubrics/party.yaml")
    assert re.fullmatch("2-[0-9a-f]{32}", made.round.key)
    assert made.round.key not in repr(made)
    other, _ = start_round(tmp_path / "另一批", settings, *rosters)
    assert other is not None
    assert other.round.key != made.round.key


def test_a_period_too_short_for_a_quota_is_told(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round
) -> None:
    short = Period(since=date(2026, 3, 1), until=date(2026, 3, 20))
    hurried = settings.model_copy(update={"window": short})
    _, problems = start_round(tmp_path / "批次", hurried, *rosters)
    assert codes(problems) == [("quota-not-due", "period")]
    asked = hurried.model_copy(update={"elapsed": {"month": 1}})
    _, problems = start_round(tmp_path / "另一批", asked, *rosters)
    assert problems == []


def test_teams_that_are_too_small_for_a_rubric_are_told_once(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round
) -> None:
    """At the start, by check, status and replan: not sheet by sheet when all is done."""
    table(rosters[1], INSPECTOR_ROWS[:-1])
    root = tmp_path / "批次"
    _, problems = start_round(root, settings, *rosters)
    few = [item for item in problems if item.code == "teams-few"]
    assert [dict(item.params) for item in few] == [
        {"rubric": "党建细则", "least": "2", "teams": "二组（1 名）"}
    ]
    assert open_round(root)[1] == []
    for told in (check_round(root), chase_round(root), replan_round(root)):
        assert [item.code for item in told[1]] == ["teams-few"]
    files = check_files(*rosters, settings.rubrics)
    assert [item.code for item in files[1]] == ["teams-few"]


@pytest.mark.parametrize(("size", "told"), [(2, []), (1, ["drawn-teams-few"] * 2)])
def test_teams_that_are_to_be_drawn_are_told_by_their_size(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round, size: int, told: list[str]
) -> None:
    """Teams of the roster go nowhere once teams are drawn, however small they are."""
    table(rosters[1], INSPECTOR_ROWS[:-1])
    drawing = Drawing.model_validate({"team": {"size": size}})
    root = tmp_path / "批次"
    _, problems = start_round(root, settings.model_copy(update={"drawing": drawing}), *rosters)
    few = [item for item in problems if item.code.endswith("teams-few")]
    assert [item.code for item in few] == told
    assert all(item.place.cell == "drawing.team.size" for item in few)
    assert [item.code for item in check_round(root)[1] if item.code.endswith("few")] == told


def test_a_period_too_short_is_told_where_a_round_is_looked_at(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round
) -> None:
    short = Period(since=date(2026, 3, 1), until=date(2026, 3, 20))
    root = tmp_path / "批次"
    start_round(root, settings.model_copy(update={"window": short}), *rosters)
    assert open_round(root)[1] == []
    for told in (check_round(root), chase_round(root)):
        assert codes(told[1]) == [("quota-not-due", "period")]


def test_the_folder_can_be_moved(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round
) -> None:
    made, _ = start_round(tmp_path / "批次", settings, *rosters)
    (tmp_path / "批次").rename(tmp_path / "别处")
    (tmp_path / "甲.yaml").unlink()
    moved, problems = open_round(tmp_path / "别处")
    assert made is not None
    assert moved is not None
    assert problems == []
    assert (moved.basis, moved.plan) == (made.basis, made.plan)


def test_an_empty_folder_will_do(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round
) -> None:
    (tmp_path / "批次").mkdir()
    assert start_round(tmp_path / "批次", settings, *rosters)[0] is not None


@pytest.mark.parametrize(
    "total",
    [
        ["合计", "", "=COUNTA(C2:C3)"],
        ["", "合 计", "=COUNTA(C2:C3)", "=1+1"],
        ["=COUNTA(A2:A3)", "合计", ""],
        ["=COUNTA(A2:A3)", "合计（2所）", "=1", "=1", "=1"],
        ["总计：", "=COUNTA(B2:B3)", ""],
        [2, "合计2所", ""],
    ],
)
def test_a_sum_is_no_school_whatever_its_cells_hold(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round, total: list[str]
) -> None:
    table(rosters[0], [*SCHOOL_ROWS, total])
    made, problems = start_round(tmp_path / "批次", settings, *rosters)
    assert [item.code for item in problems] == ["roster-row-aside"]
    assert made is not None
    assert list(made.roster.schools) == [one.id for one in SCHOOLS]


def test_a_roster_without_rows_is_told(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round
) -> None:
    schools, inspectors = rosters
    for file, (first, second) in {
        schools: (tmp_path / "无校.csv", inspectors),
        inspectors: (schools, tmp_path / "无人.csv"),
    }.items():
        bare = first if file == schools else second
        heading = "学校代码,学校名称" if file == schools else "督学代码,姓名"
        bare.write_text(heading + "\n", encoding="utf-8")
        made, problems = start_round(tmp_path / "批次", settings, first, second)
        assert made is None
        assert [(one.code, one.place.file) for one in problems] == [("roster-empty", str(bare))]


def test_a_ledger_that_does_not_open_is_told(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round
) -> None:
    start_round(tmp_path / "批次", settings, *rosters)
    (tmp_path / "批次" / "ledger.db").write_bytes(b"no database, but long enough to be one" * 9)
    opened, problems = open_round(tmp_path / "批次")
    assert opened is None
    assert [(one.code, one.place.file) for one in problems] == [("ledger-unreadable", "ledger.db")]


def test_nothing_is_ever_overwritten(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round
) -> None:
    start_round(tmp_path / "批次", settings, *rosters)
    before = (tmp_path / "批次" / "round.yaml").read_bytes()
    made, problems = start_round(tmp_path / "批次", settings, *rosters)
    assert (made, codes(problems)) == (None, [("round-exists", "")])
    assert (tmp_path / "批次" / "round.yaml").read_bytes() == before
    made, problems = start_round(tmp_path / "名册", settings, *rosters)
    assert (made, codes(problems)) == (None, [("folder-in-use", "")])
    made, problems = start_round(tmp_path / "甲.yaml", settings, *rosters)
    assert (made, codes(problems)) == (None, [("folder-in-use", "")])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rubrics": ("没有.yaml",)}, "rubric-missing"),
        ({"rubrics": ("甲.yaml", "甲.yaml")}, "round-value"),
    ],
)
def test_without_rubrics_nothing_is_made(
    tmp_path: Path,
    rosters: tuple[Path, Path],
    settings: Round,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, object],
    code: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    made, problems = start_round(tmp_path / "批次", settings.model_copy(update=change), *rosters)
    assert (made, [item.code for item in problems]) == (None, [code])
    assert not (tmp_path / "批次").exists()


def test_without_rosters_nothing_is_made(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round
) -> None:
    made, problems = start_round(tmp_path / "批次", settings, rosters[0], tmp_path / "无.xlsx")
    assert (made, codes(problems)) == (None, [("file-missing", "")])
    assert not (tmp_path / "批次").exists()


def test_a_start_with_errors_makes_nothing(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round
) -> None:
    table(rosters[0], [*SCHOOL_ROWS, ["21068102", "第三小学", "小学", "无", "否"]])
    made, problems = start_round(tmp_path / "批次", settings, *rosters)
    assert made is None
    assert codes(problems) == [("roster-id-twice", "A4")]
    assert not (tmp_path / "批次").exists()


def test_a_roster_spoilt_later_is_used_as_far_as_it_is_right(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round
) -> None:
    start_round(tmp_path / "批次", settings, *rosters)
    rows = [*SCHOOL_ROWS, ["21068102", "第三小学", "小学", "无", "否"]]
    table(tmp_path / "批次" / "roster" / "schools.xlsx", rows)
    again, problems = open_round(tmp_path / "批次")
    assert again is not None
    assert [str(item.place) for item in problems] == ["roster/schools.xlsx Sheet A4"]


@pytest.mark.parametrize("ending", [".tsv", ".txt", ".xls", ".XLSX"])
def test_a_copy_is_named_by_what_it_is(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round, ending: str
) -> None:
    schools = tmp_path / f"校{ending}"
    if ending in (".tsv", ".txt"):
        lines = ["\t".join(row) for row in SCHOOL_ROWS]
        schools.write_text("\r\n".join(lines), encoding="gb18030")
    else:
        schools.write_bytes(rosters[0].read_bytes())
    made, problems = start_round(tmp_path / "批次", settings, schools, rosters[1])
    assert made is not None and problems == []
    again, problems = open_round(tmp_path / "批次")
    assert problems == [] and again == made
    copy = "schools.csv" if ending in (".tsv", ".txt") else "schools.xlsx"
    assert (tmp_path / "批次" / "roster" / copy).is_file()


def test_no_round(tmp_path: Path) -> None:
    made, problems = open_round(tmp_path / "无")
    assert (made, codes(problems)) == (None, [("round-missing", "")])


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"ranking": {"groups": ["学校段"]}}, "ranking.groups[1]"),
        ({"ranking": {"tie_keys": ["dimension:Z"]}}, "ranking.tie_keys[1]"),
        ({"ranking": {"quotas": [{"grade": "优", "share": "30%", "then": "合格"}]}},
         "ranking.quotas[1].grade"),
        ({"combining": {"weights": {"平时": 40}}}, "combining.weights.平时"),
        ({"combining": {"inspector_weights": {"错字": 2}}}, "combining.inspector_weights.错字"),
        ({"weights": {"canteen": 40}}, "weights.canteen"),
        ({"occasions": ["平时", "平时"]}, "occasions"),
    ],
)  # fmt: skip
def test_settings_that_name_what_is_not_there(
    tmp_path: Path,
    rosters: tuple[Path, Path],
    settings: Round,
    change: dict[str, object],
    where: str,
) -> None:
    changed = Round.model_validate(settings.model_dump(mode="json") | change)
    made, problems = start_round(tmp_path / "批次", changed, *rosters)
    assert made is None
    assert codes(problems) == [("round-value", where)]


def test_teams_take_turns_and_nobody_inspects_their_own_school(tmp_path: Path) -> None:
    of = small_round(tmp_path, occasions=("平时", "年终"))
    people = {
        "D01": Inspector("D01", "王", "督导室", "一组"),
        "D02": Inspector("D02", "李", "第二小学", "二组"),
        "D03": Inspector("D03", "张", "督导室", "三组"),
    }
    roster = Roster(of.roster.schools, people)
    assert make_plan(of.round, of.rubrics, roster) == (
        Assignment("21068101", "kitchen", "平时", "一组"),
        Assignment("21068101", "party", "平时", "一组"),
        Assignment("21068101", "kitchen", "年终", "二组"),
        Assignment("21068101", "party", "年终", "二组"),
        # The second school has no canteen, and one of the second team works there.
        Assignment("21068102", "party", "平时", "三组"),
        Assignment("21068102", "party", "年终", "三组"),
    )


def test_the_plan_is_what_the_clerk_made_of_it(tmp_path: Path) -> None:
    of = small_round(tmp_path)
    text = plan_text(of.plan, of.roster)
    assert text.splitlines()[:2] == [
        "学校代码,细则,次别,检查组,学校名称",
        "21068101,kitchen,第1次,一组,第一小学",
    ]
    path = tmp_path / "plan.csv"
    # Excel saves a csv in the system's encoding.
    path.write_bytes(text.replace(",第1次,一组,", ",第1次,二组,").encode("gb18030"))
    plan, problems = read_plan(path, of.round, of.rubrics, of.roster)
    assert problems == []
    assert plan == tuple(replace(item, team="二组") for item in of.plan)


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        ("9,party,第1次,一组", "plan-value", "A2"),
        ("21068101,parties,第1次,一组", "plan-value", "B2"),
        ("21068101,party,第2次,一组", "plan-value", "C2"),
        ("21068101,party,第1次,三组", "plan-value", "D2"),
        ("21068102,kitchen,第1次,一组", "sheet-rubric-inapplicable", "B2"),
    ],
)
def test_mistakes_in_the_plan(tmp_path: Path, line: str, code: str, cell: str) -> None:
    of = small_round(tmp_path)
    path = tmp_path / "plan.csv"
    right = "21068101,party,第1次,一组"
    path.write_text(f"学校代码,细则,次别,检查组\n{line}\n{right}\n{right}\n", encoding="utf-8")
    plan, problems = read_plan(path, of.round, of.rubrics, of.roster)
    # The other school has no line that is right.
    assert codes(problems) == [(code, cell), ("plan-twice", "A4")]
    assert plan == (Assignment("21068101", "party", "第1次", "一组"),)


def test_a_name_that_stands_in_many_lines_of_the_plan_is_told_once(tmp_path: Path) -> None:
    of = small_round(tmp_path)
    lines = [f"{school},party,第1次,三组" for school in of.roster.schools]
    path = tmp_path / "plan.csv"
    path.write_text("\n".join(["学校代码,细则,次别,检查组", *lines]), encoding="utf-8")
    _, problems = read_plan(path, of.round, of.rubrics, of.roster)
    assert codes(problems) == [("plan-value", "D2")]
    assert f"{len(lines)} 处" in problems[0].message and "一组" in problems[0].remedy


def test_a_lost_plan_is_made_again(
    tmp_path: Path, rosters: tuple[Path, Path], settings: Round
) -> None:
    made, _ = start_round(tmp_path / "批次", settings, *rosters)
    assert made is not None
    made.folder.plan.unlink()
    again, problems = open_round(tmp_path / "批次")
    assert problems == []
    assert again == made


def test_the_basis_changes_with_what_sheets_are_read_against(tmp_path: Path) -> None:
    of = small_round(tmp_path)
    moved = School("21068101", "第一小学", {**SCHOOLS[0].traits, "寄宿": "是"})
    others = [
        replace(of, roster=Roster({"21068101": moved}, of.roster.inspectors)),
        replace(of, rubrics={"party": of.rubrics["party"]}),
        small_round(tmp_path, occasions=("年终",)),
    ]
    assert len({of.basis, *(item.basis for item in others)}) == 4
    assert small_round(tmp_path, title="别的名称").basis == of.basis

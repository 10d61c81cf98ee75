"""rubric try: plain rows against one rubric file, as somebody with rules of their own would."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner, Result

import scoring
from inspections.records.record import State
from inspections.round.round import Period, Round
from inspections.round.settings import settings_text
from rubrics.files.loading import loads_rubric
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, has_errors
from scoring.__main__ import app
from scoring.results.scores import SchoolScore
from scoring.trial.tables import table_of
from scoring.trial.trying import Terms, latest_change, try_rubric, try_table
from tests.rubrics.test_units import rubric as one_rule

HYGIENE = Path(__file__).parents[1] / "rubrics" / "hygiene_uk.yaml"

RULES = """
id: shiyong
version: "1"
title: 试用细则
points: 40
documents: {依据: {title: 依据}}
grades: [{grade: 合格, range: ≥24}, {grade: 不合格, range: <24}]
dimensions:
  - id: A
    title: 一
    points: 40
    indicators:
      - {id: A1, title: 公示, points: 10, basis: [依据], method: [现场查看],
         rule: {kind: deduct, faults: [{label: 缺公示, each: 2}]},
         effective: [{until: "2025-12-31", basis: [依据],
                      rule: {kind: deduct, faults: [{label: 缺公示, each: 1}]}}]}
      - {id: A2, title: 冷藏, points: 10, basis: [依据], method: [现场查看],
         rule: {kind: threshold, readings: [
           {id: 柜, label: 冷藏柜, within: "[0, 8]", unit: ℃, samples: 3, each: 4}]}}
      - {id: A3, title: 例会, points: 10, basis: [依据], method: [查阅档案], when: {寄宿: 是},
         rule: {kind: quota, label: 例会, times: 1, per: quarter, each: 2}}
      - {id: A4, title: 资料, points: 10, basis: [依据], method: [查阅档案],
         rule: {kind: discretionary, least: 1, most: 5},
         red_lines: [{title: 造假, triggers: [{flag: 造假, label: 查实造假？}],
                      consequence: {grade: 不合格}}]}
bonus: {cap: 5, items: [{id: P1, title: 经验, rule: {kind: bonus, each: 1, limit: 3}}]}
red_lines: [{id: R1, title: 瞒报, triggers: [{flag: 瞒报, label: 查实瞒报？}],
             consequence: {zero_total: true}}]
"""


@pytest.fixture(scope="module")
def rules() -> Rubric:
    made, problems = loads_rubric(RULES)
    assert not problems
    assert made is not None
    return made


def tried(
    rules: Rubric, folder: Path, text: str, **options: object
) -> tuple[dict[str, SchoolScore], list[Problem]]:
    path = folder / "表.csv"
    path.write_text(text.strip() + "\n", encoding="utf-8")
    scores, problems = try_rubric(rules, path, Terms(**options))  # type: ignore[arg-type]
    assert scores is not None
    return {score.school.id: score for score in scores.schools}, problems


def found(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(item.code, item.place.cell) for item in problems]


def points(score: SchoolScore) -> dict[str, float | str]:
    return {
        item.indicator: item.earned / 10_000 if item.state is State.CHECKED else item.state.value
        for item in score.indicators
    }


@pytest.mark.parametrize(
    ("scores", "total", "rating"),
    [
        ((0, 0, 0), 0, "5"),
        ((5, 5, 5), 15, "5"),
        ((10, 10, 0), 20, "4"),
        ((15, 5, 0), 20, "2"),  # a sum of 20 would do for 4, but a single 15 does not
        ((10, 10, 10), 30, "3"),
        ((20, 5, 0), 25, "1"),
        ((20, 20, 20), 60, "0"),
        ((0, 0, 30), 30, "0"),
    ],
)
def test_food_hygiene_ratings(
    tmp_path: Path, scores: tuple[int, ...], total: int, rating: str
) -> None:
    cases = tmp_path / "cases.csv"
    cases.write_text(f"school,H1,H2,H3\nCafé,{','.join(map(str, scores))}\n", encoding="utf-8")
    done = run("rubric", "try", HYGIENE, cases)
    assert done.exit_code == 0
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert row["school"] == "Café"
    assert int(row["total"]) == total
    assert row["grade"].split()[0] == rating


def test_a_row_is_scored_like_a_visit(rules: Rubric, tmp_path: Path) -> None:
    scores, problems = tried(
        rules,
        tmp_path,
        """
学校,寄宿,A1,A2.柜.1,A2.柜.2,A2.柜.3,A3,A4,A4.造假,P1,R1.瞒报
一小,是,1,5,9,,3,1.5,否,2,否
二小,否,0,5,6,7,,0,是,,
三小,是,0,5,,,4,0,,,是
""",
    )
    assert not problems
    assert points(scores["一小"]) == {"A1": 8, "A2": 6, "A3": 8, "A4": 8.5}
    assert scores["一小"].total == 325_000  # 30.5 of 40, and 2 more
    assert scores["一小"].grade == "合格"
    assert points(scores["二小"]) == {"A1": 10, "A2": 10, "A3": "合理缺项", "A4": 10}
    assert [line.title for line in scores["二小"].red_lines] == ["造假"]
    assert (scores["二小"].total, scores["二小"].grade) == (400_000, "不合格")
    assert (scores["三小"].normalised, scores["三小"].total) == (400_000, 0)


def test_an_empty_cell_is_not_checked_and_na_is_excused(rules: Rubric, tmp_path: Path) -> None:
    scores, problems = tried(
        rules,
        tmp_path,
        """
school,A1,A2,A3,A4
缺,1,5,NA,na
空,1,5,,0
全,,合理缺项,未查,N/A
""",
    )
    assert points(scores["缺"]) == {"A1": 8, "A2": 10, "A3": "合理缺项", "A4": "合理缺项"}
    assert scores["缺"].status == "complete"
    assert (scores["缺"].earned, scores["缺"].applicable) == (180_000, 200_000)
    assert (scores["缺"].total, scores["缺"].grade) == (None, "不评定")
    assert points(scores["空"])["A3"] == "未查"
    assert (scores["空"].status, scores["空"].grade, scores["空"].rank) == ("provisional", "", None)
    assert points(scores["全"]) == {
        "A1": "未查",
        "A2": "合理缺项",
        "A3": "未查",
        "A4": "合理缺项",
    }
    # both visits with gaps are told, by the file: no cell is wrong; and, once, that two schools
    # have no verdict
    assert found(problems) == [
        ("visit-incomplete", ""),
        ("visit-incomplete", ""),
        ("trial-notes", ""),
    ]


@pytest.mark.parametrize("separator", [";", "；", "、", " ； "])
def test_samples_may_share_a_cell(rules: Rubric, tmp_path: Path, separator: str) -> None:
    cell = separator.join(["5", "9", "8.1"])
    scores, _ = tried(rules, tmp_path, f"school,A2.柜\n甲,{cell}\n乙,5")
    assert points(scores["甲"])["A2"] == 2
    assert points(scores["乙"])["A2"] == 10


def test_what_has_but_one_thing_to_fill_in_needs_no_second_name(tmp_path: Path) -> None:
    text = RULES.replace("rule: {kind: quota, label: 例会, times: 1, per: quarter, each: 2}", PARTS)
    made, problems = loads_rubric(text)
    assert made is not None, problems
    scores, problems = tried(made, tmp_path, "school,A2,A3.建档,A3.例会,R1\n甲,5;9,√,2,是")
    assert points(scores["甲"]) == {"A1": "未查", "A2": 6, "A3": 8, "A4": "未查"}
    assert [line.title for line in scores["甲"].red_lines] == ["瞒报"]
    assert [item.code for item in problems] == ["visit-incomplete"]


PARTS = """rule: {kind: composite, combine: losses, parts: [
    {id: 建档, rule: {kind: checklist, each: 2, items: [{id: 名册, label: 名册}]}},
    {id: 例会, rule: {kind: deduct, faults: [{id: 少开, label: 少开, each: 1}]}}]}"""


def test_too_many_samples_are_told(rules: Rubric, tmp_path: Path) -> None:
    scores, problems = tried(rules, tmp_path, "school,A2.柜\n甲,1;2;3;4")
    assert points(scores["甲"])["A2"] == "未查"
    assert ("trial-samples", "B2") in found(problems)


def test_quotas_are_for_a_full_year_unless_a_period_is_given(rules: Rubric, tmp_path: Path) -> None:
    text = "school,寄宿,A3\n甲,是,3"
    year, _ = tried(rules, tmp_path, text)
    assert points(year["甲"])["A3"] == 8
    period = Period(since=date(2026, 1, 1), until=date(2026, 10, 31))
    shorter, _ = tried(rules, tmp_path, text, period=period)
    assert points(shorter["甲"])["A3"] == 10


def test_the_latest_rule_holds_unless_a_day_is_given(rules: Rubric, tmp_path: Path) -> None:
    assert latest_change(rules) == date(2026, 1, 1)
    text = "school,A1\n甲,1"
    latest, _ = tried(rules, tmp_path, text)
    assert points(latest["甲"])["A1"] == 8
    earlier, _ = tried(rules, tmp_path, text, day=date(2025, 12, 31))
    assert points(earlier["甲"])["A1"] == 9
    period = Period(since=date(2025, 1, 1), until=date(2025, 12, 31))
    then, _ = tried(rules, tmp_path, text, period=period)
    assert points(then["甲"])["A1"] == 9


def test_a_deduction_needs_its_reason_only_where_there_is_a_column_for_it(
    rules: Rubric, tmp_path: Path
) -> None:
    without, problems = tried(rules, tmp_path, "school,A1,A2,A3,A4\n甲,0,5,4,2")
    assert points(without["甲"])["A4"] == 8
    assert not problems
    blank, problems = tried(rules, tmp_path, "school,A1,A2,A3,A4,A4.reason\n甲,0,5,4,2,")
    assert points(blank["甲"])["A4"] == 10
    assert found(problems) == [("reason-missing", "E2")]
    given, problems = tried(rules, tmp_path, "school,A1,A2,A3,A4,A4.reason\n甲,0,5,4,2,缺页")
    assert points(given["甲"])["A4"] == 8
    assert not problems


def test_groups_rank_apart(rules: Rubric, tmp_path: Path) -> None:
    text = "school,学段,A1,A2,A3,A4\n甲,小学,0,5,4,0\n乙,小学,1,5,4,0\n丙,初中,2,5,4,0"
    together, _ = tried(rules, tmp_path, text)
    assert [together[name].rank for name in "甲乙丙"] == [1, 2, 3]
    apart, _ = tried(rules, tmp_path, text, groups=("学段",))
    assert [(apart[name].group, apart[name].rank) for name in "甲乙丙"] == [
        ("小学组", 1),
        ("小学组", 2),
        ("初中组", 1),
    ]


def test_every_mistake_is_told_with_its_cell(rules: Rubric, tmp_path: Path) -> None:
    _, problems = tried(
        rules,
        tmp_path,
        """
学校,学段,A1,A2,A2.桶,备注,A1,A3,A4
甲,小小学,很多,5、冷,1,好,,4,7
甲,小学,1,5,,,,4,0
,小学,1,5,,,,4,0
乙,小学,1,5,,,,NA,0
""",
    )
    assert sorted(item for item in found(problems) if item[1]) == [
        ("entry-not-understood", "C2"),
        ("entry-not-understood", "D2"),
        ("entry-out-of-range", "I2"),
        ("roster-heading-twice", "G1"),
        ("roster-id-missing", "A4"),
        ("roster-id-twice", "A3"),
        ("roster-trait-value", "B2"),
        ("trial-column-unknown", "E1"),
        ("trial-column-unknown", "F1"),
    ]
    near = next(item for item in problems if item.place.cell == "E1")
    assert near.remedy == "可以用：A2、A2.柜.1、A2.柜.2、A2.柜.3、A2.柜"


def test_a_title_may_stand_above_the_headings(rules: Rubric, tmp_path: Path) -> None:
    scores, _ = tried(rules, tmp_path, "2026 年试算,,\n,,\n学校名称,A1,A2\n第一小学,1,5")
    assert points(scores["第一小学"])["A1"] == 8


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(item) for item in arguments])


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("细则.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path


TEXT = "学校,寄宿,A1,A2,A3,A4\n第一小学,是,1,5;9,3,0\n"
SAME = (
    "第一小学,第一小学,全部学校,shiyong,1,32.0000,40.0000,32.00,0.0000,0.0000,32.00,合格,1,1,,,"
    "true,complete,"
)
ITEMS = ",,8.0000,6.0000,8.0000,10.0000"
"""Nothing stands in the way of a better grade; then the indicators."""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_every_encoding_that_people_save(here: Path, encoding: str) -> None:
    Path("表.csv").write_text(TEXT, encoding=encoding)
    done = run("rubric", "try", "细则.yaml", "表.csv")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1:] == [SAME + ITEMS]


def test_a_workbook_does_as_well(here: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["学校", "寄宿", "A1", "A2.柜.1", "A2.柜.2", "A3", "A4"])
    book.active.append(["第一小学", "是", 1, 5, 9, 3, 0])
    book.save("表.xlsx")
    done = run("rubric", "try", "细则.yaml", "表.xlsx")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1:] == [SAME + ITEMS]


def test_out_writes_what_excel_opens_right(here: Path) -> None:
    Path("表.csv").write_text(TEXT, encoding="utf-8")
    done = run("rubric", "try", "细则.yaml", "表.csv", "--out", "分.csv")
    assert (done.exit_code, done.stdout) == (0, "")
    written = Path("分.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfschool_id,school,group,")
    assert written.decode("utf-8-sig").splitlines()[1:] == [SAME + ITEMS]


def test_mistakes_go_to_stderr_and_the_others_are_scored(here: Path) -> None:
    Path("表.csv").write_text(TEXT + "第二小学,是,很多,5,3,0\n", encoding="utf-8")
    done = run("rubric", "try", "细则.yaml", "表.csv")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[1] == SAME + ITEMS
    assert done.stdout.splitlines()[2].endswith(
        ",provisional,未查 1 项,有 1 项未查,未查,10.0000,8.0000,10.0000"
    )
    assert "表.csv C3\n      “很多”看不懂" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["无.yaml", "表.csv"], "无.yaml"),
        (["细则.yaml", "无.csv"], "无.csv"),
        (["坏.yaml", "表.csv"], "坏.yaml"),
        (["细则.yaml", "缺.csv"], "没有写学校的一列"),
        (["细则.yaml", "表.csv", "--from", "2026-01-01"], "--to"),
        (["细则.yaml", "表.csv", "--from", "2026-02-01", "--to", "2026-01-01"], "早于"),
        (["细则.yaml", "表.csv", "--day", "明天"], "明天"),
        (["细则.yaml", "表.csv", "--group", "颜色"], "颜色"),
    ],
)
def test_what_cannot_start_leaves_with_status_2(
    here: Path, arguments: list[str], said: str
) -> None:
    Path("表.csv").write_text(TEXT, encoding="utf-8")
    Path("缺.csv").write_text("A1,A2\n1,5\n", encoding="utf-8")
    Path("坏.yaml").write_text("id: x\n", encoding="utf-8")
    done = run("rubric", "try", *arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_in_the_way_of_the_output_is_told(here: Path) -> None:
    Path("表.csv").write_text(TEXT, encoding="utf-8")
    Path("分.csv").mkdir()
    done = run("rubric", "try", "细则.yaml", "表.csv", "--out", "分.csv")
    assert done.exit_code == 1
    assert "分.csv 写不进去" in done.stderr


def test_the_same_as_json(here: Path) -> None:
    Path("表.csv").write_text(TEXT, encoding="utf-8")
    told = json.loads(run("rubric", "try", "细则.yaml", "表.csv", "--json").stdout)
    (one,) = told["scores"]
    items = one.pop("indicators")
    assert one.pop("why") == ""
    assert ",".join(one.values()) == SAME
    assert {name: item["earned"] for name, item in items.items()} == {
        "A1": "8.0000", "A2": "6.0000", "A3": "8.0000", "A4": "10.0000"
    }  # fmt: skip
    assert items["A2"]["reason"] == "冷藏柜 9 ℃，应为 0～8 ℃，1 处 × 4 分"
    assert told["problems"] == []


def test_notes_are_told_once(here: Path) -> None:
    rows = "".join(f"第{n}小学,是,{n % 3}个,5;6,3,0\n" for n in range(200))
    Path("表.csv").write_text("学校,寄宿,A1,A2,A3,A4\n" + rows, encoding="utf-8")
    told = json.loads(run("rubric", "try", "细则.yaml", "表.csv", "--json").stdout)
    assert [(item["code"], item["cell"]) for item in told["problems"]] == [("trial-notes", "C2")]
    assert "200 处" in told["problems"][0]["message"]


@pytest.mark.parametrize("typed", ["不适用", "缺项", "无", "无此项", "/", "—"])
def test_whoever_means_not_applicable_is_told_to_write_it(
    rules: Rubric, tmp_path: Path, typed: str
) -> None:
    _, problems = tried(rules, tmp_path, f"学校,寄宿,A1,A2,A3,A4\n一小,是,1,{typed},3,0")
    assert found(problems)[0] == ("trial-na", "D2")
    assert "NA" in problems[0].remedy


def test_why_there_is_no_better_grade_stands_beside_it(here: Path) -> None:
    grades = "grades: [{grade: 优秀, range: ≥24, largest_at_most: 3}, {grade: 合格, range: ≥24}, "
    text = RULES.replace("grades: [{grade: 合格, range: ≥24}, ", grades)
    Path("细则.yaml").write_text(text, encoding="utf-8")
    Path("表.csv").write_text(TEXT, encoding="utf-8")
    done = run("rubric", "try", "细则.yaml", "表.csv")
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert (row["grade"], row["why"]) == ("合格", "单项扣了 4 分，超过 3 分，不能评为“优秀”")


def test_a_rubric_may_add_traits_of_its_own(here: Path) -> None:
    text = RULES.replace("when: {寄宿: 是}", "when: {有宿舍: true, 床位数: ≥50}")
    own = "traits: {有宿舍: {type: yes_no, headings: [是否有宿舍]}, 床位数: {type: number}}\n"
    Path("细则.yaml").write_text(text + own, encoding="utf-8")
    rows = "学校,是否有宿舍,床位数,A1,A2,A3,A4\n一小,是,80,1,5,3,0\n二小,否,,1,5,,0\n"
    Path("表.csv").write_text(rows, encoding="utf-8")
    done = run("rubric", "try", "细则.yaml", "表.csv", "--group", "有宿舍")
    assert (done.exit_code, done.stderr) == (0, "")
    first, second = csv.DictReader(io.StringIO(done.stdout))
    assert [(row["A3"], row["group"]) for row in (first, second)] == [
        ("8.0000", "是组"), ("合理缺项", "否组")
    ]  # fmt: skip


def test_what_is_inspected_is_called_by_its_name(here: Path) -> None:
    Path("细则.yaml").write_text(f"{RULES}subject: {{name: 支部, measure: 个}}\n", encoding="utf-8")
    rows = "支部名称,寄宿,A1,A2,A3,A4\n一支,是,1,5,,0\n二支,是,1,5,3,0\n三支,是,1,5,4,0\n"
    Path("表.csv").write_text(rows, encoding="utf-8")
    done = run("rubric", "try", "细则.yaml", "表.csv")
    found = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["group"] for row in found] == ["全部支部"] * 3
    assert "本组有 1 个支部的检查情况尚未核定" in found[1]["provisional"]
    Path("表.csv").write_text("某某,A1\n一支,1\n", encoding="utf-8")
    asked = run("rubric", "try", "细则.yaml", "表.csv")
    assert "表里没有写支部的一列" in asked.stderr and "支部名称" in asked.stderr


def test_a_school_whose_condition_cannot_be_read_is_not_scored(rules: Rubric, here: Path) -> None:
    text = """
学校,寄宿,A1,A2,A3,A4,造假,P1
甲校,住校,0,5,4,0,,
乙校,是,0,5,4,0,,
"""
    scores, problems = tried(rules, here, text)
    told = [item for item in found(problems) if item[1] == "B2"]
    assert told == [("roster-trait-value", "B2"), ("trial-trait-unread", "B2")]
    assert (scores["甲校"].total, scores["甲校"].grade) == (None, "")
    assert scores["乙校"].total is not None
    assert "school-unvisited" not in [code for code, _ in found(problems)]


def test_a_trait_that_decides_nothing_costs_nothing(rules: Rubric, here: Path) -> None:
    scores, problems = tried(rules, here, "学校,学段,寄宿,A1,A2,A3,A4\n甲校,学堂,是,0,5,4,0")
    assert ("roster-trait-value", "B2") in found(problems)
    assert scores["甲校"].total is not None


def test_votes_that_somebody_typed_are_no_secret_to_them() -> None:
    votes = {"kind": "votes", "options": {"好": 1, "差": "0.4"}, "quorum": "2/3"}
    row = {"school": "甲", "A1.好": 20, "A1.差": 5, "A1.invalid": 0, "A1.entitled": 50}
    scores, problems = try_table(one_rule(votes), table_of([row]))
    assert scores is not None
    (told,) = [item for item in problems if item.code == "votes-below-quorum"]
    assert "有效票不足应到人数的 2/3（有效 25 票，应到 50 人）" in told.message


VISITS = """\
学校,寄宿,次别,督学,检查日,A1,A2,A3,A4
一小,是,平时,甲,2026-3-5,1,5;9,3,0
一小,,平时,乙,2026-3-5,1,5;9,3,2
一小,,年终,甲,2026-10-5,0,5,4,0
二小,是,平时,甲,2026-3-6,0,5,4,0
"""


def test_inspectors_and_visits_are_combined_as_a_round_says(here: Path) -> None:
    Path("表.csv").write_text(VISITS, encoding="utf-8")
    Path("设置.yaml").write_text(
        "combining: {inspectors: worst, visits: weighted, weights: {平时: 40, 年终: 60}}\n"
        "elapsed: {quarter: 4}\n",
        encoding="utf-8",
    )
    done = run("rubric", "try", "细则.yaml", "表.csv", "--round", "设置.yaml", "--json")
    assert done.exit_code == 0
    first, second = json.loads(done.stdout)["scores"]
    # 40 % of 8, 6, 8 and 8 (the worst), 60 % of full points.
    earned = {name: item["earned"] for name, item in first["indicators"].items()}
    assert earned == {"A1": "9.2000", "A2": "8.4000", "A3": "9.2000", "A4": "9.2000"}
    assert (first["total"], first["rank"], second["rank"]) == ("36.00", "2", "1")
    entered = first["indicators"]["A1"]["entered"]
    assert entered == "平时 乙、平时 甲：1 处；年终 甲：0 处"
    plain, _ = csv.DictReader(io.StringIO(run("rubric", "try", "细则.yaml", "表.csv").stdout))
    assert plain["A4"] == "9.5000"  # the mean of the visit, then of both visits


def test_quotas_red_lines_and_ties_go_by_the_settings(here: Path) -> None:
    rows = "".join(f"第{n}小学,是,{n},5;6,4,0\n" for n in (0, 0, 1, 2))
    rows = rows.replace("第0小学", "甲校", 1).replace("第0小学", "乙校", 1)
    Path("表.csv").write_text(f"学校,寄宿,A1,A2,A3,A4\n{rows}", encoding="utf-8")
    Path("设置.yaml").write_text(
        "ranking: {quotas: [{grade: 合格, share: 50%, then: 不合格, edge: keep}]}\n",
        encoding="utf-8",
    )
    done = run("rubric", "try", "细则.yaml", "表.csv", "--round", "设置.yaml")
    found = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["grade"] for row in found] == ["合格", "合格", "不合格", "不合格"]
    assert "50%" in found[2]["why"]


def test_a_full_round_yaml_does_as_well(here: Path) -> None:
    period = Period(since=date(2026, 1, 1), until=date(2026, 10, 31))
    of = Round(id="r", title="检查", bureau="局", rubrics=("shiyong",), window=period)
    Path("round.yaml").write_text(settings_text(of), encoding="utf-8")
    Path("表.csv").write_text(TEXT, encoding="utf-8")
    done = run("rubric", "try", "细则.yaml", "表.csv", "--round", "round.yaml")
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert row["A3"] == "10.0000"  # three quarters have passed, and three were held


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ranking: {quotas: [{grade: 特优, share: 50%, then: 合格}]}", "特优"),
        ("ranking: {tie_keys: [dimension:Z]}", "dimension:Z"),
        ("combining: {weights: {春季: 40}}", "春季"),
        ("combining: {visits: 平均}", "平均"),
        ("combining：{}", "半角冒号"),
    ],
)
def test_settings_that_do_not_fit_are_told_with_their_file(
    here: Path, text: str, said: str
) -> None:
    Path("表.csv").write_text(VISITS, encoding="utf-8")
    Path("设置.yaml").write_text(text + "\n", encoding="utf-8")
    done = run("rubric", "try", "细则.yaml", "表.csv", "--round", "设置.yaml")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "设置.yaml" in done.stderr
    assert said in done.stderr


def test_rows_of_one_school_fit_together(rules: Rubric, tmp_path: Path) -> None:
    scores, problems = tried(
        rules,
        tmp_path,
        """
学校,寄宿,督学,检查日,A1,A2,A3,A4
一小,是,甲,2025-12-31,1,5,4,0
一小,否,乙,2026-01-01,1,5,4,0
一小,是,甲,2025-12-31,2,5,4,0
一小,是,甲,某天,2,5,4,0
二小,是,,,1,5,4,0
""",
    )
    assert found(problems) == [
        ("trial-row-twice", "A4"),
        ("trial-day", "D5"),
        ("trial-trait-differs", "B3"),
    ]
    # Each row by the rule of its day: 1 point off until 2025, 2 from then on.
    assert points(scores["一小"])["A1"] == 8.5
    assert points(scores["二小"])["A1"] == 8


def test_without_a_column_for_it_a_second_row_is_a_mistake(rules: Rubric, tmp_path: Path) -> None:
    _, problems = tried(rules, tmp_path, "学校,寄宿,A1,A2,A3,A4\n一小,是,1,5,4,0\n一小,是,1,5,4,0")
    assert found(problems) == [("roster-id-twice", "A3")]


def test_a_normalised_score_is_out_of_the_points_of_the_rubric() -> None:
    parts = [
        {"kind": "linear", "label": "天数", "full": 5},
        {"kind": "linear", "label": "次数", "full": 5},
    ]
    made, problems = loads_rubric(THOUSAND % tuple(json.dumps(part) for part in parts))
    assert made is not None, problems
    row = {"school": "甲", "A1": 4, "A2": "NA"}
    scores, _ = try_table(made, table_of([row]))
    assert scores is not None
    (one,) = scores.schools
    assert (one.earned, one.applicable) == (7_200_000, 9_000_000)
    assert one.normalised == 8_000_000  # 720 of 900, of 1000


THOUSAND = """
id: qian
version: "1"
title: 千分制
points: 1000
documents: {依据: {title: 依据}}
grades: [{grade: 合格, range: ≥600}, {grade: 不合格, range: <600}]
dimensions:
  - id: A
    title: 一
    points: 1000
    indicators:
      - {id: A1, title: 公示, points: 900, basis: [依据], method: [现场查看], rule: %s}
      - {id: A2, title: 公开, points: 100, basis: [依据], method: [现场查看], rule: %s}
"""


def test_a_thousand_mistakes_of_one_kind_are_a_few_lines(here: Path) -> None:
    rows = "".join(f"第{n}小学,是,1,5;6,不适用,0\n" for n in range(1000))
    Path("表.csv").write_text("学校,寄宿,A1,A2,A3,A4\n" + rows, encoding="utf-8")
    done = run("rubric", "try", "细则.yaml", "表.csv", "--json")
    assert done.exit_code == 1
    told = json.loads(done.stdout)["problems"]
    assert [(it["code"], it["cell"]) for it in told if it["code"].startswith("trial")] == [
        ("trial-na", "E2"), ("trial-na", "E3"), ("trial-na", "E4"), ("trial-alike", "E5"),
        ("trial-incomplete", ""),
    ]  # fmt: skip
    assert "997 处" in told[3]["message"]
    assert "E5、E6、E7 等" in told[3]["message"]


def test_indicator_by_indicator(here: Path) -> None:
    Path("表.csv").write_text(TEXT, encoding="utf-8")
    done = run("rubric", "try", "细则.yaml", "表.csv", "--items")
    found = {row["indicator"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert list(found) == ["A1", "A2", "A3", "A4"]
    assert found["A2"]["entered"] == "冷藏柜 1：5 ℃，冷藏柜 2：9 ℃"
    assert (found["A2"]["points"], found["A2"]["earned"]) == ("10.0000", "6.0000")
    assert found["A2"]["reason"] == "冷藏柜 9 ℃，应为 0～8 ℃，1 处 × 4 分"


def test_json_goes_to_the_file_that_out_names(here: Path) -> None:
    Path("表.csv").write_text(TEXT, encoding="utf-8")
    done = run("rubric", "try", "细则.yaml", "表.csv", "--json", "--out", "分.json")
    assert (done.exit_code, done.stdout) == (0, "")
    printed = run("rubric", "try", "细则.yaml", "表.csv", "--json")
    assert json.loads(Path("分.json").read_text("utf-8")) == json.loads(printed.stdout)


def test_people_at_a_terminal_see_tables(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "160")
    Path("表.csv").write_text(TEXT, encoding="utf-8")
    few = run("rubric", "try", "细则.yaml", "表.csv").stdout
    for text in (
        "试用细则",
        "32.00",
        "合格",
        "1/1",
        "冷藏柜 9 ℃，应为 0～8 ℃，1 处 × 4 分",
        "3 次",
    ):
        assert text in few
    rows = "".join(f"第{n}小学,是,1,5;9,3,0\n" for n in range(10))
    Path("表.csv").write_text("学校,寄宿,A1,A2,A3,A4\n" + rows, encoding="utf-8")
    many = run("rubric", "try", "细则.yaml", "表.csv").stdout
    assert "冷藏柜" not in many
    assert "--items" in many
    assert run("rubric", "try", "细则.yaml", "表.csv", "--items").stdout.count("冷藏柜 9 ℃") == 10


def test_the_example_on_the_page_runs(here: Path) -> None:
    pages = Path(scoring.__file__).parents[1]
    own = (pages / "rubrics" / "README.md").read_text("utf-8").split("```yaml\n")[1]
    page = (pages / "scoring" / "README.md").read_text("utf-8").partition("### 试算")[2]
    Path("校服.yaml").write_text(own.split("```\n")[0], encoding="utf-8")
    Path("表.csv").write_text(page.split("```csv\n")[1].split("```\n")[0], encoding="utf-8")
    settings = page.split("```yaml\n")[1].split("```\n")[0]
    Path("设置.yaml").write_text(
        settings.replace("优秀", "合格").replace("良好", "不合格"), "utf-8"
    )
    done = run("rubric", "try", "校服.yaml", "表.csv", "--round", "设置.yaml", "--json")
    told = json.loads(done.stdout)
    (one,) = told["scores"]
    assert told["problems"] == []
    # 95 and 95 at the one visit (40 %), 100 at the other (60 %).
    assert one["total"] == "98.00"


def test_what_is_missing_is_told_where_the_rest_of_its_item_stands(tmp_path: Path) -> None:
    rules = """
id: zheng
version: "1"
title: 证照
points: 10
documents: {依据: {title: 依据}}
grades: [{grade: 合格, range: ≥6}, {grade: 不合格, range: <6}]
dimensions:
  - id: A
    title: 一
    points: 10
    indicators:
      - {id: A1, title: 证照, points: 10, basis: [依据], method: [查阅档案],
         rule: {kind: all_or_none, requirements: [{id: 甲, label: 许可}, {id: 乙, label: 登记}]}}
"""
    made, _ = loads_rubric(rules)
    assert made is not None
    _, problems = tried(made, tmp_path, "学校,A1.甲\n一小,√\n")
    assert ("entry-missing", "B2") in found(problems)
    # A cell for the whole item that cannot be understood is one mistake, not one for each part.
    _, problems = tried(made, tmp_path, "学校,A1\n一小,大概\n")
    assert [code for code, _ in found(problems) if code.startswith("entry")] == [
        "entry-not-understood"
    ]


MARKS = """
id: wei
version: "1"
title: 违规记分
scale: demerits
points: 60
places: 0
documents: {依据: {title: 依据}}
grades: [%s]
dimensions:
  - id: A
    title: 一
    points: 60
    indicators:
      - {id: A1, title: 甲, points: 30, basis: [依据], method: [现场查看],
         rule: {kind: points, step: 1}}
      - {id: A2, title: 乙, points: 30, basis: [依据], method: [现场查看],
         rule: {kind: points, step: 1}}
"""
TOUCHING = "{grade: 甲, range: ≤13}, {grade: 乙, range: '[14, 27]'}, {grade: 丙, range: ≥28}"
ALIKE = (
    "{grade: 低, range: ≤4, largest_at_most: 2}, {grade: 低中, range: ≤4},"
    " {grade: 中, range: '(4, 6]'}, {grade: 高, range: '>6'}"
)


@pytest.mark.parametrize(
    ("grades", "rated"),
    [
        # Totals are whole, so that nothing lies between 13 and 14.
        (TOUCHING, {(0, 0): "甲", (13, 0): "甲", (7, 7): "乙", (13, 14): "乙", (28, 0): "丙"}),
        # Two grades on one range: whoever does not meet the first one's condition has the other.
        (ALIKE, {(2, 2): "低", (3, 0): "低中", (3, 1): "低中", (2, 3): "中", (4, 3): "高"}),
    ],
)
def test_grades_of_whole_marks(
    tmp_path: Path, grades: str, rated: dict[tuple[int, int], str]
) -> None:
    made, problems = loads_rubric(MARKS % grades)
    assert made is not None
    assert not has_errors(problems)
    rows = [f"校{n},{one},{two}" for n, (one, two) in enumerate(rated)]
    scores, _ = tried(made, tmp_path, "\n".join(["学校,A1,A2", *rows]))
    assert [score.grade for score in scores.values()] == list(rated.values())

"""rubric try: what schools gave themselves, in a column of its own beside each indicator."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import scoring
from rubrics.files.loading import loads_rubric
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem
from rubrics.values.points import to_units
from scoring.__main__ import app
from scoring.results.scores import SchoolScore
from scoring.trial.tables import table_of
from scoring.trial.trying import try_table

RULES = """
id: zipin
version: "1"
title: 自评试用
points: 30
self_assessment: ASKS
documents: {依据: {title: 依据}}
grades: [{grade: 合格, range: ≥18}, {grade: 不合格, range: <18}]
dimensions:
  - id: A
    title: 一
    points: 30
    indicators:
      - {id: A1, title: 公示, points: 10, basis: [依据], method: [现场查看],
         rule: {kind: deduct, faults: [{label: 缺公示, each: 2}]}}
      - {id: A2, title: 例会, points: 10, basis: [依据], method: [查阅档案], when: {寄宿: 是},
         rule: {kind: points, step: 0.5}}
      - {id: A3, title: 谈话, points: 4, basis: [依据], method: [个别谈话], rule: {kind: points}}
      - {id: A4, title: 现场, points: 6, basis: [依据], method: [现场查看], rule: {kind: points}}
"""
ASKS = "{step: 0.5, leave_out: [A4], free: 1, each: 0.5, limit: 2, missing: 3}"


def rules(asks: str = ASKS) -> Rubric:
    made, problems = loads_rubric(RULES.replace("ASKS", asks))
    assert made is not None, problems
    return made


def tried(
    rows: list[dict[str, object]], asks: str = ASKS
) -> tuple[dict[str, SchoolScore], list[Problem]]:
    scores, problems = try_table(rules(asks), table_of(rows))
    assert scores is not None
    return {one.school.id: one for one in scores.schools}, problems


def found(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(item.code, item.place.cell) for item in problems]


SEEN = {"寄宿": "是", "A1": 1, "A2": 8, "A3": 4, "A4": 6}


def cost(score: SchoolScore) -> Decimal:
    assert score.own is not None
    assert score.own.cost == score.penalty
    assert score.normalised is not None
    assert score.total == score.normalised - score.penalty
    return Decimal(score.own.cost) / 10_000


def test_each_school_pays_for_what_it_gave_itself() -> None:
    scores, problems = tried(
        [
            {"school": "高", **SEEN, "A1.自评": 10, "A2.自评": 10},
            {"school": "不高", **SEEN, "A1.自评": 8, "A2.自评": "8.5分"},
            {"school": "低", **SEEN, "A1.自评": 0, "A2.自评": 0},
            {"school": "未交", **SEEN},
            {"school": "一项", **SEEN, "A1.自评": "不适用", "A2.自评": 10},
            {"school": "未查", "寄宿": "是", "A1.自评": 10},
        ]
    )
    assert {school: cost(it) for school, it in scores.items() if it.visits and it.total} == {
        "高": Decimal("1.5"), "不高": 0, "低": 0, "未交": 3, "一项": Decimal("0.5"),
    }  # fmt: skip
    assert scores["未查"].penalty == 0
    own = scores["一项"].own
    assert own is not None
    assert (own.asked, own.count, own.own, own.review) == (2, 1, 100_000, 80_000)
    assert {code for code, _ in found(problems)} == {"visit-incomplete"}


def test_a_table_without_such_columns_charges_nothing_and_says_so() -> None:
    scores, problems = tried([{"school": "甲", **SEEN}])
    assert (scores["甲"].own, scores["甲"].penalty) == (None, 0)
    assert found(problems) == [("trial-own-missing", "A1")]
    assert "A1.自评、A2.自评" in problems[0].remedy
    # Where it costs nothing there is nothing to miss.
    assert tried([{"school": "甲", **SEEN}], "true")[1] == []


@pytest.mark.parametrize("typed", ["很好", "10.2", 10.5, -1, "120%", "√"])
def test_what_cannot_be_a_schools_own_score_is_told_and_counts_for_nothing(typed: object) -> None:
    scores, problems = tried([{"school": "甲", **SEEN, "A1.自评": typed, "A2.自评": 8}])
    assert found(problems) == [("rows-value", "G2")]
    own = scores["甲"].own
    assert own is not None
    assert (own.handed_in, own.count, own.own) == (True, 1, 80_000)


def test_columns_that_nobody_is_asked_for_are_told() -> None:
    row = {"school": "甲", **SEEN, "A3.自评": 4, "A4.自评": 6, "A1.自评": 8, "A9.自评": 1}
    _, problems = tried([row])
    assert found(problems) == [
        ("trial-column-unknown", "J1"),
        ("trial-own-unasked", "G1"),
        ("trial-own-unasked", "H1"),
    ]
    made, _ = loads_rubric(RULES.replace("self_assessment: ASKS\n", ""))
    assert made is not None
    _, problems = try_table(made, table_of([{"school": "甲", **SEEN, "A1.自评": 8}]))
    assert found(problems) == [("trial-own-unasked", "G1")]


def test_what_does_not_apply_to_a_school_it_cannot_score() -> None:
    row = {"school": "甲", **SEEN, "寄宿": "否", "A2": "", "A1.自评": 10, "A2.自评": 10}
    scores, problems = tried([row])
    assert ("trial-own-unasked", "H2") in found(problems)
    own = scores["甲"].own
    assert own is not None
    assert (own.asked, own.count, cost(scores["甲"])) == (1, 1, Decimal("0.5"))


def test_of_several_rows_of_a_school_the_first_that_says_it_counts() -> None:
    first: dict[str, object] = {"school": "甲", **SEEN, "督学": "甲", "A1.自评": "", "A2.自评": 8}
    scores, problems = tried(
        [first, first | {"督学": "乙", "A1.自评": 10}, first | {"督学": "丙", "A1.自评": 9}]
    )
    assert found(problems) == [("trial-own-differs", "H4")]
    own = scores["甲"].own
    assert own is not None
    assert own.own == to_units(Decimal(18))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(item) for item in arguments])


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("细则.yaml").write_text(RULES.replace("ASKS", ASKS), encoding="utf-8")
    Path("表.csv").write_text(
        "学校,寄宿,A1,A2,A3,A4,A1.自评,A2.自评\n一小,是,1,8,4,6,10,10\n二小,是,1,8,4,6,,\n",
        encoding="utf-8",
    )
    return tmp_path


SAID = "自评高 4 分，超过 1 分的部分每 1 分扣 0.5 分，扣 1.5 分"


def test_the_arithmetic_is_printed(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rubrics.messages.terminal.on_terminal", lambda: True)
    told = run("rubric", "try", "细则.yaml", "表.csv").stdout
    assert f"一小\t20\t16\t+4\t1.5\t{SAID}" in told
    assert "二小\t\t\t\t3\t没有交自评表，扣 3 分" in told
    assert "A1\t公示\t10\t10\t8\t1 处\t" in told
    assert "总分 24.50" in told


def test_programs_get_it_too(here: Path) -> None:
    (one, two) = json.loads(run("rubric", "try", "细则.yaml", "表.csv", "--json").stdout)["scores"]
    assert {key: one[key] for key in one if key.startswith("self_assessment")} == {
        "self_assessment_own": "20.0000",
        "self_assessment_review": "16.0000",
        "self_assessment_apart": "4.0000",
        "self_assessment_penalty": "1.5000",
        "self_assessment_why": SAID,
    }
    assert (one["penalty"], one["total"]) == ("1.5000", "24.50")
    assert (one["indicators"]["A1"]["own"], one["indicators"]["A4"]["own"]) == ("10", "")
    assert (two["self_assessment_own"], two["self_assessment_penalty"]) == ("", "3.0000")
    rows = list(csv.DictReader(io.StringIO(run("rubric", "try", "细则.yaml", "表.csv").stdout)))
    assert [row["self_assessment_penalty"] for row in rows] == ["1.5000", "3.0000"]
    items = run("rubric", "try", "细则.yaml", "表.csv", "--items").stdout
    assert [row["own"] for row in csv.DictReader(io.StringIO(items))] == [
        "10", "10", "", "", "", "", "", "",
    ]  # fmt: skip


def test_the_example_on_the_page_runs(here: Path) -> None:
    page = (Path(scoring.__file__).parent / "README.md").read_text("utf-8")
    example = page.partition("学校自评的分")[2]
    rows = example.split("```csv\n")[1].split("```\n")[0]
    own = (Path(scoring.__file__).parents[1] / "rubrics" / "README.md").read_text("utf-8")
    asks = example.split("`")[1]
    text = own.split("```yaml\n")[1].split("```\n")[0]
    Path("校服.yaml").write_text(f"{asks}\n{text}", encoding="utf-8")
    Path("表.csv").write_text(rows, encoding="utf-8")
    told = json.loads(run("rubric", "try", "校服.yaml", "表.csv", "--json").stdout)
    assert told["problems"] == []
    one, two = told["scores"]
    assert (one["total"], two["total"]) == ("94.60", "18.00")
    for score in (one, two):
        assert score["self_assessment_why"].replace(" ", "") in example.replace(" ", "")

"""explain: every figure it prints is the engine's, and the way leads down to the cell."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from typer.testing import CliRunner, Result

from inspections.ledger.of_round import open_round
from inspections.records.record import Record, State
from inspections.workbook.form.contents import RowEntry
from inspections.workbook.form.layout import Column
from rubrics.language.rubric import Rubric
from rubrics.values.points import from_units
from scoring.__main__ import app
from scoring.explaining import Explanation, explain, find_target, lines
from scoring.results.rounds import score_round
from scoring.results.scores import Scores
from tests.inspections.rosters import start_files
from tests.inspections.small_round import (
    DAY,
    INSPECTORS,
    entry_cell,
    small_round,
    spec,
    write,
)
from tests.reference.exact import half_up
from tests.scoring import small
from tests.scoring.rounds import County, counties
from tests.scoring.small import a_round, item, roster, rubric, visit


def explained(
    of: Rubric,
    *visits: Record,
    asked: str = "甲校",
    about: tuple[str, ...] = ("sample",),
    traits: Mapping[str, Mapping[str, Any]] | None = None,
    **more: Any,
) -> Explanation:
    known = roster(traits or {it.key.school: {} for it in visits})
    round_ = a_round(**more)
    scores, _ = score_round(round_, {of.id: of}, known, (), visits, open_records=True)
    target, problems = find_target(known, {of.id: of}, asked, *about)
    assert target is not None, problems
    return explain(round_, scores, known.inspectors, target)


def because(told: Explanation, name: str) -> str:
    (step,) = [it for it in told.rubrics[0].steps if it.name == name]
    return f"{step.value}：{step.because}"


def text(told: Explanation) -> str:
    return "\n".join(line.plain for line in lines(told))


# --- the sums -------------------------------------------------------------------------------


def test_the_total_is_shown_as_an_exact_fraction_and_its_rounding() -> None:
    of = rubric(
        item("A1", 87),
        item("B3", 13, excusable=True),
        bonus={
            "cap": 5,
            "items": [{"id": "P1", "title": "典型", "rule": bonus(), "evidence": "none"}],
        },
    )
    told = explained(of, visit("甲校", {"A1": 80, "B3": "NA", "P1": 1}))
    assert because(told, "标化分") == ("91.95：实得 80 ÷ 应得 87 × 100 ＝ 8000/87（91.95402…）")
    assert because(told, "总分") == (
        "93.95：标化分 8000/87（91.95402…） ＋ 加分 2 ＝ 8174/87（93.95402…），四舍五入到 2 位小数"
    )
    assert because(told, "应得") == "87：100 － 合理缺项 13"
    assert because(told, "实得") == "80：A 80"
    assert because(told, "合理缺项") == "1 项 13 分：B3 本校没有"
    assert because(told, "加分") == "2：P1 典型"


def test_what_a_cap_leaves_of_bonuses_is_told() -> None:
    items = [{"id": f"P{n}", "title": "典型", "rule": bonus(), "evidence": "none"} for n in (1, 2)]
    of = rubric(item("A1", 100), bonus={"cap": 5, "items": items})
    told = explained(of, visit("甲校", {"A1": 80, "P1": 2, "P2": 1}))
    assert because(told, "加分合计") == "5：各项共 6 分，超过上限的不计"


def test_what_is_below_zero_is_taken_away() -> None:
    faults = [{"id": "违规", "label": "违规", "each": 1, "unit": "起"}]
    below = item("B1", 20, rule={"kind": "deduct", "faults": faults, "floor": -3})
    told = explained(rubric(item("A1", 80), below), visit("甲校", {"A1": 70, "B1": {"违规": 22}}))
    assert because(told, "实得") == "68：A 70－B 2"
    of = rubric(below, item("C1", 80), excused="dimension")
    told = explained(of, visit("甲校", {"B1": {"违规": 22}, "C1": 70}))
    assert because(told, "实得") == "68：各一级指标折合：－B 2＋C 70"
    assert because(told, "标化分") == "68.00：－B 20 × 0.1 ＋ C 80 × 0.875 ＝ 68"
    assert because(told, "B") == "-2：－2 ÷ 20 ＝ -0.1"
    assert "＋ -" not in text(told)


def bonus() -> dict[str, Any]:
    return {"kind": "bonus", "each": 2, "limit": 4}


def test_weights_and_what_is_shared_inside_a_group_are_shown() -> None:
    three = [item(f"A{n}", 3, group="课程", excusable=True) for n in (1, 2, 3)]
    made = rubric(*three, item("A4", 10), item("B1", 100))
    first, second = made.dimensions
    weights = {"groups": {"课程": 30}, "points": 40, "weight": 60}
    of = made.model_copy(
        update={
            "points": 100,
            "excused": "group",
            "dimensions": (
                first.model_copy(update=weights),
                second.model_copy(update={"weight": 40}),
            ),
        }
    )
    typed = {"A1": 2, "A2": "NA", "A3": 2, "A4": 7, "B1": 50}
    told = explained(of, visit("甲校", typed))
    assert because(told, "A") == "27：（课程 30 × 4 ÷ 6 ＋ 7）÷ 40 ＝ 0.675"
    assert because(told, "标化分") == "60.50：A 60 × 0.675 ＋ B 40 × 0.5 ＝ 60.5"
    assert because(told, "实得") == "60.5：各一级指标折合：A 40.5＋B 20"


def test_what_each_sheet_comes_to_is_explained_of_items_as_they_are_rounded() -> None:
    made = rubric(item("A1", 1), item("B1", 1), rounding="items")
    weighed = zip(made.dimensions, (60, 40), strict=True)
    dimensions = tuple(one.model_copy(update={"weight": weight}) for one, weight in weighed)
    of = made.model_copy(update={"points": 100, "dimensions": dimensions})
    typed = {"A1": "0.3349", "B1": "0.5"}
    visits = [visit("甲校", typed, inspector=who) for who in ("甲", "乙")]
    told = explained(of, *visits, combining={"level": "total"})
    # 60 × 0.33 + 40 × 0.5, not 60 × 0.3349.
    assert because(told, "总分") == "39.80：标化分 39.8，四舍五入到 2 位小数"


def test_dimensions_in_the_table_add_up_as_the_sum_above_it_does() -> None:
    of = rubric(item("A1", 33), item("B1", 34), item("C1", 33), excused="dimension")
    weights = zip(of.dimensions, ((7, 33), (13, 34), (9, 33)), strict=True)
    dimensions = tuple(
        one.model_copy(
            update={
                "points": points,
                "weight": weight,
                "indicators": (one.indicators[0].model_copy(update={"points": points}),),
            }
        )
        for one, (points, weight) in weights
    )
    of = of.model_copy(update={"dimensions": dimensions})
    told = explained(of, visit("甲校", {"A1": "3.5", "B1": "10.899", "C1": "7.4286"}))
    _, _, sum_told = because(told, "实得").rpartition("：")
    table = re.findall(r"^ +([ABC]) 维度. +([\d.]+) ", text(told), re.M)
    assert "＋".join(" ".join(row) for row in table) == sum_told
    # Each rounded alone, they are 0.01 more.
    assert sum(Decimal(points) for _, points in table) == Decimal("72.24")


def test_a_zeroed_total_says_which_red_line_and_what_it_was() -> None:
    line = {
        "title": "瞒报",
        "triggers": [{"flag": "f", "label": "查实？"}],
        "consequence": {"zero_total": True, "award_lost": True},
    }
    of = rubric(item("A1", 100, red_lines=[line]))
    told = explained(of, visit("甲校", {"A1": {"": 95, "f": 1}}))
    assert because(told, "总分") == (
        "0.00：标化分 95，四舍五入到 2 位小数 ＝ 95.00；触及红线“瞒报”，总分改记"
    )
    assert because(told, "红线").startswith("触及 A1：瞒报：总分归零")
    assert because(told, "评优资格") == "取消：因触及红线"


def test_rank_tie_and_limits_are_said() -> None:
    of = rubric(
        item("A1", 50, key=True), item("B1", 50), key_limits=[{"failed": 1, "ceiling": "良好"}]
    )
    visits = [
        visit("甲校", {"A1": 45, "B1": 50}),
        visit("乙校", {"A1": 50, "B1": 45}),
        visit("丙校", {"A1": 50, "B1": None}),
    ]
    ranking = {"groups": [], "tie_keys": ["key_failed"]}
    told = explained(of, *visits, ranking=ranking)
    assert because(told, "名次") == (
        "暂列第 2 名：全部学校排名 2 所，本组有 1 所学校的检查情况尚未核定"
        "；同分，按“关键项不合格项数”分先后"
    )
    assert because(told, "等次") == "良好：关键项不合格 1 项（A1），等次不高于“良好”"
    assert because(told, "关键项") == "不符合 1 项：A1"
    other = explained(of, *visits, asked="乙校", ranking=ranking)
    assert because(other, "等次") == "优秀：总分不少于 90 分"
    third = explained(of, *visits, asked="丙校", ranking=ranking)
    assert because(third, "名次") == "不排名：有 1 项未查"
    assert because(third, "状态") == "还没有查完，结果是暂定的：未查 1 项"
    assert because(third, "未查") == "1 项 50 分：B1"


def test_several_records_and_visits_are_combined_step_by_step() -> None:
    of = rubric(item("A1", 100))
    visits = [
        visit("甲校", {"A1": 70}, occasion="平时"),
        visit("甲校", {"A1": 75}, inspector="乙", occasion="平时"),
        visit("甲校", {"A1": 90}, occasion="年终"),
    ]
    combining = {"visits": "weighted", "weights": {"平时": 40, "年终": 60}}
    told = explained(
        of, *visits, about=("sample", "A1"), occasions=["平时", "年终"], combining=combining
    )
    found = told.rubrics[0].item
    assert found is not None
    assert found.earned == 83
    assert found.combining == (
        "平时 2 份检查表（75、70）取平均，得 72.5；年终 1 份检查表，得 90；"
        "各次按权重（平时 40、年终 60），得 83"
    )


def test_a_finding_that_stands_and_counts_nothing_is_told() -> None:
    """Nothing was due, says one of two who disagree: that is kinder, and the other visit counts."""
    of = rubric(
        item("A1", 100, rule={"kind": "ratio", "numerator": "有", "denominator": "应有", "full": 1})
    )
    visits = [
        visit("甲校", {"A1": {"have": 0, "due": 0}}, inspector="甲", occasion="年终"),
        visit("甲校", {"A1": {"have": 0, "due": 10}}, inspector="乙", occasion="年终"),
        visit("甲校", {"A1": {"have": 5, "due": 10}}, inspector="乙", occasion="回头看"),
    ]
    told = explained(
        of,
        *visits,
        about=("sample", "A1"),
        occasions=["年终", "回头看"],
        combining={"facts": "agreed"},
    )
    found = told.rubrics[0].item
    assert found is not None
    assert found.earned == 50
    assert (
        found.combining
        == "年终 事实不一致，按有利于学校的计，这一次不计分；回头看 1 份检查表，得 50"
    )


def test_a_school_without_a_record_or_without_use_for_the_rubric() -> None:
    of = rubric(item("A1", 100), when={"寄宿": "是"})
    traits = {"甲校": {"寄宿": "是"}, "乙校": {"寄宿": "否"}}
    seen = visit("丙校", {"A1": 90})
    unvisited = explained(of, seen, asked="甲校", traits=traits)
    assert "还没有检查记录" in text(unvisited)
    unasked = explained(of, seen, asked="乙校", traits=traits)
    assert "本校不适用这份细则" in text(unasked)
    of_item = explained(of, seen, asked="甲校", about=("sample", "A1"), traits=traits)
    assert "没有检查记录" in text(of_item)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(county=counties())
def test_every_figure_that_is_explained_is_the_engines(county: County) -> None:
    scores, _ = score_round(
        county.round, county.rubrics, county.roster, (), county.visits, open_records=True
    )
    for school in county.roster.schools:
        for name, made in county.rubrics.items():
            compare(county, scores, school, name, made)


def compare(county: County, scores: Scores, school: str, name: str, made: Rubric) -> None:
    """The sums that are printed come to the total, the combinations to the indicator's points."""
    score = next(it for it in scores.rubrics[name].schools if it.school.id == school)
    target, _ = find_target(county.roster, county.rubrics, school, name)
    assert target is not None
    told = explain(county.round, scores, {}, target)
    assert text(told)
    if score.total is not None and not score.red_lines:
        sums = next(it.because for it in told.rubrics[0].steps if it.name == "总分")
        last = re.findall(r"-?\d+(?:[./]\d+)?", re.sub(r"（.*?）|，.*", "", sums))[-1]
        total = half_up(Fraction(last), made.places)
        total = total if made.floor is None else max(total, Fraction(made.floor))
        total = total if made.cap is None else min(total, Fraction(made.cap))
        assert total == Fraction(from_units(score.total))
    for indicator in score.indicators:
        target, _ = find_target(county.roster, county.rubrics, school, name, indicator.indicator)
        assert target is not None
        item_told = explain(county.round, scores, {}, target).rubrics[0].item
        assert item_told is not None
        assert item_told.id == indicator.indicator
        if indicator.state is State.CHECKED:
            counted = [it for it in item_told.records if it.points is not None]
            assert counted
            said = re.findall(r"得 (-?[\d./]+)", item_told.combining)
            last = said[-1] if said else str(counted[0].points)
            earned = Fraction(last)
            if made.rounding == "items":
                earned = half_up(earned, made.places)
            assert half_up(earned, 4) == Fraction(from_units(indicator.earned))


# --- what is meant --------------------------------------------------------------------------


def test_schools_rubrics_and_items_go_by_what_people_call_them(tmp_path: Path) -> None:
    of = small_round(tmp_path)

    def found(*said: str) -> tuple[str, str, str] | list[str]:
        target, problems = find_target(of.roster, of.rubrics, *said)
        if target is None:
            return [it.code for it in problems]
        return target.school.name, target.rubric, target.item

    assert found("21068101") == ("第一小学", "", "")
    assert found("第一小学", "kitchen", "A2") == ("第一小学", "kitchen", "A2")
    assert found("第一", "食堂") == ("第一小学", "kitchen", "")
    assert found("第一", "食堂细则", "R1") == ("第一小学", "kitchen", "R1")
    assert found("第一", "J1") == ("第一小学", "", "J1")
    assert found("小学") == ["school-ambiguous"]
    assert found("第三小学") == ["school-unknown"]
    assert found("第一", "细则") == ["explain-rubric-unknown"]
    assert found("第一", "A99") == ["explain-rubric-unknown"]
    assert found("第一", "party", "A99") == ["explain-item-unknown"]


def test_an_item_that_several_rubrics_have_is_told_under_each() -> None:
    one = rubric(item("A1", 100))
    other = one.model_copy(update={"id": "other", "title": "另一份"})
    rubrics = {it.id: it for it in (one, other)}
    seen = [visit("甲校", {"A1": 90}, of=name) for name in rubrics]
    known = roster({"甲校": {}})
    scores, _ = score_round(a_round(), rubrics, known, (), seen, open_records=True)
    target, _ = find_target(known, rubrics, "甲校", "A1")
    assert target is not None
    told = explain(a_round(), scores, {}, target)
    assert [(it.rubric, it.item and it.item.id) for it in told.rubrics] == [
        ("sample", "A1"),
        ("other", "A1"),
    ]


# --- down to the cell -----------------------------------------------------------------------


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(it) for it in arguments])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A round in which two inspectors' workbooks of one kitchen came back and were collected."""
    monkeypatch.chdir(tmp_path)
    given = start_files(Path())
    run("round", "start", "批次", *given, "--from", "2026-03-01", "--to", "2026-03-31")
    of, _ = open_round(Path("批次"))
    assert of is not None
    for code, faults in (("D01", 2), ("D02", 4)):
        inspector = of.roster.inspectors[code]
        head = {"同行督学": next(it.name for it in INSPECTORS if it.id != code)}
        rows = {"A1.x": RowEntry(faults)}
        write(of, of.folder.returned / f"{code}.xlsx", spec(head, rows, inspector=inspector))
    assert run("collect", "批次").exit_code in (0, 1)
    return tmp_path / "批次"


def test_an_indicator_is_followed_to_cell_file_digest_and_inspector(folder: Path) -> None:
    done = run("explain", folder, "第一小学", "kitchen", "A1")
    assert done.exit_code == 0, done.output
    of, _ = open_round(folder)
    assert of is not None
    for code, name in (("D01", "王建国"), ("D02", "李秀")):
        digest = hashlib.sha256((of.folder.returned / f"{code}.xlsx").read_bytes()).hexdigest()
        assert digest in done.output
        assert f"returned/{code}.xlsx" in done.output
        assert f"{name}（{code}）" in done.output
    cell = entry_cell(of, "A1.x")
    assert re.search(rf"{cell} +一般 +2 处", done.output)
    assert re.search(rf"{cell} +一般 +4 处", done.output)
    evidence = entry_cell(of, "A1", Column.EVIDENCE)
    assert re.search(rf"{evidence} +佐证材料 +1号笔录", done.output)
    assert f"{DAY} 8:30—11:00" in done.output
    assert "一般每处扣 0.5 分" in done.output  # the rule in words
    assert "文1 《某通知》，待核实" in done.output  # the basis, with its mark
    # 4 - 2 x 0.5, 4 - 4 x 0.5: facts are not averaged
    assert "（3、2）事实不一致，先按有利于学校的计，得 3" in done.output


def test_the_same_as_json(folder: Path) -> None:
    done = run("explain", folder, "第一小学", "kitchen", "A1", "--json")
    assert done.exit_code == 0
    told = json.loads(done.output)
    (kitchen,) = told["rubrics"]
    found = kitchen["item"]
    assert (found["earned"], found["state"], found["points"]) == ("3", "已查", "4")
    assert found["pending"]
    first = found["records"][0]
    assert first["file"] == "returned/D01.xlsx"
    assert first["points"] == "3"
    assert {"label": "一般", "value": "2 处"}.items() <= first["entries"][0].items()
    because = "待核 1 项，结果是暂定的"
    assert kitchen["steps"][0] == {"name": "状态", "value": "各项都已查", "because": because}


def test_extras_and_red_lines_can_be_asked_for(folder: Path) -> None:
    bonus_told = run("explain", folder, "第一小学", "J1").output
    assert "每项加 1 分，最多加 2 分；加分合计最多 2 分" in bonus_told
    line_told = run("explain", folder, "第一小学", "R1").output
    assert "没有触及" in line_told
    assert re.search(r"是否虚假 +否", line_told)


def test_a_school_is_told_with_its_weak_points_a_rubric_with_every_indicator(
    folder: Path,
) -> None:
    school = run("explain", folder, "第一小学").output
    assert "失分、未查、缺项的二级指标" in school
    assert "A2 管理" not in school
    whole = run("explain", folder, "第一小学", "kitchen").output
    assert "A2 管理" in whole
    assert re.search(r"A8 寄宿 +2 +合理缺项 +不适用（限寄宿）", whole)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["第九小学"], "没有学校“第九小学”"),
        (["小学"], "不止一所学校"),
        (["第一小学", "kitchen", "Z9"], "没有“Z9”这一项"),
        (["第一小学", "Z9"], "没有细则或指标“Z9”"),
    ],
)
def test_what_is_not_there_leaves_with_status_2(folder: Path, asked: list[str], said: str) -> None:
    done = run("explain", folder, *asked)
    assert done.exit_code == 2
    assert said in done.output


def test_no_round_leaves_with_status_2(tmp_path: Path) -> None:
    done = run("explain", tmp_path, "第一小学")
    assert done.exit_code == 2
    assert "不是一个检查批次" in done.output


def test_a_round_in_which_nothing_was_collected(tmp_path: Path) -> None:
    given = start_files(tmp_path)
    run("round", "start", tmp_path / "批", *given, "--from", "2026-03-01", "--to", "2026-03-31")
    done = run("explain", tmp_path / "批", "第一小学")
    assert done.exit_code == 1
    assert "台账里还没有检查记录" in done.output
    assert "还没有检查记录" in done.output


def test_columns_stand_under_their_headings() -> None:
    of = rubric(item("A1", 60), item("B2", 40))
    told = explained(of, visit("甲校", {"A1": 30, "B2": 20}), small.visit("甲校", {"A1": 31}))
    rows = [line.plain for line in lines(told) if "得分率" in line.plain or "维度" in line.plain]
    heading, first, second = rows
    assert cells_before(heading, "应得") == cells_before(first, "60") == cells_before(second, "40")


def cells_before(line: str, mark: str) -> int:
    """How many columns of a terminal stand before ``mark``."""
    before = line[: line.rindex(mark)]
    return sum(2 if ord(char) > 0x2E80 else 1 for char in before)

"""The ranking workbook says what letters say: what is provisional, alone, or without a verdict."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from inspections.round.school import Assignment
from scoring.results.scores import Scores
from tests.reports.ranking_books import by_school, opened, rows_of, text_of
from tests.scoring.small import a_round, item, rubric, scored, visit

OF = rubric(
    item("A1", 50, evidence="on_deduction"), item("A2", 50), excused_limit=40, title="厨房细则"
)
OTHER = OF.model_copy(update={"id": "other", "title": "门卫细则"})
SETTINGS = {
    "rubrics": ["sample", "other"],
    "ranking": {"groups": ["学段"]},
    "weights": {"sample": 60, "other": 40},
    "raters": "each",
}
STAGES = {"甲校": "小学", "乙校": "小学", "丙校": "小学", "丁校": "初中"}
PLAN = [Assignment("乙校", "sample", "第1次", "")]


def made() -> tuple[Scores, Workbook]:
    """甲校 waits for evidence, of 乙校 a sheet is missing, 丙校 has no verdict, 丁校 is alone."""
    visits = [visit(name, {"A1": 50, "A2": 48}, of="other") for name in STAGES]
    visits += [
        visit("甲校", {"A1": 49, "A2": 50}),
        visit("乙校", {"A1": 50, "A2": 40}),
        visit("丙校", {"A1": "50", "A2": "NA"}),
        visit("丁校", {"A1": 50, "A2": 30}),
    ]
    traits = {name: {"学段": stage} for name, stage in STAGES.items()}
    scores, problems = scored([OF, OTHER], visits, traits=traits, plan=PLAN, **SETTINGS)
    return scores, opened(a_round(**SETTINGS), scores, tuple(problems))


def test_a_group_that_is_not_settled_has_provisional_ranks_and_a_provisional_median() -> None:
    _, book = made()
    sheet = book["厨房 小学组"]
    told = text_of(sheet)
    assert "总分中位数 暂为 95.00" in told
    assert "本组有 2 所学校的检查情况尚未核定，名次和中位数为暂定" in told
    schools = by_school(sheet)
    assert "待核 1 项" in str(schools["甲校学校"]["说明"].value)
    assert "暂定，缺李四的检查表" in str(schools["乙校学校"]["说明"].value)
    assert schools["乙校学校"]["总分"].value == 90
    assert "暂" not in text_of(book["门卫 小学组"])
    assert text_of(book["综合排名"]).count("小学组：本组有 2 所学校的检查情况尚未核定") == 1
    assert "（名次暂定）" in text_of(book["概览"])
    assert "小学组：本组有 2 所学校的检查情况尚未核定" in text_of(book["厨房 各组图"])


def test_without_a_verdict_no_total_stands_on_any_sheet() -> None:
    _, book = made()
    school = by_school(book["厨房 小学组"])["丙校学校"]
    assert (school["总分"].value, school["标化分"].value) == (None, None)
    assert (school["实得分"].value, school["应得分"].value) == (50, 50)
    assert "不评定" in str(school["说明"].value)
    row = by_school(book["综合排名"])["丙校学校"]
    assert (row["综合分"].value, row["名次"].value, row["厨房总分"].value) == (None, "—", "不评定")
    assert "厨房细则：缺项" in str(row["说明"].value)
    [mapped] = [it for it in rows_of(book["厨房 热力图"], "组别") if it["学校"].value == "丙校学校"]
    assert mapped["总分"].value == "不评定"


def test_a_group_of_one_is_compared_on_no_sheet() -> None:
    _, book = made()
    sheet = book["厨房 初中组"]
    school = by_school(sheet)["丁校学校"]
    assert (school["名次"].value, school["总分"].value) == ("—", 80)
    assert "本组只有这一所参加排名，不作比较" in str(school["说明"].value)
    assert "中位数" not in text_of(sheet)
    [row] = [it for it in rows_of(book["厨房 各组图"], "组别") if it["组别"].value == "初中组"]
    figures = [row[name].value for name in ("总分中位数", "最高分", "最低分")]
    assert figures == [None, None, None]
    [row] = [
        it
        for it in rows_of(book["概览"], "等次分布")
        if it["细则"].value == "厨房细则" and "初中" in str(it["组别（点击打开）"].value)
    ]
    assert [row[name].value for name in ("总分中位数", "最高分", "最低分")] == [None, None, None]
    assert by_school(book["综合排名"])["丁校学校"]["名次"].value == "—"

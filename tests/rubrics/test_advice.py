"""What an author is told of a rubric without errors: only where it is so, as it is printed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from rubrics.checking import advise
from rubrics.files.loading import advised_rubric, loads_rubric
from rubrics.files.shipped import shipped
from rubrics.files.yaml_text import parse_yaml
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Severity
from rubrics.rules import Entry
from tests.rubrics.strategies import rubrics

PLAIN: dict[str, Any] = {
    "id": "plain", "version": "1", "title": "样例", "points": 10,
    "documents": {"法1": {"title": "样例文件"}},
    "grades": [{"grade": "合格", "range": "≥6"}, {"grade": "不合格", "range": "<6"}],
}  # fmt: skip


def made(rule: dict[str, Any], **more: Any) -> Rubric:
    item = {"id": "A1", "title": "甲项", "points": 10, "rule": rule, "basis": ["法1"]}
    item |= {"method": ["现场查看"]} | more.pop("item", {})
    dimension = {"id": "A", "title": "甲", "points": 10, "indicators": [item]}
    return Rubric.model_validate(PLAIN | {"dimensions": [dimension]} | more)


def checklist(label: str) -> dict[str, Any]:
    return {"kind": "checklist", "each": 10, "items": [{"id": "a", "label": label}]}


def requirement(label: str) -> dict[str, Any]:
    return {"kind": "all_or_none", "requirements": [{"id": "a", "label": label}]}


def part(label: str) -> dict[str, Any]:
    own = {"id": "a", "label": label, "rule": {"kind": "all_or_none"}}
    other = {"id": "b", "rule": {"kind": "linear", "label": "天数", "full": 5}}
    return {"kind": "composite", "combine": "min", "parts": [own, other]}


@pytest.mark.parametrize(
    ("label", "noun"),
    [
        ("有应急预案", "应急预案"),
        ("已公示", "公示"),
        ("收费已公示", "收费公示"),
        ("学校证照已经年检", "学校证照年检"),
        ("有完整的台账", "完整的台账"),
        ("建有专用台账", "专用台账"),
        ("建立了事故报告制度", "事故报告制度"),
        ("设有食品安全总监", "食品安全总监"),
        ("无过期食品", ""),
        ("没有乱收费", ""),
        ("未体罚学生", ""),
        ("不收取赞助费", ""),
        ("应公示收费标准", ""),
        ("资料齐全", ""),
        ("许可证有效", ""),
        ("封签完好", ""),
        ("是否公示", "公示"),
    ],
)
@pytest.mark.parametrize("rule", [checklist, requirement, part])
def test_an_assertion_is_told_as_it_would_be_printed(label: str, noun: str, rule: Any) -> None:
    rubric = made(rule(label))
    (told,) = [item for item in advise(rubric) if item.code == "rubric-label"]
    quoted = told.message.partition("意见书会写成“")[2].partition("”")[0]
    (item,) = rubric.indicators
    no = {slot.key: Decimal(0) for slot in item.rule.slots_for(item.points)}
    printed = next(iter(item.rule.losses(item.points, Entry(no))))
    assert printed.startswith(quoted)
    assert noun in told.remedy
    assert not [it for it in advise(made(rule(noun or "公示"))) if it.code == "rubric-label"]


@pytest.mark.parametrize("rule", [checklist, requirement, part])
@pytest.mark.parametrize(
    "label",
    [
        "应急预案",
        "有效许可证",
        "有资质单位的合同",
        "有关部门批复",
        "无犯罪记录证明",
        "未成年人保护制度",
        "门禁",
        "不锈钢台面",
        "不合格食品处置记录",
        "应急演练记录",
        "无障碍设施",
        "已开课程的清单",
        "职责清单",
        "上墙的制度",
        "能源台账",
        "未检食材登记",
        "经营项目与许可载明项目的一致性",
        "合格的饮用水检测报告",
        "整改落实情况",
        "食品安全员配备（委托经营的，承包方也要另配）",
    ],
)
def test_a_noun_is_nothing_to_speak_of(label: str, rule: Any) -> None:
    assert [it.message for it in advise(made(rule(label))) if it.code == "rubric-label"] == []


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"kind": "linear", "label": "时长（分钟）", "unit": "分钟", "full": 5}, 1),
        ({"kind": "linear", "label": "时长(单位：分钟)", "unit": "分钟", "full": 5}, 1),
        ({"kind": "linear", "label": "缺课人次", "unit": "人次", "full": 5}, 1),
        ({"kind": "linear", "label": "温度℃", "unit": "℃", "full": 5}, 1),
        ({"kind": "linear", "label": "活动层次", "unit": "次", "full": 5}, 0),
        ({"kind": "linear", "label": "8℃～60℃之间存放时间", "unit": "分钟", "full": 5}, 0),
        ({"kind": "linear", "label": "时长。", "unit": "分钟", "full": 5}, 1),
        ({"kind": "linear", "label": "", "unit": "分钟", "full": 5}, 1),
        ({"kind": "deduct", "faults": [{"label": "缺台账扣2分", "each": 2}]}, 1),
        ({"kind": "deduct", "faults": [{"label": "未公示", "each": 2}]}, 0),
        ({"kind": "quota", "label": "每季度开党员大会", "times": 1, "per": "year", "each": 1}, 1),
        ({"kind": "quota", "label": "应急演练", "times": 1, "per": "term", "each": 1}, 0),
    ],
    ids=str,
)  # fmt: skip
def test_units_stops_and_points_stand_where_they_belong(rule: dict[str, Any], told: int) -> None:
    assert len([it for it in advise(made(rule)) if it.code == "rubric-label"]) == told


BONUS = "bonus: {cap: 1, items: [{id: J, title: 加分, rule: {kind: bonus, each: 1, limit: 1}}]}"
ABOVE = "grades: [{grade: 特优, range: ≥10.5}, {grade: 合格, range: <10.5}]"
KEY = "key: true"
LINE = (
    "red_lines: [{id: R, title: 瞒报, triggers: [{flag: f, label: 是否瞒报}], consequence: {%s}}]"
)


def of(better: str, *worse: str) -> str:
    """Grades from the best: the first with its conditions."""
    rest = "".join(f", {{grade: 第{n}, {text}}}" for n, text in enumerate(worse, 2))
    return f"grades: [{{grade: 第1, {better}}}{rest}]"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        # A grade that starts above all points; one that a bonus leads to; a cap below that.
        (ABOVE, ["grades.0"]),
        (f"{ABOVE}\n{BONUS}", []),
        (f"{ABOVE}\n{BONUS}\ncap: 10", ["grades.0"]),
        # A floor above the last grade, unless something else leads to it.
        ("floor: 6", ["grades.1"]),
        (f"floor: 6\n{KEY}\nkey_limits: [{{failed: 1, grade: 不合格}}]", []),
        (f"floor: 6\n{LINE % 'lower: 1'}", []),
        (f"floor: 6\n{LINE % 'zero_total: true'}", []),
        (f"floor: 6\n{LINE % 'award_lost: true'}", ["grades.1"]),
        # Whole points: nothing lies between 6 and 7.
        ("places: 0\n" + of("range: ≥7", "range: '(6, 7)'", "range: ≤6"), ["grades.1"]),
        # One range, told apart by a condition that none can fail, or that some can.
        (
            of("range: ≥6, key_failed_at_most: 1", "range: ≥6", "range: <6"),
            ["grades.0.key_failed_at_most", "grades.1"],
        ),
        (KEY + "\n" + of("range: ≥6, key_failed_at_most: 0", "range: ≥6", "range: <6"), []),
        (of("range: ≥6, at_least: {A1: 90%}", "range: ≥6", "range: <6"), []),
        # Who meets the condition has more already.
        (
            of("range: ≥8", "range: '[6, 8)', dimensions_at_least: 80%", "range: <6"),
            ["grades.1"],
        ),
        (of("range: ≥8", "range: '[6, 8)', dimensions_at_least: 79%", "range: <6"), []),
        (
            "scale: demerits\n"
            + of("range: ≤2", "range: '(2, 5]', largest_at_most: 2", "range: '>5'"),
            ["grades.1"],
        ),
        (
            "scale: demerits\ncap: 5\n" + of("range: ≤2", "range: '(2, 5]'", "range: '>5'"),
            ["grades.2"],
        ),
        # Limits that limit nothing.
        (f"{KEY}\nkey_limits: [{{failed: 1, ceiling: 合格}}]", ["key_limits.0"]),
        (LINE % "ceiling: 合格", ["red_lines.0.consequence.ceiling"]),
    ],
)
def test_what_can_have_no_effect(text: str, where: list[str]) -> None:
    more = parse_yaml(text).data
    assert isinstance(more, dict)
    rule: dict[str, Any] = {"kind": "linear", "label": "天数", "full": 5}
    if more.get("scale") == "demerits":
        rule = {"kind": "deduct", "faults": [{"label": "迟到", "each": 1}]}
    item = {"key": more.pop("key")} if "key" in more else {}
    told = [it for it in advise(made(rule, item=item, **more)) if it.code == "rubric-unreachable"]
    assert [item.place.cell for item in told] == where


def test_points_that_no_school_can_come_to() -> None:
    grades = [{"grade": "好", "range": "≥8"}, {"grade": "中", "range": "[6, 8)"},
              {"grade": "差", "range": "<6"}]  # fmt: skip
    told = [it.place.cell for it in advise(made({"kind": "all_or_none"}, grades=grades))]
    assert told == ["grades.1"]
    # Opinions of several inspectors are averaged: anything may come of them.
    values = {"kind": "points", "values": [0, 10]}
    assert advise(made(values, grades=grades)) == []
    assert len(advise(made(values, grades=grades, visit={"min_inspectors": 1}))) == 1


@given(rubrics())
def test_advice_is_no_error_and_never_fails(rubric: Rubric) -> None:
    assert {item.severity for item in advise(rubric)} <= {Severity.WARNING}


@pytest.mark.parametrize("name", shipped())
def test_shipped_rubrics_read_well_and_reach_all_their_grades(name: str) -> None:
    _, problems = advised_rubric(shipped()[name])
    # Which of the documents behind verified indicators are known from memory, the sheet says.
    assert [it.message for it in problems if it.code != "rubric-verified"] == []


def test_a_rubric_from_text_is_told_nothing_of_style() -> None:
    text = (
        shipped()["party"].read_text(encoding="utf-8").replace("实施办法, rect", "有办法, rect", 1)
    )
    assert loads_rubric(text)[1] == []


def test_a_label_that_says_its_part_again() -> None:
    bands = [{"range": "≤1", "points": 10}, {"range": ">1", "points": 0}]
    rule = {"kind": "bands", "label": "初中考试次数", "unit": "次", "bands": bands}
    whole = {
        "kind": "composite",
        "combine": "min",
        "parts": [
            {"id": "初", "label": "初中", "rule": rule},
            {"id": "小", "label": "小学", "rule": {**rule, "label": "小学"}},
        ],
    }
    (told,) = advise(made(whole))
    assert (told.code, told.place.cell) == (
        "rubric-label", "dimensions.0.indicators.0.rule.parts.0.rule.label",
    )  # fmt: skip
    assert "会印成“初中：初中考试次数”" in told.message

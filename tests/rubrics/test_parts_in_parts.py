"""Composites within composites: how deep, by which names, and what they come to."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from inspections.workbook.form.layout import PARTS, Column, sheet_layout
from inspections.workbook.formulas.scores import sheet_formulas
from rubrics.language.rubric import Dated, Indicator, Rubric
from rubrics.rules import Composite, Entry
from rubrics.rules.formulas import Setting
from rubrics.workbook import export_workbook, import_workbook
from tests.rubrics.one_rule import problems, rubric, told
from tests.rubrics.spoken import TEN_MONTHS, earned

YES_OR_NO = {"kind": "all_or_none"}


def composite(combine: str, **parts: Any) -> dict[str, Any]:
    made = [{"id": name, "rule": deepcopy(rule)} for name, rule in parts.items()]
    return {"kind": "composite", "combine": combine, "parts": made}


INNER = composite("min", x=YES_OR_NO, y=YES_OR_NO)
NESTED = composite("max", a=composite("losses", p=INNER, q=YES_OR_NO), b=YES_OR_NO)


def test_three_lie_in_each_other_and_a_fourth_is_refused() -> None:
    assert told(NESTED) == []
    deeper = composite("sum", z=NESTED, w=YES_OR_NO)
    found = problems(deeper)
    assert [item.code for item in found] == ["rubric-value"]
    assert "2 层" in dict(found[0].params)["detail"]


def test_ids_lead_to_an_entry_joined_by_dots() -> None:
    (item,) = rubric(NESTED).indicators
    assert [slot.key for slot in item.rule.slots_for(item.points)] == ["a.p.x", "a.p.y", "a.q", "b"]
    keys = [part.keys for part in item.rule.simple_parts(item.points)]
    assert keys[0] == ("parts", 0, "rule", "parts", 0, "rule", "parts", 0, "rule")


@pytest.mark.parametrize(
    ("entries", "worth"),
    [
        ("a.p.x=√ a.p.y=√ a.q=√ b=×", "10"),
        ("a.p.x=√ a.p.y=× a.q=√ b=×", "0"),
        ("a.p.x=× a.p.y=× a.q=× b=√", "10"),
    ],
)
def test_each_level_is_combined_in_its_own_way(entries: str, worth: str) -> None:
    one = rubric(NESTED)
    assert earned(one, one.indicators[0], entries, {}) == worth


def test_words_tell_the_levels_apart_and_losses_name_the_way() -> None:
    labelled = composite("sum", a=INNER)
    labelled["parts"][0] |= {"label": "制度", "points": 4}
    labelled["parts"][0]["rule"]["parts"][1]["label"] = "上墙"
    labelled["parts"].append({"id": "b", "label": "执行", "points": 6, "rule": YES_OR_NO})
    (item,) = rubric(labelled).indicators
    assert item.rule.describe(item.points) == (
        "各部分得分相加：（1）制度：取各部分中最低的：〔1〕符合得 4 分，不符合不得分；"
        "〔2〕上墙：符合得 4 分，不符合不得分；（2）执行：符合得 6 分，不符合不得分"
    )
    entry = Entry({"a.x": Decimal(1), "a.y": Decimal(0), "b": Decimal(1)})
    assert list(item.rule.losses(item.points, entry)) == ["制度：上墙不符合要求"]


def test_two_parts_of_one_name_are_told_even_if_their_entries_differ() -> None:
    twice = composite("sum", a=INNER)
    items = [{"id": "k", "label": "件", "points": 10}]
    twice["parts"].append({"id": "a", "rule": {"kind": "checklist", "items": items}})
    assert told(twice) == [("rubric-id-twice", "parts.a")]


def test_a_condition_within_is_looked_at_once_where_it_stands() -> None:
    odd = composite("max", a=INNER, b=YES_OR_NO)
    odd["parts"][0]["rule"]["parts"][1]["when"] = {"有宇宙": True}
    found = told(odd)
    assert [code for code, _ in found] == ["rubric-trait-unknown"]
    assert found[0][1].endswith("when.有宇宙")


def test_a_part_within_needs_the_conditions_of_both() -> None:
    both = composite("sum", a=INNER, b=YES_OR_NO)
    both["parts"][0] |= {"when": {"学段": "小学"}, "points": 4}
    both["parts"][0]["rule"]["parts"][0]["when"] = {"寄宿": True}
    both["parts"][1]["points"] = 6
    (item,) = rubric(both).indicators
    for traits, keys in [
        ({"学段": "小学", "寄宿": "是"}, ["a.x", "a.y", "b"]),
        ({"学段": "小学", "寄宿": "否"}, ["a.y", "b"]),
        ({"学段": "初中", "寄宿": "是"}, ["b"]),
    ]:
        assert [slot.key for slot in item.rule.slots_for(item.points, traits)] == keys


def test_a_workbook_keeps_the_levels(tmp_path: Path) -> None:
    path = tmp_path / "细则.xlsx"
    path.write_bytes(export_workbook(rubric(NESTED)))
    assert import_workbook(path) == (rubric(NESTED), [])


def test_a_sheet_has_a_cell_for_every_score_within() -> None:
    one = rubric(NESTED)
    layout = sheet_layout(one, {})
    made = sheet_formulas(layout, Setting({}, TEN_MONTHS))
    used = {column: sum(at[1] == column for at in made) for column in PARTS}
    assert used == {Column.PART: 4, Column.INNER: 1, Column.INNERMOST: 1}


def test_a_rule_of_another_time_may_part_the_same_entries_otherwise() -> None:
    flat = composite("min", a=composite("min", x=YES_OR_NO, y=YES_OR_NO), b=YES_OR_NO)
    items = [{"id": name, "label": name} for name in "xy"]
    older = composite("min", a={"kind": "checklist", "each": 5, "items": items}, b=YES_OR_NO)
    (item,) = rubric(flat).indicators
    dated = Dated(rule=Composite.model_validate(older), basis=("N",), until=date(2025, 1, 1))
    item = item.model_copy(update={"effective": (dated,)})
    one: Rubric = rubric(flat)
    dimension = one.dimensions[0].model_copy(update={"indicators": (item,)})
    one = one.model_copy(update={"dimensions": (dimension,)})
    made = sheet_formulas(sheet_layout(one, {}), Setting({}, TEN_MONTHS))
    assert sum(at[1] == Column.INNER for at in made) == 1


def lost(item: Indicator, **values: Decimal | str) -> list[str]:
    return list(item.rule.losses(item.points, Entry(values)))


def test_a_coefficient_above_one_multiplies_and_nothing_else() -> None:
    hard = {"kind": "grade", "levels": {"高": "1.2", "中": 1, "低": "0.8"}}
    assert told(hard) == [("rubric-rule-points", "levels")]
    assert told(composite("sum", a={"kind": "points"}, b=hard))[0][0] == "rubric-rule-points"
    product = composite("product", a={"kind": "points"}, b=hard)
    assert told(product) == []
    (item,) = rubric(product).indicators
    assert item.rule.describe(item.points) == (
        "得分＝10×各部分得分率相乘，最多得分值：（1）在 0～10 分之间评定，每档 0.5 分；"
        "（2）高 ×1.2、中 ×1、低 ×0.8"
    )
    assert lost(item, a=Decimal(6), b="高") == ["评分 6 分，满分 10 分", "评为“高”（系数 1.2）"]
    assert lost(item, a=Decimal(10), b="低") == ["评为“低”（系数 0.8）"]
    assert lost(item, a=Decimal(10), b="高") == []
    easy = {"kind": "grade", "levels": {"中": "0.9", "低": "0.8"}}
    assert told(composite("product", a={"kind": "points"}, b=easy)) == [
        ("rubric-rule-points", "parts")
    ]
    same = {"kind": "grade", "levels": {"中": 1, "低": 1}}
    assert told(composite("product", a={"kind": "points"}, b=same))[0][0] == "rubric-rule-points"


def test_a_part_of_the_best_is_worth_its_own_points_and_of_the_lowest_its_share() -> None:
    made = composite("max", a=YES_OR_NO, b=YES_OR_NO)
    made["parts"][1]["points"] = 4
    best = rubric(made)
    assert earned(best, best.indicators[0], "a=× b=√", {}) == "4"
    lowest = rubric(made | {"combine": "min"})
    (item,) = lowest.indicators
    assert earned(lowest, item, "a=√ b=√", {}) == "10"
    assert item.rule.describe(item.points).startswith("取各部分中最低的（先各折成满分 10 分）：")


def test_the_best_of_parts_that_are_all_worth_less_is_told() -> None:
    made = composite("max", a=YES_OR_NO, b=YES_OR_NO)
    for part in made["parts"]:
        part["points"] = 4
    assert [code for code, *_ in told(made)] == ["rubric-rule-points"]

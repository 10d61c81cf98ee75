"""Every rule kind in words, as a scoring sheet writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from pydantic import TypeAdapter

from rubrics.files.loading import loads_rubric
from rubrics.files.yaml_text import parse_yaml
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.wording import describe_consequence, describe_key, describe_trigger
from rubrics.rules import Bonus, Penalty, Rule
from tests.rubrics.strategies import KINDS, rubrics

RULE: TypeAdapter[Rule | Bonus | Penalty] = TypeAdapter(Rule | Bonus | Penalty)

# Points, rule, wording.
MERITS = """
4 | {kind: deduct, faults: [{label: 课表与实课不符, each: 0.5, unit: 节次}]}
  | 课表与实课不符每节次扣 0.5 分，扣完为止
5 | {kind: deduct, faults: [{label: 缺公示, each: 1, unit: 次, repeat_from: 3, repeat_each: 2.5, limit: 4}]}
  | 缺公示每次扣 1 分，第 3 次起每次扣 2.5 分，此项最多扣 4 分，扣完为止
3 | {kind: deduct, faults: [{id: a, label: 未批改, each: 1, unit: 例}, {id: b, label: 代批, each: 0.5, unit: 例}]}
  | 未批改每例扣 1 分；代批每例扣 0.5 分，扣完为止
2 | {kind: checklist, each: 0.5, items: [{id: a, label: 方案}, {id: b, label: 总结}]}
  | 方案、总结，缺 1 项扣 0.5 分，扣完为止
2 | {kind: checklist, each: 0.5, items: [{id: a, label: 方案}, {id: b, label: 总结, points: 1}]}
  | 方案，缺 1 项扣 0.5 分；缺总结扣 1 分，扣完为止
2 | {kind: all_or_none} | 符合得 2 分，不符合不得分
1 | {kind: all_or_none, requirements: [{id: a, label: 有审核记录}, {id: b, label: 已备案}]}
  | 有审核记录、已备案：都符合得 1 分，否则不得分
5 | {kind: points, step: 0.5} | 在 0～5 分之间评定，每档 0.5 分
5 | {kind: points, values: [0, 2, 5]} | 在 0、2、5 分中评定
5 | {kind: discretionary, least: 1, most: 2} | 视情况扣 1～2 分，须写明理由
5 | {kind: discretionary, least: 2, most: 2} | 视情况扣 2 分，须写明理由
2 | {kind: grade, levels: {A: 1, B: 0.8, 差: 0}} | A 得 2 分；B 得 1.6 分；差得 0 分
4 | {kind: threshold, readings: [{label: 冷藏温度, within: "[0, 8]", unit: ℃, samples: 4, each: 1}]}
  | 冷藏温度应为 0～8 ℃（最多测 4 个），每个不合格扣 1 分，扣完为止
4 | {kind: threshold, readings: [{label: 中心温度, within: ≥70, unit: ℃}]}
  | 中心温度应不低于 70 ℃，否则不得分
3 | {kind: threshold, readings: [{label: 放学时间, within: "≥17:30", measure: time, samples: 2}]}
  | 放学时间应不早于 17:30（最多测 2 个），有不合格的不得分
5 | {kind: bands, label: 时长, unit: 分钟, bands: [{range: ≤60, points: 5}, {range: "(60, 70]", points: 3}, {range: ">70", points: 0}]}
  | 不超过 60 分钟得 5 分；超过 60、不超过 70 得 3 分；超过 70 得 0 分
3 | {kind: linear, label: 学时, unit: 学时, full: 32} | 学时达到 32 学时得 3 分，不足的按比例折算
3 | {kind: linear, label: 投诉, unit: 件, full: 0, zero: 10}
  | 投诉 0 件及以下得 3 分，10 件及以上不得分，其间按比例折算
3 | {kind: ratio, numerator: 有记录餐次, denominator: 应陪餐次, full: 100%} | 得分＝3×有记录餐次÷应陪餐次
3 | {kind: ratio, numerator: 达标, denominator: 全部, full: 90%}
  | 达标÷全部达到 90% 得 3 分，不足的按比例折算
3 | {kind: ratio, numerator: 实留品种, denominator: 应留品种, unit: 个, each: 1}
  | 实留品种比应留品种每少 1 个扣 1 分，扣完为止
2 | {kind: ratio, numerator: 达标, denominator: 全部, bands: [{range: ≥80%, points: 2}, {range: <80%, points: 1}]}
  | 达标÷全部：不低于 80% 得 2 分；低于 80% 得 1 分
4 | {kind: quota, label: 党员大会, times: 1, per: quarter, each: 1}
  | 党员大会每季度应有 1 次，少 1 次扣 1 分，扣完为止
5 | {kind: votes, options: {好: 1, 差: 0.4}, quorum: 2/3, trim_from: 5}
  | 得分＝5×Σ(票数×系数)÷有效票（系数：好 1、差 0.4）；满 5 票时去掉一个最高、一个最低；有效票不足应到人数 2/3 的，测评无效
2 | {kind: survey, full: 90%, min_returned: 30, min_rate: 60%}
  | 满意率达到 90% 得 2 分，不足的按比例折算；收回不足 30 份或回收率低于 60% 的，样本不足，不计分
4 | {kind: composite, combine: losses, parts: [{id: a, label: 规则, points: 2, rule: {kind: all_or_none}}, {id: b, rule: {kind: deduct, faults: [{label: 不合规, each: 0.5, unit: 次}]}, when: {寄宿: 是}}]}
  | 各部分扣分相加：（1）规则：符合得 2 分，不符合不得分；（2）不合规每次扣 0.5 分，扣完为止（仅寄宿）
2 | {kind: bonus, each: 2, limit: 4, family: 典型} | 每项加 2 分，最多加 4 分，同一事项就高不重复
10 | {kind: penalty, each: 1, limit: 10} | 每件扣 1 分，最多扣 10 分
"""  # noqa: E501
DEMERITS = """
25 | {kind: points, values: [0, 5, 25]} | 在 0、5、25 分中评定
10 | {kind: deduct, faults: [{label: 不洁, each: 2}]} | 不洁每处计 2 分，最多计 10 分
10 | {kind: all_or_none} | 符合不计分，不符合计 10 分
10 | {kind: grade, levels: {好: 0, 差: 1}} | 好计 0 分；差计 10 分
10 | {kind: threshold, readings: [{label: 温度, within: ≤8, unit: ℃}]}
   | 温度应不高于 8 ℃，否则计 10 分
10 | {kind: quota, label: 自查, times: 1, per: week, each: 1}
   | 自查每周应有 1 次，少 1 次计 1 分，最多计 10 分
"""


def cases(table: str) -> list[tuple[str, str, str]]:
    rows = table.strip().replace("\n  ", "  ").splitlines()
    cells = [tuple(part.strip() for part in row.split(" | ")) for row in rows]
    return [(points, rule, said) for points, rule, said in cells]


def rule_of(text: str) -> Rule | Bonus | Penalty:
    return RULE.validate_python(parse_yaml(text).data)


def described(rule: Rule | Bonus | Penalty, points: str, *, demerits: bool = False) -> str:
    if isinstance(rule, Bonus | Penalty):
        return rule.describe()
    return rule.describe(Decimal(points), demerits=demerits)


@pytest.mark.parametrize(("points", "rule", "said"), cases(MERITS))
def test_merits(points: str, rule: str, said: str) -> None:
    assert described(rule_of(rule), points) == said


@pytest.mark.parametrize(("points", "rule", "said"), cases(DEMERITS))
def test_demerits(points: str, rule: str, said: str) -> None:
    assert described(rule_of(rule), points, demerits=True) == said


def test_every_kind_has_a_case() -> None:
    assert {rule_of(rule).kind for _, rule, _ in cases(MERITS)} == {*KINDS, "bonus", "penalty"}


KEY = """
id: sample
version: "1"
title: 样例
points: 5
documents: {法1: {title: 文件}}
grades: [{grade: 合格, range: ≥3}, {grade: 不合格, range: <3}]
dimensions:
  - id: A
    title: 甲
    points: 5
    indicators:
      - id: A1
        title: 测评
        points: 5
        rule: {kind: votes, options: {好: 1, 差: 0}}
        basis: [法1]
        method: [民主测评]
        key: {triggers: [{part: 差, share_at_least: 1/3}, {part: 差, at_least: 10}, {below: 2.5}]}
        red_lines:
          - title: 造假
            triggers: [{flag: 造假, label: 是否编造测评票？}]
            consequence:
              {zero_total: true, grade: 不合格, award_lost: true, refer: 报纪检组, lower: 1}
"""


def sample() -> Indicator:
    rubric, problems = loads_rubric(KEY)
    assert problems == []
    assert rubric is not None
    return rubric.indicators[0]


def test_triggers_and_consequences() -> None:
    indicator = sample()
    said = "“差”票占有效票 1/3 以上 或 “差”票达到 10 票 或 得分低于 2.5 分"
    assert describe_key(indicator) == said
    (line,) = indicator.red_lines
    assert describe_trigger(line.triggers[0], indicator) == "编造测评票"
    assert (
        describe_consequence(line.consequence)
        == "总分记 0 分；等次定为不合格；等次降 1 档；取消评优评先资格；报纪检组"
    )


def test_a_key_item_without_triggers_and_no_key_item() -> None:
    key = sample().key
    assert key is not None
    bare = sample().model_copy(update={"key": key.model_copy(update={"triggers": ()})})
    assert describe_key(bare) == "有扣分"
    assert describe_key(sample().model_copy(update={"key": None})) == ""


@given(rubrics())
def test_every_rule_has_words(rubric: Rubric) -> None:
    for item in rubric.indicators:
        said = item.rule.describe(item.points, demerits=rubric.scale == "demerits")
        assert said
        assert "None" not in said

"""The shipped rubrics say what the fact sheet says, and are worth what it says."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from rubrics.checking import check
from rubrics.files.loading import load_rubric
from rubrics.files.shipped import shipped
from rubrics.language.rubric import Consequence, Indicator, Rubric
from rubrics.language.statistics import applicable
from rubrics.rules import Composite
from rubrics.values.conditions import TraitValue, holds
from rubrics.values.traits import with_derived
from tests.rubrics.spoken import earned, score

# Points, kind of rule, and verification mark of every indicator, line by line as on the sheet.
SHEET = {
    "shuangjian": """
        A1 1 checklist U | A2 2 quota U | A3 4 deduct V[S4]；“阴阳课表”V[S11][S13]；方案M
        A4 2 composite/sum U
        B1 1 grade V[S3] | B2 3 deduct V[S3]；“每日”U | B3 5 deduct V[S1][S3]
        B4 5 bands V[S1][S3] | B5 5 bands V[S1][S3] | B6 2 composite/min 定性V[S8]；百分比U
        B7 2 deduct V[S3][S4] | B8 2 composite/min V[S6]
        C1 3 deduct V[S2][S7] | C2 4 composite/min V[S2][S7] | C3 2 deduct V[S2]
        C4 2 deduct V[S6][S7] | C5 1 all_or_none V[S7] | C6 2 deduct V[S11]
        D1 4 composite/min V[S12] | D2 2 checklist V[S3][S5] | D3 2 deduct V[S5]
        D4 2 grade V[S5] | D5 3 deduct V[S3][S5] | D6 4 composite/losses V[S5]；应缴未缴一项U
        D7 1 checklist V[S5] | D8 1 grade V[S3]
        E1 3 composite/losses V[S8] | E2 2 composite/min 时长V[S8]；比率档U
        E3 2 deduct V[S6][S10][S12] | E4 2 composite/losses V[S12] | E5 2 ratio V[S9]
        E6 3 composite/losses V[S6][S9][S11] | E7 1 ratio M
        F1 2 all_or_none V[S2] | F2 2 deduct V[S10] | F3 2 deduct V[S12] | F4 2 deduct V[S10]
        F5 4 deduct V[S10][S11] | F6 2 deduct V[S11]；“一科一辅”口径U | F7 1 checklist V[S11]
        G1 2 survey U | G2 1 grade U
    """,
    "canteen": """
        A1 3 all_or_none V[S10]；细目M | A2 3 composite/losses V[S11]
        A3 3 composite/losses 制度V[S12]；零报告M | A4 2 quota V[S12] | A5 2 quota V[S12]
        A6 3 composite/losses V[S13][S19]
        B1 4 deduct V[S10][S22] | B2 2 ratio M | B3 2 quota 培训考核V[S19]；每半年M
        B4 2 deduct V[S14]
        C1 3 checklist V[S15][S21] | C2 3 deduct V[S16]
        C3 2 deduct 联检、退回V[S15][S21]；保存期M | C4 2 deduct V[S14]
        C5 4 threshold V[S16]（二手） | C6 4 deduct M | C7 3 composite/losses V[S17]；国标M
        C8 1 deduct U
        D1 2 deduct M | D2 4 threshold V[S16]（二手） | D3 4 all_or_none V[S17]
        D4 3 threshold V（二手）[S16][S18] | D5 1 deduct M | D6 2 checklist M | D7 1 checklist M
        E1 3 ratio V[S14][S16] | E2 2 threshold V[S14][S16] | E3 2 composite/losses V[S14][S16]
        E4 1 deduct V[S14]
        F1 3 composite/losses M | F2 1 all_or_none M | F3 2 deduct V[S20] | F4 2 checklist M
        F5 2 checklist M | F6 1 checklist V[S22]
        G1 2 composite/losses 覆盖率V[S23]；细目U | G2 2 checklist 公开V[S19]；细目M
        G3 2 composite/losses V[S15]；频次U | G4 2 composite/min 频次V[S15]；85%U
        G5 1 checklist U
        H1 2 composite/losses V[S15] | H2 1 checklist 报告V[S22]；细目M
        H3 2 checklist V[S11][S15][S22] | H4 1 composite/losses 专款专用V[S22]；同价U
        H5 1 checklist U
    """,
    "party": """
        A1 3 checklist M | A2 4 composite/losses V[S19] | A3 4 composite/losses V[S19]
        A4 3 quota V[S19]；频次U | A5 3 deduct V[S19] | A6 2 grade V[S20]
        A7 3 composite/losses V[S26]
        B1 3 composite/min V[S21]；党章M | B2 3 composite/min V[S21][S22][S27]
        B3 2 composite/min V[S21] | B4 2 grade U | B5 2 checklist M
        C1 3 quota V[S22] | C2 3 quota V[S23] | C3 3 quota V[S23]
        C4 3 composite/losses 书记每年1次V[S28]；支部频次U | C5 4 composite/losses V[S28]
        C6 3 composite/min V[S22] | C7 3 quota V[S22] | C8 2 ratio V[S29] | C9 2 deduct M
        D1 3 ratio V[S28] | D2 3 deduct V[S30] | D3 3 composite/losses 按月交纳V[S22]；每年公布M
        D4 1 deduct M | D5 2 grade M
        E1 3 composite/losses V[S24]实例 | E2 3 quota U | E3 3 deduct M
        E4 3 composite/losses 每半年专题研究V[S31]（巡察意见）；其余M、U
        F1 3 grade U | F2 3 grade V[S20]
        G1 5 votes 公式V[S25] | G2 2 votes U | G3 3 votes U
    """,
    "catered": """
        A1 6 all_or_none V[S1][S2] | A2 6 checklist V[S1][S3]
        A3 6 checklist 合同V[S4]；要素清单U | A4 4 checklist 退出机制V[S1][S3]；考核频次U
        A5 4 composite/losses V[S5]
        B1 12 threshold V（二手）[S6] | B2 10 threshold V（二手）[S6] | B3 6 deduct U
        B4 6 checklist M | B5 6 checklist V[S7]
        B6 8 composite/losses 查验V[S4]；双人联检V[S8]（食堂食材的规定，类推）
        C1 8 composite/losses 环境整洁V[S4]；健康证明V[S1]；其余M
        C2 8 composite/losses V[S7][S9]；由谁留U | C3 4 deduct 例[S10]；剩餐M
        D1 3 checklist 公开、听取家长意见V[S5]；细目U | D2 3 survey 听取意见V[S1]；比例例[S11]
    """,
}

DIMENSIONS = {
    "shuangjian": (42, {"A": 9, "B": 25, "C": 14, "D": 19, "E": 15, "F": 15, "G": 3}),
    "canteen": (45, {"A": 16, "B": 10, "C": 22, "D": 17, "E": 8, "F": 11, "G": 9, "H": 7}),
    "party": (35, {"A": 22, "B": 12, "C": 26, "D": 12, "E": 12, "F": 6, "G": 10}),
    "catered": (16, {"A": 26, "B": 48, "C": 20, "D": 6}),
}

# A nine-year school that has everything, so that every part of every rule is asked.
EVERYTHING: dict[str, TraitValue] = {
    "学段": "九年一贯制", "办学性质": "公办", "食堂经营方式": "自营和委托",
    "就餐人数": Decimal(900), "收费课后服务": "是", "引进第三方": "是", "党组织形式": "支部",
    "正式党员数": Decimal(20), "分党小组": "是", "书记校长一肩挑": "否", "发展党员任务": "是",
}  # fmt: skip

# rubric, indicator, traits that differ, entries -> points
WORTH = """
    shuangjian A1 -                    专班=√ 方案=√ 分工=× 总结=×             0.5
    shuangjian A2 -                    1                                       1
    shuangjian A3 -                    不符=1 两套课表=1                       1.5
    shuangjian B1 -                    D                                       0.3
    shuangjian B2 -                    7                                       0
    shuangjian B3 学段=小学            班次=1                                  2.5
    shuangjian B4 学段=小学            60                                      5
    shuangjian B4 学段=小学            60.5                                    3
    shuangjian B4 学段=小学            70                                      3
    shuangjian B4 学段=小学            80                                      1.5
    shuangjian B4 学段=小学            81                                      0
    shuangjian B4 学段=初中            81                                      合理缺项
    shuangjian B5 学段=初中            90                                      5
    shuangjian B5 学段=初中            100                                     3
    shuangjian B5 学段=初中            115                                     1.5
    shuangjian B5 学段=初中            116                                     0
    shuangjian B6 学段=小学            小学.have=80 小学.due=100               1.5
    shuangjian B6 学段=初中            初中.have=70 初中.due=100               2
    shuangjian B6 -     小学.have=90 小学.due=100 初中.have=45 初中.due=100    0.5
    shuangjian B8 -                    质量=B 惩罚性=未发现                    1.6
    shuangjian B8 -                    质量=A 惩罚性=发现                      0.6
    shuangjian C1 学段=小学            1                                       0
    shuangjian C2 学段=小学            小学=1                                  4
    shuangjian C2 学段=小学            小学=2                                  2
    shuangjian C2 学段=小学            小学=1 联考=1                           2
    shuangjian C2 学段=初中            初中=2 初三=4                           4
    shuangjian C2 学段=初中            初中=4 初三=4                           0
    shuangjian C4 -                    排名=1                                  1
    shuangjian C4 -                    编座分班=1                              0
    shuangjian C5 -                    审核=√ 备案=×                           0
    shuangjian D1 -                    天数=5 时长=120                         4
    shuangjian D1 -                    天数=4 时长=120                         3
    shuangjian D1 -                    天数=5 时长=100                         3
    shuangjian D1 -                    天数=5 时长=90                          2
    shuangjian D6 -                    公示=× 逐次.未减免=2 逐次.未退=1 逐次.未缴=1   0.5
    shuangjian D6 收费课后服务=否      公示=√                                  合理缺项
    shuangjian D7 引进第三方=否        白名单=√                                合理缺项
    shuangjian E1 学段=小学            小学=8:20                               3
    shuangjian E1 学段=小学            小学=8:10                               2
    shuangjian E1 学段=小学            小学=8:09                               0
    shuangjian E1 学段=初中            初中=8:00                               3
    shuangjian E1 学段=初中            初中=7:55 提前到校=1                    1
    shuangjian E2 学段=小学            监测=√ 小学.have=70 小学.due=100        1
    shuangjian E2 学段=初中            监测=√ 初中.have=59 初中.due=100        0.5
    shuangjian E2 学段=小学            监测=× 小学.have=0 小学.due=0           0
    shuangjian E5 -                    have=11 due=12                          1
    shuangjian F3 -                    教师=0 学校=1                           0
    shuangjian F5 -                    补课=1 校历=0                           0
    shuangjian F5 -                    补课=0 校历=1                           2
    shuangjian E6 -                    时长=120 大课间=√                       3
    shuangjian E6 -                    时长=100 大课间=×                       1.5
    shuangjian E7 -                    have=45 due=100                         0.5
    shuangjian G1 -                    satisfied=72 returned=100 sent=120      1.6
    shuangjian G1 -                    satisfied=29 returned=29 sent=30        合理缺项
    shuangjian G1 -                    satisfied=59 returned=59 sent=100       合理缺项
    canteen    A1 -                    有效=√ 公示=√ 一致=×                    0
    canteen    A2 -                    总监=× 安全员=√                         1
    canteen    A2 就餐人数=499         安全员=√                                3
    canteen    A3 -                    记录.have=95 记录.due=100               2.5
    canteen    A3 -                    记录.have=80 记录.due=100 失真=1        1
    canteen    A4 -                    41                                      1
    canteen    A5 -                    9                                       1
    canteen    A6 -                    陪餐.have=18 陪餐.due=20 问题=1         2.2
    canteen    B1 -                    1                                       2
    canteen    B2 -                    have=17 due=20                          1.4
    canteen    C5 -          冷藏.1=8 冷藏.2=8.1 冷冻.1=-12 冷冻.2=-11.9       2
    canteen    C6 -                    种类=1                                  2
    canteen    C7 -  五专.采购=√ 五专.存放=× 五专.专人=√ 五专.工具=√ 五专.台账=√   2.5
    canteen    C7 -  五专.采购=√ 五专.存放=√ 五专.专人=√ 五专.工具=√ 五专.台账=√ 亚硝酸盐=1  0
    canteen    D2 -                    1=70 2=69.9 3=85                        2
    canteen    D3 -                    ×                                       0
    canteen    D4 -                    1=120 2=121 3=0                         2
    canteen    E1 -                    have=5 due=6                            2
    canteen    E2 -                    1=125 2=124 3=200                       1.5
    canteen    E3 -                    时长.1=48 时长.2=47 专柜=×              0.5
    canteen    E4 -                    2                                       0.6
    canteen    C3 -                    联检=1 不合格=1                         0.5
    canteen    F1 -                    参数=0 记录=×                           2
    canteen    F1 -                    参数=1 记录=×                           0
    canteen    F3 -                    鼠迹=1                                  0
    canteen    G1 -  画面.覆盖=√ 画面.清晰=× 画面.家长=√ 整改.have=9 整改.due=10  1
    canteen    G1 -  画面.覆盖=√ 画面.清晰=√ 画面.家长=√ 整改.have=0 整改.due=0   2
    canteen    G1 -  画面.覆盖=× 画面.清晰=× 画面.家长=× 整改.have=0 整改.due=9   0
    canteen    G3 -                    成立=√ 活动=1                           1.5
    canteen    G3 -                    成立=× 活动=0                           0
    canteen    G3 学段=幼儿园          成立=√ 活动=2                           合理缺项
    canteen    G4 -   开展=√ 满意.satisfied=68 满意.returned=100 满意.sent=100 1.6
    canteen    G4 -   开展=× 满意.satisfied=0 满意.returned=0 满意.sent=0      0
    canteen    H1 食堂经营方式=自营    账目.核算=√ 账目.公开=× 列支=0          1
    canteen    H1 食堂经营方式=自营    账目.核算=√ 账目.公开=√ 列支=1          0
    canteen    H1 食堂经营方式=委托    账目.核算=√                             合理缺项
    canteen    H3 食堂经营方式=自营    择优=√                                  合理缺项
    canteen    H4 -                    同价=×                                  0
    canteen    H4 学段=幼儿园          同价=√ 专款=×                           0
    party      A2 -                    规则=× 备案=√ 会议=2                    1
    party      A7 党组织形式=总支      分设.分设=√ 分设.兼职=× 班子=1          0.5
    party      A7 书记校长一肩挑=是    副书记=× 班子=0                         1
    party      B2 党组织形式=党委      党委=× 到会=√                           0
    party      B2 -                    期限=√ 到会=√                           3
    party      A4 -                    8                                       2.4
    party      A4 书记校长一肩挑=是    8                                       合理缺项
    party      B1 -                    批复=√ 支部=20                          3
    party      B1 正式党员数=60        批复=√ 支部=60                          0
    party      B1 党组织形式=联合支部  批复=√ 联合支部=3                       0
    party      B1 党组织形式=党委      批复=√                                  3
    party      B3 正式党员数=7         委员=0                                  0
    party      B3 正式党员数=6         书记=1                                  2
    party      C1 -                    2                                       2
    party      C2 -                    8                                       2
    party      C2 正式党员数=5         8                                       合理缺项
    party      C3 -                    9                                       2.7
    party      C5 -                    次数=9 质量=1                           3.2
    party      C6 -                    次数=0 质量=B                           2.4
    party      C8 -                    have=19 due=20                          1.9
    party      D2 -                    要件=2                                  2
    party      D2 -                    倒置=1                                  0
    party      D3 -                    收缴=5 公示=0                           2.5
    party      E1 -                    研究=0 舆情=0                           2
    party      E3 -                    1                                       1.5
    party      G1 -   好=30 较好=10 一般=5 差=5 invalid=0 entitled=60          4.3
    party      G1 -   好=30 较好=0 一般=0 差=0 invalid=9 entitled=60           未查
    party      G2 -   A=4 B=1 C=0 D=0 invalid=0 entitled=5                     1.92
    party      G3 -   A=3 B=1 C=0 D=1 invalid=0 entitled=5                     2.8
    catered    A1 -                    有效=√ 项目=√ 查验=×                    0
    catered    A5 -                    管理员=× 陪餐.have=19 陪餐.due=20       1
    catered    B1 -                    热餐.1=60 热餐.2=59.9 热餐.3=72         8
    catered    B1 -                    热餐.1=65 冷藏.1=8.1 冷藏.2=8           8
    catered    B1 -                    冷藏.1=8.1 冷藏.2=8                     8
    catered    B2 -  热餐1.start=7:50 热餐1.end=11:50 热餐2.start=7:45 热餐2.end=11:46    6
    catered    B2 -                    冷藏.1=1441                             6
    catered    B3 -                    2                                       4
    catered    B5 -       名称=√ 单位=√ 时间=× 时限=× 方法=√                   3.6
    catered    B6 -                    记录.have=18 记录.due=20 拒收=1         2
    catered    C1 -  场所.消毒=√ 场所.防蝇=× 场所.洗手=√ 场所.餐具=√ 场所.制度=√ 人员.健康=1  5
    catered    C2 -  品种.have=4 品种.due=5 读数.量.1=124 读数.时长.1=48 读数.温度=5 标签=1  4.5
    catered    C3 -                    品种=1 剩餐=0                           2
    catered    D2 -                    satisfied=81 returned=100 sent=120      2.7
"""


@cache
def rubric(name: str) -> Rubric:
    made, problems = load_rubric(shipped()[name])
    assert not problems
    assert made is not None
    return made


def indicator(name: str, code: str) -> Indicator:
    return next(item for item in rubric(name).indicators if item.id == code)


def kind(item: Indicator) -> str:
    rule = item.rule
    return f"composite/{rule.combine}" if isinstance(rule, Composite) else rule.kind


def lines(table: str) -> list[list[str]]:
    return [line.split() for line in table.replace("|", "\n").splitlines() if line.split()]


def points_for(name: str, **traits: TraitValue) -> Decimal | None:
    found = applicable(rubric(name), with_derived(EVERYTHING | traits))
    return found.points if found else None


@pytest.mark.parametrize("name", SHEET)
def test_check_finds_nothing(name: str) -> None:
    assert check(rubric(name)) == []


@pytest.mark.parametrize("name", SHEET)
def test_a_file_is_named_after_its_rubric(name: str) -> None:
    assert rubric(name).id == name


@pytest.mark.parametrize("name", SHEET)
def test_indicators_points_kinds_and_marks_are_those_of_the_sheet(name: str) -> None:
    found = [
        [item.id, str(item.points), kind(item), item.source] for item in rubric(name).indicators
    ]
    assert found == lines(SHEET[name])


@pytest.mark.parametrize("name", DIMENSIONS)
def test_dimensions_add_up_to_a_hundred(name: str) -> None:
    count, wanted = DIMENSIONS[name]
    assert len(rubric(name).indicators) == count
    assert {item.id: item.points for item in rubric(name).dimensions} == wanted
    for dimension in rubric(name).dimensions:
        assert sum(item.points for item in dimension.indicators) == dimension.points
    assert sum(wanted.values()) == rubric(name).points == 100


def test_every_kind_that_the_sheet_calls_for_is_used() -> None:
    used = {item.rule.kind for name in SHEET for item in rubric(name).indicators}
    assert used == {
        "deduct", "checklist", "all_or_none", "grade", "threshold", "bands", "ratio", "quota",
        "votes", "survey", "composite",
    }  # fmt: skip


@pytest.mark.parametrize("name", SHEET)
def test_only_what_rests_on_sources_alone_counts_as_verified(name: str) -> None:
    known = rubric(name).sources
    marked = [(item.id, item.verified, item.source) for item in rubric(name).indicators]
    marked += [(code, doc.verified, doc.source) for code, doc in rubric(name).documents.items()]
    marked += [(item.id, item.verified, item.source) for item in rubric(name).extras]
    for code, verified, source in marked:
        assert source, code
        assert verified == bool(re.fullmatch(r"V(\[S\d+\])+", source)), code
        assert set(re.findall(r"\[(S\d+)\]", source)) <= set(known), code


@pytest.mark.parametrize("name", SHEET)
def test_every_indicator_says_how_to_check_and_what_to_demand(name: str) -> None:
    for item in rubric(name).indicators:
        assert item.method, item.id
        assert item.material, item.id
        assert item.threshold, item.id
        assert item.rectify, item.id
        assert item.rectify.demand.startswith("请"), item.id
        assert item.rectify.demand.endswith("。"), item.id
        assert item.rectify.days in (0, 15, 30), item.id


def test_the_canteen_regulation_is_cited_with_the_articles_that_were_read() -> None:
    cited = [entry for item in rubric("canteen").indicators for entry in item.basis]
    assert "食1" in cited
    articles = {entry for entry in cited if entry.startswith("食1 ")}
    assert articles == {f"食1 第{number}条" for number in (13, 14, 15, 16, 20)}


@pytest.mark.parametrize("row", lines(WORTH), ids=" ".join)
def test_entries_are_worth_what_the_sheet_says(row: list[str]) -> None:
    name, code, differing, *entries, points = row
    traits = dict(EVERYTHING)
    if differing != "-":
        trait, value = differing.split("=")
        traits[trait] = Decimal(value) if value.isdigit() else value
    assert earned(rubric(name), indicator(name, code), " ".join(entries), traits) == points


def test_the_thresholds_in_force_go_by_the_date_of_the_visit() -> None:
    sport = indicator("shuangjian", "E6")
    for day, points in (("2024-12-31", "3"), ("2025-01-01", "1")):
        when = date.fromisoformat(day)
        found = earned(rubric("shuangjian"), sport, "时长=60 大课间=√", EVERYTHING, day=when)
        assert found == points, day
    for code in ("A2", "A3", "A4", "A5"):
        item = indicator("canteen", code)
        before, after = item.dated_on(date(2025, 4, 14)), item.dated_on(date(2025, 4, 15))
        assert before is not None, code
        assert before.basis[0] == "食3", code
        assert after is None, code
        assert item.basis[0] == "食4", code
        assert before.rule == item.rule, code


@pytest.mark.parametrize(
    ("name", "stage", "points"),
    [
        ("shuangjian", "小学", 95),
        ("shuangjian", "初中", 87),
        ("shuangjian", "九年一贯制", 100),
        ("shuangjian", "幼儿园", None),
        ("shuangjian", "普通高中", None),
        ("canteen", "九年一贯制", 100),
        ("canteen", "普通高中", 100),
        ("canteen", "幼儿园", 96),
        ("party", "九年一贯制", 100),
        ("party", "幼儿园", 100),
    ],
)
def test_what_applies_to_a_stage_that_has_everything(
    name: str, stage: str, points: int | None
) -> None:
    assert points_for(name, 学段=stage) == points


@pytest.mark.parametrize(
    ("name", "traits", "points"),
    [
        ("shuangjian", {"收费课后服务": "否", "引进第三方": "否"}, 95),
        ("canteen", {"食堂经营方式": "自营"}, 98),
        ("canteen", {"食堂经营方式": "委托"}, 98),
        ("canteen", {"食堂经营方式": "校外配餐"}, None),
        ("catered", {"食堂经营方式": "校外配餐"}, 100),
        ("catered", {"食堂经营方式": "校外配餐", "学段": "幼儿园"}, 100),
        ("catered", {"食堂经营方式": "自营"}, None),
        ("canteen", {"食堂经营方式": "无"}, None),
        ("party", {"书记校长一肩挑": "是"}, 97),
        ("party", {"正式党员数": Decimal(5), "分党小组": "否", "发展党员任务": "否"}, 91),
        ("party", {"党组织形式": "联合支部"}, 92),
        ("party", {"办学性质": "民办"}, 97),
        ("party", {"党组织形式": "无"}, None),
    ],
)
def test_what_applies_to_a_school_that_lacks_something(
    name: str, traits: dict[str, TraitValue], points: int | None
) -> None:
    assert points_for(name, **traits) == points


@pytest.mark.parametrize(
    ("name", "code", "entries", "fails"),
    [
        ("shuangjian", "B3", "班次=1", False),
        ("shuangjian", "B3", "班次=2", True),
        ("shuangjian", "C1", "1", True),
        ("shuangjian", "D5", "0", False),
        ("canteen", "B1", "1", True),
        ("canteen", "C6", "种类=0", False),
        ("canteen", "D2", "1=69", True),
        ("canteen", "E1", "have=5 due=6", False),
        ("canteen", "E1", "have=5 due=6 整餐=是", True),
        ("party", "A2", "规则=× 会议=5", False),
        ("party", "A2", "规则=√ 备案=√ 人事=是", True),
        ("shuangjian", "F5", "补课=0 校历=1", True),
        ("catered", "B1", "热餐.1=59", True),
        (
            "catered",
            "C2",
            "品种.have=5 品种.due=5 读数.量.1=124 读数.时长.1=48 读数.温度=5 标签=0",
            False,
        ),
        (
            "catered",
            "C2",
            "品种.have=5 品种.due=5 读数.量.1=130 读数.时长.1=48 读数.温度=5 标签=0 整餐=是",
            True,
        ),
    ],
)
def test_a_key_item_fails_on_its_own_condition(
    name: str, code: str, entries: str, fails: bool
) -> None:
    found = score(rubric(name), indicator(name, code), entries, EVERYTHING)
    assert found.key_failed is fails


def test_key_items_are_those_of_the_sheet() -> None:
    found = {name: [item.id for item in rubric(name).indicators if item.key] for name in SHEET}
    assert found == {
        "shuangjian": ["B3", "B7", "C1", "C4", "D3", "D5", "F4", "F5"],
        "canteen": ["A1", "B1", "C6", "C7", "D2", "D3", "E1"],
        "party": ["A2"],
        "catered": ["A1", "B1", "C2"],
    }
    limits = [(item.failed, item.ceiling, item.grade) for item in rubric("canteen").key_limits]
    assert limits == [(1, "良好", None), (2, None, "不合格")]


def consequences(name: str) -> dict[str, Consequence]:
    owned = {item.id: item.red_lines for item in rubric(name).indicators if item.red_lines}
    free = {line.id or "": (line,) for line in rubric(name).red_lines}
    return {code: line.consequence for code, found in (owned | free).items() for line in found}


def test_red_lines_are_those_of_the_sheet_and_tell_verdict_from_award() -> None:
    assert list(consequences("shuangjian")) == ["D6", "E4", "F1", "F3", "F5", "R1"]
    assert list(consequences("canteen")) == ["A1", "C6", "C7", "D3", "H1", "H2", "R1"]
    assert list(consequences("catered")) == ["A1", "B6", "C3", "D1", "R1"]
    assert list(consequences("party")) == ["A2", "D2", "E1", "E3", "E4", "G1"]
    assert all(item.grade == "不合格" for item in consequences("canteen").values())
    party = consequences("party")
    assert (party["A2"].ceiling, party["A2"].award_lost) == ("合格", False)
    assert (party["E4"].grade, party["E4"].award_lost) == (None, True)
    assert party["G1"].lower == 1


def test_food_red_lines_are_referred_and_nobody_is_fined() -> None:
    referred = [code for code, item in consequences("canteen").items() if item.refer]
    assert referred == ["A1", "C6", "C7", "D3", "H2", "R1"]
    lines = shipped()["canteen"].read_text(encoding="utf-8").splitlines()
    fines = [line for line in lines if "罚款" in line and not line.startswith("#")]
    assert fines == []


@pytest.mark.parametrize("name", SHEET)
def test_the_best_grade_needs_every_dimension_and_key_item(name: str) -> None:
    best, good, fair, poor = rubric(name).grades
    assert [item.grade for item in rubric(name).grades] == ["优秀", "良好", "合格", "不合格"]
    assert (best.key_failed_at_most, str(best.dimensions_at_least)) == (0, "3/5")
    for total, band in ((90, best), ("89.99", good), (80, good), (60, fair), ("59.99", poor)):
        assert Decimal(total) in band.range


def test_bonus_and_penalty_stand_outside_the_hundred_points() -> None:
    made = rubric("shuangjian")
    assert made.bonus is not None
    assert made.penalty is not None
    assert made.bonus.cap == 5
    assert made.penalty.cap == 10
    assert len({getattr(item.rule, "family", "") for item in made.bonus.items}) == 1


@pytest.mark.parametrize("name", SHEET)
def test_the_file_says_that_its_points_are_proposals(name: str) -> None:
    head = shipped()[name].read_text(encoding="utf-8").splitlines()
    assert head[0] == "# yaml-language-server: $schema=../rubric.schema.json"
    comment = "".join(line for line in head[:14] if line.startswith("#"))
    assert "建议" in comment
    assert "须由局确认" in comment
    assert "须由局确认" in rubric(name).note


def test_conditions_of_parts_leave_something_for_every_school() -> None:
    for name in SHEET:
        for item in rubric(name).indicators:
            if not isinstance(item.rule, Composite):
                continue
            for stage in ("幼儿园", "小学", "初中", "九年一贯制", "普通高中"):
                for form in ("党委", "总支", "支部", "联合支部"):
                    traits = with_derived(EVERYTHING | {"学段": stage, "党组织形式": form})
                    if holds(rubric(name).when, traits) and holds(item.when, traits):
                        parts = [part for part in item.rule.parts if holds(part.when, traits)]
                        assert parts, (name, item.id, stage, form)

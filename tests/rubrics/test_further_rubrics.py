"""The further shipped rubrics: complete, marked as proposals, and worth what was reckoned by hand.

``tried/`` has a table of a few schools a rubric, as a bureau would try it with ``rubric try``.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rubrics.files.loading import advised_rubric, load_rubric
from rubrics.files.shipped import shipped
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.slots import slots
from rubrics.rules import AllOrNone, Checklist, Composite, Deduct, Threshold
from scoring.__main__ import app

TRIED = Path(__file__).with_name("tried")

# How many indicators each dimension has, and what they are worth.
DIMENSIONS = {
    "fees": {"A": (9, 69), "B": (6, 31)},
    "fees_private": {"A": (7, 60), "B": (7, 40)},
    "uniform": {"A": (7, 52), "B": (4, 28), "C": (3, 20)},
    "discipline": {"A": (4, 32), "B": (5, 40), "C": (2, 16), "D": (2, 12)},
    "daily": {"A": (2, 18), "B": (4, 36), "C": (3, 26), "D": (3, 12), "E": (1, 8)},
    "homework": {"A": (4, 40), "B": (5, 40), "C": (2, 12), "D": (2, 8)},
    "party_private_kindergarten": {"A": (3, 40), "B": (3, 30), "C": (3, 15), "D": (3, 15)},
    "training": {"A": (4, 28), "B": (5, 32), "C": (2, 12), "D": (4, 28)},
    "training_credit": {"A": (4, 280), "B": (5, 320), "C": (2, 120), "D": (4, 280)},
}

# rubric, school of its table -> total, grade, whether it may still be commended
WORTH = """
    fees 样样齐全的小学                                  100.00 优秀     true
    fees 欠缴又欠退的小学                                90.90  良好     true
    fees 家委会代收的小学                                95.00  良好     false
    fees 不收课后服务费的幼儿园                          98.26  优秀     true
    fees_private 样样齐全的民办学校                      100.00 优秀     true
    fees_private 有账外收费的民办学校                    93.60  良好     false
    fees_private 没有审计的营利园                        89.77  良好     true
    uniform 学校自己采购的小学                           100.00 优秀     true
    uniform 同意率不到三分之二的小学                     86.00  良好     true
    uniform 县里统一招标的小学                           85.50  良好     true
    uniform 强制购买的初中                               92.00  合格     false
    discipline 样样齐全的支部                            100.00 优秀     true
    discipline 自己发现并报告的支部                      98.00  优秀     true
    discipline 被上级查处的支部                          91.33  合格     true
    discipline 书记被立案的支部                          95.50  基本合格 false
    daily 样样齐全的小学                                 100.00 正常     true
    daily 周末补课的小学                                 92.00  重点督导 true
    daily 第一次巡查的幼儿园                             81.97  关注     true
    homework 样样齐全的小学                              100.00 优秀     true
    homework 有惩罚性作业的小学                          92.20  良好     true
    homework 要求家长代批的小学                          89.00  合格     true
    party_private_kindergarten 样样齐全的民办园          100.00 优秀     true
    party_private_kindergarten 没有选派指导员的民办园    56.00  不合格   true
    party_private_kindergarten 该建支部没有建的民办园    93.02  合格     true
    training 样样齐全的学科机构                          100.00 优秀     true
    training 周末上课的学科机构                          92.00  不合格   false
    training 预收费不进账户的艺术机构                    95.50  合格     true
    training 下课晚的线上机构                            94.32  优秀     true
    training_credit 样样齐全的学科机构                   1000.00 A       true
    training_credit 周末上课的学科机构                   920.00 D        false
    training_credit 预收费不进账户的艺术机构             955.00 C        true
    training_credit 下课晚的线上机构                     943.18 A        true
"""


@cache
def rubric(name: str) -> Rubric:
    made, problems = advised_rubric(shipped()[name])
    assert not problems
    assert made is not None
    return made


@cache
def tried(name: str) -> dict[str, dict[str, str]]:
    done = CliRunner().invoke(app, ["rubric", "try", name, str(TRIED / f"{name}.csv")])
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(done.stdout.lstrip("\ufeff").splitlines()))
    return {row["school"]: row for row in rows}


def indicator(name: str, code: str) -> Indicator:
    return next(item for item in rubric(name).indicators if item.id == code)


@pytest.mark.parametrize(
    "row", [line.split() for line in WORTH.splitlines() if line.strip()], ids=" ".join
)
def test_a_table_is_worth_what_was_reckoned_by_hand(row: list[str]) -> None:
    name, school, total, grade, award = row
    found = tried(name)[school]
    assert [found[key] for key in ("total", "grade", "award_eligible")] == [total, grade, award]


def test_every_row_of_the_tables_is_reckoned() -> None:
    there = {(name, school) for name in DIMENSIONS for school in tried(name)}
    assert there == {tuple(line.split()[:2]) for line in WORTH.splitlines() if line.strip()}


@pytest.mark.parametrize("name", DIMENSIONS)
def test_dimensions_and_points(name: str) -> None:
    found = {
        item.id: (len(item.indicators), int(sum(one.points for one in item.indicators)))
        for item in rubric(name).dimensions
    }
    assert found == DIMENSIONS[name]
    whole = 1000 if name == "training_credit" else 100
    assert sum(points for _, points in found.values()) == rubric(name).points == whole


@pytest.mark.parametrize("name", DIMENSIONS)
def test_only_what_rests_on_sources_alone_counts_as_verified(name: str) -> None:
    known = rubric(name).sources
    marked = [(item.id, item.verified, item.source) for item in rubric(name).indicators]
    marked += [(code, doc.verified, doc.source) for code, doc in rubric(name).documents.items()]
    marked += [(item.id, item.verified, item.source) for item in rubric(name).extras]
    used: set[str] = set()
    for code, verified, source in marked:
        assert source, code
        assert verified == bool(re.fullmatch(r"V(\[[ST]\d+b?\])+", source)), code
        used |= set(re.findall(r"\[([ST]\d+b?)\]", source))
    assert used == set(known)


@pytest.mark.parametrize("name", DIMENSIONS)
def test_every_indicator_says_how_to_check_and_what_to_demand(name: str) -> None:
    for item in rubric(name).indicators:
        assert item.method and item.material and item.threshold and item.basis, item.id
        demands = [item.rectify, *_own_demands(item)]
        assert item.rectify and all(demands), item.id
        for asked in demands:
            assert asked is not None
            assert asked.demand.startswith("请") and asked.demand.endswith("。"), item.id
            assert asked.days in (0, 3, 15, 30), item.id


def _own_demands(item: Indicator) -> list[object]:
    """What several things asked for in one indicator demand, each of its own."""
    parts = item.rule.parts if isinstance(item.rule, Composite) else ()
    found: list[object] = []
    for rule in [item.rule, *(part.rule for part in parts)]:
        match rule:
            case Deduct():
                several: tuple[object, ...] = rule.faults
            case Checklist():
                several = rule.items
            case AllOrNone():
                several = rule.requirements
            case Threshold():
                several = rule.readings
            case _:
                several = ()
        if len(several) > 1:
            found += [one.rectify for one in several]  # type: ignore[attr-defined]
    return found


def test_arrears_refunds_publication_and_waivers_are_items_of_their_own() -> None:
    for name in ("fees", "fees_private"):
        titles = [item.title for item in rubric(name).indicators]
        for wanted in ("应缴未缴", "应退未退", "应免未免", "未予公开"):
            assert [title for title in titles if wanted in title], (name, wanted)


def test_private_schools_are_not_held_to_the_rules_of_public_ones() -> None:
    titles = {doc.title for doc in rubric("fees_private").documents.values()}
    assert "《中小学校财务制度》" not in titles
    cited = {entry for item in rubric("fees_private").indicators for entry in item.basis}
    assert {"法民 第44条", "法民 第46条"} <= cited


def test_discipline_is_mostly_counted() -> None:
    judged = sum(item.points for item in rubric("discipline").indicators if item.subjective)
    assert 100 - judged >= 70


def test_what_one_reports_oneself_costs_less_than_what_others_find() -> None:
    rule = indicator("discipline", "C2").rule
    assert isinstance(rule, Deduct)
    own, found = rule.faults
    assert (own.id, found.id) == ("自查", "查处")
    assert own.each < found.each
    assert own.limit is not None and own.limit < indicator("discipline", "C2").points


def test_credit_asks_what_daily_supervision_asks_and_is_worth_ten_times_as_much() -> None:
    daily, credit = rubric("training"), rubric("training_credit")
    assert daily.subject == credit.subject
    assert not daily.subject.is_school
    assert (TRIED / "training.csv").read_bytes() == (TRIED / "training_credit.csv").read_bytes()
    for one, other in zip(daily.indicators, credit.indicators, strict=True):
        assert (one.id, one.title, one.points * 10) == (other.id, other.title, other.points)
        assert [(it.key, it.label, it.entry) for it in slots(one)] == [
            (it.key, it.label, it.entry) for it in slots(other)
        ]
    for school, row in tried("training").items():
        tenth = Decimal(tried("training_credit")[school]["earned"]) / 10
        assert Decimal(row["earned"]) == tenth


def test_a_daily_round_is_filled_in_quickly() -> None:
    """Some 20 minutes, half a minute an entry."""
    asked = [slot for item in rubric("daily").indicators for slot in slots(item)]
    assert len(asked) <= 40
    assert rubric("daily").visit.min_inspectors == 1


@pytest.mark.parametrize("name", shipped())
def test_what_inspectors_are_told_is_for_them(name: str) -> None:
    """A note stands on the sheet: what the bureau has to settle stands in that of the rubric."""
    made, _ = load_rubric(shipped()[name])
    assert made is not None
    codes = {*made.documents, *made.sources}
    for item in made.indicators:
        words = ("核对", "印发", "待局", "须由局", "局确定", "teaching", *codes)
        assert not [word for word in words if word in item.note], (item.id, item.note)


@pytest.mark.parametrize("name", shipped())
def test_lines_of_a_file_leave_no_blank_in_a_sentence(name: str) -> None:
    """YAML puts one between folded lines, where Chinese has none."""
    made, _ = load_rubric(shipped()[name])
    assert made is not None
    blank = re.compile(r"[，。；：、）”] (?=[\u4e00-\u9fff“（])")
    told = [made.note, *(text for it in made.indicators for text in (it.note, it.threshold))]
    assert not [text for text in told if blank.search(text)]

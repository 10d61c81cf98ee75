"""What is not settled yet is told as that in letters, and sentences of counts add up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from inspections.records.record import Record
from inspections.round.round import Letters
from inspections.round.school import Assignment
from reports.letter.content import letter_blocks, texts
from reports.letter.peers import Peers, peers
from reports.letter.subject import Letter
from reports.type.blocks import BarChart, Block, Paragraph, Table
from rubrics.language.rubric import Rubric
from rubrics.values.points import to_units
from scoring.results.rounds import score_round
from tests.scoring.small import Typed, a_round, item, roster, rubric, visit

VOTE = {"kind": "votes", "options": {"好": 1, "差": 0}}
COUNT = {"kind": "deduct", "faults": [{"label": "缺页", "each": 2}]}
OF = rubric(
    item("A1", 20, rule=COUNT, evidence="on_deduction"),
    item("A2", 20, rule=VOTE, evidence="on_deduction"),
    item("B1", 40),
    item("B2", 20, rule=COUNT),
)
CLEAN: dict[str, Typed] = {"A1": 0, "A2": {"好": 30, "差": 0, "entitled": 30}, "B1": 40, "B2": 0}


def letters(
    of: Rubric,
    visits: Sequence[Record],
    *,
    plan: Sequence[Assignment] = (),
    **settings: Any,
) -> dict[str, Letter]:
    made = a_round(letters=Letters(), **settings)
    known = roster({it.key.school: {} for it in visits})
    scores, _ = score_round(made, {of.id: of}, known, plan, visits)
    held = scores.rubrics[of.id].schools
    groups = peers(held)
    return {it.school.id: Letter(made, of, it, known, groups.get(it.group, Peers())) for it in held}


def entered(name: str, more: Mapping[str, Typed], **how: Any) -> Record:
    return visit(name, CLEAN | dict(more), **how)


def said(letter: Letter) -> str:
    return "".join(text for block in letter_blocks(letter) for text in texts(block))


def table(blocks: Sequence[Block], head: str) -> Table:
    return next(
        block
        for block in blocks
        if isinstance(block, Table) and head in {column.head for column in block.columns}
    )


def test_rank_and_median_that_hang_on_others_are_provisional() -> None:
    made = letters(
        OF,
        [entered("甲校", {"A1": 1}), entered("乙校", {"B1": 39}), entered("丙校", {"A1": 2})],
    )
    text = said(made["乙校"])
    assert "在全部学校参加排名的3所学校中暂列第3名。本组总分中位数暂为100.00分" in text
    assert "本组有2所学校的检查情况尚未核定，名次和中位数均为暂定。" in text
    assert "评为“优秀”" in text
    assert "暂评为" not in text
    own = said(made["甲校"])
    assert "本组有2所学校（含你校）的检查情况尚未核定，名次和中位数均为暂定。" in own
    quiet = letters(
        OF, [entered("甲校", {"A1": 1}), entered("乙校", {"B1": 39})], ranking={"publish": False}
    )
    text = said(quiet["乙校"])
    assert "本组总分中位数暂为" in text
    assert "本组有1所学校的检查情况尚未核定，中位数为暂定。" in text
    settled = letters(OF, [entered("甲校", {"B2": 1}), entered("乙校", {"B1": 39})])
    assert "暂" not in said(settled["乙校"]).split("三、存在问题")[0]


def test_a_grade_by_quota_hangs_on_others_too() -> None:
    quota = {"grade": "优秀", "share": "50%", "then": "良好"}
    visits = [entered("甲校", {"A1": 1}), entered("乙校", {"B1": 39})]
    made = letters(OF, visits, ranking={"groups": [], "quotas": [quota]})
    assert "暂评为“良好”" in said(made["乙校"])


def test_a_small_ballot_that_waits_has_no_band() -> None:
    few = {"好": 8, "差": 2, "entitled": 10}
    text = said(letters(OF, [entered("甲校", {"A2": few}), entered("乙校", {})])["甲校"])
    assert "九成以上" not in text
    assert "参加测评的人少，待核，不单列得分" in text


def test_what_a_vote_that_waits_would_cost_is_told() -> None:
    many = {"好": 23, "差": 1, "entitled": 24}
    made = letters(OF, [entered("甲校", {"A2": many}), entered("乙校", {})])["甲校"]
    [row] = table(letter_blocks(made), "待核事项").rows
    assert row[1] == "A2 指标A2：按汇总结果，满分20分，核定属实计19.17分。"
    assert row[3] == "0.83"


def test_what_only_lacks_its_evidence_says_what_was_seen() -> None:
    of = rubric(item("A1", 50, evidence="required"), item("A2", 50))
    made = letters(of, [visit("甲校", {"A1": 50, "A2": 50}), visit("乙校", {"A1": 50, "A2": 50})])
    [row] = table(letter_blocks(made["甲校"]), "待核事项").rows
    assert row[1] == "A1 指标A1：检查时没有发现扣分的情况，尚缺佐证。"


def test_facts_that_differ_have_their_points_in_the_table() -> None:
    seen = [entered("甲校", {"A1": 0}), entered("甲校", {"A1": 2}, inspector="乙")]
    made = letters(OF, [*seen, entered("乙校", {})], combining={"facts": "agreed"})["甲校"]
    [row] = table(letter_blocks(made), "待核事项").rows
    assert "记录不一致" in (row[1] or "")
    assert row[3] == "4"


def test_a_missing_sheet_is_told_without_a_name() -> None:
    plan = [Assignment(name, "sample", "第1次", "") for name in ("甲校", "乙校")]
    seen = [entered("甲校", {}), entered("乙校", {}), entered("乙校", {}, inspector="乙")]
    made = letters(OF, seen, plan=plan, raters="each")
    text = said(made["甲校"])
    assert "未齐检查表。检查组有1份检查表尚未收齐，收齐后的结果另行告知，" in text
    assert "暂定总分100.00分" in text
    assert "李四" not in text
    assert "没有须报送整改报告的问题。检查组有1份检查表尚未收齐，收齐后如有问题，另行告知。" in text
    assert "保持现有水平" not in text
    assert "暂并列第1名" in said(made["乙校"])
    withheld = OF.model_copy(update={"excused_limit": Decimal(10)})
    gone = {"B1": "NA"}
    text = said(letters(withheld, [entered("甲校", gone)], plan=plan, raters="each")["甲校"])
    assert "不计总分" in text
    assert "检查组有1份检查表尚未收齐，收齐后的结果另行告知，此前得分和评价均为暂定。" in text


@pytest.mark.parametrize("gone", [{"B1": None}, {"B1": None, "A1": 1}])
def test_only_what_was_seen_is_praised(gone: Mapping[str, Typed]) -> None:
    text = said(letters(OF, [entered("甲校", gone), entered("乙校", {})])["甲校"])
    assert "已查的项目没有须报送整改报告的问题。另有1项（40分）未查" in text
    assert ("1项待核，补查、核定后如有问题，另行告知。" in text) == ("A1" in gone)
    assert "保持现有水平" not in text


def test_a_group_of_one_has_no_median_anywhere() -> None:
    made = letters(OF, [entered("甲校", {"B1": 30})])["甲校"]
    blocks = letter_blocks(made)
    assert "全部学校只有你校一所学校参加排名，不作比较。" in said(made)
    assert "中位数" not in said(made)
    [chart] = [block for block in blocks if isinstance(block, BarChart)]
    assert (chart.marker_name, {bar.marker for bar in chart.bars}) == ("", {None})


def number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def units(pattern: str, text: str) -> int:
    return sum(to_units(Decimal(it)) for it in re.findall(pattern, text))


KINDS = (
    "proved",
    "pending",
    "both",
    "vote",
    "small vote",
    "waiting vote",
    "key",
    "remark",
    "clean",
)


def combined(kinds: Sequence[str], policy: str, penalty: str) -> Letter:
    """A school with an item of each of these kinds, seen on two occasions."""
    items = [item("Z1", 60)]
    first: dict[str, Typed] = {"Z1": 60}
    second: dict[str, Typed] = {"Z1": 60}
    proof: tuple[list[str], list[str]] = [], []
    for n, kind in enumerate(kinds):
        name = f"{'AB'[n % 2]}{n + 1}"
        vote = "vote" in kind
        more: dict[str, Any] = {"rule": VOTE if vote else COUNT, "evidence": "on_deduction"}
        if kind == "key":
            flag = {"flag": "f", "label": "是否查实"}
            more = {"rule": {"kind": "all_or_none"}, "key": {"triggers": [flag]}}
        items.append(item(name, 10, **more))
        good, bad = (23, 2) if kind == "vote" else (8, 2)
        value: Typed = {"好": good, "差": bad, "entitled": good + bad} if vote else 1
        if kind == "key":
            value = {"": 1, "f": 1}
        if kind in ("clean", "remark"):
            value = 0
        first[name] = second[name] = value
        if kind not in ("pending", "waiting vote"):
            proof[0].append(name)
            if kind != "both":
                proof[1].append(name)
    extra = {
        "id": "K1",
        "title": "通报",
        "rule": {"kind": "penalty", "each": 1, "limit": 5},
        "basis": ["法1"],
    }
    of = rubric(*items, pending=policy, penalty={"cap": 5, "items": [extra]})
    if penalty:
        first["K1"] = second["K1"] = 2
        for held in proof if penalty == "proved" else ():
            held.append("K1")
    seen = [
        visit("甲校", first, evidence=proof[0]),
        visit("甲校", second, evidence=proof[1], occasion="第2次"),
    ]
    return letters(of, seen, occasions=["第1次", "第2次"])["甲校"]


def test_a_penalty_says_what_is_to_be_put_right() -> None:
    asked = {"demand": "请撤回通报所指的做法。", "days": 15}
    extra = {
        "id": "K1",
        "title": "通报",
        "rule": {"kind": "penalty", "each": 1, "limit": 5},
        "rectify": asked,
    }
    of = rubric(item("Z1", 60), penalty={"cap": 5, "items": [extra]})
    seen = [visit("甲校", {"Z1": 60, "K1": 2}, evidence=["K1"])]
    (fault,) = letters(of, seen)["甲校"].faults
    assert (fault.owner, fault.demand, fault.days) == ("K1", asked["demand"], 15)
    bonus = {**extra, "rule": {"kind": "bonus", "each": 1, "limit": 5}}
    with pytest.raises(ValidationError, match="加分项没有要整改的"):
        rubric(item("Z1", 60), bonus={"cap": 5, "items": [bonus]})


@example(["both", "pending", "small vote", "proved"], "full", "pending")
@example(["both", "waiting vote", "key", "vote"], "zero", "proved")
@given(
    st.lists(st.sampled_from(KINDS), min_size=1, max_size=7),
    st.sampled_from(["full", "zero", "as_observed"]),
    st.sampled_from(["", "proved", "pending"]),
)
def test_sentences_of_counts_add_up(kinds: Sequence[str], policy: str, penalty: str) -> None:
    letter = combined(kinds, policy, penalty)
    blocks = letter_blocks(letter)
    if not letter.faults:
        return
    paragraphs = [block.text for block in blocks if isinstance(block, Paragraph)]
    summary = paragraphs[paragraphs.index("三、存在问题和整改要求") + 1]
    counted, *rest = re.split("；", summary)
    # The faults are those with points, those whose points are not told, and those without.
    faults = number(r"共有(\d+)项问题", counted)
    parts = [int(n) for n in re.findall(r"(\d+)项(?:附加)?(?:扣|不单列|没有)", counted)]
    assert sum(parts) == faults or (not parts and "扣" in counted) or not faults, summary
    standing = [it for it in letter.faults if it.stands]
    waiting = [it for it in letter.faults if it.pending]
    assert faults == len(standing)
    # Who waits beside them is another one, or said to be among them.
    waits = number(r"待核(\d+)项", summary)
    both = number(r"(\d+)项查实的部分", summary)
    assert waits == len(waiting)
    assert faults + waits - both == len({it.owner for it in (*standing, *waiting)})
    assert ("另有待核" in summary) <= (both == 0)
    # Points add up to what the table of dimensions has taken off.
    *_, whole = table(blocks, "一级指标").rows
    off = to_units(Decimal((whole[4] or "0").replace("—", "0")))
    own = units(r"(?<!附加)(?<!合计)(?<!暂)(?<!暂附加)扣([\d.]+)分", ";".join([counted, *rest]))
    apart = units(r"各项合计扣([\d.]+)分", summary)
    held = units(r"暂扣([\d.]+)分", summary)
    assert own + apart + held == off, summary

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from inspections.records.record import Observation, Record, RecordKey, State
from inspections.round.school import School
from reports.faults import Fault, faults
from rubrics.language.rubric import Rubric
from scoring.results.scores import ExtraScore, IndicatorScore, RedLineHit, SchoolScore
from tests.reports.made import small_rubric

SCHOOL = School("S1", "甲校", {})
FULL = {"A1": 200_000, "A2": 200_000, "B1": 300_000, "B2": 300_000}


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return small_rubric()


def score(
    *items: IndicatorScore,
    extras: Sequence[ExtraScore] = (),
    waiting: Sequence[RedLineHit] = (),
    records: Sequence[Sequence[Observation]] = (),
    hits: Sequence[RedLineHit] = (),
    day: date = date(2026, 10, 20),
) -> SchoolScore:
    """A school with these indicator scores, full points elsewhere, and a visit for each record."""
    given = {item.indicator: item for item in items}
    visits = tuple(
        Record(
            RecordKey("S1", "kitchen", "第1次", f"督学{n}"),
            "2026.1",
            day,
            (f"督学{n}",),
            tuple(observations),
        )
        for n, observations in enumerate(records)
    )
    return SchoolScore(
        SCHOOL,
        "全部学校",
        "complete",
        red_lines=tuple(hits),
        red_lines_pending=tuple(waiting),
        extras=tuple(extras),
        indicators=tuple(
            given.get(name, IndicatorScore(name, State.CHECKED, points, points))
            for name, points in FULL.items()
        ),
        visits=visits,
    )


def checked(owner: str, fault: str = "", *evidence: str) -> Observation:
    return Observation(owner, State.CHECKED, fault=fault, evidence=evidence)


def only(rubric: Rubric, made: SchoolScore) -> Fault:
    (fault,) = faults(rubric, made)
    return fault


def test_nothing_lost_is_no_fault(rubric: Rubric) -> None:
    assert faults(rubric, score()) == ()


def test_a_fault_carries_all_that_a_letter_says(rubric: Rubric) -> None:
    item = IndicatorScore("A1", State.CHECKED, 200_000, 140_000, "缺公示 3 处", gain=66_700)
    records = [[checked("A1", "三天未公示。", "公示栏.jpg")], [checked("A1", " 三天未公示")]]
    fault = only(rubric, score(item, records=records))
    assert (fault.owner, fault.title, fault.dimension) == ("A1", "制度公示", "管理")
    assert (fault.points, fault.returned) == (60_000, 66_700)
    assert fault.fact == "三天未公示"
    assert [(item.number, item.name) for item in fault.evidence] == [(1, "公示栏.jpg")]
    assert [str(item) for item in fault.basis] == [
        "《甲局关于厨房的通知》（甲教〔2026〕1号）第3条",
        "《乙办法》",
    ]
    assert [item.verified for item in fault.basis] == [True, False]
    assert (fault.demand, fault.days) == ("请逐日公示。", 15)
    assert fault.threshold == "每日公示"
    assert not fault.key and not fault.pending and fault.counts


def test_without_a_written_fact_the_loss_stands_and_names_no_inspector(rubric: Rubric) -> None:
    item = IndicatorScore(
        "A1", State.CHECKED, 200_000, 140_000, "督学甲：缺公示 3 处", found=("缺公示 3 处",)
    )
    assert only(rubric, score(item, records=[[checked("A1")]])).fact == "缺公示 3 处"


def test_different_facts_are_joined_in_the_order_of_the_records(rubric: Rubric) -> None:
    item = IndicatorScore("A1", State.CHECKED, 200_000, 140_000)
    records = [[checked("A1", "一楼未公示；")], [checked("A1", "二楼未公示")]]
    assert only(rubric, score(item, records=records)).fact == "一楼未公示；二楼未公示"


def test_what_was_written_at_an_item_that_does_not_count_is_no_fact(rubric: Rubric) -> None:
    item = IndicatorScore("A1", State.CHECKED, 200_000, 140_000, found=("缺公示 3 处",))
    records = [[Observation("A1", State.UNCHECKED, fault="没来得及查")]]
    assert only(rubric, score(item, records=records)).fact == "缺公示 3 处"


@pytest.mark.parametrize("state", [State.UNCHECKED, State.EXCUSED, State.INAPPLICABLE])
def test_what_was_not_checked_is_no_fault(rubric: Rubric, state: State) -> None:
    assert faults(rubric, score(IndicatorScore("A1", state, 200_000, 0))) == ()


def test_red_lines_then_key_items_then_points(rubric: Rubric) -> None:
    made = score(
        IndicatorScore("A1", State.CHECKED, 200_000, 150_000),
        IndicatorScore("A2", State.CHECKED, 200_000, 190_000, key_failed=True),
        IndicatorScore("B1", State.CHECKED, 300_000, 0),
        IndicatorScore("B2", State.CHECKED, 300_000, 299_999),
        hits=[RedLineHit("R1", "提供虚假材料", "等次定为“不合格”")],
    )
    assert [fault.owner for fault in faults(rubric, made)] == ["R1", "A2", "B1", "A1", "B2"]


def test_a_red_line_of_its_own_has_its_basis_and_what_was_written(rubric: Rubric) -> None:
    hit = RedLineHit("R1", "提供虚假材料", "等次定为“不合格”")
    fault = only(rubric, score(hits=[hit], records=[[checked("R1", "陪餐记录后补", "记录.jpg")]]))
    assert fault.red_lines == (hit,)
    assert (fault.title, fault.fact) == ("提供虚假材料", "陪餐记录后补")
    assert [str(item) for item in fault.basis] == ["《乙办法》第9条"]
    assert [item.name for item in fault.evidence] == ["记录.jpg"]


def test_a_red_line_of_an_indicator_goes_by_its_own_id() -> None:
    text_line = {
        "id": "R9",
        "title": "锁闭通道",
        "triggers": [{"below": 1}],
        "consequence": {"zero_total": True},
    }
    rubric = small_rubric()
    data = rubric.model_dump(mode="json", exclude_unset=True)
    data["dimensions"][1]["indicators"][0]["red_lines"] = [text_line]
    with_line = Rubric.model_validate(data)
    made = score(
        IndicatorScore("B1", State.CHECKED, 300_000, 0),
        hits=[RedLineHit("R9", "锁闭通道", "总分归零")],
    )
    fault = only(with_line, made)
    assert (fault.owner, [hit.owner for hit in fault.red_lines]) == ("B1", ["R9"])


def test_a_pending_deduction_is_listed_though_it_costs_nothing_yet(rubric: Rubric) -> None:
    item = IndicatorScore("A1", State.CHECKED, 200_000, 200_000, "缺佐证，待核", pending=True)
    fault = only(rubric, score(item, records=[[checked("A1", "三天未公示")]]))
    assert (fault.pending, fault.points, fault.counts) == (True, 0, True)


def test_what_one_record_proves_stands_and_what_another_does_not_waits(rubric: Rubric) -> None:
    item = IndicatorScore(
        "A1",
        State.CHECKED,
        200_000,
        150_000,
        "督学0：缺公示 1 处；督学1：缺公示 3 处（没有佐证材料，待核）",
        pending=True,
        unproved=30_000,
        found=("缺公示 1 处",),
        waiting=("缺公示 3 处",),
    )
    told = [[checked("A1", "一楼未公示", "门.jpg")], [checked("A1", "二楼未公示")]]
    fault = only(rubric, score(item, records=told))
    assert (fault.points, fault.proved, fault.unproved) == (50_000, 20_000, 30_000)
    assert (fault.fact, fault.open_fact) == ("一楼未公示", "二楼未公示")
    assert fault.stands and fault.pending
    silent = [[checked("A1", "", "门.jpg")], [checked("A1", "")]]
    fault = only(rubric, score(item, records=silent))
    assert (fault.fact, fault.open_fact) == ("缺公示 1 处", "缺公示 3 处")
    half = [[checked("A1", "", "门.jpg")], [checked("A1", "二楼未公示")]]
    fault = only(rubric, score(item, records=half))
    assert (fault.fact, fault.open_fact) == ("缺公示 1 处", "二楼未公示")


def test_what_only_waits_does_not_stand(rubric: Rubric) -> None:
    """Neither where it counts as full points, nor where it counts as lost until then."""
    for earned, unproved in ((200_000, 0), (0, 200_000)):
        item = IndicatorScore("A1", State.CHECKED, 200_000, earned, pending=True, unproved=unproved)
        fault = only(rubric, score(item, records=[[checked("A1", "三天未公示")]]))
        assert (fault.stands, fault.counts, fault.open_fact) == (False, True, "三天未公示")


def test_a_written_remark_without_a_deduction_is_kept_and_told_apart(rubric: Rubric) -> None:
    fault = only(rubric, score(records=[[checked("A1", "公示栏字太小")]]))
    assert (fault.fact, fault.points, fault.counts) == ("公示栏字太小", 0, False)


def test_the_rule_in_force_on_the_day_gives_basis_and_threshold(rubric: Rubric) -> None:
    item = IndicatorScore("A1", State.CHECKED, 200_000, 0)
    late = score(item, records=[[checked("A1")]], day=date(2026, 11, 2))
    fault = only(rubric, late)
    assert [str(item) for item in fault.basis] == ["《乙办法》第2条"]
    assert fault.threshold == "每餐公示"


def test_evidence_is_numbered_in_the_order_of_the_faults(rubric: Rubric) -> None:
    made = score(
        IndicatorScore("A1", State.CHECKED, 200_000, 190_000),
        IndicatorScore("B1", State.CHECKED, 300_000, 0),
        records=[
            [checked("A1", "甲", "门.jpg", "栏.jpg"), checked("B1", "乙", "柜.jpg", "门.jpg")]
        ],
    )
    numbered = [[(e.number, e.name) for e in fault.evidence] for fault in faults(rubric, made)]
    assert numbered == [[(1, "柜.jpg"), (2, "门.jpg")], [(2, "门.jpg"), (3, "栏.jpg")]]


def test_demerits_are_lost_as_they_are_counted() -> None:
    rubric = small_rubric().model_copy(update={"scale": "demerits"})
    items = [IndicatorScore(name, State.CHECKED, points, 0) for name, points in FULL.items()]
    items[1] = IndicatorScore("A2", State.CHECKED, 200_000, 50_000)
    assert [(f.owner, f.points) for f in faults(rubric, score(*items))] == [("A2", 50_000)]


def test_immediate_and_missing_deadlines(rubric: Rubric) -> None:
    made = score(
        IndicatorScore("A2", State.CHECKED, 200_000, 0),
        IndicatorScore("B1", State.CHECKED, 300_000, 0),
    )
    assert [(f.owner, f.days) for f in faults(rubric, made)] == [("B1", None), ("A2", 0)]


def test_a_red_line_that_waits_for_evidence_stands_before_key_items(rubric: Rubric) -> None:
    data = rubric.model_dump(mode="json", exclude_unset=True)
    data["dimensions"][1]["indicators"][1]["red_lines"] = [
        {"title": "不留样", "triggers": [{"below": 1}], "consequence": {"zero_total": True}}
    ]
    made = score(
        IndicatorScore("A2", State.CHECKED, 200_000, 0, key_failed=True),
        IndicatorScore("B2", State.CHECKED, 300_000, 300_000, pending=True),
        waiting=[RedLineHit("B2", "不留样", "总分归零")],
    )
    first, second = faults(Rubric.model_validate(data), made)
    assert (first.owner, [hit.title for hit in first.red_lines_pending]) == ("B2", ["不留样"])
    assert first.red_lines == ()
    assert second.owner == "A2"


def test_penalties_are_faults_and_bonuses_are_not() -> None:
    data = small_rubric().model_dump(mode="json", exclude_unset=True)
    data["penalty"] = {
        "cap": 5,
        "items": [
            {
                "id": "K1",
                "title": "查实信访",
                "rule": {"kind": "penalty", "each": 1, "limit": 5},
                "basis": ["甲1 第8条"],
            }
        ],
    }
    data["bonus"] = {
        "cap": 5,
        "items": [{"id": "J1", "title": "经验", "rule": {"kind": "bonus", "each": 1, "limit": 5}}],
    }
    made = score(
        extras=[ExtraScore("J1", 10_000), ExtraScore("K1", 20_000)],
        records=[[checked("K1", "两件信访查实", "办结.pdf")]],
    )
    fault = only(Rubric.model_validate(data), made)
    assert (fault.owner, fault.points, fault.returned) == ("K1", 20_000, 20_000)
    assert (fault.fact, str(fault.basis[0])) == (
        "两件信访查实",
        "《甲局关于厨房的通知》（甲教〔2026〕1号）第8条",
    )


def test_a_text_that_the_bureau_has_overruled_is_no_fact(rubric: Rubric) -> None:
    item = IndicatorScore("A1", State.CHECKED, 200_000, 180_000, "", found=("缺公示 1 处 × 2 分",))
    wrong = replace(checked("A1", "两天未公示"), settled=True, overruled=True)
    right = replace(checked("A1", "一天未公示"), settled=True)
    fault = only(rubric, score(item, records=[[wrong], [right]]))
    assert (fault.fact, fault.settled) == ("一天未公示", True)
    fault = only(rubric, score(item, records=[[wrong]]))
    assert (fault.fact, fault.settled) == ("缺公示 1 处 × 2 分", True)
    # Settled in the school's favour: no remark is left of it either.
    assert faults(rubric, score(records=[[wrong]])) == ()

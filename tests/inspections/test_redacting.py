"""What of a record others may see."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.records.record import Observation, Proof, State
from inspections.records.redacting import is_secret, redacted_observation, secret_items
from rubrics.messages.outgoing import WITHHELD, leaves_as_it_is, outgoing
from tests.inspections.small_round import KITCHEN, one_dimension, rubric

SECRET = "甲说书记收礼"
SEEN = Observation(
    "A1",
    State.CHECKED,
    {"x": Decimal(2), "reason": "油污"},
    fault="灶台有油污",
    evidence=("1.jpg",),
    remark="当场改",
    proof=(Proof("1.jpg", "evidence/1/1.jpg", "0" * 64),),
    missing=("2.jpg",),
    decided=("张主任更正",),
)


def told(seen: Observation) -> str:
    return repr(replace(seen, places={}))


def test_what_is_open_stays_as_it_is() -> None:
    assert redacted_observation(SEEN, secret=False) == SEEN
    bare = Observation("A1", State.CHECKED, {"x": Decimal(2)})
    assert redacted_observation(bare, secret=False) is bare


@given(st.text(min_size=1), st.text(min_size=1))
def test_of_a_secret_item_the_state_is_left(one: str, other: str) -> None:
    typed = replace(
        SEEN, fault=one, remark=other, reason=other, values={"": Decimal(7), "reason": one}
    )
    shown = redacted_observation(typed, secret=True)
    assert shown == Observation("A1", State.CHECKED, evidence=(WITHHELD,), reason=WITHHELD)


def test_what_the_program_says_of_a_secret_item_is_told() -> None:
    seen = Observation("A1", State.EXCUSED, reason="不适用（限寄宿）")
    assert redacted_observation(seen, secret=True).reason == "不适用（限寄宿）"


def test_a_marked_fact_takes_its_evidence_with_it() -> None:
    shown = redacted_observation(replace(SEEN, fault=f"【保密】{SECRET}"), secret=False)
    assert (shown.fault, shown.evidence, shown.proof, shown.missing) == ("", (WITHHELD,), (), ())
    assert shown.remark == "当场改"
    assert shown.values == SEEN.values


def test_a_marked_name_of_evidence_hides_all_of_it() -> None:
    for field in ("evidence", "missing"):
        shown = redacted_observation(replace(SEEN, **{field: (f"【保密】{SECRET}",)}), secret=False)
        assert (shown.evidence, shown.proof, shown.missing) == ((WITHHELD,), (), ())
        assert shown.fault == SEEN.fault


@given(st.text(), st.text())
def test_the_quick_way_and_the_long_way_agree(fault: str, remark: str) -> None:
    typed = replace(SEEN, fault=fault, remark=remark)
    whole = "\n".join((fault, remark))
    if leaves_as_it_is(whole):
        assert (outgoing(fault), outgoing(remark)) == (fault, remark)
    shown = redacted_observation(typed, secret=False)
    assert redacted_observation(shown, secret=False) == shown


def test_a_marked_remark_leaves_the_fact() -> None:
    shown = redacted_observation(replace(SEEN, remark=f"保密：{SECRET}"), secret=False)
    assert shown == replace(SEEN, remark="")


@pytest.mark.parametrize("field", ["fault", "remark", "reason"])
def test_a_marked_text_is_nowhere(field: str) -> None:
    marked = {field: f"台账缺页【保密】{SECRET}"}
    assert SECRET not in told(redacted_observation(replace(SEEN, **marked), secret=False))
    values = {"x": Decimal(2), "reason": f"[保密]{SECRET}"}
    assert redacted_observation(replace(SEEN, values=values), secret=False).values == {
        "x": Decimal(2)
    }


def test_numbers_and_decisions() -> None:
    seen = replace(SEEN, fault="家长13912345678", decided=("更正，电话13912345678",))
    shown = redacted_observation(seen, secret=False)
    assert (shown.fault, shown.decided) == ("家长139****5678", ("更正，电话139****5678",))


def test_a_text_without_end_is_cut_and_says_so() -> None:
    shown = redacted_observation(replace(SEEN, fault="脏" * 40_000), secret=False)
    assert len(shown.fault) < 11_000
    assert shown.fault.endswith("……（太长，全文见台账）")


SECRETS = one_dimension(
    "secrets",
    8,
    """
  - {id: A1, title: 一, points: 1, basis: [文1], method: [个别谈话], rule: {kind: all_or_none}}
  - {id: A2, title: 二, points: 1, basis: [文1], method: [查阅档案, 个别谈话],
     rule: {kind: all_or_none}}
  - {id: A3, title: 三, points: 2, basis: [文1], method: [查阅档案],
     rule: {kind: votes, options: {好: 1, 差: 0}}}
  - {id: A4, title: 四, points: 2, basis: [文1], method: [查阅档案],
     rule: {kind: composite, combine: sum, parts: [
       {id: a, label: 甲, points: 1, rule: {kind: all_or_none}},
       {id: b, label: 乙, points: 1, rule: {kind: votes, options: {好: 1, 差: 0}}}]}}
  - {id: A5, title: 五, points: 2, basis: [文1], method: [现场查看], confidential: true,
     rule: {kind: all_or_none}}
""",
)


def test_which_items_are_secret() -> None:
    made = rubric(SECRETS)
    assert secret_items(made) == {"A1", "A3", "A4", "A5"}
    assert is_secret(Observation("A5", State.CHECKED), made)
    assert not is_secret(Observation("A2", State.CHECKED, fault="缺页"), made)
    assert is_secret(Observation("A2", State.CHECKED, fault="【保密】缺页"), made)
    assert secret_items(rubric(KITCHEN)) == set()

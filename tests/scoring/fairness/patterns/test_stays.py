"""How long somebody stayed: against the rule and their other stays; two schools at once."""

from __future__ import annotations

import numpy as np

from scoring.fairness.patterns.pattern import Kind, Pattern
from scoring.fairness.patterns.stays import stays
from tests.scoring.fairness.patterns.made_up import Round, a_rubric, honest


def alone(minutes: list[int]) -> Round:
    """One inspector, a school a day."""
    made = honest(1, people=1, visits=len(minutes), design="alone")
    made.minutes = np.array(minutes)
    made.day = np.arange(len(minutes))
    return made


def found(made: Round, kind: Kind = Kind.STAY, state: str = "tested") -> list[Pattern]:
    return [one for one in stays([made.sheets()]) if one.kind is kind and one.state == state]


def test_far_shorter_than_the_others_is_told_with_its_cells() -> None:
    [one] = found(alone([120, 110, 130, 125, 115, 120, 45]))
    assert one.p < 0.05 and one.statistic < 0.4
    assert [cell.cell for cell in one.cells] == ["K3", "M3"]
    assert "停留 45 分钟" in one.words and "2026-10-18《第6学校》" in one.words


def test_a_little_shorter_is_not_however_regular_the_others() -> None:
    [one] = found(alone([105] * 9 + [85]))
    assert one.p == 1
    [equal] = found(alone([105] * 9))
    assert equal.p == 1 and equal.statistic == 1


def test_several_short_ones_do_not_hide_each_other() -> None:
    [one] = found(alone([120, 110, 130, 125, 115, 120, 118, 30, 28, 32]))
    assert one.p < 0.001
    assert {cell.sheet for cell in one.cells} == {"第7学校", "第8学校", "第9学校"}


def test_less_than_the_rubric_asks_for_is_a_fact() -> None:
    [one] = found(alone([90, 59, 60, 45]), state="certain")
    assert one.statistic == 2 and np.isnan(one.p)
    assert "45 分钟" in one.words and "至少 60 分钟" in one.words
    assert {cell.sheet for cell in one.cells} == {"第1学校", "第3学校"}
    assert [it.state for it in stays([alone([90, 0, 60]).sheets()])] == ["unknown"]


def test_two_schools_at_once_is_a_fact_one_after_the_other_is_not() -> None:
    made = alone([60, 60, 60])
    made.day[:] = 0
    made.arrived = np.array([480, 540, 570])
    [one] = found(made, Kind.TWO_PLACES, "certain")
    assert one.statistic == 1
    assert {cell.sheet for cell in one.cells} == {"第1学校", "第2学校"}


def test_sheets_of_two_rubrics_on_one_stay_are_one_visit() -> None:
    made = alone([120, 110, 130, 125, 115])
    other = a_rubric().model_copy(update={"id": "second"})
    both = stays([made.sheets(), made.sheets(other)])
    assert [one.state for one in both] == ["tested"]
    assert "查了 30 项" in both[0].words
    assert both[0].p == found(made)[0].p == 1

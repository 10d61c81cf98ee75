"""One family across inspectors and patterns, corrected as Holm has it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rubrics.messages.problems import Place
from scoring.fairness.patterns.correcting import RATE, holm, tried
from scoring.fairness.patterns.pattern import Kind, Pattern, rare, unknown
from tests.scoring.fairness.binomial import at_most

CELLS = (Place("一.xlsx", "表", "K3"),)


def made(p: float, who: str = "甲", kind: Kind = Kind.DRIFT) -> Pattern:
    return Pattern(kind, "r", (who,), "tested", "", 0.0, p, CELLS)


def test_holm_worked_by_hand() -> None:
    """4 tests: 4 x 0.005, 3 x 0.01, then 2 x 0.03, which the last may not undercut."""
    found = holm(np.array([0.01, 0.04, 0.03, 0.005]))
    assert np.allclose(found, [0.03, 0.06, 0.06, 0.02])
    assert np.allclose(holm(np.array([0.4, 0.9])), [0.8, 0.9])
    assert holm(np.array([])).tolist() == []


@given(st.lists(st.floats(0, 1), max_size=8))
def test_no_p_becomes_smaller_and_their_order_stays(ps: list[float]) -> None:
    found = holm(np.array(ps))
    assert all(found >= np.array(ps)) and all(found <= 1)
    order = np.argsort(ps, kind="stable")
    assert (np.diff(found[order]) >= 0).all()


def test_what_is_unknown_is_not_counted_and_facts_are_always_told() -> None:
    fact = Pattern(Kind.TWO_PLACES, "", ("乙",), "certain", "", 1.0)
    nothing = unknown(Kind.HALO, "r", ("丙",), "无法知道")
    low, high = made(0.02), made(0.5, "丁")
    found = tried([high, nothing, low, fact])
    assert found.count == 2 and found.unknown == (nothing,)
    assert found.told == (fact, low)
    assert tried([high, nothing, low, fact], rate=0.01).told == (fact,)
    assert np.isnan(found.adjusted[1]) and found.adjusted[2] == 0.04


def test_what_a_fact_says_of_the_same_cells_is_not_told_again() -> None:
    fact = Pattern(Kind.STAY, "", ("甲",), "certain", "", 1.0, cells=CELLS)
    same, other = made(0.001, kind=Kind.STAY), made(0.001, "乙", Kind.STAY)
    assert tried([same, other, fact]).told == (fact, other)


def test_one_false_alarm_in_at_most_a_twentieth_of_rounds() -> None:
    chance = np.random.default_rng(2)
    rounds = 1000
    false = sum(bool(tried([made(p) for p in chance.random(40)]).told) for _ in range(rounds))
    assert 0 < false <= at_most(rounds, RATE)


def test_how_rare_in_words() -> None:
    assert rare(0.5) == "约百分之五十" and rare(0.13) == "约百分之十三"
    assert rare(0.004) == "不到百分之一" and rare(3e-9) == "不到一亿分之一"
    assert rare(1.0) == "约百分之百"

"""Where something cannot be known it says so, and what would make it known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.fairness.patterns.looking import patterns_of
from scoring.fairness.patterns.pattern import Kind
from tests.scoring.fairness.patterns.made_up import Design, Round, honest


def few(rows: int, design: Design = "pairs") -> Round:
    """The first records of a round."""
    made = honest(3, people=4, visits=30, design=design)
    cut = {
        name: value[:rows] for name, value in vars(made).items() if isinstance(value, np.ndarray)
    }
    return Round(**cut)


def states(made: Round) -> dict[Kind, set[str]]:
    found: dict[Kind, set[str]] = {}
    for one in patterns_of([made.sheets()], 1).patterns:
        found.setdefault(one.kind, set()).add(one.state)
    return found


def test_one_by_himself_has_nobody_beside_him() -> None:
    found = states(honest(3, people=4, visits=120, design="alone"))
    assert found[Kind.DRIFT] == found[Kind.HALO] == found[Kind.SPREAD] == {"unknown"}
    assert Kind.ALIKE not in found
    assert found[Kind.COPIED] == found[Kind.DIGITS] == {"tested"}


@pytest.mark.parametrize("rows", [1, 2, 4])
def test_a_visit_or_two_tell_nothing(rows: int) -> None:
    found = patterns_of([few(rows).sheets()], 1)
    assert found.told == () and found.count == 0
    for one in found.unknown:
        assert "知道" in one.words or "不比" in one.words


def test_no_record_at_all() -> None:
    found = patterns_of([few(0).sheets()], 1)
    assert found.told == () and found.count == 0
    assert patterns_of([], 1).patterns == ()


def test_all_alike_is_no_pattern() -> None:
    made = honest(3, people=4, visits=60)
    made.judged[:] = 8
    made.read[:] = 4
    made.faults[:] = 0
    made.minutes[:] = 90
    found = patterns_of([made.sheets()], 1)
    assert [one for one in found.told if one.state == "tested"] == []
    by_kind = {one.kind: one for one in found.patterns}
    assert by_kind[Kind.HALO].state == "unknown" and "不必再查" in by_kind[Kind.HALO].words
    assert by_kind[Kind.DRIFT].p == by_kind[Kind.SPREAD].p == 1
    assert by_kind[Kind.COPIED].p == by_kind[Kind.STAY].p == 1


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.integers(0, 40),
    design=st.sampled_from(["pairs", "mixed", "alone"]),
    seed=st.integers(0, 10**6),
    holes=st.floats(0, 1),
)
def test_holes_and_odd_times_anywhere(rows: int, design: Design, seed: int, holes: float) -> None:
    made = few(rows, design)
    chance = np.random.default_rng(seed)
    for part in (made.judged, made.read):
        part[chance.random(part.shape) < holes] = np.nan
    made.minutes = chance.choice([0, -30, 5, 60, 90], rows)
    made.day = chance.integers(0, 3, rows)
    with np.errstate(all="raise", under="ignore"):
        found = patterns_of([made.sheets()], seed)
    for one in found.patterns:
        assert one.words and not any(mark in one.words for mark in ("nan", "inf", "{"))
        assert (one.state == "tested") == (0 < one.p <= 1)
        if one.state == "tested":
            assert np.isfinite(one.statistic)

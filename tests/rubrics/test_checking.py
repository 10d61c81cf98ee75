"""The checker accepts what is right; what it refuses is in ``broken/``."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.checking import check
from rubrics.language.rubric import Rubric
from rubrics.language.worth import misnamed
from rubrics.messages.problems import Severity
from rubrics.values.ranges import Range, coverage_faults, parse_range
from tests.rubrics.strategies import rubrics


@given(rubrics())
def test_generated_rubrics_are_right(rubric: Rubric) -> None:
    assert [item for item in check(rubric) if item.severity is Severity.ERROR] == []


@given(rubrics(), st.data())
def test_a_point_more_or_less_is_noticed(rubric: Rubric, data: st.DataObject) -> None:
    d = data.draw(st.integers(0, len(rubric.dimensions) - 1))
    dimension = rubric.dimensions[d]
    wrong = dimension.model_copy(update={"points": dimension.points + Decimal("0.0001")})
    dimensions = (*rubric.dimensions[:d], wrong, *rubric.dimensions[d + 1 :])
    broken = rubric.model_copy(update={"dimensions": dimensions})
    places = [item.place.cell for item in check(broken) if item.code == "rubric-points-sum"]
    # Where dimensions have weights, those add up to the points of the rubric.
    weighed = rubric.dimensions[0].weight is not None
    of_all = [] if weighed else ["points"]
    if misnamed(wrong):
        # A group without a weight may be the reason as well, and is what is told.
        assert places == of_all
        told = [item.code for item in check(broken) if item.severity is Severity.ERROR]
        assert told.count("rubric-weight") == len(misnamed(wrong))
    else:
        assert places == [f"dimensions.{d}.points", *of_all]


@pytest.mark.parametrize(
    ("domain", "bands", "faults"),
    [
        ("[0, ∞)", ["≤60", "(60, 70]", ">70"], []),
        ("[0, ∞)", ["<60", "[60, ∞)"], []),
        ("[0, 100]", ["[50, 100]", "[0, 50)"], []),
        ("[0, ∞)", ["<60", ">60"], ["gap 恰为 60 时"]),
        ("[0, ∞)", ["≤60", "≥60"], ["overlap 恰为 60 时"]),
        ("[0, ∞)", ["≤60", "[70, 80]"], ["gap 60 到 70 之间", "gap 80 到 ∞ 之间"]),
        ("[0, ∞)", [">0"], ["gap 恰为 0 时"]),
        ("(0, ∞)", [">0"], []),
        ("[0, 100]", ["[0, 100]", "[20, 30]"], ["overlap 20 到 30 之间"]),
        ("[0, 100]", [], ["gap 0 到 100 之间"]),
        ("[0, 100]", ["<0", "[0, 200]"], []),
    ],
)
def test_coverage(domain: str, bands: list[str], faults: list[str]) -> None:
    found = coverage_faults(parse_range(domain), map(parse_range, bands))
    assert [f"{kind} {text}" for kind, text in found] == faults


@pytest.mark.parametrize(
    ("step", "bands", "faults"),
    [
        ("1", ["≤13", "[14, 27]", "≥28"], []),
        ("1", ["<13", "[14, 27]", "≥28"], ["gap 13 到 14 之间"]),
        ("1", ["≤13", "[15, 27]", "≥28"], ["gap 13 到 15 之间"]),
        ("1", ["≤13", "(14, 27]", "≥28"], ["gap 13 到 14 之间"]),
        ("0.01", ["≤13", "[13.01, 27]", ">27"], []),
        ("0.01", ["≤13", "[14, 27]", ">27"], ["gap 13 到 14 之间"]),
    ],
)
def test_only_numbers_that_can_occur_are_missed(
    step: str, bands: list[str], faults: list[str]
) -> None:
    domain = parse_range("[0, ∞)")
    found = coverage_faults(domain, map(parse_range, bands), step=Decimal(step))
    assert [f"{kind} {text}" for kind, text in found] == faults


@st.composite
def intervals(draw: st.DrawFn) -> Range:
    low, high = sorted(draw(st.tuples(st.integers(-1, 9), st.integers(-1, 9))))
    left, right = draw(st.sampled_from("[(")), draw(st.sampled_from("])"))
    if low == high:
        left, right = "[", "]"
    return parse_range(f"{left}{low}, {high}{right}")


@given(st.lists(intervals(), max_size=4))
def test_coverage_agrees_with_trying_every_number(bands: list[Range]) -> None:
    """Whole and half numbers tell all intervals with whole ends apart."""
    domain = parse_range("[0, 8]")
    held = [sum(Decimal(n) / 2 in band for band in bands) for n in range(17)]
    kinds = {kind for kind, _ in coverage_faults(domain, bands)}
    assert ("gap" in kinds) == (0 in held)
    assert ("overlap" in kinds) == any(count > 1 for count in held)

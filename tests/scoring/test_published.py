"""What is printed beside each other subtracts as it is printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rubrics.language.rubric import Rubric
from scoring.results.published import (
    best_total,
    between,
    percent_beside,
    percent_text,
    points_text,
    share_text,
    share_to_median,
    to_median,
    total_text,
    trifling,
)
from scoring.results.scores import DimensionScore
from tests.scoring.small import item, rubric, schools, visit

units = st.integers(-(10**7), 10**7)
shares = st.integers(0, 10_000)


def of(places: int, scale: str = "merits") -> Rubric:
    return rubric(item("A1", 100)).model_copy(update={"places": places, "scale": scale})


@given(units, units, st.integers(0, 4))
def test_totals_subtract_as_they_are_printed(mine: int, other: int, places: int) -> None:
    told = between(of(places), mine, other)
    assert told is not None
    printed = [Decimal(total_text(of(places), it)) for it in (mine, other)]
    assert Decimal(total_text(of(places), told.apart)) == printed[0] - printed[1]
    worse = between(of(places, "demerits"), mine, other)
    assert worse is not None
    assert (told.better, worse.better) == (told.apart, -told.apart)


@given(shares, shares)
def test_shares_subtract_as_they_are_printed(mine: int, other: int) -> None:
    told = share_to_median(of(2), DimensionScore("A", 0, 0, mine, other))
    assert told is not None
    printed = [Decimal(share_text(it)[:-1]) for it in (mine, other)]
    assert Decimal(percent_text(told.apart)[:-1]) == printed[0] - printed[1]


def test_the_case_that_was_printed_wrong() -> None:
    told = share_to_median(of(2), DimensionScore("A", 0, 0, 9774, 9545))
    assert told is not None
    assert (share_text(9774), share_text(9545)) == ("97.7%", "95.5%")
    assert percent_text(told.apart) == "2.2%"  # the shares themselves are 2.29 apart


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6))
def test_a_gap_is_the_total_less_the_median_both_as_published(totals: list[int]) -> None:
    made = of(0)
    visits = [visit(f"s{n}", {"A1": str(Decimal(it) / 10)}) for n, it in enumerate(totals)]
    for score in schools(made, visits).values():
        told = to_median(made, score)
        if len(totals) < 2:
            assert (told, score.median, score.gap) == (None, None, None)
            continue
        assert told is not None
        assert told.apart == score.gap
        assert told.other == score.median
        assert told.other % 10_000 == told.mine % 10_000 == 0


def test_the_best_of_a_group_is_the_lowest_of_demerits() -> None:
    found = list(schools(of(2), [visit("a", {"A1": 80}), visit("b", {"A1": 90})]).values())
    assert best_total(of(2), found) == 900_000
    assert best_total(of(2, "demerits"), found) == 800_000


def test_points_have_two_decimals_and_shares_stay_on_their_side_of_a_limit() -> None:
    assert [points_text(it) for it in (25_000, 8_333, 16_667, 49, -8_350)] == [
        "2.5",
        "0.83",
        "1.67",
        "0",
        "-0.84",
    ]
    sixty, forty = Fraction(3, 5), Fraction(2, 5)
    assert percent_beside(59_999, 100_000, sixty) == "59.99%"
    assert percent_beside(40_001, 100_000, forty) == "40.01%"
    assert percent_beside(40_000, 100_000, forty) == "40%"
    # Anybody who divides 10 by 12 gets the same.
    assert percent_beside(10, 12, forty) == "83.33%"
    assert percent_beside(2, 3, Fraction(4, 5)) == "66.67%"


@given(st.integers(0, 1000))
def test_less_than_five_hundredths_makes_no_demand(lost: int) -> None:
    assert trifling(lost) == (Decimal(lost) / 10_000 < Decimal("0.05"))

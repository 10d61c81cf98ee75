"""Just above an edge and just below it: bins, rounding, and the exact chance."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import factorial, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.fairness.patterns.edges import chance_of_edge, edges
from scoring.fairness.patterns.sheets import Sheets
from tests.scoring.fairness.binomial import within
from tests.scoring.fairness.patterns.made_up import a_rubric, honest


@given(st.lists(st.integers(0, 4), min_size=4, max_size=4))
def test_the_chance_is_counted_over_all_counts_with_that_sum_and_mean(counts: list[int]) -> None:
    total, place = sum(counts), sum(n * k for k, n in enumerate(counts))
    like = [
        other
        for other in product(range(total + 1), repeat=4)
        if sum(other) == total and sum(n * k for k, n in enumerate(other)) == place
    ]
    ways = {other: 1 / prod(map(factorial, other)) for other in like}
    more = counts[2] - counts[1]
    reached = sum(way for other, way in ways.items() if other[2] - other[1] >= more)
    best = max(other[2] - other[1] for other in like)
    least = sum(way for other, way in ways.items() if other[2] - other[1] == best)
    found = chance_of_edge(np.array(counts))
    assert found == pytest.approx(
        (reached / sum(ways.values()), least / sum(ways.values())), rel=1e-9
    )


@pytest.mark.parametrize("slope", [-0.4, 0.0, 0.4])
def test_a_density_that_rises_or_falls_is_no_bunching(slope: float) -> None:
    """Exactly below 600, by the normal distribution beyond: one in twenty at 5 %."""
    chance = np.random.default_rng(int(10 * slope) + 50)
    shares = np.exp(slope * np.arange(4))
    for total, exact in ((80, True), (3000, False)):
        made = chance.multinomial(total, shares / shares.sum(), 1000)
        ps = np.array([chance_of_edge(counts)[0] for counts in made])
        low, high = within(len(ps), 0.05)
        # What is counted exactly has steps, so that it is rarer still.
        assert (ps <= 0.05).sum() <= high and ((ps <= 0.05).sum() >= low or exact)


def with_totals(totals: list[float], **more: object) -> Sheets:
    """A round of one inspector, whose records have these totals."""
    made = honest(1, people=1, visits=len(totals), design="alone").sheets(a_rubric())
    ratings = replace(made.ratings, total=np.array(totals))
    if more:
        ratings = replace(ratings, rubric=ratings.rubric.model_copy(update=more))
    return Sheets(ratings, made.columns, made.records)


def test_the_edge_itself_is_above_and_89_996_is_90() -> None:
    below, above = [89.99, 89.5, 89.0, 79.0], [90.0, 90.99, 89.996, 80.5, 80.0, 90.2]
    further = [91.0, 92.0 - 0.01, 88.0, 87.99, 60.5, 95.0]
    own = edges(with_totals(below + above + further))[0]
    assert own.statistic == pytest.approx(len([*above, 60.5]) / len([*below, *above, 60.5]))
    assert [cell.sheet for cell in own.cells][:2] == ["第4学校", "第5学校"]


def test_bunching_is_told_with_the_sheets_above() -> None:
    totals = [90.0] * 12 + [90.5] * 6 + [85.0] * 10 + [88.0] * 3 + [91.5] * 3
    one, whole = edges(with_totals(totals))
    assert one.p < 0.01 and one.inspectors == ("P000",) and whole.inspectors == ()
    assert "18 份表" in one.words and "0 份表" in one.words


def test_totals_without_any_near_an_edge_tell_nothing() -> None:
    for totals in ([70.0] * 30, [np.nan] * 5, [90.0]):
        assert {one.state for one in edges(with_totals(totals))} == {"unknown"}


def test_demerits_are_read_from_the_other_side() -> None:
    """Cost of 15 at most is good: -15 is the edge, and is reached by it."""
    grades = a_rubric().grades
    bands = [
        band.model_copy(
            update={"range": type(band).model_validate({"grade": band.grade, "range": text}).range}
        )
        for band, text in zip(grades, ("≤15", "(15, 40]", "(40, 60]", ">60"), strict=True)
    ]
    sheets = with_totals([-15.0, -14.5, -15.5, -40.0] * 5, scale="demerits", grades=tuple(bands))
    assert edges(sheets)[0].statistic == pytest.approx(15 / 20)

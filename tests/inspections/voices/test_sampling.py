"""Intervals are those of the books; what is hidden cannot be had by subtraction."""

from __future__ import annotations

from itertools import product
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.voices.sampling import SMALL, is_small, keeps, suppressed, wilson


@given(st.integers(1, 40_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_where_the_score_test_would_reject(counts: tuple[int, int]) -> None:
    chosen, asked = counts
    share = chosen / asked
    for end in map(float, wilson(chosen, asked)):
        assert -1e-12 <= end <= 1 + 1e-12
        if 1e-9 < end < 1 - 1e-9:
            # Each end p solves |share - p| = z * sqrt(p (1 - p) / n).
            assert abs(share - end) == pytest.approx(
                1.959964 * sqrt(end * (1 - end) / asked), rel=1e-6
            )
    low, high = wilson(chosen, asked)
    assert low <= share + 1e-12 and high >= share - 1e-12


TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(TABLES)
def test_small_cells_are_hidden_and_none_alone_in_its_row_or_column(rows: list[list[int]]) -> None:
    width = len(rows[0])
    cells = [cell for row in rows for cell in row]
    lines = [[at * width + n for n in range(width)] for at in range(len(rows))]
    lines += [[at * width + n for at in range(len(rows))] for n in range(width)]
    found = suppressed(cells, lines)
    assert all(hide for cell, hide in zip(cells, found, strict=True) if is_small(cell))
    for line in lines:
        gone = [cells[place] for place in line if found[place]]
        if gone and len(gone) < len(line):
            assert len(gone) > 1 and sum(gone) >= SMALL and keeps(cells, found, line)
    if not any(map(is_small, cells)):
        assert not any(found)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_a_row_whose_sum_is_known_leaves_several_values_for_what_is_hidden(row: list[int]) -> None:
    hides = suppressed(row, [range(len(row))])
    gone = [cell for cell, hide in zip(row, hides, strict=True) if hide]
    if not gone or len(gone) == len(row):
        return
    fits = [
        guess for guess in product(range(sum(gone) + 1), repeat=len(gone))
        if sum(guess) == sum(gone)
    ]  # fmt: skip
    assert len(fits) > SMALL

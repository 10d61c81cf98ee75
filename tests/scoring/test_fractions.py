"""Arrays of fractions decide as Python's fractions do, at ties and a hair beside them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.rules.exact import divided, portion, quotient
from rubrics.rules.fraction_array import FractionArray
from rubrics.rules.fraction_columns import side_by_side
from rubrics.values.points import half_up

numbers = st.integers(0, 10**9)
divisors = st.sampled_from([1, 2, 3, 7, 9, 32, 59, 64, 128, 9 * 1999, 10**6 + 3])
rows = st.lists(
    st.tuples(*(st.tuples(numbers, divisors) for _ in range(3))), min_size=1, max_size=6
)


def pair(found: list[Any]) -> tuple[Any, Any]:
    """The same rows x 3 as the engine holds them, and as Python's fractions."""
    over, under = (np.array([[it[n] for it in row] for row in found], np.int64) for n in (0, 1))
    under[0, 0] = 3
    over[0, 0] = 3 * (over[0, 0] // 3) + 1  # one of them is no whole number
    columns = [divided(over[:, n], under[:, n]) for n in range(3)]
    exact = np.array(
        [
            [Fraction(*it) for it in zip(*row, strict=True)]
            for row in zip(over.tolist(), under.tolist(), strict=True)
        ],
        object,
    )
    return side_by_side(columns), exact


@given(rows=rows, factor=st.integers(1, 10**6), under=st.sampled_from([1, 2, 6, 100, 10**8]))
def test_sums_products_and_roundings_are_those_of_fractions(
    rows: list[Any], factor: int, under: int
) -> None:
    ours, exact = pair(rows)
    assert isinstance(ours, FractionArray)
    for one, other in (
        (ours, exact),
        (ours.sum(axis=1) * factor, exact.sum(axis=1) * factor),
        (-ours.T[1:], -exact.T[1:]),
        (ours.clip(5, 10**6) - 7, exact.clip(5, 10**6) - 7),
        (np.sort(ours, axis=0), np.sort(exact, axis=0)),
        (ours.max(axis=1), exact.max(axis=1)),
        (np.where(exact > 9, ours, 0), np.where(exact > 9, exact, 0)),
        (divided(ours, np.int64(factor)), exact / factor),
    ):
        assert one.tolist() == other.tolist()
        wanted = [half_up(it.numerator, it.denominator * under) for it in map(Fraction, other.flat)]
        assert quotient(one, under).ravel().tolist() == wanted


@given(rows=rows)
def test_what_is_equal_is_neither_more_nor_less(rows: list[Any]) -> None:
    ours, exact = pair(rows)
    again = ours[:, ::-1].sum(axis=1)
    assert (ours.sum(axis=1) == again).all()
    assert not (ours.sum(axis=1) < again).any()
    assert ((ours < np.roll(exact, 1, axis=1)) == (exact < np.roll(exact, 1, axis=1))).all()


def test_a_tie_rounds_up_and_a_hair_below_it_does_not() -> None:
    thirds = divided(np.array([1, 1, 10**9]), np.array([3, 6, 2 * 10**9 + 1]))
    assert quotient(thirds[:1] + thirds[1:2], 1).tolist() == [1]
    assert quotient(thirds, 1).tolist() == [0, 0, 0]


@pytest.mark.parametrize("shape", [(0, 3), (0, 1), (3, 0), (0,), (1, 3)])
def test_of_no_rows_the_columns_stay(shape: tuple[int, ...]) -> None:
    numbers = np.full(shape, Fraction(5, 3), object)
    assert quotient(numbers, 10).shape == shape
    assert portion(2, numbers, 1, numbers).shape == shape  # type: ignore[union-attr]

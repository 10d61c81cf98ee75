"""Variance components and coefficients, beside those published."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.fairness.components import Components, components, components_within, crossed
from scoring.fairness.generalisability import coefficients

ITEMS = np.array(
    [
        [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0],
        [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
        [1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0],
        [1, 1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0],
        [1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0],
        [1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
        [1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 0],
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0],
        [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    ],
    float,
)
"""Brennan (2001), synthetic data set 1: persons x items."""

OCCASIONS = np.array(
    [
        [2, 4, 5, 5, 4, 4, 2, 3, 0, 6],
        [6, 5, 5, 9, 3, 4, 6, 4, 5, 8],
        [7, 6, 4, 8, 5, 4, 6, 4, 4, 7],
        [5, 7, 6, 6, 6, 7, 5, 5, 5, 6],
        [2, 6, 5, 5, 4, 6, 2, 6, 5, 6],
        [5, 7, 4, 7, 5, 4, 7, 6, 5, 8],
        [5, 5, 5, 7, 6, 7, 7, 6, 5, 8],
        [5, 7, 5, 6, 4, 8, 5, 4, 3, 6],
    ],
    float,
).T
"""Brennan (2001), synthetic data set 3: persons x (two occasions of the same four items)."""

RATERS = np.array(
    [
        [5, 9, 3, 7, 9, 3, 7, 5, 9, 4],
        [6, 3, 4, 5, 2, 4, 3, 8, 9, 4],
        [5, 7, 3, 5, 9, 3, 7, 5, 8, 4],
        [5, 7, 3, 3, 7, 5, 7, 7, 8, 3],
        [5, 7, 5, 3, 7, 3, 7, 7, 6, 3],
        [3, 5, 3, 1, 7, 3, 5, 5, 6, 5],
        [4, 5, 3, 4, 3, 6, 5, 5, 6, 6],
        [5, 5, 5, 3, 7, 3, 7, 4, 5, 5],
        [6, 7, 6, 5, 2, 4, 5, 3, 5, 5],
        [7, 7, 5, 3, 7, 5, 5, 2, 8, 7],
        [3, 5, 1, 3, 5, 1, 5, 1, 1, 1],
        [3, 2, 6, 5, 3, 2, 4, 1, 1, 1],
    ],
    float,
).T
"""Brennan (2001), synthetic data set 4, table 3.2: persons x (four raters in each of 3 tasks)."""

JUDGES = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float
)
"""Shrout & Fleiss (1979), table 2: targets x judges."""


def _crossed(table: np.ndarray) -> tuple[Components, dict[str, tuple[str, ...]]]:
    rows, columns = np.divmod(np.arange(table.size), table.shape[1])
    found = components(table.ravel(), {"school": rows, "inspector": columns})
    return found, {"inspector": ("inspector",), "residual": ("school", "inspector")}


def _rounded(found: Components) -> list[float]:
    return [round(own, 4) for own in found.raw.values()]


def test_persons_by_items_as_brennan_has_them() -> None:
    found, of = _crossed(ITEMS)
    assert _rounded(found) == [0.0574, 0.0754, 0.1269]
    relative, absolute, g, phi = coefficients(found, {"inspector": 12}, of)
    assert (round(relative, 4), round(absolute, 4)) == (0.0106, 0.0169)
    assert (round(g, 3), round(phi, 3)) == (0.844, 0.773)


def test_persons_by_items_by_occasions_as_brennan_has_them() -> None:
    person, column = np.divmod(np.arange(80), 8)
    occasion, item = np.divmod(column, 4)
    found = components(
        OCCASIONS.ravel(),
        {
            "p": person,
            "i": item,
            "o": occasion,
            "pi": crossed(person, item),
            "po": crossed(person, occasion),
            "io": crossed(item, occasion),
        },
    )
    assert _rounded(found) == [0.5528, 0.4417, 0.0074, 0.5750, 0.1009, 0.1565, 0.9352]


def test_raters_within_tasks_as_brennan_has_them() -> None:
    person, rater = np.divmod(np.arange(120), 12)
    facets = {"p": person, "t": rater // 4, "r:t": rater, "pt": crossed(person, rater // 4)}
    found = components(RATERS.ravel(), facets)
    assert _rounded(found) == [0.4731, 0.3252, 0.6475, 0.5596, 2.3802]


def test_four_judges_have_the_coefficients_of_shrout_and_fleiss() -> None:
    found, of = _crossed(JUDGES)
    one, four = (coefficients(found, {"inspector": count}, of) for count in (1, 4))
    # ICC(3,1) and ICC(2,1); ICC(3,4) and ICC(2,4).
    assert [round(own, 2) for own in (*one[2:], *four[2:])] == [0.71, 0.29, 0.91, 0.62]


def test_an_unbalanced_design_is_estimated_without_bias() -> None:
    random = np.random.default_rng(7)
    draws = []
    for _ in range(300):
        school = random.integers(0, 40, 160)
        inspector = random.integers(0, 12, 160)
        values = (
            3 * random.standard_normal(40)[school]
            + 2 * random.standard_normal(12)[inspector]
            + random.standard_normal(160)
        )
        raw = components(values, {"school": school, "inspector": inspector}).raw
        draws.append(list(raw.values()))
    mean, error = np.mean(draws, axis=0), np.std(draws, axis=0) / np.sqrt(len(draws))
    assert (np.abs(mean - [9, 4, 1]) < 4 * error).all()


def test_what_a_design_does_not_part_is_told() -> None:
    school = np.arange(6)
    once = components(np.arange(6.0), {"school": school, "inspector": school // 3})
    assert once.merged == {"school": "residual"}
    pairs = components(
        np.array([1.0, 2, 4, 4, 7, 9]), {"school": school // 2, "visit": 5 - school // 2}
    )
    assert pairs.merged == {"visit": "school"} and pairs.raw["school"] > 0
    # Four values have no more than four sums: with a third facet nothing is left for the residual.
    facets = {"a": np.array([0, 0, 1, 1]), "b": np.array([0, 1, 0, 1]), "c": np.array([0, 1, 1, 0])}
    saturated = components(np.array([1.0, 2, 4, 4]), facets)
    assert np.isnan(list(saturated.raw.values())).any()


def test_a_negative_estimate_is_told_and_counts_as_none() -> None:
    found, _ = _crossed(np.array([[1.0, 2], [2, 1], [1, 2], [2, 1]]))
    assert "school" in found.negative and found.of("school") == 0


def test_differences_within_blocks_are_estimated_without_bias() -> None:
    """Schools differ by far more than inspectors, and strict ones go to the weak."""
    random = np.random.default_rng(8)
    draws = []
    for _ in range(300):
        school = np.repeat(np.arange(40), 8)
        inspector = np.argsort(random.random((40, 12)), axis=1)[:, :2].repeat(4, axis=1).ravel()
        item = np.tile(np.arange(4), 80)
        pairs = [crossed(inspector, item), crossed(school, inspector)]
        effect = 2 * random.standard_normal(12)
        values = (
            50 * random.standard_normal(40)[school]
            - 10 * np.bincount(school, effect[inspector])[school]
            + effect[inspector]
            + 1.5 * random.standard_normal(48)[pairs[0]]
            + random.standard_normal(80)[pairs[1]]
            + 0.5 * random.standard_normal(320)
        )
        facets = {"inspector": inspector, "inspector:item": pairs[0], "school:inspector": pairs[1]}
        raw = components_within(values, facets, crossed(school, item)).raw
        draws.append(list(raw.values()))
    mean, error = np.mean(draws, axis=0), np.std(draws, axis=0) / np.sqrt(len(draws))
    assert (np.abs(mean - [4, 2.25, 1, 0.25]) < 4 * error).all()


def test_what_is_known_is_taken_off() -> None:
    rows, columns = np.divmod(np.arange(24), 4)
    facets = {"school": rows, "inspector": columns}
    whole = components(JUDGES.ravel(), facets)
    known = {name: whole.raw[name] for name in ("inspector", "residual")}
    assert components(JUDGES.ravel(), facets, known).raw["school"] == pytest.approx(
        whole.raw["school"]
    )

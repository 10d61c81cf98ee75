"""Rounded as demerits (below 0) or as published, every figure is the same."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from inspections.round.round import Combining
from rubrics.rules.exact import portion, quotient
from rubrics.values.points import half_up
from scoring.engine.combining import inspectors_parts, of_inspectors, of_visits, visits_parts
from scoring.engine.medians import group_medians, middle

units = st.integers(-(10**13), 10**13)
several = st.lists(units, min_size=1, max_size=5)
dividers = st.integers(1, 10**6)


@given(units, dividers)
def test_a_quotient_rounds_alike_on_both_sides_of_0(over: int, under: int) -> None:
    column = np.array([over])
    assert half_up(-over, under) == -half_up(over, under)
    assert half_up(-column, under).item() == -half_up(over, under)
    assert quotient(-column, np.array([under])).item() == -quotient(over, under)
    assert portion(10**6, -column, 3, under).item() == -portion(10**6, over, 3, under)


@given(several, st.data())
def test_several_figures_become_the_same_one_on_both_sides(
    figures: list[int], data: st.DataObject
) -> None:
    deep = np.array(figures, object)[:, np.newaxis, np.newaxis]
    present = np.array([data.draw(st.booleans()) for _ in figures])[:, np.newaxis, np.newaxis]
    deep = np.where(present, deep, 0)
    names = [str(place) for place in range(len(figures))]
    days = np.array([[data.draw(st.integers(1, 3))] for _ in figures])
    weights = {name: data.draw(st.integers(0, 7)) for name in names}
    own = np.array([[data.draw(st.integers(0, 7))] for _ in figures])
    trim = data.draw(st.integers(1, 2))
    for kind in ("mean", "median", "trimmed", "weighted"):
        inspectors = Combining(inspectors=kind, trim=trim, trim_from=2 * trim + 1)
        parts = inspectors_parts(inspectors, len(figures), own)
        one, other = (of_inspectors(it, present, inspectors, parts, own) for it in (deep, -deep))
        assert other == -one
    for kind in ("mean", "median", "trimmed", "weighted", "latest"):
        visits = Combining(
            visits=kind, weights=weights, trim_visits=trim, trim_visits_from=2 * trim + 1
        )
        parts = visits_parts(visits, names)
        one, other = (of_visits(it, present, visits, names, days, parts) for it in (deep, -deep))
        assert other == -one


@given(several, st.data())
def test_what_several_figures_come_to_is_exact(figures: list[int], data: st.DataObject) -> None:
    """No part of a mean is lost, whatever is missing and however weights are spread."""
    present = [data.draw(st.booleans()) for _ in figures]
    there = [own for own, seen in zip(figures, present, strict=True) if seen]
    assume(there)
    deep = np.where(present, np.array(figures, object), 0)[:, np.newaxis, np.newaxis]
    mask = np.array(present)[:, np.newaxis, np.newaxis]
    parts = inspectors_parts(Combining(), len(figures))
    found = of_inspectors(deep, mask, Combining(), parts).item()
    assert Fraction(found, parts) == Fraction(sum(there), len(there))
    trim = data.draw(st.integers(1, 2))
    trimming = Combining(inspectors="trimmed", trim=trim, trim_from=2 * trim + 1)
    parts = inspectors_parts(trimming, len(figures))
    found = of_inspectors(deep, mask, trimming, parts).item()
    kept = sorted(there)[trim:-trim] if len(there) > 2 * trim else there
    assert Fraction(found, parts) == Fraction(sum(kept), len(kept))
    names = [str(place) for place in range(len(figures))]
    weights = {name: data.draw(st.integers(0, 7)) for name in names}
    weighted = Combining(visits="weighted", weights=weights)
    parts = visits_parts(weighted, names)
    days = np.ones((len(figures), 1), np.int64)
    found = of_visits(deep, mask, weighted, names, days, parts).item()
    own = [weight for weight, seen in zip(weights.values(), present, strict=True) if seen]
    own = own if any(own) else [1] * len(there)
    products = sum(weight * it for weight, it in zip(own, there, strict=True))
    assert Fraction(found, parts) == Fraction(products, sum(own))


@given(several)
def test_a_median_is_the_same_on_both_sides(figures: list[int]) -> None:
    column, all_of_them = np.array(figures), np.ones(len(figures), bool)
    group = np.zeros(len(figures), np.int64)
    found, _ = group_medians(-column, all_of_them, group, 1)
    assert found.item() == -(middle(figures) or 0)

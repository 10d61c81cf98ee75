"""Whatever a round is like, its inspectors are measured, or it is said that they cannot be."""

from __future__ import annotations

import warnings

import numpy as np
from hypothesis import HealthCheck, given, settings

from inspections.round.elapsed import elapsed_periods
from scoring.engine.columns import columns_of
from scoring.fairness.agreement import agreement
from scoring.fairness.differing_facts import differing_facts
from scoring.fairness.facets import facets
from scoring.fairness.ratings import ratings_of
from scoring.fairness.severity import severity
from tests.scoring.rounds import County, counties


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(county=counties())
def test_inspectors_are_measured_or_it_is_said_that_they_cannot_be(county: County) -> None:
    schools = list(county.roster.schools.values())
    elapsed = elapsed_periods(county.round)
    for rubric in county.rubrics.values():
        columns, ordered = columns_of(rubric, schools, county.visits, county.round.occasions)
        ratings = ratings_of(rubric, columns, elapsed)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            agreed = agreement(ratings, resamples=20)
            models = [severity(ratings, same=same) for same in ("visit", "school")]
            graded = [facets(ratings, same=same) for same in ("visit", "school")]
        assert len(agreed.indicators) == len(rubric.indicators)
        assert agreed.records <= len(ratings) and agreed.visits <= agreed.records
        for model in models:
            seen = ratings.inspector[np.isfinite(ratings.total)]
            assert len(model.inspectors) == len(np.unique(seen))
            for island in model.model.islands.comparable.tolist():
                own = [one.severity for one in model.inspectors if one.island == island]
                assert len(own) > 1 and abs(sum(own)) <= 1e-6 * max(1, *map(abs, own))
            alone = [
                one for one in model.inspectors if model.islands[one.island] == (one.inspector,)
            ]
            assert all(np.isnan(one.severity) for one in alone)
        for model in graded:
            assert {one.indicator.id for one in model.indicators} | set(model.left_out) == {
                item.id for item in rubric.indicators
            }
        for fact in differing_facts(rubric, columns, ordered, elapsed):
            assert len({one.text for one in fact.said}) > 1 or len(fact.said) > 1
            assert all(one.place.file == ordered.heads[one.record].file for one in fact.said)

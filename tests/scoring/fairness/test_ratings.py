"""What each record gives by itself is what a school of that record alone would get."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings

from inspections.records.record import State
from inspections.round.elapsed import elapsed_periods
from scoring.engine.columns import columns_of
from scoring.fairness.ratings import ratings_of
from scoring.results.rounds import score_round
from tests.scoring.rounds import County, counties


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(county=counties())
def test_each_record_is_scored_as_if_it_were_the_only_one(county: County) -> None:
    schools = list(county.roster.schools.values())
    for name, rubric in county.rubrics.items():
        columns, ordered = columns_of(rubric, schools, county.visits, county.round.occasions)
        found = ratings_of(rubric, columns, elapsed_periods(county.round))
        assert len(found) == len(ordered.heads)
        shares = found.shares
        assert np.isfinite(shares[found.there]).all() and np.isnan(shares[~found.there]).all()
        for row, record in enumerate(ordered):
            alone, _ = score_round(
                county.round, {name: rubric}, county.roster, (), [record], open_records=True
            )
            own = next(
                it for it in alone.rubrics[name].schools if it.school.id == record.key.school
            )
            assert found.inspectors[found.inspector[row]] == record.key.inspector
            assert found.schools[found.school[row]].id == record.key.school
            if own.pending or own.status == "inapplicable":
                continue
            for column, item in enumerate(rubric.indicators):
                seen = own.indicator(item.id)
                assert bool(found.there[row, column]) == (seen.state is State.CHECKED)
                if seen.state is State.CHECKED and rubric.scale == "points":
                    assert round(found.points[row, column] * 10_000) == seen.earned
            if own.normalised is not None and county.round.combining.level == "indicator":
                sign = -1 if rubric.scale == "demerits" else 1
                assert round(sign * found.total[row] * 10_000) == own.normalised

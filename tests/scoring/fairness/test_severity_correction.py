"""What totals are corrected by: shrunk severities, and what is not known is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random

import numpy as np
import pytest

from inspections.records.record import Observation, Record, RecordKey, State
from inspections.round.round import Ranking, Round
from inspections.round.school import Roster, School
from inspections.round.severity_correction import SeverityCorrection
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem
from scoring.engine.severity_correction import Correction
from scoring.fairness.additive import additive
from scoring.fairness.corrections import Corrections
from scoring.fairness.ratings import Floats
from scoring.fairness.scored import corrections_of
from scoring.fairness.severity_correction import (
    Unknown,
    inspector_corrections,
    shrunk_severity,
)
from scoring.fairness.severity_variance import SeverityVariance, severity_variance
from tests.scoring.fairness.binomial import at_most
from tests.scoring.fairness.invented import Numbers, rubric_of
from tests.scoring.fairness.simulations.counties import Truth, county

HUNDRED = rubric_of([60, 40])


def test_robinsons_example_of_herds_and_sires() -> None:
    # Robinson (1991), Statistical Science 6(1), section 1: herds are fixed, sires random, and the
    # ratio of their variances is 0.1. A sire's effect is a severity with the other sign.
    herd = np.array([0, 0, 1, 1, 1, 2, 2, 2, 2])
    sire = np.array([0, 3, 1, 3, 3, 2, 2, 3, 3])
    milk = np.array([110.0, 100, 110, 100, 100, 110, 110, 100, 100])
    model = additive(herd, sire, milk, 3, 4)
    ratio = SeverityVariance(0.1, 1.0, 1.1, 3, model.freedom, 0.0)
    found = shrunk_severity(model, ratio, sire)
    assert (-found.severity).round(2).tolist() == [0.40, 0.52, 0.76, -1.67]


def test_reliability_is_that_of_the_mixed_model_worked_out_whole() -> None:
    random = np.random.default_rng(5)
    unit = np.repeat(np.arange(14), 2)
    inspector = np.concatenate([random.permutation(5)[:2] for _ in range(14)])
    values = random.standard_normal(28) * 2 + unit
    model = additive(unit, inspector, values, 14, 5)
    variance = SeverityVariance(3.0, 2.0, 5.0, 4, model.freedom, 0.0)
    found = shrunk_severity(model, variance, inspector)
    severity, left = whole_model(unit, inspector, values, 3.0, 2.0)
    about = np.eye(5) - 1 / 5
    assert np.allclose(found.severity, about @ severity)
    prior, after = 3.0 * np.diag(about), np.diag(about @ left @ about)
    assert np.allclose(found.reliability, 1 - after / prior)
    assert found.reliability.min() > 0 and found.whole < 1


def whole_model(
    unit: Numbers, inspector: Numbers, values: Floats, severity: float, record: float
) -> tuple[Floats, Floats]:
    """Best predictions of severities and what is left of their covariance, by the covariance of all
    records; units are fixed.
    """
    x = (unit[:, None] == np.arange(unit.max() + 1)).astype(float)
    z = -(inspector[:, None] == np.arange(inspector.max() + 1)).astype(float)
    v = np.linalg.inv(severity * z @ z.T + record * np.eye(len(unit)))
    p = v - v @ x @ np.linalg.inv(x.T @ v @ x) @ x.T @ v
    return severity * z.T @ p @ values, severity * (np.eye(z.shape[1]) - severity * z.T @ p @ z)


def test_corrected_totals_are_nearer_to_the_truth() -> None:
    random = np.random.default_rng(11)
    better = []
    for _ in range(40):
        drawn = county(random, 60, severity=0.08, record=0.2)
        given = corrections(drawn, SeverityCorrection(limit=Decimal(10)))
        if isinstance(given, Unknown):
            continue
        better.append(spread(drawn, np.zeros(12)) - spread(drawn, given))
    assert len(better) >= 30
    assert min(np.sort(better)[3:]) > 0


def test_where_all_are_equally_strict_few_rounds_are_corrected() -> None:
    random = np.random.default_rng(12)
    drawn = [county(random, 50, severity=0.0) for _ in range(60)]
    found = [corrections(one, SeverityCorrection()) for one in drawn]
    assert sum(not isinstance(one, Unknown) for one in found) <= at_most(len(found), 0.05)


def corrections(drawn: Truth, asked: SeverityCorrection) -> Floats | Unknown:
    """Points by inspector."""
    ratings = drawn.ratings
    given = inspector_corrections(asked, ratings, np.arange(len(ratings)))
    if isinstance(given, Unknown):
        return given
    return np.array([given[0][name] for name in ratings.inspectors]) / 10_000


def spread(drawn: Truth, by: Floats) -> float:
    """How far totals lie from the truth, but for what all of them do."""
    ratings = drawn.ratings
    mean = np.bincount(ratings.school, by[ratings.inspector]) / np.bincount(ratings.school)
    off = drawn.published + mean - drawn.totals
    return float(np.std(off))


def test_nobody_is_corrected_by_more_than_the_limit() -> None:
    drawn = county(np.random.default_rng(3), 80, severity=0.2)
    wide = corrections(drawn, SeverityCorrection(limit=Decimal(20)))
    narrow = corrections(drawn, SeverityCorrection(limit=Decimal("0.75")))
    assert not isinstance(wide, Unknown) and not isinstance(narrow, Unknown)
    assert np.abs(wide).max() > 0.75
    assert np.array_equal(narrow, np.clip(wide, -0.75, 0.75))


# --- whole rounds ---------------------------------------------------------------------------


def record(school: int, inspector: str, total: float) -> Record:
    """A whole number of points of A (60), the rest of B (40)."""
    first = min(60.0, round(total * 0.6))
    values = {"I1": first, "I2": round(total) - first}
    seen = tuple(
        Observation(name, State.CHECKED, {"": Decimal(str(value))})
        for name, value in values.items()
    )
    key = RecordKey(f"s{school}", HUNDRED.id, "第1次", inspector)
    return Record(key, "1", date(2026, 3, 5), (inspector,), seen)


def inspected(teams: Sequence[Sequence[str]], severe: str = "", by: float = 8) -> list[Record]:
    random = Random(len(teams))
    found = []
    for school, team in enumerate(teams):
        quality = random.randint(60, 85)
        for one in team:
            noise = random.choice([-1, 0, 1])
            found.append(record(school, one, quality + noise - (by if one == severe else 0)))
    return found


def measured(
    records: Sequence[Record], areas: Sequence[str], **asked: object
) -> tuple[dict[str, Correction], list[Problem]]:
    members = [School(f"s{n}", f"第{n}学校", {"区域": it}) for n, it in enumerate(areas)]
    settings = Round.model_validate(
        {
            "id": "r", "title": "检查", "bureau": "教育局", "rubrics": [HUNDRED.id],
            "window": {"since": "2026-03-01", "until": "2026-03-31"},
            "ranking": Ranking(groups=("区域",)),
            "severity_correction": SeverityCorrection.model_validate(asked),
        }
    )  # fmt: skip
    roster = Roster({one.id: one for one in members}, {})
    rubrics: dict[str, Rubric] = {HUNDRED.id: HUNDRED}
    found = corrections_of(settings, rubrics, roster, records)
    return dict(found.given), list(found.problems)


ROTATING = [("甲", "乙"), ("乙", "丙"), ("丙", "丁"), ("丁", "甲")] * 10
"""Forty schools, four inspectors in a ring."""


def test_one_severe_inspector_is_corrected_and_the_others_hardly() -> None:
    found, problems = measured(inspected(ROTATING, "丁", 4), ["城区"] * 40, limit=5)
    assert problems == []
    given = found[HUNDRED.id]
    assert given.groups == {"城区组"}
    assert max(given.inspectors, key=lambda it: given.inspectors[it]) == "丁"
    assert given.inspectors["丁"] > 20_000
    assert all(units % 100 == 0 for units in given.inspectors.values())
    assert abs(sum(given.inspectors.values())) <= 200
    assert sorted(given.numbers) == sorted(given.inspectors)
    assert sorted(given.numbers.values()) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "teams",
    [
        [("甲",), ("乙",)] * 20,
        [("甲", "乙"), ("丙", "丁")] * 20,
        ROTATING[:8],
    ],
    ids=["one sheet a visit", "pairs that never change", "too few"],
)
def test_what_cannot_be_known_leaves_the_round_alone(teams: Sequence[Sequence[str]]) -> None:
    severe = "丁"
    found, problems = measured(inspected(teams, severe), ["城区"] * len(teams))
    assert found == {}
    codes = {item.code for item in problems}
    # Pairs that never change can be compared, each within itself: all their schools are apart.
    assert codes == {"severity-islands"} or codes == {"severity-unknown"}
    assert len(problems) == 1
    assert problems[0].place.file == "round.yaml"
    assert problems[0].place.cell == "severity_correction"


def test_what_is_not_reliable_enough_leaves_the_round_alone() -> None:
    records = inspected(ROTATING, "丁", 1)
    loose, _ = measured(records, ["城区"] * 40, reliability="0.5")
    strict, problems = measured(records, ["城区"] * 40, reliability="0.99")
    assert loose and not strict
    assert [item.code for item in problems] == ["severity-unknown"]


def test_equally_strict_inspectors_are_not_corrected_and_it_is_no_fault() -> None:
    found, problems = measured(inspected(ROTATING), ["城区"] * 40)
    assert found == {}
    assert [item.code for item in problems] == ["severity-alike"]


def test_groups_on_different_islands_are_corrected_each_and_mixed_ones_not() -> None:
    other = [tuple(f"{it}2" for it in team) for team in ROTATING]
    teams = [*ROTATING, *other]
    records = inspected(teams, "丁", 6)
    apart, problems = measured(records, ["城区"] * 40 + ["农村"] * 40)
    assert problems == [] and apart[HUNDRED.id].groups == {"城区组", "农村组"}
    # One school of the other island in the first group: nobody of that group is corrected.
    mixed, problems = measured(records, ["城区"] * 41 + ["农村"] * 39)
    assert mixed[HUNDRED.id].groups == {"农村组"}
    assert [item.code for item in problems] == ["severity-islands"]


def test_a_round_that_does_not_ask_is_left_alone() -> None:
    members = [School(f"s{n}", f"第{n}学校", {}) for n in range(40)]
    plain = Round.model_validate(
        {
            "id": "r", "title": "检查", "bureau": "教育局", "rubrics": [HUNDRED.id],
            "window": {"since": "2026-03-01", "until": "2026-03-31"},
        }
    )  # fmt: skip
    roster = Roster({one.id: one for one in members}, {})
    records = inspected(ROTATING, "丁")
    assert corrections_of(plain, {HUNDRED.id: HUNDRED}, roster, records) == Corrections()


def test_variances_of_a_balanced_design_are_those_of_an_analysis_of_variance() -> None:
    # Every inspector sees every school: the mean squares of a two-way table.
    random = np.random.default_rng(2)
    table = random.standard_normal((12, 4)) + 2 * random.standard_normal(4)
    unit, inspector = np.repeat(np.arange(12), 4), np.tile(np.arange(4), 12)
    found = severity_variance(additive(unit, inspector, table.ravel(), 12, 4), unit, inspector,
                              table.ravel())  # fmt: skip
    rest = table - table.mean(1, keepdims=True) - table.mean(0) + table.mean()
    error = (rest**2).sum() / 33
    between = 12 * ((table.mean(0) - table.mean()) ** 2).sum() / 3
    assert found.record == pytest.approx(error)
    assert found.severity == pytest.approx((between - error) / 12)
    assert (found.rank, found.freedom) == (3, 33)

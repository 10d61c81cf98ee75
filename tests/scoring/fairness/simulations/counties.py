"""Invented counties whose truth is known: indicators in steps, capped, some excused; teams that
share inspectors; totals rounded, so that some are equal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inspections.round.school import School
from rubrics.language.rubric import Rubric
from scoring.fairness.ratings import Floats, Ratings

ITEMS = 30


@dataclass(frozen=True)
class Truth:
    """What was drawn: ``totals``, what inspectors of all kinds would give on average, rounded."""

    ratings: Ratings
    totals: Floats
    published: Floats


def rubric() -> Rubric:
    rule = {"kind": "points", "values": [0, 1, 2]}
    told = {"basis": [], "method": ["现场查看"], "evidence": "none"}
    return Rubric.model_validate(
        {
            "id": "invented",
            "version": "1",
            "title": "模拟用细则",
            "documents": {},
            "points": 3 * ITEMS,
            "dimensions": [
                {
                    "id": name,
                    "title": name,
                    "points": ITEMS,
                    "indicators": [
                        {"id": f"{name}{n}", "title": f"{name}{n}", "points": 3, "rule": rule}
                        | told
                        | {"rule": {"kind": "points", "values": [0, 1, 2, 3]}}
                        for n in range(ITEMS // 3)
                    ],
                }
                for name in "ABC"
            ],
            "grades": [{"grade": "合格", "range": "≥0"}, {"grade": "不合格", "range": "<0"}],
        }
    )


def county(
    random: np.random.Generator,
    schools: int,
    *,
    inspectors: int = 12,
    seats: int = 2,
    severity: float = 0.05,
    record: float = 0.25,
    step: float = 0.01,
    excused: float = 0.1,
    fixed: bool = False,
    mood: float = 0.0,
    tails: int = 0,
) -> Truth:
    """Draws a county of one visit a school.

    ``severity``, ``record``: of 1, the standard deviations by which an inspector, and each reading
    of an indicator, is off; ``step``: to what totals are rounded; ``excused``: the share of schools
    without a third of the indicators. ``fixed``: pairs stay together; else they change.
    ``mood``: of 1, the standard deviation by which a whole record is off, normal or, with
    ``tails``, Student's t of so many degrees of freedom.
    """

    def moods(size: int) -> Floats:
        if not mood:
            return np.zeros(size)
        if not tails:
            return np.asarray(mood * random.standard_normal(size))
        return np.asarray(mood * random.standard_t(tails, size) / np.sqrt(tails / (tails - 2)))

    quality = np.minimum(0.97, 0.55 + 0.15 * random.standard_normal(schools))
    truth = np.clip(quality[:, None] + 0.3 * random.standard_normal((schools, ITEMS)), -0.3, 1.3)
    there = np.ones((schools, ITEMS), bool)
    there[random.random(schools) < excused, : ITEMS // 3] = False
    severities = severity * random.standard_normal(inspectors)
    school = np.repeat(np.arange(schools), seats)
    if fixed:
        team = random.integers(0, inspectors // seats, schools)
        inspector = (team[:, None] * seats + np.arange(seats)).ravel()
    else:
        inspector = np.argsort(random.random((schools, inspectors)), axis=1)[:, :seats].ravel()
    read = truth[school] + (severities[inspector] + moods(len(school)))[:, None]
    points = _read(random, read, record)
    total = _normalised(points, there[school])
    own = np.zeros(schools)
    for _ in range(100):
        others = (severity * random.standard_normal(schools) + moods(schools))[:, None]
        own += _normalised(_read(random, truth + others, record), there) / 100
    ratings = Ratings(
        rubric(),
        [School(str(n), str(n), {}) for n in range(schools)],
        tuple(f"D{n}" for n in range(inspectors)),
        ("第1次",),
        school,
        inspector,
        school,
        np.zeros_like(school),
        np.zeros_like(school),
        points,
        there[school],
        np.full(ITEMS, 3.0),
        np.full(ITEMS, 3.0),
        total,
    )
    mean = np.bincount(school, total) / seats
    return Truth(ratings, rounded(own, step), rounded(mean, step))


def rounded(values: Floats, step: float) -> Floats:
    return np.asarray(np.floor(values / step + 0.5) * step)


def ranks(totals: Floats) -> np.ndarray:
    """1-2-2-4."""
    return 1 + (totals > totals[:, np.newaxis]).sum(axis=1)


def _read(random: np.random.Generator, truth: Floats, off: float) -> Floats:
    seen = truth + off * random.standard_normal(truth.shape)
    return np.asarray(np.clip(np.round(3 * seen), 0, 3))


def _normalised(points: Floats, there: np.ndarray) -> Floats:
    return np.asarray(100 * (points * there).sum(axis=1) / (3.0 * there.sum(axis=1)))

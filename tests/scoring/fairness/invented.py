"""Invented ratings: what each record earns on each indicator is given, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from inspections.round.school import School
from rubrics.language.rubric import Rubric
from scoring.fairness.ratings import Floats, Ratings

Numbers = npt.NDArray[np.int64]


def rubric_of(points: Sequence[int], levels: int = 0) -> Rubric:
    """A rubric of indicators I1, I2 ... worth ``points``; graded in ``levels``, where some."""
    rule: dict[str, object] = {"kind": "points", "step": "0.5"}
    if levels:
        shares = [str(round(place / (levels - 1), 4)) for place in range(levels)]
        rule = {"kind": "grade", "levels": dict(zip("ABCDEFGH", reversed(shares), strict=False))}
    told = {"basis": [], "method": ["现场查看"], "evidence": "none", "rule": rule}
    items = [
        {"id": f"I{n + 1}", "title": f"第{n + 1}项", "points": p} for n, p in enumerate(points)
    ]
    whole = {
        "id": "A",
        "title": "甲",
        "points": sum(points),
        "indicators": [i | told for i in items],
    }
    grades = [{"grade": "优秀", "range": "≥60"}, {"grade": "不合格", "range": "<60"}]
    return Rubric.model_validate(
        {
            "id": "invented",
            "version": "1",
            "title": "比较用细则",
            "points": sum(points),
            "dimensions": [whole],
            "grades": [
                grades[0] | {"range": f"≥{sum(points)}"},
                {"grade": "合格", "range": f"<{sum(points)}"},
            ],
            "documents": {},
        }
    )


def ratings(
    rubric: Rubric,
    school: Numbers,
    inspector: Numbers,
    shares: Floats,
    visit: Numbers | None = None,
) -> Ratings:
    """Ratings of records; ``shares`` (records x indicators) of 1, nan where not checked."""
    worth = np.array([float(item.points) for item in rubric.indicators])
    there = np.isfinite(shares)
    points = np.where(there, shares * worth, 0.0)
    with np.errstate(invalid="ignore"):
        total = 100 * points.sum(axis=1) / (there * worth).sum(axis=1)
    nothing = np.zeros(len(school), np.int64)
    return Ratings(
        rubric,
        [School(f"s{n}", f"第{n}学校", {}) for n in range(int(school.max(initial=-1)) + 1)],
        tuple(f"P{n}" for n in range(int(inspector.max(initial=-1)) + 1)),
        ("第1次",),
        school,
        inspector,
        school if visit is None else visit,
        nothing,
        nothing + 739_500,
        points,
        there,
        worth,
        worth,
        total,
    )

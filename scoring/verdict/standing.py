"""Who was visited, who has a total and a verdict, and who may be ranked."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, lcm
from typing import Final, Literal

import numpy as np

from inspections.round.scope import Scope
from rubrics.language.rubric import Rubric
from rubrics.language.worth import worths
from rubrics.rules.exact import LIMIT, quotient
from rubrics.values.points import SCALE, BoolArray, IntArray, limit_units
from scoring.engine.codes import EXCUSED, UNCHECKED
from scoring.engine.columns import Columns
from scoring.engine.items import Items, points_in

STATUSES: Final = ("complete", "provisional", "not_visited", "inapplicable", "not_planned")
COMPLETE, PROVISIONAL, NOT_VISITED, INAPPLICABLE, NOT_PLANNED = range(5)

Unchecked = Literal["exclude", "excuse"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Per school: ``status`` numbers ``STATUSES``; ``unchecked`` items; ``excused`` units (whole).

    ``excused`` counts what was not checked where the round says so. ``ungraded``: too much is
    excused for a verdict. ``graded``: there is a grade by points.
    """

    status: IntArray
    unchecked: IntArray
    excused: IntArray
    ungraded: BoolArray
    graded: BoolArray


def standing(
    rubric: Rubric,
    columns: Columns,
    items: Items,
    there: BoolArray,
    mode: Unchecked,
    scope: Scope | None = None,
) -> Standing:
    """Returns where every school stands; ``there``: it has a total.

    ``scope``: whom the plan sends inspectors to, None where all are due. Whoever is not in it and
    was visited all the same is scored as all are.
    """
    visited = np.zeros(len(columns.schools), bool)
    visited[columns.school] = True
    unchecked = np.asarray((items.states == UNCHECKED).sum(axis=1))
    status = np.where(unchecked > 0, PROVISIONAL, COMPLETE)
    status = np.where(visited, status, NOT_VISITED)
    if scope is not None:
        due = [scope.takes(rubric.id, school.id) for school in columns.schools]
        status = np.where(visited | np.array(due, bool), status, NOT_PLANNED)
    status = np.where(columns.applies(rubric.when), status, INAPPLICABLE)
    # What items count in the total; where that is in thirds, in parts of a unit.
    worth = [share * SCALE for share in worths(rubric)]
    fine = lcm(*(share.denominator for share in worth))
    whole = [int(share * fine) for share in worth]
    # Weights over odd points have denominators that no column of numpy's own integers holds.
    points = np.array(whole, np.int64 if sum(whole) < LIMIT else object)
    excused = points_in(items.states, EXCUSED, points)
    if mode == "excuse":
        excused = excused + points_in(items.states, UNCHECKED, points)
    looked_at = status <= PROVISIONAL
    limit = limit_units(rubric.excused_limit, rubric.points)
    ungraded = looked_at & (excused > floor(limit * fine)).astype(bool)
    excused = quotient(excused, fine)
    counted = looked_at if mode == "excuse" else status == COMPLETE
    return Standing(status, unchecked, excused, ungraded, counted & there & ~ungraded)

"""How the total of one school is corrected for severity, record by record; made when asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from scoring.engine.combining import inspector_weights, weights_of
from scoring.engine.scale import turned
from scoring.engine.severity_correction import Correction
from scoring.results.figures import Figures
from scoring.results.scores import RecordCorrection, SchoolCorrection


def school_correction(figures: Figures, row: int, first: int, end: int) -> SchoolCorrection | None:
    """Returns how a school (row) is corrected, whose records are ``first`` to ``end``.

    None where it is not. Records stand in the order of numbers, which does not tell who is who.
    """
    held = figures.corrected
    if held is None or not held.there[row]:
        return None
    plain, total = int(figures.plain[row]), int(figures.total[row])
    amount, rubric = int(held.amount[row]), figures.rubric
    return SchoolCorrection(
        turned(rubric, plain),
        turned(rubric, amount),
        turned(rubric, total - plain),
        tuple(sorted(_records(figures, held.given, first, end), key=lambda it: it.number)),
        held.given.held,
    )


def _records(
    figures: Figures, given: Correction, first: int, end: int
) -> Iterator[RecordCorrection]:
    columns = figures.columns
    assert columns.inspector is not None
    names = [columns.inspectors[number] for number in columns.inspector[first:end].tolist()]
    for at in _counting(figures, names, first, end):
        inspector = names[at]
        yield RecordCorrection(
            columns.occasions[columns.occasion[first + at]],
            inspector,
            given.numbers.get(inspector, 0),
            turned(figures.rubric, given.inspectors.get(inspector, 0)),
            inspector in given.late,
        )


def _counting(figures: Figures, names: Sequence[str], first: int, end: int) -> list[int]:
    """The records that count: checked ones, but for those that have no weight beside others."""
    assert figures.corrected is not None
    combining, columns = figures.combining, figures.columns
    counted = np.flatnonzero(figures.corrected.counted[first:end]).tolist()
    occasion, day = columns.occasion[first:end].tolist(), columns.days[first:end].tolist()
    visits = dict.fromkeys(occasion[at] for at in counted)
    if combining.visits == "latest":
        latest: dict[int, int] = {}
        for n, on in zip(occasion, day, strict=True):
            latest[n] = max(on, latest.get(n, on))
        visits = {max(visits, key=lambda n: (latest[n], n)): None}
    elif combining.visits == "weighted":
        weights = weights_of(combining, columns.occasions)
        visits = {n: None for n in visits if weights[n]} or visits
    found = [at for at in counted if occasion[at] in visits]
    if combining.inspectors == "weighted":
        own = inspector_weights(combining, names)
        heavy = {occasion[at] for at in found if own[at]}
        found = [at for at in found if own[at] or occasion[at] not in heavy]
    return found

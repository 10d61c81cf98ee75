"""What ``rubric try`` tells of a school: the published figures, why, and every indicator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inspections.records.record import State
from rubrics.language.rubric import Rubric
from rubrics.messages.csv_text import harmless
from rubrics.values.points import fixed
from scoring.results.indicators import told_of
from scoring.results.scores import RubricScores
from scoring.results.tables import FINE, SCORES, score_row


def columns(rubric: Rubric) -> tuple[str, ...]:
    """Returns the headings: those of scores.csv, and the indicators by their ids."""
    return (*SCORES, *(harmless(item.id) for item in rubric.indicators))


def rows(scores: RubricScores) -> Iterator[tuple[str, ...]]:
    """Yields a row a school; under an indicator stand its points, or its state where it has none.

    Points have four decimals, so that they add up by hand.
    """
    for one in scores.schools:
        items = (
            band or (fixed(earned, FINE) if state is State.CHECKED else state.value)
            for _, state, _, earned, _, band in told_of(one.indicators)
        )
        yield (*score_row(scores.rubric, one), *items)


def as_plain(scores: RubricScores) -> list[dict[str, Any]]:
    """Returns the same for programs, with what stands beside each indicator."""
    return [
        dict(zip(SCORES, score_row(scores.rubric, one), strict=True))
        | {
            "indicators": {
                indicator: {
                    "state": state.value,
                    "points": fixed(points, FINE),
                    "earned": band or (fixed(earned, FINE) if state is State.CHECKED else ""),
                    "reason": reason,
                }
                for indicator, state, points, earned, reason, band in told_of(one.indicators)
            },
        }
        for one in scores.schools
    ]

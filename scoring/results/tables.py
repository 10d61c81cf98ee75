"""Scores as plain tables: the columns and rows of scores.csv and indicators.csv."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from inspections.records.record import State
from rubrics.language.rubric import Rubric
from rubrics.messages.csv_text import harmless, literal
from rubrics.values.points import fixed
from scoring.results.scores import SchoolScore

FINE: Final = 4
"""Decimals of figures that are not published: they add up by hand."""

SCORES: Final = (
    "school_id",
    "school",
    "group",
    "rubric",
    "version",
    "earned",
    "applicable",
    "normalised",
    "bonus",
    "penalty",
    "total",
    "grade",
    "rank",
    "group_size",
    "key_failed",
    "red_lines",
    "award_eligible",
    "status",
)
INDICATORS: Final = ("school_id", "rubric", "indicator", "state", "points", "earned", "reason")

SEPARATOR: Final = "; "


def score_row(rubric: Rubric, score: SchoolScore) -> tuple[str, ...]:
    """Returns one row of scores.csv: points as decimals, empty where there is no such figure.

    ``earned``, ``applicable``, ``bonus`` and ``penalty`` have four decimals, ``normalised`` and
    ``total`` the rubric's. ``key_failed`` are indicators, ``red_lines`` titles.
    """

    def published(units: int | None) -> str:
        return "" if units is None else fixed(units, rubric.places)

    return (
        literal(score.school.id),
        harmless(score.school.name),
        harmless(score.group),
        rubric.id,
        literal(rubric.version),
        fixed(score.earned, FINE),
        fixed(score.applicable, FINE),
        published(score.normalised),
        fixed(score.bonus, FINE),
        fixed(score.penalty, FINE),
        published(score.total),
        harmless(score.grade),
        "" if score.rank is None else str(score.rank),
        str(score.group_size),
        harmless(SEPARATOR.join(score.key_failed)),
        harmless(SEPARATOR.join(line.title for line in score.red_lines)),
        "true" if score.award_eligible else "false",
        score.status,
    )


class IndicatorRows:
    """The rows of indicators.csv of one rubric; ``earned`` is empty where nothing was checked."""

    def __init__(self, rubric: Rubric) -> None:
        self._rubric = rubric
        self._names = {item.id: harmless(item.id) for item in rubric.indicators}
        self._figures: dict[int, str] = {}

    def of(self, score: SchoolScore) -> Iterator[tuple[str, ...]]:
        """Yields a school's rows."""
        school, rubric = literal(score.school.id), self._rubric.id
        for item in score.indicators:
            yield (
                school,
                rubric,
                self._names[item.indicator],
                item.state.value,
                self._fine(item.points),
                self._fine(item.earned) if item.state is State.CHECKED else "",
                harmless(item.reason) if item.reason else "",
            )

    def _fine(self, units: int) -> str:
        """A figure as text; most of them come again and again."""
        text = self._figures.get(units)
        if text is None:
            text = self._figures[units] = fixed(units, FINE)
        return text

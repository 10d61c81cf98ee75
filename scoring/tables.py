"""Scores as plain tables: the columns and rows of scores.csv, indicators.csv and problems.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from inspections.visit import State
from rubrics.points import fixed
from rubrics.problems import Problem
from rubrics.rubric import Rubric
from scoring.scores import RubricScores, SchoolScore

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
PROBLEMS: Final = ("code", "severity", "file", "sheet", "cell", "message", "remedy")

SEPARATOR: Final = "; "
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def score_row(rubric: Rubric, score: SchoolScore) -> tuple[str, ...]:
    """Returns one row of scores.csv: points as decimals, empty where there is no such figure.

    ``earned``, ``applicable``, ``bonus`` and ``penalty`` have four decimals, ``normalised`` and
    ``total`` the rubric's. ``key_failed`` are indicators, ``red_lines`` titles.
    """

    def published(units: int | None) -> str:
        return "" if units is None else fixed(units, rubric.places)

    return (
        harmless(score.school.id),
        harmless(score.school.name),
        harmless(score.group),
        rubric.id,
        harmless(rubric.version),
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


def indicator_rows(scores: RubricScores) -> Iterator[tuple[str, ...]]:
    """Yields the rows of indicators.csv; ``earned`` is empty where nothing was checked."""
    for score in scores.schools:
        for item in score.indicators:
            yield (
                harmless(score.school.id),
                scores.rubric.id,
                harmless(item.indicator),
                item.state.value,
                fixed(item.points, FINE),
                fixed(item.earned, FINE) if item.state is State.CHECKED else "",
                harmless(item.reason),
            )


def problem_rows(problems: Iterable[Problem]) -> list[tuple[str, ...]]:
    """Returns the rows of problems.csv by place and code; the same problem stands once."""
    return [
        (
            item.code,
            item.severity.value,
            *map(harmless, (item.place.file, item.place.sheet, item.place.cell)),
            harmless(item.message),
            harmless(item.remedy),
        )
        for item in sorted(set(problems))
    ]


def harmless(text: str) -> str:
    """Returns text that no spreadsheet takes for a formula: such a beginning gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Returns a csv file as Excel opens it right: UTF-8 with BOM, a heading, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")

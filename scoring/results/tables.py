"""Scores as plain tables: the columns and rows of scores.csv and indicators.csv."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from inspections.records.record import State
from rubrics.language.rubric import Rubric
from rubrics.language.subject import Words
from rubrics.messages.csv_text import harmless, literal
from rubrics.values.points import fixed
from scoring.results.ballots import BESIDE, WAITING
from scoring.results.corrected_words import CORRECTED
from scoring.results.indicators import told_of
from scoring.results.scores import RubricScores, SchoolScore
from scoring.results.unsettled import group_reason, own_reasons
from scoring.verdict.ranking import EVERY_SCHOOL

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
    "provisional",
    "why",
)
CORRECTIONS: Final = ("plain_total", "correction", "corrected")
"""Further columns of scores.csv where totals are corrected for the severity of inspectors."""

INDICATORS: Final = ("school_id", "rubric", "indicator", "state", "points", "earned", "reason")

FEW: Final = "票数少，不写分数"
BESIDE_FEW: Final = "与票数少的项目合计，不单列分数"
WAITING_FEW: Final = "票数少，待核，不单列得分"

SEPARATOR: Final = "; "


def score_headings(held: Iterable[RubricScores]) -> tuple[str, ...]:
    """Returns the columns of scores.csv: ``SCORES``, and ``CORRECTIONS`` where some are."""
    return (*SCORES, *(CORRECTIONS if any(one.correction for one in held) else ()))


def score_row(
    rubric: Rubric, score: SchoolScore, headings: Sequence[str] = SCORES
) -> tuple[str, ...]:
    """Returns one row of scores.csv: points as decimals, empty where there is no such figure.

    ``earned``, ``applicable``, ``bonus`` and ``penalty`` have four decimals, ``normalised`` and
    ``total`` the rubric's; both are empty where the verdict is withheld. ``key_failed`` are
    indicators, ``red_lines`` titles. ``provisional``: what may still change, with the group's rank
    and median; ``why``: why the grade is not higher, or why there is no verdict or rank.
    ``headings``: as ``score_headings`` has them.
    """
    group = group_reason(score)
    still_open = [*own_reasons(score), *([group] if group else [])]

    def published(units: int | None) -> str:
        return "" if units is None else fixed(units, rubric.places)

    said = words_beside(rubric, score).said
    return (
        literal(score.school.id),
        harmless(score.school.name),
        harmless(group_of(rubric, score)),
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
        harmless(said(SEPARATOR.join(still_open))),
        harmless(said(why(score))),
        *(_correction(rubric, score) if len(headings) > len(SCORES) else ()),
    )


def _correction(rubric: Rubric, score: SchoolScore) -> tuple[str, ...]:
    """The total without correction, what it is corrected by, and that it is."""
    held = score.correction
    if held is None:
        return ("" if score.total is None else fixed(score.total, rubric.places), "", "")
    return fixed(held.plain, rubric.places), fixed(held.applied, rubric.places), CORRECTED


def words_beside(rubric: Rubric, score: SchoolScore) -> Words:
    """Returns how one speaks of what a rubric inspects, beside the titles of red lines."""
    return replace(rubric.words, typed=frozenset(line.title for line in score.red_lines))


def group_of(rubric: Rubric, score: SchoolScore) -> str:
    """Returns the label of a school's group; only that of all schools is the program's own."""
    if score.group != EVERY_SCHOOL:
        return score.group
    return rubric.words.said(score.group)


def why(score: SchoolScore) -> str:
    """Returns why the grade is not higher, or why there is no verdict or rank, in Chinese."""
    reasons = dict.fromkeys((*score.limits, *([score.unranked] if score.unranked else [])))
    return "；".join(reasons)


def indicator_rows(one: RubricScores) -> Iterator[tuple[str, ...]]:
    """Yields the rows of indicators.csv of one rubric, school by school.

    Points have four decimals; ``earned`` is empty where nothing was checked, and where too few
    people voted, or it would tell the points of such a vote: there the reason tells the band, or
    only that.
    """
    names = {item.id: harmless(item.id) for item in one.rubric.indicators}
    reasons = {"": ""}
    for score in one.schools:
        school = literal(score.school.id)
        for indicator, state, points, earned, reason, band in told_of(score.indicators):
            if band == BESIDE:
                reason = BESIDE_FEW
            elif band == WAITING:
                reason = WAITING_FEW + (f"；{reason}" if reason else "")
            elif band:
                reason = f"{FEW}，得分{band}" + (f"；{reason}" if reason else "")
            told = reasons.get(reason)
            if told is None:
                told = reasons[reason] = harmless(reason)
            yield (
                school,
                one.rubric.id,
                names[indicator],
                state.value,
                fixed(points, FINE),
                fixed(earned, FINE) if state is State.CHECKED and not band else "",
                told,
            )

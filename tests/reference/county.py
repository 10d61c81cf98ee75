"""The door of the reference: all schools under all rubrics of a round.

Plain Python and fractions, written from the text of the scoring semantics alone. It shares no
code with ``scoring/`` and is slow on purpose: whatever is easiest to check by eye was chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from inspections.records.record import Record
from inspections.round.round import Round
from inspections.round.school import School
from rubrics.language.rubric import Rubric
from tests.reference.correcting import Given as Correction
from tests.reference.own_scores import Given
from tests.reference.ranking import Whole, composite, rank
from tests.reference.results import Result
from tests.reference.rules import Elapsed
from tests.reference.school import score_school

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "term": 5, "year": 12}


@dataclass
class County:
    """Results by rubric id, in the order of the schools, and the composite."""

    rubrics: dict[str, list[Result]]
    composite: list[Whole]


def score_county(
    of: Round,
    rubrics: Sequence[Rubric],
    schools: Sequence[School],
    visits: Sequence[Record],
    elapsed: Elapsed | None = None,
    before: Mapping[str, Collection[tuple[str, str]]] | None = None,
    own: Mapping[tuple[str, str], Given] | None = None,
    corrections: Mapping[str, Correction] | None = None,
    planned: Collection[tuple[str, str]] = (),
) -> County:
    """``before``: (school, indicator) by rubric that rounds before have found. ``own``: what
    schools gave themselves, by (school, rubric); None where nobody was asked. ``corrections``: of
    totals, by rubric. ``planned``: (school, rubric) to which somebody is sent; where nothing stands
    there, to all.
    """
    passed = whole_periods(of) if elapsed is None else elapsed
    found: dict[str, list[Result]] = {}
    for rubric in rubrics:
        found[rubric.id] = [
            score_school(
                rubric,
                school,
                [v for v in visits if (v.key.school, v.key.rubric) == (school.id, rubric.id)],
                of,
                passed,
                {item for one, item in (before or {}).get(rubric.id, ()) if one == school.id},
                own is not None,
                None if own is None else own.get((school.id, rubric.id)),
                (corrections or {}).get(rubric.id),
                not planned or (school.id, rubric.id) in planned,
            )
            for school in schools
        ]
        rank(found[rubric.id], of)
    return County(found, composite(schools, list(found.values()), of))


def whole_periods(of: Round) -> dict[str, int]:
    """How many whole weeks, months, terms ... the round looks back on."""
    since, end = of.assessed.since, of.assessed.until + timedelta(days=1)
    months = 0
    while month_later(since, months + 1) <= end:
        months += 1
    counted = {name: months // length for name, length in MONTHS.items()}
    counted["week"] = (end - since).days // 7
    counted["teaching_month"] = months
    if of.teaching:
        taught = [day for day in each_day(since, of.assessed.until) if is_taught(day, of)]
        counted["week"] = sum(
            all(day + timedelta(days=n) in taught for n in range(5))
            for day in taught
            if day.weekday() == 0
        )
        counted["teaching_month"] = sum(
            all(
                is_taught(day, of) and since <= day < end
                for day in each_day(first, month_later(first, 1) - timedelta(days=1))
                if day.weekday() < 5
            )
            for first in {day.replace(day=1) for day in taught}
        )
    return counted | {str(name): count for name, count in of.elapsed.items()}


def each_day(since: date, until: date) -> list[date]:
    return [since + timedelta(days=n) for n in range((until - since).days + 1)]


def is_taught(day: date, of: Round) -> bool:
    return any(span.since <= day <= span.until for span in of.teaching)


def month_later(day: date, months: int) -> date:
    """The same day of a later month; the 1st of the month after it where there is none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return month_later(day.replace(day=1), months + 1)

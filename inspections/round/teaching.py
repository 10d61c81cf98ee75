"""Teaching time: which quotas need to know it, and how it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from inspections.records.moments import read_day
from inspections.round.elapsed import TEACHING, elapsed_periods
from inspections.round.folder import SETTINGS
from inspections.round.round import Round, Teaching
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, problem
from rubrics.rules import Quota

_BETWEEN = re.compile(r"\.\.|至|到|~|～|—+|－+")


def read_teaching(text: str) -> Teaching | None:
    """Returns the time that somebody typed as ``2026-02-24..2026-07-03``; None where it is none."""
    days = [read_day(part.strip()) for part in _BETWEEN.split(text.strip())]
    if len(days) != 2 or days[0] is None or days[1] is None or days[1].date < days[0].date:
        return None
    return Teaching(since=days[0].date, until=days[1].date)


def teaching_unknown(settings: Round, rubrics: Iterable[Rubric]) -> Iterator[Problem]:
    """Yields the rubrics that want teaching time of a round that does not say it.

    Code: teaching-unknown.
    """
    if settings.teaching:
        return
    elapsed = elapsed_periods(settings)
    for rubric in rubrics:
        asked = [
            (item.id, part.rule.per)
            for item in rubric.indicators
            for part in item.rule.simple_parts(item.points)
            if isinstance(part.rule, Quota)
            and part.rule.per in TEACHING
            and part.rule.per not in settings.elapsed
        ]
        if asked:
            yield problem(
                "teaching-unknown",
                Place(SETTINGS, "", "teaching"),
                rubric=rubric.title,
                items="、".join(dict.fromkeys(name for name, _ in asked)),
                weeks=elapsed["week"],
                months=elapsed["teaching_month"],
            )

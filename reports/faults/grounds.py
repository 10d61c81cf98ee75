"""What was entered and cost points: figures and levels, and whether a text says them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal

from inspections.records.record import State
from rubrics.language.rubric import Indicator
from rubrics.rules import Part, Value
from rubrics.rules.words import clock
from rubrics.values.points import number_text
from scoring.results.scores import SchoolScore

_NUMBER = re.compile(r"\d+(?:[.:]\d+)*")


def grounds(indicator: Indicator, score: SchoolScore, told: str) -> tuple[str, ...]:
    """Returns the figures and levels entered for an indicator that stand in ``told``.

    ``told`` says how points were lost. A count of one is left out: who names a fault says it.
    Things that are there or not are no figures.
    """
    named = set(_numbers(told))
    found: dict[str, None] = {}
    for visit in score.visits:
        record = visit.observation(indicator.id)
        if record is None or record.state is not State.CHECKED:
            continue
        for part in indicator.rule_on(visit.day).simple_parts(
            indicator.points, score.school.traits
        ):
            lead = f"{part.id}." if part.id else ""
            for key, value in record.values.items():
                own = key.startswith(lead) if lead else True
                found |= dict.fromkeys(_said(part, value, named, told)) if own else {}
    return tuple(found)


def says_all(text: str, known: Iterable[str]) -> bool:
    """Whether a text that an inspector wrote says all of these figures and levels."""
    plain = re.sub(r"[\s“”\"‘’]", "", unicodedata.normalize("NFKC", text))
    numbers = {*_numbers(plain)}
    return all(
        one in numbers
        if _NUMBER.fullmatch(one)
        else f"为{one}" in plain or (len(one) > 1 and one in plain)
        for one in known
    )


def _said(part: Part, value: Value, named: set[str], told: str) -> Iterator[str]:
    ground = part.rule.rests_on
    if ground == "level":
        if isinstance(value, str) and f"“{value}”" in told:
            yield value
    elif ground != "finding" and isinstance(value, Decimal):
        if ground == "count" and value == 1:
            return
        yield from (text for text in (number_text(value), clock(value)) if text in named)


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text.replace(",", ""))

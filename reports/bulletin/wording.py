"""How the bulletin puts names and shares."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rubrics.messages.outgoing import outgoing
from rubrics.messages.plain_text import one_line
from rubrics.values.points import half_up
from scoring.results.published import percent_text
from scoring.results.scores import SchoolScore

MOST_NAMED = 10
"""Schools that a paragraph names; an attachment has all of them."""

FEW = 5
"""Schools fewer than these are not called most, and shares of them say nothing."""


def names(schools: Sequence[SchoolScore], most: int = MOST_NAMED) -> str:
    """Returns names of schools in their order: ``甲、乙等5所``, ``甲、乙``."""
    named = "、".join(name(school) for school in schools[:most])
    return f"{named}等{len(schools)}所" if len(schools) > most else named


def name(school: SchoolScore) -> str:
    """Returns the name of a school as it may be printed."""
    return one_line(outgoing(school.school.name))


def share(part: int, whole: int) -> str:
    """Returns a percentage with one decimal."""
    return percent_text(half_up(part * 1000, whole) * 10)


def add_up(shares: Sequence[str]) -> bool:
    """Whether percentages as printed add up to 100: equal counts have equal shares all the same."""
    return sum(Decimal(one.removesuffix("%")) for one in shares) == 100

"""Bonuses that count under the cap of a dimension."""

from __future__ import annotations

from rubrics.language.rubric import Dimension, Extra, Rubric
from rubrics.rules import Bonus
from rubrics.values.points import number_text


def belongs(extra: Extra, dimension: Dimension) -> bool:
    """Whether a bonus names a dimension: it then counts under the cap that this one sets."""
    return isinstance(extra.rule, Bonus) and extra.rule.dimension == dimension.id


def describe_extra(rubric: Rubric, extra: Extra) -> str:
    """Returns what an item comes to, and the cap of its dimension."""
    under = capped_by(rubric, extra)
    if under is None or under.bonus_cap is None:
        return extra.rule.describe()
    cap = number_text(under.bonus_cap)
    return f"{extra.rule.describe()}；“{under.title}”的加分合计最多 {cap} 分"


def capped_by(rubric: Rubric, extra: Extra) -> Dimension | None:
    """Returns the dimension whose cap an item counts under, if any."""
    found = (it for it in rubric.dimensions if belongs(extra, it) and it.bonus_cap is not None)
    return next(found, None)

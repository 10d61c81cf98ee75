"""Bonuses that count under the cap of a dimension."""

from __future__ import annotations

from rubrics.language.rubric import Dimension, Extra, Rubric
from rubrics.rules import Bonus


def belongs(extra: Extra, dimension: Dimension) -> bool:
    """Whether a bonus names a dimension: it then counts under the cap that this one sets."""
    return isinstance(extra.rule, Bonus) and extra.rule.dimension == dimension.id


def capped_by(rubric: Rubric, extra: Extra) -> Dimension | None:
    """Returns the dimension whose cap an item counts under, if any."""
    found = (it for it in rubric.dimensions if belongs(extra, it) and it.bonus_cap is not None)
    return next(found, None)

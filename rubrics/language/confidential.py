"""Which items of a rubric are secret: what rests on talks in confidence, or on ballots."""

from __future__ import annotations

from rubrics.language.method import IN_CONFIDENCE
from rubrics.language.rubric import Extra, Indicator, RedLine


def confidential(item: Indicator | RedLine | Extra | None) -> bool:
    """Whether what is entered for an item is secret: typed texts, counts of ballots, evidence.

    The rubric says so (``confidential: true``), or it follows: the item is voted on, or checked by
    nothing but talks and ballots, or methods that the rubric calls secret. In a small school they
    tell who said what.
    """
    if not isinstance(item, Indicator):
        return False
    secret = any(part.rule.secret for part in item.rule.simple_parts(item.points))
    return item.confidential or secret or set(item.method) <= IN_CONFIDENCE

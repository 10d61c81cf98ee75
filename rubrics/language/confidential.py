"""Which items of a rubric are secret: what rests on talks in confidence, or on ballots."""

from __future__ import annotations

from typing import Final

from rubrics.language.rubric import Extra, Indicator, RedLine

_IN_CONFIDENCE: Final = {"个别谈话", "民主测评"}


def confidential(item: Indicator | RedLine | Extra | None) -> bool:
    """Whether what is entered for an item is secret: typed texts, counts of ballots, evidence.

    The rubric says so (``confidential: true``), or it follows: the item is voted on, or checked by
    nothing but talks and ballots. In a small school both tell who said what.
    """
    if not isinstance(item, Indicator):
        return False
    secret = any(part.rule.secret for part in item.rule.simple_parts(item.points))
    return item.confidential or secret or set(item.method) <= _IN_CONFIDENCE

"""Which indicators of a rubric cost more when they are found again, and what that costs."""

from __future__ import annotations

from rubrics.language.confidential import confidential
from rubrics.language.repeat import Repeat
from rubrics.language.rubric import Indicator, Rubric


def repeat_of(rubric: Rubric, indicator: Indicator) -> Repeat | None:
    """Returns what holds for an indicator: its own, or the rubric's where that reaches it.

    The rubric's does not reach what rests on judgement or was said in confidence: nobody repeats a
    fault by being liked less, and what is doubled could be told from the sums.
    """
    if indicator.repeat is not None:
        return indicator.repeat or None
    if rubric.judged(indicator) or confidential(indicator):
        return None
    return rubric.repeat


def asks_for_repeats(rubric: Rubric) -> bool:
    """Returns whether any indicator costs more when it is found again."""
    return any(repeat_of(rubric, item) is not None for item in rubric.indicators)


def rounds_back(rubric: Rubric) -> int:
    """Returns how many rounds back are looked at; 0 where none is."""
    own = (repeat_of(rubric, item) for item in rubric.indicators)
    return max((one.rounds for one in own if one is not None), default=0)

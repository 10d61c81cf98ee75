"""What a school is told to do about a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, TypeAlias

from pydantic import Field

from rubrics.rules.strict_model import StrictModel


class Rectify(StrictModel):
    """What the school is told to do, and in how many days (0: 立行立改).

    It stands at an indicator, and at each of its parts, items and faults that ask for something
    else: a demand never reaches beyond what was found.
    """

    demand: str
    days: Annotated[int, Field(ge=0, le=365)]


@dataclass(frozen=True, slots=True)
class Milder:
    """What is asked in place of a demand that would say more than was found; it keeps its deadline.

    Who was graded B is not told to do what a school without anything is told.
    """

    demand: str


Asked: TypeAlias = Rectify | Milder | None
"""What one finding asks of a school; None where it asks for nothing of its own."""

OPINIONS: Final = Milder("请继续听取意见，改进不足之处。")
"""Of what people said in a vote or a survey, close to the best."""

CLOSE: Final = 10
"""Close to the best is what lacks no more than this part of the points: a tenth."""


def below(best: str, what: str = "") -> Milder:
    """Returns what is asked for below the best level, but above the lowest."""
    return Milder(f"请对照细则，改进{f'“{what}”' if what else ''}没有达到“{best}”的方面。")


def owed(asked: Asked, whole: Asked) -> Asked:
    """Returns what a finding asks for, where ``whole`` is asked for what has no demand of its own.

    A milder demand takes its deadline from ``whole``.
    """
    if isinstance(asked, Milder) and isinstance(whole, Rectify):
        return Rectify(demand=asked.demand, days=whole.days)
    return whole if asked is None else asked

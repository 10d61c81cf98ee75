"""What a school is told to do about a finding."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rubrics.rules.strict_model import StrictModel


class Rectify(StrictModel):
    """What the school is told to do, and in how many days (0: 立行立改).

    It stands at an indicator, and at each of its parts, items and faults that ask for something
    else: a demand never reaches beyond what was found.
    """

    demand: str
    days: Annotated[int, Field(ge=0, le=365)]

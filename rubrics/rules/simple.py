"""The kinds of rules that have no parts: the list of all of them."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from rubrics.rules.all_or_none import AllOrNone
from rubrics.rules.bands import Bands
from rubrics.rules.checklist import Checklist
from rubrics.rules.deduct import Deduct
from rubrics.rules.discretionary import Discretionary
from rubrics.rules.entered_points import EnteredPoints
from rubrics.rules.grade import Grade
from rubrics.rules.linear import Linear
from rubrics.rules.quota import Quota
from rubrics.rules.ratio import Ratio
from rubrics.rules.survey import Survey
from rubrics.rules.threshold import Threshold
from rubrics.rules.votes import Votes

AnySimple: TypeAlias = (
    Deduct
    | Checklist
    | AllOrNone
    | EnteredPoints
    | Discretionary
    | Grade
    | Threshold
    | Bands
    | Linear
    | Ratio
    | Quota
    | Votes
    | Survey
)
"""In the order in which they are offered."""

SimpleRule: TypeAlias = Annotated[AnySimple, Field(discriminator="kind")]
"""A rule without parts, in a rubric file."""

"""The kinds of rules: how an observation becomes points. A file has all that is known of a kind.

:mod:`rubrics.rules.kind` says what every kind brings; :mod:`rubrics.rules.simple` lists them.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias, get_args

from pydantic import Field

from rubrics.rules.all_or_none import AllOrNone, Requirement
from rubrics.rules.bands import Band, Bands
from rubrics.rules.cells import Cells, Entry, Outcome, PeriodLength
from rubrics.rules.checklist import Checklist, Item
from rubrics.rules.composite import Composite, CompositePart
from rubrics.rules.deduct import Deduct, Fault
from rubrics.rules.discretionary import Discretionary
from rubrics.rules.entered_points import EnteredPoints
from rubrics.rules.extras import Bonus, ExtraRule, Penalty
from rubrics.rules.grade import Grade
from rubrics.rules.kind import Part, RuleKind, Wrong
from rubrics.rules.linear import Linear
from rubrics.rules.quota import Quota
from rubrics.rules.ratio import Ratio
from rubrics.rules.rectify import Rectify
from rubrics.rules.simple import AnySimple, SimpleRule
from rubrics.rules.slot import Choice, EntryKind, Slot, Value, Values, joined
from rubrics.rules.strict_model import Explained, Id, StrictModel
from rubrics.rules.survey import Survey
from rubrics.rules.threshold import Reading, Threshold
from rubrics.rules.votes import Votes

__all__ = [
    "EXTRAS",
    "KINDS",
    "AllOrNone",
    "AnyRule",
    "Band",
    "Bands",
    "Bonus",
    "Cells",
    "Checklist",
    "Choice",
    "Composite",
    "CompositePart",
    "Deduct",
    "Discretionary",
    "EnteredPoints",
    "Entry",
    "EntryKind",
    "Explained",
    "ExtraRule",
    "Fault",
    "Grade",
    "Id",
    "Item",
    "Linear",
    "Outcome",
    "Part",
    "Penalty",
    "PeriodLength",
    "Quota",
    "Ratio",
    "Reading",
    "Rectify",
    "Requirement",
    "Rule",
    "RuleKind",
    "SimpleRule",
    "Slot",
    "StrictModel",
    "Survey",
    "Threshold",
    "Value",
    "Values",
    "Votes",
    "Wrong",
    "joined",
    "kind_of",
]

AnyRule: TypeAlias = AnySimple | Composite
Rule: TypeAlias = Annotated[AnyRule, Field(discriminator="kind")]
"""A rule in a rubric file."""


def kind_of(model: type[Explained]) -> str:
    """Returns a kind's name in a rubric file."""
    return str(get_args(model.model_fields["kind"].annotation)[0])


KINDS: dict[str, type[RuleKind]] = {kind_of(model): model for model in get_args(AnyRule)}
"""Every kind of rule by its name in a rubric file, in the order in which they are offered."""

EXTRAS: dict[str, type[ExtraRule]] = {kind_of(model): model for model in (Bonus, Penalty)}
"""The kinds of rules outside the points."""

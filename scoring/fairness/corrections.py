"""What totals of a round are corrected by, and what of it is to stand once letters say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from inspections.ledger.severity import Holding
from rubrics.messages.problems import Problem
from scoring.engine.severity_correction import Correction


@dataclass(frozen=True, slots=True)
class Corrections:
    """By rubric. ``given``: where totals are corrected, by what. ``holding``: where the round asks
    for it, what is to stand with the first letter that is numbered. ``problems``: why others are
    not corrected, and what stands that would be measured otherwise now.
    """

    given: Mapping[str, Correction] = field(default_factory=dict)
    holding: Mapping[str, Holding] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

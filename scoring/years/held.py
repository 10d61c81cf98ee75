"""The published results of one round, as a year needs them. Points in units of 1/10000."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from inspections.records.record import State
from rubrics.language.rubric import Rubric

COMPOSITE = "composite"
"""What the composite of all rubrics goes by, among the ids of rubrics."""


@dataclass(frozen=True, slots=True)
class HeldItem:
    """One indicator of a school; ``earned`` is None where nothing was checked, or it is secret."""

    state: State
    points: int
    earned: int | None


@dataclass(frozen=True, slots=True)
class HeldSchool:
    """One school in the results of a round, under one rubric or in the composite.

    ``total`` is None where there is no verdict, and ``without`` then says why in a word. ``open``:
    its own figures may yet change; ``group_open``: of how many schools of its group they may.
    ``group_size`` counts those of the group that are ranked. ``red_lines``: how many were crossed,
    but for those of which the rubric says in so many words that the rank is kept; ``unranked``: one
    of them left the school without a rank. ``failed``: its grade is the rubric's lowest of several.
    ``left_out``: the plan sent nobody there, as it was not drawn, say.
    """

    id: str
    name: str
    group: str
    total: int | None = None
    without: str = ""
    grade: str = ""
    rank: int | None = None
    group_size: int = 0
    open: bool = False
    group_open: int = 0
    applies: bool = True
    items: Mapping[str, HeldItem] = field(default_factory=dict)
    red_lines: int = 0
    unranked: bool = False
    failed: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class HeldRubric:
    """All schools of a round under one rubric, by id; ``rubric`` is None for the composite.

    ``corrected``: totals were corrected for the severity of inspectors.
    """

    id: str
    title: str
    rubric: Rubric | None
    digest: str
    places: int
    schools: Mapping[str, HeldSchool]
    corrected: bool = False

    @property
    def demerits(self) -> bool:
        """Whether fewer points are better."""
        return self.rubric is not None and self.rubric.scale == "demerits"


@dataclass(frozen=True, slots=True)
class HeldRound:
    """The results of a round, and when it took place; ``rubrics`` by id, the composite last.

    ``publish``: schools are told their ranks. ``contact``: whom they may ask, ``copies``: who else
    receives its bulletin, as papers print it; empty where nothing is set.
    """

    id: str
    title: str
    bureau: str
    since: date
    until: date
    rubrics: Mapping[str, HeldRubric]
    publish: bool = True
    contact: str = ""
    copies: str = ""

    @property
    def corrected(self) -> bool:
        """Whether totals under some rubric were corrected for the severity of inspectors."""
        return any(held.corrected for held in self.rubrics.values())

"""What the reference says of one school: plain records that are filled in step by step."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from inspections.records.record import State
from inspections.round.school import School
from rubrics.language.rubric import Consequence, Indicator, Rubric
from tests.reference.exact import NOTHING, exact
from tests.reference.nested import worth
from tests.reference.records import Mark


@dataclass
class Item:
    """One indicator, all records combined. ``records`` are those that count."""

    indicator: Indicator
    state: State
    earned: Fraction = NOTHING
    pending: bool = False
    key_failed: bool = False
    records: list[Mark] = field(default_factory=list)


@dataclass
class Part:
    """One dimension: points (or demerits) of what was checked in it; ``share`` of the points, as a
    percentage with one decimal; ``fine`` breaks ties.
    """

    earned: Fraction
    applicable: Fraction
    share: Fraction | None
    fine: Fraction | None
    median: Fraction | None = None


@dataclass
class Result:
    """What the reference says of one school; ranks are filled in later."""

    school: School
    rubric: Rubric
    before: frozenset[str] = frozenset()
    group: str = ""
    status: str = ""
    items: dict[str, Item] = field(default_factory=dict)
    dimensions: dict[str, Part] = field(default_factory=dict)
    earned: Fraction = NOTHING
    applicable: Fraction = NOTHING
    normalised: Fraction | None = None
    bonus: Fraction = NOTHING
    penalty: Fraction = NOTHING
    by_points: Fraction | None = None
    plain: Fraction | None = None
    """The total before red lines."""
    total: Fraction | None = None
    gains: dict[str, Fraction] = field(default_factory=dict)
    grade: str = ""
    key_failed: list[str] = field(default_factory=list)
    red_lines: list[tuple[str, str]] = field(default_factory=list)
    pending_red_lines: list[tuple[str, str]] = field(default_factory=list)
    award_eligible: bool = True
    hits: list[Consequence] = field(default_factory=list)
    """What the red lines in effect do."""
    ranked: bool = False
    last: bool = False
    """A red line puts it behind all others."""
    rank: int | None = None
    group_size: int = 0
    tie_key: str = ""
    median: Fraction | None = None


def kept(rubric: Rubric, indicator: Indicator, figure: Fraction) -> Fraction:
    """Points that were not lost: merits earned, or what demerits left of the points."""
    return figure if rubric.scale == "merits" else exact(indicator.points) - figure


def lost(rubric: Rubric, item: Item) -> Fraction:
    """Points lost, or demerits; none where more is earned than the points."""
    return max(NOTHING, exact(item.indicator.points) - kept(rubric, item.indicator, item.earned))


def points_in(result: Result, state: State) -> list[Fraction]:
    """What each item in that state counts in the total."""
    return [
        worth(result.rubric, item.indicator)
        for item in result.items.values()
        if item.state is state
    ]

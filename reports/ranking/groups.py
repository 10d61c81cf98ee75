"""The schools of a rubric by group, each group in the order of its ranking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rubrics.language.rubric import Rubric
from scoring.results.certainty import Certainty
from scoring.results.scores import RubricScores, SchoolScore
from scoring.results.unsettled import open_in_group

BEST, MIDDLE, LOW, WORST, NONE = "#DCE8F5", "", "#FDF3DC", "#F8DFD3", "#ECEEF0"
"""Fills of the grades: blue against orange is told apart by every eye, and by a grey printer."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group: ranked schools by rank, then the others in roster order, those outside apart.

    ``outside``: to whom the rubric does not apply; ``left_out``: to whom the plan sends nobody
    under it, as they were not drawn, say. Neither was due.
    """

    name: str
    ranked: tuple[SchoolScore, ...]
    unranked: tuple[SchoolScore, ...]
    outside: tuple[SchoolScore, ...]
    left_out: tuple[SchoolScore, ...] = ()

    @property
    def schools(self) -> tuple[SchoolScore, ...]:
        """Ranked and unranked."""
        return self.ranked + self.unranked

    @property
    def why_left_out(self) -> str:
        """Why the plan sends nobody to some; empty where it leaves out nobody."""
        return next((school.unranked for school in self.left_out), "")

    @property
    def compared(self) -> bool:
        """Whether there are two to compare at least."""
        return len(self.ranked) > 1

    @property
    def totals(self) -> tuple[int, ...]:
        """The totals of those ranked, in units; none where there is nothing to compare."""
        found = (school.total for school in self.ranked if school.total is not None)
        return tuple(found) if self.compared else ()

    @property
    def open(self) -> str:
        """Why ranks and median may yet change; empty where they may not, or are not told."""
        count = max((school.group_open for school in self.schools), default=0)
        return f"{open_in_group(count)}，名次和中位数为暂定" if count and self.compared else ""

    def sure_of(self, certainty: Certainty) -> bool:
        """Whether it is known of the places of this group how sure they are."""
        return any(school.school.id in certainty.places for school in self.ranked)

    @property
    def median(self) -> int | None:
        """The median total, in units, as scoring found it."""
        return next((item.median for item in self.schools if item.median is not None), None)


def groups(scores: RubricScores) -> tuple[Group, ...]:
    """Returns the groups of a rubric in the order in which the roster first names them."""
    names = dict.fromkeys(item.group for item in scores.schools)
    return tuple(
        _group(name, (item for item in scores.schools if item.group == name)) for name in names
    )


def _group(name: str, schools: Iterable[SchoolScore]) -> Group:
    members = list(schools)
    inside = [item for item in members if item.status not in ("inapplicable", "not_planned")]
    return Group(
        name=name,
        # Sorting is stable: schools of one rank stay in roster order.
        ranked=tuple(sorted((s for s in inside if s.rank), key=lambda s: s.rank or 0)),
        unranked=tuple(item for item in inside if not item.rank),
        outside=tuple(item for item in members if item.status == "inapplicable"),
        left_out=tuple(item for item in members if item.status == "not_planned"),
    )


def why_left_out(scores: Iterable[RubricScores]) -> str:
    """Returns why the plan sends nobody to some schools under a rubric; empty where none is."""
    found = (one.unranked for held in scores for one in held.schools if one.status == "not_planned")
    return next(found, "")


def grade_names(rubric: Rubric, schools: Iterable[SchoolScore]) -> tuple[str, ...]:
    """Returns the grades best first, then what is no grade, then any that scores bring along."""
    known = dict.fromkeys([*(band.grade for band in rubric.grades), rubric.ungraded])
    return tuple(known | dict.fromkeys(item.grade for item in schools if item.grade))


def grade_fill(rubric: Rubric, grade: str) -> str:
    """Returns the fill of a grade's cell, by its place among the grades; empty for none."""
    names = [band.grade for band in rubric.grades]
    if grade not in names:
        return NONE if grade else ""
    place, last = names.index(grade), len(names) - 1
    if place == 0:
        return BEST
    if place == last:
        return WORST
    return LOW if place == last - 1 and last > 2 else MIDDLE

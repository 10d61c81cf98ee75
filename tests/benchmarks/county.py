"""The sample county, as the demo has it, and larger ones: what the benchmarks work on."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from inspections.demo.county import County
from inspections.demo.county import county as invented
from inspections.demo.making import make_sample
from inspections.round.opened import OpenRound
from rubrics.language.rubric import Rubric


@cache
def county(folder: Path) -> OpenRound:
    """Returns the sample's round, made in ``folder``, with its filled workbooks."""
    sample, problems = make_sample(folder, lambda *told: None)
    assert sample is not None, problems
    return sample.opened


def make_county(folder: Path, schools: int) -> None:
    """Makes the round of a county with so many schools in ``folder``, its workbooks returned.

    ``schools``: a multiple of ``unit()``.
    """
    sample, problems = make_sample(folder, lambda *told: None, _larger(schools))
    assert sample is not None, problems


def first_school() -> str:
    """Returns the code of a school that every county has."""
    return invented().schools[0].id


def unit() -> int:
    """Returns how many schools the sample county has."""
    return len(invented().schools)


def largest(opened: OpenRound) -> Rubric:
    """Returns the rubric with the most indicators."""
    return max(opened.rubrics.values(), key=lambda rubric: len(rubric.indicators))


def _larger(schools: int) -> County:
    """The sample county again and again, each time with schools and teams of its own.

    The schools have the same traits every time, but are filled in by chances of their own.
    """
    first = invented()
    times = range(schools // unit())
    return replace(
        first,
        schools=tuple(
            replace(one, id=f"{int(one.id[:4]) + time}{one.id[4:]}", name=_named(one.name, time))
            for time in times
            for one in first.schools
        ),
        inspectors=tuple(
            replace(
                one,
                id=f"D{time * len(first.inspectors) + place:02d}",
                name=_named(one.name, time),
                team=_named(one.team, time),
            )
            for time in times
            for place, one in enumerate(first.inspectors, 1)
        ),
    )


def _named(name: str, time: int) -> str:
    """The first county's names are the sample's own."""
    return f"{name}{time + 1}" if time else name

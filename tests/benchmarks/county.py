"""The sample county, as the demo has it: what the benchmarks work on."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from inspections.demo.making import make_sample
from inspections.round.opened import OpenRound
from rubrics.language.rubric import Rubric


@cache
def county(folder: Path) -> OpenRound:
    """Returns the sample's round, made in ``folder``, with its filled workbooks."""
    sample, problems = make_sample(folder, lambda *told: None)
    assert sample is not None, problems
    return sample.opened


def largest(opened: OpenRound) -> Rubric:
    """Returns the rubric with the most indicators."""
    return max(opened.rubrics.values(), key=lambda rubric: len(rubric.indicators))

"""Red lines that say what the total is."""

from __future__ import annotations

from rubrics.language.rubric import Rubric
from scoring.results.scores import SchoolScore
from scoring.verdict.redlines import red_lines


def zeroed(rubric: Rubric, score: SchoolScore) -> list[str]:
    """Returns the titles of the crossed red lines that zero the total."""
    zeroing = {
        (line.owner, line.line.title)
        for line in red_lines(rubric)
        if line.line.consequence.zero_total
    }
    return [hit.title for hit in score.red_lines if (hit.owner, hit.title) in zeroing]

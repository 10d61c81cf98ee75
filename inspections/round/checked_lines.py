"""What a round has been read as, in figures: schools of each stage, inspectors, visits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from inspections.round.plan import teams
from inspections.round.school import Assignment, Roster
from rubrics.language.rubric import Rubric
from rubrics.language.spoken import words_of
from rubrics.language.statistics import STAGE
from rubrics.values.conditions import holds


def counts(
    rubrics: Mapping[str, Rubric], roster: Roster, plan: Sequence[Assignment]
) -> dict[str, object]:
    """Returns the figures: schools in all, by stage and by rubric, inspectors, teams, visits."""
    stages = Counter(str(it.traits.get(STAGE, "")) for it in roster.schools.values())
    return {
        "schools": len(roster.schools),
        "stages": dict(stages),
        "inspectors": sum(not person.left for person in roster.inspectors.values()),
        "teams": len(teams(roster)),
        "rubrics": {
            rubric.id: sum(holds(rubric.when, it.traits) for it in roster.schools.values())
            for rubric in rubrics.values()
        },
        "visits": len(plan),
    }


def checked_lines(
    rubrics: Mapping[str, Rubric], roster: Roster, plan: Sequence[Assignment]
) -> Iterator[str]:
    """Yields the same in Chinese."""
    words = words_of(rubrics.values())
    stages = Counter(str(it.traits.get(STAGE, "没有填学段")) for it in roster.schools.values())
    listed = "、".join(f"{name} {count}" for name, count in stages.items())
    split = f"：{listed}" if listed and words.is_school else ""
    yield words.said(f"学校 {len(roster.schools)} 所") + split
    left = sum(person.left for person in roster.inspectors.values())
    gone = f"（另有离任 {left} 名）" if left else ""
    people = words.said("督学")
    yield f"{people} {len(roster.inspectors) - left} 名{gone}，检查组 {len(teams(roster))} 个"
    for rubric in rubrics.values():
        count = sum(holds(rubric.when, it.traits) for it in roster.schools.values())
        yield f"《{rubric.title}》适用 {count} {words.measure}"
    if plan:
        yield f"安排检查 {len(plan)} 次"

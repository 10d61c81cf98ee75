"""Plans that are made, and a plain reader of whether their inspectors are linked."""

from __future__ import annotations

from inspections.planning.inputs import Inputs
from inspections.planning.planned import Planned, plan_from


def planned(inputs: Inputs, seed: str = "2026") -> Planned:
    made, problems = plan_from(inputs, seed)
    assert made is not None, [item.message for item in problems]
    return made


def linked(made: Planned, rubric: str) -> bool:
    """Whether a walk over visits under a rubric reaches every inspector who makes one."""
    together = [
        set(made.teams[team].members)
        for team, own in made.visits.items()
        for _, visit in own
        if rubric in visit.rubrics
    ]
    everybody = set().union(*together)
    reached = set(sorted(everybody)[:1])
    while more := {it for team in together if team & reached for it in team - reached}:
        reached |= more
    return reached == everybody

"""Teams that are smaller than a visit under a rubric asks for, before anybody has set out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from inspections.round.round import Round
from inspections.round.school import Assignment, Roster
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, problem

_NAMED: Final = 6
"""Teams that are named one by one."""


def small_teams(
    settings: Round,
    rubrics: Mapping[str, Rubric],
    roster: Roster,
    plan: Sequence[Assignment],
    file: str,
) -> Iterator[Problem]:
    """Yields a problem for each rubric whose visits are planned for teams with too few members.

    ``file``: how the roster of inspectors is named. A team that all have left is told as such by
    the plan, and one that a draw is still to make is as large as the settings say. Code: teams-few.
    """
    drawing = settings.drawing
    if drawing and not roster.drawn:
        return
    sent_at_all = dict.fromkeys(item.team for item in plan)
    members = {team: [it for it in roster.members(team) if not it.left] for team in sent_at_all}
    for rubric in rubrics.values():
        least = rubric.visit.min_inspectors
        if drawing and drawing.team.size < least:
            continue  # told of the settings
        sent = dict.fromkeys(item.team for item in plan if item.rubric == rubric.id)
        small = [team for team in sent if 0 < len(members.get(team, ())) < least]
        if small:
            named = "、".join(f"{team}（{len(members[team])} 名）" for team in small[:_NAMED])
            if len(small) > _NAMED:
                named += f"等 {len(small)} 个"
            said = {"rubric": rubric.title, "least": least, "teams": named}
            yield problem("teams-few", Place(file), **said)

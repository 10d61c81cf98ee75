"""Teams that are smaller than a visit under a rubric asks for, before anybody has set out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from inspections.round.folder import SETTINGS
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
    the plan. Teams that a round has before its draw go nowhere; those that are drawn are told once,
    by their size, where that is too small. Codes: teams-few, drawn-teams-few.
    """
    size = settings.drawing.team.size if settings.drawing else None
    if size is not None and not roster.drawn:
        plan = ()
    sent_at_all = dict.fromkeys(item.team for item in plan)
    members = {team: [it for it in roster.members(team) if not it.left] for team in sent_at_all}
    for rubric in rubrics.values():
        least = rubric.visit.min_inspectors
        if size is not None and size < least:
            place = Place(SETTINGS, "", "drawing.team.size")
            yield problem("drawn-teams-few", place, rubric=rubric.title, least=least, size=size)
        sent = dict.fromkeys(item.team for item in plan if item.rubric == rubric.id)
        small = [
            team
            for team in sent
            if 0 < len(members.get(team, ())) < least
            and (size is None or team not in roster.drawn or len(members[team]) < size)
        ]
        if small:
            named = "、".join(f"{team}（{len(members[team])} 名）" for team in small[:_NAMED])
            if len(small) > _NAMED:
                named += f"等 {len(small)} 个"
            said = {"rubric": rubric.title, "least": least, "teams": named}
            yield problem("teams-few", Place(file), **said)

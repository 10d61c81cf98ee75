"""What a team has to have somebody for: a skill (专长), an office (单位); in words that say both.

A need is the phrase by which it is told: ``食品专长的人``, ``市场监管局的人``.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspections.round.drawing_settings import TeamSettings
from inspections.round.school import Inspector


def needs_of(team: TeamSettings, rubric: str) -> Iterator[str]:
    """Yields what the team has to have that visits a school under a rubric.

    >>> list(needs_of(TeamSettings(skills={"canteen": ("食品",)}), "canteen"))
    ['食品专长的人']
    """
    yield from map(_of_skill, team.skills.get(rubric, ()))
    yield from map(_of_office, team.offices.get(rubric, ()))


def met_by(person: Inspector, team: TeamSettings) -> frozenset[str]:
    """Returns the needs of any rubric that somebody meets. An office is found within what the
    roster says (市场监管局 in 青禾县市场监管局食品科).
    """
    offices = {it for held in team.offices.values() for it in held if it in person.office}
    return frozenset((*map(_of_skill, person.skills), *map(_of_office, offices)))


def _of_skill(skill: str) -> str:
    return f"{skill}专长的人"


def _of_office(office: str) -> str:
    return f"{office}的人"

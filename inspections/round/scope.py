"""Which schools a round sends inspectors to (检查范围), and what is said of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inspections.round.round import Round
from inspections.round.school import Assignment, Roster


@dataclass(frozen=True, slots=True)
class Scope:
    """The schools (codes) that the plan names, by rubric; ``drawn``: a lot left out the others.

    Whoever is not in it is not due: nobody was to go there, and nothing says that somebody failed
    to. Who is in it and was not visited was due.
    """

    planned: Mapping[str, frozenset[str]]
    drawn: bool

    def takes(self, rubric: str, school: str) -> bool:
        """Whether the plan sends somebody to a school under a rubric."""
        return school in self.planned.get(rubric, ())

    @property
    def word(self) -> str:
        """Why a school is not in it, as tables say it."""
        return "未抽中" if self.drawn else "不在本次检查安排"


def scope_of(settings: Round, plan: Iterable[Assignment], roster: Roster) -> Scope | None:
    """Returns whom the plan sends inspectors to; None without any line of one: then all are due.

    A rubric of which no line tells takes in nobody. A lot decided where teams were drawn and the
    settings take less than all schools of some stratum; else whoever is not in the plan was left
    out of it by hand.
    """
    found: dict[str, set[str]] = {}
    for item in plan:
        found.setdefault(item.rubric, set()).add(item.school)
    if not found:
        return None
    drawing = settings.drawing
    shares = [] if drawing is None else [drawing.share, *(it.share for it in drawing.strata)]
    drawn = bool(roster.drawn) and any(share is not None and share < 1 for share in shares)
    return Scope({rubric: frozenset(schools) for rubric, schools in found.items()}, drawn)

"""What a monthly report is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inspections.rectification.states import Standing
from inspections.round.opened import OpenRound
from reports.ranking.measures import short_title
from reports.rectification.book import NO_OFFICE
from scoring.verdict.ranking import groups
from scoring.years.month import Both, Facts, Month, broken_down, counted, due_next

ELSEWHERE = "其他来源"
OFFICE = "承办股室"
_NO_GROUP = "（不在名册）"


@dataclass(frozen=True)
class MonthSubject:
    """A month of a round: figures of all, by rubric, group and office; what is due in the next.

    ``ruled``: accountability is kept in this round.
    """

    opened: OpenRound
    month: Month
    all: Both
    tables: Mapping[str, Mapping[str, Both]]
    due: tuple[Standing, ...]
    ruled: bool

    @property
    def name(self) -> str:
        """``2026年11月``."""
        return f"{self.month.year}年{self.month.number}月"


def month_subject(opened: OpenRound, facts: Facts, month: Month) -> MonthSubject:
    """Returns what is told of a month."""
    rubrics: dict[str, str] = {id: short_title(one.title) for id, one in opened.rubrics.items()}
    schools = list(opened.roster.schools.values())
    number, names = groups([one.traits for one in schools], opened.round.ranking.groups)
    group_of: dict[str, str] = {one.id: names[at] for one, at in zip(schools, number, strict=True)}

    def by_rubric(id: str) -> str:
        return rubrics.get(id, ELSEWHERE)

    def by_group(school: str) -> str:
        return group_of.get(school, _NO_GROUP)

    tables = {
        "细则": broken_down(
            facts,
            month,
            of_visit=lambda head: by_rubric(head.key.rubric),
            of_item=lambda case: by_rubric(case.item.rubric),
        ),
        "组别": broken_down(
            facts,
            month,
            of_visit=lambda head: by_group(head.key.school),
            of_item=lambda case: by_group(case.item.school),
        ),
        OFFICE: broken_down(
            facts, month, of_visit=None, of_item=lambda case: case.item.office or NO_OFFICE
        ),
    }
    due, ruled = tuple(due_next(facts, month)), bool(facts.proposals)
    return MonthSubject(opened, month, counted(facts, month), tables, due, ruled)

"""The commonest faults of each rubric: how many schools, how many points, what is demanded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from inspections.records.record import State
from inspections.round.elapsed import FULL_YEAR, elapsed_periods
from reports.faults import Fault, wordless_faults
from reports.ranking.layout import Book, Sheet
from reports.ranking.measures import short_title
from reports.ranking.paging import print_to
from rubrics.rules import PeriodLength
from rubrics.values.points import half_up
from scoring.results.scores import RubricScores, SchoolScore

NAMED = 6
"""So many schools are named, those that lost most first."""

_HEADS = {
    "细则": 13.0,
    "序号": 6.0,
    "指标": 7.0,
    "指标名称": 27.0,
    "涉及\n学校": 7.0,
    "受查\n学校": 7.0,
    "占比": 8.0,
    "失分\n合计": 8.5,
    "校均\n失分": 8.0,
    "关键项\n不合格": 8.0,
    "红线": 6.0,
    "待核": 6.0,
    "整改要求（例）": 38.0,
    "涉及学校（失分多的在前）": 38.0,
}


@dataclass(frozen=True, slots=True)
class Common:
    """One indicator's fault over all schools. ``lost``: units of 1/10000, over all of them."""

    owner: str
    title: str
    cases: tuple[tuple[SchoolScore, Fault], ...]
    visited: int

    @property
    def lost(self) -> int:
        """Points lost by all schools together, in units, but for those that are untold."""
        return sum(fault.points for fault in self._told)

    @property
    def mean(self) -> int | None:
        """Points lost by a school that has the fault, in units; None where all are untold."""
        return half_up(self.lost, len(self._told)) if self._told else None

    @property
    def demand(self) -> str:
        """What most of the schools are told to do, with its deadline; the first of several."""
        asked = Counter(one for _, fault in self.cases for one in fault.demands)
        if not asked:
            return ""
        most = asked.most_common(1)[0][0]
        return f"{most.demand}（{f'{most.days} 日内' if most.days else '立行立改'}）"

    @property
    def _told(self) -> list[Fault]:
        return [fault for _, fault in self.cases if not fault.untold]

    def count(self, what: str) -> int:
        """How many cases have ``key``, ``pending`` or ``red_lines``."""
        return sum(bool(getattr(fault, what)) for _, fault in self.cases)


def common(
    scores: RubricScores, elapsed: Mapping[PeriodLength, int] = FULL_YEAR
) -> tuple[Common, ...]:
    """Returns the faults of a rubric, those of most schools first, then of most points.

    ``elapsed``: the whole periods of the round, by which quotas were due.

    ``visited`` counts the schools at which the item was checked. Remarks that cost nothing are
    left out.
    """
    cases: dict[str, list[tuple[SchoolScore, Fault]]] = {}
    for school in scores.schools:
        for fault in wordless_faults(scores.rubric, school, elapsed):
            cases.setdefault(fault.owner, []).append((school, fault))
    order = {owner: at for at, owner in enumerate(_owners(scores))}
    found = [
        Common(
            owner,
            met[0][1].title,
            tuple(sorted(met, key=lambda case: 0 if case[1].untold else -case[1].points)),
            _visited(scores, owner),
        )
        for owner, met in cases.items()
    ]
    found.sort(key=lambda item: (-len(item.cases), -item.lost, order[item.owner]))
    return tuple(found)


def _owners(scores: RubricScores) -> Iterator[str]:
    yield from (indicator.id for indicator in scores.rubric.indicators)
    yield from (line.id for line in scores.rubric.red_lines if line.id)
    yield from (extra.id for extra in scores.rubric.extras)


def _visited(scores: RubricScores, owner: str) -> int:
    indicators = {indicator.id for indicator in scores.rubric.indicators}
    return sum(
        any(i.indicator == owner and i.state is State.CHECKED for i in school.indicators)
        if owner in indicators
        else bool(school.visits)
        for school in scores.schools
    )


def common_sheet(book: Book, rubrics: Mapping[str, RubricScores]) -> Sheet:
    """Writes the sheet over all rubrics and returns it."""
    sheet = book.sheet("常见问题", list(_HEADS.values()))
    note = (
        "按涉及学校数从多到少排列。占比＝涉及学校÷受查学校；待核的扣分按细则的规定计算。"
        "票数少、不公布分数的，不计入失分。"
    )
    head = sheet.heading("常见问题", note)
    sheet.head(head, list(_HEADS))
    row = head + 1
    elapsed = elapsed_periods(book.round)
    for scores in rubrics.values():
        for number, item in enumerate(common(scores, elapsed), 1):
            _row(sheet, row, short_title(scores.rubric.title), number, item)
            row += 1
    if row == head + 1:
        sheet.across(row, "没有扣分的指标。", "cell")
        row += 1
    else:
        sheet.page.autofilter(head, 0, row - 1, sheet.last)
    sheet.page.freeze_panes(head + 1, 4)
    print_to(sheet, row - 1)
    return sheet


def _row(sheet: Sheet, row: int, rubric: str, number: int, item: Common) -> None:
    affected = len(item.cases)
    sheet.text(row, 0, rubric, "cell", "wrap")
    sheet.number(row, 1, number, "cell", "centre")
    sheet.text(row, 2, item.owner, "cell", "centre")
    sheet.text(row, 3, item.title, "cell", "wrap")
    sheet.number(row, 4, affected, "cell", "centre", "strong")
    sheet.number(row, 5, item.visited, "cell", "centre")
    if item.visited:
        sheet.number(row, 6, affected / item.visited, "cell", "percent")
    else:
        sheet.text(row, 6, "", "cell")
    sheet.points(row, 7, None if item.mean is None else item.lost, 2, "cell")
    sheet.points(row, 8, item.mean, 2, "cell")
    for at, what in enumerate(("key", "red_lines", "pending"), 9):
        sheet.number(row, at, item.count(what), "cell", "centre", "dash")
    sheet.text(row, 12, item.demand, "cell", "wrap")
    names = _names([school for school, _ in item.cases])
    sheet.text(row, 13, sheet.book.words.said(names), "cell", "wrap")


def _names(schools: Sequence[SchoolScore]) -> str:
    named = "、".join(school.school.name for school in schools[:NAMED])
    return f"{named}等 {len(schools)} 所" if len(schools) > NAMED else named

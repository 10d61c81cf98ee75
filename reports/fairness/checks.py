"""What is worth a second look, with its cells: patterns, totals that stand out, differing facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reports.fairness.subject import Subject
from reports.fairness.wording import figure
from rubrics.messages.outgoing import outgoing
from rubrics.messages.problems import Place
from scoring.fairness.differing_facts import DifferingFact
from scoring.fairness.measuring import MeasuredRubric
from scoring.fairness.standing_out import StandingOut

_ITEMS: Final = 4

_TRIFLE: Final = 0.01
"""Totals of one visit that lie apart by less than this part of all points are not told: however
rare, nothing follows from it.
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at. ``inspectors``: codes of those whose sheets it is about; ``words``
    names nobody, so that it may stand on an inspector's own page.
    """

    kind: str
    inspectors: tuple[str, ...]
    words: str
    cells: tuple[Place, ...]


def checks_of(subject: Subject) -> list[Check]:
    """Returns all that is worth a second look, the rarest first."""
    return list(_checks(subject))


def _checks(subject: Subject) -> Iterator[Check]:
    for pattern in subject.measured.patterns.told:
        words = outgoing(pattern.words)
        yield Check(pattern.kind.value, pattern.inspectors, words, pattern.cells)
    for one in subject.measured.rubrics.values():
        for odd in one.severity.unusual:
            if len(odd.records) * abs(odd.apart) >= float(one.rubric.points) * _TRIFLE:
                yield _unusual(subject, one, odd)
    for one in subject.measured.rubrics.values():
        names = {school.id: school.name for school in one.sheets.ratings.schools}
        for fact in one.differing:
            yield _differing(names[fact.school], fact)


def _unusual(subject: Subject, one: MeasuredRubric, odd: StandingOut) -> Check:
    ratings, heads = one.sheets.ratings, one.sheets.records.heads
    school = outgoing(ratings.schools[ratings.school[odd.records[0]]].name)
    items = "、".join(
        f"{name}（{figure(abs(apart))} 分）" for name, apart in odd.indicators[:_ITEMS]
    )
    if len(odd.records) > 1:
        told = "两份表的总分相差得比一般多"
    else:
        told = f"这份表的总分比同去的人{'高' if odd.apart > 0 else '低'}得多"
    return Check(
        "总分相差多",
        tuple(ratings.inspectors[ratings.inspector[row]] for row in odd.records),
        f"{school}{subject.title(one)}：{told}，主要在 {items}。请核对。",
        tuple(Place(heads[row].file, heads[row].sheet) for row in odd.records),
    )


def _differing(school: str, fact: DifferingFact) -> Check:
    said = "、".join(outgoing(it.text) for it in fact.said)
    label = f"“{fact.label}”" if fact.label else ""
    return Check(
        "事实不一致",
        tuple(it.inspector for it in fact.said),
        f"{outgoing(school)} {fact.owner}{label}：同一次检查分别填了 {said}。请核对是哪一个。",
        tuple(it.place for it in fact.said),
    )

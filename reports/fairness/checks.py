"""What is worth a second look, with its cells: patterns, totals that stand out, differing facts,
ratings that do not fit the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reports.fairness.subject import Subject
from reports.fairness.wording import figure, listed
from rubrics.messages.outgoing import outgoing
from rubrics.messages.problems import Place
from scoring.fairness.differing_facts import DifferingFact
from scoring.fairness.facets import InspectorFacet
from scoring.fairness.measuring import MeasuredRubric
from scoring.fairness.standing_out import StandingOut

_ITEMS: Final = 4
_LISTED: Final = 6

_TRIFLE: Final = 0.01
"""Totals of one visit that lie apart by less than this part of all points are not told: however
rare, nothing follows from it.
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at. ``inspectors``: codes of those whose sheets it is about; ``words``
    names nobody. ``own``: what each of them reads instead, where ``words`` tells what others
    entered; empty where it does not. ``visit``: of which it is, with the ``item``, where several
    of one visit may be told together.
    """

    kind: str
    inspectors: tuple[str, ...]
    words: str
    cells: tuple[Place, ...]
    own: tuple[str, ...] = ()
    visit: str = ""
    item: str = ""


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
        for it in one.facets.inspectors:
            if it.fit.named and it.surprises:
                yield _unfit(subject, one, it)
    for one in subject.measured.rubrics.values():
        names = {school.id: school.name for school in one.sheets.ratings.schools}
        for fact in one.differing:
            yield _differing(f"{outgoing(names[fact.school])}{subject.title(one)}", fact)


def together(checks: Iterable[Check]) -> list[tuple[Check, int]]:
    """Returns what is to be looked at with what differs at one visit told as one, and of how many
    checks each is; those of most checks first among what was made so.
    """
    alone: list[tuple[Check, int]] = []
    visits: dict[tuple[str, str, tuple[str, ...]], list[Check]] = {}
    for one in checks:
        if one.visit:
            visits.setdefault((one.kind, one.visit, one.inspectors), []).append(one)
        else:
            alone.append((one, 1))
    made = [(_joined(own), len(own)) for own in visits.values()]
    return [*alone, *sorted(made, key=lambda it: -it[1])]


def _joined(own: Sequence[Check]) -> Check:
    if len(own) == 1:
        return own[0]
    items = listed(list(dict.fromkeys(one.item for one in own)), _LISTED)
    return Check(
        own[0].kind,
        own[0].inspectors,
        f"{own[0].visit}：同一次检查有 {len(own)} 处填得不一样，在 {items}。请核对是哪一个。",
        tuple(cell for one in own for cell in one.cells),
    )


def _unusual(subject: Subject, one: MeasuredRubric, odd: StandingOut) -> Check:
    ratings = one.sheets.ratings
    column = {item.id: place for place, item in enumerate(one.rubric.indicators)}
    told = odd.indicators[:_ITEMS]
    # How far ballots or talks lie apart would tell what is in them.
    items = "、".join(
        name if name in one.secret else f"{name}（{figure(abs(apart))} 分）" for name, apart in told
    )
    school = outgoing(ratings.schools[ratings.school[odd.records[0]]].name)
    if len(odd.records) > 1:
        said = "两份表的总分相差得比一般多"
    else:
        said = f"这份表的总分比同去的人{'高' if odd.apart > 0 else '低'}得多"
    where = f"，主要在 {items}" if items else ""
    return Check(
        "总分相差多",
        tuple(ratings.inspectors[ratings.inspector[row]] for row in odd.records),
        f"{school}{subject.title(one)}：{said}{where}。请核对。",
        tuple(one.sheets.cell(row, column[name]) for row in odd.records for name, _ in told)
        or tuple(one.sheets.sheet(row) for row in odd.records),
    )


def _unfit(subject: Subject, one: MeasuredRubric, it: InspectorFacet) -> Check:
    items = one.rubric.indicators
    told = "、".join(
        f"{outgoing(one.sheets.name(odd.row))} {items[odd.indicator].id}"
        + (
            ""
            if items[odd.indicator].id in one.secret
            else f"（偏{'高' if odd.apart > 0 else '低'}）"
        )
        for odd in it.surprises[:_ITEMS]
    )
    return Check(
        "评分忽高忽低",
        (it.inspector,),
        f"{subject.title(one)}：有几处和本人一贯的宽严、这所学校的其他项都对不上，如{told}。"
        "请看看当时的记录；确实如此的，不用改。",
        tuple(one.sheets.cell(odd.row, odd.indicator) for odd in it.surprises),
    )


def _differing(visit: str, fact: DifferingFact) -> Check:
    texts = [outgoing(it.text) for it in fact.said]
    about = f"{visit} {fact.owner}" + (f"“{fact.label}”" if fact.label else "")
    return Check(
        "事实不一致",
        tuple(it.inspector for it in fact.said),
        f"{about}：同一次检查分别填了 {'、'.join(texts)}。请核对是哪一个。",
        tuple(it.place for it in fact.said),
        tuple(
            f"{about}：您填的是 {text}，同去的填得不一样。请对照当时的记录看一看。"
            for text in texts
        ),
        f"{visit}{fact.occasion}",
        fact.owner,
    )

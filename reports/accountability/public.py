"""Papers for everybody: one case, a commendation, and the lists. They name schools alone.

What people typed on a decision is not in them: a reason never, and who decided and the number of a
document only where they can be told from a person's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from inspections.accountability import measures
from inspections.accountability.posts import document_of, post_of
from inspections.accountability.proposal_book import school_name
from inspections.accountability.states import Decided
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from reports.accountability.clues import Found
from reports.accountability.words import (
    figures_in_table,
    figures_told,
    in_order_of_places,
    places_told,
    tie_told,
)
from reports.bulletin.case import Case, Commendation, Commended, Measure
from reports.bulletin.content import ADDRESSEE
from reports.bulletin.decided import years_told
from reports.official.contact import NO_CONTACT, NO_COPIES
from reports.official.values import Context, Own, Value, close_up
from rubrics.messages.plain_text import one_line
from scoring.accountability.places import Tie

BLANK_DAY = "　　年　月　日"
_TOGETHER = (measures.CRITICISM, measures.AWARD_LOST, measures.TERM)
"""Measures that the paper on a case tells of; talks and what is passed on are nobody's else."""


def case_of(opened: OpenRound, one: Decided, all_decided: Sequence[Decided], found: Found) -> Case:
    """Returns the case of a school that is criticised, with all that was decided on it."""
    settings = opened.round
    name = school_name(opened, one.school)
    title = close_up(settings.title)
    seen = opened.words.said(f"检查组于{found.days}到校检查") if found.days else "在整改督办中"
    also = [
        it for it in all_decided
        if (it.school, it.rubric) == (one.school, one.rubric) and it.kind in _TOGETHER
    ]  # fmt: skip
    facts = [it.public for it in found.weightiest if it.public]
    marked = [f"{number}. {text}" for number, text in enumerate(facts, 1)]
    clauses = [
        text for it in found.weightiest if it.public for text in it.basis.split("；") if text
    ]
    return Case(
        school=name,
        matter=one.title,
        addressee=opened.words.said(ADDRESSEE),
        origin=f"根据“{title}”的安排，{seen}，发现{name}存在问题",
        checked=f"经核对检查记录和佐证材料，{figures_told(one, found.title)}",
        facts=(marked if len(marked) > 1 else facts) or [figures_told(one, found.title)],
        clauses=list(dict.fromkeys([*clauses, one.basis])),
        measures=[
            Measure(opened.words.subject.name, _measure(it)) for it in sorted(also, key=_weight)
        ],
        demand="立即纠正上述问题，逐条制定整改措施，明确责任和完成时限",
        report_by=None,
        report_days=settings.letters.report_days,
        bureau=one_line(settings.bureau),
        day=None,
        note=settings.contact.told or NO_CONTACT,
        copies=settings.bulletin.copied or NO_COPIES,
    )


def _weight(one: Decided) -> int:
    return _TOGETHER.index(one.kind)


def _measure(one: Decided) -> str:
    if one.kind == measures.AWARD_LOST:
        until = measures.last_day_of(one.day, one.years)
        return f"取消评优评先资格{one.years}年（{day_text(one.day)}至{day_text(until)}）"
    if one.kind == measures.TERM:
        return f"责令{one.days}日内整改" if one.days else "责令限期整改"
    return "予以通报批评"


def commendation_of(
    opened: OpenRound, title: str, held: Sequence[Decided], found: Mapping[tuple[str, str], Found],
    ties: Sequence[Tie],
) -> Commendation:  # fmt: skip
    """Returns the commendation of all whom one rule proposed."""
    settings = opened.round
    schools = []
    for one in held:
        own = found.get((one.school, one.rubric), Found())
        basis = figures_in_table(one, own.title, own.rubric)
        deed = f"{'、'.join(f'“{it}”' for it in own.well)}没有扣分" if own.well else ""
        schools.append(Commended(school_name(opened, one.school), own.group, basis, deed))
    return Commendation(
        name=one_line(title),
        addressee=opened.words.said(ADDRESSEE),
        by=f"根据“{close_up(settings.title)}”的结果",
        schools=schools,
        bureau=one_line(settings.bureau),
        day=None,
        note=settings.contact.told or NO_CONTACT,
        copies=settings.bulletin.copied or NO_COPIES,
        places=_places(held, ties),
    )


def _places(held: Sequence[Decided], ties: Iterable[Tie]) -> str:
    """By which places, what becomes of equal ones, and what became of them this time."""
    said = places_told(held)
    return "；".join([f"名额为{said}", *map(tie_told, ties)]) if said else ""


def award_lost(
    opened: OpenRound, lost: Sequence[Decided], found: Mapping[tuple[str, str], Found]
) -> Context:
    """Returns what fills 取消评优清单."""
    rows: list[Value] = []
    for number, one in enumerate(lost, 1):
        own = found.get((one.school, one.rubric), Found())
        until = measures.last_day_of(one.day, one.years)
        rows.append(
            {
                "序号": number,
                "学校": school_name(opened, one.school),
                "事由": figures_in_table(one, own.title, own.rubric),
                "依据": one.basis,
                "起止": f"{one.years}年\n{day_text(one.day)}至\n{day_text(until)}",
                **_by_whom(opened, one),
            }
        )
    schools = {one.school for one in lost}
    return {
        **head(opened),
        **_public_closing(opened, "取消评优评先资格名单"),
        "校数": len(schools),
        "年限": years_told(lost),
        "行们": rows,
    }


def commended(
    opened: OpenRound, best: Sequence[Decided], found: Mapping[tuple[str, str], Found],
    ties: Mapping[str, Sequence[Tie]],
) -> Context:  # fmt: skip
    """Returns what fills 表彰名单: a table for each rule."""
    groups: list[Value] = []
    for title, held in by_rule(best).items():
        rows: list[Value] = []
        for number, one in enumerate(held, 1):
            own = found.get((one.school, one.rubric), Found())
            rows.append(
                {
                    "序号": number,
                    "学校": school_name(opened, one.school),
                    "数据": figures_in_table(one, own.title, own.rubric),
                    "依据": one.basis,
                    **_by_whom(opened, one),
                }
            )
        groups.append({"名称": title, "说明": _places(held, ties.get(title, ())), "行们": rows})
    return {
        **head(opened),
        **_public_closing(opened, "受表彰单位"),
        "单位数": len({one.school for one in best}),
        "组们": groups,
    }


def _public_closing(opened: OpenRound, attached: str) -> dict[str, Value]:
    """What closes a list for everybody: what is attached, and whom to ask."""
    settings = opened.round
    return {
        "附件": [attached],
        "附注": Own(settings.contact.told or NO_CONTACT),
    }


def by_rule(held: Iterable[Decided]) -> dict[str, list[Decided]]:
    """Returns what was decided by the rule that proposed it, in the order of places."""
    found: dict[str, list[Decided]] = {}
    for one in held:
        found.setdefault(one.title, []).append(one)
    return {title: in_order_of_places(own) for title, own in found.items()}


def head(opened: OpenRound) -> dict[str, Value]:
    """Returns what closes all papers; numbers and days are the bureau's."""
    return {
        "文号": "",
        "批次": close_up(opened.round.title),
        "署名": Own(one_line(opened.round.bureau)),
        "日期": BLANK_DAY,
        "附件": [],
        "附注": Own(opened.round.contact.told),
        "抄送": "",
    }


def _by_whom(opened: OpenRound, one: Decided) -> dict[str, Value]:
    return {
        "审批": post_of(one.decided_by, opened.round.bureau) or "—",
        "日期": day_text(one.day),
        "文号": document_of(one.document) or "—",
    }


def stands_for_the_clock(decided: Sequence[Decided]) -> date:
    """Returns the day of the last decision."""
    return max((one.day for one in decided), default=date(2000, 1, 1))

"""A single case (通报批评) and a commendation (表彰): what somebody decided, not what is computed.

Whoever keeps the decisions fills these; persons held to account have no place in them, since what
is made of them is public.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inspections.round.days import day_text
from reports.official.values import Context, Own


@dataclass(frozen=True, slots=True)
class Measure:
    """What was decided on: 对学校, and what: 通报批评."""

    against: str
    decided: str


@dataclass(frozen=True, slots=True)
class Case:
    """One school's case. Texts are sentences without a stop at their end.

    ``origin``: where the lead came from (督导检查, 信访, 舆情); ``checked``: when and how it was
    verified; ``facts``: what was verified, with dates and quantities; ``clauses``: what was broken;
    ``measures``: what was decided; ``report_by``: until when the school reports, or else within how
    many days. ``number`` is what the bureau typed, never made up.
    """

    school: str
    matter: str
    addressee: str
    origin: str
    checked: str
    facts: Sequence[str]
    clauses: Sequence[str]
    measures: Sequence[Measure]
    demand: str
    report_by: date | None
    bureau: str
    day: date | None
    number: str = ""
    note: str = ""
    copies: str = ""
    report_days: int = 0


@dataclass(frozen=True, slots=True)
class Commended:
    """Who is commended: ``basis`` (得分、名次), ``deed`` in a sentence or two."""

    school: str
    group: str
    basis: str
    deed: str


@dataclass(frozen=True, slots=True)
class Commendation:
    """A commendation of several schools: as what (``name``), by what (``by``).

    ``places``: how many by rank, and what became of equal ones.
    """

    name: str
    addressee: str
    by: str
    schools: Sequence[Commended]
    bureau: str
    day: date | None
    number: str = ""
    note: str = ""
    copies: str = ""
    places: str = ""


def case_context(case: Case) -> Context:
    """Returns a case under the names that its template goes by."""
    return {
        "文号": Own(case.number),
        "标题": f"关于对{case.school}{case.matter}问题的通报",
        "主送": case.addressee,
        "学校": case.school,
        "线索来源": case.origin,
        "核实": case.checked,
        "事实": list(case.facts),
        "条款": list(case.clauses),
        "处理": [{"对象": one.against, "决定": one.decided} for one in case.measures],
        "整改": case.demand,
        "报送": _until(case),
        **_closing(case),
    }


def commendation_context(held: Commendation) -> Context:
    """Returns a commendation under the names that its template goes by."""
    return {
        "文号": Own(held.number),
        "标题": f"关于表彰{held.name}的通报",
        "主送": held.addressee,
        "名称": held.name,
        "依据": held.by,
        "名额": held.places,
        "学校数": len(held.schools),
        "单位": [
            {"学校": one.school, "组别": one.group, "依据": one.basis, "事迹": one.deed}
            for one in held.schools
        ],
        **_closing(held),
        "附件": ["表彰名单"],
    }


def _until(case: Case) -> str:
    if case.report_by:
        return f"于{day_text(case.report_by)}前"
    return f"自收到本通报之日起{case.report_days}日内" if case.report_days else "按要求"


def _closing(held: Case | Commendation) -> Context:
    return {
        "附件": [],
        "署名": Own(held.bureau),
        "日期": day_text(held.day) if held.day else "　　年　月　日",
        "附注": Own(held.note),
        "抄送": held.copies,
    }

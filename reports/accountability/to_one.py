"""Papers that go to one school or one office: they are not published, and name nobody either.

Who talks, who is talked to and who is responsible is left blank for the bureau to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from inspections.accountability.proposal_book import school_name
from inspections.accountability.states import Decided
from inspections.accountability.within_year import HeldTo, told
from inspections.rectification.numbers import label
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from reports.accountability.clues import Clue, Found
from reports.accountability.public import head
from reports.accountability.words import decided_told, figures_told
from reports.official.values import Context, Value
from rubrics.messages.plain_text import one_line

_BLANK_DAY: Final = "　　　　年　　月　　日"
_FOOD: Final = ("市场监督", "市场监管", "食品药品")
_NO_FINES: Final = (
    "教育行政部门对食品安全违法行为没有行政处罚权，我局只责令改正，不作罚款，请贵单位依法处理。"
)
_NO_POWER: Final = "上述线索不属于我局职权范围，请贵单位依法依规处理。"
_MOST: Final = 8
"""Facts that a record of a talk has lines for; the opinion has all of them."""


def summons(
    opened: OpenRound, one: Decided, found: Found, before: Sequence[HeldTo] = ()
) -> dict[str, Value]:
    """Returns what fills 约谈通知; other papers to one school hold the same.

    ``before``: how the school was held to account within a year.
    """
    return {
        **head(opened),
        "编号": label(opened.round.id, one.number),
        "学校": school_name(opened, one.school),
        "决定": decided_told(one, opened.round),
        "事由": one.title,
        "数据": figures_told(one, found.title),
        "依据": one.basis,
        "措施": one_line(one.measure),
        "承办": one.office,
        "发起": initiator(opened, one),
        "此前": told(before),
    }


def initiator(opened: OpenRound, one: Decided) -> str:
    """Returns who summons: the bureau, with the office that does it."""
    office = f"（承办：{one.office}）" if one.office else ""
    return f"{one_line(opened.round.bureau)}{office}"


def interview(
    opened: OpenRound, one: Decided, found: Found, before: Sequence[HeldTo] = ()
) -> Context:
    """Returns what fills 约谈记录: each fact with room for what the school says to it."""
    held = found.weightiest
    rows: list[Value] = [
        {"序号": number, "问题": it.fact, "表态": "\n\n", "措施": ""}
        for number, it in enumerate(held[:_MOST], 1)
    ] or [{"序号": 1, "问题": figures_told(one, found.title), "表态": "\n\n", "措施": ""}]
    more = len(held) - _MOST
    return {
        **summons(opened, one, found, before),
        "栏目": [{"项目": a, "内容": b} for a, b in _interview(opened, one, found, before)],
        "行们": rows,
        "其余": more if more > 0 else 0,
    }


def _interview(
    opened: OpenRound, one: Decided, found: Found, before: Sequence[HeldTo]
) -> Iterator[tuple[str, str]]:
    yield "编号", label(opened.round.id, one.number)
    yield "约谈对象（单位、职务）", f"{school_name(opened, one.school)}\n"
    yield "发起约谈", initiator(opened, one)
    yield "事由", f"{one.title}：{figures_told(one, found.title)}"
    yield "依据", one.basis
    if before:
        yield "一年内已被问责", told(before)
    yield "时间、地点", "\n"
    yield "主持人（职务）", ""
    yield "约谈人（职务）", "1.\n2."
    yield "参加人（职务）", "\n"
    yield "记录人", ""


def talk(opened: OpenRound, one: Decided, found: Found) -> Context:
    """Returns what fills 谈话提醒记录."""
    rows: list[Value] = [{"项目": a, "内容": b} for a, b in _talk(opened, one, found)]
    return {**summons(opened, one, found), "行们": rows}


def _talk(opened: OpenRound, one: Decided, found: Found) -> Iterator[tuple[str, str]]:
    yield "编号", label(opened.round.id, one.number)
    yield "学校", school_name(opened, one.school)
    yield "发起谈话", initiator(opened, one)
    yield "谈话对象（职务）", "\n"
    yield "时间、地点", "\n"
    yield "谈话人（职务）", "1.\n2."
    yield "记录人", "\n"
    yield "事由", f"{one.title}：{figures_told(one, found.title)}"
    yield "依据", one.basis
    yield "提醒内容和要求", one_line(one.measure) + "\n" * 5
    yield "谈话对象的说明、承诺和整改期限", "\n" * 6
    yield (
        "签字",
        f"谈话对象：　　　　　　　　{_BLANK_DAY}\n\n谈话人：　　　　　　　　　{_BLANK_DAY}",
    )


def term(opened: OpenRound, one: Decided, found: Found) -> Context:
    """Returns what fills 限期整改通知: all that was found, each with what is asked and by when."""
    rows: list[Value] = [
        {
            "序号": number,
            "问题": it.fact,
            "依据": it.basis,
            "要求": it.demand or "—",
            "期限": _by_when(it),
        }
        for number, it in enumerate(found.clues, 1)
    ]
    people = "、".join(found.inspectors)
    return {
        **summons(opened, one, found),
        "检查时间": found.days or "　　　　年　　月　　日",
        "检查人员": people or "　　　　　　　　（证号　　　　　　）",
        "期限": f"{one.days}日" if one.days else "　　日",
        "行们": rows,
    }


def _by_when(one: Clue) -> str:
    if one.days is None:
        return "按本通知"
    return f"{one.days}日内" if one.days else "立行立改"


def referral(opened: OpenRound, one: Decided, found: Found) -> Context:
    """Returns what fills 移送函."""
    to = one.to or "　　　　　　　　"
    food = any(word in to for word in _FOOD)
    return {
        **summons(opened, one, found),
        "移送单位": to,
        "权限": _NO_FINES if food or not one.to else _NO_POWER,
        "行们": _proved(found.weightiest),
    }


def proceedings(
    opened: OpenRound,
    one: Decided,
    all_decided: Sequence[Decided],
    found: Found,
    held: Sequence[HeldTo] = (),
) -> Context:
    """Returns what fills 提请问责: facts with what proves them, and what was done before."""
    before = [
        f"{day_text(it.day)}{it.kind}（{it.title}）"
        for it in all_decided
        if it.school == one.school and it.number != one.number
    ]
    before += [f"{day_text(it.day)}{it.kind}（{one_line(it.round)}）" for it in held if it.round]
    return {
        **summons(opened, one, found, held),
        "检查时间": found.days or "　　　　年　　月　　日",
        "行们": _proved(found.weightiest),
        "已有处理": "；".join(before),
    }


def _proved(clues: Sequence[Clue]) -> list[Value]:
    return [
        {
            "序号": number,
            "事实": it.fact,
            "规定": it.basis,
            "证据": "、".join(it.evidence) or "检查记录",
        }
        for number, it in enumerate(clues, 1)
    ]

"""回头看通知: what is looked at again, when and by whom. Unannounced, it goes to the teams alone.

Schools that were overdue when it was drawn are named. Whoever drew it says when the schools are
visited; what nobody has said stays blank for the bureau to write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from inspections.follow_up.drawing import sample
from inspections.ledger.follow_up import Draw
from inspections.records.rectification import Case
from inspections.rectification.states import Standing, State, standing
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from inspections.round.plan import teams
from reports.official.values import Context, Own, Value
from reports.type.archival import About
from rubrics.messages.plain_text import one_line

_TO_SCHOOLS: Final = "有关学校"
_TO_TEAMS: Final = "各复查组"
_BLANK: Final = "　　年　　月　　日至　　月　　日"
_NEVER_ALONE: Final = "不由原检查人单独复查自己查出的问题；在被查学校工作的人员回避。"
_ANNOUNCED: Final = (
    "复查采取查阅材料、现场查看、随机访谈等方式进行。请学校对照整改清单备好整改报告和佐证材料，"
    "安排熟悉情况的人员在场；不另作汇报，不搞陪同接待。"
)
_UNANNOUNCED: Final = (
    "复查不打招呼：不发通知、不打招呼、不听汇报、不用陪同接待，直奔基层、直插现场。"
    "本通知只发复查组，到校以前不得向学校透露。"
)
_HOW: Final = (
    "逐条对照原问题、学校报送的结果和现场所见，记下读数、数量、位置，拍照留存，"
    "当场作出销号、未改、反弹或者虚报的结论，由复查人和学校负责人签字。"
)
_AFTER: Final = (
    "没有改好的，重新列入整改台账并定新的期限；反弹、虚报以及逾期不改的，按有关规定处理。"
)


def standing_then(cases: Mapping[int, Case], one: Draw) -> dict[int, Standing]:
    """Returns how the drawn items stood when they were drawn, by number."""
    found = {}
    for number in one.teams:
        if case := cases.get(number):
            before = tuple(move for move in case.moves if move.fact < one.fact)
            found[number] = standing(Case(case.item, before), one.day)
    return found


def named_apart(one: Draw) -> frozenset[int]:
    """Returns the items that were drawn because their school was named, not by lot."""
    return frozenset(one.teams) - sample(one.pool, one.seed, one.share)


def notice(opened: OpenRound, one: Draw, cases: Mapping[int, Case]) -> Context:
    """Returns what fills the notice of a draw."""
    stands, words = standing_then(cases, one), opened.words
    groups = _groups(opened, one, stands)
    return {
        "文号": "",
        "标题": f"关于开展“{one_line(opened.round.title)}”整改“回头看”的通知",
        "主送": _TO_TEAMS if one.unannounced else words.said(_TO_SCHOOLS),
        "对象": words.all_said(_whom(opened, one, stands)),
        "时间": _when(one),
        "组成": words.said(_NEVER_ALONE),
        "组们": list(_teams(opened, one, stands)),
        "方式": words.said(_UNANNOUNCED if one.unannounced else _ANNOUNCED),
        "要求": words.all_said((_HOW, _AFTER)),
        "附件": [words.said("复查学校和事项数")],
        "署名": Own(one_line(opened.round.bureau)),
        "日期": "　　年　月　日",
        "附注": Own(opened.round.contact.told),
        "行们": groups,
    }


def about(opened: OpenRound, one: Draw, what: str) -> About:
    """Returns what programs show of a paper of a draw."""
    settings = opened.round
    return About(f"“{settings.title}”整改“回头看”{what}", settings.bureau, "回头看", one.day)


def _whom(opened: OpenRound, one: Draw, stands: Mapping[int, Standing]) -> Iterator[str]:
    names = _schools(opened, stands.values())
    pool = "没有销号和已经销号的" if one.closed else "没有销号的"
    how = f"按{one.share}%的比例随机抽取" if one.share < 100 else "全部列入"
    yield (
        f"从截至{day_text(one.day)}{pool}{len(one.pool)}条整改事项中{how}，"
        f"复查{len(names)}所学校{len(one.teams)}条，见附件。"
    )
    late = _schools(opened, (it for it in stands.values() if it.state is State.OVERDUE))
    if late:
        yield f"其中逾期没有完成整改的{len(late)}所学校：{'、'.join(late)}。"
    by_name = [stands[number] for number in sorted(named_apart(one)) if number in stands]
    if by_name:
        yield f"点名复查的：{'、'.join(_schools(opened, by_name))}。"


def _when(one: Draw) -> str:
    if one.since is None or one.until is None:
        return f"{_BLANK}。"
    if one.since == one.until:
        return f"{day_text(one.since)}。"
    return f"{day_text(one.since)}至{day_text(one.until)}。"


def _teams(opened: OpenRound, one: Draw, stands: Mapping[int, Standing]) -> Iterator[Value]:
    members = teams(opened.roster)
    for team in dict.fromkeys(one.teams.values()):
        own = [stands[it] for it, whose in one.teams.items() if whose == team and it in stands]
        people = sorted(members.get(team, ()), key=lambda it: not it.leads)
        names = (f"{one_line(it.name)}（组长）" if it.leads else one_line(it.name) for it in people)
        yield {
            "组": one_line(team) or "（已删除）",
            "成员": "、".join(names) or "（由局确定）",
            "校数": len(_schools(opened, own)),
            "条数": len(own),
        }


def _groups(opened: OpenRound, one: Draw, stands: Mapping[int, Standing]) -> list[Value]:
    by_school: dict[str, list[int]] = {}
    for number, it in stands.items():
        by_school.setdefault(it.item.school, []).append(number)
    return [
        {
            "序号": at,
            "学校": _name(opened, school),
            "条数": len(numbers),
            "逾期": sum(stands[it].state is State.OVERDUE for it in numbers) or "—",
            "组": "、".join(dict.fromkeys(one_line(one.teams[it]) for it in numbers)),
        }
        for at, (school, numbers) in enumerate(by_school.items(), 1)
    ]


def _schools(opened: OpenRound, stands: Iterable[Standing]) -> list[str]:
    return list(dict.fromkeys(_name(opened, it.item.school) for it in stands))


def _name(opened: OpenRound, school: str) -> str:
    known = opened.roster.schools.get(school)
    return one_line(known.name if known else school)

"""抽取记录: all that somebody needs who draws again, and who was there when it was drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from inspections.follow_up.drawing import sample
from inspections.ledger.follow_up import Draw
from inspections.records.rectification import Case
from inspections.rectification.numbers import short
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from reports.follow_up.notice import named_apart
from reports.official.values import Context, Own, Value
from rubrics.messages.plain_text import one_line

_METHOD: Final = (
    "对范围内的每个号，取文字“种子|号”（号不补零，UTF-8 编码）的 SHA-256，十六进制，"
    "按从小到大排列，取前{count}个（{pool}×{share}%，有小数的进一）；任何程序都可以照此复算。"
)
_APART: Final = (
    "不由原检查人单独复查自己查出的问题，在被查学校工作的人员回避；由条数最少的检查组承担。"
)


def drawn(opened: OpenRound, one: Draw, cases: Mapping[int, Case]) -> Context:
    """Returns what fills the record of a draw."""
    return {
        "标题": f"整改“回头看”抽取记录（第{one.number}次）",
        "批次": one_line(opened.round.title),
        "栏目": [{"项目": name, "内容": text} for name, text in _told(opened, one)],
        "行们": [_row(opened, one, number, cases) for number in sorted(one.teams)],
        "署名": Own(one_line(opened.round.bureau)),
    }


def _told(opened: OpenRound, one: Draw) -> Iterator[tuple[str, Value]]:
    lots = sample(one.pool, one.seed, one.share)
    pool = "没有销号的和已经销号的整改事项" if one.closed else "没有销号的整改事项"
    yield "抽取日期", day_text(one.day)
    yield "记入台账", f"第{one.number}次回头看，时刻见台账（scoring ledger log）"
    yield "抽取人", one.who
    yield "见证人", one.witness or "\n"
    yield "名单库", f"{one_line(opened.round.title)}整改台账，截至{day_text(one.day)}"
    yield "抽取范围", f"{pool}{len(one.pool)}条，已经抽出、还没有复查的除外：{spans(one.pool)}"
    yield "比例", f"{one.share}%" if one.share < 100 else "全部"
    yield "种子", Own(one_line(one.seed))
    count = len(lots)
    yield "抽取方法", _METHOD.format(count=count, pool=len(one.pool), share=one.share)
    apart = sorted(named_apart(one))
    if apart:
        yield "点名复查（不在抽中之列）", spans(apart)
    if left := sorted(lots - one.teams.keys()):
        yield "抽中而没有派出", f"{spans(left)}（没有可以复查的检查组）"
    yield "回避和分派", opened.words.said(_APART)
    yield "抽取结果", f"{len(one.teams)}条，{len(set(one.teams.values()))}个检查组，见下表"


def _row(opened: OpenRound, one: Draw, number: int, cases: Mapping[int, Case]) -> Value:
    case = cases.get(number)
    school = opened.roster.schools.get(case.item.school) if case else None
    name = school.name if school else case.item.school if case else "（已删除）"
    title = f"{case.item.owner} {case.item.title}".strip() if case else ""
    return {
        "号": short(number),
        "学校": one_line(name),
        "事项": one_line(title or (case.item.source if case else "")),
        "组": one_line(one.teams[number]) or "（已删除）",
        "方式": "点名" if number in named_apart(one) else "抽中",
    }


def spans(numbers: Sequence[int]) -> str:
    """Returns numbers with what follows on each other as a span.

    >>> spans([3, 1, 2, 7])
    '1—3、7'
    """
    told = []
    for _, run in groupby(enumerate(sorted(numbers)), lambda it: it[1] - it[0]):
        held = [number for _, number in run]
        told.append(str(held[0]) if len(held) == 1 else f"{held[0]}—{held[-1]}")
    return "、".join(told)

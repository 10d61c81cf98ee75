"""How a round stands, as the terminal shows it: counts, then what every inspector still owes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from inspections.chasing.open_matters import WORDS, Kind, Matter, also_unchecked, named_teams
from inspections.chasing.status import Status
from inspections.round.opened import OpenRound

HEADINGS = ("检查组", "督学", "应交", "已交", "未交", "有错误", "要核对")
_PEOPLE = 30
"""People whose matters are told one by one."""
_EACH = 6
"""Matters of one kind that are told of one person."""


def rater_rows(now: Status) -> Iterator[Sequence[object]]:
    """Yields a row an inspector, as ``HEADINGS`` names the columns."""
    for item in now.raters:
        counts = (item.due, item.back, item.missing, item.troubled, item.doubtful)
        yield item.team, item.inspector, *counts


def status_lines(opened: OpenRound, now: Status) -> Iterator[str]:
    """Yields the totals, then what is open by inspector, as much as can be read at a glance."""
    due, back = (sum(getattr(rater, name) for rater in now.raters) for name in ("due", "back"))
    yield f"空白检查表 {now.blank} 份；应交 {due} 张，已交 {back} 张，计入 {now.visits} 张"
    if now.unplanned:
        yield f"安排以外的检查表 {len(now.unplanned)} 张"
    if now.uncollected:
        yield f"还有 {now.uncollected} 个文件没有收，请运行 scoring collect"
    yield from _shared(now)
    people = [
        list(found)
        for _, found in groupby(now.matters, key=lambda it: it.key.inspector if it.key else None)
    ]
    for found in people[:_PEOPLE]:
        yield f"{_whose(found)}：{len(found)} 件"
        yield from _of_one(opened, found)
    if len(people) > _PEOPLE:
        yield f"……另有 {len(people) - _PEOPLE} 人，见清单"


def _shared(now: Status) -> Iterator[str]:
    if now.computers:
        yield "共用台账里，各台电脑最近一次收表有变动的情况（合在一起算，两台都有的只算一张）："
    for one in now.computers:
        here = "，就是这台" if one.here else ""
        who = f"（{one.who}）" if one.who else ""
        yield f"  {one.name}{here}：{one.at}{who}，{one.files} 个文件，检查表 {one.sheets} 张"


def _whose(matters: Sequence[Matter]) -> str:
    """Whose the matters of one person, or of one team, are."""
    first = matters[0]
    if first.key is None:
        return "不知道是谁的文件"
    team = named_teams(dict.fromkeys(item.team for item in matters if item.team))
    return " ".join(dict.fromkeys(filter(None, (team, first.inspector))))


def _of_one(opened: OpenRound, matters: Iterable[Matter]) -> Iterator[str]:
    for kind, group in groupby(matters, key=lambda item: item.kind):
        found = list(group)
        if kind is Kind.MISSING:
            named = "、".join(_what(opened, item) for item in found[:_EACH])
            more = f"等 {len(found)} 张" if len(found) > _EACH else ""
            yield f"  {WORDS[kind]}：{named}{more}"
            continue
        for item in found[:_EACH]:
            yield from _told(opened, item)
        if len(found) > _EACH:
            yield f"  ……{WORDS[kind]}的另有 {len(found) - _EACH} 件"


def _told(opened: OpenRound, item: Matter) -> Iterator[str]:
    counts = (("错误", item.errors), ("提醒", item.warnings))
    said = "，".join(f"{word} {count}" for word, count in counts if count)
    guess = f"可能是{item.inspector}的 " if item.key is None and item.inspector else ""
    yield f"  {WORDS[item.kind]}：{guess}{_what(opened, item)}（{said}）"
    yield f"    {item.cell} {item.message}。{item.remedy}。".replace("     ", "    ")
    if also := also_unchecked(item):
        yield f"    {also}"
    if item.key is not None:
        yield f"    {item.file}"


def _what(opened: OpenRound, item: Matter) -> str:
    if item.key is None:
        return item.file
    occasion = item.occasion if len(opened.round.occasions) > 1 else ""
    return f"{item.school}《{item.rubric}》{occasion}"

"""A short text for every inspector who is chased, to be pasted into a message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from inspections.chasing.open_matters import WORDS, Kind, Matter, also_unchecked
from inspections.round.days import day_text
from inspections.round.round import Round
from inspections.workbook.form.naming import file_name
from rubrics.messages.outgoing import outgoing
from rubrics.messages.plain_text import one_line

_MOST = 8
"""Matters of one kind that a text names; a message must stay readable on a telephone."""


def texts(settings: Round, matters: Iterable[Matter]) -> dict[str, str]:
    """Returns file name -> text, one for every inspector (or team) whom a matter names.

    Whoever goes with several teams, as where teams are drawn, is written to once.
    """
    by_person: dict[tuple[str, str], list[Matter]] = {}
    for item in matters:
        if item.inspector and item.kind is not Kind.GONE:  # that is the bureau's to find
            whose = item.key.inspector if item.key else ""
            by_person.setdefault((item.inspector, whose), []).append(item)
    # A file that only seems to be somebody's goes with what is surely theirs.
    for name, whose in list(by_person):
        known = [key for key in by_person if key[0] == name and key[1]]
        if not whose and len(known) == 1:
            by_person[known[0]] += by_person.pop((name, whose))
    made: dict[str, str] = {}
    for (name, whose), found in by_person.items():
        teams = list(dict.fromkeys(item.team for item in found if item.key or not whose))
        team = teams[0] if len(teams) == 1 else ""
        file = f"{file_name(team, '' if name == team else name)}.txt"
        if file in made:
            file = f"{file_name(team, name, whose)}.txt"
        made[file] = _text(settings, name, name == team, found)
    return made


def plain(text: str) -> str:
    """Returns a text on one line, as it may leave."""
    return one_line(outgoing(text))


def _text(settings: Round, name: str, team: bool, matters: Sequence[Matter]) -> str:
    hello = f"{name}各位同志" if team else f"{name}同志"
    day = day_text(settings.window.until)
    lines = [f"{hello}：您好！{settings.title}，还有下面 {len(matters)} 件事，请在{day}前办好："]
    number = 0
    for kind, group in groupby(matters, key=lambda item: item.kind):
        found = list(group)
        lines.append(f"【{WORDS[kind]}】{len(found)} 件")
        for item in found[:_MOST]:
            number += 1
            lines.append(f"{number}. {_line(settings, item)}")
        if len(found) > _MOST:
            number = number + len(found) - _MOST
            lines.append(_others(found[_MOST:]))
    lines += _closing(matters)
    lines.append(settings.bureau)
    return "\r\n".join(map(plain, lines)) + "\r\n"


def _others(matters: Sequence[Matter]) -> str:
    """What a text does not spell out: at which schools it is, and where it can be looked up."""
    schools = Counter(item.school or PurePosixPath(item.file).name for item in matters)
    named = "、".join(f"{name}（{count} 件）" for name, count in schools.items())
    marked = all(item.marked for item in matters)
    return f"……另有 {len(matters)} 件：{named}" + "，要改的格子都标在随后发的文件里" * marked


def _line(settings: Round, item: Matter) -> str:
    occasion = item.occasion if len(settings.occasions) > 1 else ""
    what = f"{item.school}《{item.rubric}》{occasion}"
    name = PurePosixPath(item.file).name
    match item.kind:
        case Kind.MISSING:
            return what
        case Kind.CONFLICT:
            return f"{what}：交了两份不同的表，其中一份是“{name}”，请说明以哪一份为准"
        case Kind.REFUSED:
            return f"“{name}”（如不是您交的，请告知）：{item.message}。{item.remedy}。"
    more = item.errors + item.warnings - 1
    also = f"另有 {more} 处。" if more else ""
    return f"{what}：{item.message}。{item.remedy}。{also_unchecked(item)}{also}"


def _closing(matters: Sequence[Matter]) -> Iterator[str]:
    copies = list(dict.fromkeys(PurePosixPath(m.marked).name for m in matters if m.marked))
    if copies:
        yield (
            f"随后发给您的 {len(copies)} 份文件里，要改的格子都标好了颜色。"
            "直接在上面改，改好交回，文件名不用管。"
        )

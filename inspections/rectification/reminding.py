"""A text for every school that has something due: to be pasted into a message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from inspections.rectification.numbers import short
from inspections.rectification.states import Standing, State
from inspections.rectification.summary import due_this_week, grouped
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from inspections.workbook.form.naming import file_name
from rubrics.messages.outgoing import outgoing
from rubrics.messages.plain_text import one_line

FOLDER: Final = "整改通知"
"""Where the texts lie, in ``reminders/``."""

_MOST: Final = 8
"""Items of one kind that a text names; a message must stay readable on a telephone."""

_ASKED: Final = 40
"""Characters of what is asked for."""


def reminders(opened: OpenRound, stands: Sequence[Standing]) -> dict[str, str]:
    """Returns file name -> text, one for every school with items overdue, returned or due."""
    made: dict[str, str] = {}
    for code, own in grouped(stands, lambda one: one.item.school).items():
        late = [one for one in own if one.state is State.OVERDUE]
        back = [one for one in own if one.state is State.RETURNED]
        due = [one for one in own if due_this_week(one) and one not in back]
        if not (late or back or due):
            continue
        school = opened.roster.schools.get(code)
        name = school.name if school else code
        file = f"{file_name(name)}.txt"
        if file in made:
            file = f"{file_name(name, code)}.txt"
        lines = _lines(opened, name, (("逾期", late), ("退回", back), ("本周到期", due)))
        made[file] = "\r\n".join(one_line(outgoing(line)) for line in lines) + "\r\n"
    return made


def _lines(
    opened: OpenRound, name: str, kinds: Sequence[tuple[str, Sequence[Standing]]]
) -> Iterator[str]:
    count = sum(len(found) for _, found in kinds)
    yield f"{name}：{opened.round.title}，还有下面 {count} 项整改要抓紧："
    number = 0
    for word, found in kinds:
        if not found:
            continue
        yield f"【{word}】{len(found)} 项"
        for one in found[:_MOST]:
            number += 1
            yield f"{number}. {_line(opened, one)}"
        if len(found) > _MOST:
            number += len(found) - _MOST
            yield f"……另有 {len(found) - _MOST} 项，见整改清单"
    yield "请改好以后填在整改清单上，连同佐证交回。确需延期的，写明原因和日期。"
    yield opened.round.bureau


def _line(opened: OpenRound, one: Standing) -> str:
    asked = one.item.demand
    asked = asked if len(asked) <= _ASKED else f"{asked[: _ASKED - 1]}…"
    number = short(one.number)
    until = f"期限{day_text(one.due)}" if one.due else ""
    late = f"，已超 {one.late} 天" if one.late else ""
    verdict = one.verdict
    reason = f"；退回理由：{verdict.reason}" if verdict and verdict.reason else ""
    return f"{number} {asked}（{until}{late}）{reason}"

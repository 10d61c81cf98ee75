"""学校整改报告: begun for a school from its items and replies, in the order of such reports.

It goes from the school to the bureau alone, so that whoever the school put in charge is named.
Why a fault arose, and what rules were made, only the school knows: that stays blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from inspections.rectification.numbers import short
from inspections.rectification.reply_book import COMPLETE, KEPT
from inspections.rectification.states import Standing, State
from inspections.rectification.summary import grouped
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from inspections.round.own_files import Written, own_files
from inspections.workbook.form.naming import file_name
from reports.official.edited import put
from reports.official.rendering import render
from reports.official.values import Context, Own, Value, close_up
from reports.rectification.columns import problem_text, school_name
from reports.rectification.drafts import REPORT
from reports.type.archival import About
from rubrics.messages.output import clear_leftovers
from rubrics.messages.plain_text import one_line
from rubrics.messages.problems import Problem

FOLDER: Final = "整改报告"
_TEMPLATE: Final = Path(__file__).parent / "templates" / REPORT
_DONE: Final = {State.CLOSED: COMPLETE, State.KEPT: KEPT}
_ROOM: Final = "\n\n"
"""Where somebody is to write."""


def write_school_reports(
    opened: OpenRound, stands: Sequence[Standing], day: date, template: Path | None = None
) -> tuple[list[Path], list[Problem]]:
    """Writes ``reports/整改报告/SCHOOL.docx`` for each school of the items, as they stand on a day.

    One that somebody edited stays. ``template``: edited by the bureau. Codes: those of ``render``
    and ``write_whole``, rectify-report-edited.
    """
    target = opened.folder.reports / FOLDER
    clear_leftovers(target)
    own = own_files(opened.folder, target)
    there: dict[str, Written] = dict(own.listed)
    written: list[Path] = []
    problems: list[Problem] = []
    listed = [one for one in stands if one.state is not State.WITHDRAWN]
    for name, items in grouped(listed, lambda one: school_name(opened, one)).items():
        about = About(f"{name}整改报告", name, "整改报告", day)
        filled = context(opened, name, items)
        data, met = render(template or _TEMPLATE, filled, about, str(template or ""), opened.words)
        problems += (one for one in met if one not in problems)
        if data is not None:
            path = f"{file_name(name)}.docx"
            problems += put(own, there, path, data, "rectify-report-edited")
            written.append(target / path)
    problems += own.end(there)
    return written, problems


def context(opened: OpenRound, school: str, items: Sequence[Standing]) -> Context:
    """Returns what fills the report of a school."""
    left = [one for one in items if _going_on(one)]
    return {
        "文号": "",
        "批次": close_up(one_line(opened.round.title)),
        "主送": Own(one_line(opened.round.bureau)),
        "单位": _unit(opened, school),
        "总体": _overall(items),
        "行们": [_row(one) for one in items],
        "未完成": [_unfinished(one) for one in left],
        "制度": sum(one.report.rules or 0 for one in items if one.report),
        "附件": ["整改台账", "整改照片和凭证"],
        "署名": one_line(school),
        "日期": "　　年　月　日",
        "附注": "",
    }


def _unit(opened: OpenRound, school: str) -> str:
    """How a school calls itself behind 我."""
    if opened.words.is_school:
        return "园" if "幼儿园" in school else "校"
    return "单位"


def result_of(one: Standing) -> str:
    """Returns how an item stands in the words of such reports."""
    if one.state in _DONE:
        return _DONE[one.state]
    if one.state is State.REPORTED and one.report and one.report.result:
        return one.report.result
    return f"正在整改（{day_text(one.due)}前完成）" if one.due else "正在整改（长期）"


def _going_on(one: Standing) -> bool:
    return result_of(one).startswith("正在整改")


def _overall(items: Sequence[Standing]) -> str:
    results = [result_of(one) for one in items]
    kept, done = results.count(KEPT), results.count(COMPLETE)
    late = sum(one.state is State.OVERDUE for one in items)
    told = f"共列入整改问题{len(items)}条，整改完成{done}条，整改完成、长期坚持{kept}条"
    left = len(items) - done - kept
    overdue = f"（其中逾期{late}条）" if late else ""
    return f"{told}，正在整改{left}条{overdue}。"


def _row(one: Standing) -> Value:
    report = one.report
    said = []
    if report is None:
        said.append(one.item.done)
    else:
        who = "、".join(dict.fromkeys(filter(None, (report.leader, report.person))))
        when = day_text(report.done) if report.done else ""
        said += [report.measures, "，".join(filter(None, (who, when)))]
    asked = f"\n要求：{one.item.demand}" if one.item.demand else ""
    return {
        "编号": short(one.number),
        "问题": f"{problem_text(one)}{asked}",
        "原因": _ROOM,
        "措施": "\n".join(filter(None, said)) or _ROOM,
        "结果": result_of(one),
        "佐证": "、".join(report.proof) if report else "",
    }


def _unfinished(one: Standing) -> Value:
    return {
        "编号": short(one.number),
        "原因": _ROOM,
        "措施": "",
        "期限": day_text(one.due) if one.due else "长期",
    }

"""The columns of the rectification book (整改台账), in the order in which bureaus keep them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from inspections.records.rectification import Verb
from inspections.rectification.numbers import short
from inspections.rectification.opening import OWN
from inspections.rectification.states import TERMS, Standing
from inspections.round.opened import OpenRound
from rubrics.messages.plain_text import one_line


@dataclass(frozen=True, slots=True)
class BookColumn:
    """One column; ``says``: what stands in it of an item. ``narrow``: centred, short texts."""

    heading: str
    width: float
    says: Callable[[OpenRound, Standing], str]
    narrow: bool = False


def school_name(opened: OpenRound, one: Standing) -> str:
    """Returns a school by its name, or by its code where the roster has it no more."""
    school = opened.roster.schools.get(one.item.school)
    return school.name if school else one.item.school


def problem_text(one: Standing) -> str:
    """Returns what is to be put right, with the title of the indicator that it is about."""
    item = one.item
    return f"{item.title}：{item.described}" if item.title else item.described


def _source(opened: OpenRound, one: Standing) -> str:
    """Where it comes from; what our own inspection found, with the name of its round.

    What stands in brackets behind the name is left out: a row is not to grow by it.
    """
    if one.item.source != OWN:
        return one.item.source
    return f"{OWN}：{one_line(opened.round.title).partition('（')[0]}"


def _of_report(name: str) -> Callable[[OpenRound, Standing], str]:
    def says(opened: OpenRound, one: Standing) -> str:
        value = getattr(one.report, name) if one.report else ""
        if isinstance(value, tuple):
            return "、".join(value)
        return "" if value is None else str(value)

    return says


def _measures(opened: OpenRound, one: Standing) -> str:
    """What the school did; until it reports, what was done before the inspectors' eyes."""
    return one.report.measures if one.report else one.item.done


def _done(opened: OpenRound, one: Standing) -> str:
    if one.report is None and one.item.spot:
        return one.item.spot.isoformat()
    return str(one.report.done) if one.report and one.report.done else ""


def _result(opened: OpenRound, one: Standing) -> str:
    if one.report is None:
        return "当场改正" if one.item.spot else ""
    return one.report.result


def _verdict(opened: OpenRound, one: Standing) -> str:
    later = one.extension
    if later and (one.verdict is None or later.fact > one.verdict.fact):
        return later.verb.word
    if one.verdict is None:
        return "当场改正" if one.item.spot else ""
    return one.verdict.verb.word


def _checked(opened: OpenRound, one: Standing) -> str:
    """When somebody looked again; to send a report back is no look."""
    looked = one.verdict is not None and one.verdict.verb is not Verb.RETURN
    return str(one.verdict.day or "") if looked and one.verdict else ""


def _extension(opened: OpenRound, one: Standing) -> str:
    if one.extension is None:
        return ""
    return f"{one.extension.approved}\n至 {one.extension.until}"


def _consulted(opened: OpenRound, one: Standing) -> str:
    said = (move.consulted for move in reversed(one.case.moves) if move.consulted)
    return next(said, "")


def _amount(one: Standing) -> str:
    return "" if one.item.amount is None else f"{one.item.amount:,}"


def _remark(opened: OpenRound, one: Standing) -> str:
    """What else there is to say: days late, why it went back or was extended, the school's own."""
    said = [f"超期 {one.late} 天" if one.late else ""]
    if one.relapses:
        said.append(f"反弹 {one.relapses} 次")
    for move in (one.verdict, one.extension):
        said.append(f"{move.verb.word}：{move.reason}" if move and move.reason else "")
    said.append(one.report.remark if one.report else "")
    said += [one.item.remark, one.item.reference]
    return "；".join(dict.fromkeys(text for text in said if text))


COLUMNS = (
    BookColumn("序号", 6, lambda opened, one: short(one.number), True),
    BookColumn("来源", 11, _source),
    BookColumn("日期", 10.5, lambda opened, one: str(one.item.found or one.item.opened), True),
    BookColumn("学校", 12, school_name),
    BookColumn("类别", 7, lambda opened, one: TERMS[one.item.kind], True),
    BookColumn("指标编号", 6, lambda opened, one: one.item.owner, True),
    BookColumn("问题描述", 22, lambda opened, one: problem_text(one)),
    BookColumn("数量", 6.5, lambda opened, one: one.item.quantity, True),
    BookColumn("佐证", 10, lambda opened, one: "、".join(one.item.evidence)),
    BookColumn("依据", 21, lambda opened, one: one.item.basis),
    BookColumn("整改措施", 20, _measures),
    BookColumn("责任领导", 7, _of_report("leader"), True),
    BookColumn("责任人", 7, _of_report("person"), True),
    BookColumn("期限", 10.5, lambda opened, one: str(one.due or "长期"), True),
    BookColumn("进度（%）", 5.5, _of_report("progress"), True),
    BookColumn("整改结果", 9, _result, True),
    BookColumn("完成日期", 10.5, _done, True),
    BookColumn("整改佐证", 10, _of_report("proof")),
    BookColumn("学校自查签字", 7, _of_report("signed"), True),
    BookColumn(
        "复查人", 7, lambda opened, one: one.verdict.checked_by if one.verdict else "", True
    ),
    BookColumn(
        "复查日期",
        10.5,
        _checked,
        True,
    ),
    BookColumn("结论", 7, _verdict, True),
    BookColumn("延期批准人及新期限", 11, _extension, True),
    BookColumn("协商部门", 7, _consulted, True),
    BookColumn("挂销号状态", 7, lambda opened, one: one.state.value, True),
    BookColumn("备注", 12, _remark),
    BookColumn("整改要求", 16, lambda opened, one: one.item.demand),
    BookColumn("承办股室", 7.5, lambda opened, one: one.item.office, True),
)

AUDIT_COLUMNS = (
    BookColumn("涉及金额（元）", 9, lambda opened, one: _amount(one), True),
    BookColumn("建立制度（项）", 6, _of_report("rules"), True),
    BookColumn("处理人数", 5, _of_report("handled"), True),
)
"""Follow where some of the items come from an audit."""

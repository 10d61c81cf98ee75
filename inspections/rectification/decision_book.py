"""整改审核.xlsx: what schools have reported, for the bureau to decide, a row an item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from inspections.records.rectification import Move, Verb
from inspections.rectification.deciding import Decided
from inspections.rectification.numbers import short
from inspections.rectification.promises import only_promises
from inspections.rectification.reply_book import KEPT, term_text
from inspections.rectification.states import Standing, State
from inspections.round.opened import OpenRound
from inspections.row_workbook import Kind, Row, RowBook, RowColumn, RowsRead

KIND: Final = "rectification-decisions"
FILE: Final = "整改审核.xlsx"

CHOICES: Final = {
    "销号": Verb.CLOSE,
    "退回": Verb.RETURN,
    "延期": Verb.EXTEND,
    "长期坚持": Verb.KEEP,
}


def decision_book(opened: OpenRound, stands: Sequence[Standing], issue: int) -> RowBook:
    """Returns the workbook of all items that have been reported, or ask for a later day."""
    settings = opened.round
    window = (settings.window.since, date(settings.window.until.year + 3, 12, 31))
    due = [one for one in stands if awaits(one)]
    return RowBook(
        settings.id,
        settings.key,
        KIND,
        "bureau",
        settings.bureau,
        issue,
        "整改审核",
        (
            f"等待审核的 {len(due)} 条，逐条选结论。建议只供参考，由审核人决定。",
            "退回、延期写理由，延期写新期限和批准人。审完用 rectify decide --from --why 读。",
        ),
        (
            RowColumn("school", "学校", width=12),
            RowColumn("fault", "问题、要求", width=28),
            RowColumn("term", "类别、期限", width=11),
            RowColumn("report", "学校报送", width=34),
            RowColumn("proof", "佐证", width=13),
            RowColumn("advice", "建议", width=13),
            RowColumn("verdict", "结论", Kind.CHOICE, 9, "选一项", choices=tuple(CHOICES)),
            RowColumn("reason", "理由", Kind.TEXT, 16, "退回、延期的必须写"),
            RowColumn("until", "新期限", Kind.DATE, 10.5, "延期的写", window=window),
            RowColumn("approved", "批准人", Kind.TEXT, 8, "延期的写", longest=40),
            RowColumn("consulted", "协商部门", Kind.TEXT, 9, longest=60),
            RowColumn("checked_by", "复查人", Kind.TEXT, 8, longest=40),
            RowColumn("checked", "复查日期", Kind.DATE, 10.5, window=window),
        ),
        tuple(_row(opened, one) for one in due),
        ("审核人签字", "日期"),
        words=opened.words,
    )


def awaits(one: Standing) -> bool:
    """Returns whether the bureau has something to decide."""
    asked = one.report is not None and one.report.asked is not None and not one.finished
    if asked and one.report is not None:
        answered = one.case.last(Verb.EXTEND, Verb.RETURN, Verb.CLOSE, Verb.KEEP)
        asked = answered is None or answered.fact < one.report.fact
    return one.state is State.REPORTED or asked


def _row(opened: OpenRound, one: Standing) -> Row:
    item, report = one.item, one.report
    school = opened.roster.schools.get(item.school)
    texts = {
        "school": school.name if school else item.school,
        "fault": f"{item.owner} {item.described}\n要求：{item.demand}".strip(),
        "term": term_text(one),
        "report": "\n".join(_said(report)) if report else "",
        "proof": "、".join(report.proof) if report else "",
        "advice": advice(one),
    }
    return Row(short(item.number), texts)


def _said(report: Move) -> Iterator[str]:
    people = "，".join(
        f"{name}{text}"
        for name, text in (("责任领导", report.leader), ("责任人", report.person))
        if text
    )
    yield report.measures
    yield f"{report.result or '没有写结果'}，{report.done or '没有日期'}"
    yield people
    if report.asked:
        yield f"申请延期至 {report.asked}"
    if report.remark:
        yield report.remark


def advice(one: Standing) -> str:
    """Returns what the program proposes, with its reason. It decides nothing."""
    report = one.report
    if report is None:
        return ""
    if report.asked:
        return f"延期？学校申请至 {report.asked}"
    days = _days_late(one)
    late = f"，晚于期限 {days} 天" if days > 0 else ""
    if one.relapses:
        return f"先复查：曾反弹 {one.relapses} 次{late}"
    if not report.proof or only_promises(report.measures, done=True):
        return "退回？佐证或措施不足"
    if report.result == KEPT:
        return f"长期坚持？材料齐全{late}"
    return f"销号？材料齐全{late}"


def _days_late(one: Standing) -> int:
    """Days from the deadline to the day on which it was done."""
    done = one.report.done if one.report else None
    return (done - one.due).days if done and one.due else 0


def decided_in(read: RowsRead) -> Iterator[Decided]:
    """Yields what somebody decided in the workbook; nothing of a row with a cell that cannot be
    read, which was told at the cell.
    """
    for row in read.rows:
        verdict = row.text("verdict")
        if not verdict or row.lost:
            continue
        until, checked = row.value("until"), row.value("checked")
        yield Decided(
            row.key,
            CHOICES[verdict],
            row.text("reason"),
            until if isinstance(until, date) else None,
            row.text("approved"),
            row.text("consulted"),
            row.text("checked_by"),
            checked if isinstance(checked, date) else None,
            row.place,
            read.digest,
        )

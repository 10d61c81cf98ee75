"""The workbook that goes to one school: what it has to put right, and where it says what it did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from inspections.records.rectification import Case, Move, Verb
from inspections.rectification.numbers import short
from inspections.rectification.opening import AUDIT
from inspections.rectification.states import TERMS, Standing, State
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from inspections.row_workbook import Kind, Row, RowBook, RowColumn, RowValue
from inspections.workbook.form.naming import file_name

KIND: Final = "rectification"

COMPLETE, KEPT, GOING_ON = "整改完成", "整改完成，长期坚持", "正在整改"
_PROOF: Final = "佐证写文件名，照片拍整改以后的。没有完成日期、没有佐证、只有表态的，会退回。"
RESULTS: Final = (COMPLETE, KEPT, GOING_ON)
_WORDS: Final = {
    "完成": COMPLETE,
    "已完成": COMPLETE,
    "已整改": COMPLETE,
    "整改完毕": COMPLETE,
    "长期坚持": KEPT,
    "整改中": GOING_ON,
    "未完成": GOING_ON,
    "进行中": GOING_ON,
}


def columns(since: date, until: date, *, audited: bool = False) -> tuple[RowColumn, ...]:
    """Returns the columns; dates may be from ``since`` (the first visits) to ``until``.

    ``audited``: with what audits ask for beside all others.
    """
    window = (since, until)
    counts = (
        RowColumn("rules", "建立制度（项）", Kind.WHOLE, 7, "审计事项写", unit="项", later=True),
        RowColumn("handled", "处理人数", Kind.WHOLE, 7, "审计事项写", unit="人", later=True),
    )
    return (
        RowColumn("fault", "存在问题", width=30),
        RowColumn("basis", "依据", width=16),
        RowColumn("demand", "整改要求", width=22),
        RowColumn("term", "类别、期限", width=11),
        RowColumn("said", "办理情况", width=13),
        RowColumn(
            "measures",
            "整改措施",
            Kind.TEXT,
            26,
            "谁、何时、做了什么；不写加强领导之类的表态",
            True,
        ),
        RowColumn("leader", "责任领导", Kind.TEXT, 8, longest=40),
        RowColumn("person", "责任人", Kind.TEXT, 8, required=True, longest=40),
        RowColumn("done", "完成日期", Kind.DATE, 10.5, "如 2026-10-09", window=window),
        RowColumn("progress", "进度（%）", Kind.WHOLE, 7, "0—100", most=100, unit="%"),
        RowColumn("result", "整改结果", Kind.CHOICE, 11, "选一项", choices=RESULTS, words=_WORDS),
        RowColumn("proof", "佐证", Kind.FILES, 14, "照片、文件的名称，几个用顿号隔开"),
        *(counts if audited else ()),
        RowColumn("signed", "自查签字", Kind.TEXT, 8, longest=40),
        RowColumn("asked", "申请延期至", Kind.DATE, 10.5, "不申请的不填", window=window),
        RowColumn("remark", "备注", Kind.TEXT, 12, "申请延期的写明原因"),
    )


def reply_book(opened: OpenRound, school: str, cases: Sequence[Standing], issue: int) -> RowBook:
    """Returns the workbook of a school; ``cases``: what it still has to put right."""
    settings = opened.round
    known = opened.roster.schools.get(school)
    name = known.name if known else school
    first = settings.window.since
    since = min([one.item.found or one.item.opened for one in cases] + [first])
    audited = any(one.item.source == AUDIT for one in cases)
    due = sorted({one.due for one in cases if one.due})
    until = f"最近的期限是{day_text(due[0])}。" if due else ""
    lines = (
        f"下面 {len(cases)} 项请逐条整改，只填有底色的格子，一条一行，不改编号。{until}",
        f"改好一条填一条，连同佐证材料交回{settings.bureau}：{_PROOF}",
    )
    return RowBook(
        settings.id,
        settings.key,
        KIND,
        school,
        name,
        issue,
        f"{name}整改清单",
        lines,
        columns(since, date(settings.window.until.year + 3, 12, 31), audited=audited),
        tuple(_row(opened, one) for one in cases),
        ("学校负责人签字", "学校盖章", "报送日期"),
        words=opened.words,
    )


def issue_of(cases: Iterable[Case]) -> int:
    """Returns which version of the workbook of a school these cases make.

    It grows with all that the bureau does, and not with what the school reports.
    """
    facts = [
        fact
        for case in cases
        for fact in (
            case.item.fact,
            *(one.fact for one in case.moves if one.verb not in (Verb.REPORT, Verb.PROGRESS)),
        )
    ]
    return max(facts, default=1)


def sent_name(book: RowBook) -> str:
    """Returns the name of the file that goes to a school."""
    return f"{file_name(book.to_name, '整改清单')}.xlsx"


def _row(opened: OpenRound, one: Standing) -> Row:
    item = one.item
    head = f"{item.owner} {item.title}".strip()
    texts = {
        "fault": f"{head}：{item.described}" if head else item.described,
        "basis": item.basis,
        "demand": item.demand,
        "term": term_text(one),
        "said": said_of(one),
    }
    return Row(short(item.number), texts, _entries(one.report))


def term_text(one: Standing) -> str:
    """Returns until when, and of what kind."""
    name = TERMS[one.item.kind]
    if one.due is None:
        return name
    unit = "工作日" if one.item.working else "日"
    days = f"{one.item.days} 个{unit}" if one.item.working else f"{one.item.days} {unit}"
    told = f"{name}（{days}）" if one.item.days else name
    return f"{told}\n至 {one.due.isoformat()}"


def said_of(one: Standing) -> str:
    """Returns how it stands, and what the bureau said last."""
    last = one.case.last(
        Verb.RETURN, Verb.EXTEND, Verb.REOPEN, Verb.RELAPSE, Verb.NOT_DONE, Verb.FALSE
    )
    reason = f"：{last.reason}" if last and last.reason else ""
    late = f"，已超 {one.late} 天" if one.state is State.OVERDUE else ""
    verb = f"{last.verb.word}{reason}" if last else ""
    return "；".join(part for part in (f"{one.state.value}{late}", verb) if part)


def _entries(report: Move | None) -> Mapping[str, RowValue]:
    """What the school has said last stands in its cells again."""
    if report is None:
        return {}
    said: dict[str, RowValue | None] = {
        "measures": report.measures,
        "leader": report.leader,
        "person": report.person,
        "done": report.done,
        "progress": report.progress,
        "result": report.result,
        "proof": report.proof,
        "rules": report.rules,
        "handled": report.handled,
        "signed": report.signed,
        "remark": report.remark,
    }
    return {name: value for name, value in said.items() if value not in ("", None, ())}

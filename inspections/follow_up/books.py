"""The workbooks of a follow-up: one for each team and school, with just what was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from inspections.ledger.follow_up import Draw
from inspections.records.rectification import Move, Verb
from inspections.rectification.numbers import label
from inspections.rectification.reply_book import term_text
from inspections.rectification.states import Standing
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from inspections.round.plan import teams
from inspections.row_workbook import Kind, Row, RowBook, RowColumn
from inspections.workbook.form.naming import file_name
from rubrics.language.subject import Words

KIND: Final = "follow-up"

VERDICTS: Final = {
    "销号": Verb.DONE,
    "未改": Verb.NOT_DONE,
    "反弹": Verb.RELAPSE,
    "虚报": Verb.FALSE,
}
"""What can be found, as it is written in the workbook."""

_WORDS: Final = {"已改": "销号", "已整改": "销号", "整改到位": "销号", "没有改": "未改"}
_LINES: Final = (
    "逐条到现场看，写下看到的（读数、数量、位置）和照片文件名，再选结论；没有去看的一行留空。",
    (
        "结论：销号＝改好了；未改＝没有改或没有改到位；反弹＝改过又犯；虚报＝报的和看到的不符。"
        "不由原检查人单独复查自己查出的问题。填好签字，交回电子表；"
        "照片放在 evidence 下该校的“整改”文件夹。"
    ),
)


def books_of(
    opened: OpenRound, draws: Iterable[Draw], stands: Mapping[int, Standing]
) -> dict[tuple[int, str, str], RowBook]:
    """Returns the workbooks of draws, by (number of the draw, team, code of the school)."""
    made = {}
    for one in draws:
        groups: dict[tuple[str, str], list[Standing]] = {}
        for number, team in one.teams.items():
            if found := stands.get(number):
                groups.setdefault((team, found.item.school), []).append(found)
        for (team, school), items in groups.items():
            made[one.number, team, school] = follow_up_book(opened, one, team, school, items)
    return made


def follow_up_book(
    opened: OpenRound, drawn: Draw, team: str, school: str, items: Sequence[Standing]
) -> RowBook:
    """Returns the workbook of a team for one school."""
    known = opened.roster.schools.get(school)
    name = known.name if known else school
    bureau = opened.round.bureau
    told = f"{bureau}第 {drawn.number} 次“回头看”，{day_text(drawn.day)}抽取，{team}复查"
    return RowBook(
        round=opened.round.id,
        seal_key=opened.round.key,
        kind=KIND,
        to=f"{drawn.number}/{team}/{school}",
        to_name=f"{team} {name}",
        issue=1,
        title=f"{name}“回头看”复查记录",
        lines=(
            f"{told}，共 {len(items)} 条。{_LINES[0]}",
            _LINES[1],
        ),
        columns=columns(drawn.day),
        rows=tuple(_row(opened, one, team) for one in items),
        signatures=("复查人（签字）", "学校负责人（签字）", "到校、离校时刻", "日期"),
        words=opened.words,
    )


def columns(day: date) -> tuple[RowColumn, ...]:
    """Returns the columns; dates may be from the ``day`` of the draw on for a year."""
    window = (day, day + timedelta(days=366))
    return (
        RowColumn("fault", "原问题、要求", width=27),
        RowColumn("report", "学校报送", width=27),
        RowColumn("term", "期限、状态", width=11),
        RowColumn("result", "现场所见", Kind.TEXT, 26, "读数、数量、位置", True),
        RowColumn("proof", "照片文件名", Kind.FILES, 13, "几个用顿号隔开"),
        RowColumn(
            "verdict", "结论", Kind.CHOICE, 8, "选一项", True,
            choices=tuple(VERDICTS), words=_WORDS,
        ),
        RowColumn("day", "复查日期", Kind.DATE, 10.5, "如 2026-11-20", True, window=window),
        RowColumn("checked_by", "复查人", Kind.TEXT, 10, "不能都是原检查人", True, longest=60),
        RowColumn("until", "新期限", Kind.DATE, 10.5, "没有改好的可写", window=window),
        RowColumn("remark", "备注", Kind.TEXT, 11),
    )  # fmt: skip


def sent_name(book: RowBook) -> str:
    """Returns the name of a workbook's file."""
    number, _, _ = book.to.partition("/")
    return f"{file_name(book.to_name, f'回头看{number}')}.xlsx"


def _row(opened: OpenRound, one: Standing, team: str) -> Row:
    item = one.item
    head = f"{item.owner} {item.title}".strip()
    texts = {
        "fault": f"{head}：{item.described}\n要求：{item.demand}".lstrip("："),
        "report": report_text(one.report, opened.words),
        "term": f"{term_text(one)}\n{one.state.value}",
    }
    people = "、".join(it.name for it in teams(opened.roster).get(team, ()))
    return Row(label(opened.round.id, item.number), texts, {"checked_by": people} if people else {})


def report_text(report: Move | None, words: Words) -> str:
    """Returns what the school says it did; that it says nothing, where it does not."""
    if report is None:
        return words.said("学校没有报送")
    done = f"完成日期：{report.done.isoformat()}" if report.done else "没有写完成日期"
    proof = f"佐证：{'、'.join(report.proof)}" if report.proof else ""
    parts = (report.measures, report.result, done, proof)
    return "\n".join(part for part in parts if part)

"""The workbook in which proposals go to whoever decides: one row a proposal, with its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from inspections.accountability.measures import MEASURES, measure_text
from inspections.accountability.states import ProposalStanding, State
from inspections.ledger.accountability import Proposal, ProposalCase, Ruling, Verdict
from inspections.rectification.numbers import label
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from inspections.row_workbook import Kind, Row, RowBook, RowColumn, RowValue

KIND: Final = "accountability"
TO: Final = "bureau"
SENT_NAME: Final = "问责和表彰建议.xlsx"

_VERDICTS: Final = {one.word: one for one in Verdict}
_WORDS: Final = {
    "同意建议": "同意",
    "采纳": "同意",
    "是": "同意",
    "不采纳": "不同意",
    "否": "不同意",
    "改": "改为",
    "变更": "改为",
}

LINES: Final = (
    (
        "下面各条由程序按 accountability.yaml 的规则和成绩提出，只是建议；每一条由人决定，写明"
        "谁决定（职务，不必写姓名）、日期和理由，才算数。没有填“决定”的，不进通报，也不写文书。"
    ),
    (
        "“改为”的要选改成哪种措施；取消评优评先资格的要有年限。数据变了的建议会重新提出，"
        "以前的决定留在台账里，不再有效。不要改编号，不要删行。"
    ),
)


def verdict_of(word: str) -> Verdict:
    """Returns what a word of the workbook's list means."""
    return _VERDICTS[word]


def columns(since: date, until: date) -> tuple[RowColumn, ...]:
    """Returns the columns; a decision may be of ``since`` to ``until``."""
    return (
        RowColumn("school", "学校", width=12),
        RowColumn("rule", "规则", width=12),
        RowColumn("measure", "建议措施", width=12),
        RowColumn("figures", "触发的数据", width=30),
        RowColumn("basis", "依据", width=20),
        RowColumn("office", "承办科室", width=8),
        RowColumn("said", "办理情况", width=10),
        RowColumn(
            "verdict", "决定", Kind.CHOICE, 8, "选一项", True,
            choices=tuple(_VERDICTS), words=_WORDS,
        ),
        RowColumn("kind", "改为哪种措施", Kind.CHOICE, 11, "改为的才选", choices=MEASURES),
        RowColumn("years", "年限", Kind.WHOLE, 6, "取消评优的", least=1, most=10, unit="年"),
        RowColumn("reason", "理由", Kind.TEXT, 18, "不同意、改为的必填", longest=500),
        RowColumn("decided_by", "决定人（职务）", Kind.TEXT, 11, "如 局长办公会", True, longest=40),
        RowColumn("day", "决定日期", Kind.DATE, 10.5, "如 2026-12-01", True, window=(since, until)),
        RowColumn("document", "决定文号", Kind.TEXT, 11, "局里编的，没有不填", longest=60),
    )  # fmt: skip


def proposal_book(opened: OpenRound, standings: Sequence[ProposalStanding]) -> RowBook:
    """Returns the workbook: what holds now, decided or not. What holds no more is not in it."""
    settings = opened.round
    rows = [one for one in standings if one.state is not State.GONE]
    window = (settings.window.since, date(settings.window.until.year + 3, 12, 31))
    return RowBook(
        settings.id,
        settings.key,
        KIND,
        TO,
        settings.bureau,
        issue_of(one.case for one in standings),
        f"{settings.title}问责和表彰建议",
        LINES,
        columns(*window),
        tuple(_row(opened, one) for one in rows),
        ("分管负责人签字", "日期"),
        words=opened.words,
    )


def issue_of(cases: Iterable[ProposalCase]) -> int:
    """Returns which version of the workbook these proposals make: it grows with each proposing."""
    return max((one.fact for case in cases for one in case.versions), default=1)


def school_name(opened: OpenRound, school: str) -> str:
    """Returns what a school is called; its code where it is no more."""
    known = opened.roster.schools.get(school)
    return known.name if known else school


def measure_of(one: Proposal) -> str:
    """Returns what is proposed, with its years or days."""
    return measure_text(one.kind, one.years, one.days, one.to, one.measure)


def ruling_text(ruling: Ruling | None) -> str:
    """Returns what was decided, by whom and when; empty where nothing was."""
    if ruling is None:
        return ""
    changed = f"“{measure_text(ruling.kind, ruling.years)}”" if ruling.kind else ""
    return f"{day_text(ruling.day)}{ruling.decided_by}{ruling.verdict.word}{changed}"


def _row(opened: OpenRound, one: ProposalStanding) -> Row:
    made = one.case.latest
    said = ruling_text(one.case.ruling)
    flag = "：数据已变，须重新决定" if one.flagged else ""
    texts = {
        "school": school_name(opened, made.school),
        "rule": made.title,
        "measure": measure_of(made),
        "figures": made.figures,
        "basis": made.basis,
        "office": made.office,
        "said": f"{said}{flag}" or State.OPEN.value,
    }
    entries = {} if one.flagged else _entries(one.case.ruling)
    return Row(label(opened.round.id, made.number), texts, entries)


def _entries(ruling: Ruling | None) -> Mapping[str, RowValue]:
    if ruling is None:
        return {}
    said: dict[str, RowValue] = {
        "verdict": ruling.verdict.word,
        "kind": ruling.kind,
        "years": ruling.years,
        "reason": ruling.reason,
        "decided_by": ruling.decided_by,
        "day": ruling.day,
        "document": ruling.document,
    }
    return {name: value for name, value in said.items() if value not in ("", 0)}

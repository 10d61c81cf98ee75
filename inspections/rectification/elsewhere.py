"""Items that come from elsewhere (巡察, 信访, 自查, 审计): a list that the bureau fills in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import open_items
from inspections.records.rectification import Item, Term
from inspections.rectification.opening import SOURCES
from inspections.round.opened import OpenRound
from inspections.round.targets import find_target
from inspections.row_workbook import Kind, RowBook, RowColumn, RowRead, read_rows
from rubrics.messages.problems import Place, Problem, problem

KIND: Final = "rectification-elsewhere"
TERMS: Final = {"立行立改": Term.AT_ONCE, "限期": Term.DAYS, "长期": Term.LONG}
_SPARE: Final = 40
_KEY_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class Added:
    """``numbers`` of new items; ``known``: rows that stood in the ledger already."""

    numbers: tuple[int, ...] = ()
    known: int = 0


def blank_list(opened: OpenRound) -> RowBook:
    """Returns the list to be filled in; one that another program made is read likewise."""
    settings = opened.round
    window = (
        date(settings.window.until.year - 5, 1, 1),
        date(settings.window.until.year + 5, 12, 31),
    )
    return RowBook(
        settings.id,
        settings.key,
        KIND,
        "bureau",
        settings.bureau,
        1,
        "其他来源的整改事项",
        (
            "巡察、信访、自查、审计发现的问题也列入整改台账：一事一条，不合并；来信来访人的姓名不写。",
            "行不够可以往下加；填好用 scoring rectify add 读入，读过的行再读不会重复。",
        ),
        (
            RowColumn("source", "来源", Kind.CHOICE, 8, choices=SOURCES, required=True,
                      words={"督查": "督导", "检查": "督导", "巡视": "巡察", "举报": "信访"}),
            RowColumn("found", "日期", Kind.DATE, 11, "发现的日期", window=window),
            RowColumn("school", "学校", Kind.TEXT, 18, "全称或代码", required=True, longest=100),
            RowColumn("kind", "类别", Kind.CHOICE, 9, choices=tuple(TERMS), required=True,
                      words={"即知即改": "立行立改", "限期整改": "限期", "长期整改": "长期"}),
            RowColumn("described", "问题描述", Kind.TEXT, 34, "一事一条", required=True),
            RowColumn("quantity", "数量", Kind.TEXT, 8, longest=40),
            RowColumn("evidence", "佐证", Kind.TEXT, 12),
            RowColumn("basis", "依据", Kind.TEXT, 16),
            RowColumn("demand", "整改要求", Kind.TEXT, 22, required=True),
            RowColumn("due", "整改期限", Kind.DATE, 11, "长期的不填", window=window),
            RowColumn("amount", "涉及金额（元）", Kind.WHOLE, 10, "审计的写", unit="元",
                      later=True),
            RowColumn("office", "承办股室", Kind.TEXT, 10, longest=60),
            RowColumn("reference", "文号", Kind.TEXT, 12, "交办的文件", longest=100),
            RowColumn("remark", "备注", Kind.TEXT, 10),
        ),
        spare=_SPARE,
        words=opened.words,
    )  # fmt: skip


def add_list(
    opened: OpenRound, path: Path, day: date, by: By
) -> tuple[Added | None, list[Problem]]:
    """Adds the items of a list, as of ``day``; None where it cannot be read.

    A row that says what one has said before, of the same school, is not added again. Codes: those
    of ``read_rows`` and ``find_target``, rectify-term-unknown.
    """
    read, problems = read_rows(path, [blank_list(opened)], path.name)
    if read is None:
        return None, problems
    made: list[Item] = []
    for row in read.rows:
        item, wrong = _item(opened, row, day)
        problems += wrong
        if item is not None:
            made.append(item)
    with ledger_of(opened) as ledger:
        numbers = open_items(ledger, made, by)
    fresh = tuple(number for number in numbers if number)
    return Added(fresh, len(numbers) - len(fresh)), problems


def _item(opened: OpenRound, row: RowRead, day: date) -> tuple[Item | None, list[Problem]]:
    needed = ("source", "school", "kind", "described", "demand")
    if row.is_blank or any(name not in row.entries for name in needed):
        return None, []  # what is missing was told by the reader
    target, wrong = find_target(opened.roster, opened.rubrics, row.text("school"))
    if target is None:
        return None, list(_at(wrong, row.entries["school"].place))
    kind, due, found = TERMS[row.text("kind")], _day(row, "due"), _day(row, "found")
    if kind is Term.DAYS and due is None and "due" in row.lost:
        return None, []
    if kind is Term.DAYS and due is None:
        return None, [problem("rectify-term-unknown", row.place, item=row.key)]
    said = [row.text(name) for name in ("source", "described", "demand")]
    key = hashlib.sha256("\x1f".join("".join(it.split()) for it in said).encode()).hexdigest()
    item = Item(
        school=target.school.id,
        key=key[:_KEY_LENGTH],
        demand=row.text("demand"),
        opened=day,
        source=row.text("source"),
        kind=kind,
        due=due if kind is not Term.LONG else None,
        found=found,
        described=row.text("described"),
        quantity=row.text("quantity"),
        evidence=tuple(filter(None, [row.text("evidence")])),
        basis=row.text("basis"),
        office=row.text("office"),
        reference=row.text("reference"),
        remark=row.text("remark"),
        amount=amount if isinstance(amount := row.value("amount"), int) else None,
    )
    return item, []


def _day(row: RowRead, name: str) -> date | None:
    value = row.value(name)
    return value if isinstance(value, date) else None


def _at(problems: list[Problem], place: Place) -> Iterator[Problem]:
    for one in problems:
        yield Problem(place, one.code, one.params)

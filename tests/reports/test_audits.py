"""What audits found: their own columns, from the list and the school's reply to the book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import all_cases, open_items
from inspections.records.rectification import Case, Item, Move, Term, Verb
from inspections.rectification.collecting import books_of
from inspections.rectification.elsewhere import blank_list
from inspections.rectification.opening import AUDIT
from inspections.rectification.states import standing, standings
from inspections.round.opened import OpenRound
from inspections.row_workbook import Row, RowBook, RowValue, rows_data
from inspections.steps.rectifying import add_rectification, collect_rectification
from reports.rectification.audits import HEADINGS, audits
from reports.rectification.book import rectification_book
from reports.rectification.columns import AUDIT_COLUMNS, COLUMNS
from rubrics.messages.problems import has_errors
from tests.inspections.rectification.items import BY, ITEM
from tests.inspections.small_round import SCHOOLS
from tests.inspections.started_round import started

DAY = date(2026, 4, 1)
TOLD: dict[str, RowValue] = {
    "source": AUDIT, "school": SCHOOLS[0].name, "kind": "限期", "described": "伙食费结余没有结转",
    "demand": "结转并公示", "due": date(2026, 4, 20), "amount": 128_000,
}  # fmt: skip


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    made = started(tmp_path / "round")
    with ledger_of(made) as ledger:
        assert open_items(ledger, [replace(ITEM, school=SCHOOLS[1].id)], BY) == [1]
    return made


def added(of: OpenRound, book: RowBook, name: str = "审计.xlsx") -> list[Case]:
    path = of.folder.root / name
    path.write_bytes(rows_data(book))
    _, problems = add_rectification(of.folder.root, path, DAY, BY)
    assert not has_errors(problems), problems
    return own_cases(of)


def own_cases(of: OpenRound) -> list[Case]:
    with ledger_of(of) as ledger:
        return [case for case in all_cases(ledger) if case.item.school == SCHOOLS[0].id]


def listed(of: OpenRound, **entries: RowValue) -> RowBook:
    return replace(blank_list(of), rows=(Row("新1", entries={**TOLD, **entries}),))


def test_the_amount_comes_in_with_the_list(of: OpenRound) -> None:
    (case,) = added(of, listed(of))
    assert case.item.amount == 128_000


def test_a_list_from_before_there_was_such_a_column_is_read(of: OpenRound) -> None:
    before = listed(of)
    columns = tuple(it for it in before.columns if not it.later)
    assert len(columns) < len(before.columns)
    entries = {key: value for key, value in TOLD.items() if key != "amount"}
    old = replace(before, columns=columns, rows=(Row("新1", entries=entries),))
    (case,) = added(of, old)
    assert case.item.amount is None


def test_a_column_that_is_no_later_one_has_to_be_there(of: OpenRound) -> None:
    whole = listed(of)
    columns = tuple(it for it in whole.columns if it.key != "demand")
    path = of.folder.root / "缺.xlsx"
    path.write_bytes(rows_data(replace(whole, columns=columns)))
    read, problems = add_rectification(of.folder.root, path, DAY, BY)
    assert read is None
    assert [it.code for it in problems] == ["rows-table-missing"]


def test_schools_with_audits_say_how_many_rules_and_persons(of: OpenRound) -> None:
    cases = added(of, listed(of))
    book = books_of(of, cases, DAY)[SCHOOLS[0].id]
    assert {"rules", "handled"} <= {it.key for it in book.columns}
    said: dict[str, RowValue] = {
        "measures": "3月25日结转到学生伙食费专户，3月26日公示",
        "person": "吴老师",
        "result": "正在整改",
        "rules": 2,
        "handled": 0,
    }
    rows = tuple(replace(row, entries=said) for row in book.rows)
    returned = of.folder.rectify / "returned"
    returned.mkdir(parents=True)
    (returned / "回.xlsx").write_bytes(rows_data(replace(book, rows=rows)))
    took, _ = collect_rectification(of.folder.root, DAY, BY)
    assert took is not None
    (case,) = own_cases(of)
    report = standing(case, DAY).report
    assert report is not None
    assert (report.rules, report.handled) == (2, 0)
    # What it said stands in the workbook that goes out next.
    again = books_of(of, [case], DAY)[SCHOOLS[0].id].rows[0].entries
    assert (again["rules"], again["handled"]) == (2, 0)


def test_schools_without_audits_are_not_asked(of: OpenRound) -> None:
    cases = added(of, listed(of, source="巡察"))
    keys = {it.key for it in books_of(of, cases, DAY)[SCHOOLS[0].id].columns}
    assert not keys & {"rules", "handled"}


def audited(number: int, amount: int | None, *moves: Move) -> Case:
    return Case(replace(ITEM, number=number, source=AUDIT, kind=Term.DAYS, amount=amount), moves)


CASES = [
    audited(1, 128_000, Move(1, Verb.REPORT, rules=2, handled=1), Move(1, Verb.CLOSE)),
    audited(2, 500, Move(2, Verb.PROGRESS, rules=1)),
    audited(3, None),
    Case(replace(ITEM, number=4)),
]


def test_the_book_adds_up_what_audits_found(of: OpenRound) -> None:
    stands = standings(CASES, DAY)
    assert audits(stands).row == (3, 1, 1, 1, 128_500, 3, 1)
    book = load_workbook(BytesIO(rectification_book(of, stands, DAY)))
    rows = [list(row) for row in book["总览"].iter_rows(values_only=True)]
    (at,) = (at for at, row in enumerate(rows) if row[0] == "审计" and row[1] == HEADINGS[0])
    assert tuple(rows[at + 1][1:8]) == audits(stands).row
    assert "1 项没有写涉及金额" in str(rows[at + 2][0])
    sheet = book["整改台账"]
    heads = [cell.value for cell in sheet[3]]
    assert heads == [it.heading for it in (*COLUMNS, *AUDIT_COLUMNS)]
    assert [sheet.cell(4, at).value for at in range(len(heads) - 2, len(heads) + 1)] == [
        *("128,000", "2", "1")
    ]


def test_without_audits_the_book_is_as_it_was(of: OpenRound) -> None:
    book = load_workbook(BytesIO(rectification_book(of, standings(CASES[3:], DAY), DAY)))
    assert [cell.value for cell in book["整改台账"][3]] == [it.heading for it in COLUMNS]
    assert not any(row[0] == "审计" for row in book["总览"].iter_rows(values_only=True))


def cell(of: OpenRound, heading: str, item: Item, *moves: Move) -> str:
    (column,) = (it for it in COLUMNS if it.heading == heading)
    return column.says(of, standing(Case(item, moves), DAY))


def test_the_source_names_the_round(of: OpenRound) -> None:
    assert cell(of, "来源", ITEM) == f"督导：{of.round.title}"
    assert cell(of, "来源", replace(ITEM, source="信访")) == "信访"


def test_an_extension_after_the_last_verdict_is_the_conclusion(of: OpenRound) -> None:
    back = Move(1, Verb.RETURN, reason="没有佐证", fact=5)
    later = Move(1, Verb.EXTEND, until=date(2026, 6, 1), approved="局长", fact=6)
    assert cell(of, "结论", ITEM, back, later) == "延期"
    assert cell(of, "结论", ITEM, later, replace(back, fact=7)) == "退回"

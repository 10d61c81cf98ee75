"""Erasing what was written after scores: objections, items, replies, follow-ups, rulings."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from inspections.ledger.accountability import (
    Ruling,
    Verdict,
    add_rulings,
    keep_proposals,
    proposal_cases,
)
from inspections.ledger.follow_up import Draw, add_draw
from inspections.ledger.objections import Outcome, all_objections, answer_objection, file_objection
from inspections.ledger.of_round import ledger_of
from inspections.ledger.past import diary
from inspections.ledger.rectification import add_moves, all_cases, open_items
from inspections.ledger.tables import metadata
from inspections.ledger.verifying import verify
from inspections.records.rectification import Move, Verb
from inspections.rectification.collecting import books_of
from inspections.rectification.deciding import Decided
from inspections.round.opened import OpenRound
from inspections.row_workbook import rows_data
from inspections.steps.collecting import collect_round
from inspections.steps.erasing import erase_names, erase_school
from inspections.steps.looking_back import school_history
from inspections.steps.rectifying import (
    collect_rectification,
    decide_rectification,
    send_rectification,
)
from tests.inspections.ledger.test_accountability import ONE, OTHER
from tests.inspections.rectification.items import BY, ITEM, other
from tests.inspections.small_round import SCHOOLS
from tests.inspections.started_round import started

NAME = "赵大有"
DAY = date(2026, 10, 9)
REPLY = {
    "measures": "补记三天，换带锁的留样柜",
    "person": NAME,
    "done": date(2026, 9, 29),
    "progress": 100,
    "result": "整改完成",
    "proof": ("登记第3号",),
}


def lie(of: OpenRound, name: str) -> str:
    """Puts a file there; returns its digest."""
    path = of.folder.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f"{name}: {NAME}".encode())
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    """A round in whose every kind of fact the name of a person stands."""
    made = started(tmp_path / "round")
    collect_round(made.folder.root)
    with ledger_of(made) as ledger:
        open_items(ledger, [ITEM, other("kitchen/A2", remark=f"{NAME}反映")], BY)
        open_items(ledger, [other("kitchen/A1", school=SCHOOLS[1].id)], BY)
        (book, _) = books_of(made, all_cases(ledger), DAY).values()
        row = replace(book.rows[0], entries=REPLY)
        path = made.folder.rectify / "returned" / "第一小学.xlsx"
        path.parent.mkdir(parents=True)
        path.write_bytes(rows_data(replace(book, rows=(row, *book.rows[1:]))))
    took, _ = collect_rectification(made.folder.root, DAY, BY)
    assert took is not None
    assert [one.person for one in took.replies.moves] == [NAME]
    assert send_rectification(made.folder.root, DAY)[0] is not None
    back = Decided("1", Verb.RETURN, f"{NAME}没有交照片")
    moves, _ = decide_rectification(made.folder.root, back, DAY, BY._replace(why=back.reason))
    assert moves
    with ledger_of(made) as ledger:
        paper = ("evidence/说明.pdf", lie(made, "evidence/说明.pdf"))
        file_objection(
            ledger, SCHOOLS[0].id, "kitchen", f"{NAME}说已清洗", [paper], BY,
            letter=0, received="2026-04-02", since="2026-04-01",
        )  # fmt: skip
        (objection,) = all_objections(ledger)
        answer_objection(ledger, objection, Outcome.REJECTED, f"{NAME}不在场", [], BY)
        add_draw(ledger, Draw(DAY, "0417", 100, (1, 2), {1: NAME, 2: "二组"}), BY)
        checked = lie(made, "followup/returned/复查.xlsx")
        seen = Move(1, Verb.NOT_DONE, remark=f"问过{NAME}", signed=NAME, file=checked)
        add_moves(ledger, [seen], BY)
        keep_proposals(ledger, [ONE, OTHER], DAY, BY)
        first, _ = proposal_cases(ledger)
        file = lie(made, "accountability/returned/批回.xlsx")
        ruled = Ruling(
            1, first.latest.fact, Verdict.REJECTED, DAY, NAME, f"{NAME}已调离", file=file
        )
        add_rulings(ledger, [ruled], BY)
    return made


FILES = (
    "accountability/returned/批回.xlsx",
    "evidence/说明.pdf",
    "followup/returned/复查.xlsx",
    "rectify/returned/第一小学.xlsx",
)


def saying(of: OpenRound, word: str) -> list[str]:
    """Where a word stands that nobody should find any more."""
    with ledger_of(of) as ledger, ledger.connect() as connection:
        found = [
            table.name
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
            if word in repr(tuple(row))
        ]
    kept = [of.folder.ledger, *of.folder.derived.rglob("*")]
    ways = (word.encode(), word.encode("unicode_escape"))
    return found + [
        path.name for path in kept if path.is_file() if any(it in path.read_bytes() for it in ways)
    ]


def in_files(folder: Path) -> list[str]:
    """The files below a folder in which the name stands, packed or not."""
    found = []
    for path in sorted(it for it in folder.rglob("*") if it.is_file()):
        data = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as parts:
                data = [parts.read(name) for name in parts.namelist()]
        if any(NAME.encode() in one for one in data):
            found.append(path.name)
    return found


def gone(of: OpenRound) -> None:
    for name in FILES:
        (of.folder.root / name).unlink()


def test_files_that_still_hold_it_are_named_in_one_message(of: OpenRound) -> None:
    for done, problems in (
        erase_names(of.folder.root, [NAME], BY),
        erase_school(of.folder.root, SCHOOLS[0].name, BY),
    ):
        assert done is None
        (first,) = problems
        assert first.code == "erase-first"
        assert all(name in first.remedy for name in FILES), first.remedy
    # One that only lies under another name holds it all the same.
    path = of.folder.root / FILES[-1]
    path.rename(path.with_name("留底.xlsx"))
    _, (first,) = erase_names(of.folder.root, [NAME], BY)
    assert "rectify/returned/留底.xlsx" in first.remedy


def test_a_person(of: OpenRound) -> None:
    assert saying(of, NAME)
    gone(of)
    done, problems = erase_names(of.folder.root, [NAME], BY)
    assert done is not None
    assert done >= 9
    assert [item.code for item in problems] == ["erase-rewrite"]
    assert "scoring rectify send" in problems[0].remedy
    assert saying(of, NAME) == []
    with ledger_of(of) as ledger:
        assert verify(ledger).broken is None
        assert [case.number for case in all_cases(ledger)] == [1, 2, 3]
        assert diary(ledger)[-1].kind == "erase"
    assert school_history(of.folder.root, SCHOOLS[0].name)[0] is not None
    # What others wrote stays, and the next step works with what is left.
    assert saying(of, "带锁的留样柜")
    assert collect_rectification(of.folder.root, DAY, BY)[0] is not None
    assert saying(of, NAME) == []
    sent = of.folder.rectify / "sent"
    assert in_files(sent)
    assert send_rectification(of.folder.root, DAY)[0] is not None
    assert in_files(of.folder.root) == []


def test_a_school(of: OpenRound) -> None:
    gone(of)
    done, _ = erase_school(of.folder.root, SCHOOLS[0].name, BY)
    assert done
    for word in ("没有交照片", "带锁的留样柜", "说已清洗", "已调离", "kitchen/A2"):
        assert saying(of, word) == [], word
    with ledger_of(of) as ledger:
        assert verify(ledger).broken is None
        assert [case.number for case in all_cases(ledger)] == [3]
        assert [case.number for case in proposal_cases(ledger)] == [2]

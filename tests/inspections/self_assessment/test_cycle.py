"""Self-assessment: what goes out, what comes back and counts, what inspectors see of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from inspections.ledger.of_round import ledger_of
from inspections.ledger.self_assessment import all_assessments
from inspections.ledger.verifying import verify
from inspections.round.opened import OpenRound
from inspections.self_assessment.standing import held_assessments
from inspections.steps.collecting import collect_round
from inspections.steps.erasing import erase_names, erase_school
from inspections.steps.handing_out import write_workbooks
from inspections.steps.self_assessing import (
    collect_self_assessment,
    self_assessment_status,
    send_self_assessment,
)
from inspections.workbook.form.own_scores import OWN_SHEET
from rubrics.files.loading import loads_rubric
from rubrics.language.digest import digest
from rubrics.language.self_assessing import self_assessed
from tests.inspections.rectification.items import BY
from tests.inspections.self_assessment.asking_round import ASKING, FILLED, asking, filled
from tests.inspections.small_round import KITCHEN, SCHOOLS, rubric, spec, write
from tests.inspections.started_round import started

FIRST = SCHOOLS[0].id


@pytest.fixture
def of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenRound:
    return asking(tmp_path / "round", monkeypatch)


def collected(of: OpenRound) -> list[str]:
    took, problems = collect_self_assessment(of.folder.root, BY)
    assert took is not None
    return [item.code for item in problems]


def points(of: OpenRound) -> dict[str, Decimal | None]:
    (one,) = held_assessments(of).values()
    return {name: it.points for name, it in one.scores.items()}


def test_who_is_asked_follows_from_the_rubric() -> None:
    made = rubric(ASKING)
    traits = SCHOOLS[0].traits
    assert [it.id for it in self_assessed(made, traits)] == ["A1", "A2", "A3", "A4", "A6", "A7"]
    assert self_assessed(rubric(KITCHEN)) == ()
    assert digest(made) != digest(rubric(KITCHEN))
    alone, _ = loads_rubric(ASKING.replace("{step: 0.5, leave_out: [A5]}", "true"))
    assert alone is not None
    assert [it.id for it in self_assessed(alone)] == [it.id for it in alone.indicators]


def test_what_a_school_fills_in_is_in_the_ledger_and_counts(of: OpenRound) -> None:
    filled(of, "第一小学.xlsx", FILLED)
    assert collected(of) == []
    assert points(of) == {
        "A1": Decimal("3.5"), "A2": 2, "A3": None, "A4": Decimal("1.5"), "A6": 2, "A7": 2,
    }  # fmt: skip
    # The same file says nothing new.
    took, problems = collect_self_assessment(of.folder.root, BY)
    assert took is not None
    assert (took.assessments.files, took.assessments.taken, problems) == (1, (), [])
    with ledger_of(of) as ledger:
        assert verify(ledger).broken is None


def test_what_was_sent_again_counts(of: OpenRound) -> None:
    filled(of, "一.xlsx", FILLED)
    collected(of)
    # What was handed in stands in what goes out again.
    filled(of, "二.xlsx", {"A1": 4})
    assert collected(of) == []
    assert points(of)["A1"] == 4
    assert points(of)["A4"] == Decimal("1.5")
    with ledger_of(of) as ledger:
        assert len(all_assessments(ledger)) == 2


def test_two_that_differ_are_told_and_none_is_taken(of: OpenRound) -> None:
    filled(of, "一.xlsx", FILLED)
    filled(of, "二.xlsx", {**FILLED, "A1": 4})
    assert collected(of) == ["selfassess-differs"]
    assert held_assessments(of) == {}


@pytest.mark.parametrize(
    ("given", "code", "lost"),
    [
        ({"A1": 4.5}, "rows-value", "A1"),
        ({"A1": -1}, "rows-value", "A1"),
        ({"A1": 3.2}, "rows-value", "A1"),
        ({"A1": "很好"}, "rows-value", "A1"),
        ({"A1": "不适用"}, "selfassess-reason", "A1"),
        ({"A1": None}, "rows-row-blank", "A1"),
        ({"合计": 99, "A2": 1}, "", ""),
        ({"合计": "好"}, "rows-beside", ""),
    ],
)
def test_what_cannot_be_read_is_told_and_costs_no_other_row(
    of: OpenRound, given: dict[str, object], code: str, lost: str
) -> None:
    filled(of, "一.xlsx", {**FILLED, **given})
    assert collected(of) == ([code] if code else [])
    assert points(of).keys() == FILLED.keys() - {lost}


def test_a_workbook_of_which_nothing_can_be_read_was_not_handed_in(of: OpenRound) -> None:
    filled(of, "一.xlsx", {"A1": "很好", "A2": 9, "A3": -1, "A6": "不适用"})
    codes = collected(of)
    assert codes[-1] == "selfassess-empty"
    assert sorted(codes[:-1]) == [
        *["rows-row-blank"] * 2, *["rows-value"] * 3, "selfassess-reason",
    ]  # fmt: skip
    assert held_assessments(of) == {}


def test_the_workbook_says_what_it_costs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asks = "{step: 0.5, free: 1, each: 0.5, limit: 2, missing: 1.5}"
    kitchen = KITCHEN.replace('version: "2"', f'version: "2"\nself_assessment: {asks}')
    made = asking(tmp_path / "round", monkeypatch, kitchen)
    sheet = load_workbook(filled(made, "一.xlsx", FILLED)).worksheets[0]
    lines = [str(row[0]) for row in sheet.iter_rows(values_only=True) if row[0]]
    assert any("每 1 分扣 0.5 分，最多扣 2 分；没有交自评表扣 1.5 分。" in line for line in lines)
    assert collected(made) == ["rows-row-blank"]  # of A5, which this rubric asks for


def test_a_word_for_what_does_not_apply_is_understood(of: OpenRound) -> None:
    filled(of, "一.xlsx", {**FILLED, "A1": ("无", "没有灶台")})
    assert collected(of) == ["entry-interpreted"]
    assert points(of)["A1"] is None


def test_a_rubric_that_changed_asks_again(
    of: OpenRound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    returned = filled(of, "一.xlsx", FILLED)
    changed = ASKING.replace("leave_out: [A5]", "leave_out: [A5, A6]")
    other = asking(tmp_path / "other", monkeypatch, changed)
    key = of.folder.key.read_bytes()
    other.folder.key.write_bytes(key)
    settings = of.folder.settings.read_text(encoding="utf-8")
    other.folder.settings.write_text(settings.replace(str(of.folder.root), ""), encoding="utf-8")
    target = other.folder.self_assessment / "returned" / "一.xlsx"
    target.parent.mkdir(parents=True)
    target.write_bytes(returned.read_bytes())
    codes = collected(other)
    assert codes == ["selfassess-changed"]


def test_who_is_missing_is_told_and_reminded(of: OpenRound) -> None:
    found, _ = self_assessment_status(of.folder.root)
    assert found is not None
    (one,) = found.stands
    assert (one.school, one.word, one.asked) == (FIRST, "未交", 6)
    (text,) = (of.folder.reminders / "自评通知").glob("*.txt")
    assert "还没有交" in text.read_text(encoding="utf-8-sig")
    filled(of, "一.xlsx", {**FILLED, "A7": None})
    collected(of)
    found, _ = self_assessment_status(of.folder.root)
    assert found is not None
    assert [it.word for it in found.stands] == ["已交，缺 1 项"]
    assert "A7" in text.read_text(encoding="utf-8-sig")
    filled(of, "二.xlsx", {"A7": 1})
    collected(of)
    self_assessment_status(of.folder.root)
    assert not (of.folder.reminders / "自评通知").exists()


def test_after_the_visit_it_is_late(of: OpenRound) -> None:
    write(of, of.folder.returned / "a.xlsx")
    collect_round(of.folder.root)
    filled(of, "一.xlsx", FILLED)
    assert collected(of) == ["selfassess-late"]


def test_without_a_rubric_that_asks_there_is_nothing(tmp_path: Path) -> None:
    made = started(tmp_path / "round")
    sent, problems = send_self_assessment(made.folder.root)
    assert sent is None
    assert [item.code for item in problems] == ["selfassess-none"]


def test_inspectors_see_it_beside_their_sheets(of: OpenRound) -> None:
    filled(of, "一.xlsx", FILLED)
    collected(of)
    write_workbooks(of.folder.root)
    made = sorted(of.folder.workbooks.rglob("*食堂*.xlsx"))
    assert made
    book = load_workbook(made[0])
    rows = [row[2:7] for row in book[OWN_SHEET].iter_rows(min_row=4, values_only=True)]
    assert rows[0] == ("A1", "卫生", "4", "3.5", None)
    assert rows[2] == ("A3", "留样", "4", "不适用", "没有食品留样的要求")
    others = [load_workbook(path) for path in of.folder.workbooks.rglob("*党建*.xlsx")]
    assert others
    assert all(OWN_SHEET not in it.sheetnames for it in others)
    # Written once more they are known for blank, and written over.
    _, problems = write_workbooks(of.folder.root)
    assert [item.code for item in problems] == []


def test_the_sheet_says_so_where_nothing_has_come(of: OpenRound) -> None:
    write_workbooks(of.folder.root)
    book = load_workbook(next(of.folder.workbooks.rglob("*食堂*.xlsx")))
    (row,) = book[OWN_SHEET].iter_rows(min_row=4, values_only=True)
    assert row[3] == "（写表时还没有交自评表）"


def test_what_is_typed_on_that_sheet_is_told_by_its_cell(of: OpenRound) -> None:
    filled(of, "一.xlsx", FILLED)
    collected(of)
    write_workbooks(of.folder.root)
    blank = next(of.folder.workbooks.rglob("*食堂*.xlsx"))
    path = write(of, of.folder.returned / "a.xlsx")
    book, made = load_workbook(path), load_workbook(blank)
    copied = book.create_sheet(OWN_SHEET)
    for row in made[OWN_SHEET].iter_rows():
        for cell in row:
            copied[cell.coordinate] = cell.value
    book.save(path)
    _, problems = collect_round(of.folder.root)
    assert [it for it in problems if it.place.sheet == OWN_SHEET] == []
    copied["F5"], copied["G9"], copied["A30"] = "0.5", "督学写的", "下面写的"
    book.save(path)
    _, problems = collect_round(of.folder.root)
    (told,) = [it for it in problems if it.place.sheet == OWN_SHEET]
    assert (told.code, told.place.cell) == ("sheet-typed", "F5")
    assert all(at in told.message for at in ("F5", "G9", "A30"))


def test_a_school_and_a_person_can_be_erased(of: OpenRound) -> None:
    path = filled(of, "一.xlsx", {**FILLED, "A2": (2, "赵大有负责")})
    collected(of)
    count, problems = erase_names(of.folder.root, ["赵大有"], BY)
    assert count is None
    assert problems[0].code == "erase-first"
    path.unlink()
    count, _ = erase_names(of.folder.root, ["赵大有"], BY)
    assert count == 1
    assert points(of)["A2"] == 2
    with ledger_of(of) as ledger:
        (one,) = all_assessments(ledger)
        assert one.scores["A2"].note == ""
    erase_school(of.folder.root, FIRST, BY)
    with ledger_of(of) as ledger:
        assert all_assessments(ledger) == []
        assert verify(ledger).broken is None


def test_the_workbook_sums_up_what_the_school_gives_itself(of: OpenRound) -> None:
    book = load_workbook(filled(of, "一.xlsx", FILLED))
    sheet = book.worksheets[0]
    (total,) = [row for row in sheet.iter_rows() if row[0].value == "合计"]
    formulas = [str(cell.value) for cell in total if str(cell.value).startswith("=SUM(")]
    assert len(formulas) == 1
    assert spec().school.id == FIRST

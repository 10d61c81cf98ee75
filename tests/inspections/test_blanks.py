"""Blank items are chased: told once a sheet, marked one by one, and named in status and texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspections.chasing.status import round_status
from inspections.chasing.status_lines import status_lines
from inspections.chasing.texts import texts
from inspections.collecting.blanks import at_every_item
from inspections.collecting.collecting import Collected, collect
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from rubrics.messages.problems import Problem
from tests.inspections.small_round import entry_cell, small_round, spec, write

BLANK = RowEntry(None)


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    return small_round(tmp_path)


def without(of: OpenRound, *rows: str, **more: RowEntry) -> Collected:
    entries = dict.fromkeys(rows, BLANK) | {k.replace("_", "."): v for k, v in more.items()}
    write(of, of.folder.returned / "a.xlsx", spec(rows=entries))
    return collect(of, workers=0)


def unchecked(found: Collected) -> list[Problem]:
    return [item for item in found.problems if item.code == "items-unchecked"]


def test_a_full_sheet_has_none(of: OpenRound) -> None:
    assert without(of).problems == ()


def test_blank_items_are_one_problem_a_sheet_and_one_mark_an_item(of: OpenRound) -> None:
    found = without(of, "A6", "A7")
    [told] = unchecked(found)
    assert dict(told.params)["items"] == "A6、A7"
    assert told.place.cell == entry_cell(of, "A6")
    marks = [(one.code, one.place.cell) for one in at_every_item([told])]
    assert marks == [("item-unchecked", entry_cell(of, name)) for name in ("A6", "A7")]


def test_what_has_a_problem_of_its_own_is_not_told_twice(of: OpenRound) -> None:
    found = without(of, "A4.due", A6=RowEntry("大概"))
    assert {item.code for item in found.problems} == {"entry-missing", "entry-not-understood"}


def test_what_does_not_apply_is_not_blank(of: OpenRound) -> None:
    """A8 is for boarding schools; nobody asks for it here."""
    assert "A8" not in str(unchecked(without(of, "A7")))


def test_an_item_declared_unchecked_is_chased_too(of: OpenRound) -> None:
    [told] = unchecked(without(of, A7=RowEntry(None, state="未查")))
    assert dict(told.params)["items"] == "A7"


def test_status_and_reminders_name_the_items_beside_a_worse_mistake(of: OpenRound) -> None:
    without(of, "A7", A6=RowEntry("大概"))
    now = round_status(of)
    assert [item.unchecked for item in now.matters if item.file] == ["A7"]
    assert any("还有没有查的：A7" in line for line in status_lines(of, now))
    [text] = [text for text in texts(of.round, now.matters).values() if "A7" in text]
    assert "还有没有查的：A7" in text

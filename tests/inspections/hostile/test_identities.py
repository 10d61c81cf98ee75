"""What a sheet says that it is, changed by hand: the seal tells, and nothing of it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from inspections.collecting.collecting import Collected, collect
from inspections.collecting.conflicts import superseded
from inspections.ledger.of_round import ledger_of
from inspections.ledger.recalling import sheets
from inspections.records.record import RecordKey
from inspections.round.keys import MARKING, new_key
from inspections.round.opened import OpenRound
from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.identity import Identity, decode, encode, genuine, with_seal
from inspections.workbook.form.layout import HEAD, IDENTITY_CELL
from inspections.workbook.reading.workbook import read_workbook
from inspections.workbook.reading.workbook_record import WorkbookRecord
from tests.inspections.small_round import INSPECTORS, SCHOOLS, small_round, spec, write

KEY = "00112233445566778899aabbccddeeff"
NEW = f"{MARKING}{KEY}"
Change = Callable[[Identity], Identity]


@pytest.fixture(scope="module")
def of(tmp_path_factory: pytest.TempPathFactory) -> OpenRound:
    return small_round(tmp_path_factory.mktemp("round"), key=KEY)


def read(path: Path, of: OpenRound) -> WorkbookRecord:
    return read_workbook(path.read_bytes(), path.name, expectations(of))


def codes(record: WorkbookRecord | Collected) -> list[str]:
    return [item.code for item in record.problems if item.severity.value == "error"]


def edited(path: Path, change: Callable[[Worksheet], None]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book.worksheets[1])
    book.save(path)
    return path


def altered(of: OpenRound, path: Path, change: Change) -> Path:
    """A workbook whose hidden cell says something else."""

    def alter(sheet: Worksheet) -> None:
        held = decode(str(sheet[IDENTITY_CELL].value))
        assert held is not None
        sheet[IDENTITY_CELL] = encode(change(held))

    return edited(write(of, path), alter)


def test_what_was_handed_out_is_genuine(of: OpenRound, tmp_path: Path) -> None:
    record = read(write(of, tmp_path / "a.xlsx"), of)
    assert codes(record) == []
    assert record.sheets[0].visit is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda held: replace(held, inspector="D02"),
        lambda held: replace(held, team="二组"),
        lambda held: replace(held, digest="0" * 16),
        lambda held: replace(held, seal=""),
        lambda held: replace(held, seal="Ａ" * 16),
        lambda held: replace(held, seal="\ud800"),
        lambda held: replace(held, seal=held.seal[:-1]),
        lambda held: replace(held, seal=f"{held.seal} "),
        lambda held: replace(held, seal=with_seal(replace(held, school="21068102"), KEY).seal),
        lambda held: with_seal(held, KEY[::-1]),
    ],
)
def test_an_altered_identity_makes_no_visit(of: OpenRound, tmp_path: Path, change: Change) -> None:
    if "\ud800" in encode(change(Identity("a", "b", "c", "d", seal="x"))):
        assert not genuine(change(Identity("a", "b", "c", "d")), KEY)  # no file can hold it
        return
    record = read(altered(of, tmp_path / "a.xlsx", change), of)
    assert codes(record) == ["identity-altered"]
    (sheet,) = record.sheets
    assert sheet.visit is None
    assert {cell.raw for cell in sheet.typed} >= {"灶台有油污", 130.0, "√"}


def test_another_school_or_visit_written_over(tmp_path: Path) -> None:
    of = small_round(tmp_path, key=KEY, occasions=("第1次", "第2次"))

    def to_second(sheet: Worksheet) -> None:
        held = decode(str(sheet[IDENTITY_CELL].value))
        assert held is not None
        sheet[IDENTITY_CELL] = encode(replace(held, occasion="第2次"))
        sheet[HEAD["次别"].cell] = "第2次"

    def to_school(sheet: Worksheet) -> None:
        held = decode(str(sheet[IDENTITY_CELL].value))
        assert held is not None
        sheet[IDENTITY_CELL] = encode(replace(held, school=SCHOOLS[1].id))
        sheet[HEAD["学校代码"].cell] = SCHOOLS[1].id

    for change in (to_second, to_school):
        party = spec(rubric="party") if change is to_school else spec()
        if change is to_school:
            party = replace(party, entries=replace(party.entries, rows={}))
        path = edited(write(of, tmp_path / "a.xlsx", party), change)
        record = read(path, of)
        assert codes(record)[0] == "identity-altered"
        assert [sheet.visit for sheet in record.sheets] == [None]


def test_a_blank_of_another_round(of: OpenRound, tmp_path: Path) -> None:
    other = small_round(tmp_path, id="2025秋", key="ff" * 16)
    assert codes(read(write(other, tmp_path / "a.xlsx"), of)) == ["workbook-other-round"]
    posing = altered(other, tmp_path / "b.xlsx", lambda held: replace(held, round=of.round.id))
    assert codes(read(posing, of)) == ["identity-altered"]


def test_rounds_without_a_key_ask_for_no_seal(of: OpenRound, tmp_path: Path) -> None:
    older = small_round(tmp_path)
    path = write(older, tmp_path / "a.xlsx")
    assert codes(read(path, older)) == []
    book = openpyxl.load_workbook(path)
    assert "seal" not in book.worksheets[1][IDENTITY_CELL].value
    assert codes(read(write(of, tmp_path / "b.xlsx"), older)) == []
    assert codes(read(path, of)) == ["identity-altered"]


def test_a_blank_without_a_seal_on_which_nobody_wrote_is_passed_over(
    of: OpenRound, tmp_path: Path
) -> None:
    older = small_round(tmp_path)
    blank = replace(spec(), entries=replace(spec().entries, head={}, rows={}))
    record = read(write(older, tmp_path / "a.xlsx", blank), of)
    assert (record.sheets, codes(record)) == ((), [])


def test_what_a_copy_corrects_has_a_seal_of_its_own(tmp_path: Path) -> None:
    of = small_round(tmp_path, key=NEW)
    path = altered(of, tmp_path / "a.xlsx", lambda held: held.correcting("ab" * 8, key=NEW))
    record = read(path, of)
    assert codes(record) == []
    assert record.sheets[0].corrects == ("ab" * 8,)


@pytest.mark.parametrize(
    "change",
    [
        lambda held: held.correcting("ab" * 8, key=""),
        lambda held: held.correcting("ab" * 8, key=f"{NEW}0"),
        lambda held: replace(held, more=(("corrects", "cd" * 8), *signed(held))),
        lambda held: replace(held, more=(("corrects", "ab" * 8), ("mark", "Ａ" * 16))),
    ],
    ids=["no-mark", "other-key", "other-file", "odd-mark"],
)
def test_a_mark_that_the_round_did_not_make_corrects_nothing(
    tmp_path: Path, change: Change
) -> None:
    of = small_round(tmp_path, key=NEW)
    record = read(altered(of, tmp_path / "a.xlsx", change), of)
    assert codes(record) == ["mark-altered"]
    assert record.sheets[0].corrects == ()
    assert record.sheets[0].visit is not None


def signed(held: Identity) -> tuple[tuple[str, str], ...]:
    """The seal of what another copy corrects."""
    return tuple(pair for pair in held.correcting("ab" * 8, key=NEW).more if pair[0] == "mark")


def test_rounds_from_before_the_marks_take_copies_without(of: OpenRound, tmp_path: Path) -> None:
    path = altered(of, tmp_path / "a.xlsx", lambda held: held.correcting("ab" * 8, key=KEY))
    assert "mark=" not in str(openpyxl.load_workbook(path).worksheets[1][IDENTITY_CELL].value)
    record = read(path, of)
    assert codes(record) == []
    assert record.sheets[0].corrects == ("ab" * 8,)


def test_a_new_round_seals_its_marks() -> None:
    assert new_key().startswith(MARKING)
    assert new_key() != new_key()


def test_whoever_types_another_recorder_does_not_take_their_record(tmp_path: Path) -> None:
    """Her own sheet with a colleague's name on it, and with the mark of the colleague's file."""
    of = small_round(tmp_path, key=NEW)
    mine, theirs = INSPECTORS[0], INSPECTORS[1]
    sheet = replace(spec({"同行督学": mine.name}), inspector=theirs)
    digest = read(write(of, of.folder.returned / "他.xlsx", sheet), of).digest
    path = of.folder.returned / "我.xlsx"
    altered(of, path, lambda held: held.correcting(digest, key=NEW))

    def pose(sheet: Worksheet) -> None:
        sheet[HEAD["填表督学"].cell] = theirs.name

    edited(path, pose)
    found = collect(of, workers=0)
    told = [dict(item.params) for item in found.problems if item.code == "recorder-other"]
    assert told == [{"typed": theirs.name, "own": mine.name}]
    assert {visit.key.inspector: visit.file for visit in found.visits} == {
        theirs.id: "returned/他.xlsx",
        mine.id: "returned/我.xlsx",
    }


@pytest.mark.parametrize(
    ("cell", "typed", "code", "named"),
    [
        (HEAD["学校"].cell, SCHOOLS[1].name, "school-other", SCHOOLS[0].name),
        (HEAD["学校"].cell, "新希望小学", "school-renamed", SCHOOLS[0].name),
        ("A1", "党建检查表", "title-other", "食堂细则 检查表"),
    ],
)
def test_other_names_on_a_sheet_are_told_and_change_nothing(
    of: OpenRound, tmp_path: Path, cell: str, typed: str, code: str, named: str
) -> None:
    def rename(sheet: Worksheet) -> None:
        sheet[cell] = typed

    record = read(edited(write(of, tmp_path / "a.xlsx"), rename), of)
    [told] = [item for item in record.problems if item.code == code]
    assert told.place.cell == cell
    assert typed in told.message
    assert named in told.message
    [sheet] = record.sheets
    assert sheet.key == RecordKey(SCHOOLS[0].id, "kitchen", "第1次", INSPECTORS[0].id)
    assert sheet.visit is not None


def test_a_tab_named_after_another_school_is_told(of: OpenRound, tmp_path: Path) -> None:
    def rename(sheet: Worksheet) -> None:
        sheet.title = SCHOOLS[1].name

    record = read(edited(write(of, tmp_path / "a.xlsx"), rename), of)
    assert codes(record) == ["school-other"]
    assert record.sheets[0].key.school == SCHOOLS[0].id


def test_an_altered_sheet_corrects_nothing_and_loses_nothing(tmp_path: Path) -> None:
    of = small_round(tmp_path, key=KEY)
    write(of, of.folder.returned / "a.xlsx")
    held = read(of.folder.returned / "a.xlsx", of)
    forged = of.folder.returned / "b.xlsx"
    altered(of, forged, lambda old: replace(old, team="二组").correcting(held.digest, key=KEY))
    collected = collect(of, workers=0)
    key = RecordKey(SCHOOLS[0].id, "kitchen", "第1次", INSPECTORS[0].id)
    assert [(visit.key, visit.file) for visit in collected.visits] == [(key, "returned/a.xlsx")]
    assert [
        (item.place.file, item.place.sheet, item.code)
        for item in collected.problems
        if item.severity.value == "error"
    ] == [("returned/b.xlsx", SCHOOLS[0].name, "identity-altered")]
    with ledger_of(of) as ledger:
        filled = sheets(ledger)
    assert len(filled) == 2
    assert superseded(filled) == set()


def test_the_key_is_in_no_message(of: OpenRound, tmp_path: Path) -> None:
    path = altered(of, tmp_path / "a.xlsx", lambda held: replace(held, team="二组"))
    assert KEY not in repr((of.round, read(path, of).problems, of.basis))

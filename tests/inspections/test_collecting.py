"""Collecting: what counts, what a second collecting changes, and what one bad file costs."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from inspections.collecting.collecting import Collected, collect, collected, uncollected
from inspections.collecting.returned_files import returned_files
from inspections.ledger.held_records import held_records
from inspections.ledger.of_round import ledger_of
from inspections.ledger.recalling import sheets
from inspections.ledger.sheets import present_sheets, sheet_bodies, sheet_words, typed_raw
from inspections.ledger.tables import GUARDED, acts, facts
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from inspections.round.round import Period
from inspections.workbook.form.contents import RowEntry, SheetEntries
from tests.inspections.small_round import HEAD, INSPECTORS, SCHOOLS, spec, write


@pytest.fixture
def of(on_both: OpenRound) -> OpenRound:
    return on_both


def here(of: OpenRound, workers: int = 0) -> Collected:
    return collect(of, workers=workers)


def codes(found: Collected) -> list[tuple[str, str]]:
    return [(item.code, item.place.file) for item in found.problems]


def held(of: OpenRound) -> Counter[str]:
    """How many facts there are of each kind, and how many acts."""
    with ledger_of(of) as ledger, ledger.connect() as connection:
        kinds = Counter(connection.execute(select(facts.c.kind)).scalars())
        return kinds + Counter(acts=len(connection.execute(select(acts)).all()))


def test_an_empty_folder(of: OpenRound) -> None:
    assert here(of) == Collected((), (), 0, 0)
    assert collected(of) == Collected((), ())


def test_sub_folders_and_names_do_not_matter(of: OpenRound) -> None:
    write(of, of.folder.returned / "一组" / "督学 王" / "表 (1).xlsx")
    other = spec({"同行督学": "王建国"}, inspector=INSPECTORS[1])
    write(of, of.folder.returned / "a.XLSX", other)
    found = here(of)
    assert [visit.key.inspector for visit in found.visits] == ["D02", "D01"]
    assert [visit.file for visit in found.visits] == [
        "returned/a.XLSX",
        "returned/一组/督学 王/表 (1).xlsx",
    ]
    assert (found.problems, found.files, found.fresh) == ((), 2, 2)


def test_what_comes_out_of_the_ledger_is_what_was_read(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx")
    (visit,) = here(of).visits
    first = visit.observation("A1")
    assert first is not None
    assert (first.fault, first.evidence) == ("灶台有油污", ("1号笔录",))
    assert dict(first.values) == {"x": Decimal(2), "y": Decimal(0)}
    assert str(first.places["x"]) == "returned/表.xlsx 第一小学 H9"
    assert visit.arrived is not None
    assert collected(of).visits == (visit,)


def test_everything_typed_is_kept_as_it_was_typed(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx", spec({"检查日期": "？"}, {"A1.x": RowEntry("几处")}))
    here(of)
    with ledger_of(of) as ledger:
        (sheet,) = present_sheets(ledger)
        (body,) = (body for _, body in sheet_bodies(ledger, [sheet.id]))
        (words,) = (words for _, words in sheet_words(ledger, [sheet.id]))
    kept = {(owner, slot): (raw, cell) for owner, slot, raw, cell in typed_raw(body, words)}
    assert body.owners == []  # nobody knows when it was
    assert kept["", "检查日期"] == ("？", "K4")
    assert kept["A1", "x"] == ("几处", "H9")
    assert kept["A1", "fault"][0] == "灶台有油污"
    assert kept["A3", "1"] == ("130", "H14")


def test_a_second_collecting_adds_nothing(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx", spec(rows={"A1.x": RowEntry("/")}))
    (of.folder.returned / "坏.xlsx").write_text("不是表格", encoding="utf-8")
    first, before = here(of), held(of)
    again = here(of)
    assert held(of) == before
    assert (again.visits, again.problems) == (first.visits, first.problems)
    assert (first.fresh, again.fresh) == (2, 0)


def test_a_corrected_file_takes_the_place_of_the_earlier(of: OpenRound) -> None:
    path = of.folder.returned / "表.xlsx"
    write(of, path, spec(rows={"A1.x": RowEntry("/")}))
    assert codes(here(of)) == [("entry-not-understood", "returned/表.xlsx")]
    write(of, path, spec(rows={"A1.x": RowEntry(3)}))
    assert uncollected(of) == 1
    found = here(of)
    assert uncollected(of) == 0
    assert codes(found) == []
    (visit,) = found.visits
    observation = visit.observation("A1")
    assert observation is not None
    assert observation.values["x"] == 3
    assert held(of)["file"] == 2


def test_two_different_files_for_one_visit(of: OpenRound) -> None:
    write(of, of.folder.returned / "b.xlsx", spec(rows={"A1.x": RowEntry(5)}))
    write(of, of.folder.returned / "a.xlsx")
    found = here(of)
    assert codes(found) == [("visit-conflict", "returned/b.xlsx")]
    assert dict(found.problems[0].params)["first"] == "returned/a.xlsx"
    assert [visit.file for visit in found.visits] == ["returned/a.xlsx"]
    shutil.move(of.folder.returned / "a.xlsx", of.folder.root / "a.xlsx")
    found = here(of)
    assert codes(found) == []
    assert [visit.file for visit in found.visits] == ["returned/b.xlsx"]


def test_the_one_that_came_first_stands(of: OpenRound) -> None:
    returned = of.folder.returned
    write(of, returned / "b.xlsx", spec(rows={"A1.x": RowEntry(5)}))
    here(of)
    write(of, returned / "a.xlsx")
    assert [visit.file for visit in here(of).visits] == ["returned/b.xlsx"]
    # Neither a correction under the same name nor another name costs a file its place.
    write(of, returned / "b.xlsx", spec(rows={"A1.x": RowEntry(6)}))
    assert [visit.file for visit in here(of).visits] == ["returned/b.xlsx"]
    (returned / "b.xlsx").rename(returned / "z.xlsx")
    assert [visit.file for visit in here(of).visits] == ["returned/z.xlsx"]


@pytest.mark.parametrize("name", ["a.xlsx", "z.xlsx", "旧/b.xlsx"])
def test_a_withdrawn_version_under_another_name_does_not_go_before_its_correction(
    of: OpenRound, name: str
) -> None:
    returned = of.folder.returned
    path = write(of, returned / "b.xlsx", spec(rows={"A1.x": RowEntry(5)}))
    withdrawn = path.read_bytes()
    here(of)
    write(of, path, spec(rows={"A1.x": RowEntry(6)}))
    here(of)
    (returned / name).parent.mkdir(exist_ok=True)
    (returned / name).write_bytes(withdrawn)
    found = here(of)
    assert codes(found) == [("visit-conflict", f"returned/{name}")]
    assert [visit.file for visit in found.visits] == ["returned/b.xlsx"]
    # The correction may change its name too.
    path.rename(returned / "m.xlsx")
    assert [visit.file for visit in here(of).visits] == ["returned/m.xlsx"]


def test_a_file_whose_name_another_record_has_now_keeps_its_place(of: OpenRound) -> None:
    returned = of.folder.returned
    moved = write(of, returned / "b.xlsx", spec(rows={"A1.x": RowEntry(5)})).read_bytes()
    here(of)
    write(of, returned / "a.xlsx", spec(rows={"A1.x": RowEntry(6)}))
    write(of, returned / "b.xlsx", spec({"同行督学": "王建国"}, inspector=INSPECTORS[1]))
    (returned / "z.xlsx").write_bytes(moved)
    found = here(of)
    assert ("visit-conflict", "returned/a.xlsx") in codes(found)


def test_a_file_that_is_gone_is_missed(of: OpenRound) -> None:
    path = write(of, of.folder.returned / "表.xlsx")
    write(of, of.folder.returned / "乙.xlsx", spec({"同行督学": "王建国"}, inspector=INSPECTORS[1]))
    assert codes(here(of)) == []
    path.unlink()
    found = here(of)
    assert codes(found) == [("file-gone", "returned/表.xlsx")]
    assert [visit.file for visit in found.visits] == ["returned/乙.xlsx"]
    write(of, of.folder.returned / "又来.xlsx")
    assert codes(here(of)) == []


def test_a_copy_that_says_the_same_is_no_conflict(of: OpenRound) -> None:
    path = write(of, of.folder.returned / "表.xlsx")
    shutil.copy(path, of.folder.returned / "表 - 副本.xlsx")
    openpyxl.load_workbook(path).save(of.folder.returned / "另存.xlsx")
    found = here(of)
    assert codes(found) == []
    assert len(found.visits) == 1


def huge(path: Path) -> None:
    """Cells so far apart that the reader runs out of memory and aborts."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = sheet["XFD1048576"] = 1
    book.save(path)


def test_one_bad_file_costs_no_other(of: OpenRound) -> None:
    returned = of.folder.returned
    good = write(of, returned / "好.xlsx")
    huge(returned / "大.xlsx")
    (returned / "断.xlsx").write_bytes(good.read_bytes()[:9000])
    (returned / "文.xlsx").write_text("检查情况见附件", encoding="utf-8")
    (returned / "空.xls").write_bytes(b"")
    (returned / "金山.et").write_bytes(b"\xd0\xcf\x11\xe0")
    found = here(of, workers=2)
    assert [visit.file for visit in found.visits] == ["returned/好.xlsx"]
    assert sorted(codes(found)) == sorted(
        [
            ("returned-wps", "returned/金山.et"),
            *(
                ("workbook-unreadable", f"returned/{name}")
                for name in ("大.xlsx", "断.xlsx", "文.xlsx", "空.xls")
            ),
        ]
    )


def test_lock_files_hidden_files_and_those_of_systems_are_passed_over(of: OpenRound) -> None:
    for name in ("~$表.xlsx", ".表.xlsx", "desktop.ini", "Thumbs.db"):
        (of.folder.returned / name).write_bytes(b"x")
    (of.folder.returned / "__MACOSX").mkdir()
    (of.folder.returned / "__MACOSX" / "._表.xlsx").write_bytes(b"x")
    found = here(of)
    assert (found.files, found.problems) == (0, ())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("第一小学.docx", "returned-paper"),
        ("第一小学.PDF", "returned-paper"),
        ("第一小学.wps", "returned-paper"),
        ("第一小学.jpg", "returned-recordings"),
        ("全部.zip", "returned-archive"),
        ("全部.rar", "returned-archive"),
        ("第一小学.et", "returned-wps"),
        ("第一小学", "workbook-unreadable"),
    ],
)
def test_what_is_no_workbook_is_told(of: OpenRound, name: str, code: str) -> None:
    (of.folder.returned / name).write_bytes(b"x")
    assert codes(here(of)) == [(code, f"returned/{name}")]


def test_of_photographs_the_first_in_every_folder_is_told(of: OpenRound) -> None:
    for folder in ("一组", "二组"):
        (of.folder.returned / folder).mkdir()
        for number in range(3):
            (of.folder.returned / folder / f"{number}.jpg").write_bytes(b"x")
    assert sorted(codes(here(of))) == [
        ("returned-recordings", "returned/一组/0.jpg"),
        ("returned-recordings", "returned/二组/0.jpg"),
    ]


@pytest.mark.parametrize("ending", ["", ".zip", ".docx", ".1"])
def test_a_workbook_of_another_ending_is_known_by_its_content(of: OpenRound, ending: str) -> None:
    write(of, of.folder.returned / "表.xlsx").rename(of.folder.returned / f"表{ending}")
    assert codes(here(of)) == [("workbook-ending", f"returned/表{ending}")]


def test_a_link_to_the_folder_above_is_not_followed(of: OpenRound) -> None:
    below = of.folder.returned / "一组"
    below.mkdir()
    (below / "说明.csv").write_text("学校", encoding="utf-8")
    (below / "回到上面").symlink_to(of.folder.returned, target_is_directory=True)
    _, others = returned_files(of.folder.returned)
    assert others == [below / "回到上面", below / "说明.csv"]


def test_processes_read_what_one_process_reads(of: OpenRound, tmp_path: Path) -> None:
    for number, inspector in enumerate(INSPECTORS * 5):
        sheet = spec(rows={"A1.x": RowEntry(number)}, inspector=inspector)
        write(of, of.folder.returned / f"{number:02}.xlsx", sheet)
    told: list[tuple[int, int]] = []
    apart = collect(of, lambda done, due: told.append((done, due)), workers=2)
    shutil.move(of.folder.returned, tmp_path / "again" / "returned")
    again = replace(of, folder=Folder(tmp_path / "again"), shared=None)
    together = collect(again, workers=0)
    assert (apart.visits, apart.problems) == (together.visits, together.problems)
    assert told[-1] == (20, 20)
    assert len(apart.visits) == 4


def test_a_changed_round_reads_again(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx")
    assert len(here(of).visits) == 1
    later = Period(since=date(2026, 4, 1), until=date(2026, 4, 30))
    moved = replace(of, round=of.round.model_copy(update={"window": later}))
    assert codes(collected(moved)) == [("ledger-stale", of.ledger_name)]
    found = here(moved)
    assert codes(found) == [("visit-outside", "returned/表.xlsx")]
    assert found.visits == ()
    assert len(here(of).visits) == 1


def test_the_ledger_refuses_to_change_or_delete(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx", spec(rows={"A1.x": RowEntry("/")}))
    here(of)
    assert held(of)["sheet"]
    assert held(of)["acts"]
    with ledger_of(of) as ledger:
        for table in GUARDED:
            (id,) = table.primary_key
            for statement in (delete(table), update(table).values({id: id})):
                with (
                    pytest.raises(IntegrityError, match="append-only"),
                    ledger.execution_options(writing=True).begin() as connection,
                ):
                    connection.execute(statement)
    assert held(of)["sweep"] == 1


def test_a_file_with_several_sheets_keeps_the_good_ones(of: OpenRound) -> None:
    party = replace(
        spec(), school=SCHOOLS[1], rubric="party", entries=SheetEntries(HEAD | {"检查日期": ""}, {})
    )
    write(of, of.folder.returned / "表.xlsx", spec(), party)
    found = here(of)
    assert [visit.key.rubric for visit in found.visits] == ["kitchen"]
    assert codes(found) == [("head-missing", "returned/表.xlsx")]
    with ledger_of(of) as ledger:
        assert len(held_records(ledger, sheets(ledger))) == 1

"""The folder of marked copies, and corrected copies that come back."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from pathlib import Path

import openpyxl
import pytest

from inspections.chasing.status import round_status
from inspections.collecting.collecting import Collected, collect
from inspections.collecting.decision_making import judge_file
from inspections.collecting.marked_copies import Marked, write_marked_copies
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.ledger.erasing import erase_school
from inspections.ledger.of_round import ledger_of
from inspections.round.opened import OpenRound
from inspections.round.own_files import LIST, own_files
from inspections.workbook.form.contents import RowEntry, SheetEntries
from rubrics.messages.problems import Problem
from tests.inspections.small_round import HEAD, INSPECTORS, entry_cell, small_round, spec, write

WRONG = {"A1.x": RowEntry("几处"), "A4.have": RowEntry(9)}


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    made = small_round(tmp_path)
    made.folder.returned.mkdir()
    return made


def sweep(of: OpenRound) -> tuple[Collected, Marked, list[Problem]]:
    found = collect(of, workers=0)
    return found, *write_marked_copies(of, found.problems)


def there(of: OpenRound) -> list[str]:
    folder = of.folder.marked
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.xls*"))


def codes(problems: tuple[Problem, ...] | list[Problem]) -> list[tuple[str, str]]:
    return [(item.code, item.place.file) for item in problems]


def corrected(of: OpenRound, path: Path, into: Path, **entries: object) -> Path:
    """Saves a workbook with some cells of the first school's kitchen changed."""
    book = openpyxl.load_workbook(path)
    for address, value in entries.items():
        book["第一小学"][entry_cell(of, address.replace("_", "."))] = value
    into.parent.mkdir(parents=True, exist_ok=True)
    book.save(into)
    return into


def test_only_files_in_trouble_are_marked(of: OpenRound) -> None:
    returned = of.folder.returned
    write(of, returned / "一组" / "错.xlsx", spec(rows=WRONG))
    write(of, returned / "对.xlsx", spec({"同行督学": "王建国"}, inspector=INSPECTORS[1]))
    noted = spec(rows={"A7": RowEntry("11点30")}, inspector=INSPECTORS[2])
    write(of, returned / "说明.xlsx", noted)
    (returned / "坏.xlsx").write_text("不是表格", encoding="utf-8")
    book = openpyxl.Workbook()
    book.worksheets[0].append(["学校", "得分"])
    book.save(returned / "自制.xlsx")
    _, made, met = sweep(of)
    assert there(of) == ["一组/错.xlsx"]
    assert (made, met) == (Marked(1, 1, 0), [])


def test_written_once_and_removed_when_put_right(of: OpenRound) -> None:
    path = write(of, of.folder.returned / "组" / "表.xlsx", spec(rows=WRONG))
    copy = of.folder.marked / "组" / "表.xlsx"
    assert sweep(of)[1] == Marked(1, 1, 0)
    first = copy.read_bytes()
    assert sweep(of)[1] == Marked(1, 0, 0)
    shutil.rmtree(of.folder.marked)
    assert sweep(of)[1] == Marked(1, 1, 0)
    assert copy.read_bytes() == first
    write(of, path)
    assert sweep(of)[1] == Marked(0, 0, 1)
    assert not of.folder.marked.exists()


def test_what_is_erased_is_not_copied_again(of: OpenRound) -> None:
    path = write(of, of.folder.returned / "表.xlsx", spec(rows=WRONG))
    data = path.read_bytes()
    sweep(of)
    path.unlink()
    assert sweep(of)[1] == Marked(0, 0, 1)
    with ledger_of(of) as ledger:
        assert erase_school(ledger, "21068101", By("局长", "按规定")).count
    path.write_bytes(data)
    found, made, _ = sweep(of)
    assert codes(found.problems) == [("file-erased", "returned/表.xlsx")]
    assert made == Marked(0, 0, 0)


def test_an_edited_copy_is_never_written_over(of: OpenRound) -> None:
    path = write(of, of.folder.returned / "表.xlsx", spec(rows=WRONG))
    sweep(of)
    copy = corrected(of, of.folder.marked / "表.xlsx", of.folder.marked / "表.xlsx", A1_x=2)
    edited = copy.read_bytes()
    assert codes(sweep(of)[2]) == [("marked-edited", "marked/表.xlsx")]
    write(of, path, spec(rows={"A1.x": RowEntry("多处")}))
    assert codes(sweep(of)[2]) == [("marked-edited", "marked/表.xlsx")]
    path.unlink()
    assert codes(sweep(of)[2]) == [("marked-edited", "marked/表.xlsx")]
    assert copy.read_bytes() == edited
    shutil.copy(copy, of.folder.returned / "交回.xlsx")
    assert codes(sweep(of)[2]) == []
    assert there(of) == ["交回.xlsx"]


def test_a_copy_that_cannot_be_written_is_told(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx", spec(rows=WRONG))
    of.folder.marked.mkdir()
    (of.folder.marked / "表.xlsx").mkdir()
    _, made, met = sweep(of)
    assert codes(met) == [("output-locked", "marked/表.xlsx")]
    assert made == Marked(0, 0, 0)


def test_a_correction_under_any_name_takes_the_originals_place(of: OpenRound) -> None:
    returned = of.folder.returned
    write(of, returned / "表.xlsx", spec(rows=WRONG))
    shutil.copy(returned / "表.xlsx", returned / "表 - 副本.xlsx")
    openpyxl.load_workbook(returned / "表.xlsx").save(returned / "另存.xlsx")
    sweep(of)
    for name in ("0 先.xlsx", "子/改好.xlsx"):
        back = corrected(of, of.folder.marked / "表.xlsx", returned / name, A1_x=2, A4_have=5)
        found, made, _ = sweep(of)
        assert codes(found.problems) == []
        assert [visit.file for visit in found.visits] == [f"returned/{name}"]
        assert made.copies == 0
        assert [item.troubled for item in round_status(of).raters if item.back] == [0]
        back.unlink()
        sweep(of)


def test_chains_hold_without_their_middle(of: OpenRound) -> None:
    returned, marked = of.folder.returned, of.folder.marked
    write(of, returned / "表.xlsx", spec(rows=WRONG))
    sweep(of)
    corrected(of, marked / "表.xlsx", returned / "改1.xlsx", A1_x=2)
    found, _, _ = sweep(of)
    assert codes(found.problems) == [("ratio-above-one", "returned/改1.xlsx")]
    assert there(of) == ["改1.xlsx"]
    corrected(of, marked / "改1.xlsx", returned / "改2.xlsx", A4_have=5)
    for gone in ("", "改1.xlsx", "表.xlsx"):
        if gone:
            (returned / gone).unlink()
        of.folder.ledger.unlink()
        found, made, _ = sweep(of)
        assert codes(found.problems) == []
        assert [visit.file for visit in found.visits] == ["returned/改2.xlsx"]
        assert made.copies == 0


def test_two_corrections_of_one_file_conflict(of: OpenRound) -> None:
    returned = of.folder.returned
    write(of, returned / "表.xlsx", spec(rows=WRONG))
    sweep(of)
    copy = of.folder.marked / "表.xlsx"
    kept = io.BytesIO(copy.read_bytes())
    for first, second, counts in (("a.xlsx", "b.xlsx", (2, 3)), ("b.xlsx", "a.xlsx", (4, 5))):
        for name, count in zip((first, second), counts, strict=True):
            copy.write_bytes(kept.getvalue())
            corrected(of, copy, returned / name, A1_x=count, A4_have=5)
        found = collect(of, workers=0)
        assert codes(found.problems) == [("visit-conflict", "returned/b.xlsx")]
        assert [visit.file for visit in found.visits] == ["returned/a.xlsx"]
    # What its own name has taken back does not go before that under another name.
    (returned / "b.xlsx").replace(returned / "a.xlsx")
    copy.write_bytes(kept.getvalue())
    corrected(of, copy, returned / "b.xlsx", A1_x=6, A4_have=5)
    found = collect(of, workers=0)
    assert codes(found.problems) == [("visit-conflict", "returned/a.xlsx")]
    assert [visit.file for visit in found.visits] == ["returned/b.xlsx"]


def test_a_correction_of_the_accepted_sheet_needs_no_other_decision(of: OpenRound) -> None:
    returned = of.folder.returned
    write(of, returned / "a.xlsx")
    write(of, returned / "b.xlsx", spec(rows=WRONG))
    sweep(of)
    by = By("张主任", "到校复核")
    assert judge_file(of, Verdict.ACCEPT, "b.xlsx", "", by)[1] == []
    corrected(of, of.folder.marked / "b.xlsx", returned / "交回.xlsx", A1_x=3, A4_have=5)
    found = collect(of, workers=0)
    assert codes(found.problems) == []
    assert [visit.file for visit in found.visits] == ["returned/交回.xlsx"]


def test_each_sheet_is_corrected_for_itself(of: OpenRound) -> None:
    returned = of.folder.returned
    party = spec(rubric="party", entries=SheetEntries(HEAD, {"A1": RowEntry("九九")}))
    write(of, returned / "团.xlsx", spec(rows=WRONG), party)
    sweep(of)
    book = openpyxl.load_workbook(of.folder.marked / "团.xlsx")
    _, _, kitchen, other, *_ = book.sheetnames
    for address, value in (("A1.x", 2), ("A4.have", 5)):
        book[kitchen][entry_cell(of, address)] = value
    book.save(returned / "改.xlsx")
    found, made, _ = sweep(of)
    assert codes(found.problems) == [("entry-not-understood", "returned/改.xlsx")]
    assert {visit.file for visit in found.visits} == {"returned/改.xlsx"}
    assert there(of) == ["改.xlsx"]
    del book[other]
    book.save(returned / "改.xlsx")
    found, made, _ = sweep(of)
    assert codes(found.problems) == [("entry-not-understood", "returned/团.xlsx")]
    counted = {(visit.key.rubric, visit.file) for visit in found.visits}
    assert counted == {("kitchen", "returned/改.xlsx"), ("party", "returned/团.xlsx")}
    assert (there(of), made.copies) == (["团.xlsx"], 1)


def test_new_mistakes_are_marked_anew(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx", spec(rows=WRONG))
    sweep(of)
    new = {"A1_x": 2, "A4_have": 5, "A7": "瞎写"}
    corrected(of, of.folder.marked / "表.xlsx", of.folder.returned / "表.xlsx", **new)
    found, made, met = sweep(of)
    assert codes(found.problems) == [("entry-not-understood", "returned/表.xlsx")]
    assert (made, met) == (Marked(1, 1, 0), [])
    last = {"A7": "11:30"}
    corrected(of, of.folder.marked / "表.xlsx", of.folder.returned / "再改.xlsx", **last)
    found, made, _ = sweep(of)
    assert (codes(found.problems), made.copies) == ([], 0)
    assert [visit.file for visit in found.visits] == ["returned/再改.xlsx"]


def test_a_correction_without_a_date_does_not_cost_the_visit(of: OpenRound) -> None:
    returned = of.folder.returned
    write(of, returned / "表.xlsx", spec(rows=WRONG))
    sweep(of)
    book = openpyxl.load_workbook(of.folder.marked / "表.xlsx")
    book["第一小学"]["K4"] = None
    book.save(returned / "改.xlsx")
    found, _, _ = sweep(of)
    assert [visit.file for visit in found.visits] == ["returned/表.xlsx"]
    assert ("head-missing", "returned/改.xlsx") in codes(found.problems)


def test_an_undated_original_is_put_right_too(of: OpenRound) -> None:
    returned = of.folder.returned
    write(of, returned / "表.xlsx", spec({"检查日期": ""}))
    assert sweep(of)[0].visits == ()
    book = openpyxl.load_workbook(of.folder.marked / "表.xlsx")
    book["第一小学"]["K4"] = "2026-03-05"
    book.save(returned / "改.xlsx")
    found, made, _ = sweep(of)
    assert [visit.file for visit in found.visits] == ["returned/改.xlsx"]
    assert (codes(found.problems), made.copies) == ([], 0)


def test_a_copy_sent_back_as_it_was_stands_for_the_original(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx", spec(rows=WRONG))
    sweep(of)
    data = (of.folder.marked / "表.xlsx").read_bytes()
    (of.folder.returned / "没改.xlsx").write_bytes(data)
    found, made, _ = sweep(of)
    assert {item.place.file for item in found.problems} == {"returned/没改.xlsx"}
    assert [visit.digest for visit in found.visits] == [hashlib.sha256(data).hexdigest()]
    assert there(of) == ["没改.xlsx"]
    assert made == Marked(1, 1, 1)


def test_a_list_that_an_earlier_version_left_is_understood(of: OpenRound) -> None:
    returned, marked = of.folder.returned, of.folder.marked
    for number, name in enumerate(("一组/赵甲/甲.xlsx", "乙.xlsx", "丙.xlsx")):
        write(of, returned / name, spec(rows=WRONG, inspector=INSPECTORS[number]))
    assert sweep(of)[1] == Marked(3, 3, 0)
    listed = own_files(of.folder, marked).listed
    earlier = {name: [item.origin, item.digest] for name, item in listed.items()}
    text = json.dumps(dict(sorted(earlier.items())), ensure_ascii=False, indent=1)
    (marked / ".written.json").write_text(f"{text}\n", encoding="utf-8")
    (marked / LIST).unlink()
    write(of, returned / "乙.xlsx", spec({"同行督学": "王建国"}, inspector=INSPECTORS[1]))
    corrected(of, marked / "丙.xlsx", marked / "丙.xlsx", A1_x=2)
    _, made, met = sweep(of)
    assert (made, codes(met)) == (Marked(2, 0, 1), [("marked-edited", "marked/丙.xlsx")])
    assert there(of) == ["一组/赵甲/甲.xlsx", "丙.xlsx"]
    assert not (marked / ".written.json").exists()
    assert own_files(of.folder, marked).listed == {
        name: item for name, item in listed.items() if name != "乙.xlsx"
    }


def test_a_name_that_is_no_text_is_copied_too(of: OpenRound) -> None:
    name = os.fsdecode("表".encode() + b"\xff\n.xlsx")
    try:
        write(of, of.folder.returned / name, spec(rows=WRONG))
    except (OSError, ValueError):
        pytest.skip("the file system has no such names")
    assert sweep(of)[1:] == (Marked(1, 1, 0), [])
    assert sweep(of)[1:] == (Marked(1, 0, 0), [])
    (of.folder.returned / name).unlink()
    assert sweep(of)[1:] == (Marked(0, 0, 1), [])

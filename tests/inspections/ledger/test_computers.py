"""Several computers share a ledger, each with a folder of its own: what counts is what any has."""

from __future__ import annotations

import json
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from inspections.chasing.status import round_status
from inspections.collecting import collecting
from inspections.collecting.collecting import Collected, collect
from inspections.collecting.history import COUNTS, PASSED_OVER, history
from inspections.collecting.looking import Looker
from inspections.collecting.publishing import edited
from inspections.ledger.chain import By
from inspections.ledger.computers import Looking, contributing
from inspections.ledger.decisions import Verdict
from inspections.ledger.of_round import ledger_of, open_round
from inspections.ledger.past import diary
from inspections.round.opened import OpenRound
from inspections.round.this_computer import FILE
from inspections.steps.computers import release_computer
from inspections.steps.deciding import decide_file, decide_item
from inspections.steps.erasing import erase_school
from inspections.steps.looking_back import verify_ledger
from inspections.workbook.form.contents import RowEntry
from reports.steps.reporting import report_round
from reports.steps.running import run_round
from scoring.steps.scoring import write_scores
from tests.inspections.small_round import INSPECTORS, SCHOOLS, spec, write
from tests.inspections.started_round import started

BY = By("张主任", "电脑报废")


def opened_at(root: Path) -> OpenRound:
    of, problems = open_round(root)
    assert of is not None, [item.code for item in problems]
    return of


@dataclass
class Bureau:
    """A round on computer A, and how it is taken to another."""

    a: Path
    address: str

    def other(self, name: str = "B") -> Path:
        root = self.a.parent / name
        shutil.copytree(self.a, root)
        shutil.rmtree(root / "returned")
        (root / "returned").mkdir()
        (root / FILE).unlink(missing_ok=True)
        return root


@pytest.fixture
def bureau(tmp_path: Path, postgresql: str) -> Bureau:
    root = tmp_path / "A"
    started(root, id="几台" + uuid.uuid4().hex, ledger=postgresql)
    return Bureau(root, postgresql)


def put(root: Path, name: str, inspector: int = 0, **rows: object) -> Path:
    typed = {key.replace("_", "."): RowEntry(value) for key, value in rows.items()}  # type: ignore[arg-type]
    of = opened_at(root)
    return write(of, root / "returned" / name, spec(rows=typed, inspector=INSPECTORS[inspector]))


def take_in(root: Path) -> Collected:
    return collect(opened_at(root), workers=0, by=BY)


def files(found: Collected) -> list[str]:
    return [visit.file for visit in found.visits]


def codes(found: Collected) -> set[str]:
    return {item.code for item in found.problems}


def results(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "results").iterdir()}


def test_visits_of_both_stay(bureau: Bureau) -> None:
    a, b = bureau.a, bureau.other()
    put(a, "甲.xlsx")
    put(b, "乙.xlsx", 1)
    assert files(take_in(a)) == ["returned/甲.xlsx"]
    assert files(take_in(b)) == ["returned/乙.xlsx", "returned/甲.xlsx"]
    found = take_in(a)
    assert files(found) == ["returned/乙.xlsx", "returned/甲.xlsx"]
    assert not {"file-gone", "computer-settings", "computer-basis"} & codes(found)
    told = round_status(opened_at(b)).computers
    assert [(one.name, one.here, one.files, one.sheets) for one in told] == [
        ("电脑1", False, 1, 1),
        ("电脑2", True, 1, 1),
    ]
    assert all(one.at and one.who == BY.who for one in told)


def test_a_sheet_is_gone_when_nobody_has_it(bureau: Bureau) -> None:
    a, b = bureau.a, bureau.other()
    shutil.copy(put(a, "甲.xlsx"), b / "returned" / "甲.xlsx")
    assert len(take_in(a).visits) == len(take_in(b).visits) == 1
    (a / "returned" / "甲.xlsx").unlink()
    assert len(take_in(a).visits) == 1
    (b / "returned" / "甲.xlsx").unlink()
    found = take_in(b)
    assert files(found) == []
    assert "file-gone" in codes(found)


def test_a_correction_on_one_takes_the_place_of_what_the_other_has(bureau: Bureau) -> None:
    a, b = bureau.a, bureau.other()
    old = put(a, "甲.xlsx", A1_x=2)
    shutil.copy(old, b / "returned" / "还在.xlsx")
    take_in(a)
    put(a, "甲.xlsx", A1_x=3)
    take_in(a)
    # What was withdrawn on A comes late, on B, under another name.
    for root in (b, a):
        (visit,) = take_in(root).visits
        seen = visit.observation("A1")
        assert seen is not None
        assert (visit.file, str(seen.values["x"])) == ("returned/甲.xlsx", "3")


def test_the_same_name_with_other_contents_is_told_apart(bureau: Bureau) -> None:
    a, b = bureau.a, bureau.other()
    put(a, "表.xlsx", A1_x=2)
    put(b, "表.xlsx", A1_x=3)
    take_in(a)
    found = take_in(b)
    assert files(found) == ["returned/表（电脑1）.xlsx"]
    (wrong,) = [one for one in found.problems if one.code == "visit-conflict"]
    assert wrong.place.file == "returned/表（电脑2）.xlsx"
    made, problems = decide_file(a, Verdict.ACCEPT, "returned/表.xlsx", BY)
    assert made is None
    assert "表（电脑1）.xlsx" in problems[-1].remedy
    made, _ = decide_file(a, Verdict.ACCEPT, "表（电脑2）.xlsx", BY)
    assert made is not None
    for root in (a, b):
        assert files(take_in(root)) == ["returned/表（电脑2）.xlsx"]
    told = {step.file: step.standing for step in history(opened_at(a), SCHOOLS[0].id).steps}
    assert told == {"returned/表（电脑1）.xlsx": PASSED_OVER, "returned/表（电脑2）.xlsx": COUNTS}


def test_results_are_the_same_on_both(bureau: Bureau) -> None:
    a, b = bureau.a, bureau.other()
    put(a, "甲.xlsx", A1_x=1)
    place = a / "evidence" / SCHOOLS[0].id
    place.mkdir(parents=True)
    Image.effect_noise((640, 480), 90).save(place / "1号笔录.jpg")
    put(b, "乙.xlsx", 1, A1_x="几处")
    for root in (a, b, a, b):
        done, problems = run_round(root)
        assert done is not None, problems
    assert results(a) == results(b)
    assert not {"evidence-not-found", "evidence-not-sent"} & {item.code for item in problems}
    (visit,) = [one for one in take_in(b).visits if one.file == "returned/甲.xlsx"]
    seen = visit.observation("A1")
    assert seen is not None
    assert [proof.file for proof in seen.proof] == [f"evidence/{SCHOOLS[0].id}/1号笔录.jpg"]
    # What the bureau decides on one holds on the other, whose results are older than that.
    decided, _ = decide_item(a, Verdict.CORRECT, SCHOOLS[0].name, "kitchen", "A1.x", BY, value="3")
    assert decided is not None
    assert write_scores(a)[0] is not None
    told, problems = report_round(b)
    assert (told, [item.code for item in problems]) == (None, ["results-outdated"])
    assert write_scores(b)[0] is not None
    assert report_round(b)[0] is not None
    assert write_scores(a)[0] is not None
    told_on_a, told_on_b = ({**results(root)} for root in (a, b))
    # What a bulletin was made from is written with it, and that was on one of them so far.
    assert told_on_a.pop("bulletin.json") != told_on_b.pop("bulletin.json")
    assert told_on_a == told_on_b
    assert report_round(a)[0] is not None
    assert results(a)["bulletin.json"] == results(b)["bulletin.json"]
    assert edited(opened_at(a)) == edited(opened_at(b)) == []
    for root in (a, b):
        checked, _ = verify_ledger(root)
        assert checked is not None
        assert checked.changed == ()


def test_a_computer_is_let_go_and_comes_back(bureau: Bureau) -> None:
    a, b = bureau.a, bureau.other()
    put(a, "甲.xlsx")
    put(b, "乙.xlsx", 1)
    take_in(a)
    take_in(b)
    for name, code in (("电脑9", "computer-unknown"), ("电脑1", "computer-here")):
        done, problems = release_computer(a, name, BY)
        assert (done, problems[-1].code) == (None, code)
    done, _ = release_computer(a, "电脑2", BY)
    assert done is not None
    with ledger_of(opened_at(a)) as ledger:
        last = diary(ledger)[-1]
    assert (last.kind, last.who, last.why) == ("release", *BY)
    found = take_in(a)
    assert files(found) == ["returned/甲.xlsx"]
    assert "file-gone" in codes(found)
    assert [one.name for one in round_status(opened_at(a)).computers] == ["电脑1"]
    assert len(take_in(b).visits) == 2


def test_a_copied_folder_is_another_computer(bureau: Bureau) -> None:
    a = bureau.a
    put(a, "甲.xlsx")
    take_in(a)
    b = a.parent / "拷贝"
    shutil.copytree(a, b)
    (b / "returned" / "甲.xlsx").unlink()
    found = take_in(b)
    assert "computer-copied" in codes(found)
    assert files(found) == ["returned/甲.xlsx"]
    assert "computer-copied" not in codes(take_in(b))
    # A folder that is renamed stays what it is.
    a.rename(a.parent / "改名")
    assert not {"computer-copied", "computer-new"} & codes(take_in(a.parent / "改名"))
    assert len(round_status(opened_at(b)).computers) == 2


def test_a_copy_that_looks_like_the_same_place_is_found_out(bureau: Bureau) -> None:
    a = bureau.a
    put(a, "甲.xlsx")
    take_in(a)
    kept = (a / FILE).read_bytes()
    put(a, "乙.xlsx", 1)
    take_in(a)  # so does the other disk, of which this one is a clone
    (a / FILE).write_bytes(kept)
    (a / "returned" / "乙.xlsx").unlink()
    found = take_in(a)
    assert "computer-copied" in codes(found)
    assert len(found.visits) == 2


def test_nothing_tells_whose_a_computer_is(bureau: Bureau) -> None:
    import platform

    take_in(bureau.a)
    kept = json.loads((bureau.a / FILE).read_bytes())
    assert [sorted(one) for one in kept] == [["folder", "id", "place", "turns"]]
    assert platform.node() not in (bureau.a / FILE).read_text()


def test_settings_that_differ_are_named(bureau: Bureau) -> None:
    a, b = bureau.a, bureau.other()
    put(a, "甲.xlsx")
    take_in(a)
    text = (b / "round.yaml").read_text(encoding="utf-8")
    changed = text.replace("inspectors: mean", "inspectors: worst")
    (b / "round.yaml").write_text(changed, encoding="utf-8")
    for root, there, here in ((b, "mean", "worst"), (a, "worst", "mean")):
        (told,) = [one for one in take_in(root).problems if one.code == "computer-settings"]
        assert f"combining.inspectors 那边 {there}，这里 {here}" in told.message
    (b / "round.yaml").write_text(text, encoding="utf-8")
    take_in(b)
    assert "computer-settings" not in codes(take_in(a))
    roster = b / "roster" / "inspectors.csv"
    roster.write_text(roster.read_text(encoding="utf-8").replace("张伟", "张大伟", 1), "utf-8")
    take_in(b)
    (told,) = [one for one in take_in(a).problems if one.code == "computer-basis"]
    assert "电脑2" in told.message
    assert "scoring" not in told.remedy  # no command with this computer's folder runs on that one


def test_a_round_of_another_bureau_is_refused(bureau: Bureau, tmp_path: Path) -> None:
    put(bureau.a, "甲.xlsx")
    take_in(bureau.a)
    (tmp_path / "别处").mkdir()
    id = opened_at(bureau.a).round.id
    other = tmp_path / "别处" / "C"
    started(other, id=id, ledger=bureau.address)
    with ledger_of(opened_at(bureau.a)) as ledger:
        before = len(diary(ledger))
    for refused in (run_round(other), report_round(other), write_scores(other)):
        assert refused[0] is None
        assert [item.code for item in refused[1]] == ["ledger-other-round"]
    with ledger_of(opened_at(bureau.a)) as ledger:
        assert len(diary(ledger)) == before
    mark = "&" if "?" in bureau.address else "?"
    apart, problems = open_round(other, f"{bureau.address}{mark}schema=别处")
    assert apart is not None, problems
    assert files(collect(apart, workers=0)) == []
    assert len(take_in(bureau.a).visits) == 1


def test_an_older_ledger_goes_to_the_round_that_worked_with_it(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(bureau.a, "甲.xlsx")
    with monkeypatch.context() as then:
        then.setattr("inspections.ledger.versions.bind", lambda *_: None)
        then.setattr(collecting, "looker", lambda *_: Looker(Looking()))
        take_in(bureau.a)
        assert write_scores(bureau.a)[0] is not None
    (tmp_path / "别处").mkdir()
    other = tmp_path / "别处" / "C"
    started(other, id=opened_at(bureau.a).round.id, ledger=bureau.address)
    found, problems = open_round(other)
    assert (found, problems[-1].code) == (None, "ledger-unproven")
    # Rosters may have changed since: what the folder has from it shows whose it is.
    roster = bureau.a / "roster" / "inspectors.csv"
    roster.write_text(roster.read_text(encoding="utf-8").replace("张伟", "张大伟", 1), "utf-8")
    assert files(take_in(bureau.a)) == ["returned/甲.xlsx"]
    assert [item.code for item in open_round(other)[1]] == ["ledger-other-round"]
    # It was this computer that had collected.
    with ledger_of(opened_at(bureau.a)) as ledger, ledger.connect() as connection:
        assert [one.computer.name for one in contributing(connection)] == ["电脑1"]


def test_what_is_to_be_erased_is_named_with_its_computer(bureau: Bureau) -> None:
    a, b = bureau.a, bureau.other()
    put(a, "甲.xlsx")
    put(b, "乙.xlsx", 1)
    take_in(a)
    take_in(b)
    done, problems = erase_school(a, SCHOOLS[0].id, BY)
    assert done is None
    for name in ("returned/甲.xlsx（在电脑1）", "returned/乙.xlsx（在电脑2）"):
        assert name in problems[-1].remedy


def test_a_ledger_in_the_folder_needs_no_number(tmp_path: Path) -> None:
    of = started(tmp_path / "A")
    write(of, of.folder.returned / "甲.xlsx")
    assert files(collect(of, workers=0)) == ["returned/甲.xlsx"]
    assert not (of.folder.root / FILE).exists()
    assert round_status(of).computers == ()
    (of.folder.returned / "甲.xlsx").unlink()
    assert "file-gone" in codes(collect(of, workers=0))
    _, problems = release_computer(of.folder.root, "电脑1", BY)
    assert problems[-1].code == "computer-unknown"

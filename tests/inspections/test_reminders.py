"""Who is chased for what: the matters, the list as a workbook, the texts to send."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from inspections.chasing.open_matters import Kind
from inspections.chasing.reminders import LIST, TEXTS, write_reminders
from inspections.chasing.status import Status, round_status
from inspections.chasing.status_lines import status_lines
from inspections.chasing.texts import texts
from inspections.collecting.collecting import collect
from inspections.collecting.decision_making import judge_file
from inspections.collecting.marked_copies import write_marked_copies
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.round.opened import OpenRound
from inspections.round.school import Assignment, DrawnTeam, Inspector, Roster
from inspections.workbook.form.contents import RowEntry
from tests.conftest import Convert
from tests.inspections.small_round import INSPECTORS, small_round, spec, write

HOME = TEXTS["each"]

WRONG = {"A1.x": RowEntry("几处"), "A4.have": RowEntry(9)}


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    made = small_round(tmp_path / "批次")
    made.folder.returned.mkdir(parents=True)
    return made


def sweep(of: OpenRound) -> Status:
    found = collect(of, workers=0)
    write_marked_copies(of, found.problems)
    return round_status(of)


def open_(now: Status) -> list[tuple[Kind, str, str, str]]:
    return [(item.kind, item.inspector, item.rubric, item.file) for item in now.matters]


def contents(of: OpenRound) -> dict[str, bytes]:
    folder = of.folder.reminders
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def returned_everything(of: OpenRound) -> None:
    """What an inspector of the first team still owes beside the kitchen."""
    for number, key in enumerate(item.key for item in round_status(of).matters if item.key):
        rows = {"A1": RowEntry(2)} if key.rubric == "party" else {}
        of_whom = of.roster.inspectors[key.inspector]
        made = spec({"同行督学": _other(of, of_whom)}, inspector=of_whom, team=of_whom.team)
        made = replace(made, school=of.roster.schools[key.school], rubric=key.rubric)
        if rows:
            assert made.entries is not None
            made = replace(made, entries=replace(made.entries, rows=rows))
        write(of, of.folder.returned / f"{number}.xlsx", made)


def _other(of: OpenRound, whose: Inspector) -> str:
    team = [item for item in of.roster.inspectors.values() if item.team == whose.team]
    return next(item.id for item in team if item is not whose)


def test_what_is_missing_in_trouble_or_refused(of: OpenRound) -> None:
    returned = of.folder.returned
    write(of, returned / "错.xlsx", spec(rows=WRONG | {"A7": RowEntry("11点30")}))
    undated = spec({"同行督学": "王建国", "检查日期": ""}, inspector=INSPECTORS[1])
    write(of, returned / "没有日期.xlsx", undated)
    (returned / "王建国").mkdir()
    (returned / "王建国" / "坏.xlsx").write_text("不是表格", encoding="utf-8")
    now = sweep(of)
    assert open_(now) == [
        (Kind.MISSING, "王建国", "党建细则", ""),
        (Kind.ERRORS, "王建国", "食堂细则", "returned/错.xlsx"),
        (Kind.MISSING, "李 秀", "党建细则", ""),
        (Kind.UNCOUNTED, "李 秀", "食堂细则", "returned/没有日期.xlsx"),
        (Kind.MISSING, "张伟", "党建细则", ""),
        (Kind.MISSING, "张伟", "党建细则", ""),
        (Kind.REFUSED, "王建国", "", "returned/王建国/坏.xlsx"),
    ]
    wrong = now.matters[1]
    assert (wrong.errors, wrong.warnings, wrong.marked) == (2, 0, "marked/错.xlsx")
    assert wrong.message.startswith("“几处”看不懂")
    assert now.rejected == ("returned/王建国/坏.xlsx",)
    counts = [(r.due, r.back, r.missing, r.troubled, r.doubtful) for r in now.raters]
    assert counts == [(2, 1, 1, 1, 0), (2, 1, 1, 1, 0), (1, 0, 1, 0, 0), (1, 0, 1, 0, 0)]


@pytest.mark.parametrize(
    ("day", "said"), [("2025-03-05", "检查日期 2025-03-05 不在"), ("", "没有填“检查日期”")]
)
def test_what_keeps_a_sheet_from_counting_is_told_first(of: OpenRound, day: str, said: str) -> None:
    """Not the name beside the date, which is wrong as well."""
    write(of, of.folder.returned / "表.xlsx", spec({"同行督学": "钱七", "检查日期": day}))
    (one,) = [item for item in sweep(of).matters if item.file]
    assert (one.kind, one.cell) == (Kind.UNCOUNTED, "K4")
    assert one.message.startswith(said)


def test_nobody_is_chased_for_what_the_bureau_lost(of: OpenRound) -> None:
    path = write(of, of.folder.returned / "表.xlsx", spec())
    sweep(of)
    path.unlink()
    now = sweep(of)
    assert (Kind.GONE, "王建国", "食堂细则", "returned/表.xlsx") in open_(now)
    assert (Kind.MISSING, "王建国", "食堂细则", "") not in open_(now)
    said = texts(of.round, now.matters)["一组_王建国.txt"]
    assert "食堂细则" not in said and "党建细则" in said


def test_what_the_bureau_rejected_is_still_owed(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx", spec())
    sweep(of)
    made, problems = judge_file(of, Verdict.REJECT, "表.xlsx", "", By("局长", "代填的"))
    assert (made is not None, problems) == (True, [])
    (one,) = [item for item in round_status(of).matters if item.file]
    assert (one.kind, one.file, one.inspector) == (Kind.UNCOUNTED, "returned/表.xlsx", "王建国")


def test_conflicts_are_asked_about_and_not_marked(of: OpenRound) -> None:
    write(of, of.folder.returned / "a.xlsx", spec())
    write(of, of.folder.returned / "b.xlsx", spec(rows={"A1.x": RowEntry(3)}))
    now = sweep(of)
    (one,) = [item for item in now.matters if item.kind is Kind.CONFLICT]
    assert (one.file, one.marked) == ("returned/b.xlsx", "")
    assert not of.folder.marked.exists()
    said = texts(of.round, now.matters)["一组_王建国.txt"]
    assert "“b.xlsx”" in said and "scoring" not in said


def test_the_list_and_the_texts(of: OpenRound) -> None:
    write(of, of.folder.returned / "错.xlsx", spec(rows=WRONG))
    now = sweep(of)
    assert write_reminders(of, now) == []
    names = {LIST, *(f"{HOME}/{name}.txt" for name in (
        "一组_王建国", "一组_李 秀", "二组_张伟", "二组_张伟_D04"
    ))}  # fmt: skip
    assert contents(of).keys() == names
    book = openpyxl.load_workbook(of.folder.reminders / LIST)
    assert book.sheetnames == ["催交催改清单", "进度"]
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=3)]
    assert rows[0][:8] == [
        "序号", "检查组", "督学", "事项", "学校", "考核细则", "次别", "错误"
    ]  # fmt: skip
    assert rows[2][1:8] == ["一组", "王建国", "有错要改", "第一小学", "食堂细则", "第1次", 2]
    assert rows[2][9].startswith("H9 “几处”看不懂") and rows[2][-1] == "marked/错.xlsx"
    assert len(rows) == 1 + len(now.matters)
    totals = [cell.value for cell in list(book["进度"].iter_rows())[-1]]
    assert (totals[0], totals[2:]) == ("合计", [6, 1, 5, 1, 0])
    said = (of.folder.reminders / HOME / "一组_王建国.txt").read_bytes()
    assert said.startswith("\ufeff王建国同志：您好！春季督导，还有下面 2 件事，".encode())
    assert "2026年3月31日前" in said.decode() and said.endswith("某局\r\n".encode())


def test_the_same_bytes_and_nothing_left_when_all_is_in(of: OpenRound) -> None:
    now = sweep(of)
    write_reminders(of, now)
    first = contents(of)
    assert len(first) == 5
    stamps = {path: path.stat().st_mtime_ns for path in of.folder.reminders.rglob("*.*")}
    write_reminders(of, sweep(of))
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps
    shutil.rmtree(of.folder.reminders)
    write_reminders(of, round_status(of))
    assert contents(of) == first
    returned_everything(of)
    done = sweep(of)
    assert done.matters == ()
    (of.folder.reminders / "说明.docx").write_bytes(b"x")
    write_reminders(of, done)
    assert contents(of).keys() == {"说明.docx"}
    (of.folder.reminders / "说明.docx").unlink()
    write_reminders(of, done)
    assert not of.folder.reminders.exists()


def test_what_was_typed_stays_text(of: OpenRound) -> None:
    odd = Inspector("D01", "=王\x07建国", "督导室", "+组")
    of = replace(of, roster=Roster(of.roster.schools, {**of.roster.inspectors, "D01": odd}))
    typed = '=HYPERLINK("http://x","y")\u202e\u200b'
    made = spec(rows={"A1.x": RowEntry(typed)}, inspector=replace(odd, name="D01"))
    write(of, of.folder.returned / "=1+1.xlsx", made)
    write_reminders(of, sweep(of))
    book = openpyxl.load_workbook(of.folder.reminders / LIST)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
    everything = "".join(str(cell.value) for cell in cells)
    everything += "".join(
        data.decode() for name, data in contents(of).items() if name[-3:] == "txt"
    )
    assert "=王建国" in everything and "HYPERLINK" in everything
    assert not set("\u202e\u200b\x07") & set(everything)


def test_a_list_that_is_open_elsewhere_costs_no_text(of: OpenRound) -> None:
    (of.folder.reminders / LIST).mkdir(parents=True)
    problems = write_reminders(of, sweep(of))
    assert [(item.code, item.place.file) for item in problems] == [
        ("output-locked", f"reminders/{LIST}")
    ]
    assert len(contents(of)) == 4


def test_a_team_is_addressed_as_a_team(tmp_path: Path) -> None:
    team = small_round(tmp_path, raters="team", occasions=("平时", "年终"))
    said = texts(team.round, round_status(team).matters)
    assert said["一组.txt"].startswith("一组各位同志：您好！春季督导，")
    assert "第一小学《食堂细则》平时" in said["一组.txt"]


def test_whoever_goes_with_several_teams_is_written_to_once(of: OpenRound) -> None:
    day = of.round.window.since
    drawn = {name: DrawnTeam(("D01", "D02"), day, day) for name in ("抽001组", "抽002组")}
    drawn["抽003组"] = DrawnTeam(("D01", "D03"), day, day)
    first, second = of.roster.schools
    plan = tuple(
        Assignment(school, "party", "第1次", team)
        for school, team in ((first, "抽001组"), (second, "抽002组"))
    )
    plan += (Assignment(first, "kitchen", "第1次", "抽003组"),)
    of = replace(of, roster=replace(of.roster, drawn=drawn), plan=plan)
    now = round_status(of)
    rows = [(one.team, one.inspector, one.due) for one in now.raters]
    assert rows == [
        ("抽001组等 3 组", "王建国", 3), ("抽001组等 2 组", "李 秀", 2), ("抽003组", "张伟", 1)
    ]  # fmt: skip
    said = texts(of.round, now.matters)
    assert set(said) == {"王建国.txt", "李 秀.txt", "抽003组_张伟.txt"}
    assert "还有下面 3 件事" in said["王建国.txt"]
    told = [line for line in status_lines(of, now) if line.endswith("件")]
    assert told == [
        "抽001组等 3 组 王建国：3 件",
        "抽001组等 2 组 李 秀：2 件",
        "抽003组 张伟：1 件",
    ]


def test_a_message_stays_short(tmp_path: Path) -> None:
    many = small_round(tmp_path, occasions=tuple(f"第{number}次" for number in range(1, 40)))
    (first, *_) = texts(many.round, round_status(many).matters).values()
    assert "另有" in first and len(first) < 500
    rest = first.partition("另有")[2]
    assert "第一小学（" in rest  # nobody is told of matters that they cannot look up


def test_a_team_gets_its_own_texts_and_its_members_are_named(tmp_path: Path) -> None:
    team = small_round(tmp_path, raters="team")
    write_reminders(team, round_status(team))
    assert {path.parent.name for path in team.folder.reminders.rglob("*.txt")} == {"各组通知"}
    book = openpyxl.load_workbook(team.folder.reminders / LIST)
    for page, column in (("催交催改清单", 3), ("进度", 2)):
        named = {str(row[column - 1].value) for row in book[page].iter_rows(min_row=4)}
        assert "王建国、李 秀" in named and "一组" not in named


def test_the_list_prints_on_whole_pages(
    of: OpenRound, tmp_path: Path, soffice: Convert, pdftotext: Path
) -> None:
    write(of, of.folder.returned / "错.xlsx", spec(rows=WRONG))
    write_reminders(of, sweep(of))
    (pdf,) = soffice(of.folder.reminders / LIST, to="pdf", into=tmp_path)
    done = subprocess.run([pdftotext, "-layout", pdf, "-"], capture_output=True, text=True)
    first, second = done.stdout.rstrip("\f").split("\f")
    assert "退给督学的文件" in first and "marked/错.xlsx" in first
    assert "交表进度" in second

"""The commands as scripts use them: what they print, what they leave, how they end."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from inspections.commands import app
from inspections.ledger.of_round import open_round
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from tests.inspections.rosters import SCHOOL_ROWS, start_files, table
from tests.inspections.small_round import spec, write


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(item) for item in arguments])


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    start_files(Path())
    done = start("批次", "--raters", "each")
    assert done.exit_code == 0, done.output
    return tmp_path / "批次"


def start(folder: str, *more: str, until: str = "2026-03-31") -> Result:
    given = ["--schools", "校.xlsx", "--inspectors", "督学.xlsx", "--rubric", "甲.yaml"]
    return run("round", "start", folder, *given, "--from", "2026年3月1日", "--to", until, *more)


def opened(folder: Path) -> OpenRound:
    of, problems = open_round(folder)
    assert problems == []
    assert of is not None
    return of


def fill(folder: Path, name: str, **rows: RowEntry) -> None:
    of = opened(folder)
    addressed = {key.replace("_", "."): entry for key, entry in rows.items()}
    inspector = of.roster.inspectors["D01"]
    write(of, of.folder.returned / name, spec(rows=addressed, inspector=inspector))


def test_a_new_round_takes_one_sheet_a_team_and_agrees_on_facts(started: Path) -> None:
    assert start("新的").exit_code == 0
    made = opened(started.parent / "新的").round
    assert (made.raters, made.combining.facts) == ("team", "agreed")
    rated = start("独立", "--raters", "each", "--facts", "combined")
    assert rated.exit_code == 0
    made = opened(started.parent / "独立").round
    assert (made.raters, made.combining.facts) == ("each", "combined")


def test_start_takes_teaching_time(started: Path) -> None:
    terms = ("--teaching", "2026-02-24..2026-07-03", "--teaching", "2026-09-01..2027-01-22")
    assert start("新的", *terms, "--weeks", "18").exit_code == 0
    made = opened(started.parent / "新的").round
    assert [str(span.until) for span in made.teaching] == ["2026-07-03", "2027-01-22"]
    assert made.elapsed == {"week": 18}
    done = start("再一个", "--teaching", "春季学期")
    assert done.exit_code == 2
    assert "不是起止日期" in done.output
    assert not (started.parent / "再一个").exists()


def test_start_says_what_comes_next(started: Path) -> None:
    of = opened(started)
    assert (of.round.id, of.round.title) == ("批次", "学校督导检查")
    done = start("另一个", "--title", "秋季督导", "--bureau", "某局", "--period-from", "2026-01-01")
    assert done.exit_code == 0
    assert "scoring workbooks 另一个" in done.output
    other = opened(started.parent / "另一个")
    assert (other.round.title, other.round.bureau) == ("秋季督导", "某局")
    assert str(other.round.assessed.since) == "2026-01-01"
    assert str(other.round.assessed.until) == "2026-03-31"


@pytest.mark.parametrize(
    ("folder", "until"), [("批次", "2026-03-31"), ("新", "三月底"), ("新", "2026-02-01")]
)
def test_start_that_cannot_start(started: Path, folder: str, until: str) -> None:
    assert start(folder, until=until).exit_code == 2
    assert not (started.parent / "新").exists()


def test_a_roster_with_mistakes_starts_nothing(started: Path) -> None:
    table(Path("校.xlsx"), [*SCHOOL_ROWS, SCHOOL_ROWS[1]])
    done = start("新")
    assert done.exit_code == 2
    assert "校.xlsx Sheet A4" in done.output
    assert "什么也没有生成" in done.output
    assert not (started.parent / "新").exists()


def test_check_reads_and_makes_nothing(started: Path) -> None:
    before = sorted(started.parent.rglob("*"))
    done = run("round", "check", started)
    assert (done.exit_code, "没有发现问题" in done.output) == (0, True), done.output
    assert "学校 2 所：小学 2" in done.output
    roster = next((started / "roster").glob("schools.*"))
    table(roster, [[*SCHOOL_ROWS[0], "序号"], *([*row, "1"] for row in SCHOOL_ROWS[1:])])
    short, long = (run("round", "check", started, *more) for more in ((), ("--notes",)))
    assert "这些列没有使用" not in short.output and "没有用的列、行等 1 处" in short.output
    assert "这些列没有使用：“序号”" in long.output and "没有用的列" not in long.output
    table(roster, SCHOOL_ROWS)
    given = ["--schools", "校.xlsx", "--inspectors", "督学.xlsx"]
    told = json.loads(run("round", "check", *given, "--rubric", "甲.yaml", "--json").output)
    assert (told["schools"], told["inspectors"], told["teams"]) == (2, 4, 2)
    assert told["rubrics"] == {"kitchen": 1}
    table(Path("坏.xlsx"), [*SCHOOL_ROWS, SCHOOL_ROWS[1]])
    done = run("round", "check", "--schools", "坏.xlsx", *given[2:])
    assert done.exit_code == 1 and "坏.xlsx Sheet A4" in done.output
    assert run("round", "check").exit_code == 2
    assert run("round", "check", "--schools", "校.xlsx").exit_code == 2
    Path("坏.xlsx").unlink()
    assert sorted(started.parent.rglob("*")) == before


def test_templates_are_rosters(started: Path) -> None:
    done = run("round", "template", "样表")
    assert done.exit_code == 0, done.output
    schools, inspectors = Path("样表/学校名册.xlsx"), Path("样表/督学名册.xlsx")
    for path, row in ((schools, ["0101", "甲小学", "初级中学"]), (inspectors, ["", "王建国"])):
        book = openpyxl.load_workbook(path)
        for column, value in enumerate(row, 1):
            book.worksheets[0].cell(2, column).value = value or None
        book.save(path)
    given = ["--schools", schools, "--inspectors", inspectors, "--json"]
    told = json.loads(run("round", "check", *given).output)
    assert told["stages"] == {"初中": 1}
    assert [item["code"] for item in told["problems"]] == ["roster-id-given"]
    assert run("round", "template", "样表").exit_code == 2
    printed = done.output.partition("填好以后检查：scoring ")[2].split()
    assert run(*printed).exit_code == 0


def test_commands_in_messages_run_as_they_are_printed(started: Path) -> None:
    shutil.copy(Path("校.xlsx"), started / "returned" / "别的.xlsx")
    told = run("round", "status", started).output
    printed = re.search(r"请运行 scoring (collect \S+)", told)
    assert printed is not None, told
    assert run(*printed[1].split()).exit_code == 1
    roster = started / "roster" / "schools.xlsx"
    table(roster, [*SCHOOL_ROWS, ["21068103", "第三小学", "小学", "自营", "否"]])
    done = run("round", "status", started).output
    assert f"scoring round replan {started}" in done


@pytest.mark.parametrize("command", [["round", "status"], ["workbooks"], ["collect"]])
def test_no_round_no_start(command: list[str], tmp_path: Path) -> None:
    done = run(*command, tmp_path / "无")
    assert done.exit_code == 2
    assert "不是一个检查批次" in done.output


def test_from_blank_workbooks_to_the_ledger(started: Path) -> None:
    done = run("workbooks", started)
    assert done.exit_code == 0, done.output
    blank = sorted((started / "workbooks").rglob("*.xlsx"))
    assert [path.parent.name for path in blank] == ["李秀", "王建国"]
    fill(started, "表.xlsx")
    before = json.loads(run("round", "status", started, "--json").output)
    assert before["uncollected"] == 1
    assert [item["back"] for item in before["raters"]] == [0, 0]
    done = run("collect", started)
    assert (done.exit_code, "计入检查记录 1 份" in done.output) == (0, True), done.output
    after = json.loads(run("round", "status", started, "--json").output)
    assert (after["uncollected"], after["visits"], after["blank"]) == (0, 1, 2)
    assert [item["back"] for item in after["raters"]] == [1, 0]


def test_problems_are_listed_and_end_with_one(started: Path) -> None:
    fill(started, "表.xlsx", A1_x=RowEntry("/"))
    (started / "returned" / "坏.xlsx").write_bytes(b"x")
    done = run("collect", started)
    assert done.exit_code == 1
    assert "returned/表.xlsx 第一小学 H9" in done.output
    assert "问题：错误 2" in done.output
    written = (started / "results" / "problems.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[:5] for line in written[1:]] == [
        ["workbook-unreadable", "error", "returned/坏.xlsx", "", ""],
        ["entry-not-understood", "error", "returned/表.xlsx", "第一小学", "H9"],
    ]
    listed = json.loads(run("collect", started, "--json").output)
    assert listed["visits"] == 1
    assert [(item["code"], item["cell"]) for item in listed["problems"]] == [
        ("workbook-unreadable", ""),
        ("entry-not-understood", "H9"),
    ]
    assert set(listed["problems"][0]) == {
        "code", "severity", "file", "sheet", "cell", "message", "remedy",
    }  # fmt: skip
    status = json.loads(run("round", "status", started, "--json").output)
    assert status["rejected"] == ["returned/坏.xlsx"]


def test_status_in_a_pipe_is_tab_separated(started: Path) -> None:
    lines = run("round", "status", started).output.splitlines()
    assert lines[0].split("\t") == ["检查组", "督学", "应交", "已交", "未交", "有错误", "要核对"]
    assert [line.split("\t")[1:] for line in lines[1:3]] == [
        ["王建国", "1", "0", "1", "0", "0"],
        ["李秀", "1", "0", "1", "0", "0"],
    ]
    assert lines[4:8] == [
        "一组 王建国：1 件", "  未交：第一小学《食堂细则》", "一组 李秀：1 件",
        "  未交：第一小学《食堂细则》",
    ]  # fmt: skip
    assert "催交催改清单" in lines[-1]


def test_status_says_what_is_wrong_and_where(started: Path) -> None:
    fill(started, "表.xlsx", A1_x=RowEntry("/"))
    (started / "returned" / "坏.xlsx").write_bytes(b"x")
    run("collect", started)
    said = run("round", "status", started).output
    assert "  有错要改：第一小学《食堂细则》（错误 1）\n    H9 " in said
    assert "    returned/表.xlsx\n" in said
    assert "不知道是谁的文件：1 件\n  收不进来：returned/坏.xlsx（错误 1）" in said
    told = json.loads(run("round", "status", started, "--json").output)
    assert told["reminders"] == str(started / "reminders")
    first, second, third = told["matters"]
    assert (first["kind"], first["marked"], first["errors"]) == ("errors", "marked/表.xlsx", 1)
    assert second["key"]["inspector"] == "D02" and third["key"] is None


def test_every_command_says_what_it_does() -> None:
    for command in (
        [],
        ["round"],
        ["round", "start"],
        ["round", "status"],
        ["workbooks"],
        ["collect"],
    ):
        done = run(*command, "--help")
        assert done.exit_code == 0
        assert any("\u4e00" <= character <= "\u9fff" for character in done.output), command

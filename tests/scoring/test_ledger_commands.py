"""scoring ledger ..., as a clerk uses it: a disputed record on its way to a decision."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import uuid
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from inspections.ledger.of_round import open_round
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from scoring.__main__ import app
from tests.inspections.small_round import INSPECTORS, spec, write
from tests.inspections.started_round import started

WHY = ("--why", "到校复核", "--by", "张主任")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(item) for item in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A round with two different workbooks of one inspector, collected, scored, reported."""
    of = started(tmp_path / "春季")
    fill(of, "a.xlsx")
    fill(of, "b.xlsx", **{"A1.x": RowEntry(5)})
    assert run("run", of.folder.root).exit_code == 1
    return of.folder.root


def fill(of: OpenRound, name: str, **rows: RowEntry) -> None:
    write(of, of.folder.returned / name, spec(rows=rows))


def opened(folder: Path) -> OpenRound:
    of, _ = open_round(folder)
    assert of is not None
    return of


def letter(folder: Path, pdftotext: Path) -> str:
    path = folder / "reports" / "letters" / "kitchen" / "第一小学.pdf"
    done = subprocess.run([pdftotext, path, "-"], capture_output=True, text=True, check=True)
    return "".join(done.stdout.split())


def ranking(folder: Path) -> str:
    book = openpyxl.load_workbook(folder / "reports" / "排名表.xlsx")
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    return "\n".join(str(value) for value in cells if value is not None)


def test_a_dispute_stands_in_every_report_until_it_is_decided(
    folder: Path, pdftotext: Path
) -> None:
    assert "另有内容不同的一份，待我局核定" in letter(folder, pdftotext)
    for said in ("1 份记录另有内容不同的一份", "有内容不同的两份记录，待核定", "visit-conflict"):
        assert said in ranking(folder)
    assert "visit-conflict" in (folder / "results" / "problems.csv").read_text("utf-8-sig")
    told = run("explain", folder, "第一小学", "kitchen", "A1").output
    assert "另有不同的记录 returned/b.xlsx" in told
    assert run("ledger", "decide", "accept", folder, "b.xlsx", *WHY).exit_code == 0
    done = run("run", folder)
    assert "visit-conflict" not in (folder / "results" / "problems.csv").read_text("utf-8-sig")
    assert done.exit_code == 0, done.output
    assert "待我局核定" not in letter(folder, pdftotext)
    assert "待核定" not in ranking(folder)


def test_a_correction_can_be_followed_from_the_figure_to_the_decision(folder: Path) -> None:
    done = run("ledger", "decide", "correct", folder, "第一小学", "kitchen", "A1.x", "1", *WHY)
    assert done.exit_code == 0, done.output
    assert "第 1 号决定：更正" in done.output
    told = run("explain", folder, "第一小学", "kitchen", "A1").output
    assert "更正 21068101 kitchen A1.x = 1：到校复核" in told
    assert "张主任" in told
    past = run("ledger", "history", folder, "第一小学").output
    for said in ("returned/a.xlsx", "returned/b.xlsx", "A1.x：“2” → “5”", "第 1 号决定"):
        assert said in past
    assert run("ledger", "decide", "revoke", folder, "1", *WHY).exit_code == 0
    assert "（已撤销）" in run("ledger", "decisions", folder).output
    data = json.loads(run("ledger", "history", folder, "第一小学", "--json").output)
    assert [one["in_force"] for one in data["decisions"]] == [False, True]


def test_an_excused_item_and_what_cannot_be_decided(folder: Path) -> None:
    assert (
        run("ledger", "decide", "excuse", folder, "第一小学", "kitchen", "A3", *WHY).exit_code == 0
    )
    run("score", folder)
    rows = (folder / "results" / "indicators.csv").read_text("utf-8-sig").splitlines()
    (row,) = (row for row in rows if row.startswith("21068101,kitchen,A3,"))
    assert "合理缺项" in row
    assert "到校复核" in row
    for given, said in (
        (("correct", folder, "第一小学", "kitchen", "Z9", "1", *WHY), "没有“Z9”"),
        (("correct", folder, "第一小学", "kitchen", "A6", "九成", *WHY), "看不懂"),
        (("accept", folder, "无.xlsx", *WHY), "没有文件“无.xlsx”"),
        (("revoke", folder, "9", *WHY), "没有第 9 号决定"),
    ):
        done = run("ledger", "decide", *given)
        assert (done.exit_code, said in done.output) == (2, True), done.output


def test_verifying_and_the_log(folder: Path) -> None:
    done = run("ledger", "verify", folder)
    assert done.exit_code == 0
    head = done.output.split("最后一笔的校验码：")[1].split()[0]
    assert run("ledger", "verify", folder, "--head", head[:12]).exit_code == 0
    assert (
        "没有校验码以 beefbeefbeef 开头"
        in run("ledger", "verify", folder, "--head", "beefbeefbeef").output
    )
    assert "读入 2 个文件" in run("ledger", "log", folder).output
    fill(opened(folder), "b.xlsx", **{"A1.x": RowEntry(6)})
    done = run("ledger", "verify", folder)
    assert done.exit_code == 0
    assert "returned/b.xlsx\n      收表以后，这个文件改过或不在了" in done.output
    with sqlite3.connect(folder / "ledger.db") as ledger:
        ledger.execute("DROP TRIGGER ledger_facts_no_update")
        (id,) = ledger.execute("SELECT min(id) FROM ledger_facts WHERE kind = 'sheet'").fetchone()
        changed = "UPDATE ledger_facts SET body = replace(body, '\"x\":2', '\"x\":0') WHERE id = ?"
        assert ledger.execute(changed, (id,)).rowcount == 1
    ledger.close()
    done = run("ledger", "verify", folder)
    assert done.exit_code == 1
    assert f"第 {id} 条（检查表），这一条被改过" in done.output


def test_what_was_published_can_be_proved(folder: Path) -> None:
    assert "写出结果、报告 3 个文件" in run("ledger", "log", folder).output
    before = run("ledger", "log", folder).output
    run("run", folder)
    assert run("ledger", "log", folder).output == before
    assert "写出以后" not in run("ledger", "verify", folder).output
    (folder / "reports" / "letters" / "kitchen" / "第一小学.pdf").write_bytes(b"another")
    done = run("ledger", "verify", folder)
    assert done.exit_code == 0
    assert "reports/letters/kitchen/第一小学.pdf\n      写出以后，这个文件改过" in done.output
    # What others changed is not taken for what we wrote.
    run("score", folder)
    run("report", folder, "--only", "ranking")
    assert "第一小学.pdf\n      写出以后，这个文件改过" in run("ledger", "verify", folder).output


def test_erasing_a_school(folder: Path) -> None:
    done = run("ledger", "erase", folder, "--school", "第一小学", "--why", "撤并")
    assert done.exit_code == 2
    assert "2 个收着的文件里还有这些内容" in done.output
    for name in ("a.xlsx", "b.xlsx"):
        (folder / "returned" / name).unlink()
    run("collect", folder)
    remembered = folder / ".scoring" / "collected.bin"
    assert "第一小学".encode() in remembered.read_bytes()
    done = run("ledger", "erase", folder, "--school", "第一小学", "--why", "撤并")
    assert done.exit_code == 0, done.output
    assert not remembered.exists()
    assert run("ledger", "verify", folder).exit_code == 0
    left = (folder / "ledger.db").read_bytes()
    assert "灶台".encode() not in left
    assert "第一小学".encode() not in left


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://a/b", "地址“mysql://a/b”不对"),
        ("postgresql://u@h:abc/db", "地址“postgresql://u@h:abc/db”不对"),
        ("postgresql://u:secret@h:abc/db", "地址“postgresql://u:***@h:abc/db”不对"),
        ("postgresql://u@h:99999/db", "地址“postgresql://u@h:99999/db”不对"),
        ("postgresql:///db?port=abc", "地址“postgresql:///db?port=abc”不对"),
        ("postgresql://nobody@127.0.0.1:9/none", "共用台账连不上"),
    ],
)
def test_a_shared_ledger_that_is_not_there(folder: Path, url: str, said: str) -> None:
    for command in (("collect", folder), ("score", folder), ("ledger", "verify", folder)):
        done = run(*command, "--ledger", url)
        assert done.exit_code == 2
        assert said in done.output


@pytest.mark.parametrize(
    "url",
    [
        "h:0/db",
        "h:-1/db",
        "h:/db",
        "[::1/db",
        "h/db?port=abc",
        "h/db?port=65536",
        "h/db?host=a:1&host=b:1x",
    ],
)
def test_an_address_with_a_bad_port_is_a_message_in_the_settings_too(
    tmp_path: Path, url: str
) -> None:
    of = started(tmp_path / "春季")
    text = of.folder.settings.read_text("utf-8")
    typed = f'ledger: "postgresql://u@{url}"'
    of.folder.settings.write_text(text.replace('ledger: ""', typed), "utf-8")
    opened, problems = open_round(of.folder.root)
    assert opened is None
    assert [item.code for item in problems] == ["ledger-address"]


def test_a_round_without_a_ledger_has_nothing_to_verify(tmp_path: Path) -> None:
    of = started(tmp_path / "春季")
    assert run("ledger", "verify", of.folder.root).exit_code == 2
    assert not of.folder.ledger.exists()


def test_a_shared_ledger_gives_the_same_results(tmp_path: Path, postgresql: str) -> None:
    of = started(tmp_path / "春季")
    fill(of, "a.xlsx")
    assert run("run", of.folder.root).exit_code == 0
    alone = made(of.folder.root)
    of.folder.ledger.unlink()
    # To begin anew: what knows of the ledger that was there asks for it.
    for known in (of.folder.derived, of.folder.results):
        shutil.rmtree(known)
    # The settings name it, so that no command can forget it; every round has a place of its own.
    name = uuid.uuid4().hex
    text = of.folder.settings.read_text("utf-8")
    text = text.replace('ledger: ""', f"ledger: {postgresql}").replace("id: 2026春", f"id: {name}")
    of.folder.settings.write_text(text, encoding="utf-8")
    moved = opened(of.folder.root)
    (of.folder.returned / "a.xlsx").unlink()
    fill(moved, "a.xlsx")
    assert run("run", of.folder.root).exit_code == 0
    assert not of.folder.ledger.exists()
    assert run("ledger", "verify", of.folder.root).exit_code == 0
    assert made(of.folder.root).keys() == alone.keys()
    csv = "results/scores.csv"
    assert made(of.folder.root)[csv] == alone[csv]


def made(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for part in ("results", "reports")
        for path in (folder / part).rglob("*")
        if path.is_file()
    }


def printed(output: str, *words: str) -> list[str]:
    """The first command of a message that holds ``words``, as a shell takes it."""
    found = re.findall(r"scoring ledger [^；。]+--why 理由", "".join(output.splitlines()))
    line = next(line for line in found if all(word in line for word in words))
    return shlex.split(line)[1:]


def test_commands_in_messages_run_as_they_are_printed(tmp_path: Path) -> None:
    of = started(tmp_path / "2026 春季")
    fill(of, "a.xlsx")
    fill(of, "b 复核.xlsx", **{"A1.x": RowEntry(5)})
    folder = of.folder.root
    told = run("run", folder).output
    command = printed(told, "accept", "b 复核.xlsx")
    assert command[3] == str(folder)
    assert run(*command).exit_code == 0
    assert run("score", folder).exit_code == 0
    (of.folder.returned / "a.xlsx").unlink()
    assert "file-gone" not in (folder / "results" / "problems.csv").read_text("utf-8-sig")
    (of.folder.returned / "b 复核.xlsx").unlink()
    told = run("collect", folder).output
    assert run(*printed(told, "reject", "b 复核.xlsx")).exit_code == 0
    told = run("score", folder).output
    assert run(*printed(told, "revoke")).exit_code == 0


def test_the_table_of_problems_names_the_folder_as_it_is_called(folder: Path) -> None:
    told = (folder / "results" / "problems.csv").read_text("utf-8-sig")
    assert "scoring ledger decide accept 春季 returned/b.xlsx --why 理由" in told
    assert "scoring ledger decide accept 春季 returned/b.xlsx --why 理由" in ranking(folder)


def test_two_counts_that_differ_are_settled_as_the_message_says(
    tmp_path: Path, pdftotext: Path
) -> None:
    of = started(tmp_path / "春季", combining={"facts": "agreed"})
    over = {"A1.y": RowEntry(2), "A1": RowEntry(fault="两名人员健康证明过期", evidence="1号笔录")}
    one = {"A1.y": RowEntry(1), "A1": RowEntry(fault="一名人员健康证明过期", evidence="1号笔录")}
    write(of, of.folder.returned / "a.xlsx", spec({"同行督学": "李秀"}, over))
    other = spec({"同行督学": "王建国"}, one, inspector=INSPECTORS[1])
    write(of, of.folder.returned / "b.xlsx", other)
    folder = of.folder.root
    command = printed(run("run", folder).output, "correct", "A1.y")
    command[command.index("查明的值")] = "1"
    echo = run(*command).output
    assert "A1.fault" in echo
    run("run", folder)
    text = letter(folder, pdftotext)
    assert "一名人员健康证明过期（经核定，" in text
    assert "两名人员" not in text

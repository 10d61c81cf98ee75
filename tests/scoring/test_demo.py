"""The demo: an invented county from workbooks to letters, the same in every run."""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from inspections import Verdict, ledger_acts, open_round, school_history, verify_draw
from inspections.collecting.collecting import collected
from inspections.collecting.history import COUNTS, ELSEWHERE
from inspections.demo.county import county as county_of
from inspections.records.record import State
from inspections.workbook.reading.confirming import CONFIRMED_BY
from reports.drawing.writing import AGAIN, OWN, PUBLIC, RECORD
from rubrics.files.shipped import shipped
from scoring.__main__ import app

# What the slips and strays of the sample must be caught as.
CAUGHT = {
    "entry-interpreted",
    "entry-lost",
    "entry-missing",
    "entry-not-understood",
    "evidence-cut",
    "evidence-missing",
    "evidence-not-found",
    "evidence-shared",
    "evidence-time",
    "evidence-unused",
    "facts-differ",
    "fault-missing",
    "inspector-unknown",
    "inspectors-few",
    "items-unchecked",
    "ratio-above-one",
    "red-line-unanswered",
    "school-unvisited",
    "sheet-copied",
    "sheet-school-unknown",
    "states-differ",
    "visit-conflict",
    "visit-outside",
    "visit-reversed",
    "visit-short",
    "workbook-foreign",
    "workbook-old-rubric",
    "workbook-other-round",
    "workbook-unreadable",
}


def demo(folder: Path) -> Result:
    return CliRunner().invoke(app, ["demo", str(folder)])


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        # The ledger, how far it had come, and what is remembered of it and of files hold times.
        if path.is_file() and path.stem != "ledger" and path.parent.name != ".scoring"
    }


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def table(sheet: Any) -> list[dict[str, object]]:
    """The rows of a table in a workbook of ours, by their heads."""
    lines = [line for line in sheet.iter_rows(values_only=True) if any(line)]
    heads = next(line for line in lines if sum(cell is not None for cell in line) > 2)
    return [dict(zip(heads, line, strict=True)) for line in lines[lines.index(heads) + 1 :]]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("样例") / "demo"
    done = demo(folder)
    assert done.exit_code == 0, done.output
    assert "结果在" in done.output
    return folder


def test_every_school_is_scored_and_has_its_letters(county: Path) -> None:
    scores = rows(county / "results" / "scores.csv")
    assert len({row["school_id"] for row in scores}) == 60
    visited = [row for row in scores if row["status"] in ("complete", "provisional")]
    assert len(visited) == 154
    assert {row["grade"] for row in visited} == {"优秀", "良好", "合格", "不合格"}
    # Canteens and catered meals are ranked apart, and no school is in both.
    fed = {
        name: {row["school_id"] for row in visited if row["rubric"] == name}
        for name in ("canteen", "catered")
    }
    assert {name: len(held) for name, held in fed.items()} == {"canteen": 47, "catered": 9}
    assert not fed["canteen"] & fed["catered"]
    letters = {
        (path.parent.name, path.stem) for path in (county / "reports" / "letters").rglob("*.pdf")
    }
    assert letters == {(row["rubric"], row["school"]) for row in visited}
    assert (county / "reports" / "排名表.xlsx").is_file()


def test_the_usual_mistakes_are_caught(county: Path) -> None:
    found = {row["code"] for row in rows(county / "results" / "problems.csv")}
    assert found >= CAUGHT, CAUGHT - found


def test_a_workbook_is_corrected_after_the_scores_were_published(county: Path) -> None:
    """A correction that comes in late: counted, and told by history and explanation."""
    (late,) = county.rglob("*（更正）.xlsx")
    first = late.with_name(late.name.replace("（更正）", ""))
    told, _ = school_history(county, "青禾县第四幼儿园", "party")
    assert told is not None
    mine = [step for step in told.history.steps if Path(step.file).parent.name == late.parent.name]
    assert [(Path(step.file).name, step.standing) for step in mine] == [
        (first.name, ELSEWHERE),
        (late.name, COUNTS),
    ]
    changed = [(one.item, one.before, one.after) for one in mine[1].changed]
    assert changed[0] == ("C2", "10", "9")
    opened, _ = open_round(county)
    assert opened is not None
    heads = collected(opened).visits.heads
    assert [head.file.endswith(late.name) for head in heads if head.corrected] == [True]
    published, _ = ledger_acts(county)
    made = [one.act for one in published or () if one.kind == "publish"]
    assert made[0] < mine[1].act < made[-1]
    (scored,) = (
        row
        for row in rows(county / "results" / "indicators.csv")
        if (row["school_id"], row["rubric"], row["indicator"]) == ("99010704", "party", "C2")
    )
    assert (scored["points"], scored["earned"]) == ("3.0000", "2.5000")


def test_of_three_differences_one_is_open_one_settled_one_corrected(county: Path) -> None:
    found = rows(county / "results" / "problems.csv")
    assert sum(row["code"] == "facts-differ" for row in found) == 1
    told, _ = school_history(county, "青禾县第四幼儿园", "canteen")
    assert told is not None
    assert [(one.verdict, force) for one, force in told.history.decisions] == [
        (Verdict.CORRECT, True)
    ]


def test_one_section_is_confirmed_and_one_is_left_blank(county: Path) -> None:
    opened, _ = open_round(county)
    assert opened is not None
    seen = [
        (visit.key, one.owner, one.state)
        for visit in collected(opened).visits
        for one in visit.observations
        if one.reason == CONFIRMED_BY
    ]
    assert len({key for key, _, _ in seen}) == 1
    assert len(seen) >= 3
    assert {state for _, _, state in seen} == {State.CHECKED}
    problems = rows(county / "results" / "problems.csv")
    blank = [row["message"] for row in problems if row["code"] == "items-unchecked"]
    assert sum("有 1 项没有查：G2" in message for message in blank) == 1


def test_everybody_goes_where_they_were_drawn(county: Path) -> None:
    drawn, problems = verify_draw(county)
    assert not problems
    assert drawn is not None
    assert drawn.made is not None
    assert drawn.draw is not None
    assert drawn.draw.digest == drawn.made.digest
    assert not drawn.made.price.apart
    written = {path.name for path in (county / "reports" / "双随机").iterdir()}
    assert written > {RECORD, PUBLIC, OWN, AGAIN}
    opened, _ = open_round(county)
    assert opened is not None
    teams = opened.roster.drawn
    assert len({team.members for team in teams.values()}) > len(county_of().inspectors)
    sent = {(line.school, line.rubric): teams[line.team] for line in opened.plan}
    visits = collected(opened).visits
    for head in visits.heads:
        team = sent[head.key.school, head.key.rubric]
        assert head.key.inspector in team.members
        assert team.since <= head.day <= team.until


def test_the_analysis_finds_the_lenient_inspector_and_nobody_else(
    county: Path, tmp_path: Path, pdftotext: Path
) -> None:
    folder = Path(shutil.copytree(county, tmp_path / "demo"))
    lenient = {one.name: one.id for one in county_of().inspectors}["冯壬"]
    made = CliRunner().invoke(app, ["fairness", str(folder)])
    assert made.exit_code == 0, made.output
    papers = folder / "reports" / "公平性"
    book = load_workbook(papers / "评分公平性分析.xlsx", read_only=True)
    people = table(book["谁严谁松"])
    named = [row for row in people if row["明显"] == "√"]
    assert {(row["细则"], row["代码"]) for row in named} == {("党建工作考核", lenient)}
    assert all(float(str(row["区间上限"])) < -1 for row in named)
    # Everybody can be compared with everybody, under every rubric.
    assert {row["组"] for row in people} == {1}
    assert len({row["代码"] for row in people}) == len(county_of().inspectors)
    assert not [row for row in table(book["各指标"]) if row["请看写法"]]
    # Nothing else stands out but what the sample has of slips: a fact that was left to be settled,
    # and an indicator that one of two left out.
    checks = {(row["情形"], row["文件"]) for row in table(book["请核对"]) if row["文件"]}
    assert {kind for kind, _ in checks} == {"事实不一致", "总分相差多"}
    slips = {row["file"] for row in rows(county / "results" / "problems.csv")}
    assert {file for kind, file in checks if kind == "总分相差多"} & slips
    own = CliRunner().invoke(app, ["fairness", str(folder), "--inspector", lenient])
    assert own.exit_code == 0, own.output
    page = papers / f"{lenient}的评分情况.pdf"
    text = subprocess.run([pdftotext, page, "-"], capture_output=True, text=True).stdout
    assert "冯壬" in text
    others = [one.name for one in county_of().inspectors if one.id != lenient]
    assert not [name for name in others if name in text]


def test_other_rubrics_have_small_rounds_in_a_folder_of_their_own(county: Path) -> None:
    rounds = sorted((county / "其他细则").iterdir())
    assert len(rounds) == 2
    found: dict[str, set[str]] = {}
    for folder in rounds:
        assert not [
            row for row in rows(folder / "results" / "problems.csv") if "error" in row.values()
        ]
        letters = {path.parent.name for path in (folder / "reports" / "letters").rglob("*.pdf")}
        for row in rows(folder / "results" / "scores.csv"):
            if row["total"]:
                found.setdefault(row["rubric"], set()).add(row["school"])
                assert row["status"] == "complete"
        assert letters <= found.keys()
        assert list((folder / "workbooks").rglob("*.xlsx"))
    assert found.keys() == shipped().keys() - {"shuangjian", "canteen", "catered", "party"}
    assert all(len(schools) >= 2 for schools in found.values())


def test_what_is_asked_alike_is_found_alike(county: Path) -> None:
    scores = rows(county / "其他细则" / "校外培训机构" / "results" / "scores.csv")
    earned = {(row["rubric"], row["school"]): Decimal(row["earned"]) for row in scores}
    for (rubric, school), points in earned.items():
        if rubric == "training":
            assert abs(earned["training_credit", school] - 10 * points) < Decimal("0.001")


def test_one_file_is_as_wps_writes_it(county: Path) -> None:
    """Folders stand in the archive as entries of their own."""
    books = [path for path in (county / "returned").rglob("*.xlsx") if is_zipfile(path)]
    wps = [path for path in books if any(name.endswith("/") for name in ZipFile(path).namelist())]
    assert len(wps) == 2


def test_people_are_named_as_the_roster_has_them(county: Path) -> None:
    """Messages name people, not codes; a misspelt name is no further inspector on the cover."""
    problems = rows(county / "results" / "problems.csv")
    differ = [row["message"] for row in problems if row["code"] == "states-differ"]
    assert differ
    assert not [message for message in differ if re.search(r"D\d\d记", message)]
    cover = load_workbook(county / "reports" / "排名表.xlsx", read_only=True)["概览"]
    said = [str(cell) for row in cover.iter_rows(values_only=True) for cell in row if cell]
    assert "305 份，督学 12 名，另有填写的 2 个姓名不在名册：卫丑某、孙丙某" in said


def test_a_second_run_replaces_the_first_with_the_same_bytes(county: Path) -> None:
    before = digests(county)
    (county / "reports" / "手记.txt").write_text("明天再看", encoding="utf-8")
    done = demo(county)
    assert done.exit_code == 0, done.output
    assert digests(county) == before


def test_a_folder_that_is_no_demo_is_refused(tmp_path: Path) -> None:
    kept = tmp_path / "重要.txt"
    kept.write_text("请勿删除", encoding="utf-8")
    done = demo(tmp_path)
    assert done.exit_code == 2
    assert kept.read_text(encoding="utf-8") == "请勿删除"

"""What was found in one round and is found in the next: scores, words, files, and what is away."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import add_moves, all_cases
from inspections.records.rectification import Move, Verb
from inspections.round.opened import OpenRound, read_round
from inspections.steps.collecting import collect_round
from inspections.workbook.form.contents import RowEntry
from inspections.workbook.form.layout import Column, sheet_layout
from inspections.workbook.form.row_texts import row_texts
from reports.steps.reporting import report_round
from reports.steps.running import run_round
from rubrics.messages.problems import Problem
from scoring.explaining.layout import lines
from scoring.steps.explaining import explain_school
from scoring.steps.scoring import write_scores
from tests.inspections.small_round import SCHOOLS
from tests.reports.two_rounds import BY, DOUBLED, PLAIN, autumn, spring

SCHOOL = SCHOOLS[0].id


def scored(of: OpenRound) -> tuple[dict[str, Any], list[Problem]]:
    """What result.json says of the school's kitchen, and all problems."""
    collect_round(of.folder.root)
    _, problems = write_scores(of.folder.root)
    told = json.loads((of.folder.results / "result.json").read_text("utf-8"))
    kitchen = next(one for one in told["rubrics"] if one["id"] == "kitchen")
    return next(one for one in kitchen["schools"] if one["id"] == SCHOOL), problems


def codes(problems: list[Problem]) -> set[str]:
    return {one.code for one in problems if one.code.startswith("repeat")}


def move(of: OpenRound, verb: Verb, owner: str = "A1", **said: Any) -> None:
    with ledger_of(of) as ledger:
        case = next(case for case in all_cases(ledger) if case.item.owner == owner)
        assert add_moves(ledger, [Move(case.number, verb, **said)], BY)


def test_it_costs_twice_and_caps_the_grade(tmp_path: Path) -> None:
    spring(tmp_path)
    of = autumn(tmp_path, "../春")
    told, problems = scored(of)
    assert codes(problems) == set()
    # One point of four is lost, and counts twice: 18 points were due.
    assert (told["earned"], told["applicable"], told["total"]) == ("16.0000", "18.0000", "17.78")
    assert told["grade"] == "良好"
    before = {"round": "2026春季督导", "item": "2026春-0001", "kind": "found", "day": "2026-03-05"}
    assert told["repeated"] == [{"indicator": "A1", "before": [before]}]
    table = (of.folder.results / "indicators.csv").read_text("utf-8-sig")
    assert (
        "一般 2 处 × 0.5 分；屡查屡犯（“2026春季督导” 2026春-0001（2026-03-05）检查已查出），"
        in table
    )
    assert "扣分按 2 倍计" in table


def test_explain_names_round_item_and_day_and_adds_up(tmp_path: Path) -> None:
    spring(tmp_path)
    of = autumn(tmp_path, "../春")
    scored(of)
    told, _ = explain_school(of.folder.root, SCHOOL, "kitchen", "A1")
    assert told is not None
    text = "\n".join(line.plain for line in lines(told))
    assert "“2026春季督导” 2026春-0001（2026-03-05）检查已查出" in text
    assert "上一批次已查出，或“回头看”查出反弹或虚报，又扣分的，扣分按 2 倍计" in text
    item = told.rubrics[0].item
    assert item is not None and str(item.earned) == "2"
    assert [str(record.points) for record in item.records] == ["2", "2"]
    whole, _ = explain_school(of.folder.root, SCHOOL, "kitchen")
    assert whole is not None
    steps = {step.name: step for step in whole.rubrics[0].steps}
    assert steps["等次"].because == "屡查屡犯 1 项（A1），等次不高于“良好”"
    assert steps["标化分"].because.startswith("实得 16 ÷ 应得 18")


def test_the_letter_says_so_and_what_it_adds_up_to(tmp_path: Path, pdftotext: Path) -> None:
    spring(tmp_path)
    of = autumn(tmp_path, "../春")
    run_round(of.folder.root)
    letter = of.folder.reports / "letters" / "kitchen" / f"{SCHOOLS[0].name}.pdf"
    said = subprocess.run([pdftotext, letter, "-"], capture_output=True, check=True)
    text = "".join(said.stdout.decode().split())
    assert "屡查屡犯（“2026春季督导”2026春-0001（2026-03-05）检查已查出）" in text
    assert "扣分按2倍计" in text
    assert "等次不高于“良好”" in text


@pytest.mark.parametrize(
    ("change", "earned"),
    [
        (DOUBLED, "16.0000"),
        ("", "17.0000"),
        ("repeat: {times: 3, most: 2.5}\n", "15.5000"),
        ("repeat: {times: 10}\n", "14.0000"),
        ("repeat: {ceiling: 良好}\n", "17.0000"),
        ("repeat: {times: 2, after: [relapse, misreport]}\n", "17.0000"),
    ],
)
def test_what_it_costs_is_what_the_rubric_says(tmp_path: Path, change: str, earned: str) -> None:
    spring(tmp_path)
    told, _ = scored(autumn(tmp_path, "../春", rubric=PLAIN + change))
    assert told["earned"] == earned


def test_an_indicator_may_say_otherwise(tmp_path: Path) -> None:
    spring(tmp_path)
    never = PLAIN.replace("excusable: true,", "excusable: true, repeat: false,")
    told, _ = scored(autumn(tmp_path, "../春", rubric=never + DOUBLED))
    assert (told["earned"], told["grade"], "repeated" in told) == ("17.0000", "优秀", False)


def test_another_fault_is_none_that_is_found_again(tmp_path: Path) -> None:
    spring(tmp_path, A1_x=RowEntry(0), A3_1=RowEntry(100))
    told, _ = scored(autumn(tmp_path, "../春"))
    assert told["earned"] == "17.0000"


def test_what_was_withdrawn_counts_for_nothing(tmp_path: Path) -> None:
    former = spring(tmp_path)
    move(former, Verb.WITHDRAW, reason="更正后不再列为问题")
    told, _ = scored(autumn(tmp_path, "../春"))
    assert told["earned"] == "17.0000"


def test_a_relapse_of_this_round_counts_and_outdates_its_results(tmp_path: Path) -> None:
    from reports.steps.rectifying import open_rectification

    of = autumn(tmp_path)
    told, problems = scored(of)
    assert told["earned"] == "17.0000"
    assert "repeat-unlinked" not in codes(problems)  # it was told when the round was started
    open_rectification(of.folder.root, BY)
    move(of, Verb.RELAPSE, day=date(2026, 11, 5), result="又有油污")
    made, problems = report_round(of.folder.root)
    assert made is None
    (outdated,) = [one for one in problems if one.code == "results-outdated"]
    assert "“回头看”结论" in outdated.message
    told, problems = scored(of)
    assert told["earned"] == "16.0000"
    assert told["repeated"][0]["before"][0]["kind"] == "relapse"
    assert "totals-moved" in {one.code for one in problems}


def test_results_are_outdated_when_the_former_ledger_changes(tmp_path: Path) -> None:
    former = spring(tmp_path)
    of = autumn(tmp_path, "../春")
    scored(of)
    first = (of.folder.results / "result.json").read_bytes()
    write_scores(of.folder.root)
    assert (of.folder.results / "result.json").read_bytes() == first
    move(former, Verb.REPORT, day=date(2026, 5, 1), measures="擦净灶台")
    assert report_round(of.folder.root)[0] is not None  # a report of the school changes nothing
    move(former, Verb.WITHDRAW, reason="更正后不再列为问题")
    made, problems = report_round(of.folder.root)
    assert made is None
    assert "results-outdated" in {one.code for one in problems}


def test_a_folder_that_is_away_stops_scoring(tmp_path: Path) -> None:
    former = spring(tmp_path)
    of = autumn(tmp_path, "../春")
    scored(of)
    held = (of.folder.results / "result.json").read_bytes()
    former.folder.root.rename(tmp_path / "移走了")
    made, problems = write_scores(of.folder.root)
    assert made is not None and made.scores is None
    (gone,) = [one for one in problems if one.code == "repeat-former"]
    assert (gone.place.file, gone.place.cell) == ("round.yaml", "follows")
    assert "../春" in gone.message
    assert (of.folder.results / "result.json").read_bytes() == held
    assert report_round(of.folder.root)[1][-1].code == "repeat-former"
    assert explain_school(of.folder.root, SCHOOL)[0] is None


@pytest.mark.parametrize("name", [".", "../秋后"])
def test_a_round_that_is_this_one_or_later_is_none_before(tmp_path: Path, name: str) -> None:
    of = autumn(tmp_path, name)
    if name != ".":
        shutil.copytree(of.folder.root, tmp_path / "秋后")
        path = tmp_path / "秋后" / "round.yaml"
        path.write_text(path.read_text("utf-8").replace("2026秋", "2026秋后"), encoding="utf-8")
    collect_round(of.folder.root)
    _, problems = write_scores(of.folder.root)
    assert codes(problems) == {"repeat-former"}


def test_a_round_without_items_is_told(tmp_path: Path) -> None:
    spring(tmp_path, opened=False)
    told, problems = scored(autumn(tmp_path, "../春"))
    assert told["earned"] == "17.0000"
    assert codes(problems) == {"repeat-unopened"}


def test_what_the_rubric_has_changed_is_not_compared_and_told(tmp_path: Path) -> None:
    spring(tmp_path)
    other = PLAIN.replace("label: 一般, each: 0.5", "label: 一般, each: 0.4")
    told, problems = scored(autumn(tmp_path, "../春", rubric=other + DOUBLED))
    assert told["earned"] == "17.2000"
    (changed,) = [one for one in problems if one.code == "repeat-changed"]
    assert "A1 " in changed.message and "A3" not in changed.message


def test_the_sheet_says_that_it_cannot_know(tmp_path: Path) -> None:
    of = autumn(tmp_path, rubric=PLAIN + DOUBLED)
    read, _ = read_round(of.folder.root)
    assert read is not None
    layout = sheet_layout(read.rubrics["kitchen"], SCHOOLS[0].traits)
    how = {
        row.address: row_texts(row, False)[Column.HOW]
        for row in layout.rows
        if row.kind in ("owner", "single") and row.owner.startswith("A")
    }
    assert "▲屡查屡犯：上一批次已查出" in str(how["A1"])
    assert "本表得分不含" in str(how["A3"])
    # Of judgement alone, and of what has a rule of its own, nothing is said.
    assert "屡查屡犯" not in str(how["A2"])

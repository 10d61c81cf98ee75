"""The files of results/: columns, figures as decimal text, harmless text, same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest

from inspections.records.record import Record
from rubrics.messages.csv_text import harmless
from rubrics.messages.plain_text import plain
from rubrics.messages.problems import Place, Problem, problem
from scoring.results.frames import indicators_frame, scores_frame
from scoring.results.inputs import Inputs, records_digest
from scoring.results.snapshot import write_results
from tests.scoring.small import a_round, item, rubric, scored, visit

SCORES = (
    "school_id,school,group,rubric,version,earned,applicable,normalised,bonus,penalty,total,"
    "grade,rank,group_size,key_failed,red_lines,award_eligible,status,provisional,why"
)
GROUP = "本组有 1 所学校的检查情况尚未核定"
INPUTS = Inputs({"sample": "r" * 64}, "l" * 64, "o" * 64, "s" * 64, "c" * 64, "p" * 64)
FLAG = {"flag": "查实", "label": "是否查实"}
RED = {"title": "=乱收费", "triggers": [FLAG], "consequence": {"award_lost": True}}
OF = rubric(
    item("A1", 80, key=True, red_lines=[RED]),
    item("A2", 7),
    item("B1", 13, rule={"kind": "deduct", "faults": [{"label": "-缺公示", "each": 1}]}),
    when={"学段": "小学"},
)
VISITS = [
    visit("=a", {"A1": {"": 80, "查实": 0}, "A2": "6.5", "B1": "NA"}),
    visit("b", {"A1": {"": 79, "查实": 1}, "A2": 7, "B1": 1}, inspector="甲"),
    visit("b", {"A1": {"": 78, "查实": 0}, "A2": 7, "B1": 2}, inspector="乙"),
    visit("c", {"A1": {"": 70, "查实": 0}, "A2": None, "B1": 0}),
]
TRAITS = {name: {"学段": "小学"} for name in ("=a", "b", "c", "d")} | {"幼": {"学段": "幼儿园"}}


def written(folder: Path, visits: list[Record], problems: list[Problem] | None = None) -> Path:
    scores, found = scored(OF, visits, traits=TRAITS, weights={"sample": 1})
    met = write_results(folder, a_round(), scores, [*(problems or ()), *found], INPUTS)
    assert met == []
    return folder


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_scores(tmp_path: Path) -> None:
    path = written(tmp_path, VISITS) / "scores.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf" + SCORES.encode() + b"\r\n")
    rows = [line.split(",") for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]]
    assert [",".join(row[:5]) for row in rows] == [
        f"{safe}{name},{safe}{name}学校,全部学校,sample,1"
        for safe, name in [("'", "=a"), ("", "b"), ("", "c"), ("", "d"), ("", "幼")]
    ]
    assert [",".join(row[5:]) for row in rows] == [
        f"86.5000,87.0000,99.43,0.0000,0.0000,99.43,优秀,1,2,,,true,complete,{GROUP},",
        f"97.0000,100.0000,97.00,0.0000,0.0000,97.00,优秀,2,2,A1,'=乱收费,false,complete,{GROUP},",
        "83.0000,93.0000,89.25,0.0000,0.0000,89.25,,,2,A1,,true,provisional,未查 1 项,有 1 项未查",
        "0.0000,0.0000,,0.0000,0.0000,,,,2,,,true,not_visited,,未检查",
        "0.0000,0.0000,,0.0000,0.0000,,,,2,,,true,inapplicable,,不适用",
    ]


def test_indicators_are_blank_where_nothing_was_checked(tmp_path: Path) -> None:
    rows = table(written(tmp_path, VISITS) / "indicators.csv")
    assert ",".join(rows[0]) == "school_id,rubric,indicator,state,points,earned,reason"
    assert len(rows) == len(TRAITS) * 3
    found = {(row["school_id"], row["indicator"]): row for row in rows}
    assert [(row["state"], row["earned"]) for row in rows[:3]] == [
        ("已查", "80.0000"),
        ("已查", "6.5000"),
        ("合理缺项", ""),
    ]
    assert found["'=a", "B1"]["reason"] == "本校没有"
    assert (found["c", "A2"]["state"], found["c", "A2"]["earned"]) == ("未查", "")
    assert found["幼", "A1"]["state"] == "不适用"
    assert found["b", "B1"]["earned"] == "11.5000"
    assert found["b", "B1"]["reason"] == "李四：-缺公示 2 处 × 1 分；张三：-缺公示 1 处 × 1 分"


def test_problems_stand_once_and_in_order(tmp_path: Path) -> None:
    places = [Place("乙.xlsx", "表", "H2"), Place("乙.xlsx", "表", "H10"), Place("甲.xlsx")]
    typed = [problem("entry-not-understood", at, value="=1+1", expected="数字") for at in places]
    shuffled = Random(1).sample(typed * 2, 6)
    rows = table(written(tmp_path, VISITS, shuffled) / "problems.csv")
    assert ",".join(rows[0]) == "code,severity,file,sheet,cell,message,remedy"
    own = [row for row in rows if row["code"] == "entry-not-understood"]
    assert [row["file"] for row in own] == ["乙.xlsx", "乙.xlsx", "甲.xlsx"]
    assert {row["severity"] for row in own} == {"error"}
    assert [row["code"] for row in rows].count("school-unvisited") == 1


def test_the_snapshot_says_what_it_rests_on(tmp_path: Path) -> None:
    folder = written(tmp_path, VISITS)
    whole = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    assert whole["round"] == {
        "id": "2026a",
        "title": "秋季检查",
        "bureau": "某县教育局",
        "digest": INPUTS.round,
    }
    assert whole["inputs"] == {"rubrics": {"sample": "r" * 64}, "ledger": "l" * 64} | {
        "roster": "s" * 64,
        "collected": "c" * 64,
        "program": "p" * 64,
    }
    for name, digest in whole["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    first, second, third, *_ = whole["rubrics"][0]["schools"]
    assert (first["id"], first["total"], first["rank"]) == ("=a", "99.43", 1)
    assert second["red_lines"] == [
        {"owner": "A1", "title": "=乱收费", "effect": "取消评优评先资格"}
    ]
    assert (third["unranked"], third["grade"]) == ("有 1 项未查", "")
    assert [it["rank"] for it in whole["composite"]] == [1, 2, None, None, None]


def test_same_inputs_same_bytes(tmp_path: Path) -> None:
    one = written(tmp_path / "1", VISITS)
    other = written(tmp_path / "2", VISITS[::-1])
    names = sorted(path.name for path in one.iterdir())
    assert names == ["indicators.csv", "problems.csv", "result.json", "scores.csv"]
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_the_digest_of_visits_is_of_what_they_say() -> None:
    whole = records_digest(VISITS)
    assert records_digest(VISITS[::-1]) == whole
    assert records_digest(VISITS[1:]) != whole
    changed = visit("c", {"A1": {"": 71, "查实": 0}, "A2": None, "B1": 0})
    assert records_digest([*VISITS[:-1], changed]) != whole
    spelt = visit("c", {"A1": {"": "70.00", "查实": 0}, "A2": None, "B1": 0})
    assert records_digest([*VISITS[:-1], spelt]) == whole


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1＋1"])
def test_text_that_could_be_a_formula_is_neutralised(text: str) -> None:
    assert harmless(text) == f"'{plain(text)}"
    assert harmless(f"问题{text}") == f"问题{plain(text)}"


def test_a_file_that_is_open_elsewhere_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "scores.csv").mkdir()
    scores, _ = scored(OF, VISITS, traits=TRAITS)
    met: list[Any] = write_results(tmp_path, a_round(), scores, [], INPUTS)
    assert [(one.code, one.place.file) for one in met] == [
        ("output-locked", f"{tmp_path.name}/scores.csv")
    ]
    assert (tmp_path / "indicators.csv").is_file()
    assert (tmp_path / "result.json").is_file()


def test_frames_keep_what_a_plain_reading_loses(tmp_path: Path) -> None:
    folder = written(tmp_path, VISITS)
    frame = scores_frame(folder).set_index("school_id")
    exact = {row["school_id"]: row for row in table(folder / "scores.csv")}
    assert frame.index.tolist() == list(exact)
    for school, row in frame.iterrows():
        plain = exact[str(school)]
        assert row["total"] == (Decimal(plain["total"]) if plain["total"] else None)
        assert (None if pd.isna(row["rank"]) else str(row["rank"])) == (plain["rank"] or None)
    assert frame.loc["b", "red_lines"] == ("'=乱收费",)
    assert frame.loc["b", "award_eligible"] is np.False_
    items = indicators_frame(folder)
    assert sum(items.loc[items.school_id == "b", "earned"]) == frame.loc["b", "earned"]


def test_a_code_that_begins_with_zero_stays_so(tmp_path: Path) -> None:
    scores, _ = scored(OF, [visit("0101", {"A1": 80, "A2": 7, "B1": 0})])
    write_results(tmp_path, a_round(), scores, [], INPUTS)
    assert scores_frame(tmp_path)["school_id"].tolist() == ["0101"]


def stamps(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_what_stands_there_already_is_not_written_again(tmp_path: Path) -> None:
    before = stamps(written(tmp_path, VISITS))
    assert stamps(written(tmp_path, VISITS)) == before


@pytest.mark.parametrize("name", ["scores.csv", "indicators.csv", "problems.csv", "result.json"])
def test_what_somebody_has_changed_or_removed_is_written_again(tmp_path: Path, name: str) -> None:
    held = {path.name: path.read_bytes() for path in written(tmp_path, VISITS).iterdir()}
    (tmp_path / name).write_bytes(held[name] + b"x")
    written(tmp_path, VISITS)
    assert (tmp_path / name).read_bytes() == held[name]
    (tmp_path / name).unlink()
    written(tmp_path, VISITS)
    assert (tmp_path / name).read_bytes() == held[name]


@pytest.mark.parametrize("part", ["rubrics", "ledger", "round", "roster", "collected", "program"])
def test_results_of_other_inputs_are_written_anew(tmp_path: Path, part: str) -> None:
    before = stamps(written(tmp_path, VISITS))
    other = {"sample": "0" * 64} if part == "rubrics" else "0" * 64
    scores, found = scored(OF, VISITS, traits=TRAITS, weights={"sample": 1})
    write_results(tmp_path, a_round(), scores, found, replace(INPUTS, **{part: other}))
    assert stamps(tmp_path)["result.json"] != before["result.json"]

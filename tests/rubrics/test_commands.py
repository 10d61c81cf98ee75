"""``scoring rubric`` as a clerk uses it: what it prints, writes and returns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from rubrics.commands import app
from rubrics.files.loading import load_rubric
from rubrics.files.shipped import shipped
from rubrics.language.schema import schema_text

HERE = Path(__file__).parent
SAMPLE = HERE / "sample.yaml"
BROKEN = HERE / "broken" / "several_at_once.yaml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_list_names_every_shipped_rubric() -> None:
    plain, found = run("list"), run("list", "--json")
    assert plain.exit_code == found.exit_code == 0
    rows = json.loads(found.stdout)
    assert {row["id"] for row in rows} == set(shipped())
    assert all(row["title"] in plain.stdout and row["points"] in ("100", "1000") for row in rows)


def test_list_puts_rubrics_of_one_subject_together_and_says_for_whom_each_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    for name, group in (("a", "食品安全"), ("b", ""), ("c", "党建"), ("d", "食品安全")):
        made = text.replace("id: sample", f"id: {name}\ngroup: {group or '~'}", 1)
        (tmp_path / f"{name}.yaml").write_text(
            made if group else made.replace("group: ~\n", ""), encoding="utf-8"
        )
    monkeypatch.setattr("rubrics.files.shipped.LIBRARY", tmp_path)
    rows = json.loads(run("list", "--json").stdout)
    assert [row["id"] for row in rows] == ["a", "d", "c", "b"]
    lines = [line.split("\t") for line in run("list").stdout.splitlines()]
    assert [line[0] for line in lines] == ["检查内容", "食品安全", "食品安全", "党建", "其他"]
    (where,) = {line[lines[0].index("适用")] for line in lines[1:]}
    assert "小学" in where
    assert where.endswith("的学校")


def test_show_prints_rules_red_lines_and_figures() -> None:
    done = run("show", SAMPLE)
    assert done.exit_code == 0
    for text in (
        "A3",
        "课表与实课不符每节次扣 0.5 分，扣完为止",
        "乱收费查实",
        "九年一贯制",
        "不少于 27 分",
    ):
        assert text in done.stdout
    shown = json.loads(run("show", SAMPLE, "--json").stdout)
    assert shown["id"] == "sample"


def test_check_passes_a_good_file_and_prints_its_figures() -> None:
    done = run("check", SAMPLE, "party")
    assert done.exit_code == 0
    assert "没有错误" in done.stdout
    assert "单凭判断" in done.stdout
    (result,) = json.loads(run("check", SAMPLE, "--json").stdout)
    assert result["problems"] == []
    figures: dict[str, Any] = result["figures"]
    assert figures["judgement"] == {"indicators": 1, "points": "4"}
    assert figures["stages"]["小学"] == {"indicators": 8, "points": "30"}
    assert figures["stages"]["初中"] == {"indicators": 7, "points": "25"}
    assert figures["stages"]["幼儿园"] is None


def test_check_says_what_is_wrong_where_and_what_to_do() -> None:
    done = run("check", BROKEN, SAMPLE)
    assert done.exit_code == 1
    assert "第 8 行 foo\n      不认识“foo”。这里可以写：" in done.stderr
    assert "sample.yaml：没有错误" in done.stdout  # one bad file never costs another
    bad, good = json.loads(run("check", BROKEN, SAMPLE, "--json").stdout)
    assert [item["code"] for item in bad["problems"]] == [
        "rubric-unknown-key",
        "rubric-value",
        "rubric-value",
    ]
    assert good["problems"] == []


def test_json_goes_to_the_file_that_out_names(tmp_path: Path) -> None:
    for number, command in enumerate((("list",), ("show", SAMPLE), ("check", SAMPLE, BROKEN))):
        file = tmp_path / f"{number}.json"
        printed, written = run(*command, "--json"), run(*command, "--json", "--out", file)
        assert (written.exit_code, written.stdout) == (printed.exit_code, "")
        assert json.loads(file.read_text("utf-8")) == json.loads(printed.stdout)
        assert run(*command, "--out", file).exit_code == 2
        (tmp_path / "x").mkdir(exist_ok=True)
        assert run(*command, "--json", "--out", tmp_path / "x").exit_code == 1


def test_check_of_a_missing_file_is_an_error_of_that_file(tmp_path: Path) -> None:
    assert run("check", tmp_path / "没有.yaml").exit_code == 1


def test_check_tells_authors_what_reads_wrongly(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    text = SAMPLE.read_text(encoding="utf-8")
    file.write_text(text.replace("label: 收费公示", "label: 收费已公示"), encoding="utf-8")
    done = run("check", file)
    assert done.exit_code == 0
    assert "收费已公示不符合要求" in done.stderr
    assert "收费已公示" not in run("show", file).stderr


def test_a_rubric_that_is_not_there_is_bad_usage(tmp_path: Path) -> None:
    for arguments in (("show", "nope"), ("export", "nope", tmp_path / "a.xlsx")):
        done = run(*arguments)
        assert done.exit_code == 2
        assert "party" in done.stderr  # it says which there are


def test_export_and_import_give_the_same_rubric(tmp_path: Path) -> None:
    book, text = tmp_path / "新" / "a.xlsx", tmp_path / "a.yaml"
    assert run("export", SAMPLE, book).exit_code == 0
    assert run("import", book, text).exit_code == 0
    assert load_rubric(text) == load_rubric(SAMPLE)


def test_export_refuses_another_ending_and_says_when_it_cannot_write(tmp_path: Path) -> None:
    assert run("export", SAMPLE, tmp_path / "a.xls").exit_code == 2
    (tmp_path / "a.xlsx").mkdir()
    done = run("export", SAMPLE, tmp_path / "a.xlsx")
    assert done.exit_code == 1
    assert "写不进去" in done.stderr


def test_import_writes_nothing_where_there_are_errors(tmp_path: Path) -> None:
    book, text = tmp_path / "a.xlsx", tmp_path / "a.yaml"
    book.write_text("不是工作簿", encoding="utf-8")
    assert run("import", book, text).exit_code == 1
    assert not text.exists()


def test_schema_prints_the_schema() -> None:
    assert run("schema").stdout == schema_text()


def test_every_command_is_explained_in_chinese() -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        assert not (command.callback.__doc__ or "").isascii(), command.name

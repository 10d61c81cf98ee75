"""The program at a shell: it speaks Chinese, and its status says how it went."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from scoring.__main__ import app
from scoring.program import in_chinese, run

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "rubrics" / "sample.yaml"
BROKEN = ROOT / "tests" / "rubrics" / "broken" / "several_at_once.yaml"


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        ("No such command 'chek'. Did you mean 'check'?", "没有命令“chek”（是不是 check？）"),
        ("No such option: --x", "没有选项 --x"),
        ("Missing argument 'DIR'.", "缺少 DIR"),
        ("Got unexpected extra argument (b)", "多出了“b”"),
        (
            "Invalid value for '--only': 'x' is not one of 'a', 'b'.",
            "--only 不能是“x”，可以是 'a', 'b'",
        ),
        (
            "Invalid value for '--layout': Value error, 'x' is not one of 'a', 'b'.",
            "--layout 不能是“x”，可以是 'a', 'b'",
        ),
        ("Invalid value for '--n': 'x' is not a valid int.", "--n 不能是“x”"),
        ("Got unexpected extra argument(s) (b c)", "多出了“b c”"),
        ("No such option: --jsn (Possible options: --json)", "没有选项 --jsn（是不是 --json？）"),
        (
            "Invalid value for '号': Input should be a valid integer, unable to parse string",
            "号：要写整数",
        ),
        ("Missing option '--schools'. ", "缺少 --schools"),
        ("", ""),
        ("Invalid value for 'FILE': 文件太大", "FILE：文件太大"),
        ("something new", "命令写得不对（something new）"),
    ],
)
def test_usage_errors_in_chinese(said: str, ours: str) -> None:
    assert in_chinese(said) == ours


def program(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scoring", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
        cwd=ROOT,
    )


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["rubric", "check", SAMPLE], 0, "没有错误"),
        (["rubric", "check", BROKEN], 1, "错误"),
        (["rubric", "chek"], 2, "没有命令“chek”"),
        (["rubric", "check", "--quick", SAMPLE], 2, "没有选项 --quick"),
        (["rubric", "export", "party"], 2, "缺少"),
        (["rubric", "export", "party", "a.pdf"], 2, "文件名应以 .xlsx 结尾"),
        (["rubric"], 2, "用法：scoring rubric"),
        (["rubric", "--help"], 0, "显示这份说明"),
    ],
)
def test_the_program_speaks_chinese(arguments: list[object], status: int, said: str) -> None:
    done = program(*arguments)
    assert done.returncode == status, done.stderr
    assert said in done.stdout + done.stderr
    for english in ("Usage", "Error", "Missing", "No such", "Options", "Show this"):
        assert english not in done.stdout + done.stderr


def helps(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, below in (getattr(command, "commands", None) or {}).items():
        yield from helps(below, (*path, name))


def said(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Any) -> str:
    monkeypatch.setattr(sys, "argv", ["scoring", *arguments])
    with pytest.raises(SystemExit):
        run(app)
    out, err = capsys.readouterr()
    return f"{out}{err}"


KEPT = {
    "CSV", "DATE", "DIR", "Excel", "FILE", "ID", "PDF", "Word",
    "JSON", "KIND", "NA", "Schema", "URL", "WPS", "XLSForm", "YAML",
}  # fmt: skip
"""Words that are Chinese enough, or what an argument is called."""


def test_the_help_of_every_command_is_chinese(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    paths = list(helps(get_command(app)))
    names = {name for path in paths for name in path} | {"scoring"}
    for path in paths:
        told = said([*path, "--help"], monkeypatch, capsys)
        words = set(re.findall(r"(?<![-./\w:])[A-Z][A-Za-z]+(?![\w/.])", told))
        assert words <= KEPT | names, (path, words)
        assert not re.search(r"<[a-z]+>", told), path


@pytest.mark.parametrize(
    "arguments",
    [
        ["xx"],
        ["round", "stat"],
        ["round", "status"],
        ["round", "status", "a", "b", "c"],
        ["round", "status", "a", "--jsn"],
        ["workbooks", "a", "--layout", "x"],
        ["workbooks", "a", "--layout"],
        ["ledger", "decide", "revoke", "a", "x", "--why", "y"],
        ["run", "a", "--no-marks=1"],
        ["round", "start", "a"],
        ["--xx"],
        ["rubric", "import"],
    ],
)
def test_every_kind_of_bad_usage_is_told_in_chinese(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    last = said(arguments, monkeypatch, capsys).strip().splitlines()[-1]
    assert last.startswith("用法不对：")
    assert not re.search(r"[A-Za-z]{4,} [A-Za-z]{2,}", last), last
    assert "命令写得不对" not in last


def test_no_help_is_cut_off_at_eighty_columns() -> None:
    def commands(command: Any, way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield way
        for name, inner in getattr(command, "commands", {}).items():
            yield from commands(inner, (*way, name))

    code = (
        "import sys\nfrom scoring.__main__ import app\nfrom scoring.program import run\n"
        "import json\n"
        "for way in json.loads(sys.argv.pop()):\n"
        "    sys.argv[1:] = [*way, '--help']\n"
        "    try:\n        run(app)\n    except SystemExit:\n        pass\n"
    )
    ways = json.dumps(list(commands(get_command(app), ())))
    done = subprocess.run(
        [sys.executable, "-c", code, ways],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        cwd=ROOT,
    )
    assert done.stdout.count("用法") > 20, done.stderr
    # Two of them, and an address that is left out, are ours.
    cut = re.compile(r"(?<!…)…(?!…)")
    assert [one for one in done.stdout.splitlines() if cut.search(one.replace("://…", ""))] == []

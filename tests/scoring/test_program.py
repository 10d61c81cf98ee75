"""The program at a shell: it speaks Chinese, and its status says how it went."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scoring.program import in_chinese

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "rubrics" / "sample.yaml"
BROKEN = ROOT / "tests" / "rubrics" / "broken" / "several_at_once.yaml"


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        ("No such command 'chek'. Did you mean 'check'?", "没有命令“chek”（是不是 'check'？）"),
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
        ("Invalid value for 'FILE': 文件太大", "FILE：文件太大"),
        ("something new", "something new"),
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

"""What the system answers is told in Chinese, wherever an error of it reaches a reader."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from inspections.ledger.stopping import stopped
from inspections.round.table import read_tables
from inspections.row_workbook.book import RowBook
from inspections.row_workbook.reading import read_rows
from reports.letter.read_back import read_claim
from rubrics.files.yaml_text import read_yaml
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Problem
from rubrics.messages.system_errors import in_chinese
from rubrics.workbook.reading import read_tables as read_rubric

_ROOT = Path(__file__).parents[2]
_LETTERS = re.compile("[a-z]{3}")


_COMMON = (
    "ENOSPC EDQUOT EACCES EPERM EROFS EBUSY ENOENT EISDIR ENOTDIR ENAMETOOLONG EIO ESTALE ETIMEDOUT"
    " EMFILE EINVAL EEXIST ELOOP"
)


@pytest.mark.parametrize("name", _COMMON.split())
def test_common_errors_have_words(name: str) -> None:
    number = getattr(errno, name)
    said = in_chinese(OSError(number, os.strerror(number), "表.xlsx"))
    assert said.isprintable()
    assert not re.search("[A-Za-z]", said)


def test_a_rare_one_can_be_looked_up() -> None:
    assert in_chinese(OSError(errno.ECHILD, os.strerror(errno.ECHILD))) == "系统错误 ECHILD"


def test_what_is_no_answer_of_the_system_speaks_for_itself() -> None:
    assert in_chinese(ValueError("第 3 行不对")) == "第 3 行不对"
    assert in_chinese(OSError("cannot identify image file"), "不是图片") == "不是图片"


def test_nothing_else_prints_the_systems_own_words() -> None:
    own = "rubrics/messages/system_errors.py"
    kept = {own, "rubrics/messages/output.py", "inspections/round/this_computer.py"}  # re-raised
    files = (path for room in ("rubrics", "inspections", "scoring", "reports")
             for path in (_ROOT / room).rglob("*.py"))  # fmt: skip
    found = {
        str(path.relative_to(_ROOT)) for path in files if "strerror" in path.read_text("utf-8")
    }
    assert found <= kept


@pytest.mark.skipif(os.name == "nt", reason="another answer there")
def test_a_folder_in_a_files_place_is_told_in_chinese(tmp_path: Path) -> None:
    folder = tmp_path / "表.xlsx"
    folder.mkdir()
    book = RowBook("批次", "", "表", "1", "某校", 1, "表", (), ())
    problems: list[Problem] = [
        *read_rows(folder, [book], "表.xlsx")[1],
        *read_claim(folder)[1],
        *read_yaml(folder).problems,
        *write_whole(folder / "名" / ("长" * 200), b"", "长名"),
        *read_tables(folder, "表.xlsx")[1],
        *read_rubric(folder)[1],
    ]
    met = stopped(IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), "表.xlsx"))
    assert met is not None
    assert len(problems) == 6
    for item in [*problems, met]:
        assert not _LETTERS.search(item.message.replace(str(tmp_path), "").replace(".xlsx", "")), (
            item
        )

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from reports.output import remove, write_whole


def test_writes_the_bytes_and_makes_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "意见书" / "甲.pdf"
    assert write_whole(path, b"one") == ()
    assert write_whole(path, b"two") == ()
    assert path.read_bytes() == b"two"
    assert [item.name for item in path.parent.iterdir()] == ["甲.pdf"]


def test_a_name_as_long_as_file_systems_allow(tmp_path: Path) -> None:
    path = tmp_path / f"{'校' * 83}.pdf"
    assert write_whole(path, b"x") == ()
    assert path.read_bytes() == b"x"


def test_what_cannot_be_replaced_is_a_problem_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "排名表.xlsx"
    (path / "inside").mkdir(parents=True)
    found = write_whole(path, b"x")
    assert [(item.code, item.place.file) for item in found] == [("output-locked", "排名表.xlsx")]
    assert [item.name for item in tmp_path.iterdir()] == ["排名表.xlsx"]


def test_the_problem_names_the_file_as_it_is_told_to(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "甲.pdf"
    path.mkdir(parents=True)
    (found,) = write_whole(path, b"x", "reports/甲.pdf")
    assert found.place.file == "reports/甲.pdf"
    assert found.message == "reports/甲.pdf 写不进去：这个位置上有一个同名的文件夹"


def test_a_folder_that_is_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("")
    for path in (tmp_path / "reports" / "甲.pdf", tmp_path / "reports" / "letters" / "甲.pdf"):
        (found,) = write_whole(path, b"x")
        assert found.code == "output-locked"
        assert "同名的文件" in found.message
        assert "文件夹的位置" in found.message


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_a_folder_that_cannot_be_written_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(code, "refused")

    monkeypatch.setattr(Path, "write_bytes", refused)
    monkeypatch.setattr(Path, "unlink", refused)
    (found,) = write_whole(tmp_path / "甲.pdf", b"x")
    assert found.code == "output-locked"
    assert "没有写入权限" in found.message
    (tmp_path / "乙.pdf").touch()
    (found,) = remove(tmp_path / "乙.pdf", "reports/乙.pdf")
    assert (found.code, found.place.file) == ("output-locked", "reports/乙.pdf")


def test_a_file_held_by_another_program_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "排名表.xlsx"
    path.write_bytes(b"old")

    def held(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(os, "replace", held)
    assert [item.code for item in write_whole(path, b"new")] == ["output-locked"]
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["排名表.xlsx"]


def test_a_full_disk_is_no_mistake_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space"):
        write_whole(tmp_path / "a", b"x")
    assert list(tmp_path.iterdir()) == []

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rubrics.messages.output import clear_leftovers, remove, write_whole
from rubrics.messages.problems import Place, problem
from rubrics.messages.unwritten import by_cause, unwritten


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

    (tmp_path / "乙.pdf").touch()
    monkeypatch.setattr(os, "open", refused)
    monkeypatch.setattr(Path, "unlink", refused)
    (found,) = write_whole(tmp_path / "甲.pdf", b"x")
    assert found.code == "output-locked"
    assert "没有写入权限" in found.message
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


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace", "mkdir"])
def test_a_full_disk_stops_everything_and_leaves_the_earlier_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    (tmp_path / "甲.pdf").write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(code, "no space left on device")

    monkeypatch.setattr(os, call, full)
    folder = tmp_path / "new" if call == "mkdir" else tmp_path
    with pytest.raises(OSError, match="no space") as caught:
        write_whole(folder / "甲.pdf", b"x", "reports/甲.pdf")
    monkeypatch.undo()
    assert (caught.value.errno, caught.value.filename) == (code, "reports/甲.pdf")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"甲.pdf": b"old"}


def test_a_name_that_no_file_system_takes_is_a_problem(tmp_path: Path) -> None:
    (found,) = write_whole(tmp_path / f"{'校' * 90}.pdf", b"x", "reports/校.pdf")
    assert (found.code, found.place.file) == ("output-long", "reports/校.pdf")


def test_a_broken_disk_is_a_problem_of_this_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    (found,) = write_whole(tmp_path / "甲.pdf", b"x")
    assert found.code == "output-failed"
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_takes_a_little_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda number, data: write(number, data[:7]))
    data = bytes(range(256))
    assert write_whole(tmp_path / "甲.pdf", data) == ()
    assert (tmp_path / "甲.pdf").read_bytes() == data


STAYS = """
import os, sys
from pathlib import Path
from rubrics.messages import output

def stay(*_):
    print("writing", flush=True)
    sys.stdin.read()
    os.kill(os.getpid(), 9)

os.fsync = stay
output.write_whole(Path(sys.argv[1]), b"half")
"""


def test_what_a_killed_run_left_goes_and_what_another_writes_stays(tmp_path: Path) -> None:
    path = tmp_path / "甲.pdf"
    command = [sys.executable, "-c", STAYS, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None and writer.stdin is not None
        assert writer.stdout.readline() == b"writing\n"
        (part,) = tmp_path.iterdir()
        assert part.read_bytes() == b"half"
        clear_leftovers(tmp_path)
        assert write_whole(path, b"whole") == ()
        assert sorted(item.name for item in tmp_path.iterdir()) == sorted([part.name, path.name])
        writer.stdin.close()
    assert writer.returncode == -9
    assert part.exists()
    clear_leftovers(tmp_path)
    assert {item.name: item.read_bytes() for item in tmp_path.iterdir()} == {"甲.pdf": b"whole"}


def test_only_our_own_leftovers_are_taken_away(tmp_path: Path) -> None:
    names = [".x.part", "下载.part", ".12-part", f".12-{'a' * 8}.partial"]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / f".12-{'a' * 8}.part").touch()
    (tmp_path / f".12-{'a' * 8}-3.part").touch()
    clear_leftovers(tmp_path)
    assert sorted(item.name for item in tmp_path.iterdir()) == sorted(names)
    clear_leftovers(tmp_path / "nowhere")
    below = tmp_path / "一组" / f".12-{'a' * 8}.part"
    below.parent.mkdir()
    below.touch()
    clear_leftovers(tmp_path)
    assert below.exists()
    clear_leftovers(tmp_path, below=True)
    assert not below.exists()


def test_parts_of_the_same_name_do_not_meet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getpid", lambda: 7)
    path = tmp_path / "甲.pdf"
    fsync = os.fsync

    def another(number: int) -> None:
        monkeypatch.setattr(os, "fsync", fsync)
        assert write_whole(path, b"another") == ()
        fsync(number)

    monkeypatch.setattr(os, "fsync", another)
    assert write_whole(path, b"one") == ()
    assert {item.name: item.read_bytes() for item in tmp_path.iterdir()} == {"甲.pdf": b"one"}


def test_many_files_of_one_cause_are_told_once(tmp_path: Path) -> None:
    names = [f"workbooks/一组/{name}.xlsx" for name in "甲乙丙丁"] + ["workbooks/二组/戊.xlsx"]
    for name in names:
        (tmp_path / name).mkdir(parents=True)
    found = [item for name in names for item in write_whole(tmp_path / name, b"x", name)]
    other = problem("output-failed", Place("x"), name="x", detail="坏了")
    assert list(unwritten([*found, other])) == [*names, "x"]
    one, last = by_cause([*found, other])
    assert (one.code, one.place.file, last) == ("outputs-locked", "workbooks", other)
    assert dict(one.params)["count"] == "5"
    two = found[:2]
    assert by_cause(two) == two
    apart = by_cause([*found[:3], other, found[3]])
    assert [item.code for item in apart] == ["outputs-locked", "output-failed"]

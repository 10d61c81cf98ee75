"""A disk that is full: a message, nothing lost, and the same result once there is room again."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.killing.rounds import Struck, at_rest, files, returned_round

SIZE = 6 << 20
PAGE = 4096
COMMANDS = ("collect", "score", "report", "workbooks")


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file system that holds very little."""
    folder = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    try:
        made = subprocess.run(mount, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("there is no mount")
    if made.returncode:
        pytest.skip(f"a small file system cannot be mounted: {made.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="module")
def stages(
    program: Struck, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Path], dict[str, tuple[Any, ...]]]:
    """The folder before each command, and all that is in it afterwards."""
    base = tmp_path_factory.mktemp("stages")
    folder, before, after = returned_round(base / "春季"), {}, {}
    warm = shutil.copytree(folder, base / "warm")
    assert program.order("run", warm, cwd=base, warm=True) == 1
    for command in COMMANDS:
        before[command] = shutil.copytree(folder, base / f"before {command}")
        assert program.order(command, folder, cwd=base) in (0, 1)
        after[command] = at_rest(folder)
    return before, after


def fill(disk: Path, left: int) -> Path:
    """Fills the disk until only so many bytes are left."""
    filler = disk / "filler"
    filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - left)))
    return filler


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk(
    command: str,
    disk: Path,
    program: Struck,
    stages: tuple[dict[str, Path], dict[str, tuple[Any, ...]]],
) -> None:
    before, after = stages
    folder = disk / "春季"
    refused = 0
    for pages in (0, 1, 3, 6, 10, 16, 24, 40, 64, 128):
        (disk / "filler").unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(before[command], folder)
        there = files(folder, parts=False)
        filler = fill(disk, pages * PAGE)
        status = program.order(command, "春季", cwd=disk)
        said = program.said
        assert "Traceback" not in said
        assert status in (0, 1), said
        if "磁盘已满" in said:
            refused += 1
            assert status == 1
            assert "请腾出空间" in said
            left = files(folder, parts=False)
            whole = after[command][0]
            assert all(data in (there.get(name), whole.get(name)) for name, data in left.items())
            assert there.keys() <= left.keys()
        filler.unlink()
        assert program.order(command, "春季", cwd=disk) in (0, 1), program.said
        assert at_rest(folder) == after[command]
    assert 2 <= refused <= 9

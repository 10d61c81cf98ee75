"""After scores: a full disk, Ctrl-C and SIGTERM leave one message, and nothing half-written."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scoring.interrupted import ABORTED
from tests.killing.cycle_round import STEPS, Cycle, cycle, step
from tests.killing.rounds import ENVIRONMENT, ROOT, Struck, at_rest, files
from tests.killing.sessions import wait_for_the_end
from tests.killing.test_full_disk import PAGE, fill

SIZE = 12 << 20
ROOMS = (2, 24)
"""Pages that are left on the disk, for the steps in turn."""

WRITING = ("first", "object", "open", "add", "send", "replies", "extend", "book", "draw", "look",
           "looked", "compared", "propose", "rule", "papers", "month")  # fmt: skip
DONE = (0, 1, 2)
"""How a command may end that has been carried out already: it says so."""


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
def made(program: Struck, tmp_path_factory: pytest.TempPathFactory) -> Cycle:
    return cycle(tmp_path_factory.mktemp("cycle") / "春季", program)


def carried_out(made: Cycle, name: str, folder: Path, program: Struck) -> tuple[Any, ...]:
    """All that is in the folder after a step that nothing has stopped."""
    shutil.copytree(made.before[name], folder)
    assert program.order(*step(name, folder), cwd=folder.parent) in (0, 1), program.said
    return at_rest(folder)


@pytest.mark.parametrize(
    ("name", "pages"), list(zip(WRITING, itertools.cycle(ROOMS), strict=False))
)
def test_a_full_disk(
    name: str, pages: int, disk: Path, program: Struck, made: Cycle, tmp_path: Path
) -> None:
    after = carried_out(made, name, tmp_path / "春季", program)
    folder = disk / "春季"
    (disk / "filler").unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made.before[name], folder)
    there = files(folder, parts=False)
    filler = fill(disk, pages * PAGE)
    status = program.order(*step(name, folder), cwd=disk)
    said = program.said
    assert "Traceback" not in said
    assert status in (0, 1), said
    assert said.count("磁盘已满") <= 1, said
    if "磁盘已满" in said:
        assert status == 1
        assert "请腾出空间" in said
    left = files(folder, parts=False)
    whole = after[0]
    assert all(data in (there.get(path), whole.get(path)) for path, data in left.items())
    filler.unlink()
    assert program.order(*step(name, folder), cwd=disk) in DONE, program.said
    assert at_rest(folder) == after


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize(
    ("name", "number"),
    [("first", signal.SIGINT), ("replies", signal.SIGTERM), ("papers", signal.SIGINT)],
    ids=["first-INT", "replies-TERM", "papers-INT"],
)
def test_interrupted(name: str, number: int, program: Struck, made: Cycle, tmp_path: Path) -> None:
    folder = tmp_path / "春季"
    began = time.monotonic()
    assert _run(made, name, folder).wait() in (0, 1)
    takes = time.monotonic() - began
    after = at_rest(folder)
    shutil.rmtree(folder)
    process = _run(made, name, folder)
    time.sleep(0.7 * takes)
    if process.poll() is None:
        os.killpg(process.pid, number)
    said = process.communicate()[0].decode()
    assert not wait_for_the_end(process.pid)
    assert "Traceback" not in said
    if process.returncode not in (0, 1, -number):
        assert process.returncode == 128 + number, said
        assert said.strip().endswith(ABORTED)
        assert said.count(ABORTED) == 1
    assert program.order(*step(name, folder), cwd=tmp_path) in DONE, program.said
    assert at_rest(folder) == after


def _run(made: Cycle, name: str, folder: Path) -> subprocess.Popen[bytes]:
    shutil.copytree(made.before[name], folder)
    return subprocess.Popen(
        [sys.executable, "-m", "scoring", *step(name, folder)],
        env=ENVIRONMENT,
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def test_every_step_that_writes_is_tried() -> None:
    assert set(STEPS) - set(WRITING) == {"answer", "final", "decide", "close"}  # as others do

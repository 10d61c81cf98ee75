"""A run whose main process is killed, or stopped with Ctrl-C, leaves no process behind."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rubrics.apart import crew
from rubrics.apart.once import cheap
from tests.killing.rounds import at_rest, returned_round
from tests.killing.sessions import run, wait_for_the_end

if not Path("/proc/self/stat").exists():
    pytest.skip("processes are looked up in /proc", allow_module_level=True)


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return returned_round(tmp_path_factory.mktemp("returned") / "春季")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("whole", [True, False], ids=["all of it", "the main process"])
def test_killed_at_any_time(
    seed: int, whole: bool, returned: Path, right: tuple[object, float], tmp_path: Path
) -> None:
    folder = tmp_path / "春季"
    shutil.copytree(returned, folder)
    expected, takes = right
    with run(folder) as process:
        time.sleep(random.Random(f"{seed} {whole}").uniform(0.2, takes))
        (os.killpg if whole else os.kill)(process.pid, signal.SIGKILL)
        process.wait()
        left = wait_for_the_end(process.pid)
        for number in left:
            os.kill(number, signal.SIGKILL)
        assert left == []
    with run(folder) as process:
        said = process.communicate()[0].decode()
        assert process.returncode == 1, said
    assert at_rest(folder) == expected


@pytest.mark.parametrize("share", [0.3, 0.6, 0.8])
def test_stopped_with_ctrl_c(
    share: float, returned: Path, right: tuple[object, float], tmp_path: Path
) -> None:
    folder = tmp_path / "春季"
    shutil.copytree(returned, folder)
    expected, takes = right
    with run(folder) as process:
        time.sleep(share * takes)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        said = process.communicate()[0].decode()
        assert wait_for_the_end(process.pid) == []
    assert "Traceback" not in said
    if "结果在" not in said:  # else it was faster this time
        # -2 while it was still being loaded
        assert process.returncode in (130, -2)
        assert said.strip().splitlines()[-1].startswith("已中止")
    with run(folder) as process:
        process.communicate()
    assert at_rest(folder) == expected


def length(text: str) -> int:
    return len(text)


@pytest.fixture
def deaf() -> Iterator[None]:
    """A program that answers SIGTERM in its own way, as it does while it starts workers."""
    before = signal.signal(signal.SIGTERM, lambda number, frame: None)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures("deaf")
def test_a_copy_of_the_program_ends_when_it_is_told_to() -> None:
    worker = crew._worker(cheap(), length)
    worker.process.terminate()
    worker.process.join(20)
    assert worker.process.exitcode == -signal.SIGTERM


def test_a_worker_that_starts_while_ctrl_c_is_pressed_is_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @contextmanager
    def pressed() -> Iterator[None]:
        yield
        raise KeyboardInterrupt

    monkeypatch.setattr(crew, "starting", pressed)
    before = multiprocessing.active_children()
    with pytest.raises(KeyboardInterrupt):
        list(crew.answers(["a"], length, lambda job, reason: 0, 1, cheap()))
    assert multiprocessing.active_children() == before

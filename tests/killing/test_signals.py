"""Ctrl-C and SIGTERM at any moment: a known message, a known status, nothing left, nothing lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scoring.interrupted import ABORTED
from tests.killing.rounds import ENVIRONMENT, ROOT, at_rest, returned_round
from tests.killing.sessions import run, wait_for_the_end

if not Path("/proc/self/stat").exists():
    pytest.skip("processes are looked up in /proc", allow_module_level=True)

SIGNALS = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["INT", "TERM"])


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return returned_round(tmp_path_factory.mktemp("returned") / "春季")


def interrupted(folder: Path, number: int, seconds: float, whole: bool) -> str:
    """Runs a round and sends a signal; returns what was wrong with the end, empty for nothing."""
    with run(folder) as process:
        time.sleep(seconds)
        if process.poll() is None:
            (os.killpg if whole else os.kill)(process.pid, number)
        said = process.communicate()[0].decode()
        left = wait_for_the_end(process.pid)
    loading = process.returncode == -number  # as the system does it, while it is being loaded
    told = said.strip().endswith(ABORTED) and process.returncode == 128 + number
    silent = not said.strip() or said.strip() == ABORTED
    if left or "Traceback" in said or "ignored" in said:
        return f"{left} {process.returncode} {said}"
    if told or (loading and silent) or (process.returncode == 1 and "结果在" in said):
        return ""
    return f"{process.returncode} {said}"


@pytest.mark.parametrize(
    ("share", "whole", "number"),
    [
        pytest.param(
            share,
            whole,
            (signal.SIGINT, signal.SIGTERM)[(at + whole) % 2],
            id=f"{share}-{'all of it' if whole else 'the main process'}",
        )
        for at, share in enumerate((0.1, 0.35, 0.5, 0.7, 0.9))
        for whole in (True, False)
    ],
)
def test_interrupted(
    share: float, whole: bool, number: int, returned: Path, right: tuple[object, float],
    tmp_path: Path,
) -> None:  # fmt: skip
    folder = tmp_path / "春季"
    shutil.copytree(returned, folder)
    expected, takes = right
    assert interrupted(folder, number, share * takes, whole) == ""
    with run(folder) as process:  # at once: the folder is nobody's any more
        process.communicate()
    assert at_rest(folder) == expected


STARTING = """
import os, signal, sys
from scoring.interrupted import heed_signals, interrupted_status
from rubrics.apart.crew import fresh
from rubrics.apart.workers import serve_parent, starting

if __name__ == "__main__":
    number = int(sys.argv[1])
    heed_signals()
    process = fresh("rubrics.apart.crew").Process(target=serve_parent, daemon=True)
    started = False
    try:
        with starting():
            os.killpg(0, number)
            process.start()
            started = True
    except KeyboardInterrupt:
        process.join()
        print(started, process.exitcode, interrupted_status())
"""


@SIGNALS
def test_a_signal_while_a_worker_starts_is_heard_when_it_has_started(
    number: int, tmp_path: Path
) -> None:
    program = tmp_path / "starting.py"
    program.write_text(STARTING, "utf-8")
    done = subprocess.run(
        [sys.executable, program, str(number)],
        env=ENVIRONMENT, cwd=ROOT, start_new_session=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.split() == ["True", "0", str(128 + number)]


LOST = """
import os, signal, sys, time
from scoring.interrupted import heed_signals

class Kept:
    def __del__(self):
        os.kill(os.getpid(), int(sys.argv[1]))
        time.sleep(9)

heed_signals()
kept = Kept()
del kept
print("not ended")
"""

TWICE = """
import os, sys, time
from scoring.interrupted import heed_signals

heed_signals()
try:
    os.kill(os.getpid(), int(sys.argv[1]))
    time.sleep(9)
finally:
    os.kill(os.getpid(), int(sys.argv[1]))
    time.sleep(9)
    print("not ended")
"""


@SIGNALS
@pytest.mark.parametrize("program", [LOST, TWICE], ids=["in a destructor", "twice"])
def test_a_signal_where_nothing_can_be_raised_ends_it_at_once(program: str, number: int) -> None:
    command = [sys.executable, "-c", program, str(number)]
    done = subprocess.run(command, env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (128 + number, "", f"{ABORTED}\n")

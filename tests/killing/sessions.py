"""The program with all its processes, in a session of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.killing.rounds import ENVIRONMENT, ROOT

# Letters are written by several processes where there are many, and here always.
RUN = """
import scoring.interrupted
import os
from reports.letter import writing
writing._MANY = 0
os.cpu_count = lambda: 2
from scoring.__main__ import main
main()
"""


def run(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", RUN, "run", str(folder)]
    return subprocess.Popen(
        command,
        env=ENVIRONMENT,
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def of_session(session: int) -> list[int]:
    """The processes of a session that are not yet over."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(said[3]) == session and said[0] != "Z":
            found.append(int(path.parent.name))
    return found


def wait_for_the_end(session: int) -> list[int]:
    """Waits until a session has no process; returns those that stay too long."""
    for _ in range(600):
        left = of_session(session)
        if not left:
            return []
        time.sleep(0.05)
    return left

"""Runs a command and measures it from outside, by what the operating system says (Linux).

A small process of its own starts the command, since what a process is started by counts into its
peak, and since only a process without other children can tell whose the processor time was. Those
that the command leaves behind, as Python's server of forks, become its children and are counted.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

_ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of <sys/prctl.h>
_EVERY = 0.02  # seconds between two looks at the processes' memory


@dataclass(frozen=True, slots=True)
class Measures:
    """What a command took: seconds, and peaks of memory in MB.

    ``cpu``: of the process and all that it started; ``cpu_main``: of the process itself.
    ``main``: the peak of the process itself; ``others``: of the largest that it started, 0 where
    there were none.
    """

    status: int
    cpu: float
    cpu_main: float
    wall: float
    main: float
    others: float


def measured(command: Sequence[str], cwd: Path, *, log: Path) -> Measures:
    """Runs a command in the folder ``cwd``; what it prints goes to the file ``log``."""
    with TemporaryDirectory() as folder, log.open("wb") as printed:
        told = Path(folder) / "measures.json"
        ours = [sys.executable, "-I", str(Path(__file__).resolve()), str(told), *command]
        subprocess.run(ours, cwd=cwd, stdout=printed, stderr=subprocess.STDOUT, check=True)
        return Measures(**json.loads(told.read_text()))


def _measured(command: Sequence[str]) -> Measures:
    ctypes.CDLL(None, use_errno=True).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
    began = time.monotonic()
    main = subprocess.Popen(command, stdin=subprocess.DEVNULL).pid
    peaks: dict[int, float] = {}
    status, wall, cpu_main = 0, 0.0, 0.0
    while True:
        cpu_main = max(cpu_main, _cpu(main))
        for process in _below(os.getpid()):
            peaks[process] = max(peaks.get(process, 0), _peak(process))
        try:
            ended, code = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if ended == main:
            status, wall = os.waitstatus_to_exitcode(code), time.monotonic() - began
        elif not ended:
            time.sleep(_EVERY)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = peaks.pop(main, 0)
    others = max(peaks.values(), default=0)
    if own >= others:  # then the system has seen the last moments of the process too
        own = max(own, used.ru_maxrss / 1024)
    return Measures(status, used.ru_utime + used.ru_stime, cpu_main, wall, own, others)


def _below(process: int) -> Iterator[int]:
    """Yields all processes that a process has started, and those that they have."""
    try:
        texts = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:  # it has ended
        return
    for child in (int(name) for text in texts for name in text.split()):
        yield child
        yield from _below(child)


def _cpu(process: int) -> float:
    """Seconds that the processor has spent on a process so far, on its children nothing."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # utime, stime


def _peak(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(asdict(_measured(sys.argv[2:]))))

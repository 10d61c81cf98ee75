"""Kills every command at every moment: ``python -m tests.killing [COMMAND...]``; takes minutes."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.killing.cases import cases
from tests.killing.cycle_cases import cycle_cases
from tests.killing.draw_cases import draw_cases
from tests.killing.rounds import struck
from tests.killing.sweeping import sweep


def main() -> None:
    """Prints one line a command, and every moment after which something was wrong."""
    every = 1
    wanted = sys.argv[1:]
    if wanted and wanted[0].isdecimal():
        every = int(wanted.pop(0))
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        with struck(base) as program:
            every_case = (cases, draw_cases, cycle_cases)
            for case in (it for made in every_case for it in made(base, program)):
                if wanted and case.name not in wanted:
                    continue
                began, tried, failed = time.monotonic(), 0, 0
                for moment, wrong in sweep(
                    case, program, base, lambda count: range(1, count + 1, every)
                ):
                    tried += 1
                    if wrong:
                        failed += 1
                        print(f"  {case.name} {moment}: {wrong}", flush=True)
                took = time.monotonic() - began
                print(f"{case.name}: {tried} moments, {failed} failed, {took:.0f} s", flush=True)


if __name__ == "__main__":
    main()

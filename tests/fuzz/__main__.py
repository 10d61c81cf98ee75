"""Reads thousands of damaged workbooks: ``python -m tests.fuzz [--count 5000] [--seed 1]``.

``--only NUMBER --keep FOLDER`` makes one of them again, to look at.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.fuzz.running import WORKERS, bases, damaged, fresh_round, run


def main() -> None:
    """Runs, prints figures, and fails where anything was read wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--only", type=int)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        of = fresh_round(folder)
        sources = bases(of, folder)
        numbers = range(asked.count) if asked.only is None else [asked.only]
        if asked.keep:
            for number in numbers:
                held = [(path.suffix, path.read_bytes()) for path in sources]
                damage, which = damaged(held, asked.seed, number)
                made = asked.keep / f"{number}{sources[which].suffix}"
                made.write_bytes(damage.data)
                print(made, damage.what)
        report = run(of, sources, asked.seed, numbers, WORKERS)
    print(
        f"{report.files} damaged files of {len(sources)} kinds in {report.seconds:.0f} s"
        f" ({report.files / report.seconds:.0f} a second)"
        f" (the slowest 200 {report.longest:.1f} s): {report.refused} refused whole,"
        f" {report.silent} read without a word,"
        f" {report.undecided} that only one reader can read, {len(report.wrong)} wrong"
    )
    for code, count in report.by_kind.most_common():
        print(f"  {count:6} {code}")
    kinds = Counter(kind for _, what, _ in report.wrong for kind in what.split(" ")[1].split("+"))
    for kind, count in kinds.most_common():
        print(f"  {count:6} wrong with {kind}")
    for number, what, wrong in report.wrong[:50]:
        print(f"WRONG --only {number}: {what}: {wrong}")
    sys.exit(bool(report.wrong))


if __name__ == "__main__":
    main()

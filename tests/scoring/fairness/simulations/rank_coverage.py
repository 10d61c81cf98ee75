"""How often intervals for ranks hold the true one: ``python -m ...simulations.rank_coverage``.

Errors are measured from the records of each invented county, as in a real round.
"""

from __future__ import annotations

import sys

import numpy as np

from inspections.round.round import Combining
from scoring.fairness.measured_error import measured_error
from scoring.fairness.ranks import sure_ranks
from tests.scoring.fairness.simulations.counties import county, ranks

CASES: tuple[tuple[str, int, dict[str, object]], ...] = (
    ("12 所", 12, {}),
    ("30 所", 30, {}),
    ("60 所", 60, {}),
    ("60 所，误差大", 60, {"severity": 0.1, "record": 0.5}),
    ("60 所，误差小", 60, {"severity": 0.02, "record": 0.1}),
    ("60 所，取整有并列", 60, {"step": 1.0}),
    ("60 所，固定搭档", 60, {"fixed": True}),
    ("60 所，三成合理缺项", 60, {"excused": 0.3}),
    ("60 所，每份表整体有误差", 60, {"mood": 0.05}),
    ("60 所，每份表误差尾重（t，3）", 60, {"mood": 0.05, "tails": 3}),
    ("60 所，每份表误差尾重（t，4）", 60, {"mood": 0.05, "tails": 4}),
    ("300 所，尾重（t，3）", 300, {"inspectors": 40, "mood": 0.05, "tails": 3}),
    ("300 所", 300, {"inspectors": 40}),
    ("600 所", 600, {"inspectors": 40}),
    ("600 所，取整有并列", 600, {"inspectors": 40, "step": 1.0}),
)


def measured(counties: int, schools: int, seed: int, **how: object) -> dict[str, float]:
    """Returns shares over so many counties: ``held`` one by one, in the ``first``, middle and
    ``last`` tenth by published rank, all at once (``joint``); ``width``, of the group; ``chances``:
    how far the told chance to be among the first ten lies above what came true.
    """
    random = np.random.default_rng(seed)
    found: dict[str, list[float]] = {}
    for _ in range(counties):
        drawn = county(random, schools, **how)  # type: ignore[arg-type]
        errors = measured_error(drawn.ratings, Combining()).errors
        assert errors is not None
        step = float(how.get("step", 0.01))  # type: ignore[arg-type]
        told = sure_ranks(drawn.published, errors, step=step)
        true = ranks(drawn.totals)
        held = (told.low <= true) & (true <= told.high)
        order, tenth = np.argsort(-drawn.published, kind="stable"), max(1, schools // 10)
        half = schools // 2
        own = {
            "held": held.mean(),
            "first": held[order[:tenth]].mean(),
            "middle": held[order[half - tenth // 2 : half + tenth]].mean(),
            "last": held[order[-tenth:]].mean(),
            "joint": ((told.joint_low <= true) & (true <= told.joint_high)).all(),
            "width": (told.high - told.low + 1).mean() / schools,
            "chances": (told.first - (true <= told.among)).mean(),
            "excused": held[~drawn.ratings.there[::2].all(axis=1)].mean()
            if not drawn.ratings.there.all()
            else np.nan,
        }
        for name, value in own.items():
            found.setdefault(name, []).append(float(value))
    return {name: float(np.nanmean(values)) for name, values in found.items()}


def main() -> None:
    """Prints a row a kind of county."""
    times = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    print("县 | 次数 | 各校 | 前一成 | 中间 | 末一成 | 有缺项的 | 同时 | 宽度 | 前十机会偏差")
    for seed, (name, schools, how) in enumerate(CASES):
        counties = max(6, int(times * 12_000 / schools))
        own = measured(counties, schools, seed, **how)
        shares = ["held", "first", "middle", "last", "excused", "joint", "width"]
        told = " | ".join(f"{100 * own[it]:.1f}%" for it in shares)
        print(f"{name} | {counties} | {told} | {100 * own['chances']:+.2f}%", flush=True)


if __name__ == "__main__":
    main()

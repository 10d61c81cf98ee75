"""All that is measured of 10,000 schools by two of 500 inspectors each, and its papers.

First ``scoring fairness`` as it is called, from a round's folder to the files in it: with faults in
words of their own, and in a phrase that all have at hand. Its title tells what the process took by
the clock and at most of memory, as the system says, when it was run once by itself.

Beside parts of it stands what one would write first: agreement visit by visit, and pairs of sheets
compared one by one. Both must come to the same. What a step took at most of memory is told in the
title, measured by ``tracemalloc`` in a round that is not timed.
"""

from __future__ import annotations

import sys
import tracemalloc
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np

from inspections.round.elapsed import elapsed_periods
from reports.fairness.subject import Subject as Analysed
from reports.fairness.writing import write_fairness
from reports.steps.fairness import report_fairness
from scoring.engine.columns import columns_of
from scoring.fairness.intraclass import one_way
from scoring.fairness.krippendorff import alpha
from scoring.fairness.measuring import Measured, measured
from scoring.fairness.patterns.looking import patterns_of
from scoring.fairness.patterns.sheets import Sheets
from scoring.fairness.ratings import Floats, Ratings, ratings_of
from tests.benchmarks.linked_folder import linked_folder
from tests.benchmarks.linked_round import LinkedRound, linked_round
from tests.benchmarks.outside import measured as measured_outside
from tests.benchmarks.timing import Contender, Subject

_HERE = Path(__file__).resolve().parents[2]
SCHOOLS, INSPECTORS = 10_000, 500


def subjects(folder: Path, large: bool) -> Iterator[Subject]:
    """Yields what is measured, its papers, patterns, and agreement; papers go to ``folder``."""
    made = linked_round(folder / "linked", SCHOOLS, INSPECTORS)
    sheets = _sheets(made)
    ratings = sheets.ratings
    totals = ratings.total.reshape(-1, 2)
    assert np.isclose(by_visits(ratings), one_way(ratings.total, ratings.visit).single.value)
    assert np.isclose(by_pairs(totals), alpha(totals, "interval").estimate.value)
    for name, stock in (("", False), ("，问题描述都是套话", True)):
        whole = folder / f"whole{stock}"
        linked_folder(whole, SCHOOLS, INSPECTORS, stock=stock)
        report_fairness(whole)  # what follows from the ledger is at hand, as after collecting
        yield _whole(f"scoring fairness 整个命令{name}", whole)
    found = _measured(made)
    yield _subject("公平性：全部统计", (Contender("本工具", partial(_measured, made)),))
    papers = partial(write_fairness, Analysed(made.opened, found))
    yield _subject("公平性：写出分析和工作簿", (Contender("本工具", papers),))
    yield _subject("公平性：各种情形", (Contender("本工具", partial(patterns_of, [sheets], 1)),))
    yield _subject(
        "一致程度 ICC(1,1)",
        (
            Contender("本工具（连同区间）", partial(one_way, ratings.total, ratings.visit)),
            Contender("逐次检查（纯 Python）", partial(by_visits, ratings)),
        ),
        rounds=5,
    )
    yield _subject(
        "一致程度 α",
        (
            Contender("本工具（连同抽样）", partial(alpha, totals, "interval", resamples=1000)),
            Contender("本工具（没有区间）", partial(alpha, totals, "interval")),
            Contender("逐对相减", partial(by_pairs, totals)),
        ),
        rounds=3,
    )


def by_visits(ratings: Ratings) -> float:
    """ICC(1,1) of totals, visit by visit."""
    visits: dict[int, list[float]] = defaultdict(list)
    for visit, total in zip(ratings.visit.tolist(), ratings.total.tolist(), strict=True):
        visits[visit].append(total)
    grand = sum(map(sum, visits.values())) / len(ratings)
    between = sum(2 * (sum(own) / 2 - grand) ** 2 for own in visits.values()) / (len(visits) - 1)
    within = sum((own[0] - own[1]) ** 2 / 2 for own in visits.values()) / len(visits)
    return (between - within) / (between + within)


def by_pairs(totals: Floats) -> float:
    """Krippendorff's alpha of intervals: every value beside every other, a row at a time."""
    values = totals.ravel()
    apart = sum(float(np.square(values - one).sum()) for one in values.tolist())
    seen = sum((one - other) ** 2 for row in totals.tolist() for one, other in combinations(row, 2))
    return 1 - 2 * seen / len(values) / (apart / len(values) / (len(values) - 1))


def _subject(title: str, contenders: tuple[Contender, ...], rounds: int = 1) -> Subject:
    peak = _peak(contenders[0].run)
    return Subject(
        f"{title}：{SCHOOLS:,} 校，{peak / 2**20:,.0f} MB", "校", SCHOOLS, contenders, rounds
    )


def _whole(title: str, folder: Path) -> Subject:
    command = (sys.executable, "-m", "scoring", "fairness", str(folder))
    took = measured_outside(command, _HERE, log=folder.with_suffix(".txt"))
    assert not took.status
    return Subject(
        f"{title}：{SCHOOLS:,} 校，历时 {took.wall:.0f} s，{took.main:,.0f} MB",
        "校",
        SCHOOLS,
        (Contender("本工具", partial(report_fairness, folder)),),
        1,
    )


def _peak(run: Callable[[], object]) -> int:
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _measured(made: LinkedRound) -> Measured:
    opened = made.opened
    return measured(opened.round, opened.rubrics, opened.roster, made.records)


def _sheets(made: LinkedRound) -> Sheets:
    opened = made.opened
    (rubric,) = opened.rubrics.values()
    schools = tuple(opened.roster.schools.values())
    columns, records = columns_of(rubric, schools, made.records, opened.round.occasions)
    return Sheets(ratings_of(rubric, columns, elapsed_periods(opened.round)), columns, records)

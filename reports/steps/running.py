"""Running: collects, scores and reports, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from inspections.steps.collecting import TakenIn, take_in
from inspections.steps.opening import open_trusted
from reports.steps.reporting import publish_reports
from reports.unchanged import origin_of, settled, stand
from rubrics.messages.problems import Problem
from rubrics.messages.watching import NOBODY, Watcher
from scoring.results.scores import Scores
from scoring.steps.scoring import score_and_write


@dataclass(frozen=True, slots=True)
class Ran:
    """What was collected, and its scores; None where nothing counts, and nothing was reported.

    ``changed``: what differs from the result that lay there before, settings and totals.
    """

    taken: TakenIn
    scores: Scores | None
    changed: tuple[Problem, ...] = ()


def run_round(
    folder: Path,
    *,
    ledger: str = "",
    marks: bool = True,
    recheck: bool = False,
    word: bool = False,
    watcher: Watcher = NOBODY,
) -> tuple[Ran | None, list[Problem]]:
    """Collects, scores and reports the round in ``folder``.

    As ``collect_round``, ``write_scores`` and ``report_round``, without anybody in between.
    ``word``: letters are written as Word files as well.
    Returns all problems that stand; None where there is no round to work with.

    >>> ran, problems = run_round(Path("nowhere"))
    >>> ran, problems[0].message
    (None, 'nowhere 不是一个检查批次（没有 round.yaml）')
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_trusted(folder, ledger)
        if opened is None:
            return None, problems
        return run_opened(
            opened, problems, marks=marks, recheck=recheck, word=word, watcher=watcher
        )


def run_opened(
    opened: OpenRound,
    problems: Sequence[Problem],
    *,
    marks: bool,
    recheck: bool = False,
    word: bool = False,
    watcher: Watcher,
) -> tuple[Ran, list[Problem]]:
    """Does so for whoever has the turn; ``problems``: what opening the round met."""
    taken = take_in(opened, marks=marks, recheck=recheck, watcher=watcher)
    done = score_and_write(opened, problems, taken.held, taken.met)
    scores, found = done.scores, [*done.met, *done.unwritten]
    state = "" if taken.met or done.unwritten else taken.held.state
    origin = origin_of(opened, state, problems)
    if scores is not None and (word or not stand(opened, origin, looked=True)):
        met = publish_reports(opened, scores, found, word=word, watcher=watcher)
        settled(opened, origin, met)
        found += met
    return Ran(taken, scores, done.changed), [*done.changed, *found]

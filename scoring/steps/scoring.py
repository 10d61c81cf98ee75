"""Scoring: from what a round's ledger holds to ``results/``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inspections.collecting.collecting import Collected, collected, uncollected
from inspections.collecting.problem_table import collected_digest
from inspections.collecting.publishing import published
from inspections.ledger.of_round import open_round
from inspections.records.item_lists import CONFIRM_EVIDENCE, items_of
from inspections.round.folder import Folder
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import NOBODY, Watcher
from scoring.results.inputs import inputs_of
from scoring.results.rounds import score_round
from scoring.results.scores import Scores
from scoring.results.snapshot import PUBLISHED, write_results


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of a round, None where nothing was collected.

    ``uncollected``: how many files in ``returned/`` the ledger has not read as they are now.
    """

    folder: Folder
    scores: Scores | None
    uncollected: int


def write_scores(
    folder: Path, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[Scored | None, list[Problem]]:
    """Scores what the round in ``folder`` has collected, and writes ``results/``.

    ``ledger``: the address of a shared ledger, in place of the round's. Returns all problems that
    stand; None where there is no round to work with. Codes: those of ``open_round``,
    ``collected``, ``score_round`` and ``write_results``, nothing-to-score.

    >>> made, problems = write_scores(Path("demo"))
    >>> list(made.scores.rubrics), made.uncollected
    (['shuangjian', 'canteen', 'party'], 0)
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_round(folder, ledger)
        if opened is None:
            return None, problems
        scores, met, unwritten = score_and_write(opened, problems, collected(opened))
        left = uncollected(opened) if scores is not None else 0
        return Scored(opened.folder, scores, left), [*met, *unwritten]


def score_and_write(
    opened: OpenRound, problems: Sequence[Problem], held: Collected, also: Sequence[Problem] = ()
) -> tuple[Scores | None, list[Problem], list[Problem]]:
    """Scores and writes, for whoever has the turn.

    ``problems``: what opening the round met; ``also``: what came up since. Returns the scores, all
    problems that stand, and those of writing. Code of its own: nothing-to-score, and no scores.
    """
    told = [*problems, *held.problems]
    met = [*told, *also]
    if not held.visits:
        return None, [*met, nothing_to_score(opened)], []
    scores, found = score_round(
        opened.round, opened.rubrics, opened.roster, opened.plan, held.visits
    )
    # Of confirmed dimensions it is told once what evidence they owe.
    confirmed = [items_of(item) for item in held.problems if item.code == CONFIRM_EVIDENCE]
    owed = {place for items in confirmed for place in items.values()}
    found = [it for it in found if it.code != "evidence-missing" or it.place not in owed]
    met = list(dict.fromkeys([*met, *found]))
    inputs = inputs_of(opened, held.visits, collected_digest(told, held.visits))
    unwritten = write_results(opened.folder.results, opened.round, scores, met, inputs)
    published(opened, (opened.folder.results / name for name in PUBLISHED))
    return scores, met, unwritten


def nothing_to_score(opened: OpenRound) -> Problem:
    """Returns the problem of a round of which no record counts."""
    return problem("nothing-to-score", Place(opened.ledger_name))

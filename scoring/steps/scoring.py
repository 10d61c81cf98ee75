"""Scoring: from what a round's ledger holds to ``results/``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inspections.collecting.collecting import Collected, collected, uncollected
from inspections.collecting.problem_table import collected_digest
from inspections.collecting.publishing import published
from inspections.ledger.chain import by_user
from inspections.ledger.of_round import ledger_of
from inspections.ledger.versions import keep_versions
from inspections.records.item_lists import CONFIRM_EVIDENCE, items_of
from inspections.round.folder import Folder
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from inspections.steps.opening import open_trusted
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import NOBODY, Watcher
from scoring.fairness.scored import scored_round, standing_of
from scoring.results.former import former_of
from scoring.results.inputs import inputs_of, severity_digest
from scoring.results.last_result import read_last_result
from scoring.results.own_scores import FILE as OWN_SCORES
from scoring.results.own_scores import own_scores_of
from scoring.results.scores import Scores
from scoring.results.since_last import since_last
from scoring.results.snapshot import PUBLISHED, write_results


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of a round, None where nothing was collected.

    ``uncollected``: how many files in ``returned/`` the ledger has not read as they are now.
    ``changed``: what differs from the result that lay there before, see ``since_last``.
    """

    folder: Folder
    scores: Scores | None
    uncollected: int
    changed: tuple[Problem, ...] = ()


def write_scores(
    folder: Path, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[Scored | None, list[Problem]]:
    """Scores what the round in ``folder`` has collected, and writes ``results/``.

    ``ledger``: the address of a shared ledger, in place of the round's. Returns all problems that
    stand; None where there is no round to work with. Codes: those of ``open_trusted``,
    ``collected``, ``scored_round`` and ``write_results``, nothing-to-score.

    >>> made, problems = write_scores(Path("demo"))
    >>> list(made.scores.rubrics), made.uncollected
    (['shuangjian', 'canteen', 'party', 'catered'], 0)
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_trusted(folder, ledger)
        if opened is None:
            return None, problems
        done = score_and_write(opened, problems, collected(opened))
        left = uncollected(opened) if done.scores is not None else 0
        told = [*done.changed, *done.met, *done.unwritten]
        return Scored(opened.folder, done.scores, left, done.changed), told


@dataclass(frozen=True, slots=True)
class Written:
    """Scores as they were written; None, and nothing was, where no record counts.

    None too where rounds before cannot be looked into. ``met``: all problems that stand;
    ``changed``: as in ``Scored``; ``unwritten``: of writing.
    """

    scores: Scores | None
    met: list[Problem]
    changed: tuple[Problem, ...] = ()
    unwritten: tuple[Problem, ...] = ()


def score_and_write(
    opened: OpenRound, problems: Sequence[Problem], held: Collected, also: Sequence[Problem] = ()
) -> Written:
    """Scores and writes, for whoever has the turn.

    ``problems``: what opening the round met; ``also``: what came up since. Codes:
    nothing-to-score, those of ``former_of``.
    """
    told = [*problems, *held.problems]
    met = [*told, *also]
    if not held.visits:
        return Written(None, [*met, nothing_to_score(opened)])
    former = former_of(opened)
    met += former.problems
    if not former.usable:
        return Written(None, met)
    own = own_scores_of(opened)
    scores, found = scored_round(
        opened.round,
        opened.rubrics,
        opened.roster,
        opened.plan,
        held.visits,
        before=former.found,
        own=own.said,
        stands=standing_of(opened),
    )
    # Of confirmed dimensions it is told once what evidence they owe.
    confirmed = [items_of(item) for item in held.problems if item.code == CONFIRM_EVIDENCE]
    owed = {place for items in confirmed for place in items.values()}
    found = [it for it in found if it.code != "evidence-missing" or it.place not in owed]
    met = list(dict.fromkeys([*met, *found]))
    with ledger_of(opened) as ledger:
        keep_versions(ledger, opened, by_user())
    collected_as = collected_digest(told, held.visits)
    severity = severity_digest(scores)
    inputs = inputs_of(opened, held.visits, collected_as, former.digest, own.digest, severity)
    last = read_last_result(opened.folder.results)
    changed = since_last(opened, last, inputs, scores)
    unwritten = write_results(opened.folder.results, opened.round, scores, met, inputs)
    published(opened, (opened.folder.results / name for name in (*PUBLISHED, OWN_SCORES)))
    return Written(scores, met, tuple(changed), tuple(unwritten))


def nothing_to_score(opened: OpenRound) -> Problem:
    """Returns the problem of a round of which no record counts."""
    return problem("nothing-to-score", Place(opened.ledger_name))

"""The report of a follow-up: what was found, beside what was found and reported before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from inspections.collecting.collecting import collected
from inspections.collecting.publishing import published
from inspections.follow_up.progress import DrawnItem, drawn_items
from inspections.ledger.follow_up import all_draws
from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import all_cases
from inspections.records.rectification import Verb
from inspections.rectification.states import standings
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from inspections.steps.opening import open_with_ledger
from reports.follow_up.before_after import before_after
from reports.follow_up.book import BOOK, follow_up_report
from reports.follow_up.paper import Subject
from reports.follow_up.writing import write_announced, write_paper
from reports.steps.reporting import scored_now
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import NOBODY, Watcher
from scoring.fairness.scored import scored_round, standing_of
from scoring.results.former import former_of
from scoring.results.own_scores import own_scores_of
from scoring.results.scores import Scores


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """The report that was written, as a workbook and as a Word file, and what stands in it."""

    opened: OpenRound
    path: Path
    paper: Path
    items: tuple[DrawnItem, ...]


def report_follow_up(
    folder: Path,
    *,
    template: Path | None = None,
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[WrittenReport | None, list[Problem]]:
    """Writes 回头看报告.xlsx and .docx into ``reports/``: rates, every item side by side, scores.

    Without scores that count, those are left out. ``template``: of the Word file, edited by the
    bureau. None where nothing was drawn. Codes: those of ``open_with_ledger``, of scoring, of
    ``write_whole`` and ``write_paper``, followup-none.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_with_ledger(folder, ledger)
        if opened is None:
            return None, problems
        with ledger_of(opened) as held:
            draws, cases = all_draws(held), all_cases(held)
        if not draws:
            return None, [*problems, problem("followup-none", Place(opened.ledger_name))]
        items = drawn_items(draws, {case.number: case for case in cases})
        scores, doubts, _, other = scored_now(opened)
        problems += other if scores else doubts
        stands = standings(cases, max(one.day for one in draws))
        compared = []
        if scores is not None and not other:
            first = _without_follow_up(opened) if _found_again(items) else None
            compared = before_after(scores, items, stands, first)
        path = opened.folder.reports / BOOK
        data = follow_up_report(opened, draws, items, compared)
        problems += write_whole(path, data, opened.folder.name(path))
        paper, met = write_paper(opened.folder, Subject(opened, draws, items, compared), template)
        published(opened, [path, paper])
        return WrittenReport(opened, path, paper, tuple(items)), [*problems, *met]


def announce_follow_up(
    folder: Path, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[tuple[Path, ...] | None, list[Problem]]:
    """Writes the notice and the record of each draw into ``reports/回头看/``.

    None where nothing was drawn. Codes: those of ``open_with_ledger`` and ``write_announced``,
    followup-none.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_with_ledger(folder, ledger)
        if opened is None:
            return None, problems
        with ledger_of(opened) as held:
            draws, cases = all_draws(held), all_cases(held)
        if not draws:
            return None, [*problems, problem("followup-none", Place(opened.ledger_name))]
        paths, met = write_announced(opened, draws, {case.number: case for case in cases})
        published(opened, paths)
        return tuple(paths), [*problems, *met]


def _found_again(items: Iterable[DrawnItem]) -> bool:
    """Whether a follow-up found anything that may cost points."""
    return any(one.verdict and one.verdict.verb in (Verb.RELAPSE, Verb.FALSE) for one in items)


def _without_follow_up(opened: OpenRound) -> Scores:
    """The scores of a round without what its own follow-ups found."""
    former = former_of(opened, own=False)
    return scored_round(
        opened.round,
        opened.rubrics,
        opened.roster,
        opened.plan,
        collected(opened).visits,
        before=former.found,
        own=own_scores_of(opened).said,
        stands=standing_of(opened),
    )[0]

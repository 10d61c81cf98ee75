"""Accountability and awards: from results to proposals, to what was decided, to papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from inspections.accountability.collecting import read_rulings
from inspections.accountability.proposal_book import (
    SENT_NAME,
    measure_of,
    proposal_book,
    school_name,
)
from inspections.accountability.states import (
    ProposalStanding,
    State,
    in_force,
    proposal_standings,
)
from inspections.accountability.within_year import HeldTo, held_before
from inspections.collecting.publishing import published
from inspections.ledger.accountability import (
    Proposal,
    Ruling,
    add_rulings,
    keep_proposals,
    proposal_cases,
)
from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of
from inspections.rectification.numbers import label
from inspections.round.locking import turn
from inspections.round.opened import OpenRound, read_round
from inspections.row_workbook import write_rows
from inspections.steps.opening import open_with_ledger
from reports.accountability.clues import found_at
from reports.accountability.papers import FOLDER, write_papers
from reports.steps.proposed import basis_problems, proposed_now
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import NOBODY, Watcher
from scoring.accountability.examples import example_text
from scoring.accountability.loading import FILE, load_rules
from scoring.accountability.places import Tie
from scoring.accountability.rules import Rules
from scoring.results.scores import Scores


@dataclass(frozen=True, slots=True)
class Proposals:
    """All proposals of a round; ``scores`` where they are needed further.

    ``added``: what proposing has just added, withdrawn ones among it; ``ruled``: what collecting
    has; ``files``: how many came back. ``unproposed``: what the rules say now and the ledger has
    not. ``written``: files that were written. ``before``: what was decided in earlier rounds;
    ``ties``: who is equal at the edge of the places that a rule gives, by its title.
    """

    opened: OpenRound
    standings: tuple[ProposalStanding, ...]
    added: tuple[Proposal, ...] = ()
    ruled: tuple[Ruling, ...] = ()
    files: int = 0
    unproposed: int = 0
    written: tuple[Path, ...] = ()
    scores: Scores | None = None
    before: tuple[HeldTo, ...] = ()
    ties: Mapping[str, Sequence[Tie]] = field(default_factory=dict)


def write_example(folder: Path) -> tuple[Path | None, list[Problem]]:
    """Writes the examples for a round's rubrics to accountability.yaml; never over one.

    Codes: those of ``read_round``, accountability-there.
    """
    with turn(folder, NOBODY.waiting):
        opened, problems = read_round(folder)
        if opened is None:
            return None, problems
        path = opened.folder.root / FILE
        if path.exists():
            return None, [problem("accountability-there", Place(FILE))]
        text = example_text(opened.rubrics, composite=bool(opened.round.weights))
        met = write_whole(path, text.encode(), FILE)
        return (None if met else path), [*problems, *met]


def check_rules(folder: Path) -> tuple[Rules | None, list[Problem]]:
    """Returns the rules of a round's accountability.yaml. Codes: those of ``read_round`` and
    ``load_rules``, accountability-basis-open.
    """
    opened, problems = read_round(folder)
    if opened is None:
        return None, problems
    rules, more = load_rules(opened.folder.root / FILE, opened.rubrics, FILE, opened.own)
    return rules, [*more, *(basis_problems(rules) if rules else ())]


def propose_measures(
    folder: Path, day: date, by: By, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[Proposals | None, list[Problem]]:
    """Adds to the ledger what the rules propose on ``day``, and writes the workbook to decide in.

    None where nothing can be proposed. Codes: those of ``open_with_ledger``, scoring and
    ``load_rules``, accountability-previous, -unseen, -tie, -basis-open, -flagged.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_with_ledger(folder, ledger)
        if opened is None:
            return None, problems
        found_now, more = proposed_now(opened, day)
        if found_now is None:
            return None, [*problems, *more]
        now = found_now.proposals
        with ledger_of(opened) as held:
            # Of rulings that fall with their figures it is told now.
            before = proposal_standings(proposal_cases(held), now)
            added = keep_proposals(held, now, day, by)
            found = proposal_standings(proposal_cases(held), now)
        told = [*problems, *more, *flagged(opened, before)]
        path = opened.folder.accountability / "sent" / SENT_NAME
        told += write_rows(path, proposal_book(opened, found), opened.folder.name(path))
        return Proposals(opened, tuple(found), tuple(added), written=(path,)), told


def collect_rulings(
    folder: Path, day: date, by: By, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[Proposals | None, list[Problem]]:
    """Takes into the ledger what was decided in ``accountability/returned/``.

    None where nothing was proposed. Codes: those of ``propose_measures`` and ``read_rulings``,
    accountability-none.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_with_ledger(folder, ledger)
        if opened is None:
            return None, problems
        found_now, more = proposed_now(opened, day)
        if found_now is None:
            return None, [*problems, *more]
        now = found_now.proposals
        with ledger_of(opened) as held:
            cases = proposal_cases(held)
            if not cases:
                return None, [*problems, _none(opened)]
            book = proposal_book(opened, proposal_standings(cases, now))
            files, rulings, met = read_rulings(opened, cases, book)
            ruled = add_rulings(held, rulings, by)
            found = proposal_standings(proposal_cases(held), now)
        told = [*problems, *met, *flagged(opened, found)]
        return Proposals(opened, tuple(found), ruled=tuple(ruled), files=files), told


def accountability_status(
    folder: Path, day: date, *, ledger: str = ""
) -> tuple[Proposals | None, list[Problem]]:
    """Returns how all proposals stand on ``day``. Codes: those of ``propose_measures`` and
    ``held_before``.
    """
    opened, problems = open_with_ledger(folder, ledger, to_look=True)
    if opened is None:
        return None, problems
    found_now, more = proposed_now(opened, day)
    if found_now is None:
        return None, [*problems, *more]
    now = found_now.proposals
    with ledger_of(opened) as held:
        found = proposal_standings(proposal_cases(held), now)
    known = {one.case.latest.key for one in found}
    fresh = sum(one.key not in known for one in now)
    before, met = held_before(opened)
    told = [*problems, *more, *met, *flagged(opened, found)]
    made = Proposals(
        opened,
        tuple(found),
        unproposed=fresh,
        scores=found_now.scores,
        before=tuple(before),
        ties=found_now.ties,
    )
    return made, told


def write_accountability_papers(
    folder: Path,
    day: date,
    *,
    templates: Path | None = None,
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[Proposals | None, list[Problem]]:
    """Writes papers of what was decided and holds into ``reports/问责/``, and no others.

    Papers of earlier runs that nothing stands behind any more are removed. ``templates``: a folder
    with templates of the bureau's own, under the names of those that ship. Codes: those of
    ``propose_measures`` and ``write_papers``, accountability-none, -undecided.
    """
    with turn(folder, watcher.waiting):
        made, problems = accountability_status(folder, day, ledger=ledger)
        if made is None:
            return None, problems
        if not made.standings:
            return None, [*problems, _none(made.opened)]
        decided, scores = in_force(made.standings), made.scores
        found = {
            (one.school, one.rubric): found_at(made.opened, scores, one.school, one.rubric)
            for one in decided
            if scores is not None
        }
        written, met = write_papers(made.opened, decided, found, templates, made.ties, made.before)
        published(made.opened, [made.opened.folder.reports / FOLDER])
        waiting = sum(one.state in (State.OPEN, State.OUTDATED) for one in made.standings)
        if waiting:
            met.append(problem("accountability-undecided", Place(), count=waiting))
        done = Proposals(made.opened, made.standings, written=tuple(written))
        return done, [*problems, *met]


def flagged(opened: OpenRound, found: Sequence[ProposalStanding]) -> Iterator[Problem]:
    """Yields what was decided and does not hold any more. Code: accountability-flagged."""
    for one in found:
        if one.flagged:
            yield problem(
                "accountability-flagged",
                Place(),
                proposal=label(opened.round.id, one.case.number),
                school=school_name(opened, one.case.latest.school),
                measure=measure_of(one.case.latest),
                why="不再成立" if one.state is State.GONE else "的数据已变",
            )


def _none(opened: OpenRound) -> Problem:
    return problem("accountability-none", Place(opened.ledger_name))

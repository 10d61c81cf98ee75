"""Reporting: from what a round's ledger holds to ``reports/``."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from inspections.collecting.publishing import published
from inspections.collecting.remembering import collected_state
from inspections.ledger.letters import FINAL, FIRST, Numbered, all_letters
from inspections.ledger.of_round import ledger_of
from inspections.round.folder import Folder
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from inspections.round.targets import find_target
from inspections.steps.opening import open_trusted
from reports.kinds import REPORTS
from reports.ranking.previous import Previous, read_previous
from reports.unchanged import forget, origin_of, settled, stand
from reports.written import report_paths, write_reports
from rubrics.messages.output import clear_leftovers
from rubrics.messages.problems import Problem, has_errors
from rubrics.messages.watching import NOBODY, Watcher

if TYPE_CHECKING:
    from scoring.results.scores import Scores


@dataclass(frozen=True, slots=True)
class Reported:
    """The kinds of reports that were written, keys of ``REPORTS``: none where nothing counts.

    ``replaced``: letters whose new number takes the place of another, school and rubric by name.
    """

    folder: Folder
    kinds: tuple[str, ...]
    replaced: tuple[Numbered, ...] = ()


def report_round(
    folder: Path,
    *,
    only: Collection[str] = (),
    schools: Sequence[str] = (),
    envelopes: bool = False,
    together: bool = False,
    word: bool = False,
    stage: str = FINAL,
    draft: bool = False,
    issue: bool = False,
    template: Path | None = None,
    previous: Path | None = None,
    fonts: Path | None = None,
    workers: int = 0,
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[Reported | None, list[Problem]]:
    """Scores what the round in ``folder`` has collected, and writes its reports.

    ``only``: keys of ``REPORTS``, empty for all. ``schools``: names (parts of them that no other
    school has, or codes) of those whose letters alone are wanted. ``envelopes``, ``together``:
    letters are bound for print as well, by school or all in one. ``word``: they are written as Word
    files as well. ``stage``: letters are final, or first opinions, which are written alone.
    ``draft``: letters that have no number yet get none; ``issue``: all get one, whatever is open in
    them. ``template``: that of the bulletin, edited by the bureau. ``previous``: the folder of last
    round, for the change against it. ``fonts``: a folder with licensed fonts. ``workers``:
    processes that write letters, 0 for as many as are of use. ``ledger``: the address of a shared
    ledger, in place of
    the round's. Returns the problems of opening and writing, not those of the
    records; None where there is no round to work with, or no such school. Codes: those of
    ``open_trusted``, ``read_previous``, ``write_reports`` and ``find_target``, nothing-to-score,
    results-outdated.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_trusted(folder, ledger)
        if opened is None:
            return None, problems
        meant, unknown = _meant(opened, schools)
        if unknown:
            return None, [*problems, *unknown]
        only = ("letters",) if meant or stage == FIRST else only
        before, unread = _before(previous)
        kinds = tuple(kind for kind in REPORTS if not only or kind in only)
        state = collected_state(opened)
        origin = origin_of(opened, state, [*problems, *unread], before, fonts)
        more = envelopes or together or word or stage == FIRST or draft or issue or bool(template)
        if not (meant or more) and stand(opened, origin, looked=False):
            clear_leftovers(opened.folder.reports, below=True)
            return Reported(opened.folder, kinds), [*problems, *unread]
        scores, doubts, scored, other = scored_now(opened)
        if scores is None:
            return Reported(opened.folder, ()), [*problems, *doubts]
        if other:
            return None, [*problems, *other]
        problems += unread
        last = max((one.fact for one in _letters(opened)), default=0)
        met = publish_reports(
            opened,
            scores,
            [*problems, *doubts],
            only=only,
            schools=meant,
            envelopes=envelopes,
            together=together,
            word=word,
            stage=stage,
            draft=draft,
            issue=issue,
            template=template,
            previous=before,
            fonts=fonts,
            workers=workers,
            watcher=watcher,
        )
        if kinds == tuple(REPORTS) and scored == state and not draft:
            settled(opened, origin, met)
        else:
            forget(opened)
        new = [one for one in _letters(opened) if one.fact > last and one.replaces]
        replaced = tuple(_named(opened, one) for one in new)
        refused = any(one.place.file == str(template) and has_errors([one]) for one in met)
        written = tuple(kind for kind in kinds if not (kind == "bulletin" and refused))
        return Reported(opened.folder, written, replaced), problems + met


def _letters(opened: OpenRound) -> list[Numbered]:
    with ledger_of(opened) as held:
        return all_letters(held)


def _named(opened: OpenRound, one: Numbered) -> Numbered:
    school, rubric = opened.roster.schools.get(one.school), opened.rubrics.get(one.rubric)
    return replace(
        one,
        school=school.name if school else one.school,
        rubric=rubric.title if rubric else one.rubric,
    )


def publish_reports(
    opened: OpenRound,
    scores: Scores,
    problems: Sequence[Problem],
    *,
    only: Collection[str] = (),
    schools: Collection[str] = (),
    envelopes: bool = False,
    together: bool = False,
    word: bool = False,
    stage: str = FINAL,
    draft: bool = False,
    issue: bool = False,
    template: Path | None = None,
    previous: Previous | None = None,
    fonts: Path | None = None,
    workers: int = 0,
    watcher: Watcher,
) -> list[Problem]:
    """Writes and keeps in the ledger what was written, for whoever has the turn.

    What was decided on schools and holds enters the bulletin; what was found, the public list of a
    draw. How sure ranks are is measured only where the round asks for it.
    """
    if opened.round.ranking.certainty:
        from scoring.fairness.certainty import with_certainty

        scores = with_certainty(opened.round, scores)
    # Few rounds have rulings, and what reads them takes its time to load.
    from reports.steps.proposed import decided_now

    decided, wrong = decided_now(opened, scores) if not only or "bulletin" in only else ([], [])
    with watcher.stage("写报告") as told:
        met = write_reports(
            opened,
            scores,
            problems,
            only=only,
            schools=schools,
            envelopes=envelopes,
            together=together,
            word=word,
            stage=stage,
            draft=draft,
            issue=issue,
            template=template,
            decided=decided,
            previous=previous,
            fonts=fonts,
            workers=workers or min(2, os.cpu_count() or 1),
            progress=told,
            secret=watcher.secret,
        )
    met = [*wrong, *met]
    published(opened, report_paths(opened.folder, only, stage))
    if opened.roster.drawn and not only:
        from reports.steps.found import publish_found

        met += publish_found(opened, scores)
    return met


_LAST: Final[list[Any]] = []
"""What the last scores of this process rest on, and they themselves with what scoring met: a step
that asks for the same is not kept waiting.
"""


def scored_now(opened: OpenRound) -> tuple[Scores | None, list[Problem], str, list[Problem]]:
    """Returns the scores (None where no record counts), what collecting and scoring met, the state,
    and why the results that were written before are not of these scores.
    """
    # Those who find that nothing is to be done have no use for what scores.
    from inspections.collecting.collecting import collected
    from scoring.fairness.scored import scored_round, standing_of
    from scoring.results.former import former_of
    from scoring.results.inputs import inputs_of, severity_digest
    from scoring.results.last_result import read_last_result
    from scoring.results.own_scores import own_scores_of
    from scoring.results.since_last import outdated
    from scoring.steps.scoring import nothing_to_score

    held = collected(opened)
    if not held.visits:
        return None, [nothing_to_score(opened)], held.state, []
    former = former_of(opened)
    if not former.usable:
        return None, [*held.problems, *former.problems], held.state, []
    own = own_scores_of(opened)
    inputs = inputs_of(opened, held.visits, former=former.digest, own=own.digest)
    stands = standing_of(opened)
    rest_on = (inputs, opened.round, opened.roster, opened.plan, stands)
    if not _LAST or _LAST[0] != rest_on:
        _LAST[:] = (
            rest_on,
            scored_round(
                opened.round,
                opened.rubrics,
                opened.roster,
                opened.plan,
                held.visits,
                before=former.found,
                own=own.said,
                stands=stands,
            ),
        )
    scores, doubts = _LAST[1]
    inputs = replace(inputs, severity=severity_digest(scores))
    last = read_last_result(opened.folder.results)
    met = [*held.problems, *former.problems, *doubts]
    return scores, met, held.state, outdated(opened, last, inputs)


def _meant(opened: OpenRound, names: Sequence[str]) -> tuple[tuple[str, ...], list[Problem]]:
    """The codes of the schools that are named, and which names mean none or several."""
    found = [find_target(opened.roster, opened.rubrics, name) for name in names]
    codes = (target.school.id for target, _ in found if target)
    return tuple(dict.fromkeys(codes)), [item for _, problems in found for item in problems]


def _before(folder: Path | None) -> tuple[Previous | None, tuple[Problem, ...]]:
    if folder is None:
        return None, ()
    found, problems = read_previous(folder)
    return (None if problems else found), problems

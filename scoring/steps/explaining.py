"""Explaining: where a school's figures come from, for the bureau's own eyes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from inspections.collecting.collecting import collected
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from inspections.round.targets import find_target
from inspections.steps.opening import open_trusted
from rubrics.messages.problems import Problem
from scoring.explaining.bulletin import FILE, Paragraph, of_month, paragraphs
from scoring.explaining.closing import closed
from scoring.explaining.explanation import Explanation, explain
from scoring.fairness.scored import corrections_of, standing_of
from scoring.results.former import former_of
from scoring.results.own_scores import own_scores_of
from scoring.results.rounds import score_round
from scoring.steps.scoring import nothing_to_score


def explain_school(
    folder: Path,
    school: str,
    rubric: str = "",
    item: str = "",
    *,
    ledger: str = "",
    open_records: bool = False,
) -> tuple[Explanation | None, list[Problem]]:
    """Returns where the figures of a school in the round in ``folder`` come from.

    ``school``, ``rubric`` and ``item`` as people name them; without a rubric all of them and the
    composite, with one every indicator, with an item down to the cell. With ``open_records`` what
    is confidential is shown, and marked:
    it must not leave the bureau. None where something is not known, or there
    is no round to work with. Codes: those of ``open_trusted``, ``find_target`` and ``former_of``,
    ledger-stale, nothing-to-score.

    >>> told, problems = explain_school(Path("demo"), "青禾县第一小学", "canteen")
    >>> told.name, [part.rubric for part in told.rubrics], problems
    ('青禾县第一小学', ['canteen'], [])
    """
    opened, problems = open_trusted(folder, ledger)
    if opened is None:
        return None, problems
    return explain_opened(opened, school, rubric, item, open_records=open_records)


def explain_bulletin(
    folder: Path, number: int = 0, month: tuple[int, int] | None = None
) -> tuple[tuple[Paragraph, ...], list[Problem]]:
    """Returns paragraph ``number`` of the bulletin of the round in ``folder``, or all for 0.

    ``month``: of the monthly report of a (year, month) in place of the bulletin. ``folder`` may be
    that of a year, too. Each comes with the figures that it was made from. None where there is no
    round or no such paragraph. Codes: those of ``open_trusted``, bulletin-missing, monthly-missing,
    bulletin-paragraph.
    """
    of_year = folder / FILE
    if month is None and of_year.is_file() and not Folder(folder).settings.exists():
        return paragraphs(of_year, str(of_year), number)
    opened, problems = open_trusted(folder, "")
    if opened is None:
        return (), problems
    path = opened.folder.results / (of_month(*month) if month else FILE)
    missing = "monthly-missing" if month else "bulletin-missing"
    told, wrong = paragraphs(path, opened.folder.name(path), number, missing)
    return told, [*problems, *wrong]


def explain_opened(
    opened: OpenRound, school: str, rubric: str, item: str, *, open_records: bool = False
) -> tuple[Explanation | None, list[Problem]]:
    """Returns the same of a round that is open."""
    target, wrong = find_target(opened.roster, opened.rubrics, school, rubric, item)
    if target is None:
        return None, wrong
    held = collected(opened)
    problems = [one for one in held.problems if one.code == "ledger-stale"]
    if not held.visits:
        problems.append(nothing_to_score(opened))
    former = former_of(opened)
    if not former.usable:
        return None, [*problems, *former.problems]
    given = (opened.round, opened.rubrics, opened.roster, opened.plan, held.visits)
    own = own_scores_of(opened).said
    stands = standing_of(opened)
    corrections = corrections_of(*given[:3], held.visits, former.found, stands).given
    scored = partial(score_round, *given, before=former.found, own=own, corrections=corrections)
    scores, _ = scored(open_records=True)
    sure: dict[str, Any] = {}
    if opened.round.ranking.certainty:
        # SciPy takes long to load.
        from scoring.fairness.certainty import with_certainty

        scores = with_certainty(opened.round, scores)
        sure = {
            "certainty": scores.certainty,
            "composite_certainty": scores.composite_certainty,
        }
    told = explain(opened.round, scores, opened.roster.inspectors, target)
    if not open_records:
        told = closed(told, opened.round, replace(scored()[0], **sure))
    return told, problems

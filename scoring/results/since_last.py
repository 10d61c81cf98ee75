"""What has changed since the scores were last written: settings, with who and when, and totals."""

from __future__ import annotations

from collections.abc import Sequence

from inspections.collecting.problem_table import RESULT
from inspections.ledger.of_round import ledger_of
from inspections.ledger.settings_versions import changed_settings, settings_versions
from inspections.round.folder import SETTINGS
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Place, Problem, problem
from scoring.results.corrected_words import correction_text
from scoring.results.inputs import Inputs, settings_digest
from scoring.results.last_result import LastResult
from scoring.results.scores import Scores

_TOLD = 8
"""Totals and settings that are named one by one."""


def since_last(
    opened: OpenRound, last: LastResult | None, inputs: Inputs, scores: Scores
) -> list[Problem]:
    """Returns what differs from the ``last`` result; nothing where there was none.

    The versions of the settings are those of the ledger. Codes: settings-changed, severity-moved,
    totals-moved.
    """
    if last is None:
        return []
    told = _settings(opened, last) if last.settings != inputs.round else []
    if by := last.corrections_moved(scores):
        place = Place(opened.folder.name(opened.folder.results / RESULT))
        most = correction_text(max(by)).lstrip("+")
        told.append(problem("severity-moved", place, count=len(by), most=most))
    moved = [
        f"{school.school.name} {opened.rubrics[rubric].title} {then} → {now}"
        for school, rubric, then, now in last.moved(scores)
    ]
    if moved:
        place = Place(opened.folder.name(opened.folder.results / RESULT))
        told.append(problem("totals-moved", place, count=len(moved), moved=_some(moved)))
    return told


def outdated(opened: OpenRound, last: LastResult | None, inputs: Inputs) -> list[Problem]:
    """Returns that the ``last`` result rests on something else. Code: results-outdated."""
    other = last.other_inputs(inputs) if last else []
    if not other:
        return []
    place = Place(opened.folder.name(opened.folder.results / RESULT))
    return [problem("results-outdated", place, what="、".join(other), round=opened.folder.root)]


def _settings(opened: OpenRound, last: LastResult) -> list[Problem]:
    with ledger_of(opened) as ledger:
        kept = settings_versions(ledger, opened.round.id)
    then = [one for one in kept if settings_digest(one.values) == last.settings]
    if not then or not kept:
        return []
    changed = [
        f"{name} {before or '（空）'} → {now or '（空）'}"
        for name, before, now in changed_settings(then[-1].values, opened.round)
    ]
    since = kept[-1]
    said = {"changed": _some(changed), "since": since.at, "who": since.who or "（没有记下）"}
    return [problem("settings-changed", Place(SETTINGS), before=then[-1].at, **said)]


def _some(texts: Sequence[str]) -> str:
    more = f"；等 {len(texts)} 处" if len(texts) > _TOLD else ""
    return "；".join(texts[:_TOLD]) + more

"""Objecting: a school objects to a first opinion, and the bureau answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PureWindowsPath

from inspections.ledger.chain import By
from inspections.ledger.decisions import Decision, all_decisions, in_force
from inspections.ledger.letters import FIRST, all_letters, standing
from inspections.ledger.objections import (
    Objection,
    Outcome,
    all_objections,
    answer_objection,
    file_objection,
)
from inspections.ledger.of_round import ledger_of
from inspections.round.folder import inside
from inspections.round.objection_period import is_late, last_day_of_objection
from inspections.round.opened import OpenRound
from inspections.round.regular_files import digest_there
from inspections.round.targets import find_target
from inspections.steps.opening import open_with_ledger
from rubrics.messages.problems import Place, Problem, problem


@dataclass(frozen=True, slots=True)
class Listed:
    """An objection as a list shows it. ``until``: the last day of its period, if that is known."""

    objection: Objection
    school: str
    rubric: str
    until: date | None
    late: bool


def add_objection(
    folder: Path,
    school: str,
    rubric: str,
    text: str,
    by: By,
    *,
    received: date,
    since: date | None = None,
    papers: Sequence[Path] = (),
    ledger: str = "",
) -> tuple[int | None, list[Problem]]:
    """Files what a school objected to its first opinion; returns the number of the objection.

    ``received``: the day on which it came in; ``since``: on which the school received the first
    opinion, the date of that where nobody says. ``papers``: files in ``evidence/``. One that comes
    late is filed all the same, and told. None, and nothing is filed, where something is wrong.
    Codes: those of ``open_with_ledger`` and ``find_target``, objection-empty,
    objection-paper-missing, objection-early, objection-late, objection-unheard, objection-known.
    """
    opened, problems = open_with_ledger(folder, ledger)
    if opened is None:
        return None, problems
    target, unknown = find_target(opened.roster, opened.rubrics, school, rubric)
    if target is None:
        return None, unknown
    held, wrong = _papers(opened, papers)
    if not text.strip():
        wrong.append(problem("objection-empty", Place()))
    with ledger_of(opened) as engine:
        first = standing(all_letters(engine)).get((FIRST, target.rubric, target.school.id))
        begin = since.isoformat() if since else first.day if first else ""
        if begin and received.isoformat() < begin:
            said = {"received": received, "since": begin}
            wrong.append(problem("objection-early", Place(), **said))
        if wrong:
            return None, wrong
        number, new = file_objection(
            engine,
            target.school.id,
            target.rubric,
            text.strip(),
            held,
            by,
            letter=first.fact if first else 0,
            received=received.isoformat(),
            since=begin,
        )
    if not new:
        problems.append(problem("objection-known", Place(), number=number))
    if first is None:
        problems.append(problem("objection-unheard", Place(), school=target.school.name))
    settings = opened.round.letters
    if is_late(settings, begin, received.isoformat()):
        last = last_day_of_objection(settings, date.fromisoformat(begin))
        said = {"number": number, "received": received, "last": last}
        problems.append(problem("objection-late", Place(), **said))
    return number, problems


def decide_objection(
    folder: Path,
    number: int,
    outcome: Outcome,
    reasons: str,
    by: By,
    *,
    decisions: Sequence[int] = (),
    ledger: str = "",
) -> tuple[Objection | None, list[Problem]]:
    """Answers an objection; a later answer to the same one holds in place of the earlier.

    ``decisions``: numbers of the corrections in the ledger that follow from it. Returns the
    objection as it was before; None, and nothing is decided, where something is wrong. Codes: those
    of ``open_with_ledger``, objection-unknown, objection-decision, objection-uncorrected,
    objection-answered, objection-answered-so.
    """
    opened, problems = open_with_ledger(folder, ledger)
    if opened is None:
        return None, problems
    with ledger_of(opened) as engine:
        known = {one.number: one for one in all_objections(engine)}
        one = known.get(number)
        if one is None:
            listed = "、".join(map(str, known)) or "一件也没有"
            return None, [problem("objection-unknown", Place(), number=number, known=listed)]
        made = {it.number: it for it in in_force(all_decisions(engine))}
        wrong = [it for it in decisions if it not in made or not _concerns(made[it], one)]
        if wrong or (decisions and outcome is Outcome.REJECTED):
            numbers = "、".join(map(str, wrong or decisions))
            return None, [problem("objection-decision", Place(), numbers=numbers, number=number)]
        same, held = (outcome, reasons, tuple(decisions)), one.answer
        if held and (held.outcome, held.reasons, held.decisions) == same:
            return one, [*problems, problem("objection-answered-so", Place(), number=number)]
        answer_objection(engine, one, outcome, reasons, decisions, by)
    if one.answer:
        said = {"number": number, "before": one.answer.outcome.value, "now": outcome.value}
        problems.append(problem("objection-answered", Place(), **said))
    if outcome is not Outcome.REJECTED and not decisions:
        problems.append(
            problem(
                "objection-uncorrected",
                Place(),
                number=number,
                outcome=outcome.value,
                folder=folder,
                school=one.school,
                rubric=one.rubric,
            )
        )
    return one, problems


def list_objections(folder: Path, *, ledger: str = "") -> tuple[list[Listed] | None, list[Problem]]:
    """Returns every objection of a round in the order of filing; None where there is no ledger.

    Codes: those of ``open_with_ledger``.
    """
    opened, problems = open_with_ledger(folder, ledger, to_look=True)
    if opened is None:
        return None, problems
    with ledger_of(opened) as engine:
        held = all_objections(engine)
    return [_listed(opened, one) for one in held], problems


def _listed(opened: OpenRound, one: Objection) -> Listed:
    settings = opened.round.letters
    school, rubric = opened.roster.schools.get(one.school), opened.rubrics.get(one.rubric)
    until = last_day_of_objection(settings, date.fromisoformat(one.since)) if one.since else None
    return Listed(
        one,
        school.name if school else one.school,
        rubric.title if rubric else one.rubric,
        until,
        is_late(settings, one.since, one.received),
    )


def _papers(
    opened: OpenRound, papers: Sequence[Path]
) -> tuple[list[tuple[str, str]], list[Problem]]:
    """The papers as (path in the round's folder, digest), and which are not in ``evidence/``."""
    found, wrong = [], []
    evidence = opened.folder.evidence
    for paper in papers:
        typed = Path(*PureWindowsPath(paper).parts)
        tried = (evidence / typed, opened.folder.root / typed, Path(paper))
        path = next((it for it in tried if _lies_in(evidence, it) and digest_there(it)), None)
        if path is None:
            wrong.append(problem("objection-paper-missing", Place(str(paper))))
        else:
            name = inside(opened.folder.root.resolve(), path.resolve())
            found.append((name, digest_there(path)))
    return found, wrong


def _lies_in(folder: Path, path: Path) -> bool:
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())


def _concerns(one: Decision, objection: Objection) -> bool:
    """Whether a decision may follow from an objection: of this school and rubric, or on a file."""
    whose = (one.school, one.rubric)
    return whose == (objection.school, objection.rubric) or not one.school

"""Looking back: whether the ledger is as it was written, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inspections.collecting.collecting import differing
from inspections.collecting.history import History, history
from inspections.collecting.publishing import edited
from inspections.ledger.bodies.forms import KIND_WORDS
from inspections.ledger.breaks import Break, Verified
from inspections.ledger.decisions import Decision, all_decisions, in_force
from inspections.ledger.of_round import ledger_of, open_round
from inspections.ledger.past import Entry, diary
from inspections.ledger.verifying import verify
from inspections.round.opened import OpenRound
from inspections.round.targets import find_target
from inspections.steps.opening import open_with_ledger
from rubrics.messages.problems import Place, Problem, problem


@dataclass(frozen=True, slots=True)
class Checked:
    """What following the ledger's chain found; ``changed``: files that are not as they were.

    Codes of ``changed``, which is empty where the chain is broken: file-differs, published-edited.
    """

    chain: Verified
    changed: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """Where a school's records come from, in an open round."""

    opened: OpenRound
    history: History


def verify_ledger(
    folder: Path, head: str = "", *, ledger: str = ""
) -> tuple[Checked | None, list[Problem]]:
    """Follows the ledger's chain from its first act to its last.

    ``head``: the (beginning of the) digest of an act as it was noted down elsewhere. None where
    there is no ledger. Codes: those of ``open_with_ledger``, ledger-broken, ledger-head.
    """
    opened, problems = open_with_ledger(folder, ledger)
    if opened is None:
        return None, problems
    with ledger_of(opened) as held:
        found = verify(held, head.lower())
    broken, place = found.broken, Place(opened.ledger_name)
    if broken:
        where = _where(broken)
        said = {"act": broken.act, "where": where, "detail": broken.detail}
        problems.append(problem("ledger-broken", place, **said))
    elif not found.met:
        problems.append(problem("ledger-head", place, head=head))
    else:
        return Checked(found, (*differing(opened), *edited(opened))), problems
    return Checked(found), problems


def _where(broken: Break) -> str:
    if not broken.fact:
        return ""
    if broken.kind and broken.kind not in KIND_WORDS:  # what is left of the first form
        return f"{broken.kind} 表第 {broken.fact} 行，"
    word = f"（{KIND_WORDS[broken.kind]}）" if broken.kind else ""
    return f"第 {broken.fact} 条{word}，"


def ledger_acts(
    folder: Path, *, ledger: str = ""
) -> tuple[tuple[Entry, ...] | None, list[Problem]]:
    """Returns every act: when, who, what, why. None where there is no ledger.

    Codes: those of ``open_with_ledger``.

    >>> acts, problems = ledger_acts(Path("demo"))
    >>> acts[0].kind, len(acts[0].digest), acts[-1].kind
    ('versions', 64, 'publish')
    """
    opened, problems = open_with_ledger(folder, ledger)
    if opened is None:
        return None, problems
    with ledger_of(opened) as held:
        return tuple(diary(held)), problems


def ledger_decisions(
    folder: Path, *, ledger: str = ""
) -> tuple[tuple[tuple[Decision, bool], ...] | None, list[Problem]]:
    """Returns every decision of the bureau, and whether it is in force (or was taken back).

    None where there is no ledger. Codes: those of ``open_with_ledger``.
    """
    opened, problems = open_with_ledger(folder, ledger)
    if opened is None:
        return None, problems
    with ledger_of(opened) as held:
        made = all_decisions(held)
    force = {one.number for one in in_force(made)}
    return tuple((one, one.number in force) for one in made), problems


def school_history(
    folder: Path, school: str, rubric: str = "", *, ledger: str = ""
) -> tuple[Past | None, list[Problem]]:
    """Returns how a school's records (under ``rubric``, or all) came to be.

    ``school`` and ``rubric`` as people name them. None where one of them is not known, or there
    is no round to work with. Codes: those of ``open_round`` and ``find_target``.
    """
    opened, problems = open_round(folder, ledger)
    if opened is None:
        return None, problems
    target, wrong = find_target(opened.roster, opened.rubrics, school, rubric)
    if target is None:
        return None, wrong
    return Past(opened, history(opened, target.school.id, target.rubric)), problems

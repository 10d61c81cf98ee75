"""Looking back: whether the ledger is as it was written, and what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from inspections.collecting.collecting import differing
from inspections.collecting.history import History, history
from inspections.collecting.publishing import edited
from inspections.ledger.breaks import Verified, broken_problem
from inspections.ledger.chain import By
from inspections.ledger.decisions import Decision, all_decisions, in_force
from inspections.ledger.of_round import has_ledger, ledger_of, open_round
from inspections.ledger.past import Entry, diary
from inspections.ledger.receipt import Receipt
from inspections.ledger.trusting import doubts, missing, resume
from inspections.ledger.verifying import verify
from inspections.round.opened import OpenRound
from inspections.round.targets import find_target
from inspections.steps.opening import open_with_ledger
from rubrics.messages.problems import Place, Problem, problem

LEAST_NOTED: Final = 12
"""Digits of a digest that nobody can make an act to fit."""


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
    there is no ledger. Codes: those of ``open_round``, nothing-to-score, ledger-broken,
    ledger-behind, ledger-head, and ledger-head-short for less than can be told apart.
    """
    opened, problems = open_round(folder, ledger)
    if opened is None:
        return None, problems
    if not has_ledger(opened):
        return None, missing(opened) or [problem("nothing-to-score", Place(opened.ledger_name))]
    noted = "".join(head.split()).lower()
    if noted and not re.fullmatch(f"[0-9a-f]{{{LEAST_NOTED},64}}", noted):
        return None, [*problems, problem("ledger-head-short", Place(opened.ledger_name), head=head)]
    with ledger_of(opened) as held:
        found = verify(held, noted)
        lost = [] if found.broken else missing(opened, held)
    problems += lost
    if found.broken:
        problems.append(broken_problem(found.broken, opened.ledger_name))
    elif not found.met:
        problems.append(problem("ledger-head", Place(opened.ledger_name), head=head))
    else:
        return Checked(found, (*differing(opened), *edited(opened))), problems
    return Checked(found), problems


def resume_ledger(
    folder: Path, by: By, *, ledger: str = ""
) -> tuple[Receipt | None, list[Problem]]:
    """Adds to the ledger that it goes on without acts that it once had.

    Returns how far it had come once; None where nothing is missing, or it cannot be worked with.
    Codes: those of ``open_round``, ledger-broken, ledger-whole.
    """
    opened, problems = open_round(folder, ledger)
    if opened is None:
        return None, problems
    wrong = doubts(opened)
    if not wrong:
        return None, [*problems, problem("ledger-whole", Place(opened.ledger_name))]
    if any(one.code != "ledger-behind" for one in wrong):
        return None, wrong
    return resume(opened, by), problems


def ledger_acts(
    folder: Path, *, ledger: str = ""
) -> tuple[tuple[Entry, ...] | None, list[Problem]]:
    """Returns every act: when, who, what, why. None where there is no ledger.

    Codes: those of ``open_with_ledger``.

    >>> acts, problems = ledger_acts(Path("demo"))
    >>> acts[0].kind, len(acts[0].digest), acts[-1].kind
    ('versions', 64, 'publish')
    """
    opened, problems = open_with_ledger(folder, ledger, to_look=True)
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
    opened, problems = open_with_ledger(folder, ledger, to_look=True)
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
    if opened is not None and has_ledger(opened):
        opened, problems = open_with_ledger(folder, ledger, to_look=True)
    if opened is None:
        return None, problems
    target, wrong = find_target(opened.roster, opened.rubrics, school, rubric)
    if target is None:
        return None, wrong
    return Past(opened, history(opened, target.school.id, target.rubric)), problems

"""Who looks through ``returned/``: this computer, told apart from others that share the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine

from inspections.ledger.computers import (
    ALONE,
    Computer,
    Looking,
    computer_of,
    computers,
    last_sweep_of,
)
from inspections.ledger.settings_versions import version_digest
from inspections.round.opened import OpenRound
from inspections.round.this_computer import (
    FILE,
    ThisComputer,
    another_computer,
    named_computer,
    new_turn,
    this_computer,
)
from rubrics.messages.problems import Place, Problem, problem


@dataclass(frozen=True, slots=True)
class Looker:
    """``met``: what is to be told of the computer itself, once."""

    looking: Looking
    met: tuple[Problem, ...] = ()


def computer_id(opened: OpenRound) -> str:
    """Returns this computer's number; empty without one, and where the ledger is the folder's."""
    found = this_computer(opened.folder) if opened.shared else None
    return found.id if found else ""


def looker(opened: OpenRound, ledger: Engine) -> Looker:
    """Returns who looks now, on a shared ledger with a turn that nobody else has.

    A number that was copied along is left to the folder that had it first: either this one lies
    elsewhere, or another has looked under its number since. Codes: computer-copied, computer-new.
    """
    if not opened.shared:
        return Looker(ALONE)
    here = named_computer(opened.folder)
    with ledger.connect() as connection:
        last = last_sweep_of(connection, here.id)
        if last and last.turn not in here.turns:
            here, last = another_computer(here), None
        known = {one.id: one for one in computers(connection) if one.id}
        now = computer_of(connection, here.id)
    turn = new_turn(opened.folder, here, last.turn if last else "")
    met = [] if now.sweep or not known else [_told(here, now.name, known)]
    return Looker(Looking(here.id, turn, version_digest(opened.round)), tuple(met))


def _told(here: ThisComputer, name: str, known: Mapping[str, Computer]) -> Problem:
    others = "、".join(one.name for one in known.values())
    taken = [known[id].name for id in here.of_others if id in known]
    code = "computer-copied" if taken else "computer-new"
    return problem(code, Place(FILE), name=name, others=others, taken="、".join(taken))

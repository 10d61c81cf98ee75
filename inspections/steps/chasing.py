"""Chasing: how a round stands, and whom to remind of what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inspections.chasing.reminders import write_reminders
from inspections.chasing.severity import drifted
from inspections.chasing.status import Status, round_status
from inspections.round.locking import turn
from inspections.round.opened import OpenRound, standing
from inspections.steps.opening import open_trusted
from rubrics.messages.problems import Problem
from rubrics.messages.watching import NOBODY, Watcher


@dataclass(frozen=True, slots=True)
class Chased:
    """How a round stands. ``reminders``: the folder of what was written, None where all is done."""

    opened: OpenRound
    status: Status
    reminders: Path | None


def chase_round(
    folder: Path, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[Chased | None, list[Problem]]:
    """Returns how the round in ``folder`` stands, and writes whom to chase into ``reminders/``.

    ``ledger``: the address of a shared ledger, in place of the round's. None where there is no
    round to work with. Codes: those of ``open_trusted``, ``standing``,
    ``write_reminders`` and ``drifted``.

    >>> chased, problems = chase_round(Path("demo"))
    >>> len(chased.status.missing), chased.status.uncollected, chased.reminders.name
    (3, 0, 'reminders')
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_trusted(folder, ledger)
        if opened is None:
            return None, problems
        status = round_status(opened)
        problems += [*standing(opened), *write_reminders(opened, status), *drifted(opened)]
        written = opened.folder.reminders if opened.folder.reminders.is_dir() else None
        return Chased(opened, status, written), problems

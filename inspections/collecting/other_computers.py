"""What other computers that share the ledger work with: other settings, rosters or rubrics."""

from __future__ import annotations

from sqlalchemy import Engine

from inspections.collecting.looking import computer_id
from inspections.ledger.computers import LookedThrough, contributing
from inspections.ledger.settings_versions import changed_settings, version_digest, version_with
from inspections.round.folder import SETTINGS
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Place, Problem, problem

_TOLD = 8
"""Settings that are named one by one."""


def other_computers(opened: OpenRound, ledger: Engine) -> list[Problem]:
    """Returns the computers that last collected with something else than this one has now.

    Every computer works with the settings of its own folder; where they differ, its results do.
    Codes: computer-settings, with what differs; computer-basis, where it is rosters or rubrics.
    """
    if not opened.shared:
        return []
    here = computer_id(opened)
    with ledger.connect() as connection:
        others = [one for one in contributing(connection) if one.computer.id not in ("", here)]
    return [told for one in others if (told := _differs(opened, ledger, one))]


def _differs(opened: OpenRound, ledger: Engine, other: LookedThrough) -> Problem | None:
    said = {"name": other.computer.name, "who": other.who or "（没有记下）"}
    if other.sweep.settings not in ("", version_digest(opened.round)):
        theirs = version_with(ledger, other.sweep.settings)
        found = (
            []
            if not theirs
            else [
                f"{name} 那边 {before or '（空）'}，这里 {now or '（空）'}"
                for name, before, now in changed_settings(theirs, opened.round)
            ]
        )
        if found:
            more = f"；等 {len(found)} 处" if len(found) > _TOLD else ""
            what = "；".join(found[:_TOLD]) + more
            return problem("computer-settings", Place(SETTINGS), what=what, **said)
    if other.sweep.basis != opened.basis:
        return problem("computer-basis", Place(opened.ledger_name), **said)
    return None

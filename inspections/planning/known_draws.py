"""What the ledger knows of draws: every promise, every draw, every change of what was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.ledger.planning import (
    Commitment,
    PlanChange,
    PlanDraw,
    Seen,
    all_commitments,
    all_plan_changes,
    all_plan_draws,
)
from inspections.round.opened import OpenRound


@dataclass(frozen=True, slots=True)
class Told:
    """What the ledger knows of draws: every promise, every draw, every change of what was drawn."""

    promised: Sequence[Commitment] = ()
    draws: Sequence[PlanDraw] = ()
    changes: Sequence[PlanChange] = ()

    @property
    def seen(self) -> Seen:
        """How many there are of each."""
        return len(self.promised), len(self.draws), len(self.changes)

    @property
    def waiting(self) -> Commitment | None:
        """The promise that is to be drawn with; those before it are void."""
        used = {one.commitment for one in self.draws}
        last = self.promised[-1] if self.promised else None
        return last if last and last.number not in used else None

    @property
    def of_last(self) -> list[PlanChange]:
        """The changes of what was drawn last."""
        last = self.draws[-1].number if self.draws else 0
        return [one for one in self.changes if one.draw == last]


def told_of(opened: OpenRound) -> Told:
    """Returns what the ledger of a round knows of draws."""
    if not has_ledger(opened):
        return Told()
    with ledger_of(opened) as held:
        return Told(all_commitments(held), all_plan_draws(held), all_plan_changes(held))

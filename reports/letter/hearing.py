"""How a school was heard before its letter is final: a first opinion, objections, answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inspections.ledger.letters import Numbered
from inspections.ledger.objections import Objection
from inspections.round.objection_period import last_day_of_objection
from inspections.round.round import Round


@dataclass(frozen=True, slots=True)
class Hearing:
    """``first``: the first opinion that the school received, if there was one."""

    first: Numbered | None = None
    objections: tuple[Objection, ...] = ()

    def over(self, settings: Round) -> bool:
        """Whether the period had ended on the day of the final letter; False where that has none.

        The day of the first opinion is taken for that of its receipt.
        """
        day = settings.letters.day
        if self.first is None or not self.first.day or day is None:
            return False
        return day > last_day_of_objection(settings.letters, date.fromisoformat(self.first.day))

    def open(self, settings: Round) -> bool:
        """Whether the school may still object, or waits for an answer: nothing is final yet."""
        waiting = any(one.answer is None for one in self.objections)
        return waiting or (self.first is not None and not self.over(settings))


NOT_HEARD = Hearing()
"""Of rounds that write final letters at once."""

"""The reason beside each indicator of a school, from all of its records; made when asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from inspections.records.record import State
from inspections.records.record_list import Head
from inspections.records.value_text import label_text
from inspections.round.school import Inspector
from rubrics.messages.outgoing import WITHHELD, outgoing
from scoring.engine.codes import CHECKED
from scoring.results.disputed import UNSETTLED, Dispute, DisputeTexts
from scoring.results.entry_texts import EntryTexts
from scoring.results.figures import Figures
from scoring.results.shown import ShownRecords

PENDING = "没有佐证材料，待核"


@dataclass(frozen=True, slots=True)
class Why:
    """``reason`` for the bureau; the others as an indicator's score has them."""

    reason: str = ""
    found: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    disputes: tuple[Dispute, ...] = ()


NOTHING_LOST: Final = Why()


class Reasons:
    """Why indicators are excused, not checked, or how their points were lost, in Chinese.

    Of all schools under one rubric. ``secret``: ids of the items of which is not told what was
    entered; None where all is open.
    """

    def __init__(
        self,
        figures: Figures,
        inspectors: Mapping[str, Inspector],
        secret: frozenset[str] | None,
    ) -> None:
        self._records = figures.items.records
        self._best = figures.items.best
        self._inspectors = inspectors
        items = figures.rubric.indicators
        self._secret = [secret is not None and item.id in secret for item in items]
        self._texts = EntryTexts(figures, redacting=secret is not None)
        self._disputes = DisputeTexts(figures, secret or frozenset())
        self._ids = [item.id for item in items]

    @cached_property
    def _states(self) -> list[list[int]]:
        """Records x indicators, as the arithmetic left them."""
        states: list[list[int]] = self._records.states.tolist()
        return states

    @cached_property
    def _lost(self) -> list[list[bool]]:
        """Records x indicators: points were lost."""
        lost: list[list[bool]] = (self._records.observed < self._best).tolist()
        return lost

    @cached_property
    def _pending(self) -> list[list[bool]]:
        """Records x indicators: evidence is waited for."""
        pending: list[list[bool]] = self._records.pending.tolist()
        return pending

    def why(self, records: ShownRecords, place: int, state: State) -> Why:
        """Returns the reason beside an indicator (column ``place``) of one school.

        ``records`` are the school's, and ``state`` is what they come to. Where they differ, each is
        told with its inspector; where they should have agreed on a fact, that comes first.
        """
        said = self._why(records, place, state)
        found = tuple(self._disputes.of(self._ids[place], records.first, records.heads))
        if not found:
            return said
        told = [*(self._both_sides(one) for one in found), *filter(None, [said.reason])]
        waiting = (*said.waiting, *(one.sentence for one in found))
        return Why("；".join(told), said.found, waiting, found)

    def _both_sides(self, one: Dispute) -> str:
        by = "、".join(f"{self._name(who)} {text}" for who, text in one.by)
        return f"{label_text(one.label)}{by}，不一致，{UNSETTLED}"

    def _why(self, records: ShownRecords, place: int, state: State) -> Why:
        states, lost, waits = self._states, self._lost, self._pending
        told: dict[str, list[Head]] = {}
        losses: tuple[dict[str, None], dict[str, None]] = {}, {}
        heard = 0
        for number, head in enumerate(records.heads):
            row = records.first + number
            checked = states[row][place] == CHECKED
            if state is State.CHECKED and not checked:
                continue
            heard += 1
            pending = waits[row][place]
            if checked and not lost[row][place]:
                text = ""
            elif checked and self._secret[place]:
                text = WITHHELD
            else:
                text = self._texts.text(records, number, place)
            if text and state is State.CHECKED:
                losses[pending][text] = None
            if pending:
                text = f"{text}（{PENDING}）" if text else PENDING
            if text:
                told.setdefault(text, []).append(head)
        found, waiting = map(tuple, losses)
        if state is not State.CHECKED or (
            len(told) == 1 and len(next(iter(told.values()))) == heard
        ):
            return Why("；".join(told), found, waiting)
        several = len({head.key.occasion for head in records.heads}) > 1
        named = (
            f"{'、'.join(self._who(head, several) for head in by)}：{text}"
            for text, by in told.items()
        )
        return Why("；".join(named), found, waiting)

    def _who(self, head: Head, several: bool) -> str:
        name = self._name(head.key.inspector)
        return f"{head.key.occasion} {name}".strip() if several else name

    def _name(self, inspector: str) -> str:
        known = self._inspectors.get(inspector)
        return known.name if known else outgoing(inspector)

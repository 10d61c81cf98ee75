"""What the inspectors of a visit say where they do not agree on a fact, school by school."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from inspections.records.record import Value
from inspections.records.record_list import Head
from inspections.records.value_text import label_text, value_text
from rubrics.language.slots import address
from rubrics.messages.outgoing import WITHHELD
from rubrics.rules import Slot
from scoring.engine.codes import CHECKED, decoded
from scoring.engine.columns import Columns
from scoring.results.figures import Figures

DIFFER = "检查组的记录不一致"
UNSETTLED = "核定前按有利于学校的计，待核"


class Dispute(NamedTuple):
    """One fact of one visit on which its inspectors do not agree.

    ``said``: what is said, each once, in the order of the inspectors and without their names;
    ``by`` tells whose sheets say what, for the bureau. ``stands``: what counts until it is settled;
    ``slot`` is its key.
    """

    occasion: str
    slot: str
    label: str
    said: tuple[str, ...]
    by: tuple[tuple[str, str], ...]
    stands: Value | None

    @property
    def sentence(self) -> str:
        """Both sides in plain Chinese, without the name of any inspector."""
        said = "" if self.said == (WITHHELD,) else f"（{'、'.join(self.said)}）"
        return f"{label_text(self.label)}{DIFFER}{said}，{UNSETTLED}"


class DisputeTexts:
    """The disputes under one rubric; of items that are ``secret`` the entries are withheld."""

    def __init__(self, figures: Figures, secret: frozenset[str]) -> None:
        self._figures, self._secret = figures, secret

    def of(self, owner: str, first: int, heads: Sequence[Head]) -> Iterator[Dispute]:
        """Yields the disputes of one item; the school's records begin at row ``first``."""
        disputes = self._figures.disputes
        if disputes is None:
            return
        stated, kind = disputes.facts.stated, disputes.facts.kind
        place = stated.owners[owner]
        rows = [
            row
            for row in range(first, first + len(heads))
            if disputes.facts.disputed[row, place] and stated.states[row, place] == CHECKED
        ]
        for occasion in dict.fromkeys(heads[row - first].key.occasion for row in rows):
            own = [row for row in rows if heads[row - first].key.occasion == occasion]
            for key, slot in disputes.slots[owner].items():
                values = [_value(stated, owner, slot, row) for row in own]
                if len(set(values)) == 1:
                    continue
                texts = [value_text(slot, value) for value in values]
                if owner in self._secret:
                    texts = [WITHHELD] * len(values)
                yield Dispute(
                    occasion,
                    key,
                    slot.label,
                    tuple(dict.fromkeys(texts)),
                    tuple(
                        (heads[row - first].key.inspector, text)
                        for row, text in zip(own, texts, strict=True)
                    ),
                    _value(kind, owner, slot, own[0]),
                )


def _value(columns: Columns, owner: str, slot: Slot, row: int) -> Value | None:
    at = columns.slots[address(owner, slot)]
    return decoded(slot, int(columns.units[row, at])) if columns.given[row, at] else None

"""What the inspectors of a visit say where they do not agree on a fact, school by school."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from inspections.records.record import Value
from inspections.records.record_list import Head
from inspections.records.value_text import label_text, value_text
from rubrics.language.slots import address
from rubrics.messages.outgoing import WITHHELD
from rubrics.rules import Slot
from scoring.engine.agreeing import Agreed
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
        for occasion in dict.fromkeys(
            head.key.occasion
            for row, head in enumerate(heads, first)
            if disputes.facts.disputed[row, place]
        ):
            own = [row for row, head in enumerate(heads, first) if head.key.occasion == occasion]
            for one in differing(disputes.facts, disputes.slots[owner], owner, own):
                texts = [value_text(one.slot, value) for value in one.values]
                if owner in self._secret:
                    texts = [WITHHELD] * len(texts)
                yield Dispute(
                    occasion,
                    one.slot.key,
                    one.slot.label,
                    tuple(dict.fromkeys(texts)),
                    tuple(
                        (heads[row - first].key.inspector, text)
                        for row, text in zip(one.rows, texts, strict=True)
                    ),
                    _value(kind, owner, one.slot, one.rows[0]),
                )


class Differing(NamedTuple):
    """One fact of one visit on which its inspectors do not agree: what each of ``rows`` says."""

    slot: Slot
    rows: tuple[int, ...]
    values: tuple[Value | None, ...]


def differing(
    facts: Agreed, slots: Mapping[str, Slot], owner: str, rows: Iterable[int]
) -> Iterator[Differing]:
    """Yields the facts of one owner on which the records ``rows``, all of one visit, differ.

    ``slots``: the owner's facts by key.
    """
    stated, place = facts.stated, facts.stated.owners[owner]
    own = tuple(
        row for row in rows if facts.disputed[row, place] and stated.states[row, place] == CHECKED
    )
    for slot in slots.values():
        values = tuple(_value(stated, owner, slot, row) for row in own)
        if len(set(values)) > 1:
            yield Differing(slot, own, values)


def _value(columns: Columns, owner: str, slot: Slot, row: int) -> Value | None:
    at = columns.slots[address(owner, slot)]
    return decoded(slot, int(columns.units[row, at])) if columns.given[row, at] else None

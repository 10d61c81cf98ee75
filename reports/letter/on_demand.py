"""What is written of letters on demand, and kept up to date from then on: Word files, bound ones.

Whoever prints or edits them takes them for the present letters; an older one among them would go
out with figures that no longer hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from inspections.ledger.letters import FINAL, FIRST
from inspections.round.folder import Folder
from inspections.round.own_files import own_files

ALL_LETTERS: Final = "全部意见书.pdf"
"""Letters of all schools in one file."""

LETTERS: Final = {FINAL: "letters", FIRST: "first-opinions"}
WORD: Final = {FINAL: "word", FIRST: "first-opinions-word"}
ENVELOPES: Final = {FINAL: "envelopes", FIRST: "first-opinions-bound"}
"""Folders of the reports, by the stage of the letters in them."""


@dataclass(frozen=True, slots=True)
class OnDemand:
    """``word``: Word files; ``envelopes``: bound by school; ``together``: bound all in one."""

    word: bool = False
    envelopes: bool = False
    together: bool = False

    def __or__(self, other: OnDemand) -> OnDemand:
        return OnDemand(
            self.word or other.word,
            self.envelopes or other.envelopes,
            self.together or other.together,
        )


def on_demand(folder: Folder, stage: str = FINAL) -> OnDemand:
    """Returns what earlier runs wrote of the letters of a stage, be it one that was killed."""
    places = (WORD[stage], ENVELOPES[stage])
    word, bound = (
        {*own.listed, *own.begun}
        for own in (own_files(folder, folder.reports / name) for name in places)
    )
    return OnDemand(bool(word), bool(bound - {ALL_LETTERS}), ALL_LETTERS in bound)

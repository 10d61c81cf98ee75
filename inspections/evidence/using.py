"""What a file is used for: the observation that it proves."""

from __future__ import annotations

from dataclasses import dataclass

from inspections.records.record import Proof
from inspections.records.record_list import Head, RecordList
from inspections.records.redacting import is_secret
from inspections.round.opened import OpenRound
from rubrics.language.rubric import Rubric
from rubrics.messages.outgoing import WITHHELD
from rubrics.messages.problems import Place


@dataclass(frozen=True, slots=True)
class Use:
    """One observation that a file proves, by its record's place and its owner."""

    records: RecordList
    record: int
    owner: str
    proof: Proof
    rubric: Rubric

    @property
    def head(self) -> Head:
        """Whose record it is."""
        return self.records.heads[self.record]

    @property
    def hidden(self) -> bool:
        """Whether the entry is secret, or its writer marked the fact that the file proves."""
        seen = self.records[self.record].observation(self.owner)
        return seen is not None and is_secret(seen, self.rubric)

    @property
    def fact(self) -> tuple[str, str, str]:
        """What it is evidence of: rubric, occasion, and the indicator or red line."""
        return self.head.key.rubric, self.head.key.occasion, self.owner

    @property
    def place(self) -> Place:
        """The file; a picture in a workbook, and what is secret, has the place of the row."""
        if not self.proof.part and not self.hidden:
            return Place(self.proof.file)
        seen = self.records[self.record].observation(self.owner)
        row = seen.places.get("evidence") if seen else None
        return row or Place(self.head.file, self.head.sheet)


def named_use(use: Use, opened: OpenRound) -> str:
    """Returns the school and the file of a use, for a message about another file."""
    school = opened.roster.schools[use.head.key.school].name
    return f"{school}（{WITHHELD if use.hidden else use.proof.file}）"

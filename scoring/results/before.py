"""What was found in a round before, and how it is told beside what is found again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from rubrics.language.repeat import Finding, Repeat

_WORDS: Final[Mapping[Finding, str]] = {
    "found": "检查已查出",
    "relapse": "“回头看”查出反弹",
    "misreport": "“回头看”查出虚报",
}
_NAMED: Final = 2
"""Findings that are named one by one, the latest first."""


@dataclass(frozen=True, slots=True)
class Before:
    """One earlier finding of an indicator at a school.

    ``round``: its title, empty for this one. ``item``: how the item to be put right is called
    beside those of other rounds. ``day``: when it was found, None where nobody has said.
    """

    round: str
    item: str
    kind: Finding = "found"
    day: date | None = None

    @property
    def text(self) -> str:
        """``“2026年春季”2026春-0012（2026-04-08）检查已查出``."""
        named = f"“{self.round}”" if self.round else "本批次"
        day = f"（{self.day}）" if self.day else ""
        return f"{named} {self.item}{day}{_WORDS[self.kind]}"


FoundBefore: TypeAlias = Mapping[str, Mapping[tuple[str, str], tuple[Before, ...]]]
"""Rubric -> (school, indicator) -> what was found before, the latest first, at least one."""


def told_again(repeat: Repeat, found: Sequence[Before], *, demerits: bool = False) -> str:
    """Returns that something was found again, where it was before, and what follows."""
    named = "；".join(one.text for one in found[:_NAMED])
    more = f"；等 {len(found)} 次" if len(found) > _NAMED else ""
    return f"屡查屡犯（{named}{more}），{repeat.effect(demerits=demerits)}"

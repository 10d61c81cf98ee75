"""Groups of digits in a row that may be one number, with what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rubrics.messages.digit_groups import Group, Joint


@dataclass(frozen=True, slots=True)
class Window:
    """Groups in a row that may be one number."""

    groups: Sequence[Group]
    digits: str
    label: str
    whole: bool
    """Whether nothing else joins them, so that they are no part of a list."""
    counted: bool
    """Whether a unit follows."""
    worth: bool
    """Whether a sum of money or a share follows."""

    @property
    def joints(self) -> list[Joint]:
        """How each group hangs on the one before."""
        return [group.joint for group in self.groups[1:]]

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many digits each group has."""
        return tuple(len(group.digits) for group in self.groups)

    def plain(self) -> bool:
        """Whether there are digits alone: no day, no time, no X."""
        return all(group.kind == "plain" for group in self.groups)

    def decimal(self) -> bool:
        """Whether a point stands in it as in a decimal: not between all groups."""
        gaps = [group.gap for group in self.groups[1:]]
        return "." in gaps and (len(gaps) < 2 or set(gaps) != {"."})


def is_day(year: str, month: str, day: str) -> bool:
    """Whether digits are a day on which somebody may be born, or work."""
    if (len(year), len(month), len(day)) != (4, 2, 2):
        return False
    try:
        return 1880 <= date(int(year), int(month), int(day)).year < 2100
    except ValueError:
        return False

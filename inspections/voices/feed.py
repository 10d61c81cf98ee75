"""What counted answers give a round: the figures of one setting, by school."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from inspections.records.record import Heard
from inspections.round.voiced import Target, Voiced


@dataclass(frozen=True, slots=True)
class Fed:
    """The figures of one school: values by slot key, and of which answers they were counted.

    ``weighed``: those of the values that were weighed and are others than were counted.
    """

    counted: Mapping[str, Decimal]
    heard: Heard
    weighed: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def values(self) -> Mapping[str, Decimal]:
        """What counts, by slot key."""
        return {**self.counted, **self.weighed}


@dataclass(frozen=True, slots=True)
class Feed:
    """The figures that one setting asks for, by the code of the school.

    ``unknown``: there is no such survey or question by now, so that nobody has figures.
    """

    voiced: Voiced
    target: Target
    schools: Mapping[str, Fed]
    unknown: bool = False

"""What counted answers give a round: the figures of one setting, by school."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from inspections.records.record import Heard
from inspections.round.voiced import Target, Voiced


@dataclass(frozen=True, slots=True)
class Fed:
    """The figures of one school: values by slot key, and of which answers they were counted."""

    values: Mapping[str, Decimal]
    heard: Heard


@dataclass(frozen=True, slots=True)
class Feed:
    """The figures that one setting asks for, by the code of the school.

    ``unknown``: there is no such survey or question by now, so that nobody has figures.
    """

    voiced: Voiced
    target: Target
    schools: Mapping[str, Fed]
    unknown: bool = False

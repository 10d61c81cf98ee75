"""Days on which teams set out: the working days of each occasion, cut into stretches.

A stretch (一段) is as long as a team stays together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from inspections.planning.inputs import Inputs
from inspections.round.drawing_settings import DaySettings
from inspections.round.working_days import is_working_day


@dataclass(frozen=True, slots=True)
class Stretch:
    """Working days of one occasion, one after another, on which the same people go together."""

    occasion: str
    days: tuple[date, ...]


def stretches(inputs: Inputs) -> list[Stretch]:
    """Returns the stretches of the round: the working days of its window that come after the draw,
    shared equally among the occasions in their order, in spans of as many days as a team stays
    together.
    """
    window = inputs.round.window
    span = (window.until - window.since).days + 1
    days = [window.since + timedelta(days=at) for at in range(span)]
    closed = set(inputs.drawing.day.closed)
    days = [day for day in days if is_working_day(day) and day not in closed]
    days = [day for day in days if inputs.after is None or day > inputs.after]
    turns = len(inputs.round.occasions)
    long = inputs.drawing.team.days
    found = []
    for at, occasion in enumerate(inputs.round.occasions):
        own = days[len(days) * at // turns : len(days) * (at + 1) // turns]
        found += [
            Stretch(occasion, tuple(own[start : start + long]))
            for start in range(0, len(own), long)
        ]
    return found


def fits_in_day(minutes: Sequence[int], day: DaySettings) -> bool:
    """Whether visits that take so many minutes, and the ways between them, fit into one day.

    >>> fits_in_day([180, 180], DaySettings()), fits_in_day([200, 200], DaySettings())
    (True, False)
    """
    whole = sum(minutes) + day.travel * (len(minutes) - 1)
    return len(minutes) <= day.visits and whole <= day.minutes

"""Facts of a draw of schools and inspectors (双随机): a seed was promised, and then drawn with."""

from __future__ import annotations

from msgspec import Struct


class Commitment(Struct, frozen=True, omit_defaults=True):
    """A seed that nobody may see yet. ``number``: from 1, without gaps, in one ledger; ``day``: ISO
    8601; ``digest``: SHA-256 (hex) of the seed; ``basis``: those of schools, of inspectors, and of
    settings with rubrics, as they were. ``procedure``: the number of that by which is drawn with
    it, 1 where none was written down.

    Leaves: ``known``: what was known of schools then and goes into the draw (weights, who went
    there last, who found what is open there), as JSON.
    """

    number: int
    day: str
    digest: str
    basis: list[str]
    procedure: int = 1


class PlanDraw(Struct, frozen=True, omit_defaults=True):
    """A draw. ``commitment``: its number; ``seed``: as it was promised; ``added``: what was thrown
    on the spot and goes with it; ``digest``: SHA-256 (hex) of what came out; ``counts``: schools,
    visits, teams, visits of one person more than teams ask for.

    Leaves: ``witness``: who was there when it was drawn, left out where nobody was named; ``plan``:
    teams with their members and days, and lines of the plan with the team that goes there, as JSON.
    """

    number: int
    commitment: int
    day: str
    seed: str
    added: str
    basis: list[str]
    digest: str
    counts: list[int]


class PlanChange(Struct, frozen=True, omit_defaults=True):
    """A plan that was changed after its draw. ``draw``: its number; ``since``, ``until``: for which
    days; ``teams``: names of teams that are others from then on, ``days``: from when to when each.

    Leaves: ``changed``: who cannot go or which school is visited otherwise, the members of those
    teams, and lines of the plan with the team that goes there, as JSON.
    """

    number: int
    draw: int
    day: str
    since: str
    until: str
    teams: list[str]
    days: list[list[str]]

"""Facts of a follow-up (回头看): what was drawn to be looked at again, and by which teams."""

from __future__ import annotations

from msgspec import Struct


class Draw(Struct, frozen=True, omit_defaults=True):
    """One draw. ``number``: from 1, without gaps, in one ledger; ``day``: ISO 8601.

    ``seed`` and ``share`` (per cent) give the same sample of the ``pool`` (numbers of items that
    could be drawn) again. ``items``: numbers of those that were drawn, and beside each in
    ``teams`` the number of its team among the leaves.

    ``since`` and ``until``: when the schools are visited (ISO 8601, empty where that is still to
    be said); ``unannounced``: nobody tells them before.

    Leaves: ``team/0`` and so on, the names of the teams, which may be persons'; ``witness``: who
    was there when it was drawn, left out where nobody was named.
    """

    number: int
    day: str
    seed: str
    share: int
    pool: list[int]
    items: list[int]
    teams: list[int]
    closed: bool = False
    since: str = ""
    until: str = ""
    unannounced: bool = False

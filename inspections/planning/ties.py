"""Who is linked with whom by shared visits, rubric by rubric, while teams are being made.

Whoever has a link to make is preferred to somebody who has as much to do, so that inspectors of a
rubric hang together as trips are given out, and little is left to be linked afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

VISIT: Final = 4
"""What a visit that somebody has more than another weighs."""


class Ties:
    """Parts that shared visits link: of ``count`` inspectors, for each of ``rubrics``."""

    def __init__(self, rubrics: Sequence[str], count: int) -> None:
        self._row = {name: at for at, name in enumerate(rubrics)}
        self._part = np.tile(np.arange(count, dtype=np.int64), (len(rubrics), 1))
        self._seen = np.zeros((len(rubrics), count), dtype=bool)

    def tie(self, rubrics: Collection[str], team: Sequence[int]) -> None:
        """Takes down that some go together to schools that are visited under ``rubrics``."""
        for name in rubrics:
            self._seen[self._row[name], team] = True
            own = self._part[self._row[name]]
            for one in team[1:]:
                own[own == own[one]] = own[team[0]]

    def cost(self, rubrics: Collection[str], team: Sequence[int]) -> NDArray[np.int64]:
        """Returns what it costs to give the next seat of a ``team`` to each inspector.

        The first one goes to somebody who inspects the rubric already; the others to somebody who
        is not linked with the team yet, of another part where there is one. Each is worth a visit.
        """
        found = np.zeros(self._part.shape[1], dtype=np.int64)
        for name in rubrics:
            own, seen = self._part[self._row[name]], self._seen[self._row[name]]
            if not team:
                found += VISIT * (~seen & seen.any())
                continue
            found += VISIT * np.isin(own, own[team])
            there = own[seen]
            if there.size and (there != there[0]).any():
                found += VISIT * ~seen
        return found


class TiesOfAll(Ties):
    """As the first procedure had it: links of all rubrics are one, and weigh half a visit."""

    def __init__(self, count: int) -> None:
        super().__init__(("",), count)

    def tie(self, rubrics: Collection[str], team: Sequence[int]) -> None:
        """Takes down that some go together."""
        own = self._part[0]
        for at, one in enumerate(team):
            for other in team[:at]:
                own[own == own[other]] = own[one]

    def cost(self, rubrics: Collection[str], team: Sequence[int]) -> NDArray[np.int64]:
        """Returns what a seat costs: whoever is linked with the first of the team, half a visit."""
        if not team:
            return np.zeros(self._part.shape[1], dtype=np.int64)
        return np.where(self._part[0] == self._part[0][team[0]], VISIT // 2, 0)

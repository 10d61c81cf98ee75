"""What a school is compared with: the ranked schools of its group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from inspections.records.record import State
from scoring.engine.medians import middle
from scoring.results.scores import SchoolScore


@dataclass(frozen=True, slots=True)
class Peers:
    """One group. ``medians``: units earned, by indicator, of two schools or more.

    ``sharing``: how many schools hold each rank.
    """

    medians: Mapping[str, int] = field(default_factory=dict)
    sharing: Mapping[int, int] = field(default_factory=dict)


def peers(schools: Iterable[SchoolScore]) -> dict[str, Peers]:
    """Returns the groups of a rubric by name; only ranked schools count, as in the ranking."""
    earned: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    ranks: dict[str, Counter[int]] = defaultdict(Counter)
    for school in schools:
        if school.rank is None:
            continue
        ranks[school.group][school.rank] += 1
        own = earned[school.group]
        for item in school.indicators:
            if item.state is State.CHECKED and not item.band:
                own[item.indicator].append(item.earned)
    return {
        group: Peers(
            {name: middle(row) or 0 for name, row in earned[group].items() if len(row) > 1},
            ranks[group],
        )
        for group in ranks
    }

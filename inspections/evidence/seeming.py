"""What seems to be one photograph in several files: saved again, cropped, turned, mirrored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from inspections.evidence.alike import BITS, alike
from inspections.evidence.likeness import UNLIKE
from inspections.evidence.using import Use, named_use
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Problem, problem

_SAVED_AGAIN: Final = 12
"""Differing bits of two files of one school; more have two photographs of one place."""

_MOST_NAMED: Final = 5


def alike_problems(uses: Mapping[str, Sequence[Use]], opened: OpenRound) -> Iterator[Problem]:
    """Yields what is told of pictures with other bytes that seem to be the same.

    ``uses``: digest -> what it is used for. Nothing is taken away: somebody has to look. Codes:
    evidence-alike (a warning at the file of each school), evidence-alike-here (a note, for other
    facts of one school, where it is hardly more than saved again).
    """
    digests = [one for one, held in uses.items() if held[0].proof.likeness not in ("", UNLIKE)]
    pairs = alike([uses[one][0].proof.likeness for one in digests])
    near: dict[str, list[tuple[int, Use]]] = defaultdict(list)
    first: dict[str, Use] = {}
    for one, other, bits in pairs:
        left, right = uses[digests[one]], uses[digests[other]]
        for mine, others in ((left, right), (right, left)):
            for use in mine:
                found = next((it for it in others if _school(it) != _school(use)), None)
                if found is not None:
                    at = f"{use.proof.digest} {_school(use)}"
                    first.setdefault(at, use)
                    near[at].append((bits, found))
        schools = {_school(use) for use in (*left, *right)}
        facts = {use.fact for use in left}, {use.fact for use in right}
        if len(schools) == 1 and facts[0] != facts[1] and bits <= _SAVED_AGAIN:
            yield problem(
                "evidence-alike-here",
                left[0].place,
                other=named_use(right[0], opened),
                share=_share(bits),
                owners=_facts([*left, *right]),
            )
    for at, use in first.items():
        own = opened.roster.schools[_school(use)].name
        yield problem("evidence-alike", use.place, school=own, others=_others(near[at], opened))


def _others(near: Sequence[tuple[int, Use]], opened: OpenRound) -> str:
    told: dict[str, str] = {}
    for bits, use in sorted(near, key=lambda one: (one[0], one[1].proof.file)):
        told.setdefault(named_use(use, opened), f"，相似 {_share(bits)}%")
    named = [f"{name}{share}" for name, share in told.items()]
    more = f"等 {len(named)} 处" if len(named) > _MOST_NAMED else ""
    return "；".join(named[:_MOST_NAMED]) + more


def _facts(uses: Sequence[Use]) -> str:
    facts = sorted({use.fact for use in uses})
    several = len({occasion for _, occasion, _ in facts}) > 1
    return "、".join(f"{owner}（{turn}）" if several else owner for _, turn, owner in facts)


def _share(bits: int) -> int:
    """Per cent of the bits that are the same, rounded down."""
    return 100 * (BITS - bits) // BITS


def _school(use: Use) -> str:
    return use.head.key.school

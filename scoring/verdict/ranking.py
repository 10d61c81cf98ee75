"""Ranks within groups, ties and what decided them, and quotas of grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from inspections.round.round import GradeQuota, Ranking
from rubrics.language.rubric import Rubric
from rubrics.values.conditions import Traits
from rubrics.values.points import BoolArray, IntArray

UNKNOWN = "未填"
EVERY_SCHOOL: Final = "全部学校"
"""The label of the only group where a round makes none."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """``rank``: 1 is the first, 0 is unranked; ``decided``: which tie key, from 0, or -1."""

    rank: IntArray
    decided: IntArray


def groups(traits: Sequence[Traits], by: Sequence[str]) -> tuple[IntArray, tuple[str, ...]]:
    """Returns the number of every school's group, and the groups' labels (``初中·城区组``)."""
    if not by:
        return np.zeros(len(traits), np.int64), (EVERY_SCHOOL,)
    own = list(zip(*([it.get(trait, UNKNOWN) for it in traits] for trait in by), strict=True))
    number = {values: place for place, values in enumerate(dict.fromkeys(own))}
    names = tuple("·".join(map(str, values)) + "组" for values in number)
    return np.fromiter(map(number.__getitem__, own), np.int64, len(own)), names


def tie_values(
    ranking: Ranking, key_failed: IntArray, better: Mapping[str, IntArray]
) -> list[IntArray]:
    """Returns one column for each tie key, the smaller the better.

    ``better``: by dimension, the smaller the better; a dimension that this rubric lacks decides
    nothing.
    """
    nothing = np.zeros_like(key_failed)
    return [
        key_failed if key == "key_failed" else better.get(key.removeprefix("dimension:"), nothing)
        for key in ranking.tie_keys
    ]


def tie_names(rubric: Rubric, ranking: Ranking) -> list[str]:
    """Returns what a printed table calls each tie key."""
    titles = {item.id: item.title for item in rubric.dimensions}
    return [
        "关键项不合格项数"
        if key == "key_failed"
        else titles.get(key.removeprefix("dimension:"), key)
        for key in ranking.tie_keys
    ]


def ranks(
    group: IntArray, fit: BoolArray, first: Sequence[IntArray], ties: Sequence[IntArray]
) -> Ranked:
    """Returns competition ranks (1-2-2-4) within groups, of schools that are ``fit`` to be ranked.

    ``first`` come before ``ties``; in every column the smaller is the better. A tie key decided a
    place where it parts a school from the nearest one of equal ``first``: the one ahead, else
    the one behind.
    """
    rows = np.flatnonzero(fit)
    rank = np.zeros(len(group), np.int64)
    decided = np.full(len(group), -1, np.int64)
    if not len(rows):
        return Ranked(rank, decided)
    keys = [group[rows], *(column[rows] for column in (*first, *ties))]
    order = np.lexsort(keys[::-1])
    sorted_keys = np.array([key[order] for key in keys])
    changed = np.ones((len(keys), len(rows)), bool)
    changed[:, 1:] = np.diff(sorted_keys, axis=1) != 0
    place = np.arange(len(rows))
    block = np.maximum.accumulate(np.where(changed.any(axis=0), place, 0))
    start = np.maximum.accumulate(np.where(changed[0], place, 0))
    rank[rows[order]] = (block - start + 1)[...]
    if ties:
        decided[rows[order]] = _deciding(changed, block, len(first) + 1)
    return Ranked(rank, decided)


def _deciding(changed: BoolArray, block: IntArray, given: int) -> IntArray:
    """The tie key at which each block parts from the one ahead, else the one behind, or -1."""
    same_total = ~changed[:given].any(axis=0)
    key = np.where(same_total, np.argmax(changed[given:], axis=0), -1)
    ahead = np.where(changed[given:].any(axis=0) & same_total, key, -1)[block]
    following = np.append(ahead[1:], -1)
    last = np.append(block[1:] != block[:-1], True)
    behind = np.full(len(block), -1, np.int64)
    behind[block[last]] = following[last]
    return np.where(ahead >= 0, ahead, behind[block])


def within_quotas(
    quotas: Sequence[GradeQuota],
    names: Sequence[str],
    grade: IntArray,
    rank: IntArray,
    group: IntArray,
) -> IntArray:
    """Returns the grades after all quotas, those of better grades first, however they are written.

    So whoever loses a grade to one quota is counted by that of the next. A quota whose grades this
    rubric lacks, or whose ``then`` is no lower, changes nothing.
    """
    known = list(names[:-1])
    held = [
        (known.index(one.grade), known.index(one.then), one)
        for one in quotas
        if one.grade in known and one.then in known
    ]
    # Of one grade's quotas the stricter comes first; the rest of the key only makes it certain.
    held.sort(key=lambda it: (*it[:2], it[2].share, it[2].edge, it[2].round, it[2].at_least))
    for number, then, quota in held:
        if then > number:
            grade = _within(quota, number, then, grade, rank, group)
    return grade


def _within(
    quota: GradeQuota, held: int, then: int, grade: IntArray, rank: IntArray, group: IntArray
) -> IntArray:
    """The first by rank keep the grade ``held``; those of one rank are not parted."""
    found = grade.copy()
    for number in np.unique(group):
        ranked = (group == number) & (rank > 0)
        allowed = quota.allowed(int(ranked.sum()))
        holders = np.flatnonzero(ranked & (grade == held))
        own = np.sort(rank[holders])
        if quota.edge == "keep":
            # One who has fewer than the allowed number ahead is in, and so are its equals.
            out = np.searchsorted(own, rank[holders], "left") >= allowed
        else:
            out = np.searchsorted(own, rank[holders], "right") > allowed
        found[holders[out]] = then
    return found

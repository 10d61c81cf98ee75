"""The first or the last so many, and what happens at a tie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from scoring.accountability.rules import Places
from scoring.accountability.standing import Standing

_Key: TypeAlias = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Schools that are equal at the edge: of which group, how many are in without them, and
    whether they were taken in.
    """

    group: str
    names: tuple[str, ...]
    sure: int
    taken: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """Who is among them, by school, with the figures; and the ties at the edge."""

    figures: Mapping[str, str]
    ties: tuple[Tie, ...]


def placed(asked: Places, all_ranked: Sequence[Standing], met: Sequence[bool]) -> Placed:
    """Returns who is among the first or last of its group or of the county.

    ``met``: who meets the other conditions. A school that is alone in its group is not compared.
    """
    groups: dict[str, list[Standing]] = {}
    for one, fits in zip(all_ranked, met, strict=True):
        if _ranked(asked, one) and (fits or asked.among == "ranked"):
            group = "全县" if asked.within == "county" else one.group
            groups.setdefault(group, []).append(one)
    figures: dict[str, str] = {}
    ties: list[Tie] = []
    for group, members in groups.items():
        keys = [_key(asked, one) for one in members]
        edge = sorted(keys)[min(asked.count, len(keys)) - 1]
        sure = sum(key < edge for key in keys)
        equal = [one for one, key in zip(members, keys, strict=True) if key == edge]
        fit = sure + len(equal) <= asked.count
        taken = fit or asked.tie == "all"
        if not fit:
            names = tuple(one.name for one in equal)
            ties.append(Tie(group, names, sure, taken))
        said = f"{edge_words(asked)}，同分{'全部列入' if asked.tie == 'all' else '全部不列入'}"
        for one, key in zip(members, keys, strict=True):
            if key < edge or (key == edge and taken):
                figures[one.school] = f"{_place(asked, one, group, keys, key)}（{said}）"
    return Placed(figures, tuple(ties))


def edge_words(asked: Places) -> str:
    """Returns ``前 10 名``, or of those that meet the rest ``符合条件的前 10 名``."""
    among = "符合条件的" if asked.among == "met" else ""
    return f"{among}{'前' if asked.first else '末'} {asked.count} 名"


def _ranked(asked: Places, one: Standing) -> bool:
    if asked.within == "county":
        return one.rank is not None and one.total is not None
    return one.rank is not None and one.group_size > 1


def _key(asked: Places, one: Standing) -> _Key:
    """The smaller, the nearer to the end that is looked at."""
    if asked.within == "county":
        total = one.total or 0
        key = [Fraction(one.ranked_last), Fraction(total if one.demerits else -total)]
    else:
        key = [Fraction(one.rank or 0)]
    for name in asked.by:
        if name == "key_failed":
            key.append(Fraction(len(one.key_failed)))
        else:
            kept = one.kept.get(name.removeprefix("dimension:"))
            key.append(-kept.share if kept else Fraction(0))
    return tuple(key if asked.first else (-part for part in key))


def _place(asked: Places, one: Standing, group: str, keys: Sequence[_Key], key: _Key) -> str:
    if asked.within == "group":
        return f"{group}第 {one.rank} 名，共 {one.group_size} 所{one.corrected_words}"
    ahead = sum(other < key if asked.first else other > key for other in keys)
    return f"{group}第 {ahead + 1} 名，共 {len(keys)} 所{one.corrected_words}"

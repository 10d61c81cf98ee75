"""Ranks within groups, quotas of grades, and the composite over all rubrics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import floor
from typing import TypeAlias

from inspections.round.round import Distribution, GradeQuota, Round
from inspections.round.school import School
from rubrics.language.rubric import Consequence
from tests.reference.exact import NOTHING, exact, half_up, median
from tests.reference.results import Result
from tests.reference.verdict import first_grade, limited

Place: TypeAlias = tuple[tuple[int | Fraction, ...], ...]
"""What places are compared by, the smaller the better: red line and total, then the tie keys."""


def rank(results: Sequence[Result], of: Round) -> None:
    """Fills in ranks and what decided them, medians and, by quota, lower grades."""
    for group in {result.group for result in results}:
        members = [result for result in results if result.group == group]
        ranked = [result for result in members if result.ranked]
        places = {id(result): place(result, of) for result in ranked}
        for result in ranked:
            mine = places[id(result)]
            others = [places[id(other)] for other in ranked]
            result.rank = 1 + sum(other < mine for other in others)
            result.tie_key = deciding(result, of, mine, others)
        for result in members:
            result.group_size = len(ranked)
            result.median = published(result, middle([other.total for other in ranked]))
            for name, part in result.dimensions.items():
                median_share = middle([other.dimensions[name].share for other in ranked])
                part.median = None if median_share is None else half_up(median_share)
        if of.ranking.distribution:
            distribute(of.ranking.distribution, ranked)
        for grade in [band.grade for band in results[0].rubric.grades]:
            for quota in of.ranking.quotas:
                if quota.grade == grade:
                    apply_quota(quota, ranked)


def published(result: Result, value: Fraction | None) -> Fraction | None:
    return None if value is None else half_up(value, result.rubric.places)


def middle(values: Sequence[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return median(known) if len(known) > 1 else None


def place(result: Result, of: Round) -> Place:
    assert result.total is not None
    merits = result.rubric.scale == "merits"
    found: list[tuple[int | Fraction, ...]] = [
        (int(result.last), -result.total if merits else result.total)
    ]
    for key in of.ranking.tie_keys:
        part = result.dimensions.get(key.removeprefix("dimension:"))
        if key == "key_failed":
            found.append((len(result.key_failed),))
        elif part is None or part.fine is None:
            found.append((1,))
        else:
            found.append((0, -part.fine if merits else part.fine))
    return tuple(found)


def deciding(result: Result, of: Round, mine: Place, others: Sequence[Place]) -> str:
    """The tie key that parts a school from the nearest of equal total, ahead or else behind."""
    rivals = [other for other in others if other[0] == mine[0]]
    ahead = max((other for other in rivals if other < mine), default=None)
    nearest = ahead or min((other for other in rivals if other > mine), default=None)
    if nearest is None:
        return ""
    titles = {f"dimension:{item.id}": item.title for item in result.rubric.dimensions}
    number = next(n for n, pair in enumerate(zip(mine, nearest, strict=True)) if len(set(pair)) > 1)
    key = of.ranking.tie_keys[number - 1]
    return "关键项不合格项数" if key == "key_failed" else titles[key]


def distribute(held: Distribution, ranked: Sequence[Result]) -> None:
    """Place by place, best first; who has another grade by points stands apart."""
    if not ranked or not set(held.grades) <= {it.grade for it in ranked[0].rubric.grades}:
        return
    order = [it.grade for it in ranked[0].rubric.grades if it.grade in held.grades]
    members = [it for it in ranked if it.grade in order]
    if held.red_lined == "apart":
        members = [it for it in members if not any(lowers(does) for does in it.hits)]
    if len(members) < held.group_from:
        return
    seats = [name for name, count in seats_of(held, order, len(members)) for _ in range(count)]
    given = {}
    for member in members:
        ahead = sum(other.rank < member.rank for other in members)
        behind = sum(other.rank > member.rank for other in members)
        at = ahead if held.edge == "keep" else len(members) - behind - 1
        given[id(member)] = seats[at]
    for member in members:
        member.grade = limited(first_grade(member, given[id(member)]), member, member.hits)


def lowers(does: Consequence) -> bool:
    return bool(does.zero_total or does.grade or does.ceiling or does.lower)


def seats_of(held: Distribution, order: Sequence[str], schools: int) -> list[tuple[str, int]]:
    due = {name: exact(held.grades[name]) * schools for name in order}
    if held.round == "largest_remainder":
        seats = {name: floor(due[name]) for name in order}
        while sum(seats.values()) < schools:
            # The first of those that lack most.
            most = max(due[name] - seats[name] for name in order)
            seats[next(name for name in order if due[name] - seats[name] == most)] += 1
        return list(seats.items())
    found, left = [], schools
    for name in order[:-1]:
        own = floor(due[name]) if held.round == "down" else int(half_up(due[name], 0))
        found.append((name, min(own, left)))
        left -= min(own, left)
    return [*found, (order[-1], left)]


def apply_quota(quota: GradeQuota, ranked: Sequence[Result]) -> None:
    """Of the holders in rank order the first ones keep the grade; a tie at the edge as written."""
    if not ranked:
        return
    names = [band.grade for band in ranked[0].rubric.grades]
    if quota.grade not in names or quota.then not in names:
        return
    if names.index(quota.then) <= names.index(quota.grade):
        return
    exactly = quota.share * len(ranked)
    rounded = floor(exactly) if quota.round == "down" else half_up(exactly, 0)
    allowed = max(rounded, quota.at_least)
    holders = [result for result in ranked if result.grade == quota.grade]
    kept = 0
    for _, tied in groupby(sorted(holders, key=rank_of), key=rank_of):
        level = list(tied)
        fits = kept + len(level) <= allowed
        over_edge = quota.edge == "keep" and kept < allowed
        if fits or over_edge:
            kept += len(level)
        else:
            for result in level:
                result.grade = quota.then
            kept = allowed


def rank_of(result: Result) -> int:
    assert result.rank is not None
    return result.rank


@dataclass
class Whole:
    """One school over all rubrics."""

    school: School
    group: str
    total: Fraction | None = None
    rank: int | None = None
    group_size: int = 0
    red_lined: bool = False
    ranked: bool = False


def composite(
    schools: Sequence[School], by_rubric: Sequence[list[Result]], of: Round
) -> list[Whole]:
    """Weighted over the rubrics that apply to a school; best total first within its group."""
    if not any(of.weights.get(results[0].rubric.id) for results in by_rubric):
        return []
    places = max(
        results[0].rubric.places
        for results in by_rubric
        if of.weights.get(results[0].rubric.id, 0) > 0
    )
    wholes = []
    for number, school in enumerate(schools):
        mine = [
            (exact(of.weights.get(results[number].rubric.id, 0)), results[number])
            for results in by_rubric
        ]
        counted = [(w, r) for w, r in mine if w > 0 and r.status != "inapplicable"]
        whole = Whole(school, mine[0][1].group)
        wholes.append(whole)
        if not counted:
            continue
        if all(result.total is not None for _, result in counted):
            weight = sum((w for w, _ in counted), NOTHING)
            share = sum((w * out_of_100(result) for w, result in counted), NOTHING)
            whole.total = half_up(share / weight, places)
        whole.ranked = whole.total is not None and all(result.ranked for _, result in counted)
        whole.red_lined = any(result.last for _, result in counted)
    for whole in wholes:
        rivals = [other for other in wholes if other.ranked and other.group == whole.group]
        whole.group_size = len(rivals)
        if whole.ranked:
            whole.rank = 1 + sum(order(other) < order(whole) for other in rivals)
    return wholes


def out_of_100(result: Result) -> Fraction:
    assert result.total is not None
    full = exact(result.rubric.points)
    reached = result.total if result.rubric.scale == "merits" else full - result.total
    return reached / full * 100


def order(whole: Whole) -> tuple[bool, Fraction]:
    assert whole.total is not None
    return whole.red_lined, -whole.total

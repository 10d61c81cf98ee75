"""Whether two who went together judged alike more than two people do who judge by themselves."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from math import comb

import numpy as np

from rubrics.language.facts import fact_slots
from rubrics.language.rubric import Rubric
from rubrics.language.slots import address, slots
from rubrics.messages.problems import Place
from rubrics.values.points import IntArray
from scoring.engine.codes import CHECKED
from scoring.fairness.patterns.pattern import LEAST, MOST_CELLS, Kind, Pattern, rare, unknown
from scoring.fairness.patterns.sheets import Sheets
from scoring.fairness.ratings import Floats

_MARGIN = 3
"""Honest pairs may well agree better than others: so many times more seldom apart is allowed."""


def alikes(sheets: Sheets) -> list[Pattern]:
    """Returns for every two who went together whether they differed far too seldom.

    Only what each is to judge by themselves counts (points, levels, marks taken off at
    discretion): facts are the same for both. ``statistic``: the share of these entries that are
    the same. p is the chance of so few differences if they differed a third as often as two people
    do in this round, visit by visit as it really occurs: the distribution of a visit's differences
    over all pairs, each difference kept with chance 1/3, added up over as many visits as the two
    had, exactly. The margin is there because honest pairs do not all agree equally well; what
    falls below it is hardly two judgements. Compare the indices of answer similarity in Wollack
    (1997), and equivalence margins in Wellek (2010), "Testing Statistical Hypotheses of
    Equivalence and Noninferiority".

    >>> [found.statistic for found in alikes(sheets)]  # doctest: +SKIP
    """
    judged = _judged(sheets.ratings.rubric)
    together = _together(sheets)
    if not judged:
        words = "这份细则没有由督学各自评定的指标（都是事实，两人应当一致），这一项不比。"
        return [unknown(Kind.ALIKE, sheets.rubric, sheets.codes(*pair), words) for pair in together]
    compared = {pair: _differences(sheets, judged, rows) for pair, rows in together.items()}
    apart = {pair: counts[counts[:, 1] > 0] for pair, counts in compared.items()}
    held = [counts for counts in apart.values() if len(counts)]
    everywhere = np.concatenate(held) if held else np.zeros((0, 2), np.int64)
    usual = everywhere.sum(axis=0)
    found: list[Pattern] = []
    for pair, rows in together.items():
        own, who = apart[pair], sheets.codes(*pair)
        if len(own) < LEAST or len(everywhere) - len(own) < LEAST:
            found.append(unknown(Kind.ALIKE, sheets.rubric, who, _cannot(len(own))))
            continue
        differ, of = (int(total) for total in own.sum(axis=0))
        p = _at_most(differ, len(own), everywhere[:, 0])
        words = (
            f"两人同去的 {len(own)} 次检查中，各自评定的 {of} 处有 {of - differ} 处相同；"
            f"全部两人同去的检查平均每 100 处有 {100 * usual[0] / usual[1]:.1f} 处不同。"
            f"即使两人只有别人三分之一那么容易意见不同，这样相同的机会也只{rare(p)}。"
            "也许是当场商量后一起填的；请核对是否各看各的、各评各的，商量一致的请在备注写明。"
        )
        found.append(
            Pattern(
                Kind.ALIKE,
                sheets.rubric,
                who,
                "tested",
                words,
                1 - differ / of,
                p,
                _cells(sheets, judged, rows),
            )
        )
    return found


def _cannot(count: int) -> str:
    if count < LEAST:
        return (
            f"两人同去并各自评定的检查只有 {count} 次，是否各评各的无法知道。"
            f"同去 {LEAST} 次以上，就能知道。"
        )
    return "没有别的两人同去的检查可比，两人是否各评各的无法知道。督学换着搭配，就能知道。"


def _judged(rubric: Rubric) -> list[tuple[int, str]]:
    """The entries that inspectors judge by themselves: the indicator's column and the address."""
    found = []
    for place, item in enumerate(rubric.indicators):
        facts = fact_slots(item)
        found += [
            (place, address(item.id, slot))
            for slot in slots(item)
            if slot.key not in facts and slot.entry != "reason"
        ]
    return found


def _together(sheets: Sheets) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """The rows of two at one visit, by the two."""
    found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    people = sheets.ratings.inspector.tolist()
    visits: dict[int, list[int]] = defaultdict(list)
    for row, visit in enumerate(sheets.ratings.visit.tolist()):
        visits[visit].append(row)
    for rows in visits.values():
        for pair in combinations(sorted(rows, key=lambda row: people[row]), 2):
            found[people[pair[0]], people[pair[1]]].append(pair)
    return dict(sorted(found.items()))


def _differences(
    sheets: Sheets, judged: list[tuple[int, str]], rows: list[tuple[int, int]]
) -> IntArray:
    """Visits x 2: how many judged entries differ, and how many both have."""
    columns = sheets.columns
    at = [columns.slots[name] for _, name in judged]
    one, two = (np.array(part) for part in zip(*rows, strict=True))
    checked = columns.states[:, [place for place, _ in judged]] == CHECKED
    there = columns.given[:, at] & checked
    both = there[one] & there[two]
    differ = both & (columns.units[one][:, at] != columns.units[two][:, at])
    return np.stack([differ.sum(axis=1), both.sum(axis=1)], axis=1)


def _at_most(differ: int, visits: int, everywhere: IntArray) -> float:
    """The chance of at most so many differences in so many visits, each kept with chance 1/3."""
    counts = np.bincount(everywhere)
    one: Floats = np.zeros(len(counts))
    for many, share in enumerate(counts / counts.sum()):
        for kept in range(many + 1):
            chance = comb(many, kept) * (1 / _MARGIN) ** kept * (1 - 1 / _MARGIN) ** (many - kept)
            one[kept] += share * chance
    whole: Floats = np.ones(1)
    for _ in range(visits):
        # What lies beyond never comes back.
        whole = np.convolve(whole, one)[: differ + 1]
    return float(min(whole.sum(), 1.0))


def _cells(
    sheets: Sheets, judged: list[tuple[int, str]], rows: list[tuple[int, int]]
) -> tuple[Place, ...]:
    """Where below the best was entered: there two people would have differed most easily."""
    found: list[Place] = []
    ratings = sheets.ratings
    for pair in rows:
        for place in dict.fromkeys(place for place, _ in judged):
            if all(ratings.there[row, place] for row in pair) and (
                ratings.points[pair[0], place] < ratings.best[place]
            ):
                found += [sheets.cell(row, place) for row in pair]
    return tuple(found[:MOST_CELLS])

"""Samples in which a school that weighs twice as much is drawn twice as often, exactly.

Systematic sampling from a random order (W. G. Madow, On the theory of systematic sampling II,
1949; H. O. Hartley and J. N. K. Rao, 1962), in whole numbers: where all weigh the same it is a
simple random sample.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from inspections.planning.lots import below, lot


def certain(weights: Mapping[str, int], count: int) -> list[str]:
    """Returns those that weigh so much that they are in every sample of ``count``.

    >>> certain({"甲": 8, "乙": 1, "丙": 1}, 2)
    ['甲']
    """
    rest = dict(weights)
    found: list[str] = []
    while rest and len(found) < count:
        whole = sum(rest.values())
        heavy = [name for name, own in rest.items() if own * (count - len(found)) >= whole]
        if not heavy:
            break
        found += heavy
        for name in heavy:
            del rest[name]
    return found


def chances(weights: Mapping[str, int], count: int) -> dict[str, Fraction]:
    """Returns how likely each is to be in a sample of ``count``; together they are ``count``.

    >>> {name: str(own) for name, own in chances({"甲": 2, "乙": 1, "丙": 1}, 2).items()}
    {'甲': '1', '乙': '1/2', '丙': '1/2'}
    """
    if count >= len(weights):
        return dict.fromkeys(weights, Fraction(1))
    sure = set(certain(weights, count))
    whole = sum(own for name, own in weights.items() if name not in sure)
    left = count - len(sure)
    return {
        name: Fraction(1) if name in sure else Fraction(own * left, whole)
        for name, own in weights.items()
    }


def sample(weights: Mapping[str, int], count: int, seed: str, *what: object) -> list[str]:
    """Returns ``count`` of those that have ``weights`` (whole numbers above 0), in the order drawn.

    First come those that are certain. The others stand in the order of their lots
    ``seed|what...|name``, each as long as its weight times the number that is left to draw; from a
    point that :func:`below` draws among as many as their weights come to (``seed|what...|起点``),
    every so many, whoever lies there is drawn.

    >>> sample({"甲": 1, "乙": 1, "丙": 1, "丁": 1}, 2, "2026", "第1次", "小学")
    ['丁', '甲']
    """
    if count >= len(weights):
        return in_order(list(weights), seed, *what)
    laid = lay_out(weights, count, seed, *what)
    found, point = list(laid.certain), laid.start
    for name, (_, end) in laid.stretches.items():
        if end > point:
            found.append(name)
            point += laid.step
    return found


@dataclass(frozen=True, slots=True)
class LaidOut:
    """How one sample is drawn, so that anybody can draw it again on paper: who is ``certain``, and
    of the others, in the order of their lots, the stretch of each, from its first point to before
    the first of the next; drawn is who holds ``start``, ``start + step``, and so on.
    """

    certain: tuple[str, ...]
    stretches: Mapping[str, tuple[int, int]]
    start: int
    step: int


def lay_out(weights: Mapping[str, int], count: int, seed: str, *what: object) -> LaidOut:
    """Lays out a sample of ``count``, of more than so many.

    >>> laid = lay_out({"甲": 1, "乙": 1, "丙": 1, "丁": 1}, 2, "2026", "第1次", "小学")
    >>> laid.stretches, laid.start, laid.step
    ({'丁': (0, 2), '丙': (2, 4), '甲': (4, 6), '乙': (6, 8)}, 0, 4)
    """
    found = certain(weights, count)
    sure = set(found)
    left = count - len(found)
    rest = in_order([name for name in weights if name not in sure], seed, *what) if left else []
    step = sum(weights[name] for name in rest)
    stretches, end = {}, 0
    for name in rest:
        stretches[name] = end, end + weights[name] * left
        end += weights[name] * left
    start = below(seed, step, *what, "起点") if rest else 0
    return LaidOut(tuple(found), stretches, start, step)


def in_order(names: Sequence[str], seed: str, *what: object) -> list[str]:
    """Returns names in the order of their lots."""
    return sorted(names, key=lambda name: lot(seed, *what, name))

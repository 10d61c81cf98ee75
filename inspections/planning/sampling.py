"""Samples in which a school that weighs twice as much is drawn twice as often, exactly.

Systematic sampling from a random order (W. G. Madow, On the theory of systematic sampling II,
1949; H. O. Hartley and J. N. K. Rao, 1962), in whole numbers: where all weigh the same it is a
simple random sample.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    found = certain(weights, count)
    sure = set(found)
    rest = in_order([name for name in weights if name not in sure], seed, *what)
    left = count - len(found)
    if not left:
        return found
    step = sum(weights[name] for name in rest)
    point = below(seed, step, *what, "起点")
    end = 0
    for name in rest:
        end += weights[name] * left
        if end > point:
            found.append(name)
            point += step
    return found


def in_order(names: Sequence[str], seed: str, *what: object) -> list[str]:
    """Returns names in the order of their lots."""
    return sorted(names, key=lambda name: lot(seed, *what, name))

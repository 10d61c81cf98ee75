"""How much of a rubric rests on what inspectors think, not on what they count."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.worth import worths


@dataclass(frozen=True, slots=True)
class Judged:
    """Shares (of 1) of a rubric's points: that rest on ``judgement`` of inspectors, that ``others``
    gave (ballots, which are counted), and on ``facts``; 1 together.
    """

    judgement: Fraction
    others: Fraction
    facts: Fraction


@dataclass(frozen=True, slots=True)
class Shift:
    """Two versions of a rubric, and the ``indicators`` whose points rest on judgement in one of
    them to another extent than in the other, by id, with the points before and after.
    """

    before: Judged
    after: Judged
    indicators: tuple[tuple[str, Fraction, Fraction], ...]


def judged(rubric: Rubric) -> Judged:
    """Returns what a rubric's points rest on, composites part by part.

    The parts of a composite share its points as their own points do; an indicator all of whose
    methods are judgement is judged, whatever its rule.

    >>> judged(rubric).judgement  # doctest: +SKIP
    Fraction(7, 50)
    """
    whole = sum(worths(rubric), Fraction(0)) or Fraction(1)
    own = others = Fraction(0)
    for item, worth in zip(rubric.indicators, worths(rubric), strict=True):
        mine, theirs = _of_indicator(rubric, item)
        own += worth * mine
        others += worth * theirs
    return Judged(own / whole, others / whole, 1 - (own + others) / whole)


def shift(before: Rubric, after: Rubric) -> Shift:
    """Returns how a change of a rubric moved points between judgement and facts."""
    old, new = _points(before), _points(after)
    apart = [
        (name, old.get(name, Fraction(0)), new.get(name, Fraction(0)))
        for name in dict.fromkeys((*old, *new))
        if old.get(name, 0) != new.get(name, 0)
    ]
    return Shift(judged(before), judged(after), tuple(apart))


def _points(rubric: Rubric) -> dict[str, Fraction]:
    """By indicator: how many points rest on judgement."""
    pairs = zip(rubric.indicators, worths(rubric), strict=True)
    return {item.id: worth * _of_indicator(rubric, item)[0] for item, worth in pairs}


def _of_indicator(rubric: Rubric, item: Indicator) -> tuple[Fraction, Fraction]:
    """Shares of an indicator that inspectors judge, and that others do."""
    own_methods = [rubric.methods.get(name) for name in item.method]
    if own_methods and all(method and method.judgement for method in own_methods):
        return Fraction(1), Fraction(0)
    parts = item.rule.simple_parts(item.points)
    points = [Fraction(part.points) for part in parts]
    whole = sum(points, Fraction(0))
    if not whole:
        points, whole = [Fraction(1)] * len(parts), Fraction(len(parts))
    mine = theirs = Fraction(0)
    for part, share in zip(parts, points, strict=True):
        if part.rule.judgement and part.rule.counted:
            theirs += share / whole
        elif part.rule.judgement:
            mine += share / whole
    return mine, theirs

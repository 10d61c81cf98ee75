"""The figures of a rubric: what it rests on, and what applies to which schools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.worth import worths
from rubrics.values.conditions import Traits, holds
from rubrics.values.points import from_units, to_units
from rubrics.values.traits import known_traits

STAGE = "学段"
"""The trait that figures are split by."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of indicators and the points that they carry together, exactly."""

    indicators: int
    exact: Fraction

    @property
    def points(self) -> Decimal:
        """The points, rounded to 1/10000: weighed, some are thirds."""
        return from_units(to_units(self.exact))


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one rubric, all in points.

    ``methods``: an indicator with several methods counts under each. ``judgement``: indicators
    whose points rest on judgement alone. ``stages``: what applies to a school of that stage that
    has everything else; None where the whole rubric does not apply. ``verified``: indicators
    whose source was read in the original.
    """

    whole: Tally
    methods: dict[str, Tally]
    kinds: dict[str, Tally]
    judgement: Tally
    verified: Tally
    stages: dict[str, Tally | None]
    key_items: int
    red_lines: int

    def share(self, part: Tally) -> Fraction:
        """Returns the share of the rubric's points that ``part`` carries."""
        return part.exact / self.whole.exact


def figures(rubric: Rubric) -> Figures:
    """Returns the figures of a rubric whose check found no error."""
    methods = Counter(name for item in rubric.indicators for name in item.method)
    kinds = Counter(item.rule.kind for item in rubric.indicators)
    lines = sum(len(item.red_lines) for item in rubric.indicators)
    worth = {it.id: own for it, own in zip(rubric.indicators, worths(rubric), strict=True)}

    def tally(indicators: Iterable[Indicator]) -> Tally:
        return _tally(indicators, worth)

    return Figures(
        whole=tally(rubric.indicators),
        methods={
            name: tally(item for item in rubric.indicators if name in item.method)
            for name, _ in methods.most_common()
        },
        kinds={
            name: tally(item for item in rubric.indicators if item.rule.kind == name)
            for name, _ in kinds.most_common()
        },
        judgement=tally(item for item in rubric.indicators if rubric.judged(item)),
        verified=tally(item for item in rubric.indicators if item.verified),
        stages={
            stage: applicable(rubric, {STAGE: stage}) for stage in known_traits()[STAGE].choices
        },
        key_items=sum(item.key is not None for item in rubric.indicators),
        red_lines=lines + len(rubric.red_lines),
    )


def applicable(rubric: Rubric, traits: Traits) -> Tally | None:
    """Returns what applies to a school with ``traits``; traits that are not given count as met.

    None where the whole rubric does not apply.
    """
    if not holds(rubric.when, traits):
        return None
    worth = {it.id: own for it, own in zip(rubric.indicators, worths(rubric), strict=True)}
    return _tally((item for item in rubric.indicators if holds(item.when, traits)), worth)


def _tally(indicators: Iterable[Indicator], worth: Mapping[str, Fraction]) -> Tally:
    """What indicators count in the total."""
    found = list(indicators)
    return Tally(len(found), sum((worth[item.id] for item in found), Fraction(0)))

"""Every indicator and every rule of a rubric, with the way down to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rubrics.language.places import Keys
from rubrics.language.rubric import Extra, Indicator, RedLine, Rubric, Trigger
from rubrics.rules import RuleKind


@dataclass(frozen=True, slots=True)
class Found:
    """A rule, the points that it must be able to earn, and the indicator that carries it."""

    keys: Keys
    rule: RuleKind
    points: Decimal
    indicator: Indicator
    factor: bool = False


def indicators(rubric: Rubric) -> Iterator[tuple[Keys, Indicator]]:
    """Yields every indicator with its keys."""
    for d, dimension in enumerate(rubric.dimensions):
        for i, indicator in enumerate(dimension.indicators):
            yield ("dimensions", d, "indicators", i), indicator


def whole_rules(rubric: Rubric) -> Iterator[Found]:
    """Yields the standing rule and the dated rules of every indicator."""
    for keys, indicator in indicators(rubric):
        yield Found((*keys, "rule"), indicator.rule, indicator.points, indicator)
        for n, dated in enumerate(indicator.effective):
            way = (*keys, "effective", n, "rule")
            yield Found(way, dated.rule, indicator.points, indicator)


def all_rules(rubric: Rubric) -> Iterator[Found]:
    """Yields every rule: standing, dated, and each followed by the parts of a composite."""
    for found in whole_rules(rubric):
        yield found
        for part in found.rule.parts_within(found.points):
            keys = (*found.keys, *part.keys)
            yield Found(keys, part.rule, part.points, found.indicator, part.factor)


def red_lines(rubric: Rubric) -> Iterator[tuple[Keys, RedLine, Indicator | None]]:
    """Yields every red line with the indicator that it belongs to, if any."""
    for n, line in enumerate(rubric.red_lines):
        yield ("red_lines", n), line, None
    for keys, indicator in indicators(rubric):
        for n, line in enumerate(indicator.red_lines):
            yield (*keys, "red_lines", n), line, indicator


def triggers(rubric: Rubric) -> Iterator[tuple[Keys, Trigger, Indicator | None]]:
    """Yields every trigger of key items and red lines with the indicator it belongs to, if any."""
    for keys, indicator in indicators(rubric):
        for n, trigger in enumerate(indicator.key.triggers if indicator.key else ()):
            yield (*keys, "key", "triggers", n), trigger, indicator
    for keys, line, owner in red_lines(rubric):
        for n, trigger in enumerate(line.triggers):
            yield (*keys, "triggers", n), trigger, owner


def extras(rubric: Rubric) -> Iterator[tuple[Keys, Extra]]:
    """Yields every bonus and penalty item."""
    for name, group in (("bonus", rubric.bonus), ("penalty", rubric.penalty)):
        for n, extra in enumerate(group.items if group else ()):
            yield (name, "items", n), extra

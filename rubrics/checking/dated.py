"""Dated rules of one indicator take turns, and ask for the same cells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from rubrics.checking.walk import indicators
from rubrics.language.places import Places
from rubrics.language.rubric import Dated, Indicator, Rubric
from rubrics.messages.problems import Problem, problem
from rubrics.rules import Rule


def dated(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-effective."""
    for keys, indicator in indicators(rubric):
        for n, variant in enumerate(indicator.effective):
            for detail in _wrong(variant, indicator.effective[:n], indicator):
                at = places.at((*keys, "effective", n))
                yield problem("rubric-effective", at, detail=f"指标 {indicator.id}：{detail}")


def _wrong(variant: Dated, earlier: tuple[Dated, ...], indicator: Indicator) -> Iterator[str]:
    standing, points = indicator.rule, indicator.points
    if variant.since is None and variant.until is None:
        yield "分时期的规则要写 since 或 until"
    elif variant.since and variant.until and variant.until < variant.since:
        yield f"until {variant.until} 早于 since {variant.since}"
    for other in earlier:
        if _start(variant) <= _stop(other) and _start(other) <= _stop(variant):
            yield f"从 {max(_start(variant), _start(other))} 起与前面一条的日期重叠"
    if variant.rule.kind != standing.kind:
        yield f"规则种类由 {standing.kind} 变成了 {variant.rule.kind}"
    elif _cells(variant.rule) != _cells(standing):
        yield "填写项与现行规则不同"
    elif _ends(variant.rule, points) != _ends(standing, points):
        yield "最低、最高可得的分（floor、ceiling）与现行规则不同"


def _ends(rule: Rule, points: Decimal) -> tuple[Decimal, Decimal]:
    return rule.lowest(points), rule.highest(points)


def _cells(rule: Rule) -> list[tuple[object, ...]]:
    """What the inspector fills in; neither labels nor points matter."""
    cells = rule.slots_for(Decimal(0))
    return [(slot.key, slot.entry, slot.unit, slot.options, slot.group) for slot in cells]


def _start(variant: Dated) -> date:
    return variant.since or date.min


def _stop(variant: Dated) -> date:
    return variant.until or date.max

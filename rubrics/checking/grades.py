"""Grades stand best first, and every grade that is named exists."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from rubrics.checking.walk import indicators, red_lines
from rubrics.language.places import Keys, Places
from rubrics.language.rubric import GradeBand, Rubric
from rubrics.messages.problems import Problem, problem
from rubrics.values.points import number_text, share_text
from rubrics.values.ranges import Range, coverage_faults


def grades(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-grade-unknown, rubric-grades-order, rubric-unreachable, rubric-value,
    rubric-bands-gap, rubric-bands-overlap, rubric-at-least-unknown.
    """
    names = [band.grade for band in rubric.grades]
    verdicts = (*names, rubric.ungraded)
    for keys, named, known in _named(rubric, tuple(names), verdicts):
        if named not in known:
            text = "、".join(known)
            yield problem("rubric-grade-unknown", places.at(keys), grade=named, known=text)
    demerits = rubric.scale == "demerits"
    for n, (better, worse) in enumerate(pairwise(rubric.grades), 1):
        if _edge(better, demerits) <= _edge(worse, demerits):
            at = places.at(("grades", n))
            yield problem("rubric-grades-order", at, grade=worse.grade)
    for keys, share in _shares(rubric):
        if not 0 < share <= 1:
            detail = "应在 0 到 100% 之间，如 60%"
            yield problem("rubric-value", places.at(keys), value=share_text(share), detail=detail)
    owners = {item.id for item in rubric.dimensions} | {item.id for item in rubric.indicators}
    for n, band in enumerate(rubric.grades):
        for name in band.at_least:
            if name not in owners:
                at = places.at(("grades", n, "at_least", name))
                yield problem("rubric-at-least-unknown", at, id=name)
    for n, limit in enumerate(rubric.key_limits):
        items = [item for _, item in indicators(rubric)]
        counted = [i for i in items if (i.tier == limit.tier if limit.tier else i.key is not None)]
        if limit.failed > len(counted):
            what = f"{limit.tier or '关键'}项不符合 {limit.failed} 项的限制"
            at = places.at(("key_limits", n))
            yield problem("rubric-unreachable", at, what=what, detail=f"只有 {len(counted)} 项")
    yield from _spans(rubric, places)


def _shares(rubric: Rubric) -> Iterator[tuple[Keys, Fraction]]:
    for n, band in enumerate(rubric.grades):
        if band.dimensions_at_least is not None:
            yield ("grades", n, "dimensions_at_least"), band.dimensions_at_least
        for name, share in band.at_least.items():
            yield ("grades", n, "at_least", name), share


def _spans(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Every total has one grade."""
    total = Range(Decimal(0), True, rubric.points, True, "")
    spans = [grade.range for grade in rubric.grades]
    for kind, detail in coverage_faults(total, spans, number_text):
        yield problem(f"rubric-bands-{kind}", places.at(("grades",)), detail=f"总分 {detail}")


def _edge(band: GradeBand, demerits: bool) -> Decimal:
    """What a total must reach for the grade, larger for the better grade."""
    if demerits:
        return -band.range.high if band.range.high is not None else Decimal("-Infinity")
    return band.range.low if band.range.low is not None else Decimal("-Infinity")


def _named(
    rubric: Rubric, names: tuple[str, ...], verdicts: tuple[str, ...]
) -> Iterator[tuple[Keys, str, tuple[str, ...]]]:
    for keys, line, _ in red_lines(rubric):
        if line.consequence.grade:
            yield (*keys, "consequence", "grade"), line.consequence.grade, verdicts
        if line.consequence.ceiling:
            yield (*keys, "consequence", "ceiling"), line.consequence.ceiling, names
    for n, limit in enumerate(rubric.key_limits):
        if limit.grade:
            yield ("key_limits", n, "grade"), limit.grade, verdicts
        if limit.ceiling:
            yield ("key_limits", n, "ceiling"), limit.ceiling, names

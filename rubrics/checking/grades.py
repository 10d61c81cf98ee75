"""Grades stand best first, and every grade that is named exists."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from rubrics.checking.repeats import all_repeats
from rubrics.checking.walk import indicators, red_lines
from rubrics.language.places import Keys, Places
from rubrics.language.rubric import GradeBand, Rubric
from rubrics.messages.problems import Problem, problem
from rubrics.values.amounts import Number
from rubrics.values.points import number_text, share_text
from rubrics.values.ranges import Range, coverage_faults, overlap


def grades(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-grade-unknown, rubric-grades-order, rubric-unreachable, rubric-value,
    rubric-bands-gap, rubric-bands-overlap, rubric-grades-overlap, rubric-at-least-unknown.
    """
    names = [band.grade for band in rubric.grades]
    verdicts = (*names, rubric.ungraded)
    for keys, named, allowed in _named(rubric, tuple(names), verdicts):
        if named not in allowed:
            text = "、".join(allowed)
            yield problem("rubric-grade-unknown", places.at(keys), grade=named, known=text)
    demerits = rubric.scale == "demerits"
    for n, (better, worse) in enumerate(pairwise(rubric.grades), 1):
        # Two grades of one range: the better one has conditions, the other takes the rest.
        if better.range == worse.range and better.conditional and not worse.conditional:
            continue
        if _edge(better, demerits) <= _edge(worse, demerits):
            at = places.at(("grades", n))
            yield problem("rubric-grades-order", at, grade=worse.grade)
    for keys, share in _shares(rubric):
        if not 0 < share <= 1:
            detail = "应在 0 到 100% 之间，如 60%"
            typed = number_text(share) if share > 1 else share_text(share)
            yield problem("rubric-value", places.at(keys), value=typed, detail=detail)
    owners = [*(item.id for item in rubric.dimensions), *(item.id for item in rubric.indicators)]
    for n, band in enumerate(rubric.grades):
        for name in band.at_least:
            if name not in owners:
                at = places.at(("grades", n, "at_least", name))
                known = "、".join(owners)
                yield problem("rubric-at-least-unknown", at, id=name, known=known)
        reach, most = band.dimensions_reach, len(rubric.dimensions)
        if reach is not None and reach.at_least > most:
            at = places.at(("grades", n, "dimensions_reach", "at_least"))
            said = f"只有 {most} 个一级指标，at_least 不能更多"
            yield problem("rubric-value", at, value=str(reach.at_least), detail=said)
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
        if band.dimensions_reach is not None:
            yield ("grades", n, "dimensions_reach", "share"), band.dimensions_reach.share
        for name, share in band.at_least.items():
            yield ("grades", n, "at_least", name), share


def _spans(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Every total that can be published has one grade, or several told apart by conditions."""
    odd = [(n, end) for n, band in enumerate(rubric.grades) for end in band.range.ends
           if end.kind in ("percent", "time")]  # fmt: skip
    for n, end in odd:
        at = places.at(("grades", n, "range"))
        said = f"总分按分数算，“{end}”不是分数"
        points = number_text(Fraction(end.share) * Fraction(rubric.points))
        write = f"写成分，{end} 是 {points} 分" if end.kind == "percent" else "写成分，如 ≥90"
        yield problem("rubric-unit", at, detail=said, write=write)
    if odd:
        return
    total = Range(Decimal(0), True, rubric.points, True, "")
    spans = list(dict.fromkeys(grade.range for grade in rubric.grades))
    step = Decimal(1).scaleb(-rubric.places)
    for kind, detail in coverage_faults(total, spans, number_text, step):
        if kind == "overlap" and (grade := _too_wide(rubric)):
            yield problem(
                "rubric-grades-overlap", places.at(("grades",)), detail=detail, grade=grade
            )
        else:
            yield problem(f"rubric-bands-{kind}", places.at(("grades",)), detail=f"总分 {detail}")


def _too_wide(rubric: Rubric) -> str:
    """A grade with conditions, for whose failures the next one was written to reach into it."""
    pairs = ((one, next_) for one, next_ in pairwise(rubric.grades) if one.range != next_.range)
    wide = (one for one, next_ in pairs if one.conditional and overlap(one.range, next_.range))
    return next((one.grade for one in wide), "")


def _edge(band: GradeBand, demerits: bool) -> Number:
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
    for keys, repeat in all_repeats(rubric):
        if repeat.ceiling:
            yield (*keys, "ceiling"), repeat.ceiling, names

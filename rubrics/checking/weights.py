"""Weights beside points: of dimensions in the total, of groups of indicators in a dimension."""

from __future__ import annotations

from collections.abc import Iterator

from rubrics.language.places import Places
from rubrics.language.rubric import Dimension, Rubric
from rubrics.language.worth import by_points_alone, points_inside
from rubrics.messages.problems import Problem, problem


def weights(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-weight (some dimensions without one; of nothing; in a rubric of demerits; a
    group without indicators; groups that nothing is shared in), rubric-unreachable.
    """
    weighed = [one.weight is not None for one in rubric.dimensions]
    for n, dimension in enumerate(rubric.dimensions):
        at = ("dimensions", n)
        if any(weighed) and not weighed[n]:
            detail = f"别的一级指标写了权重，{dimension.id} 没有"
            write = "各一级指标都写 weight，或都不写"
            yield problem("rubric-weight", places.at(at), detail=detail, write=write)
        if dimension.weight == 0:
            detail = f"一级指标 {dimension.id} 的权重是 0"
            write = "写大于 0 的权重；不计分的指标请删去"
            yield problem("rubric-weight", places.at((*at, "weight")), detail=detail, write=write)
        used = {item.group for item in dimension.indicators}
        for name, points in dimension.groups.items():
            where = places.at((*at, "groups", name))
            if name not in used and used - {"", *dimension.groups} and _amiss(dimension):
                continue  # The groups that indicators name instead are told with the sum.
            if name not in used:
                detail = f"{dimension.id} 的“{name}”组没有指标"
                write = f"在指标上写 group: {name}，或删去这一组"
                yield problem("rubric-weight", where, detail=detail, write=write)
            elif points == 0:
                detail = f"{dimension.id} 的“{name}”组权重是 0"
                write = "写大于 0 的权重；不计分的指标请删去"
                yield problem("rubric-weight", where, detail=detail, write=write)
        if rubric.excused != "group" and not _amiss(dimension):
            for k, item in enumerate(dimension.indicators):
                if item.group and item.group not in dimension.groups:
                    detail = f"“{item.group}”组没有权重，缺项也不在组内分担"
                    where = places.at((*at, "indicators", k, "group"))
                    yield problem("rubric-unreachable", where, what="分组", detail=detail)
    if rubric.scale == "demerits" and not by_points_alone(rubric):
        keys = ("excused",) if rubric.excused != "rubric" else ("scale",)
        detail = "计负分的细则各项直接累加，不折算"
        write = "删去 weight、groups 和 excused"
        yield problem("rubric-weight", places.at(keys), detail=detail, write=write)


def _amiss(dimension: Dimension) -> bool:
    """Whether groups are written that, with the rest, do not make up the points."""
    return bool(dimension.groups) and points_inside(dimension) != dimension.points

"""Weights beside points: of dimensions in the total, of groups of indicators in a dimension."""

from __future__ import annotations

from collections.abc import Iterator

from rubrics.language.places import Places
from rubrics.language.rubric import Rubric
from rubrics.language.worth import by_points_alone, group_points, misnamed
from rubrics.messages.problems import Problem, problem


def weights(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-weight (some dimensions without one; of nothing; in a rubric of demerits; a
    group without indicators, or that is not there; groups that nothing is shared in),
    rubric-unreachable.
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
        yield from _groups(rubric, n, places)
        used = {item.group for item in dimension.indicators}
        for name, points in dimension.groups.items():
            where = places.at((*at, "groups", name))
            if name not in used and misnamed(dimension):
                continue  # What indicators name instead is told.
            if name not in used:
                detail = f"{dimension.id} 的“{name}”组没有指标"
                write = f"在指标上写 group: {name}，或删去这一组"
                yield problem("rubric-weight", where, detail=detail, write=write)
            elif points == 0:
                detail = f"{dimension.id} 的“{name}”组权重是 0"
                write = "写大于 0 的权重；不计分的指标请删去"
                yield problem("rubric-weight", where, detail=detail, write=write)
    if rubric.scale == "demerits" and not by_points_alone(rubric):
        keys = ("excused",) if rubric.excused != "rubric" else ("scale",)
        detail = "计负分的细则各项直接累加，不折算"
        write = "删去 weight、groups 和 excused"
        yield problem("rubric-weight", places.at(keys), detail=detail, write=write)


def _groups(rubric: Rubric, number: int, places: Places) -> Iterator[Problem]:
    """Names of groups that are not among those of the dimension, or that do nothing: each once."""
    dimension = rubric.dimensions[number]
    wrong = misnamed(dimension)
    loose = {
        name: [(k, item) for k, item in enumerate(dimension.indicators) if item.group == name]
        for name in group_points(dimension)
        if name not in dimension.groups
    }
    told = {
        name: places.at(("dimensions", number, "indicators", held[0][0], "group"))
        for name, held in loose.items()
    }
    for name, held in loose.items():
        who = "、".join(item.id for _, item in held)
        if name in wrong:
            known = "、".join(dimension.groups)
            detail = f"{who} 的“{name}”组不在 {dimension.id} 的 groups 里（有：{known}）"
            write = "核对组名；确是另外一组的，在 groups 里写明它计多少分"
            yield problem("rubric-weight", told[name], detail=detail, write=write)
        elif rubric.excused == "group" and len(held) == 1:
            others = "、".join(it for it in group_points(dimension) if it != name)
            detail = f"“{name}”组只有 {who}，缺项没有同组的分担"
            detail += f"；{dimension.id} 的别的组：{others}" if others else ""
            yield problem("rubric-unreachable", told[name], what="分组", detail=detail)
    idle = [name for name in loose if name not in wrong]
    if idle and rubric.excused != "group":
        names = "".join(f"“{name}”" for name in idle)
        known = "、".join(dimension.groups) or "没有写"
        detail = f"{names}组没有权重（{dimension.id} 的 groups：{known}），缺项也不在组内分担"
        yield problem("rubric-unreachable", told[idle[0]], what="分组", detail=detail)

"""Bonuses name dimensions that there are, and caps of dimensions hold for some bonus."""

from __future__ import annotations

from collections.abc import Iterator

from rubrics.checking.walk import extras
from rubrics.language.bonuses import belongs, capped_by
from rubrics.language.places import Keys, Places
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, problem
from rubrics.rules import Bonus
from rubrics.values.points import number_text


def bonuses(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-bonus-dimension, rubric-unreachable, rubric-value."""
    known = [item.id for item in rubric.dimensions]
    first: dict[str, str | None] = {}
    for keys, extra in extras(rubric):
        rule = extra.rule
        if not isinstance(rule, Bonus):
            continue
        at = places.at((*keys, "rule", "dimension"))
        if rule.dimension is not None and rule.dimension not in known:
            names = "、".join(known)
            yield problem("rubric-bonus-dimension", at, id=rule.dimension, known=names)
        if rule.family and first.setdefault(rule.family, rule.dimension) != rule.dimension:
            detail = f"family 是“{rule.family}”的各项，dimension 要相同"
            yield problem("rubric-value", at, value=rule.dimension or "（空）", detail=detail)
    yield from _lonely(rubric, places)
    yield from _above_cap(rubric, places)
    for n, dimension in enumerate(rubric.dimensions):
        if dimension.bonus_cap is None:
            continue
        if not any(belongs(extra, dimension) for _, extra in extras(rubric)):
            what = f"一级指标 {dimension.id} 的加分上限"
            detail = f"没有加分项写 dimension: {dimension.id}"
            at = places.at(("dimensions", n, "bonus_cap"))
            yield problem("rubric-unreachable", at, what=what, detail=detail)


def _lonely(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Families of one item beside others, in which nothing is chosen: mistyped, most likely."""
    held: dict[str, list[Keys]] = {}
    for keys, extra in extras(rubric):
        if isinstance(extra.rule, Bonus) and extra.rule.family:
            held.setdefault(extra.rule.family, []).append(keys)
    alone = {name: ways[0] for name, ways in held.items() if len(ways) == 1}
    if alone and len(held) > 1:
        others = "、".join(name for name in held if name not in alone)
        detail = "".join(f"“{name}”" for name in alone) + "只有一项，没有可以就高的"
        detail += f"；别的 family：{others}" if others else ""
        at = places.at((*next(iter(alone.values())), "rule", "family"))
        yield problem("rubric-unreachable", at, what="加分项的 family", detail=detail)


def _above_cap(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Items that come to more by themselves than all of them may together."""
    caps = {
        id(it): group.cap for group in (rubric.bonus, rubric.penalty) if group for it in group.items
    }
    for keys, extra in extras(rubric):
        cap, under = caps[id(extra)], capped_by(rubric, extra)
        where = "合计上限"
        if under is not None and under.bonus_cap is not None and under.bonus_cap < cap:
            cap, where = under.bonus_cap, f"“{under.title}”的加分上限"
        if extra.rule.most > cap:
            at = places.at((*keys, "rule", "limit" if extra.rule.limit is not None else "bands"))
            most = number_text(extra.rule.most)
            detail = f"最多 {most} 分，{where}只有 {number_text(cap)} 分，超过的部分用不上"
            yield problem(
                "rubric-unreachable",
                at,
                what=f"{extra.rule.name} {extra.id} 的一部分",
                detail=detail,
            )

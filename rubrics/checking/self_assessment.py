"""Schools that score themselves are asked for something, and in steps that reach the points."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rubrics.language.places import Places
from rubrics.language.rubric import Rubric
from rubrics.language.self_assessing import can_be_asked, self_assessed
from rubrics.messages.problems import Problem, problem
from rubrics.rules import Votes
from rubrics.values.points import number_text


def self_assessment(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Code: rubric-self-assessment."""
    asks = rubric.self_assessment
    if asks is None:
        return
    known = {item.id: item for item in rubric.indicators}
    for n, name in enumerate(asks.leave_out):
        at = places.at(("self_assessment", "leave_out", n))
        if name not in known:
            detail = f"leave_out 里的“{name}”不是本细则的指标"
            names = "、".join(item.id for item in rubric.indicators if can_be_asked(item))
            write = f"写指标的编号，可以写：{names}"
            yield problem("rubric-self-assessment", at, detail=detail, write=write)
        elif not can_be_asked(known[name]):
            detail = f"“{name}”是保密、测评或问卷的，学校本来就不自评"
            yield problem("rubric-self-assessment", at, detail=detail, write="从 leave_out 里去掉")
    asked = self_assessed(rubric)
    if not asked:
        at = places.at(("self_assessment",))
        detail = "没有一个指标可以自评：都是保密、测评、问卷的，或列在 leave_out 里"
        yield problem("rubric-self-assessment", at, detail=detail, write="去掉 self_assessment")
    yield from _costs(rubric, places)
    yield from _out_of_reach(rubric, places)
    missed = next((item for item in asked if item.points % asks.step), None)
    if missed is not None:
        at = places.at(("self_assessment", "step"))
        detail = (
            f"间隔 {number_text(asks.step)} 分填不出“{missed.id}”的满分"
            f" {number_text(missed.points)} 分"
        )
        write = "写能整除各项分值的间隔，如 0.1"
        yield problem("rubric-self-assessment", at, detail=detail, write=write)


def _costs(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Being apart can be charged only where what is compared can be told, and more is better."""
    asks = rubric.self_assessment
    if asks is None or not asks.deviation_costs:
        return
    at = places.at(("self_assessment", "each" if asks.each is not None else "above"))
    write = "去掉 each、free、limit、above；相差照样列出，只是不扣分"
    if rubric.scale == "demerits":
        detail = "计负分的细则，自评与复评相差不能扣分"
        yield problem("rubric-self-assessment", at, detail=detail, write=write)
    voted = [
        item.id
        for item in rubric.indicators
        if any(isinstance(it.rule, Votes) for it in item.rule.simple_parts(item.points))
    ]
    if voted:
        # Beside a vote of few people other items stay untold, and so would what is charged.
        detail = (
            f"{'、'.join(voted)} 是测评：票数少的和它旁边的指标不单列得分，相差扣多少就核对不了"
        )
        yield problem("rubric-self-assessment", at, detail=detail, write=write)


def _out_of_reach(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Nobody can be further apart than by all that there is to give."""
    asks, asked = rubric.self_assessment, self_assessed(rubric)
    if asks is None or not asked:
        return
    most = sum((it.points - it.rule.lowest(it.points) for it in asked), Decimal(0))
    if asks.counts == "both":
        most = max(most, sum((it.rule.highest(it.points) for it in asked), Decimal(0)))
    key, apart = (
        ("free", asks.free) if asks.free else ("above", max(asks.above, default=Decimal(0)))
    )
    if apart >= most:
        at = places.at(("self_assessment", key))
        detail = f"自评与复评最多相差 {number_text(most)} 分，超过 {number_text(apart)} 分的不会有"
        write = f"写小于 {number_text(most)} 的分数，或者去掉"
        yield problem("rubric-self-assessment", at, detail=detail, write=write)

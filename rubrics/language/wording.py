"""Triggers and consequences in plain Chinese; what rules say is in their own files."""

from __future__ import annotations

from rubrics.language.rubric import Consequence, Indicator, Rubric, Trigger
from rubrics.values.points import number_text, plain, share_text
from rubrics.values.range_words import with_unit

RANKS = {"last": "排在本组最后", "unranked": "不参加排名", "kept": "名次照排"}
"""What a red line does to the rank, where that is written."""


def describe_trigger(trigger: Trigger, indicator: Indicator | None = None) -> str:
    """Returns what sets off a key item or a red line: ``得分低于 2 分``, ``查实：……``."""
    if trigger.flag is not None:
        return trigger.label.replace("是否", "", 1).rstrip("？?")
    if trigger.below is not None:
        return f"得分低于 {number_text(trigger.below)} 分"
    label, unit = trigger.part or "", ""
    if indicator is not None:
        for slot in indicator.rule.slots_for(indicator.points):
            if slot.key == trigger.part:
                label, unit = slot.label, slot.unit
    if trigger.share_at_least is not None:
        return f"{label}占有效票 {share_text(trigger.share_at_least)} 以上"
    return f"{label}达到 {with_unit(trigger.at_least or 0, unit)}"


def describe_key(indicator: Indicator) -> str:
    """Returns when a key item fails; empty for an indicator that is none."""
    if indicator.key is None:
        return ""
    triggers = indicator.key.triggers
    return " 或 ".join(describe_trigger(item, indicator) for item in triggers) or "有扣分"


def describe_consequence(consequence: Consequence) -> str:
    """Returns what follows from a red line: ``等次定为不合格；取消评优评先资格``."""
    parts = [
        consequence.zero_total and "总分记 0 分",
        consequence.grade and f"等次定为{consequence.grade}",
        consequence.ceiling and f"等次最高为{consequence.ceiling}",
        consequence.lower and f"等次降 {consequence.lower} 档",
        consequence.award_lost and "取消评优评先资格",
        RANKS[consequence.rank] if consequence.rank else "",
        consequence.refer,
    ]
    return "；".join(part for part in parts if part)


_SHARED = {
    "rubric": "缺项的分值由其余各项分担",
    "dimension": "缺项的分值由本一级指标的其余各项分担，一级指标全部缺项的，由其他一级指标分担",
    "group": "缺项的分值由本组的其余各项分担，全组缺项的，由本一级指标的其余各项分担，"
    "一级指标全部缺项的，由其他一级指标分担",
}


def describe_excused(rubric: Rubric) -> str:
    """Returns over what the points of excused items are shared, in Chinese."""
    return _SHARED[rubric.excused]


def describe_weights(rubric: Rubric) -> str:
    """Returns what dimensions count in the total, and groups in those; empty for points alone."""
    dimensions = [
        f"{it.title} {plain(it.weight)}" for it in rubric.dimensions if it.weight is not None
    ]
    said = [f"一级指标按权重计入总分：{'、'.join(dimensions)}"] if dimensions else []
    for dimension in rubric.dimensions:
        if dimension.groups:
            groups = "、".join(f"{name} {plain(it)}" for name, it in dimension.groups.items())
            said.append(f"{dimension.title}各组按权重计入：{groups}")
    return "；".join(said)

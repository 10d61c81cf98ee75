"""What sets off key items and red lines exists, and can happen."""

from __future__ import annotations

from collections.abc import Iterator

from rubrics.checking import walk
from rubrics.language.places import Keys, Places
from rubrics.language.rubric import Indicator, Rubric, Trigger
from rubrics.messages.problems import Place, Problem, problem
from rubrics.rules import Votes
from rubrics.rules.strict_model import Measure
from rubrics.rules.units import odd_amounts
from rubrics.values.points import number_text, share_text

_NUMERIC = ("count", "number", "time", "points")


def triggers(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-trigger-part, rubric-trigger-value, rubric-unit."""
    for keys, trigger, owner in walk.triggers(rubric):
        if owner is not None:
            yield from _of_indicator(trigger, owner, keys, places)
        elif trigger.flag is None:
            detail = "不属于某一指标的红线只能用 flag"
            yield problem("rubric-trigger-value", places.at(keys), detail=detail)


def _of_indicator(
    trigger: Trigger, indicator: Indicator, keys: Keys, places: Places
) -> Iterator[Problem]:
    at = places.at(keys)
    if trigger.below is not None and not 0 < trigger.below <= indicator.points:
        most = number_text(indicator.points)
        detail = f"below 是 {number_text(trigger.below)}，应大于 0、不超过分值 {most}"
        yield problem("rubric-trigger-value", at, detail=detail)
    if trigger.part is None:
        return
    rule = indicator.rule
    if trigger.share_at_least is not None:
        options = tuple(rule.options) if isinstance(rule, Votes) else ()
        if not options:
            detail = "share_at_least 只能用于民主测评（votes）"
            yield problem("rubric-trigger-value", at, detail=detail)
        elif trigger.part not in options:
            yield _unknown(trigger.part, options, at=places.at((*keys, "part")))
        if not 0 < trigger.share_at_least <= 1:
            detail = f"share_at_least 是 {share_text(trigger.share_at_least)}，应在 0 到 100% 之间"
            yield problem("rubric-trigger-value", at, detail=detail)
        return
    cells = rule.slots_for(indicator.points)
    known = tuple(slot.key for slot in cells if slot.entry in _NUMERIC)
    if trigger.part not in known:
        yield _unknown(trigger.part, known, at=places.at((*keys, "part")))
    for slot in cells:
        if slot.key == trigger.part and trigger.at_least is not None:
            measure: Measure = "time" if slot.entry == "time" else "number"
            limit = [(("at_least",), trigger.at_least)]
            for wrong in odd_amounts(slot.label, slot.unit, measure, limit):
                yield problem(wrong.code, places.at((*keys, *wrong.keys)), **wrong.params)


def _unknown(part: str, known: tuple[str, ...], at: Place) -> Problem:
    names = "、".join(name or '""（唯一的填写项）' for name in known)
    return problem("rubric-trigger-part", at, part=part, known=names or "（没有填数的格）")

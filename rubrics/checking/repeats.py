"""What is found again costs something, and can be told of whom it is found."""

from __future__ import annotations

from collections.abc import Iterator

from rubrics.checking.walk import indicators
from rubrics.language.confidential import confidential
from rubrics.language.places import Keys, Places
from rubrics.language.repeat import Repeat
from rubrics.language.repeating import repeat_of
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, problem
from rubrics.values.points import number_text


def repeats(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-repeat."""
    for keys, item in indicators(rubric):
        if not item.repeat:
            continue
        way = (*keys, "repeat")
        if confidential(item):
            detail = f"“{item.id}”是保密的，加倍以后可以推出填了什么"
            yield problem("rubric-repeat", places.at(way), detail=detail, write="去掉它的 repeat")
        most = item.repeat.most
        whole = item.points - item.lowest
        if most is not None and most >= whole:
            detail = (
                f"“{item.id}”最多扣 {number_text(whole)} 分，most 写 {number_text(most)} 没有作用"
            )
            write = f"写小于 {number_text(whole)} 的数，或去掉 most"
            yield problem("rubric-repeat", places.at((*way, "most")), detail=detail, write=write)
    reached = [item for _, item in indicators(rubric) if repeat_of(rubric, item) is rubric.repeat]
    if rubric.repeat is not None and not reached:
        detail = "没有一个指标用得上整份细则的 repeat：各项都主观评分、保密或另有规定"
        write = "去掉它，或在指标里写"
        yield problem("rubric-repeat", places.at(("repeat",)), detail=detail, write=write)
    best = rubric.grades[0].grade
    for keys, one in all_repeats(rubric):
        if one.ceiling == best:
            detail = f"“{best}”已是最高的等次，ceiling 没有作用"
            write = "写低一些的等次，或去掉 ceiling"
            at = places.at((*keys, "ceiling"))
            yield problem("rubric-repeat", at, detail=detail, write=write)


def all_repeats(rubric: Rubric) -> Iterator[tuple[Keys, Repeat]]:
    """Yields every ``repeat`` with its keys: the rubric's, then those of indicators."""
    if rubric.repeat is not None:
        yield ("repeat",), rubric.repeat
    for keys, item in indicators(rubric):
        if item.repeat:
            yield (*keys, "repeat"), item.repeat

"""Rules make sense: they can earn exactly P, cover what can be found, and ask for it apart."""

from __future__ import annotations

from collections.abc import Iterator

from rubrics.checking.walk import all_rules, extras
from rubrics.language.glossary import KIND_NAMES
from rubrics.language.places import Places
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, problem
from rubrics.rules import KINDS
from rubrics.rules.kind import pointless


def rules(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-scale-kind, and those that the kinds themselves yield."""
    demerits = rubric.scale == "demerits"
    for found in all_rules(rubric):
        if demerits and found.rule.demerits == "refused":
            usable = [kind for kind, model in KINDS.items() if model.demerits != "refused"]
            known = "、".join(f"{kind} {KIND_NAMES[kind]}" for kind in usable)
            at = places.at((*found.keys, "kind"))
            yield problem("rubric-scale-kind", at, kind=found.rule.kind, known=known)
        if found.factor:
            wrong = list(found.rule.wrong_factor(found.points))
        else:
            wrong = list(found.rule.wrong(found.points, demerits))
        if found.points == 0:
            none = pointless((), "分值是 0，没有作用", found.points)
            wrong = [none, *(item for item in wrong if item.code != none.code)]
        for item in wrong:
            yield problem(item.code, places.at((*found.keys, *item.keys)), **item.params)
    for keys, extra in extras(rubric):
        for item in extra.rule.wrong():
            yield problem(item.code, places.at((*keys, "rule", *item.keys)), **item.params)

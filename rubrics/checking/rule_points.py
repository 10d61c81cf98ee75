"""A rule can earn exactly the points of its indicator, never more, and never the same always."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from rubrics.checking.walk import all_rules, extras, number
from rubrics.language.glossary import KINDS
from rubrics.language.places import Keys, Places
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, problem
from rubrics.rules.model import (
    Bands,
    Checklist,
    Composite,
    Deduct,
    Discretionary,
    EnteredPoints,
    Grade,
    Ratio,
    Rule,
    Survey,
    Threshold,
    Votes,
)
from rubrics.values.points import share_text

DEMERIT_KINDS = (
    "deduct",
    "checklist",
    "all_or_none",
    "points",
    "discretionary",
    "grade",
    "threshold",
    "bands",
    "linear",
    "quota",
)
"""What a rubric of demerits may use: kinds whose loss, or whose points, are demerits."""


def rule_points(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-rule-points, rubric-scale-kind, rubric-value (a share above 100 %)."""
    demerits = rubric.scale == "demerits"
    for found in all_rules(rubric):
        if demerits and found.rule.kind not in DEMERIT_KINDS:
            known = "、".join(f"{kind} {KINDS[kind]}" for kind in DEMERIT_KINDS)
            at = places.at((*found.keys, "kind"))
            yield problem("rubric-scale-kind", at, kind=found.rule.kind, known=known)
        wrong = [((), "分值是 0，没有作用")] if found.points == 0 else []
        for keys, detail in wrong or _wrong(found.rule, found.points, demerits):
            yield problem(
                "rubric-rule-points",
                places.at((*found.keys, *keys)),
                detail=detail,
                points=number(found.points),
            )
        yield from _shares(found.rule, found.keys, places)
    for keys, extra in extras(rubric):
        if 0 in (extra.rule.each, extra.rule.limit):
            yield problem(
                "rubric-rule-points",
                places.at((*keys, "rule")),
                detail="单价或上限是 0，没有作用",
                points=number(extra.rule.limit),
            )


def _wrong(rule: Rule, points: Decimal, demerits: bool) -> Iterator[tuple[Keys, str]]:
    """Yields (keys below the rule, what is wrong with its worth)."""
    match rule:
        case Deduct():
            for n, fault in enumerate(rule.faults):
                if fault.each == 0 and not fault.repeat_each:
                    yield ("faults", n, "each"), f"“{fault.label}”扣 0 分，没有作用"
        case Checklist():
            for n, item in enumerate(rule.items):
                if (rule.each if item.points is None else item.points) == 0:
                    yield ("items", n), f"缺“{item.label}”扣 0 分，没有作用"
        case EnteredPoints(values=()):
            if points % rule.step:
                yield ("step",), f"按 {number(rule.step)} 分一档评不到满分 {number(points)}"
        case EnteredPoints():
            yield from _ends(("values",), rule.values, points, demerits)
        case Discretionary():
            if rule.most > points:
                yield ("most",), f"酌情扣分可达 {number(rule.most)}，超过分值 {number(points)}"
        case Grade():
            earned = [coefficient * points for coefficient in rule.levels.values()]
            yield from _ends(("levels",), earned, points, demerits)
        case Threshold():
            for n, reading in enumerate(rule.readings):
                if reading.each == 0:
                    yield ("readings", n, "each"), f"“{reading.label}”不合格扣 0 分，没有作用"
        case Bands():
            earned = [band.points for band in rule.bands]
            yield from _ends(("bands",), earned, points, demerits)
        case Ratio(bands=bands) if bands:
            yield from _ends(("bands",), [band.points for band in bands], points, demerits)
        case Ratio(each=each) if each == 0:
            yield ("each",), "每少一个扣 0 分，没有作用"
        case Votes():
            earned = [coefficient * points for coefficient in rule.options.values()]
            yield from _ends(("options",), earned, points, demerits)
        case Composite():
            own = [points if part.points is None else part.points for part in rule.parts]
            if rule.combine == "sum" and sum(own) < points:
                yield ("parts",), f"各部分合计 {number(sum(own, Decimal(0)))} 分，得不到满分"


def _ends(
    keys: Keys, earned: Sequence[Decimal], points: Decimal, demerits: bool
) -> Iterator[tuple[Keys, str]]:
    best, worst = max(earned), min(earned)
    if best > points:
        yield keys, f"最多可得 {number(best)} 分，超过分值 {number(points)}"
    elif best < points:
        what = "扣" if demerits else "得"
        yield keys, f"最多只能{what} {number(best)} 分，到不了 {number(points)} 分"
    if demerits and worst > 0:
        yield keys, f"最少也要扣 {number(worst)} 分"
    elif best == worst:
        yield keys, "不论怎样得分都一样"


def _shares(rule: Rule, keys: Keys, places: Places) -> Iterator[Problem]:
    shares: dict[str, Fraction] = {}
    match rule:
        case Ratio(full=full) if full is not None:
            shares["full"] = full
        case Survey():
            shares = {"full": rule.full, "min_rate": rule.min_rate}
        case Votes():
            shares["quorum"] = rule.quorum
    for name, share in shares.items():
        if not 0 <= share <= 1 or (name == "full" and share == 0):
            yield problem(
                "rubric-value",
                places.at((*keys, name)),
                value=share_text(share),
                detail="应在 0 到 100% 之间，如 90%",
            )

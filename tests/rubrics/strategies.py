"""Valid rubrics of every shape: all rule kinds, all modifiers, merits and demerits.

``rubrics()`` is the door; ``rules(points, kinds)`` gives single rules that can earn ``points``.
Every rubric passes ``rubrics.checking.check``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter

from rubrics.language.confidential import confidential
from rubrics.language.repeat import Repeat
from rubrics.language.repeating import repeat_of
from rubrics.language.rubric import Rubric
from rubrics.language.self_assessing import can_be_asked
from rubrics.rules import Rule
from tests.rubrics.rule_strategies import (
    DEMERIT_KINDS,
    KINDS,
    Plain,
    amounts,
    beyond,
    conditions,
    cut_bands,
    limits,
    maybe_text,
    plain_rules,
    shares,
    texts,
)

__all__ = ["DEMERIT_KINDS", "KINDS", "rubrics", "rules"]

METHODS = ["查阅档案", "现场查看", "个别谈话", "问卷", "民主测评", "工作效果评估"]
SUBJECT = {
    "name": "支部",
    "measure": "个",
    "code": ["组织代码"],
    "title": ["支部全称"],
    "columns": {"登记地址": ["地址"], "负责人": []},
    "groups": ["学段"],
}
TIERS = ["关键", "重点", "一般"]
GRADES = ("优秀", "良好", "合格", "不合格")
CODES = ("减1", "食2", "D3")
_RULE: TypeAdapter[Any] = TypeAdapter(Rule)


def rules(
    points: Decimal, kinds: Sequence[str] = KINDS, *, demerits: bool = False
) -> st.SearchStrategy[Any]:
    """Rules of ``kinds`` that can earn exactly ``points``; of demerits, exactly 0 as well."""
    return (
        st.sampled_from(list(kinds))
        .flatmap(lambda kind: plain_rules(kind, points, demerits))
        .flatmap(lambda rule: st.just(rule) if demerits else beyond(rule, points))
        .map(_RULE.validate_python)
    )


@st.composite
def rubrics(
    draw: st.DrawFn,
    *,
    scale: str | None = None,
    kinds: Sequence[str] = KINDS,
    most_indicators: int = 6,
    modifiers: bool = True,
) -> Rubric:
    """A rubric that passes every check.

    ``scale``: ``merits`` or ``demerits``, either where not said (demerits use fewer kinds).
    ``modifiers``: conditions, key items, red lines, dated rules, bonus and penalty may occur.
    """
    scale = scale or draw(st.sampled_from(["merits", "merits", "demerits"]))
    demerits = scale == "demerits"
    usable = [kind for kind in kinds if not demerits or kind in DEMERIT_KINDS]

    def sometimes(one_in: int = 3) -> bool:
        return modifiers and draw(st.integers(1, one_in)) == one_in

    def basis() -> list[str]:
        codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=2, unique=True))
        return [f"{code} 第4条" if draw(st.booleans()) else code for code in codes]

    def triggers(rule: Plain | None, points: Decimal) -> Iterator[Plain]:
        forms = ["flag"] if rule is None else ["flag", "below", "part", "share"]
        for number in range(draw(st.integers(1, 2))):
            form = draw(st.sampled_from(forms))
            cells = _RULE.validate_python(rule).slots_for(points) if rule else ()
            counted = [slot.key for slot in cells if slot.entry in ("count", "number", "time")]
            if form == "share" and rule and rule["kind"] == "votes":
                option = draw(st.sampled_from(sorted(rule["options"])))
                yield {"part": option, "share_at_least": draw(shares)}
            elif form == "part" and counted:
                key = draw(st.sampled_from(counted))
                slot = next(slot for slot in cells if slot.key == key)
                yield {"part": key, "at_least": draw(limits(slot))}
            elif form == "below":
                yield {"below": draw(amounts(points))}
            else:
                yield {"flag": f"flag{number}", "label": "查实？"}

    def red_lines(rule: Plain | None, points: Decimal, prefix: str) -> Iterator[Plain]:
        for number in range(draw(st.integers(1, 2))):
            does = draw(
                st.sets(st.sampled_from(["zero_total", "grade", "ceiling", "lower", "award_lost"]))
            )
            consequence: Plain = {"refer": draw(texts) if not does else draw(maybe_text)}
            if draw(st.booleans()):
                consequence["rank"] = draw(st.sampled_from(["last", "unranked", "kept"]))
            for name in sorted(does):
                consequence[name] = {
                    "grade": GRADES[-1],
                    "ceiling": GRADES[1],
                    "lower": 1,
                }.get(name, True)
            yield {
                "id": f"{prefix}{number}" if rule is None or draw(st.booleans()) else None,
                "title": draw(texts),
                "triggers": list(triggers(rule, points)),
                "consequence": consequence,
                "basis": basis() if draw(st.booleans()) else [],
            }

    own_methods = {
        name: {
            "judgement": draw(st.booleans()),
            "secret": draw(st.booleans()),
            "asks": draw(maybe_text),
        }
        for name in (["听课", "电话访谈"] if sometimes(4) else [])
    }

    def indicator(dimension: str, number: int) -> Plain:
        points = draw(amounts(Decimal(10)).filter(lambda value: value >= Decimal("0.1")))
        rule = draw(plain_rules(draw(st.sampled_from(usable)), points, demerits))
        rule = rule if demerits else draw(beyond(rule, points))
        made: Plain = {
            "id": f"{dimension}{number}",
            "title": draw(texts),
            "points": points,
            "rule": rule,
            "basis": basis(),
            "method": draw(
                st.lists(
                    st.sampled_from([*METHODS, *own_methods]), min_size=1, max_size=2, unique=True
                )
            ),
            "evidence": draw(st.sampled_from(["required", "on_deduction", "none"])),
            "material": draw(maybe_text),
            "threshold": draw(maybe_text),
            "excusable": draw(st.booleans()),
            "tier": draw(st.sampled_from(TIERS)),
            "verified": draw(st.booleans()),
            "source": draw(maybe_text),
            "note": draw(maybe_text),
        }
        if sometimes():
            made["when"] = draw(conditions())
        if sometimes():
            made["key"] = {"triggers": list(triggers(rule, points))} if sometimes(2) else True
        if sometimes(4):
            made["red_lines"] = list(red_lines(rule, points, f"L{made['id']}"))
        if sometimes(4) and (other := _varied(rule)) is not None:
            later = {"since": "2025-09-01", "until": draw(st.sampled_from([None, "2026-08-31"]))}
            spans = [{"until": "2025-08-31"}, later][draw(st.integers(0, 1)) :]
            made["effective"] = [
                {"rule": other, "basis": basis(), "threshold": draw(maybe_text), **span}
                for span in spans
            ]
        if sometimes():
            made["rectify"] = {"demand": draw(texts), "days": draw(st.sampled_from([0, 15, 30]))}
        return made

    def dimension(name: str, count: int) -> Plain:
        items = [indicator(name, number) for number in range(1, count + 1)]
        total = sum((item["points"] for item in items), Decimal(0))
        return {"id": name, "title": draw(texts), "points": total, "indicators": items}

    def extras(kind: str, prefix: str) -> Plain:
        items = []
        for number in range(draw(st.integers(1, 3))):
            rule: Plain = {"kind": kind, "each": draw(amounts(Decimal(3)))}
            rule |= {"limit": draw(amounts(Decimal(5))), "unit": draw(st.sampled_from("项件"))}
            if draw(st.integers(0, 3)) == 0:
                rule = {"kind": kind, "bands": draw(cut_bands(draw(amounts(Decimal(5))), 0))}
                rule |= {"unit": draw(st.sampled_from(["人", "名"])), "label": draw(maybe_text)}
            if kind == "bonus" and draw(st.booleans()):
                rule["family"] = "典型经验"
            if kind == "bonus" and draw(st.sampled_from("AB")) == "A":
                rule |= {"dimension": "A", "family": None}
            item: Plain = {"id": f"{prefix}{number}", "title": draw(texts), "rule": rule}
            if kind == "penalty" and draw(st.booleans()):
                item["rectify"] = {"demand": draw(texts), "days": draw(st.integers(0, 365))}
            items.append(item)
        return {"cap": draw(amounts(Decimal(10))), "items": items}

    most = max(1, most_indicators // 2)
    dimensions = [
        dimension(name, draw(st.integers(1, most))) for name in "AB"[: draw(st.integers(1, 2))]
    ]
    bonus = sometimes()
    if bonus and draw(st.booleans()):
        dimensions[0]["bonus_cap"] = draw(amounts(Decimal(4)))
    weighed = _weighed(draw, dimensions) if not demerits and sometimes() else {}
    total = sum((item.get("weight", item["points"]) for item in dimensions), Decimal(0))
    places = draw(st.integers(0, 4))
    made: Plain = {
        "id": draw(st.sampled_from(["sample", "x_1", "canteen2"])),
        "version": draw(st.sampled_from(["2026.10", "1", "试行", "2.0"])),
        "title": draw(texts),
        "points": total,
        "dimensions": dimensions,
        "grades": _grades(total, demerits),
        "documents": {code: {"title": draw(texts), "number": draw(maybe_text)} for code in CODES},
        "scale": scale,
        "places": places,
        "rounding": draw(st.sampled_from(_roundings(dimensions, places))),
        "excused_limit": draw(st.sampled_from(["40%", "0%", "1/3", "62.5%", "100%"])),
        "pending": draw(st.sampled_from(["full", "zero", "as_observed"])),
        "visit": {
            "min_inspectors": draw(st.integers(1, 3)),
            "min_minutes": draw(st.integers(0, 90)),
        },
        "note": draw(maybe_text),
        "group": draw(st.sampled_from(["", "食品安全", "党建"])),
        "people": draw(st.sampled_from(["督学", "检查人员", "考核组成员"])),
        **weighed,
    }
    if sometimes():
        made["when"] = draw(conditions())
    if sometimes():
        made["floor"] = draw(st.sampled_from([None, Decimal(-2), round(total / 2, 0)]))
    if sometimes():
        made["cap"] = draw(st.sampled_from([None, Decimal(math.ceil(total)) + 1]))
    if sometimes():
        owners = [it["id"] for d in dimensions for it in (d, *d["indicators"])]
        made["grades"][0]["at_least"] = draw(
            st.dictionaries(st.sampled_from(owners), shares.filter(bool), min_size=1, max_size=2)
        )
    if sometimes():
        made["grades"][0] |= {
            "key_failed_at_most": draw(st.integers(0, 2)),
            "tier_failed_at_most": {draw(st.sampled_from(TIERS)): draw(st.integers(0, 3))},
        }
        made["grades"][0] |= {"largest_at_most": draw(amounts(total))}
        if not demerits:
            made["grades"][0] |= {"dimensions_at_least": draw(shares)}
    if sometimes():
        made["key_limits"] = [
            {"failed": 1, "ceiling": GRADES[1]},
            {"failed": 2, "grade": GRADES[-1], "tier": draw(st.sampled_from([None, *TIERS]))},
        ]
    if sometimes():
        made["red_lines"] = list(red_lines(None, total, "R"))
    if bonus:
        made["bonus"] = extras("bonus", "P")
        if "bonus_cap" in dimensions[0]:
            made["bonus"]["items"][0]["rule"] |= {"dimension": "A", "family": None}
    if sometimes():
        made["penalty"] = extras("penalty", "N")
    if sometimes():
        made["sources"] = {"S1": draw(texts)}
    if own_methods:
        made["methods"] = own_methods
    if sometimes(4):
        made["subject"] = draw(st.sampled_from(["机构", SUBJECT]))
    rubric = Rubric.model_validate(made)
    if sometimes(4) and any(can_be_asked(item) for item in rubric.indicators):
        made["self_assessment"] = draw(_self_assessments(rubric))
        rubric = Rubric.model_validate(made)
    if not sometimes(2):
        return rubric
    return _repeating(draw, made, rubric)


@st.composite
def _self_assessments(draw: st.DrawFn, rubric: Rubric) -> Plain:
    """Schools score themselves by one indicator at least."""
    able = [item.id for item in rubric.indicators if can_be_asked(item)]
    left = draw(st.lists(st.sampled_from(able), unique=True, max_size=len(able) - 1))
    # Points have four decimals at most.
    made: Plain = {"step": Decimal("0.0001"), "leave_out": left}
    if draw(st.booleans()):
        made["missing"] = draw(st.integers(1, 5))
    voted = any(
        part.rule.kind == "votes"
        for item in rubric.indicators
        for part in item.rule.simple_parts(item.points)
    )
    if voted or rubric.scale == "demerits":
        return made
    tenths = st.integers(1, 30).map(lambda tenth: Decimal(tenth) / 10)
    # Nobody can be further apart than by all the points.
    most = sum((item.points for item in rubric.indicators if item.id in set(able) - set(left)), 0)
    inside = tenths.filter(lambda it: it < most)
    match draw(st.sampled_from(["shown", "each", "above"] if most > Decimal("0.1") else ["shown"])):
        case "each":
            made |= {"free": draw(inside), "each": draw(tenths), "limit": draw(tenths)}
        case "above":
            steps = sorted(draw(st.sets(inside, min_size=1, max_size=3)))
            made["above"] = {str(most): cost for most, cost in zip(steps, steps, strict=True)}
        case _:
            return made
    return made | {"counts": draw(st.sampled_from(["higher", "both"]))}


def _repeating(draw: st.DrawFn, made: Plain, rubric: Rubric) -> Rubric:
    """The same, in which what is found again in another round costs more."""

    def repeat(points: Decimal) -> Plain:
        does = draw(st.sampled_from([{"times"}, {"ceiling"}, {"times", "ceiling"}]))
        told: Plain = {"times": draw(st.integers(2, 4))} if "times" in does else {}
        if "times" in does and draw(st.booleans()):
            told["most"] = round(points / draw(st.integers(2, 3)), 2)
        if "ceiling" in does:
            told["ceiling"] = draw(st.sampled_from(GRADES[1:]))
        found = st.sets(st.sampled_from(["found", "relapse", "misreport"]), min_size=1)
        return told | {"after": sorted(draw(found)), "rounds": draw(st.integers(1, 3))}

    open_ = {item.id for item in rubric.indicators if not confidential(item)}
    for dimension in made["dimensions"]:
        for item in dimension["indicators"]:
            if item["id"] in open_ and draw(st.integers(1, 3)) == 3:
                item["repeat"] = draw(st.sampled_from([False, repeat(item["points"])]))
    rubric = Rubric.model_validate(made)
    if draw(st.booleans()):
        whole = rubric.model_copy(update={"repeat": Repeat(times=2)})
        if any(repeat_of(whole, item) is whole.repeat for item in rubric.indicators):
            rubric = Rubric.model_validate(made | {"repeat": repeat(Decimal(4))})
    return rubric


def _weighed(draw: st.DrawFn, dimensions: Sequence[Plain]) -> Plain:
    """Gives dimensions and groups of indicators weights of their own, and says who shares them."""
    own = draw(st.booleans())
    for dimension in dimensions:
        for item in dimension["indicators"]:
            item["group"] = draw(st.sampled_from(["", "课程", "作业"]))
        names = sorted({it["group"] for it in dimension["indicators"]} - {""})
        held = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
        dimension["groups"] = {name: draw(st.integers(1, 40)) for name in held}
        alone = [it["points"] for it in dimension["indicators"] if it["group"] not in held]
        dimension["points"] = sum(alone, Decimal(sum(dimension["groups"].values())))
        if own:
            dimension["weight"] = Decimal(draw(st.integers(1, 60)))
    return {"excused": draw(st.sampled_from(["rubric", "dimension", "group"]))}


def _roundings(dimensions: Sequence[Plain], places: int) -> list[str]:
    """Only points that have no more decimals than are published can be rounded before adding."""
    found = ["total"]
    if all(round(item["points"], places) == item["points"] for item in dimensions):
        found.append("dimensions")
    items = [item for dimension in dimensions for item in dimension["indicators"]]
    if all(round(item["points"], places) == item["points"] for item in items):
        found.append("items")
    return found


def _grades(total: Decimal, demerits: bool) -> list[Plain]:
    first, second, third = (
        round(total * share / 10, 2) for share in ((1, 3, 5) if demerits else (9, 7, 6))
    )
    spans = (
        [f"≤{first}", f"({first}, {second}]", f"({second}, {third}]", f">{third}"]
        if demerits
        else [f"≥{first}", f"[{second}, {first})", f"[{third}, {second})", f"<{third}"]
    )
    return [{"grade": grade, "range": span} for grade, span in zip(GRADES, spans, strict=True)]


def _varied(rule: Plain) -> Plain | None:
    """Another rule of the same kind with the same cells to fill, or None."""
    match rule["kind"]:
        case "deduct":
            faults = [fault | {"each": fault["each"] / 2} for fault in rule["faults"]]
            exact = all(fault["each"] == round(fault["each"], 4) for fault in faults)
            return rule | {"faults": faults} if exact else None
        case "threshold":
            readings = rule["readings"]
            if any(reading.get("measure") == "time" for reading in readings):
                return None
            return rule | {
                "readings": [
                    item | {"within": "≤120%" if item["unit"] == "%" else "≤120"}
                    for item in readings
                ]
            }
        case "linear":
            return rule | {"full": "2345%" if rule["unit"] == "%" else 2345}
        case "quota":
            return rule | {"times": rule["times"] + 1}
        case "survey":
            return rule | {"min_returned": rule["min_returned"] + 1}
    return None

"""Valid rules of every kind, as YAML would hold them, and the texts and numbers in them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from rubrics.rules import Slot
from rubrics.values.traits import known_traits

SIMPLE = (
    "deduct",
    "checklist",
    "all_or_none",
    "points",
    "discretionary",
    "grade",
    "threshold",
    "bands",
    "linear",
    "ratio",
    "quota",
    "votes",
    "survey",
)
KINDS = (*SIMPLE, "composite")
ASKED = {
    "question": "您对课后服务满意吗",
    "options": ("满意", "一般", "不满意"),
    "satisfied": ("满意",),
    "people": ("家长",),
}
"""How a questionnaire asks, which makes no difference to points."""
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

Plain = dict[str, Any]

letters = st.sampled_from("甲乙丙查看课表每班日扣分，。：、“”%≤≥1230ABxyz=+-@'\"#&*!|>{}[]<_ \n𠮷")
texts = st.one_of(
    st.sampled_from(
        ["缺公示", "课表与实课不符", "=1+1", "0012", "8:20", "是", "true", "null", "1.50"]
    ),
    st.text(letters, min_size=1, max_size=12).map(str.strip).filter(bool),
)
"""Text as people and spreadsheets make it difficult: formulas, numbers, quotes, line breaks."""
maybe_text = st.one_of(st.just(""), texts)
units = st.sampled_from(["处", "次", "人", "批", "℃", "分钟"])
reading_units = st.sampled_from(["", "处", "℃", "分钟", "%", "%"])
shares = st.sampled_from(
    [Fraction(9, 10), Fraction(2, 3), Fraction(1, 3), Fraction(1), Fraction(17, 20)]
)
coefficients = st.integers(0, 20).map(lambda n: Decimal(n) / 20)


def amounts(most: Decimal) -> st.SearchStrategy[Decimal]:
    """Points above 0 and up to ``most``, mostly round, now and then with four decimals."""
    fine = st.integers(1, max(1, int(most * 10_000))).map(lambda n: Decimal(n) / 10_000)
    half = st.integers(1, max(1, int(most * 2))).map(lambda n: min(Decimal(n) / 2, most))
    return st.one_of(half, half, fine)


numbers = st.one_of(
    st.integers(0, 200).map(Decimal), st.integers(0, 2000).map(lambda n: Decimal(n) / 10)
)


@st.composite
def ranges(draw: st.DrawFn, unit: str = "") -> str:
    """A range for readings in ``unit``: of percentages with signs, or clearly no shares."""
    low, mark = draw(numbers), draw(st.sampled_from(["", "%"])) if unit == "%" else ""
    low += 2 if unit == "%" and not mark else 0
    sign = draw(st.sampled_from(["≤", "≥", "<", ">", "[", "("]))
    if sign not in "[(":
        return f"{sign}{low + (sign == '<')}{mark}"
    high = low + draw(st.integers(1, 50))
    return f"{sign}{low}{mark}, {high}{mark}{draw(st.sampled_from('])'))}"


def limits(slot: Slot) -> st.SearchStrategy[object]:
    """What a trigger may compare a slot with: a time with times, a percentage with its sign."""
    if slot.entry == "time":
        return times()
    some = amounts(Decimal(9))
    return some.map(lambda value: f"{value}%") if slot.unit == "%" else some


def times() -> st.SearchStrategy[str]:
    return st.integers(6 * 60, 22 * 60).map(lambda n: f"{n // 60}:{n % 60:02}")


@st.composite
def conditions(draw: st.DrawFn) -> object:
    def alternative() -> Plain:
        chosen: Plain = {}
        names = draw(
            st.lists(st.sampled_from(sorted(known_traits())), min_size=1, max_size=2, unique=True)
        )
        for name in names:
            choices = known_traits()[name].choices
            if choices:
                some = st.lists(st.sampled_from(choices), min_size=1, max_size=3, unique=True)
                chosen[name] = draw(some)
            else:
                chosen[name] = draw(st.sampled_from(["≥7", "<3", "[3, 50)", "≥500"]))
        return chosen

    return [alternative() for _ in range(draw(st.integers(1, 2)))]


def ids(count: int, prefix: str = "x") -> list[str]:
    names = ["guest", "陪餐", "m2", "r", "fridge"]
    return [f"{name}{prefix}" for name in names[:count]]


@st.composite
def demands(draw: st.DrawFn) -> Plain:
    """What one thing in a rule asks for, now and then."""
    if draw(st.integers(0, 2)):
        return {}
    return {"rectify": {"demand": draw(texts), "days": draw(st.integers(0, 30))}}


@st.composite
def cut_bands(draw: st.DrawFn, points: Decimal, top: int, suffix: str = "") -> list[Plain]:
    """Bands that cover [0, top] (percent of a ratio) or, with ``top`` 0, [0, ∞)."""
    cuts = sorted(
        draw(st.lists(st.integers(1, (top or 200) - 1), min_size=1, max_size=4, unique=True))
    )
    closed = draw(st.lists(st.booleans(), min_size=len(cuts), max_size=len(cuts)))
    earned = [
        points,
        *draw(
            st.lists(amounts(points) | st.just(Decimal(0)), min_size=len(cuts), max_size=len(cuts))
        ),
    ]
    earned = draw(st.permutations(_different(earned)))
    made = []
    edges = [0, *cuts, top or None]
    for n, (low, high) in enumerate(pairwise(edges)):
        left = "[" if n == 0 or not closed[n - 1] else "("
        right = ")" if high is None else ("]" if n == len(cuts) or closed[n] else ")")
        end = "∞" if high is None else f"{high}{suffix}"
        made.append({"range": f"{left}{low}{suffix}, {end}{right}", "points": earned[n]})
    return made


def _different(values: list[Decimal]) -> list[Decimal]:
    """The same, but never all equal: a rule that always gives the same is refused."""
    return values if len(set(values)) > 1 else [*values[:-1], Decimal(0)]


@st.composite
def plain_rules(draw: st.DrawFn, kind: str, points: Decimal, lowest: bool = False) -> Plain:
    """A rule as YAML would hold it; with ``lowest`` one that can also come to 0 (demerits)."""
    some = amounts(points)

    def listed(least: int, most: int, make: Any, prefix: str = "x") -> list[Plain]:
        count = draw(st.integers(least, most))
        return [make(name, count) for name in ids(count, prefix)]

    match kind:
        case "deduct":

            def fault(name: str, count: int) -> Plain:
                made: Plain = {"label": draw(texts), "each": draw(some), "unit": draw(units)}
                if count > 1 or draw(st.booleans()):
                    made["id"] = name
                if draw(st.integers(0, 3)) == 0:
                    made |= {"repeat_from": draw(st.integers(2, 5)), "repeat_each": draw(some)}
                if draw(st.integers(0, 3)) == 0:
                    made["limit"] = draw(some)
                return made | draw(demands())

            return {"kind": kind, "faults": listed(1, 3, fault)}
        case "checklist":
            each = draw(st.none() | some)

            def item(name: str, _: int) -> Plain:
                own = {} if each is not None and draw(st.booleans()) else {"points": draw(some)}
                return {"id": name, "label": draw(texts), **own, **draw(demands())}

            made = {"kind": kind, "items": listed(1, 5, item), "each": each}
            if each is not None and draw(st.integers(0, 3)) == 0:
                for one in made["items"]:
                    one.pop("points", None)
                    one.pop("rectify", None)
                made["at_least"] = draw(st.integers(1, len(made["items"])))
            return made
        case "all_or_none":

            def requirement(name: str, _: int) -> Plain:
                return {"id": name, "label": draw(texts), **draw(demands())}

            made = {"kind": kind, "requirements": listed(0, 3, requirement)}
            if made["requirements"] and draw(st.integers(0, 2)) == 0:
                for one in made["requirements"]:
                    one.pop("rectify", None)
                made["at_least"] = draw(st.integers(1, len(made["requirements"])))
            return made
        case "points":
            if draw(st.booleans()):
                ends = {points, Decimal(0)} if lowest else {points, round(points / 2, 1)}
                return {
                    "kind": kind,
                    "values": sorted(set(draw(st.lists(some, max_size=3))) | ends),
                }
            step = points / draw(st.sampled_from([1, 2, 4, 5]))
            return {"kind": kind, "step": step if step == round(step, 4) else points}
        case "discretionary":
            least, most = sorted([draw(some), draw(some)])
            return {"kind": kind, "least": least, "most": most}
        case "grade":
            rest = draw(st.lists(coefficients, min_size=1, max_size=4))
            values = draw(
                st.permutations(_different([Decimal(1), *rest, *([Decimal(0)] * lowest)]))
            )
            names = draw(st.permutations(["A", "B", "C", "好", "较好", "差"]))
            return {"kind": kind, "levels": dict(zip(names, values, strict=False))}
        case "threshold":

            def reading(name: str, count: int) -> Plain:
                made: Plain = {"label": draw(texts), "unit": draw(reading_units)}
                if draw(st.integers(0, 3)) == 0:
                    made |= {"unit": "", "measure": "time", "within": f"≥{draw(times())}"}
                elif draw(st.integers(0, 3)) == 0:
                    pair = {"start": draw(texts), "end": draw(texts), "unit": ""}
                    measure = draw(st.sampled_from(["minutes_between", "days_between"]))
                    made |= pair | {"measure": measure, "within": draw(ranges())}
                else:
                    made["within"] = draw(ranges(made["unit"]))
                    if draw(st.booleans()):
                        made["domain"] = draw(st.sampled_from(["[0, ∞)", "[-50, 500]"]))
                if count > 1 or draw(st.booleans()):
                    made["id"] = name
                made["samples"] = draw(st.sampled_from([1, 1, 2, 3, 5]))
                if "start" in made:
                    made["samples"] = 1
                made["each"] = draw(st.none() | some)
                return made | draw(demands())

            readings = listed(1, 3, reading)
            for later in readings[1:]:
                later["optional"] = draw(st.booleans())
            made = {"kind": kind, "readings": readings}
            if draw(st.integers(0, 2)) == 0:
                for one in readings:
                    one["optional"] = True
                made["at_least"] = draw(st.integers(1, len(readings)))
            return made
        case "bands":
            if draw(st.integers(0, 3)) == 0:
                middle = draw(times())
                worse = Decimal(0) if lowest else round(points / 2, 1)
                return {
                    "kind": kind,
                    "label": draw(texts),
                    "measure": "time",
                    "domain": "[0:00, 23:59]",
                    "bands": [
                        {"range": f"≥{middle}", "points": points},
                        {"range": f"<{middle}", "points": worse},
                    ],
                }
            unit = draw(reading_units)
            bands = draw(cut_bands(points, 0, "%" if unit == "%" else ""))
            if lowest and not any(band["points"] == 0 for band in bands):
                full = next(band for band in bands if band["points"] == points)
                next(band for band in bands if band is not full)["points"] = Decimal(0)
            made = {"kind": kind, "label": draw(texts), "unit": unit, "bands": bands}
            if unit != "%" and draw(st.integers(0, 3)) == 0:
                measure = draw(st.sampled_from(["minutes_between", "days_between"]))
                return made | {"measure": measure, "start": draw(texts), "end": draw(texts)}
            way = draw(st.sampled_from(["mean_of", "median_of", "worst_of"]))
            return made | {way: draw(st.sampled_from([1, 1, 2, 5]))}
        case "linear":
            zero, full = draw(st.lists(numbers, min_size=2, max_size=2, unique=True))
            unit = draw(reading_units)
            ends = {"full": full, "zero": zero}
            if unit == "%":
                ends = {name: f"{end}%" for name, end in ends.items()}
            return {"kind": kind, "label": draw(texts), "unit": unit, **ends}
        case "ratio":
            made = {
                "kind": kind,
                "numerator": draw(texts),
                "denominator": draw(texts),
                "unit": draw(units),
            }
            ways = ["full", "bands", "each", "fractions", "quotient", "per_point"]
            way = draw(st.sampled_from(ways))
            if way == "per_point":
                part = draw(st.sampled_from(["proportion", "whole", "none"]))
                return made | {"full": draw(shares), "per_point": draw(some), "part_points": part}
            if way == "fractions":
                third, worse = draw(st.sampled_from(["2/3", "5/7"])), round(points / 2, 1)
                bands = [
                    {"range": f"≥{third}", "points": points},
                    {"range": f"[50%, {third})", "points": worse},
                    {"range": "<1/2", "points": 0},
                ]
                return made | {"bands": bands}
            if way == "quotient":
                del made["unit"]
                made["quotient"] = "平方米/人"
                made["every"] = draw(st.sampled_from([1, 1, 100]))
                if draw(st.booleans()):
                    return made | {"full": draw(st.sampled_from(["7.5", "2/3", "100"]))}
                return made | {"bands": draw(cut_bands(points, 0))}
            if way == "full":
                return made | {"full": draw(shares)}
            if way == "each":
                return made | {"each": draw(some)}
            return made | {"bands": draw(cut_bands(points, 100, "%"))}
        case "quota":
            period = st.sampled_from(["week", "month", "quarter", "half_year", "term", "year"])
            return {
                "kind": kind,
                "label": draw(texts),
                "times": draw(st.integers(1, 4)),
                "per": draw(period),
                "each": draw(some),
                "unit": draw(st.sampled_from("次期")),
            }
        case "votes":
            rest = draw(st.lists(coefficients, min_size=1, max_size=3))
            names = ["好", "较好", "一般", "差"]
            return {
                "kind": kind,
                "options": dict(zip(names, _different([Decimal(1), *rest]), strict=False)),
                "quorum": draw(st.sampled_from([Fraction(0), Fraction(2, 3), Fraction(1, 2)])),
                "trim_from": draw(st.none() | st.integers(3, 10)),
            }
        case "survey":
            return {
                "kind": kind,
                "full": draw(shares),
                "min_returned": draw(st.integers(1, 30)),
                "min_rate": draw(st.sampled_from([Fraction(0), Fraction(3, 5)])),
                **draw(st.sampled_from([{}, ASKED])),
            }
        case "composite":
            return draw(plain_composites(points))
    raise AssertionError(kind)


@st.composite
def beyond(draw: st.DrawFn, rule: Plain, points: Decimal) -> Plain:
    """A rule that, now and then, goes on below 0 or above its points, where it can."""
    if draw(st.integers(0, 2)):
        return rule
    some = amounts(points)
    match rule:
        case {"kind": "deduct"} if any(one.get("limit") is None for one in rule["faults"]):
            return rule | {"floor": -draw(some)}
        case {"kind": "quota"} | {"kind": "ratio", "each": _} | {"kind": "ratio", "per_point": _}:
            return rule | {"floor": -draw(some)}
        case {"kind": "points", "step": step}:
            low, high = draw(st.integers(0, 3)), draw(st.integers(1, 3))
            return rule | {"floor": -low * step, "ceiling": points + high * step}
        case {"kind": "linear"} if _number(rule["full"]) > _number(rule["zero"]):
            return rule | {"ceiling": points + draw(some)}
        case {"kind": "ratio", "full": _, "quotient": _}:
            return rule | {"ceiling": points + draw(some)}
        case {"kind": "ratio", "full": full}:
            most = Decimal(int(Fraction(points) * 10_000 / full)) / 10_000
            return rule | {"ceiling": most} if most > points else rule
    return rule


def _number(written: object) -> Decimal:
    return Decimal(str(written).removesuffix("%"))


@st.composite
def plain_composites(draw: st.DrawFn, points: Decimal, depth: int = 1) -> Plain:
    """A composite, now and then with composites in it; ``depth`` says how many hold this one."""
    combine = draw(st.sampled_from(["sum", "min", "max", "losses", "product"]))
    count = draw(st.integers(2, 3))
    own = [draw(st.none() | amounts(points)) for _ in range(count)]
    if combine == "sum" and None not in own:
        own[0] = points - min(points, sum(own[1:], Decimal(0))) or own[0]
    parts = []
    for name, share in zip(ids(count, "p"), own, strict=True):
        if depth < 3 and draw(st.integers(0, 3)) == 0:
            rule = draw(plain_composites(share or points, depth + 1))
        elif combine == "product" and draw(st.booleans()):
            factors = draw(st.sampled_from([("1.2", "1", "0.8"), ("1.05", "1"), ("3", "0.3333")]))
            levels = dict(zip(["高", "中", "低"], map(Decimal, factors), strict=False))
            rule = {"kind": "grade", "levels": levels}
        else:
            rule = draw(plain_rules(draw(st.sampled_from(SIMPLE)), share or points))
        part: Plain = {"id": name, "rule": rule, "points": share}
        if draw(st.booleans()):
            part["label"] = draw(texts)
        if draw(st.integers(0, 2)) == 0:
            part["when"] = draw(conditions())
        parts.append(part | draw(demands()))
    return {"kind": "composite", "combine": combine, "parts": parts}

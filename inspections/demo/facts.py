"""The fault that an inspector would write down beside answers that cost points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from decimal import Decimal
from types import MappingProxyType

from inspections.demo.answers import Answers, Typed
from inspections.records.moments import read_day
from rubrics.language.rubric import Indicator
from rubrics.rules import (
    AllOrNone,
    Bands,
    Checklist,
    Deduct,
    Discretionary,
    EnteredPoints,
    Entry,
    Grade,
    Linear,
    Part,
    PeriodLength,
    Quota,
    Ratio,
    Threshold,
    Value,
    joined,
)
from rubrics.rules.between import said as said_of_pair
from rubrics.rules.words import DAY_ZERO, demanded, told
from rubrics.values.conditions import Traits
from rubrics.values.points import plain


def fault_text(
    indicator: Indicator,
    found: Answers,
    traits: Traits,
    elapsed: Mapping[PeriodLength, int],
    demerits: bool,
    seen: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Returns the facts behind the points lost, or an empty text where none are lost.

    ``seen``: by address, what there was to see where the answer alone tells only yes or no.
    """
    entry = Entry({key: value_of(typed) for key, typed in found.items()}, elapsed)
    facts: list[str] = []
    for part in indicator.rule.simple_parts(indicator.points, traits):
        rule, own = part.rule, entry.part(part.id)
        # A meeting that was not held is told too, though nobody found that on the day.
        written = rule.on_site or isinstance(rule, Quota)
        if written and rule.costs(part.points, own, demerits=demerits):
            facts += _facts(part, found, elapsed, _below(seen, indicator.id), _missing(indicator))
    return "；".join(facts)


def value_of(typed: Typed) -> Value:
    """Returns what the engine makes of a typed answer."""
    if isinstance(typed, time):
        return Decimal(typed.hour * 60 + typed.minute)
    if isinstance(typed, str):
        day = read_day(typed)
        if day is not None:
            return Decimal((day.date - DAY_ZERO).days)
        return {"√": Decimal(1), "×": Decimal(0), "是": Decimal(1), "否": Decimal(0)}.get(
            typed, typed
        )
    return Decimal(str(typed))


def _missing(indicator: Indicator) -> str:
    """How it is told that something is not there: looked for on paper, on the spot or in both."""
    read, seen = ("查阅档案" in indicator.method, "现场查看" in indicator.method)
    if read is seen:
        return "检查时未见"
    return "查阅时未见" if read else "现场未见"


def _below(seen: Mapping[str, str], owner: str) -> dict[str, str]:
    """What was seen of one indicator, by the keys of its parts and entries."""
    return {
        address.removeprefix(owner).removeprefix("."): text
        for address, text in seen.items()
        if address == owner or address.startswith(f"{owner}.")
    }


def _facts(
    part: Part,
    found: Answers,
    elapsed: Mapping[PeriodLength, int],
    seen: Mapping[str, str],
    unseen: str,
) -> Iterator[str]:
    def typed(key: str = "") -> Typed | None:
        return found.get(joined(part.id, key))

    label = told(part.label)
    match rule := part.rule:
        case Deduct():
            for fault in rule.faults:
                if count := typed(fault.id or ""):
                    yield f"{fault.label} {count} {fault.unit}"
        case Checklist():
            missing = [item.label for item in rule.items if typed(item.id) == "×"]
            if missing:
                yield f"{unseen}{'、'.join(map(told, missing))}"
        case AllOrNone():
            failed = [(item.id, item.label) for item in rule.requirements if typed(item.id) == "×"]
            for key, name in failed or [("", part.label)]:
                yield seen.get(joined(part.id, key)) or f"{told(name)}不符合要求"
        case Grade():
            why = seen.get(part.id) or "材料不够完整，落实不够到位"
            yield f"{label}评为 {typed()}，{why}"
        case EnteredPoints():
            yield f"{label}得 {typed()} 分，落实不够到位"
        case Discretionary():
            yield f"{typed('reason') or '落实不够到位'}"
        case Threshold():
            typed_in = {key: value_of(one) for key, one in found.items()}
            for reading in rule.readings:
                own = Entry(typed_in, prefix=part.id)
                if reading.start and reading.told(own):
                    span = said_of_pair(
                        own, reading.keys[0], reading.measure, reading.pair, reading.unit
                    )
                    must = demanded(reading.within, reading.measure, reading.unit)
                    yield f"{told(reading.label)}：{span}，应{must}"
                for slot in reading.slots() if not reading.start else ():
                    number = value_of(found.get(joined(part.id, slot.key), ""))
                    if isinstance(number, Decimal) and number not in reading.within:
                        measured = f"{plain(number)} {reading.unit}"
                        must = demanded(reading.within, reading.measure, reading.unit)
                        gap = " " if slot.label[-1:].isdigit() else ""
                        # People are counted, not measured.
                        how = "实有" if reading.unit in ("人", "名") else "实测"
                        yield f"{told(slot.label)}{gap}{how} {measured}，应{must}"
        case Bands() | Linear():
            if isinstance(rule, Bands) and rule.start:
                own = Entry({key: value_of(one) for key, one in found.items()}, prefix=part.id)
                yield said_of_pair(own, "", rule.measure, rule.pair, rule.unit)
                return
            shown = typed(rule.keys[0] if isinstance(rule, Bands) else "")
            shown = f"{shown:%H:%M}" if isinstance(shown, time) else shown
            unit = rule.unit if not isinstance(shown, str) else ""
            # What holds for some schools alone says for which (小学、初中).
            whose = label if part.when else ""
            yield f"{whose}{told(rule.label)}为 {shown} {unit}".rstrip()
        case Ratio():
            due, have = f"{typed('due')} {rule.unit}", f"{typed('have')} {rule.unit}"
            yield f"{told(rule.denominator)} {due.rstrip()}，{told(rule.numerator)} {have.rstrip()}"
        case Quota():
            required = rule.required(elapsed)
            yield f"{told(rule.label)}应 {required} {rule.unit}，实际 {typed()} {rule.unit}"
        case _:
            return

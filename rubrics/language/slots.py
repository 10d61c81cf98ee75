"""Slots: the single cells that an inspector fills in for one indicator, derived from its rule.

A slot's ``key`` is its address inside the indicator: empty for the only slot of a simple rule,
else ids joined by dots (``guest``, ``fridge.2``, ``rules.present``). ``INDICATOR.key`` is its
address in the rubric: the row of a workbook, the column of a table of plain observations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, TypeAlias

from rubrics.language.rubric import Extra, Indicator, RedLine, Rubric, Trigger
from rubrics.rules.model import (
    AllOrNone,
    Bands,
    Bonus,
    Checklist,
    Composite,
    Deduct,
    Discretionary,
    EnteredPoints,
    Grade,
    Linear,
    Penalty,
    Quota,
    Ratio,
    Reading,
    Rule,
    Survey,
    Threshold,
    Votes,
)
from rubrics.values.conditions import Traits, holds
from rubrics.values.points import Points
from rubrics.values.ranges import Range, parse_range

EntryKind: TypeAlias = Literal[
    "count",  # whole number, 0 or more
    "number",  # reading with a unit
    "time",  # time of day, kept as minutes since midnight
    "points",  # points within `range`, in steps or from a list
    "yes_no",  # √ or ×; partly counts as ×
    "choice",  # one of `options`
    "flag",  # 是 or 否: has this been established? (key items, red lines)
    "reason",  # free text that a deduction needs
]

_COUNT = parse_range("[0, ∞)")


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell to fill.

    ``optional`` slots may stay blank. Slots of one ``group`` are samples of the same reading: one
    must be filled, unless all of them are optional. ``zero_if_blank``: where the inspector has
    stated that the indicator was checked, or has filled another slot of it, blank means none.
    ``deducts``: the number is taken off, so ``-2`` and ``扣2分`` mean 2.
    """

    key: str
    label: str
    entry: EntryKind
    unit: str = ""
    options: tuple[str, ...] = ()
    range: Range | None = None
    step: Decimal | None = None
    values: tuple[Points, ...] = ()
    group: str = ""
    optional: bool = False
    zero_if_blank: bool = False
    deducts: bool = False


def address(owner: str, slot: Slot) -> str:
    """Returns ``A1`` or ``A1.key``: the slot's address in the rubric."""
    return f"{owner}.{slot.key}" if slot.key else owner


def slots(indicator: Indicator, traits: Traits | None = None) -> tuple[Slot, ...]:
    """Returns what is filled in for an indicator: its rule's slots, then its flags.

    With ``traits`` the parts of a composite that do not apply to such a school are left out;
    without, all are there.
    """
    flags: dict[str, Slot] = {}
    triggers = [*(indicator.key.triggers if indicator.key else ())]
    triggers += [trigger for line in indicator.red_lines for trigger in line.triggers]
    for trigger in triggers:
        for slot in _flag(trigger):
            flags.setdefault(slot.key, slot)
    return (*rule_slots(indicator.rule, indicator.points, traits), *flags.values())


def red_line_slots(line: RedLine) -> tuple[Slot, ...]:
    """Returns the flags of a red line that belongs to no indicator; the owner is ``line.id``."""
    return tuple(slot for trigger in line.triggers for slot in _flag(trigger))


def extra_slots(extra: Extra) -> tuple[Slot, ...]:
    """Returns the one slot of a bonus or penalty item: how many."""
    return tuple(rule_slots(extra.rule, extra.rule.limit))


def rubric_slots(rubric: Rubric, traits: Traits | None = None) -> Iterator[tuple[str, Slot]]:
    """Yields (owner id, slot) for the whole rubric: indicators, red lines, bonus, penalty.

    Indicators that do not apply to a school with ``traits`` are left out.
    """
    for indicator in rubric.indicators:
        if traits is None or holds(indicator.when, traits):
            for slot in slots(indicator, traits):
                yield indicator.id, slot
    for line in rubric.red_lines:
        for slot in red_line_slots(line):
            yield line.id or "", slot
    for extra in rubric.extras:
        for slot in extra_slots(extra):
            yield extra.id, slot


def _flag(trigger: Trigger) -> Iterable[Slot]:
    if trigger.flag is not None:
        yield Slot(trigger.flag, trigger.label, "flag", options=("是", "否"), optional=True)


def rule_slots(
    rule: Rule | Bonus | Penalty, points: Decimal, traits: Traits | None = None
) -> tuple[Slot, ...]:
    """Returns the slots of one rule whose P is ``points`` (points)."""
    match rule:
        case Deduct():
            return tuple(
                Slot(f.id or "", f.label, "count", f.unit, range=_COUNT, zero_if_blank=True)
                for f in rule.faults
            )
        case Checklist():
            return tuple(Slot(item.id, item.label, "yes_no") for item in rule.items)
        case AllOrNone():
            wanted = [(item.id, item.label) for item in rule.requirements] or [("", "是否符合")]
            return tuple(Slot(key, label, "yes_no") for key, label in wanted)
        case EnteredPoints():
            allowed = parse_range(f"[0, {points}]")
            step = None if rule.values else rule.step
            return (Slot("", "得分", "points", "分", (), allowed, step, rule.values),)
        case Discretionary():
            allowed = parse_range(f"[0, {rule.most}]")
            return (
                Slot(
                    "",
                    f"扣分（0 或 {rule.least}～{rule.most}）",
                    "points",
                    "分",
                    range=allowed,
                    deducts=True,
                ),
                Slot("reason", "扣分理由", "reason", optional=True),
            )
        case Grade():
            return (Slot("", "等级", "choice", options=tuple(rule.levels)),)
        case Threshold():
            return tuple(slot for reading in rule.readings for slot in _samples(reading))
        case Bands():
            return (Slot("", rule.label, rule.measure, rule.unit, range=rule.domain),)
        case Linear():
            return (Slot("", rule.label, "number", rule.unit),)
        case Ratio():
            return (
                Slot("have", rule.numerator, "count", rule.unit, range=_COUNT),
                Slot("due", rule.denominator, "count", rule.unit, range=_COUNT),
            )
        case Quota():
            return (Slot("", rule.label, "count", rule.unit, range=_COUNT),)
        case Votes():
            return (
                *(Slot(name, f"“{name}”票", "count", "票", range=_COUNT) for name in rule.options),
                Slot("invalid", "弃权和废票", "count", "票", range=_COUNT),
                Slot("entitled", "应到人数", "count", "人", range=_COUNT),
            )
        case Survey():
            return (
                Slot("satisfied", "满意份数", "count", "份", range=_COUNT),
                Slot("returned", "收回有效份数", "count", "份", range=_COUNT),
                Slot("sent", "发出份数", "count", "份", range=_COUNT),
            )
        case Composite():
            return tuple(
                replace(
                    slot,
                    key=f"{part.id}.{slot.key}" if slot.key else part.id,
                    group=f"{part.id}.{slot.group}" if slot.group else "",
                    label=f"{part.label}：{slot.label}" if part.label else slot.label,
                )
                for part in rule.parts
                if traits is None or holds(part.when, traits)
                for slot in rule_slots(
                    part.rule, points if part.points is None else part.points, traits
                )
            )
        case Bonus() | Penalty():
            return (Slot("", "数量", "count", rule.unit, range=_COUNT, optional=True),)


def _samples(reading: Reading) -> Iterator[Slot]:
    base = reading.id or ""
    if reading.samples == 1:
        yield Slot(
            base,
            reading.label,
            reading.measure,
            reading.unit,
            range=reading.domain,
            optional=reading.optional,
        )
        return
    for number in range(1, reading.samples + 1):
        yield Slot(
            f"{base}.{number}" if base else str(number),
            f"{reading.label} {number}",
            reading.measure,
            reading.unit,
            range=reading.domain,
            group=base or "samples",
            optional=number > 1 or reading.optional,
        )

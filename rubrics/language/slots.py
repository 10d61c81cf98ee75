"""Everything that is filled in under a rubric: the slots of rules, and the questions beside them.

``INDICATOR.key`` is a slot's address in the rubric: the row of a workbook, the column of a table of
plain observations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from rubrics.language.rubric import Extra, Indicator, RedLine, Rubric, Trigger
from rubrics.rules import Slot, Values, joined
from rubrics.values.conditions import Traits, holds


def address(owner: str, slot: Slot) -> str:
    """Returns ``A1`` or ``A1.key``: the slot's address in the rubric."""
    return joined(owner, slot.key)


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
    return (*indicator.rule.slots_for(indicator.points, traits), *flags.values())


def in_order(indicator: Indicator, traits: Traits | None = None) -> Values | None:
    """Returns what is entered for an indicator that was seen and in order: its flags are 否.

    None where its rule asks for a figure that nobody knows from that. ``traits`` as in ``slots``.
    """
    found = indicator.rule.in_order_for(traits)
    if found is None:
        return None
    flags = (slot.key for slot in slots(indicator, traits) if slot.entry == "flag")
    return {**found, **dict.fromkeys(flags, Decimal(0))}


def red_line_slots(line: RedLine) -> tuple[Slot, ...]:
    """Returns the flags of a red line that belongs to no indicator; the owner is ``line.id``."""
    return tuple(slot for trigger in line.triggers for slot in _flag(trigger))


def extra_slots(extra: Extra) -> tuple[Slot, ...]:
    """Returns the one slot of a bonus or penalty item: how many."""
    return extra.rule.slots()


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

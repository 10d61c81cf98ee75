"""Facts that wait for a team to agree: at how many schools, and what they may still cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from inspections.records.record import Observation
from inspections.round.round import Combining
from rubrics.language.facts import facts_of
from rubrics.language.rubric import Rubric
from rubrics.language.slots import address
from rubrics.rules import PeriodLength, Slot
from rubrics.rules.exact import quotient
from rubrics.values.points import BoolArray, IntArray
from scoring.engine.agreeing import Agreed
from scoring.engine.codes import CHECKED, decoded
from scoring.engine.items import Items, combined_items, evidence_stake, proven_items
from scoring.verdict.redlines import RedLines, red_lines_of


@dataclass(frozen=True, slots=True)
class Disputes:
    """``items``: schools x indicators on which inspectors differ; ``at_stake``: units that the
    harsher finding would cost with its evidence, beside those that wait for evidence by now.
    ``crossed``: schools x red lines that it would cross.
    ``slots``: the facts of every owner.
    """

    facts: Agreed
    items: BoolArray
    at_stake: IntArray
    crossed: BoolArray
    slots: Mapping[str, Mapping[str, Slot]]

    def waiting(self, red_lines: RedLines) -> RedLines:
        """Returns red lines; those that only the harsher finding crosses wait (红线待核)."""
        return replace(red_lines, waiting=red_lines.waiting | (self.crossed & ~red_lines.hits))

    def standing(self, row: int, seen: Observation) -> Observation:
        """Returns an indicator's entry in one record (row) with the facts that count."""
        values, columns = dict(seen.values), self.facts.kind
        for key, slot in self.slots.get(seen.owner, {}).items():
            at = columns.slots[address(seen.owner, slot)]
            values.pop(key, None)
            if columns.given[row, at]:
                values[key] = decoded(slot, int(columns.units[row, at]))
        return replace(seen, values=values)


def disputes_of(
    rubric: Rubric,
    facts: Agreed | None,
    items: Items,
    combining: Combining,
    elapsed: Mapping[PeriodLength, int],
) -> Disputes | None:
    """Returns where inspectors differ in facts; None where they agree, or need not."""
    if facts is None or not facts.disputed.any():
        return None
    columns = facts.kind
    owners = [columns.owners[item.id] for item in rubric.indicators]
    harsh = combined_items(rubric, facts.harsh, combining, elapsed)
    lines = red_lines_of(rubric, facts.harsh, harsh)
    both = (items.states == CHECKED) & (harsh.states == CHECKED)
    # Evidence that has not come hides what the harsher finding costs, not that it may.
    proven = proven_items(rubric, harsh, facts.harsh, combining)
    waits = quotient(evidence_stake(rubric, items, columns, combining), items.fine)
    # Where inspectors are combined by their median, a harsher fact need not cost anything.
    cost = quotient(items.earned, items.fine) - quotient(proven, harsh.fine) - waits
    return Disputes(
        facts,
        columns.any_record(facts.disputed[:, owners]),
        np.maximum(cost, 0) * both,
        lines.hits | lines.waiting,
        facts_of(rubric),
    )

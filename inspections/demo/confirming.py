"""A section in which all was in order: its inspector says so once, with 其余全部符合."""

from __future__ import annotations

from datetime import time

from inspections.demo.facts import value_of
from inspections.demo.filling import Filled
from inspections.round.school import School
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.slots import address, in_order, slots
from rubrics.values.conditions import holds

_LEAST = 3
"""Whoever has fewer items to confirm fills them in."""


def confirm_section(filled: Filled, rubric: Rubric, school: School) -> bool:
    """Confirms one section without faults in place of its entries; whether there is one.

    What is in order only if a figure says so keeps its entry, and so does what has evidence.
    """
    for section in rubric.dimensions:
        asked = [one for one in section.indicators if holds(one.when, school.traits)]
        left = [rows for one in asked if (rows := _rows_in_order(filled, one, school))]
        faulty = any(filled.rows[row].fault for row in _rows(filled, asked, school))
        if faulty or len(left) < _LEAST:
            continue
        for row in (row for rows in left for row in rows):
            del filled.rows[row]
        filled.sections[section.id] = "√"
        return True
    return False


def _rows(filled: Filled, asked: list[Indicator], school: School) -> list[str]:
    found = [address(one.id, slot) for one in asked for slot in slots(one, school.traits)]
    own = [one.id for one in asked]
    return [row for row in dict.fromkeys([*found, *own]) if row in filled.rows]


def _rows_in_order(filled: Filled, one: Indicator, school: School) -> list[str]:
    """The rows of an indicator, if they hold just what a confirmation would say of it."""
    due = in_order(one, school.traits)
    rows = _rows(filled, [one], school)
    typed = {slot.key: address(one.id, slot) for slot in slots(one, school.traits)}
    if due is None or any(filled.rows[row].evidence for row in rows):
        return []
    for key, row in typed.items():
        said = filled.rows[row].value if row in filled.rows else None
        held = value_of(said) if isinstance(said, int | float | str | time) else None
        if held != due.get(key):
            return []
    return rows

"""What a workbook is made from: which sheets, for whom, and what is already entered in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import TypeAlias

from inspections.records.self_assessment import OwnScore
from inspections.round.school import Inspector, School

Typed: TypeAlias = Decimal | int | float | str | time | date | None
"""What stands in a cell: numbers as numbers, texts as texts, a time or a date as Excel has them."""


@dataclass(frozen=True, slots=True)
class RowEntry:
    """What is entered in one row; the notes and the state belong to an owner's first row."""

    value: Typed = None
    state: str = ""
    fault: str = ""
    evidence: str = ""
    remark: str = ""
    at_once: str = ""


@dataclass(frozen=True, slots=True)
class SheetEntries:
    """What is entered in one sheet: the head by label, the rows by address, and by the id of a
    dimension what stands in its 其余全部符合. ``feedback``: what is typed on 现场反馈单, by label.
    """

    head: Mapping[str, Typed] = field(default_factory=dict)
    rows: Mapping[str, RowEntry] = field(default_factory=dict)
    sections: Mapping[str, Typed] = field(default_factory=dict)
    feedback: Mapping[str, Typed] = field(default_factory=dict)


NOTHING = SheetEntries()


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One visit sheet: which school under which rubric, and whose it is.

    ``inspector`` is None where the team fills one sheet together. ``team`` names the 检查组;
    its members are offered in the list of 同行督学. ``own``: what the school gave itself before,
    by indicator; None where the rubric does not ask it.
    """

    school: School
    rubric: str
    occasion: str
    team: str = ""
    inspector: Inspector | None = None
    entries: SheetEntries = NOTHING
    own: Mapping[str, OwnScore] | None = None

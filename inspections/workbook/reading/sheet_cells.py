"""The cells of one filled sheet, and what is reported of a single one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from inspections.records.entries import shown
from inspections.records.record import Value
from inspections.records.shown_text import Agreement, agreement, same_words
from inspections.round.table import row_and_column
from inspections.workbook.reading.as_shown import is_percent, seen
from inspections.workbook.reading.cell_facts import CellFacts
from inspections.workbook.reading.workbook_record import TypedCell
from rubrics.messages.problems import Place, Problem, problem
from rubrics.rules import Slot

_FIRST = 5


def some_cells(cells: Iterable[tuple[str, object]]) -> str:
    """Returns the first few of (A1 name, content) in words: ``B2“记一笔”、C3“…”等 9 格``."""
    everything = list(cells)
    said = "、".join(f"{at}“{shown(raw)}”" for at, raw in everything[:_FIRST])
    return said if len(everything) <= _FIRST else f"{said}等 {len(everything)} 格"


@dataclass(slots=True)
class SheetCells:
    """The cells of one sheet; collects what is wrong with them and what was typed.

    ``signed``: what was typed on the lines to sign on. Codes: entry-lost, entry-hidden,
    entry-shown, entry-formula.
    """

    rows: Sequence[Sequence[object]]
    file: str
    name: str
    facts: CellFacts
    problems: list[Problem] = field(default_factory=list)
    typed: list[TypedCell] = field(default_factory=list)
    signed: list[TypedCell] = field(default_factory=list)

    def report(self, cell: str, code: str, /, **params: object) -> None:
        """Adds a problem at a cell."""
        self.problems.append(problem(code, self.place(cell), **params))

    def place(self, cell: str) -> Place:
        """Returns where a cell is."""
        return Place(self.file, self.name, cell)

    def has_picture(self, name: str) -> bool:
        """Whether a picture lies in a cell."""
        at = (self.name, *row_and_column(name))
        return any((it.sheet, it.row, it.column) == at for it in self.facts.pictures)

    def is_lost(self, cell: str) -> bool:
        """Whether nobody can say what stood in a cell; then it is reported."""
        detail = self.facts.lost.get((self.name, cell))
        if detail:
            self.report(cell, "entry-lost", detail=detail)
        return detail is not None

    def is_percent(self, cell: str, raw: object) -> bool:
        """Whether a cell shows its number as a per cent."""
        return is_percent(self.facts, self.name, cell, raw)

    def shows_other(self, cell: str, slot: Slot, raw: object, value: Value | None) -> bool:
        """Whether a cell shows something else than the value that was read from it; then, and
        where it shows the number rounded, that is reported.
        """
        found = None if value is None else seen(self.facts, self.name, cell, raw)
        if found is None or value is None:
            return False
        said = agreement(slot, value, found.text)
        if said is Agreement.ROUNDED:
            self.report(cell, "entry-hidden", shown=found.text.strip(), value=str(value))
        if said is Agreement.OTHER:
            self.report(cell, "entry-shown", shown=str(found), stored=shown(raw))
        return said is Agreement.OTHER

    def words(self, cell: str, raw: object) -> object:
        """Returns what a cell for words holds; nothing where it shows others, or holds a number
        beyond all numbers (1E+999), either of which is reported.
        """
        if isinstance(raw, float) and not math.isfinite(raw):
            self.report(cell, "entry-lost", detail="写坏的数字")
            return ""
        found = seen(self.facts, self.name, cell, raw) if isinstance(raw, str) else None
        if found is None or same_words(found.text, str(raw)):
            return raw
        self.report(cell, "entry-shown", shown=str(found), stored=shown(raw))
        return ""

    def say_formulas(self, cells: Iterable[str]) -> None:
        """Reports which of these cells are results of formulas."""
        for name in cells:
            row, column = row_and_column(name)
            self.say_formula(name, self.rows[row][column])

    def say_formula(self, cell: str, raw: object) -> None:
        """Reports a value that is the result of a formula."""
        formula = self.facts.formulas.get((self.name, cell))
        if formula:
            self.report(cell, "entry-formula", formula=formula, value=shown(raw))

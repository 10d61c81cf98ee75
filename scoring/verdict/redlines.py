"""Key items that fail and red lines that are crossed, and what a red line does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rubrics.language.rubric import Consequence, Indicator, RedLine, Rubric, Trigger
from rubrics.language.slots import red_line_slots
from rubrics.language.wording import RANKS
from rubrics.rules.cells import Cells
from rubrics.values.points import BoolArray, IntArray
from scoring.engine.codes import CHECKED
from scoring.engine.columns import Columns
from scoring.engine.items import Items
from scoring.engine.scale import worst
from scoring.engine.triggers import lowest, seen

AfterRedLine = Literal["last", "unranked"]


@dataclass(frozen=True, slots=True)
class Line:
    """A red line, and whose it is: an indicator's, or its own (``indicator`` is None)."""

    owner: str
    line: RedLine
    indicator: Indicator | None


@dataclass(frozen=True, slots=True)
class RedLines:
    """Schools x indicators: ``failing`` (key items by their triggers, others by any loss).

    Schools x red lines (``lines``): ``hits`` in effect, ``waiting`` for evidence (红线待核).
    """

    failing: BoolArray
    lines: tuple[Line, ...]
    hits: BoolArray
    waiting: BoolArray


def red_lines_of(rubric: Rubric, columns: Columns, items: Items) -> RedLines:
    """Returns the failing items and the red lines of all schools.

    Answers and figures count from any record that was checked, ``below`` from what all records
    together earned. Under ``pending: full`` a record without its evidence sets off nothing.
    """
    lines, schools = red_lines(rubric), len(columns.schools)
    failing = items.lost > 0
    hits = np.zeros((schools, len(lines)), bool, "F")
    waiting = np.zeros((schools, len(lines)), bool, "F")
    for place, item in enumerate(rubric.indicators):
        own_key = item.key is not None and item.key.triggers
        if not own_key and not item.red_lines:
            continue
        figures = _figures(rubric, columns, items, place)
        if own_key and item.key is not None:
            failing[:, place] = figures.met(item.key.triggers)
        for number, line in enumerate(lines):
            if line.indicator is item:
                hits[:, number] = figures.met(line.line.triggers)
                waiting[:, number] = figures.waiting(line.line.triggers) & ~hits[:, number]
    for number, line in enumerate(lines):
        if line.indicator is None:
            keys = [slot.key for slot in red_line_slots(line.line)]
            answered = seen(line.line.triggers, None, columns.cells(line.owner, keys, {}))
            answered = answered & (columns.states[:, columns.owners[line.owner]] == CHECKED)
            hits[columns.school[answered], number] = True
    return RedLines(failing, lines, hits, waiting)


def costs_rank(red_lines: RedLines, otherwise: AfterRedLine) -> tuple[BoolArray, BoolArray]:
    """Returns which schools' red lines put them last, and which leave them unranked.

    ``otherwise``: what the round does where a red line costs the rank and does not say how.
    Unranked comes before last.
    """
    last, unranked = (np.zeros(len(red_lines.hits), bool) for _ in range(2))
    for place, line in enumerate(red_lines.lines):
        rank = rank_after(line.line.consequence, otherwise)
        if rank != "kept":
            into = last if rank == "last" else unranked
            into |= red_lines.hits[:, place]
    return last & ~unranked, unranked


def rank_after(does: Consequence, otherwise: AfterRedLine) -> Literal["last", "unranked", "kept"]:
    """Returns what becomes of the rank: what is written, else kept where the score is kept."""
    return does.rank or (otherwise if does.costs_the_rank else "kept")


def _figures(rubric: Rubric, columns: Columns, items: Items, place: int) -> _Figures:
    item, records = rubric.indicators[place], items.records
    least = worst(rubric, item.points)
    return _Figures(
        item,
        items.entries[item.id].cells,
        columns.school,
        items.states[:, place] == CHECKED,
        items.earned[:, place] - least * items.fine,
        items.fine,
        records.states[:, place] == CHECKED,
        records.observed[:, place] - least,
        records.pending[:, place] & (rubric.pending == "full"),
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    """One indicator: what schools kept of P together, what records kept alone, who is in doubt.

    ``fine`` of what schools kept make a unit.
    """

    indicator: Indicator
    cells: Cells
    school: IntArray
    checked: BoolArray
    kept: IntArray
    fine: int
    there: BoolArray
    kept_alone: IntArray
    doubt: BoolArray

    def met(self, triggers: Sequence[Trigger]) -> BoolArray:
        """Schools in which a trigger is met and stands."""
        found = self._schools(self._seen(triggers, self.there & ~self.doubt))
        limit = lowest(triggers)
        return found if limit is None else found | self.checked & (self.kept < limit * self.fine)

    def waiting(self, triggers: Sequence[Trigger]) -> BoolArray:
        """Schools in which a record without its evidence would meet a trigger."""
        if not self.doubt.any():
            return np.zeros_like(self.checked)
        rows = self._seen(triggers, self.doubt)
        limit = lowest(triggers)
        if limit is not None:
            rows = rows | self.doubt & (self.kept_alone < limit)
        return self._schools(rows)

    def _seen(self, triggers: Sequence[Trigger], rows: BoolArray) -> BoolArray:
        return rows & seen(triggers, self.indicator.rule, self.cells)

    def _schools(self, rows: BoolArray) -> BoolArray:
        found = np.zeros_like(self.checked)
        found[self.school[rows]] = True
        return found


def red_lines(rubric: Rubric) -> tuple[Line, ...]:
    """Returns all red lines: the indicators', then the rubric's own."""
    found = [
        Line(line.id or indicator.id, line, indicator)
        for indicator in rubric.indicators
        for line in indicator.red_lines
    ]
    return (*found, *(Line(line.id or "", line, None) for line in rubric.red_lines))


def effect(consequence: Consequence) -> str:
    """Returns what a red line does, in Chinese."""
    texts = []
    if consequence.zero_total:
        texts.append("总分归零")
    if consequence.grade is not None:
        texts.append(f"等次定为“{consequence.grade}”")
    if consequence.ceiling is not None:
        texts.append(f"等次不高于“{consequence.ceiling}”")
    if consequence.lower:
        texts.append(f"等次降 {consequence.lower} 档")
    if consequence.award_lost:
        texts.append("取消评优评先资格")
    if consequence.rank is not None:
        texts.append(RANKS[consequence.rank])
    if consequence.refer:
        texts.append(consequence.refer)
    return "；".join(texts)

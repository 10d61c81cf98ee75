"""其余全部符合: one entry that says of all blank items of a dimension that they were in order."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace

from inspections.records.item_lists import CONFIRM_EVIDENCE, CONFIRM_FIGURES, listing
from inspections.records.observing import Answers, Question, observe
from inspections.records.record import Observation, State
from inspections.workbook.form.layout import CONFIRM, HEADER_ROW, Column
from rubrics.messages.problems import Place, Problem, problem

CONFIRMED_BY = f"由“{CONFIRM.label}”确认"
"""Stands as the reason of an observation that was made so."""


def confirming_rows(
    rows: Sequence[Sequence[object]], sections: Container[str], among: Iterable[int] | None = None
) -> dict[str, int]:
    """Returns the rows (counted from 0) with a confirmation, by the id of the dimension.

    They are known by its label, and by the id with which the heading begins; ``among``: the rows
    without an address, where these are known. Of two rows for one dimension the first counts.
    """
    found: dict[str, int] = {}
    for at in range(HEADER_ROW, len(rows)) if among is None else among:
        row = rows[at]
        if len(row) <= Column.ENTRY or "".join(str(row[Column.PROMPT]).split()) != CONFIRM.label:
            continue
        section = (str(row[Column.TITLE]).split() or [""])[0]
        if section in sections and row[Column.ADDRESS] == "":
            found.setdefault(section, at)
    return found


def beyond_it(item: Problem) -> Problem:
    """Returns what is missing in an item that was filled in part, as a confirmed section tells it:
    nothing is filled in beside what was typed. Code: confirm-partly.
    """
    if item.code != "entry-missing":
        return item
    return problem("confirm-partly", item.place, **dict(item.params))


@dataclass(slots=True)
class Confirmation:
    """One dimension (``name``, as headed) that was confirmed at ``place``.

    ``filled``: how many items it filled in. ``lacking``: what it cannot fill in, id -> cell.
    ``owed``: what it filled in and has no evidence of, which is asked for without any deduction.
    """

    name: str
    place: Place
    filled: int = 0
    lacking: dict[str, str] = field(default_factory=dict)
    owed: dict[str, str] = field(default_factory=dict)

    def observe(self, asked: Question, answers: Answers) -> tuple[Observation, list[Problem]]:
        """Returns the observation of an item in which nothing was entered, and its problems.

        Codes: those of :func:`~inspections.records.observing.observe`, but for evidence-missing,
        which is told once for the whole dimension.
        """
        if asked.excused:
            return observe(asked, answers)
        if asked.in_order is None:
            cells = (place.cell for place in answers.places.values() if place.cell)
            self.lacking[asked.indicator.id] = next(cells, "")
            return observe(asked, answers)
        self.filled += 1
        seen, problems = observe(asked, answers._replace(values=asked.in_order))
        for item in problems:
            if item.code == "evidence-missing":
                self.owed[asked.indicator.id] = item.place.cell
        problems = [item for item in problems if item.code != "evidence-missing"]
        return replace(seen, reason=CONFIRMED_BY if seen.state is State.CHECKED else ""), problems

    def problems(self) -> Iterable[Problem]:
        """Yields what is to be said of the confirmation, once all items of its section are read.

        ``cells`` has a cell of every item. Codes: confirm-figures, confirm-evidence,
        confirm-nothing.
        """
        if self.lacking:
            yield listing(CONFIRM_FIGURES, self.place, self.lacking, section=self.name)
        elif not self.filled:
            yield problem("confirm-nothing", self.place, section=self.name)
        if self.owed:
            yield listing(CONFIRM_EVIDENCE, self.place, self.owed, section=self.name)

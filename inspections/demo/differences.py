"""Two inspectors of one visit who counted differently: still open, settled, corrected late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

from inspections.collecting.decision_making import judge_item
from inspections.demo.clockless import save
from inspections.demo.filling import Filled, own_row
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.round.opened import OpenRound
from inspections.round.school import School
from inspections.workbook.form.layout import Column, sheet_layout
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem
from rubrics.rules import PeriodLength, Quota
from rubrics.values.conditions import holds


@dataclass(frozen=True, slots=True)
class Miscount:
    """A number of which one of two inspectors entered one less, with the fact and the paper.

    ``most`` is what the other entered, in ``other``, a workbook of ``returned/``.
    """

    school: str
    rubric: str
    item: str
    most: int
    fault: str
    paper: str
    other: Path


@dataclass(frozen=True, slots=True)
class Differences:
    """The visits of the sample whose inspectors differ: three, by what becomes of them.

    ``open`` waits for the inspectors. Of ``settled`` the bureau finds that the lower count was a
    slip. Of ``late`` the lower count is right, which the other inspector sees after the scores
    are published. None where a small county has no such visits.
    """

    open: Miscount | None = None
    settled: Miscount | None = None
    late: Miscount | None = None


def miscount(
    filled: Filled,
    rubric: Rubric,
    school: School,
    elapsed: Mapping[PeriodLength, int],
    other: Path,
) -> Miscount | None:
    """Lowers one count of a quota in a filled sheet; None where the sheet has no such count."""
    for indicator in rubric.indicators:
        rule, own = indicator.rule, own_row(indicator, school)
        typed = filled.rows.get(own)
        if not isinstance(rule, Quota) or typed is None or not holds(indicator.when, school.traits):
            continue
        held, due = typed.value, rule.required(elapsed)
        if isinstance(held, int) and 0 < held == due:
            said = f"{rule.label}：应 {due} {rule.unit}，实际 {held - 1} {rule.unit}"
            paper = f"{indicator.method[0]}记录第{held:04}号"
            filled.enter(own, value=held - 1, fault=said, evidence=paper)
            return Miscount(school.id, rubric.id, own, held, said, paper, other)
    return None


def settle(opened: OpenRound, one: Miscount) -> list[Problem]:
    """Lets the bureau decide that the higher count stands; what came back has been collected."""
    by = By("教育局督导室", "两名督学一起重看了记录，以记录为准")
    _, problems = judge_item(
        opened, Verdict.CORRECT, one.school, one.rubric, one.item, by, value=str(one.most)
    )
    return problems


def correct_late(opened: OpenRound, one: Miscount) -> None:
    """Puts the marked copy of the workbook with the higher count into ``returned/``, corrected.

    As its inspector would do: types over the count, adds the fact and the paper, and saves it
    beside the first one, with WPS.
    """
    copy = opened.folder.marked / one.other.relative_to(opened.folder.returned)
    book = load_workbook(copy)
    school = opened.roster.schools[one.school]
    row = sheet_layout(opened.rubrics[one.rubric], school.traits).by_address[one.item].number
    sheet = book[school.name]
    sheet[Column.ENTRY.at(row)] = one.most - 1
    sheet[Column.FAULT.at(row)] = one.fault
    sheet[Column.EVIDENCE.at(row)] = one.paper
    save(book, one.other.with_name(f"{one.other.stem}（更正）.xlsx"), folders=True)


def untouched(count: int, spacing: int) -> set[int]:
    """Returns the numbers of sheets with which no slip and no stray file has to do."""
    strays = set(list(range(count))[3 :: max(1, count // 7)])
    return {n for n in range(count) if n % spacing != spacing // 2 and n not in strays}

"""Two inspectors of one visit who counted differently: once still open, once settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspections.collecting.collecting import collect
from inspections.collecting.decision_making import judge_item
from inspections.demo.filling import Filled, own_row
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.round.opened import OpenRound
from inspections.round.school import School
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem
from rubrics.messages.watching import Progress
from rubrics.rules import PeriodLength, Quota
from rubrics.values.conditions import holds


@dataclass(frozen=True, slots=True)
class Miscount:
    """A number that one of two inspectors entered too low; ``right`` is the other's."""

    school: str
    rubric: str
    item: str
    right: int


def miscount(
    filled: Filled, rubric: Rubric, school: School, elapsed: Mapping[PeriodLength, int]
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
            return Miscount(school.id, rubric.id, own, held)
    return None


def settle(opened: OpenRound, found: Sequence[Miscount], progress: Progress) -> list[Problem]:
    """Collects the round; lets the bureau decide all miscounts but the first, which stays open."""
    collect(opened, progress)
    problems: list[Problem] = []
    for one in found[1:]:
        by = By("教育局督导室", "两名督学一起重看了记录，以记录为准")
        _, met = judge_item(
            opened, Verdict.CORRECT, one.school, one.rubric, one.item, by, value=str(one.right)
        )
        problems += met
    return problems


def untouched(count: int, spacing: int) -> set[int]:
    """Returns the numbers of sheets with which no slip and no stray file has to do."""
    strays = set(list(range(count))[3 :: max(1, count // 7)])
    return {n for n in range(count) if n % spacing != spacing // 2 and n not in strays}

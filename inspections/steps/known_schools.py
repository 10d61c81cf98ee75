"""What is known of schools when a draw is planned: from earlier rounds, and from complaints."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date

from inspections.follow_up.finders import finders
from inspections.ledger.of_round import has_ledger, ledger_of, open_round
from inspections.ledger.recalling import sheets
from inspections.ledger.rectification import all_cases
from inspections.planning.inputs import Inputs
from inspections.planning.weights import KnownSchool, weights
from inspections.rectification.states import standings
from inspections.round.folder import SETTINGS
from inspections.round.opened import OpenRound
from inspections.voices.complaints import complaints
from rubrics.messages.problems import Place, Problem, problem


def known_inputs(opened: OpenRound, day: date) -> tuple[Inputs, list[Problem]]:
    """Returns what a draw as of ``day`` follows from. Code: plan-former."""
    known = {school: KnownSchool() for school in opened.roster.schools}
    last: dict[str, tuple[str, frozenset[str]]] = {}
    found_it: dict[str, set[str]] = {}
    problems: list[Problem] = []
    for at, name in enumerate(opened.round.follows):
        former, _ = open_round(opened.folder.root / name)
        if former is None:
            problems.append(problem("plan-former", Place(SETTINGS, "", "follows"), name=name))
            continue
        if at == 0:
            problems += _grades(former, known, name)
        if has_ledger(former):
            _remembered(former, day, known, last, found_it)
    if has_ledger(opened):
        with ledger_of(opened) as held:
            _complained(complaints(held), known)
    drawing = opened.round.drawing
    weighs = weights(known, drawing.risk, day) if drawing else {}
    return Inputs(
        opened.round, opened.rubrics, opened.roster, weighs,
        {school: people for school, (_, people) in last.items() if people},
        {school: frozenset(people) for school, people in found_it.items() if people},
    ), problems  # fmt: skip


def _grades(former: OpenRound, known: Mapping[str, KnownSchool], name: str) -> list[Problem]:
    """Notes the grades of the last round, as they were written. Code: plan-former."""
    path = former.folder.results / "scores.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                school = (row.get("school_id") or "").removeprefix("'")
                if school in known and row.get("grade"):
                    known[school].grades.append(str(row["grade"]))
    except (OSError, UnicodeDecodeError, csv.Error):
        return [problem("plan-former", Place(SETTINGS, "", "follows"), name=f"{name}/results")]
    return []


def _remembered(
    former: OpenRound,
    day: date,
    known: Mapping[str, KnownSchool],
    last: dict[str, tuple[str, frozenset[str]]],
    found_it: dict[str, set[str]],
) -> None:
    """Notes what an earlier round's ledger knows: open matters, complaints, visits, who went."""
    with ledger_of(former) as held:
        filled, cases = sheets(held), all_cases(held)
        _complained(complaints(held), known)
    by = finders(former, filled)
    for one in standings(cases, day):
        school = one.item.school
        if not one.finished and school in known:
            known[school].open_items += 1
            found_it.setdefault(school, set()).update(by(one.item))
    went: dict[str, dict[str, set[str]]] = {}
    for sheet in filled:
        if not sheet.day or sheet.key.school not in known:
            continue
        whose = sheet.key.inspector
        people = {whose} if whose in former.roster.inspectors else set()
        people |= {it.id for it in former.roster.members(whose)} if not people else set()
        went.setdefault(sheet.key.school, {}).setdefault(sheet.day[:10], set()).update(people)
    for school, days in went.items():
        latest = max(days)
        visited = date.fromisoformat(latest)
        then = known[school].visited
        known[school].visited = max(then, visited) if then else visited
        if school not in last or last[school][0] < latest:
            last[school] = latest, frozenset(days[latest])


def _complained(counts: Mapping[str, int] | None, known: Mapping[str, KnownSchool]) -> None:
    for school, count in (counts or {}).items():
        if school in known:
            known[school].complaints += count

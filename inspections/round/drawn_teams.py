"""Teams that were drawn (roster/teams.csv): who goes with whom, and when."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from inspections.round.avoided import listed
from inspections.round.headings import filled_rows, find_sections
from inspections.round.replaced import named
from inspections.round.school import DrawnTeam, Inspector
from inspections.round.table import code, read_table
from rubrics.messages.csv_text import literal
from rubrics.messages.problems import Problem, problem

HEADINGS: Final[Mapping[str, Sequence[str]]] = {
    "检查组": ("检查组",),
    "检查人员": ("检查人员",),
    "从": ("从",),
    "至": ("至",),
    "姓名": ("姓名",),
}
_NEEDED: Final = tuple(HEADINGS)[:4]


def teams_text(drawn: Mapping[str, DrawnTeam], people: Mapping[str, Inspector]) -> str:
    """Returns the teams as csv, one line a team; names are for the reader."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for name, team in drawn.items():
        names = "、".join(people[it].name if it in people else it for it in team.members)
        cells = name, "、".join(team.members), str(team.since), str(team.until), names
        writer.writerow(map(literal, cells))
    return out.getvalue()


def read_teams(
    path: Path, people: Mapping[str, Inspector], file: str = ""
) -> tuple[dict[str, DrawnTeam], list[Problem]]:
    """Returns the teams that were drawn, by name; lines with a mistake are left out.

    Members go by code or name. Codes: those of ``read_table`` and ``find_sections``,
    drawn-team-value.
    """
    table, problems = read_table(path, file)
    if table is None:
        return {}, problems
    sections, more = find_sections([table], HEADINGS, _NEEDED)
    problems += more
    found: dict[str, DrawnTeam] = {}
    for section, row in ((it, row) for it in sections for row in filled_rows(it)):
        cells = {it: code(table.filled(row, section.columns.at[it])) for it in _NEEDED}
        cells = {it: text.removeprefix("'") for it, text in cells.items()}
        members = [named(people, it) for it in listed(cells["检查人员"])]
        days = [_day(cells[it]) for it in ("从", "至")]
        wrong = next(
            (
                heading
                for heading, right in (
                    ("检查组", cells["检查组"] and cells["检查组"] not in found),
                    ("检查人员", members and all(len(it) == 1 for it in members)),
                    ("从", days[0]),
                    ("至", days[0] and days[1] and days[0] <= days[1]),
                )
                if not right
            ),
            None,
        )
        if wrong or days[0] is None or days[1] is None:
            heading = wrong or "至"
            place = table.place(row, section.columns.at[heading])
            problems.append(
                problem("drawn-team-value", place, heading=heading, value=cells[heading])
            )
        else:
            found[cells["检查组"]] = DrawnTeam(tuple(it[0] for it in members), days[0], days[1])
    return found, problems


def _day(text: str) -> date | None:
    """A day as we write it, or as Excel has made it: 2026-09-01, 2026/9/1."""
    try:
        year, month, day = map(int, text.split()[0].replace("/", "-").split("-"))
        return date(year, month, day)
    except (ValueError, IndexError):
        return None

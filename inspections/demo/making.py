"""Makes the sample county in a folder: a started round, blank workbooks, and those returned."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from inspections.demo.confirming import confirm_section
from inspections.demo.county import County, county, rounds, write_rosters
from inspections.demo.differences import Differences, Miscount, miscount, untouched
from inspections.demo.filling import AFTERNOON, MORNING, Filled, fill
from inspections.demo.mistakes import SLIPS, section_skipped
from inspections.demo.photographs import write_all_evidence, write_evidence
from inspections.demo.stray_files import write_strays
from inspections.demo.voices import ITEM, RUBRIC, VOICES, Counted, counted_in, write_voices
from inspections.round.contact import Contact
from inspections.round.drawing_settings import Drawing
from inspections.round.elapsed import elapsed_periods
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from inspections.round.plan import teams
from inspections.round.round import (
    Combining,
    GradeQuota,
    Letters,
    Period,
    Ranking,
    Rectification,
    Round,
    Teaching,
)
from inspections.round.school import Assignment, Inspector
from inspections.round.settings import read_settings
from inspections.round.starting import STARTING, start_round
from inspections.workbook.drawing.writing import Workbooks
from inspections.workbook.form.contents import SheetEntries, SheetSpec
from rubrics.messages.output import remove
from rubrics.messages.problems import Problem
from rubrics.messages.watching import Progress
from rubrics.rules import PeriodLength

_MISCOUNTS = len(fields(Differences))


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample as made: the round, how many workbooks came back, how many with mistakes.

    ``workbooks``: what has written them, and can write others of the round. ``voices``: files of
    what parents said, each with its survey and its kind.
    """

    opened: OpenRound
    returned: int
    faulty: int
    differences: Differences
    workbooks: Workbooks
    voices: tuple[tuple[Path, str, str], ...] = ()


def make_sample(
    root: Path, progress: Progress, of: County | None = None
) -> tuple[Sample | None, list[Problem]]:
    """Makes the invented county's round in ``root``, which must not be there or be empty, by the
    plan that it begins with: nothing is drawn.

    ``of``: the county with other schools and inspectors. The same bytes in every run. Codes:
    those of ``start_sample`` and ``write_whole``.
    """
    opened, problems = start_sample(root, of or county())
    return (None if opened is None else fill_sample(opened, progress, problems)), problems


def make_beside(root: Path, progress: Progress) -> tuple[Sample | None, list[Problem]]:
    """Makes the small round of the season in ``root``, which must not be there or be empty.

    All workbooks have come back, and none has a mistake. The same bytes in every run. Codes:
    those of ``start_sample`` and ``write_whole``.
    """
    opened, problems = start_sample(root, county())
    if opened is None:
        return None, problems
    elapsed = elapsed_periods(opened.round)
    workbooks = Workbooks(opened.round, opened.rubrics, opened.roster, elapsed)
    jobs = list(due_sheets(opened))
    filled: list[tuple[Path, SheetSpec]] = []
    for number, due in enumerate(jobs):
        assignment, inspector = due.assignment, due.inspector
        entered = filled_by(opened, due, elapsed)
        filled.append(_sheet(opened, assignment, inspector, entered))
        problems += workbooks.write(
            filled[-1][0], [filled[-1][1]], opened.folder.name(filled[-1][0])
        )
        progress(number + 1, len(jobs))
    write_all_evidence(opened, filled)
    return Sample(opened, len(filled), 0, Differences(), workbooks), problems


def start_sample(root: Path, of: County) -> tuple[OpenRound | None, list[Problem]]:
    """Starts the round of the season with rosters that are gone afterwards. Codes: those of
    ``start_round``.
    """
    with tempfile.TemporaryDirectory() as rosters:
        schools, inspectors = write_rosters(Path(rosters), of)
        opened, problems = start_round(root, _settings(county().settings), schools, inspectors)
    if opened is None:
        return None, problems
    # The rosters that were handed in are gone; what is told of them is told of those that stay.
    of_round = {str(schools): opened.folder.schools, str(inspectors): opened.folder.inspectors}
    problems = [
        replace(item, place=replace(item.place, file=opened.folder.name(of_round[item.place.file])))
        if item.place.file in of_round
        else item
        for item in problems
    ]
    return opened, problems


def _sheet(
    opened: OpenRound, assignment: Assignment, inspector: Inspector, entered: Filled
) -> tuple[Path, SheetSpec]:
    """The sheet of one inspector as filled in, and where it comes back."""
    school, rubric = opened.roster.schools[assignment.school], opened.rubrics[assignment.rubric]
    spec = SheetSpec(
        school,
        assignment.rubric,
        assignment.occasion,
        assignment.team,
        inspector,
        SheetEntries(entered.head, entered.rows, entered.sections),
    )
    path = opened.folder.returned / assignment.team / inspector.name
    return path / f"{school.name}_{rubric.title}.xlsx", spec


def is_sample(root: Path) -> bool:
    """Whether a folder holds the invented county's round, and may therefore be replaced."""
    for path in (Folder(root).settings, root / STARTING):
        if path.is_file():
            held, _ = read_settings(path, path.name)
            return held is not None and held.id in rounds()
    return False


def clear_sample(root: Path) -> list[Problem]:
    """Empties the folder of a sample, to be made anew; code: output-locked, for what stays.

    Stopped half way, it leaves a folder that ``is_sample`` still knows.
    """
    if Folder(root).settings.is_file():
        os.replace(Folder(root).settings, root / STARTING)
    for path in sorted(root.iterdir()) if root.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != STARTING:
            path.unlink()
    left = [path for path in root.rglob("*") if path.name != STARTING and not path.is_dir()]
    return [met for path in left for met in remove(path, str(path))]


def _settings(settings: dict[str, Any]) -> Round:
    sample = county()
    weights, quota = settings["weights"], settings["quota"]
    assert isinstance(weights, dict)
    rubrics = tuple(settings.get("rubrics", weights))
    return Round(
        id=str(settings["id"]),
        title=str(settings["title"]),
        bureau=str(settings["bureau"]),
        contact=Contact.model_validate(settings["contact"]),
        rubrics=rubrics,
        window=Period(since=sample.day("window.since"), until=sample.day("window.until")),
        period=Period(since=sample.day("period.since"), until=sample.day("period.until")),
        teaching=tuple(Teaching.model_validate(span) for span in settings["teaching"]),
        raters="each",
        combining=Combining(facts="agreed", inspectors="mean"),
        ranking=Ranking(
            groups=tuple(settings.get("groups", ["学段"])),
            tie_keys=("key_failed",),
            quotas=(GradeQuota.model_validate(quota),) if quota else (),
            certainty=True,
        ),
        rectification=Rectification(offices=dict(settings["rectify_offices"])),
        weights={name: Decimal(weight) for name, weight in weights.items()},
        letters=Letters(
            numbers=str(settings["letter_numbers"]),
            day=sample.day("letters_day"),
            first_day=sample.day("first_day") if "first_day" in settings else None,
            objection_to=str(settings["objection_to"]),
        ),
        voices=VOICES if RUBRIC in rubrics else (),
        drawing=Drawing.model_validate(settings["drawing"]) if settings["drawing"] else None,
        note=str(settings["note"]),
        key=str(settings["key"]),
    )


def fill_sample(opened: OpenRound, progress: Progress, problems: list[Problem]) -> Sample:
    """Lets the inspectors of the plan fill in their workbooks; what cannot be written joins the
    problems. Codes: those of ``write_whole``.
    """
    elapsed = elapsed_periods(opened.round)
    workbooks = Workbooks(opened.round, opened.rubrics, opened.roster, elapsed)
    jobs = list(due_sheets(opened))
    # One visit never took place, and its workbooks never came.
    jobs = [job for job in jobs if job.assignment is not jobs[-1].assignment]
    filled: list[tuple[Path, SheetSpec]] = []
    counted: dict[str, Counted] = {}
    faulty = 0
    # Every slip twice, and in a large county one sheet in nine. An odd distance, so that both
    # members of a team have their share.
    spacing = min(len(jobs) // (2 * len(SLIPS)), 8) | 1
    miscounts: list[Miscount] = []
    skipped = confirmed = False
    fit = untouched(len(jobs), spacing)
    for number, due in enumerate(jobs):
        assignment, inspector = due.assignment, due.inspector
        school = opened.roster.schools[assignment.school]
        rubric = opened.rubrics[assignment.rubric]
        entered = filled_by(opened, due, elapsed)
        if assignment.rubric == RUBRIC and f"{ITEM}.returned" in entered.rows:
            counted.setdefault(school.id, counted_in(entered.rows))
        if number % spacing == spacing // 2:
            slip = SLIPS[number // spacing % len(SLIPS)]
            slip(entered, rubric, school, county().chance(school.id, rubric.id, "slip"))
            faulty += 1
        elif number in fit and not confirmed:
            confirmed = confirm_section(entered, rubric, school)
        before = [job.assignment is assignment for job in jobs[max(number - 2, 0) : number]]
        second = before[-1:] == [True] and before != [True, True]
        if second and {number - 1, number} <= fit:
            if len(miscounts) < _MISCOUNTS:
                found = miscount(entered, rubric, school, elapsed, filled[-1][0])
                miscounts += [found] if found else []
            elif not skipped:
                skipped = True
                section_skipped(entered, rubric, school)
        path, spec = _sheet(opened, assignment, inspector, entered)
        problems += workbooks.write(path, [spec], opened.folder.name(path))
        filled.append((path, spec))
        progress(number + 1, len(jobs))
    voices: list[tuple[Path, str, str]] = []
    if RUBRIC in opened.rubrics:
        voices, wrong = write_voices(opened, counted)
        problems += wrong
    strays = write_strays(opened, filled) + write_evidence(opened, filled)
    back = sum(1 for _ in opened.folder.returned.rglob("*.xlsx"))
    return Sample(opened, back, faulty + strays, Differences(*miscounts), workbooks, tuple(voices))


@dataclass(frozen=True, slots=True)
class Due:
    """A sheet that is due: whose, with whom, on which day, and when it begins at the earliest."""

    assignment: Assignment
    inspector: Inspector
    companions: str
    day: date
    begins: time


def filled_by(opened: OpenRound, due: Due, elapsed: Mapping[PeriodLength, int]) -> Filled:
    """Returns what the inspector of a sheet types into it."""
    return fill(
        opened.rubrics[due.assignment.rubric],
        opened.roster.schools[due.assignment.school],
        due.inspector.name,
        due.companions,
        due.day,
        elapsed,
        due.begins,
    )


def due_sheets(opened: OpenRound) -> Iterator[Due]:
    """Yields every sheet that is due, in the order of the plan."""
    members = teams(opened.roster)
    for turn, (assignment, day, begins) in enumerate(_visits(opened)):
        team, school = members[assignment.team], opened.roster.schools[assignment.school]
        # A rubric that wants more than a team has gets them from those who are free that day.
        away = {code for one in opened.roster.drawn.values() if one.since <= day <= one.until
                for code in one.members}  # fmt: skip
        guests = [
            item
            for item in opened.roster.inspectors.values()
            if item not in team and item.id not in away and school.id not in item.avoids
        ]
        lacking = max(opened.rubrics[assignment.rubric].visit.min_inspectors - len(team), 0)
        begin = turn % max(len(guests) - lacking, 1)
        everyone = [*team, *guests[begin : begin + lacking]]
        for inspector in team:
            others = "、".join(item.name for item in everyone if item is not inspector)
            yield Due(assignment, inspector, others, day, begins)


def _visits(opened: OpenRound) -> Iterator[tuple[Assignment, date, time]]:
    """Yields the lines of the plan with the day and time of each: a team that was drawn goes to
    its first school in the morning and to its second in the afternoon; others spread over the
    round.
    """
    window, drawn = opened.round.window, opened.roster.drawn
    days = [
        window.since + timedelta(days=offset)
        for offset in range((window.until - window.since).days + 1)
        if (window.since + timedelta(days=offset)).weekday() < 5
    ]
    schools: dict[str, list[str]] = {}
    for turn, assignment in enumerate(opened.plan):
        day, begins = days[turn * len(days) // len(opened.plan)], MORNING
        if team := drawn.get(assignment.team):
            own = schools.setdefault(assignment.team, [])
            if assignment.school not in own:
                own.append(assignment.school)
            day = team.since
            begins = MORNING if own.index(assignment.school) == 0 else AFTERNOON
        yield assignment, day, begins

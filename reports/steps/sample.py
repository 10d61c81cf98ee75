"""The sample: an invented county, inspected, and run from collecting to letters."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from inspections.collecting.collecting import collected
from inspections.demo.county import BESIDE, County, county, season
from inspections.demo.differences import correct_late, settle
from inspections.demo.making import (
    Sample,
    clear_sample,
    fill_sample,
    is_sample,
    make_beside,
    start_sample,
)
from inspections.demo.year_folder import clear_year, is_year
from inspections.ledger.chain import By
from inspections.ledger.moment import acting_on
from inspections.ledger.of_round import open_round
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from inspections.steps.collecting import take_in
from inspections.steps.handing_out import draw_workbooks
from inspections.steps.planning import draw_opened
from inspections.steps.voices import take_voices
from reports.steps.drawing import announce_opened
from reports.steps.fairness import report_opened
from reports.steps.running import Ran, run_opened
from rubrics.messages.output import clear_leftovers
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import NOBODY, Watcher
from scoring.steps.scoring import score_and_write

OTHERS: Final = "其他细则"
"""The folder in the sample's with the small rounds."""


@dataclass(frozen=True, slots=True)
class SampleRun:
    """The sample as it was made, and what running it gave; ``beside``: the small rounds in it.

    ``fairness``: the papers on who is strict and who is lenient; ``lenient``: the code of the one
    who was made so, empty where a small county has none.
    """

    sample: Sample
    ran: Ran
    fairness: tuple[Path, ...]
    lenient: str
    beside: tuple[OpenRound, ...] = ()


def run_sample(
    folder: Path, *, watcher: Watcher = NOBODY
) -> tuple[SampleRun | None, list[Problem]]:
    """Makes the invented county in ``folder`` and runs it; an earlier sample there is replaced.

    Who goes where is drawn by a promised seed. It is scored twice: after the scores are published
    an inspector sends a corrected workbook, and with that the round is collected, scored and
    reported; then it is analysed who is strict. The same bytes in every run. Returns all problems
    that stand, of which there are many; None, and nothing is touched, where the folder holds
    anything else. Codes: folder-in-use, those of ``clear_sample``, ``begin_sample``, ``run_round``
    and ``report_fairness``.
    """
    with turn(folder, watcher.waiting):
        if left := make_way(folder):
            return None, left
        with acting_on(county().day("window.until")):
            sample, problems = begin_sample(folder, watcher)
        if sample is None:
            return None, problems
        with acting_on(county().day("letters_day")):
            ran, problems = run_opened(sample.opened, problems, marks=True, watcher=watcher)
            fairness, met = report_opened(sample.opened, ran.taken.held.visits, watcher=watcher)
        problems += met
        beside, met = _run_beside(folder / OTHERS, watcher)
        people = sample.opened.roster.inspectors.values()
        lenient = next((it.id for it in people if it.name in county().settings["lenient"]), "")
        return SampleRun(sample, ran, fairness, lenient, beside), problems + met


def _run_beside(folder: Path, watcher: Watcher) -> tuple[tuple[OpenRound, ...], list[Problem]]:
    """Makes and runs the small rounds of other rubrics, each in a folder of its own."""
    made: list[OpenRound] = []
    problems: list[Problem] = []
    for name in BESIDE:
        with season(name):
            root = folder / str(county().settings["folder"])
            with watcher.stage(f"填{root.name}的检查表") as told:
                sample, met = make_beside(root, told)
            if sample is not None:
                with watcher.stage("写空白检查表") as told:
                    draw_workbooks(sample.opened, "visit", told, sample.workbooks)
                _, met = run_opened(sample.opened, met, marks=False, watcher=watcher)
                made.append(sample.opened)
            problems += met
    return tuple(made), problems


def begin_sample(
    folder: Path, watcher: Watcher, of: County | None = None, *, workers: int | None = None
) -> tuple[Sample | None, list[Problem]]:
    """Makes the county of the season in ``folder``, up to the correction that comes in late; for
    whoever has the turn. ``of``: with other schools; ``workers``: as ``collect`` has them. Codes:
    those of ``start_sample``, ``draw_opened``, ``fill_sample`` and of scoring.
    """
    opened, problems = start_sample(folder, of or county())
    if opened is not None:
        with watcher.stage("抽取检查人员") as told:
            opened, met = _drawn(opened)
            told(1, 1)
        problems += met
    if opened is None:
        return None, problems
    with watcher.stage("填检查表") as told:
        sample = fill_sample(opened, told, problems)
    with watcher.stage("写空白检查表") as told:
        draw_workbooks(sample.opened, "visit", told, sample.workbooks)
    return sample, problems + _publish_and_correct(sample, problems, watcher, workers)


def _drawn(opened: OpenRound) -> tuple[OpenRound | None, list[Problem]]:
    """Promises a seed and draws with it some days later, as a clerk would do; returns the round
    with the teams and the plan that came out, None where there are none. Codes: those of
    ``draw_opened``, ``announce_opened`` and ``open_round``.
    """
    told = county().settings["drawn"]
    by = By("督导室文书", "按计划开展检查")
    with acting_on(county().day("drawn.promised")) as day:
        made, problems = draw_opened(opened, day, by)
        if made is None:
            return None, problems
        _, met = announce_opened(made)
        problems += met
    with acting_on(county().day("drawn.held")) as day:
        made, met = draw_opened(
            opened, day, by, added=str(told["added"]), witness=str(told["witness"])
        )
        problems += met
        if made is None:
            return None, problems
        _, met = announce_opened(made)
    drawn, wrong = open_round(opened.folder.root)
    return drawn, [*problems, *met, *wrong]


def make_way(folder: Path) -> list[Problem]:
    """Clears an earlier sample away; returns why that cannot be, and then nothing is touched or
    what is left is a sample still. Codes: folder-in-use, those of ``clear_sample``.
    """
    clear_leftovers(folder)
    if _in_use(folder):
        return [problem("folder-in-use", Place(str(folder)), name=str(folder))]
    if not is_year(folder):
        return clear_sample(folder)
    return clear_year(folder)


def _publish_and_correct(
    sample: Sample, problems: list[Problem], watcher: Watcher, workers: int | None
) -> list[Problem]:
    """Collects, settles and publishes scores, and then lets a correction come in late."""
    opened, found = sample.opened, sample.differences
    by = By(str(county().settings["teams"][0]))
    for path, survey, kind in sample.voices:
        take_voices(opened, [path], by, survey=survey, kind=kind)
    take_in(opened, marks=True, workers=workers, watcher=watcher)
    met = settle(opened, found.settled) if found.settled else []
    written = score_and_write(opened, problems, collected(opened))
    if found.late:
        correct_late(opened, found.late)
    return [*met, *written.unwritten]


def _in_use(folder: Path) -> bool:
    if not folder.exists() or is_sample(folder) or is_year(folder):
        return False
    return folder.is_file() or any(folder.iterdir())

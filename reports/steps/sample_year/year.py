"""The sample's year: two rounds from the first visit to the second look, the months, the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path

from inspections.demo.county import County, county, season
from inspections.demo.year_folder import GUIDE, OLD_LETTER, YEAR, round_folders
from inspections.round.locking import turn
from inspections.steps.collecting import take_in
from reports.steps.closing_year import WrittenYear, write_year
from reports.steps.monthly import write_monthly
from reports.steps.sample import begin_sample, make_way
from reports.steps.sample_year.guide import guide
from reports.steps.sample_year.hearing import conclude, hear, replace_letters, review
from reports.steps.sample_year.holding_to_account import hold_to_account
from reports.steps.sample_year.putting_right import (
    add_from_elsewhere,
    look_again,
    open_items,
    put_right,
)
from reports.steps.sample_year.story import StoppedError, Story, seldom_collected
from rubrics.apart.workers import serve_parent, starting, working
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Problem
from rubrics.messages.watching import NOBODY, Watcher
from scoring.steps.scoring import score_and_write
from scoring.years.month import Month

_WEIGHTS = (Decimal("0.4"), Decimal("0.6"))


@dataclass(frozen=True, slots=True)
class SampleYear:
    """The sample's year: its rounds by season, and what each step came to, in Chinese.

    ``guide``: what was done in which step and by which command, for whoever opens the folder.
    """

    folder: Path
    rounds: Mapping[str, Path]
    done: Mapping[str, Mapping[str, str]]
    year: WrittenYear
    guide: str


def run_sample_year(
    folder: Path, *, watcher: Watcher = NOBODY, of: County | None = None
) -> tuple[SampleYear | None, list[Problem]]:
    """Makes the invented county's year in ``folder``; an earlier sample there is replaced.

    Two rounds, spring and autumn, each in a folder of its own: visits, first opinions, objections,
    final opinions, accountability, rectification, follow-up, two months; then the year. The same
    bytes in every run, but for what is derived (``.scoring``), which remembers where the folder
    lies. Days are those of ``county.yaml``, in ledgers too. Stopped at any moment, it is made anew
    by the next run. ``of``: the county with other schools. Returns all problems that were met, of
    which there are many; None, where the folder holds anything else, and then nothing is touched,
    or a step could not be done. Codes: folder-in-use, those of all steps.
    """
    with turn(folder, watcher.waiting), seldom_collected():
        if left := make_way(folder):
            return None, left
        rounds = round_folders(folder)
        folder.mkdir(parents=True, exist_ok=True)
        told = _run_rounds(folder, rounds, watcher, of)
        problems = [met for one in told.values() for met in one.problems]
        if not all(one.whole for one in told.values()):
            return None, problems
        done = {name: one.done for name, one in told.items()}
        year, met = write_year(
            list(rounds.values()), weights=_WEIGHTS, out=folder / YEAR, watcher=watcher
        )
        problems += met
        if year is None:
            return None, problems
        text = guide(folder, rounds, done, year)
        problems += write_whole(folder / GUIDE, text.encode("utf-8-sig"), GUIDE)
        return SampleYear(folder, rounds, done, year, text), list(dict.fromkeys(problems))


@dataclass(frozen=True, slots=True)
class _Told:
    """What a round tells at its end. ``whole``: it was not stopped by anything."""

    done: Mapping[str, str]
    problems: Sequence[Problem]
    whole: bool


def _run_rounds(
    folder: Path, rounds: Mapping[str, Path], watcher: Watcher, of: County | None
) -> dict[str, _Told]:
    """Runs spring in a process of its own, and autumn here, which waits for spring's final scores:
    it looks back at them.
    """
    context = get_context("spawn")
    with working(ProcessPoolExecutor(1, context, serve_parent)) as pool:
        with starting():
            before = pool.submit(_until_decided, "spring", folder, of)
        after = pool.submit(_afterwards, "spring", folder)
        told = [_until_decided("autumn", folder, of, watcher, before)]
        told += [_afterwards("autumn", folder, watcher)] if told[0].whole else []
        return {"spring": _joined([before.result(), after.result()]), "autumn": _joined(told)}


def _joined(parts: Sequence[_Told]) -> _Told:
    """What the parts of a round tell together."""
    done: dict[str, str] = {}
    for name, told in (one for part in parts for one in part.done.items()):
        done[name] = f"{done[name]}；{told}" if name in done else told
    problems = [one for part in parts for one in part.problems]
    return _Told(done, problems, all(part.whole for part in parts))


def _until_decided(
    name: str,
    folder: Path,
    of: County | None,
    watcher: Watcher = NOBODY,
    before: Future[_Told] | None = None,
) -> _Told:
    """From blank workbooks to scores that no objection will change any more. ``before``: the round
    to look back at.
    """
    with season(name), seldom_collected():
        story = Story(round_folders(folder)[name], watcher)
        try:
            _inspect(story, of)
            heard = hear(story)
            if before is not None and not before.result().whole:
                return _Told(story.done, story.problems, False)
            conclude(story, _previous(folder))
            told = open_items(story, county().day("letters_day"), "意见书已发")
            story.done["立整改台账"] = told
            _close_month(story, county().settings["cycle"]["months"][0])
            review(story, heard, folder / OLD_LETTER)
        except StoppedError:
            return _Told(story.done, story.problems, False)
        return _Told(story.done, story.problems, True)


def _afterwards(name: str, folder: Path, watcher: Watcher = NOBODY) -> _Told:
    """What follows from scores that are final: accountability, what is put right, what is looked
    at again, and the last month.
    """
    with season(name), seldom_collected():
        story = Story(round_folders(folder)[name], watcher)
        try:
            replace_letters(story)
            add_from_elsewhere(story)
            hold_to_account(story, _previous(folder))
            put_right(story)
            look_again(story)
            _close_month(story, county().settings["cycle"]["months"][1])
        except StoppedError:
            return _Told(story.done, story.problems, False)
        return _Told(story.done, story.problems, True)


def _previous(folder: Path) -> Path | None:
    """The round that this one looks back at."""
    named = county().settings.get("previous")
    return folder / str(named) if named else None


def _inspect(story: Story, of: County | None) -> None:
    """From blank workbooks to scores."""
    with turn(story.folder, story.watcher.waiting), story.on("collected"):
        sample = story.take(begin_sample(story.folder, story.watcher, of, workers=0))
        taken = take_in(sample.opened, marks=True, workers=0, watcher=story.watcher)
        scored = score_and_write(sample.opened, (), taken.held, taken.met)
    story.problems += [*scored.met, *scored.unwritten]
    story.done["双随机抽取"] = f"抽出检查组 {len(sample.opened.roster.drawn)} 个"
    story.done["检查"] = f"收回 {sample.returned} 份，故意留了 {sample.faulty} 处常见的错"


def _close_month(story: Story, day: date) -> None:
    """Writes the report of the month before ``day``."""
    month = day - timedelta(days=1)
    with story.on_day(day), story.watcher.stage("写月报"):
        story.take(write_monthly(story.folder, Month(month.year, month.month)))
    story.done["月报"] = f"{month.year} 年 {month.month} 月"

"""All reports of a round, or those that were asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from inspections.collecting.problem_table import OF_THE_COMPUTER
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from reports.kinds import REPORTS
from reports.letter.on_demand import OnDemand, on_demand
from reports.ranking.previous import Previous
from rubrics.messages.output import clear_leftovers
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import Progress

if TYPE_CHECKING:
    from scoring.results.scores import Scores

RANKING_BOOK = "排名表.xlsx"


def report_paths(folder: Folder, only: Collection[str] | None = None) -> list[Path]:
    """Returns the files and folders that ``write_reports`` writes."""
    places = {"ranking": RANKING_BOOK, "letters": "letters"}
    return [folder.reports / place for kind, place in places.items() if not only or kind in only]


def write_reports(
    opened: OpenRound,
    scores: Scores,
    problems: Sequence[Problem],
    *,
    only: Collection[str] = (),
    previous: Previous | None = None,
    fonts: Path | None = None,
    schools: Collection[str] = (),
    envelopes: bool = False,
    together: bool = False,
    word: bool = False,
    workers: int = 1,
    progress: Progress = lambda done, due: None,
) -> list[Problem]:
    """Writes the reports into ``reports/`` of the round's folder; returns what went wrong.

    Word files and bound letters of earlier runs are written with the letters, asked for or not.

    ``problems``: all that opening, collecting and scoring met, for the ranking workbook. ``only``:
    keys of ``REPORTS``; empty for all. ``previous``: last round's results. ``fonts``: a folder
    with licensed fonts. ``schools``: codes of those whose letters are wanted, empty for all.
    ``envelopes``, ``together``: letters are bound for print as well, as ``write_bundles`` says;
    ``word``: they are written as Word files as well. A report that cannot be written costs no
    other. Codes: letters-undated, picture-elsewhere, and those of ``write_ranking_book``,
    ``write_letters`` and ``write_word``.
    """
    # Those who only ask whether reports stand have no use for what draws them.
    from reports.letter.binding import write_bundles
    from reports.letter.writing import write_letters
    from reports.ranking.book import write_ranking_book

    clear_leftovers(opened.folder.reports, below=True)
    wanted = only or REPORTS
    met: list[Problem] = []
    if "ranking" in wanted:
        path = opened.folder.reports / RANKING_BOOK
        told = [one for one in dict.fromkeys(problems) if one.code not in OF_THE_COMPUTER]
        name = opened.folder.name(path)
        met += write_ranking_book(path, opened.round, scores, told, previous=previous, name=name)
    if "letters" in wanted:
        met += _not_here(
            opened,
            write_letters(
                opened.folder,
                opened.round,
                scores,
                opened.roster,
                fonts=fonts,
                schools=schools,
                workers=workers,
                progress=progress,
            ),
        )
        if opened.round.letters.day is None:
            where = Place(opened.folder.name(opened.folder.settings))
            met.append(problem("letters-undated", where))
        held = on_demand(opened.folder)
        due = held | OnDemand(word, envelopes, together)
        if due.envelopes or due.together:
            met += write_bundles(
                opened.folder,
                opened.round,
                scores,
                opened.roster,
                fonts=fonts,
                # What binds all letters is renewed whole, and binds a few only where that is asked.
                schools=() if held.together and not together else schools,
                envelopes=due.envelopes,
                together=due.together,
            )
        if due.word:
            # Its library takes its time to load, and few ask for it.
            from reports.letter.in_word import write_word

            met += write_word(opened.folder, opened.round, scores, opened.roster, schools=schools)
    return met


def _not_here(opened: OpenRound, problems: Sequence[Problem]) -> list[Problem]:
    """Says of photographs that are not in this folder that another computer has them."""
    if not opened.shared:
        return list(problems)
    return [
        problem("picture-elsewhere", item.place)
        if item.code == "picture-unreadable" and not (opened.folder.root / item.place.file).exists()
        else item
        for item in problems
    ]

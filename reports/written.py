"""All reports of a round, or those that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from inspections.accountability.states import Decided
from inspections.collecting.problem_table import OF_THE_COMPUTER
from inspections.ledger.letters import FINAL, FIRST
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from reports.kinds import REPORTS
from reports.letter.on_demand import LETTERS, OnDemand, on_demand
from reports.ranking.previous import Previous
from reports.signing.signatory import signatory
from rubrics.messages.output import clear_leftovers
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import NOBODY, Progress

if TYPE_CHECKING:
    from scoring.results.scores import Scores

RANKING_BOOK = "排名表.xlsx"
BULLETIN = "通报.docx"


def report_paths(
    folder: Folder, only: Collection[str] | None = None, stage: str = FINAL
) -> list[Path]:
    """Returns the files and folders that ``write_reports`` writes."""
    places = {"ranking": RANKING_BOOK, "letters": LETTERS[stage], "bulletin": BULLETIN}
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
    stage: str = FINAL,
    draft: bool = False,
    issue: bool = False,
    template: Path | None = None,
    decided: Sequence[Decided] = (),
    workers: int = 1,
    progress: Progress = lambda done, due: None,
    secret: Callable[[str], str] = NOBODY.secret,
) -> list[Problem]:
    """Writes the reports into ``reports/`` of the round's folder; returns what went wrong.

    Word files and bound letters of earlier runs are written with the letters, asked for or not.

    ``problems``: all that opening, collecting and scoring met, for the ranking workbook. ``only``:
    keys of ``REPORTS``; empty for all. ``previous``: last round's results. ``fonts``: a folder
    with licensed fonts. ``schools``: codes of those whose letters are wanted, empty for all.
    ``envelopes``, ``together``: letters are bound for print as well, as ``write_bundles`` says;
    ``word``: they are written as Word files as well. ``stage``: letters are first opinions or
    final; ``draft``, ``issue``: as ``numbering`` has them. ``template``: that of the bulletin, in
    place of the one that ships; ``decided``: what was decided on schools, for the bulletin. A
    report that cannot be written costs no other. Codes:
    letters-undated, letters-drafts, picture-elsewhere, and those of ``write_ranking_book``,
    ``write_letters``, ``write_word`` and ``write_bulletin``.
    """
    # Those who only ask whether reports stand have no use for what draws them.
    from reports.letter.binding import write_bundles
    from reports.letter.numbering import numbering
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
        signs = signatory(opened, secret)
        numbers = numbering(opened, scores, stage=stage, draft=draft, issue=issue)
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
                numbering=numbers,
                signatory=signs,
            ),
        )
        met += _undated(opened, stage)
        held = on_demand(opened.folder, stage)
        due = held | OnDemand(word, envelopes, together)
        if signs and signs.refused:  # These would be given numbers, and go out.
            due = OnDemand()
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
                numbering=numbers,
            )
        if due.word:
            # Its library takes its time to load, and few ask for it.
            from reports.letter.in_word import write_word

            met += write_word(
                opened.folder,
                opened.round,
                scores,
                opened.roster,
                schools=schools,
                numbering=numbers,
            )
        if numbers.moved_on:
            met.append(problem("severity-elsewhere", Place(opened.ledger_name)))
        if numbers.drafts and not draft:
            where = Place(opened.folder.name(opened.folder.reports / LETTERS[stage]))
            met.append(problem("letters-drafts", where, count=len(numbers.drafts)))
    if "bulletin" in wanted:
        # So do those of its templates.
        from reports.bulletin.writing import write_bulletin

        met += write_bulletin(
            opened.folder,
            opened.round,
            scores,
            opened.roster,
            previous=previous,
            template=template,
            decided=decided,
        )
    return met


def _undated(opened: OpenRound, stage: str) -> list[Problem]:
    """That letters have no date, from which all that is due counts."""
    letters = opened.round.letters
    where = Place(opened.folder.name(opened.folder.settings))
    if stage == FIRST:
        return [] if letters.first_day else [problem("first-opinions-undated", where)]
    return [] if letters.day else [problem("letters-undated", where)]


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

"""The year: from the published results of several rounds to its workbook, bulletin and pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from inspections.ledger.of_round import has_ledger, ledger_of, open_round
from inspections.ledger.versions import kept_rubric
from inspections.round.folder import SETTINGS
from inspections.round.opened import OpenRound
from reports.year.subject import YearSubject
from reports.year.writing import write_papers
from rubrics.language.rubric import Rubric
from rubrics.messages.not_there import not_there
from rubrics.messages.problems import Place, Problem, has_errors, problem
from rubrics.messages.watching import NOBODY, Watcher
from scoring.years.held import HeldRound
from scoring.years.reading import read_results
from scoring.years.settings import FILE, YearSettings, read_year_settings, shares
from scoring.years.year import Year, year_of

OUT = "年度"
"""The folder beside that of the first round, where nobody says where the year goes."""


@dataclass(frozen=True, slots=True)
class WrittenYear:
    """The year and where its papers are: ``files`` in ``folder``, ``pages`` of schools below it."""

    year: Year
    folder: Path
    files: tuple[Path, ...]
    pages: int


def write_year(
    folders: Sequence[Path],
    *,
    weights: Sequence[Decimal] = (),
    out: Path | None = None,
    settings: Path | None = None,
    template: Path | None = None,
    fonts: Path | None = None,
    watcher: Watcher = NOBODY,
) -> tuple[WrittenYear | None, list[Problem]]:
    """Writes what the rounds in ``folders``, in order of time, come to as a year.

    A folder that is no round's stands for the rounds right below it, in order of time.

    Only published results are read (``scoring score``), and no round's folder is written to.
    ``weights``: a share for each round; ``settings``: year.yaml, else the one in ``out``. ``out``:
    else 年度 beside the first folder. ``template``: of the bulletin, edited by the bureau;
    ``fonts``: licensed fonts for the schools' pages. None where nothing could be written. Codes:
    those of ``open_round``, ``read_results``, ``read_year_settings``, ``shares`` and
    ``write_papers``, year-few, year-again, year-order, year-county, year-apart, year-scale,
    year-changed, file-missing.
    """
    there = [_rounds_below(folder) for folder in folders]
    flat = [folder for some in there for folder in some]
    if len(flat) < 2:
        return None, [problem("year-few", Place(str(folders[0]) if folders else ""))]
    target = out or flat[0].resolve().parent / OUT
    said, problems = _settings(settings, target)
    read: list[tuple[Path, HeldRound]] = []
    for some in there:
        held = []
        for folder in some:
            one, met = _held(folder)
            problems += met
            held += [(folder, one)] if one else []
        read += sorted(held, key=lambda it: it[1].since)
    if said is None or len(read) < len(flat):
        return None, problems
    problems += _wrong(read)
    rounds = [one for _, one in read]
    found, met = shares(said, [one.id for one in rounds], weights, settings or target / FILE)
    problems += met
    if has_errors(problems):
        return None, problems
    year = year_of(rounds, found, said.red_line)
    problems += _told(year)
    subject = YearSubject(year, said)
    with watcher.stage("写年度成绩") as told:
        files, pages, met = write_papers(target, subject, template, fonts, told)
    return WrittenYear(year, target, files, pages), [*problems, *met]


def _rounds_below(folder: Path) -> list[Path]:
    """The folder of a round, or those of the rounds in it."""
    if (folder / SETTINGS).is_file():
        return [folder]
    return sorted(path.parent for path in folder.glob(f"*/{SETTINGS}")) or [folder]


def _held(folder: Path) -> tuple[HeldRound | None, list[Problem]]:
    """What a round published, and what keeps it from being read."""
    opened, problems = open_round(folder)
    if opened is None:
        return None, problems
    return read_results(opened, lambda digest: _kept(opened, digest))


def _settings(given: Path | None, out: Path) -> tuple[YearSettings | None, list[Problem]]:
    path = given or out / FILE
    if path.is_file():
        return read_year_settings(path)
    if given:
        return None, [not_there(given)]
    return YearSettings(), []


def _kept(opened: OpenRound, digest: str) -> Rubric | None:
    if not has_ledger(opened):
        return None
    with ledger_of(opened) as ledger:
        return kept_rubric(ledger, digest)


def _wrong(rounds: Sequence[tuple[Path, HeldRound]]) -> Iterator[Problem]:
    """Why the rounds make no year."""
    seen: dict[str, Path] = {}
    for folder, one in rounds:
        if one.id in seen:
            said = {"first": seen[one.id], "second": folder, "id": one.id}
            yield problem("year-again", Place(str(folder)), **said)
        seen.setdefault(one.id, folder)
    for (first, one), (second, other) in pairwise(rounds):
        if other.since < one.since:
            said_of = {"later": second, "since": other.since, "earlier": first, "then": one.since}
            yield problem("year-order", Place(str(second)), **said_of)
        if not _schools(one) & _schools(other):
            yield problem("year-county", Place(str(second)), first=first, second=second)


def _schools(one: HeldRound) -> set[str]:
    return {id for held in one.rubrics.values() for id in held.schools}


def _told(year: Year) -> Iterator[Problem]:
    """What whoever reads the year has to know of its rubrics."""
    if all(len(one.rounds) < 2 for one in year.rubrics):
        yield problem("year-apart", Place())
    for one in year.rubrics:
        if not one.comparable:
            yield problem("year-scale", Place(), rubric=one.held.title)
        if not one.shared.same and one.shared.left_out:
            left = "、".join(f"{it.id} {it.title}（{it.why}）" for it in one.shared.left_out)
            said = {"versions": "、".join(one.shared.versions), "count": len(one.shared.items)}
            yield problem("year-changed", Place(), rubric=one.held.title, left=left, **said)

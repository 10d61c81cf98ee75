"""The letters of a round that are to be written, and what they share."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from inspections.round.folder import Folder
from inspections.round.known_digests import KnownDigests
from inspections.round.own_files import OwnFiles, own_files
from inspections.round.round import Round
from inspections.round.school import Roster
from reports.letter.naming import file_names
from reports.letter.origin import drawn_by
from reports.letter.peers import Peers, peers
from reports.letter.subject import Letter
from reports.type.archival import About
from rubrics.language.rubric import Rubric
from scoring.results.scores import SchoolScore, Scores
from scoring.results.shown import heads_of


@dataclass(frozen=True, slots=True)
class Work:
    """The letters to be written, and what they share.

    ``due``: where all letters stand that are due. ``drawing``: what draws them, as
    ``drawn_by`` has it.
    """

    folder: Folder
    own: OwnFiles
    known: KnownDigests
    drawing: str
    round: Round
    roster: Roster
    fonts: Path | None
    rubrics: Mapping[str, Rubric]
    peers: Mapping[str, Mapping[str, Peers]]
    names: Mapping[str, str]
    letters: Sequence[tuple[str, SchoolScore]]
    due: Collection[str]


def gathered(
    folder: Folder,
    settings: Round,
    scores: Scores,
    roster: Roster,
    fonts: Path | None,
    wanted: Collection[str],
) -> Work:
    """Returns the letters that are due, those of ``wanted`` schools (codes; empty for all)."""
    rubrics, groups, letters = {}, {}, []
    known = dict(roster.schools)
    for name, held in scores.rubrics.items():
        schools = tuple(held.schools)
        rubrics[name] = held.rubric
        groups[name] = peers(schools)
        known |= {score.school.id: score.school for score in schools}
        letters += [(name, score) for score in schools if score.visits]
    names = file_names(known.values())
    chosen = [it for it in letters if not wanted or it[1].school.id in wanted]
    return Work(
        folder=folder,
        own=own_files(folder, folder.reports / "letters"),
        known=KnownDigests(folder),
        drawing=drawn_by(fonts),
        round=settings,
        roster=roster,
        fonts=fonts,
        rubrics=rubrics,
        peers=groups,
        names=names,
        letters=chosen,
        due={f"{name}/{names[score.school.id]}" for name, score in letters},
    )


def place_of(work: Work, number: int) -> str:
    """Returns where a letter stands in the folder of letters."""
    rubric, score = work.letters[number]
    return f"{rubric}/{work.names[score.school.id]}"


def letter_of(work: Work, number: int) -> Letter:
    """Returns what the letter of a number is written from."""
    rubric, score = work.letters[number]
    heads = heads_of(score.visits)
    # Records are made when they are looked at; here each is, many times.
    score = replace(score, visits=tuple(score.visits))
    group = work.peers[rubric].get(score.group, Peers())
    return Letter(
        work.round,
        work.rubrics[rubric],
        score,
        work.roster,
        group,
        corrected=sum(head.corrected for head in heads),
        decided=any(head.decided for head in heads),
    )


def about_of(letter: Letter, title: str = "") -> About:
    """Returns what a file says of itself; ``title`` in place of the letter's own."""
    return About(
        title or f"{letter.rubric.letter_title}（{letter.score.school.name}）",
        letter.round.bureau,
        f"{letter.round.title}　{letter.rubric.title}",
        letter.round.letters.day or letter.round.window.until,
    )

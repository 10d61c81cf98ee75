"""The letters of a round that are to be written, and what they share."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from inspections.ledger.letters import FINAL, FIRST
from inspections.round.folder import Folder
from inspections.round.known_digests import KnownDigests
from inspections.round.own_files import OwnFiles, own_files
from inspections.round.round import Round
from inspections.round.school import Roster
from reports.letter.certainty import certainty_sentence
from reports.letter.content import LetterParts
from reports.letter.hearing import NOT_HEARD
from reports.letter.mark import Mark
from reports.letter.naming import file_names
from reports.letter.numbering import Numbering
from reports.letter.on_demand import LETTERS
from reports.letter.origin import drawn_by
from reports.letter.peers import Peers, peers
from reports.letter.subject import Letter
from reports.signing.signatory import Signatory
from reports.type.archival import About
from rubrics.language.rubric import Rubric
from scoring.results.certainty import Certainty
from scoring.results.scores import SchoolScore, Scores
from scoring.results.shown import heads_of


@dataclass(frozen=True, slots=True)
class Work:
    """The letters to be written, and what they share.

    ``due``: where all letters stand that are due. ``drawing``: what draws them, as
    ``drawn_by`` has it. ``numbering``: None where they are final, and bear no number of their own.
    ``signatory``: who signs them; None where nobody does. ``certainty``: how sure ranks are, by
    rubric, where the round asks.
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
    numbering: Numbering | None = None
    signatory: Signatory | None = None
    certainty: Mapping[str, Certainty] = field(default_factory=dict)

    def signs(self, mark: Mark | None) -> bool:
        """Whether a letter with this mark is to be signed: those with a number, no drafts."""
        return bool(self.signatory and mark and mark.number)


def gathered(
    folder: Folder,
    settings: Round,
    scores: Scores,
    roster: Roster,
    fonts: Path | None,
    wanted: Collection[str],
    numbering: Numbering | None = None,
    signatory: Signatory | None = None,
) -> Work:
    """Returns the letters that are due, those of ``wanted`` schools (codes; empty for all)."""
    stage = numbering.stage if numbering else FINAL
    if stage == FIRST:  # It has a day of its own, from which all that is due counts.
        letters_of = settings.letters
        first = letters_of.model_copy(update={"day": letters_of.first_day})
        settings = settings.model_copy(update={"letters": first})
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
        own=own_files(folder, folder.reports / LETTERS[stage]),
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
        numbering=numbering,
        signatory=signatory,
        certainty=scores.certainty,
    )


def place_of(work: Work, number: int) -> str:
    """Returns where a letter stands in the folder of letters."""
    rubric, score = work.letters[number]
    return f"{rubric}/{work.names[score.school.id]}"


def letter_of(work: Work, number: int) -> Letter:
    """Returns what the letter of a number is written from.

    Where it bears a number already, and nothing in it is another but how sure its place is, that
    stands as it was told: it rests on the records of all schools, and one more somewhere is no
    reason to replace what was sent out.
    """
    rubric, score = work.letters[number]
    heads = heads_of(score.visits)
    # Records are made when they are looked at; here each is, many times.
    score = replace(score, visits=tuple(score.visits))
    group = work.peers[rubric].get(score.group, Peers())
    letter = Letter(
        work.round,
        work.rubrics[rubric],
        score,
        work.roster,
        group,
        corrected=sum(head.corrected for head in heads),
        decided=any(head.decided for head in heads),
        stage=stage_of(work),
        hearing=work.numbering.hearing(rubric, score.school.id) if work.numbering else NOT_HEARD,
        certainty=_certainty(work, rubric, score),
    )
    return _as_sent(work.numbering, letter) if work.numbering else letter


def _as_sent(numbering: Numbering, letter: Letter) -> Letter:
    held = numbering.last(letter)
    if held is None or held.certainty is None or letter.certainty in (None, held.certainty):
        return letter
    as_told = replace(letter, certainty=held.certainty)
    return as_told if LetterParts(as_told).digest == held.digest else letter


def _certainty(work: Work, rubric: str, score: SchoolScore) -> str | None:
    certainty = work.certainty.get(rubric)
    if certainty is None or not work.round.ranking.publish:
        return None
    return certainty_sentence(work.rubrics[rubric], score, certainty)


def stage_of(work: Work) -> str:
    """Returns whether the letters are first opinions or final."""
    return work.numbering.stage if work.numbering else FINAL


def mark_of(work: Work, parts: LetterParts) -> Mark | None:
    """Returns the mark of one letter; where it is new it is given a number."""
    if work.numbering is None:
        return None
    return work.numbering.marks([(parts.letter, parts.digest)])[0]


def about_of(letter: Letter, title: str = "") -> About:
    """Returns what a file says of itself; ``title`` in place of the letter's own."""
    return About(
        title or f"{letter.title}（{letter.score.school.name}）",
        letter.round.bureau,
        f"{letter.round.title}　{letter.rubric.title}",
        letter.day or letter.round.window.until,
        letter.mark.keywords if letter.mark and not title else "",
    )

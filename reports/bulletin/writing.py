"""Writes ``reports/通报.docx``, unless somebody has edited it since it was written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from inspections.accountability.states import Decided
from inspections.round.folder import Folder
from inspections.round.own_files import own_files
from inspections.round.round import Round
from inspections.round.school import Roster
from reports.bulletin.content import about, bulletin, context
from reports.bulletin.drafts import BULLETIN
from reports.bulletin.sidecar import sidecar
from reports.bulletin.subject import Subject
from reports.official.edited import put
from reports.official.rendering import render
from reports.ranking.previous import Previous
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Place, Problem, problem
from scoring.explaining.bulletin import FILE
from scoring.results.corrected_words import corrected_note
from scoring.results.scores import Scores

TEMPLATES = Path(__file__).parent / "templates"


def write_bulletin(
    folder: Folder,
    settings: Round,
    scores: Scores,
    roster: Roster,
    *,
    previous: Previous | None = None,
    template: Path | None = None,
    decided: Sequence[Decided] = (),
) -> list[Problem]:
    """Writes the bulletin of a round, and beside the results what each paragraph was made from.

    ``previous``: results of the round before; ``template``: a file that the bureau edited, in place
    of the one that ships; ``decided``: what was decided on schools and holds. A bulletin that
    somebody edited is left as it is, with its figures.
    Problems: bulletin-edited, bulletin-blanks, and those of ``render`` and ``write_whole``.
    """
    subject = Subject(settings, roster, scores, previous, decided)
    if not subject.parts:
        return []
    held = bulletin(subject)
    name = str(template) if template else ""
    made, wrong = render(
        template or TEMPLATES / BULLETIN,
        context(held),
        about(subject, held),
        name,
        subject.words,
        subject.words.said(corrected_note(scores)),
    )
    if made is None:
        return list(wrong)
    own = own_files(folder, folder.reports)
    now = dict(own.listed)
    # What stays open is told once, with the first one.
    met = [] if BULLETIN in own.listed else list(_blanks(settings))
    met += put(own, now, BULLETIN, made, "bulletin-edited")
    place = folder.results / FILE
    # Of a bulletin that somebody edited it stays told what it was made from.
    if own.there(BULLETIN) == hashlib.sha256(made).hexdigest() or not place.exists():
        met += write_whole(place, sidecar(held.title, held.told()), folder.name(place))
    return [*met, *own.end(now)]


def _blanks(settings: Round) -> Iterator[Problem]:
    """What nobody has set and the bulletin leaves room for."""
    there = {"联系人和电话": settings.contact.told, "抄送单位": settings.bulletin.copied}
    if left := [what for what, told in there.items() if not told]:
        yield problem("bulletin-blanks", Place(BULLETIN), what="、".join(left))

"""Draws letters whose words are settled, in this process or in one that knows no scores."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from inspections.records.record import Proof
from inspections.round.own_files import OwnFiles, Written
from reports.letter.glyphs import boxes
from reports.letter.photographs import shown
from reports.type.archival import About
from reports.type.blocks import Block, Pictures
from reports.type.flow import typeset
from reports.type.fonts import Fonts, open_fonts
from rubrics.apart.workers import serve_parent
from rubrics.messages.problems import Place, Problem, problem

Done = tuple[Written | None, list[Problem]]
"""A letter that is there now, if it is, and what went wrong."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One letter. ``place``: where it is to stand in the folder of letters.

    ``proofs``: the files of its photographs, by the contents of the placeholders that stand for
    them in ``blocks``. ``origin``: the digest of all that it is drawn from.
    """

    place: str
    school: str
    blocks: Sequence[Block]
    about: About
    proofs: Mapping[bytes, Proof]
    origin: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Where letters are drawn. ``own``: the folder of letters; ``fonts``: of licensed fonts."""

    own: OwnFiles
    fonts: Path | None


def draw(draft: Draft, desk: Desk) -> Done | None:
    """Draws and writes a letter; None where there is something to say of its contents.

    That is a photograph that cannot be shown, or a character that no font has: whoever knows the
    records says where it comes from. Problems: ``output-locked``, ``letter-failed``.
    """
    try:
        fonts, _ = open_fonts(desk.fonts)
        blocks = _with_photographs(draft, desk.own.of.root)
        if blocks is None or boxes(blocks, fonts):
            return None
        return printed(draft.place, blocks, draft.about, fonts, desk.own, draft.origin)
    except OSError:  # a full disk: nothing further can be written
        raise
    except Exception as error:
        return None, [failed(desk.own, draft.place, draft.school, error)]


def printed(
    place: str, blocks: Sequence[Block], about: About, fonts: Fonts, own: OwnFiles, origin: str
) -> Done:
    """Writes a letter, all of whose blocks are there. Problem: ``output-locked``."""
    pdf = typeset(blocks, fonts, about)
    locked = own.write(place, pdf)
    return None if locked else Written(hashlib.sha256(pdf).hexdigest(), origin), [*locked]


def failed(own: OwnFiles, place: str, school: str, error: Exception) -> Problem:
    """Returns the problem of a letter that could not be made: ``letter-failed``."""
    told = {"school": school, "detail": f"{type(error).__name__}: {error}"}
    return problem("letter-failed", Place(own.of.name(own.folder / place)), **told)


def _with_photographs(draft: Draft, root: Path) -> list[Block] | None:
    """The blocks with photographs in place of what stands for them; None where one is missing."""
    made = list(draft.blocks)
    for number, block in enumerate(made):
        if isinstance(block, Pictures):
            found = [
                shown(root, draft.proofs[held.content], held.caption)[0] for held in block.pictures
            ]
            pictures = tuple(picture for picture in found if picture is not None)
            if len(pictures) < len(found):
                return None
            made[number] = replace(block, pictures=pictures)
    return made


_shared: list[Desk] = []


def begin(desk: Desk) -> None:
    """Is called first in a process that draws for another."""
    serve_parent()
    _shared[:] = [desk]


def draw_shared(draft: Draft) -> Done | None:
    """Draws a letter where ``begin`` was told."""
    return draw(draft, _shared[0])

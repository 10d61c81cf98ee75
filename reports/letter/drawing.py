"""Draws letters whose words are settled, in this process or in one that knows no scores."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from inspections.records.record import Proof
from inspections.round.own_files import OwnFiles, Written
from inspections.round.regular_files import opened
from reports.letter.glyphs import boxes
from reports.letter.photographs import shown
from reports.signing.key import Key
from reports.signing.signing import is_signed, signed
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
    them in ``blocks``. ``origin``: the digest of all that it is drawn from. ``key``: what it is
    signed with; None where it is not.
    """

    place: str
    school: str
    blocks: Sequence[Block]
    about: About
    proofs: Mapping[bytes, Proof]
    origin: str
    key: Key | None = None


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
        key = partial(getattr, draft, "key") if draft.key else None
        return printed(draft.place, blocks, draft.about, fonts, desk.own, draft.origin, key)
    except OSError:  # a full disk: nothing further can be written
        raise
    except Exception as error:
        return None, [failed(desk.own, draft.place, draft.school, error)]


def printed(
    place: str,
    blocks: Sequence[Block],
    about: About,
    fonts: Fonts,
    own: OwnFiles,
    origin: str,
    key: Callable[[], Key | None] | None = None,
) -> Done:
    """Writes a letter, all of whose blocks are there.

    ``key``: gives what it is signed with, or nothing, and then it is not written; None where it
    bears no signature. One that was signed before stays as it is. Problems: ``output-locked``,
    ``signing-failed``.
    """
    pdf = typeset(blocks, fonts, about)
    if key:
        if stays := _still_signed(place, pdf, own):
            return Written(stays, origin), []
        held = key()
        made, met = (
            signed(pdf, held, Place(own.of.name(own.folder / place))) if held else (None, [])
        )
        if made is None:
            return None, met
        pdf = made
    locked = own.write(place, pdf)
    return None if locked else Written(hashlib.sha256(pdf).hexdigest(), origin), [*locked]


def _still_signed(place: str, pdf: bytes, own: OwnFiles) -> str:
    """Returns the digest of the letter that is there, where it is this one and we signed it."""
    with contextlib.suppress(OSError):
        with opened(own.folder / place) as file:
            there = file.read()
        digest = hashlib.sha256(there).hexdigest()
        if is_signed(there, pdf) and own.holds(place, digest):
            return digest
    return ""


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

"""The faces of a round's letters, and what they cannot print.

Without licensed fonts the open Noto Serif SC and Noto Sans SC (OFL) stand in: Serif for 宋体,
仿宋 and 楷体, a heavier Serif for 小标宋, a heavier Sans for 黑体. A bureau that has the licensed
fonts names their folder; see :mod:`reports.type.licensed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from pylopdf_fonts_zh_cn import sans_path, serif_path
from reportlab.pdfbase import pdfmetrics

from reports.type.embedding import EmbeddedFont
from reports.type.licensed import licensed_fonts
from reports.type.outlines import FontFile
from reports.type.typeface import Face, Typeface
from reports.type.weight import Weight
from rubrics.messages.problems import Place, Problem, problem

_REGULAR = Weight()
_HEAVY_SONG = Weight(across=17, up=5)
_HEAVY_SANS = Weight(across=14, up=10)

# Face -> which of the open files, and how heavy.
_OPEN = {
    Face.SONG: ("serif", _REGULAR),
    Face.FANGSONG: ("serif", _REGULAR),
    Face.KAI: ("serif", _REGULAR),
    Face.XIAOBIAOSONG: ("serif", _HEAVY_SONG),
    Face.HEI: ("sans", _HEAVY_SANS),
}


@dataclass(frozen=True, slots=True, eq=False)
class Fonts:
    """One font a face; faces that look the same share one, so it is embedded once."""

    faces: Mapping[Face, EmbeddedFont]

    def __getitem__(self, face: Face) -> EmbeddedFont:
        return self.faces[face]

    def covers(self, character: str) -> bool:
        """Whether the character prints in every face: all share the same last resorts."""
        return self.faces[Face.SONG].typeface.covers(character)

    def warm(self, texts: Iterable[str]) -> None:
        """Converts the glyphs of the texts now, so that processes forked later share them."""
        for character in sorted(set().union(*texts)):
            self.faces[Face.SONG].typeface.glyph(character)


@cache
def open_fonts(folder: Path | None = None) -> tuple[Fonts, tuple[Problem, ...]]:
    """Returns the fonts, made once a process, and the problems of the files in ``folder``.

    Problem codes: ``font-unreadable``, ``font-restricted``, ``font-unrecognised``.
    """
    licensed, problems = licensed_fonts(folder) if folder else ({}, ())
    serif = FontFile(TTFont(serif_path(), lazy=True))
    sans = FontFile(TTFont(sans_path(), lazy=True))
    made: dict[str, EmbeddedFont] = {}
    faces: dict[Face, EmbeddedFont] = {}
    for face, (style, weight) in _OPEN.items():
        own = licensed.get(face)
        standing_in = (serif, sans) if style == "serif" else (sans, serif)
        first = own or standing_in[0]
        name = first.name if own or not weight else f"{first.name}-Heavy"
        if name not in made:
            # A face borrows from the others too, so that what one prints all print.
            chain = [(own, _REGULAR)] if own else []
            chain += [(file, weight) for file in standing_in]
            chain += [(file, _REGULAR) for file in licensed.values() if file is not own]
            made[name] = EmbeddedFont(Typeface(name, chain), number=len(made))
        faces[face] = made[name]
    # The canvas wants the name of a registered font to begin with; any of ours keeps it from
    # putting Helvetica, which is not embedded, into every document.
    pdfmetrics.registerFont(faces[Face.SONG])
    return Fonts(faces), problems


def missing_glyphs(fonts: Fonts, texts: Iterable[tuple[Place, str]]) -> list[Problem]:
    """Returns a ``glyph-missing`` problem for each character of each text that has no glyph.

    To be asked before printing: a PDF shows such characters as boxes without complaint.
    """
    problems = []
    for place, text in texts:
        for character in sorted(set(text)):
            if not fonts.covers(character):
                around = max(0, text.index(character) - 6)
                problems.append(
                    problem(
                        "glyph-missing",
                        place,
                        text=text[around : around + 12],
                        character=character,
                        code=f"{ord(character):04X}",
                    )
                )
    return problems

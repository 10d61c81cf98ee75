"""How a picture appears: whether it shows anything, and what it looks like.

The one place where pictures are decoded: bytes in, a small value out.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from inspections.evidence.headers import Header, quiet
from inspections.evidence.likeness import SMALL, UNLIKE, likeness

if TYPE_CHECKING:
    from PIL.Image import Image

SMALLEST: Final = 32
"""Pixels of the longer side; no camera makes smaller pictures, and nobody sees anything on one."""

_MOST_DECODED: Final = 24_000_000
"""Pixels of a picture that is not a JPEG; a larger one would need too much memory."""

_ONE_COLOUR: Final = 8
"""Steps (of 256) by which saving a single colour as a JPEG may change it."""

_FORMATS: Final = ["JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF"]


@dataclass(frozen=True, slots=True)
class Appearance:
    """``flaw``: the code of the problem for which a picture proves nothing, with its ``detail``.

    ``likeness``: what it looks like (``evidence.likeness``), ``UNLIKE`` where that says nothing.
    """

    flaw: str = ""
    detail: str = ""
    likeness: str = UNLIKE


def appearance(file: BinaryIO, kind: str, header: Header) -> Appearance:
    """Returns how a whole picture appears.

    Flaws: evidence-tiny, evidence-one-colour. Of a JPEG no more pixels are made than are looked
    at; larger ones of other kinds, and what cannot be decoded, are taken as they are.
    """
    if max(header.width, header.height) < SMALLEST:
        return Appearance("evidence-tiny", f"{header.width}×{header.height}")
    if kind != "jpeg" and header.width * header.height > _MOST_DECODED:
        return Appearance()
    from PIL import Image

    file.seek(0)
    try:
        with quiet(), Image.open(file, formats=_FORMATS) as picture:
            picture.draft("RGB", (SMALL, SMALL))
            if _one_colour(picture):
                return Appearance("evidence-one-colour")
            return Appearance(likeness=likeness(picture))
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        return Appearance()


def _one_colour(picture: Image) -> bool:
    seen = picture.convert("RGB") if picture.mode in ("P", "PA") else picture
    found = seen.getextrema()
    bands = found if isinstance(found[0], tuple) else (found,)
    # Of deep grey levels (I;16, F) nobody knows the steps.
    most = _ONE_COLOUR if seen.mode[0] not in "IF1" else 0
    return all(high - low <= most for low, high in bands)

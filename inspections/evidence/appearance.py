"""Whether a picture shows anything: one of a few pixels, or of a single colour, does not."""

from __future__ import annotations

import struct
from typing import BinaryIO, Final

from inspections.evidence.headers import Header, quiet

SMALLEST: Final = 32
"""Pixels of the longer side; no camera makes smaller pictures, and nobody sees anything on one."""

_MOST_DECODED: Final = 24_000_000
"""Pixels of a picture that is not a JPEG; a larger one would need too much memory."""

_ONE_COLOUR: Final = 8
"""Steps (of 256) by which saving a single colour as a JPEG may change it."""

_FORMATS: Final = ["JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF"]


def shows_nothing(file: BinaryIO, kind: str, header: Header) -> tuple[str, str]:
    """Returns (code, detail) of why a whole picture proves nothing; two empty texts where it may.

    Codes: evidence-tiny, evidence-one-colour. Of a JPEG every eighth pixel is made; larger ones
    of other kinds, and what cannot be decoded, are taken as they are.
    """
    if max(header.width, header.height) < SMALLEST:
        return "evidence-tiny", f"{header.width}×{header.height}"
    if kind != "jpeg" and header.width * header.height > _MOST_DECODED:
        return "", ""
    return ("evidence-one-colour", "") if _one_colour(file) else ("", "")


def _one_colour(file: BinaryIO) -> bool:
    from PIL import Image

    file.seek(0)
    try:
        with quiet(), Image.open(file, formats=_FORMATS) as picture:
            picture.draft("RGB", (SMALLEST, SMALLEST))
            seen = picture.convert("RGB") if picture.mode in ("P", "PA") else picture
            found = seen.getextrema()
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        return False
    bands = found if isinstance(found[0], tuple) else (found,)
    # Of deep grey levels (I;16, F) nobody knows the steps.
    most = _ONE_COLOUR if seen.mode[0] not in "IF1" else 0
    return all(high - low <= most for low, high in bands)

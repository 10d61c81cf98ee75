"""What the first bytes of a picture say: its size, when it was taken, whether it is whole.

Nothing is decoded, so that a photograph of 100 megapixels costs no more than its headers.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO, Final

_TAIL: Final = 1 << 16
_MOST_EXIF: Final = 1 << 20
_MOST_PARTS: Final = 50_000
_TAKEN: Final = ((0x9003, 0x9011), (0x9004, 0x9012))
"""DateTimeOriginal with OffsetTimeOriginal, DateTimeDigitized with OffsetTimeDigitized."""

_OFFSET_OF_FILE: Final = 0x9010  # OffsetTime
_HERE: Final = timedelta(hours=8)
"""Visits are written down in the time of China."""

_MOST_OFFSET: Final = timedelta(hours=14)
_EXIF_IFD: Final = 0x8769
_STAMP = re.compile(r"(\d{4})[:.-](\d\d)[:.-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?")
_OFFSET = re.compile(r"\s*(?:Z|([+-])(\d\d):?(\d\d))\s*")
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})


@contextmanager
def quiet() -> Iterator[None]:
    """What is wrong is told as a problem, not as a warning of the picture library."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@dataclass(frozen=True, slots=True)
class Header:
    """``width`` and ``height`` in pixels, 0 where unknown; ``whole``: it ends as it should.

    ``taken``: the time of China where the camera's zone is told, else as its clock had it.
    """

    width: int = 0
    height: int = 0
    taken: datetime | None = None
    whole: bool = False


def jpeg_header(file: BinaryIO, size: int) -> Header:
    """Returns the header of a JPEG picture."""
    width = height = 0
    taken: datetime | None = None
    scan = 0
    file.seek(2)
    for _ in range(_MOST_PARTS):
        marker = _marker(file)
        if marker is None or marker == 0xD9:
            break
        if marker in _ALONE:
            continue
        raw = file.read(2)
        if len(raw) < 2 or (length := struct.unpack(">H", raw)[0]) < 2:
            break
        start = file.tell()
        if marker in _FRAMES and not width:
            frame = file.read(5)
            if len(frame) == 5:
                height, width = struct.unpack(">HH", frame[1:])
        elif marker == 0xE1 and taken is None:
            data = file.read(length - 2)
            if data.startswith(b"Exif\0\0"):
                taken = _taken(data)
        file.seek(start + length - 2)
        if marker == 0xDA:
            scan = file.tell()
            break
    whole = bool(scan and width and height) and _ends(file, scan, size)
    return Header(width, height, taken, whole)


def _marker(file: BinaryIO) -> int | None:
    """The next marker; None at the end, or where there is something else."""
    mark = file.read(1)
    if mark != b"\xff":
        return None
    while mark == b"\xff":
        mark = file.read(1)
    return mark[0] if mark else None


def _ends(file: BinaryIO, scan: int, size: int) -> bool:
    """Whether the end mark stands near the end, or else the picture can be decoded to its end.

    Telephones append films and notes of their own. ``scan``: where the picture's data begin;
    the small picture before them has an end mark too.
    """
    from PIL import Image

    file.seek(max(scan, size - _TAIL))
    if b"\xff\xd9" in file.read(_TAIL):
        return True
    file.seek(0)
    try:
        with quiet(), Image.open(file, formats=["JPEG"]) as picture:
            picture.draft("L", (1, 1))
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True


def png_header(file: BinaryIO, size: int) -> Header:
    """Returns the header of a PNG picture."""
    width = height = 0
    taken: datetime | None = None
    at, data, ended = 8, False, False
    for _ in range(_MOST_PARTS):
        if at + 12 > size or ended:
            break
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(8))
        if at + 12 + length > size:
            break
        if name == b"IHDR":
            width, height = struct.unpack(">II", file.read(8))
        elif name == b"eXIf" and length <= _MOST_EXIF:
            taken = _taken(b"Exif\0\0" + file.read(length))
        data |= name == b"IDAT"
        ended = name == b"IEND"
        at += 12 + length
    return Header(width, height, taken, bool(ended and data and width and height))


def other_header(file: BinaryIO) -> Header:
    """Returns the header of a picture of one of the rarer kinds."""
    from PIL import Image

    file.seek(0)
    try:
        with quiet(), Image.open(file, formats=["GIF", "BMP", "WEBP", "TIFF"]) as picture:
            return Header(*picture.size, None, True)
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        return Header()


def header_of(data: bytes, kind: str) -> Header:
    """Returns the header of a picture in memory; ``kind`` as :func:`contents.kind_of` tells it."""
    file = io.BytesIO(data)
    match kind:
        case "jpeg":
            return jpeg_header(file, len(data))
        case "png":
            return png_header(file, len(data))
    return other_header(file)


def _taken(exif: bytes) -> datetime | None:
    """The time of exposure; a block that cannot be read, or no time, is None."""
    from PIL import Image

    held = Image.Exif()
    try:
        with quiet():
            held.load(exif)
            details = held.get_ifd(_EXIF_IFD)
        of_file = str(details.get(_OFFSET_OF_FILE, ""))
        texts = [(str(details.get(t, "")), str(details.get(z, of_file))) for t, z in _TAKEN]
    except Exception:  # a camera's notes: any nonsense may stand in them, and none matters
        return None
    for text, zone in texts:
        found = _STAMP.match(text)
        if found:
            try:
                year, month, day, hour, minute, second = (int(x or 0) for x in found.groups())
                return datetime(year, month, day, hour, minute, second) + _to_here(zone)
            except (ValueError, OverflowError):
                continue
    return None


def _to_here(zone: str) -> timedelta:
    """What makes a time of this zone (``+09:00``) one of China; nothing where none is told."""
    found = _OFFSET.fullmatch(zone[:20].rstrip("\0"))
    if not found:
        return timedelta()
    sign, hours, minutes = found.groups(default="0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    if offset > _MOST_OFFSET:
        return timedelta()
    return _HERE - (-offset if sign == "-" else offset)

"""When a photograph was taken, as its Exif block says: the camera's clock, in local time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from struct import error as StructError  # noqa: N812
from struct import iter_unpack, unpack_from
from typing import Final

_START: Final = b"Exif\0\0"
_ORDERS: Final = {b"II*\0": "<", b"MM\0*": ">"}
_DETAILS: Final = 0x8769
"""The entry that leads to the second list of entries."""

_TAKEN: Final = (0x9003, 0x9004)  # DateTimeOriginal, DateTimeDigitized
_TEXT: Final = 2
_LINKS: Final = (4, 13)  # a long number, or a link that says so
_STAMP = re.compile(r"(\d{4})[:.-](\d\d)[:.-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?")


def exposure(exif: bytes) -> datetime | None:
    """Returns the time of exposure; of a block that cannot be read, or that has no time, None."""
    try:
        texts = list(_texts(exif.removeprefix(_START)))
    except StructError:  # a camera's notes: any nonsense may stand in them, and none matters
        return None
    for text in texts:
        found = _STAMP.match(text)
        if found:
            try:
                year, month, day, hour, minute, second = (int(x or 0) for x in found.groups())
                return datetime(year, month, day, hour, minute, second)
            except ValueError:
                continue
    return None


def _texts(tiff: bytes) -> Iterator[str]:
    order = _ORDERS.get(tiff[:4])
    if order is None:
        return
    kind, length, at = _entries(tiff, order, 4).get(_DETAILS, (0, 0, 0))
    if kind not in _LINKS or length != 1:
        return
    details = _entries(tiff, order, at)
    for tag in _TAKEN:
        kind, length, at = details.get(tag, (0, 0, 0))
        if kind == _TEXT and length > 4:  # less would stand in the entry itself, and is no time
            (start,) = unpack_from(f"{order}L", tiff, at)
            if start + length <= len(tiff):
                yield tiff[start : start + length].decode("latin-1")


def _entries(tiff: bytes, order: str, link: int) -> dict[int, tuple[int, int, int]]:
    """Tag -> its kind, how many there are, and where in the block its value or the link stands."""
    (start,) = unpack_from(f"{order}L", tiff, link)
    (count,) = unpack_from(f"{order}H", tiff, start)
    listed = tiff[start + 2 : start + 2 + 12 * count]
    whole = listed[: len(listed) // 12 * 12]
    return {
        tag: (kind, length, start + 2 + 12 * number + 8)
        for number, (tag, kind, length) in enumerate(iter_unpack(f"{order}HHL4x", whole))
    }

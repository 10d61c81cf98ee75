"""Real photographs for tests: drawn, with a camera's notes."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image

EXIF, GPS = 0x8769, 0x8825


def photograph(
    path: Path,
    colour: int = 0,
    taken: datetime | None = None,
    size: tuple[int, int] = (64, 48),
    **saved: object,
) -> Path:
    """Saves a picture by its ending; another ``colour`` is another picture, GPS is always in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    gps = exif.get_ifd(GPS)
    gps[1], gps[2], gps[3], gps[4] = "N", (31.0, 12.0, 5.5), "E", (121.0, 30.0, 7.5)
    if taken:
        exif.get_ifd(EXIF)[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
    patches = Image.frombytes("RGB", (8, 6), Random(colour).randbytes(8 * 6 * 3))
    patches.resize(size, Image.Resampling.NEAREST).save(path, exif=exif, **saved)
    return path


@cache
def hundred_megapixels() -> bytes:
    """A JPEG of 10,000 x 10,000 pixels and some 20 MB, as a telephone makes them."""
    tile = Image.effect_noise((1000, 1000), 60)
    whole = Image.new("L", (10_000, 10_000))
    for number in range(100):
        whole.paste(tile, (number % 10 * 1000, number // 10 * 1000))
    file = BytesIO()
    whole.save(file, "JPEG", quality=50)
    assert file.tell() > 15_000_000
    return file.getvalue()

"""Photographs made ready for print, and rows of them as slabs."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps

from reports.type.blocks import Picture, Pictures
from reports.type.fonts import Fonts
from reports.type.ink import Ink
from reports.type.paper import SIZES, Paper
from reports.type.paragraphs import baseline, broken
from reports.type.slabs import Slab
from reports.type.typeface import Face
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese

# 200 dots an inch over the whole text width; a phone's photograph has four times as many.
_PIXELS = 1240
_QUALITY = 80
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF")
# As many as telephones have; and as many as are read whole, some 75 MB.
_MOST_PIXELS = 250_000_000
_MOST_WHOLE = 25_000_000
Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
_BETWEEN = 10.0
_SIZE = SIZES["小五"]


def picture(
    source: Path | BinaryIO, caption: str = "", name: str = ""
) -> tuple[Picture | None, list[Problem]]:
    """Returns the photograph upright, scaled down, and without its camera data.

    Camera data may say where and when; a letter shows neither, and no remarks that stand in the
    file. A photograph is read at the size in which it is shown, so that a large one costs no
    more memory than a small one. ``name``: how problems name it. Problem code:
    ``picture-unreadable``, and then there is no picture.
    """
    place = Place(name or str(source))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(source, formats=_FORMATS) as opened:
                if _too_large(opened):
                    detail = f"{opened.width}×{opened.height} 像素太大，请缩小后另存为 JPG"
                    return None, [problem("picture-unreadable", place, detail=detail)]
                return _scaled(opened, caption), []
    except Exception as error:  # a damaged file meets the readers of pictures in many ways
        detail = in_chinese(error, "文件损坏，或不是图片")
        return None, [problem("picture-unreadable", place, detail=detail)]


def _too_large(opened: Image.Image) -> bool:
    """Whether reading would take much memory: only a plain JPEG can be read at a smaller size."""
    plain = opened.format == "JPEG" and "progressive" not in opened.info
    return opened.width * opened.height > (_MOST_PIXELS if plain else _MOST_WHOLE)


def _scaled(opened: Image.Image, caption: str) -> Picture:
    opened.draft("RGB", (_PIXELS, _PIXELS))
    opened.thumbnail((_PIXELS, _PIXELS))
    upright = ImageOps.exif_transpose(opened)
    if "A" in upright.getbands() or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright)
    shown = upright.convert("RGB")
    shown.info.clear()  # remarks would be saved along
    file = BytesIO()
    shown.save(file, "JPEG", quality=_QUALITY)
    return Picture(file.getvalue(), *shown.size, caption)


def pictures(block: Pictures, fonts: Fonts, paper: Paper) -> list[Slab]:
    """Returns one slab for each row of pictures."""
    width = (paper.measure - _BETWEEN * (block.across - 1)) / block.across
    rows = [
        block.pictures[start : start + block.across]
        for start in range(0, len(block.pictures), block.across)
    ]
    return [_slab(row, width, block.height, fonts) for row in rows]


def _slab(row: tuple[Picture, ...], width: float, height: float, fonts: Fonts) -> Slab:
    line = _SIZE * 1.3
    captions = [broken(p.caption, fonts[Face.SONG], _SIZE, width, justify=False) for p in row]
    scales = [min(width / p.width, height / p.height) for p in row]
    tallest = max(p.height * scale for p, scale in zip(row, scales, strict=True))
    most = max(len(lines) for lines in captions)

    def draw(ink: Ink, x: float, y: float) -> None:
        for shown, scale, lines in zip(row, scales, captions, strict=True):
            wide, tall = shown.width * scale, shown.height * scale
            ink.picture(shown.content, x + (width - wide) / 2, y - 4 - tallest, wide, tall)
            for number, text in enumerate(lines):
                at = y - 8 - tallest - number * line - baseline(line, _SIZE)
                ink.text(x + (width - text.width) / 2, at, text.text, Face.SONG, _SIZE)
            x += width + _BETWEEN

    return Slab(tallest + most * line + 12, draw)

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from reports.type.archival import About
from reports.type.blocks import Picture, Pictures
from reports.type.flow import typeset
from reports.type.fonts import Fonts
from reports.type.pictures import picture

ABOUT = About("图")
ROTATED = 6  # EXIF: the right side of the stored picture is its top
GPS = 0x8825


def ready(path: Path) -> Picture:
    made, problems = picture(path)
    assert problems == []
    assert made is not None
    return made


def test_a_photograph_is_upright_small_and_says_nothing_of_its_camera(tmp_path: Path) -> None:
    photo = Image.new("RGB", (3000, 2000), "white")
    photo.paste("black", (0, 0, 1500, 2000))  # the left half; after turning, the upper one
    exif = Image.Exif()
    exif[0x0112] = ROTATED
    exif[0x010F] = "Camera"
    exif.get_ifd(GPS)[1] = "N"
    photo.save(tmp_path / "photo.jpg", exif=exif)
    made = ready(tmp_path / "photo.jpg")
    shown = Image.open(BytesIO(made.content)).convert("L")
    assert shown.size == (made.width, made.height)
    assert made.height == 1240 and made.width == pytest.approx(827, abs=1)
    assert shown.getpixel((400, 100)) == pytest.approx(0, abs=3)
    assert shown.getpixel((400, 1100)) == pytest.approx(255, abs=3)
    assert not Image.open(BytesIO(made.content)).getexif()
    assert b"Camera" not in made.content


def test_a_see_through_picture_stands_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    shown = Image.open(BytesIO(ready(tmp_path / "clear.png").content))
    assert shown.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"\xff\xd8\xff\xe0 not a picture", "文".encode()]
)
def test_a_broken_picture_is_a_problem(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.jpg"
    path.write_bytes(content)
    made, problems = picture(path)
    assert made is None
    assert [item.code for item in problems] == ["picture-unreadable"]
    assert problems[0].place.file == str(path)


def test_a_missing_and_a_cut_picture_are_problems(tmp_path: Path) -> None:
    Image.effect_noise((400, 400), 50).save(tmp_path / "whole.jpg")
    whole = (tmp_path / "whole.jpg").read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    for name in ("cut.jpg", "none.jpg"):
        assert [item.code for item in picture(tmp_path / name)[1]] == ["picture-unreadable"]


def test_pictures_stand_side_by_side_with_their_captions(
    fonts: Fonts,
    pages: Callable[[bytes], list[str]],
    pixels: Callable[[bytes], Image.Image],
    tmp_path: Path,
) -> None:
    Image.new("RGB", (300, 200), (128, 128, 128)).save(tmp_path / "grey.png")
    made = ready(tmp_path / "grey.png")
    row = tuple(Picture(made.content, made.width, made.height, f"图{n}") for n in (1, 2, 3))
    pdf = typeset([Pictures(row, across=2, height=100)], fonts, ABOUT)
    assert pages(pdf) == ["图1图2图3—1—"]
    assert pdf.count(b"/Image") == 1 or pdf.count(b"/Subtype /Image") == 1
    grey = pixels(pdf).point(lambda value: 255 if 120 < value < 136 else 0).getbbox()
    assert grey is not None
    assert grey[2] - grey[0] > 300

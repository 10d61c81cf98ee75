"""The same photograph with other bytes is found; other photographs, papers and the dark are not."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFont
from pylopdf_fonts_zh_cn import sans_path

from inspections.evidence import alike as search
from inspections.evidence.alike import MOST, alike
from inspections.evidence.likeness import BYTES, UNLIKE, VIEWS, likeness
from inspections.evidence.looking import look

Change = Callable[[Image.Image], Image.Image]
FONT = ImageFont.truetype(sans_path(), 20)


def scene(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Something like a photograph: clouds of every size, and things before them."""
    chance, width, height = random.Random(seed), *size
    picture = Image.new("RGB", size)
    for power in range(2, 8):
        grid = (2**power, 2**power * height // width)
        noise = Image.frombytes("RGB", grid, chance.randbytes(grid[0] * grid[1] * 3))
        share = 1 if power == 2 else 0.35
        picture = Image.blend(picture, noise.resize(size, Image.Resampling.BICUBIC), share)
    pen = ImageDraw.Draw(picture)
    for _ in range(chance.randrange(4, 12)):
        x, y = chance.randrange(width), chance.randrange(height)
        box = (x, y, x + chance.randrange(20, 200), y + chance.randrange(20, 160))
        draw = pen.rectangle if chance.random() < 0.6 else pen.ellipse
        draw(box, tuple(chance.randbytes(3)))
    return picture


def page(seed: int) -> Image.Image:
    """A page of a record, mostly white."""
    chance = random.Random(seed)
    picture = Image.new("RGB", (600, 840), (250, 250, 248))
    pen = ImageDraw.Draw(picture)
    for line in range(chance.randrange(8, 26)):
        count = chance.choice([24, 24, chance.randrange(3, 24)])
        text = "".join(
            chance.choice("检查记录学校食堂台账安全卫生教师培训整改") for _ in range(count)
        )
        pen.text((60, 100 + 28 * line), text, "black", FONT)
    return picture


def dark(seed: int) -> Image.Image:
    """Taken with the lens covered: noise of a few steps."""
    chance = np.random.default_rng(seed)
    return Image.fromarray(chance.normal(12, 4, (480, 640, 3)).clip(0, 255).astype(np.uint8))


def saved(picture: Image.Image, quality: int = 80) -> Image.Image:
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return Image.open(file)


def cropped(share: float) -> Change:
    def change(picture: Image.Image) -> Image.Image:
        x, y = (int(side * share / 2) for side in picture.size)
        return saved(picture.crop((x, y, picture.width - x, picture.height - y)))

    return change


def stamped(picture: Image.Image) -> Image.Image:
    made = picture.copy()
    pen = ImageDraw.Draw(made)
    pen.text((made.width - 190, made.height - 30), "2026-10-14 09:31", "yellow", FONT)
    return saved(made)


def turned(by: int) -> Change:
    return lambda picture: saved(picture.rotate(by, Image.Resampling.BICUBIC))


def flipped(way: Image.Transpose) -> Change:
    return lambda picture: saved(picture.transpose(way))


def brighter(by: float) -> Change:
    return lambda picture: saved(ImageEnhance.Brightness(picture).enhance(by))


CHANGES: dict[str, Change] = {
    "quality 60": lambda picture: saved(picture, 60),
    "quality 80": saved,
    "half the size": lambda picture: saved(picture.reduce(2)),
    "other proportions": lambda picture: saved(picture.resize((500, 500))),
    "cropped 5 %": cropped(0.05),
    "cropped 10 %": cropped(0.10),
    "cropped 15 %": cropped(0.15),
    "turned 90": flipped(Image.Transpose.ROTATE_90),
    "turned 180": flipped(Image.Transpose.ROTATE_180),
    "turned 270": flipped(Image.Transpose.ROTATE_270),
    "turned 2": turned(2),
    "turned -2": turned(-2),
    "mirrored": flipped(Image.Transpose.FLIP_LEFT_RIGHT),
    "mirrored and turned": flipped(Image.Transpose.TRANSVERSE),
    "brighter": brighter(1.15),
    "darker": brighter(0.85),
    "grey": lambda picture: saved(picture.convert("L")),
    "colours by number": lambda picture: picture.convert("P"),
    "stamped": stamped,
}


@pytest.fixture(scope="module")
def others() -> list[str]:
    """What a county's other pictures look like."""
    found = [scene(seed) for seed in range(60)] + [page(seed) for seed in range(40)]
    return [likeness(picture) for picture in found]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_same_photograph_is_found_among_others(change: Change, others: list[str]) -> None:
    changed = [likeness(change(scene(seed))) for seed in range(8)]
    found = {(one, other) for one, other, _ in alike(others + changed)}
    right = {(seed, len(others) + seed) for seed in range(8)}
    assert found <= right  # and nothing else
    assert len(found) >= 7


def test_other_photographs_and_papers_are_not_alike(others: list[str]) -> None:
    assert alike(others) == []


def test_the_dark_is_like_nothing() -> None:
    assert {likeness(dark(seed)) for seed in range(5)} == {UNLIKE}
    assert likeness(Image.new("RGB", (640, 480), "white")) == UNLIKE


def test_the_order_of_pictures_makes_no_difference(others: list[str]) -> None:
    twice = others[:9] + [likeness(saved(scene(seed), 60)) for seed in range(3)]
    there = alike(twice)
    back = alike(twice[::-1])
    last = len(twice) - 1
    assert len(there) == 3
    assert sorted((last - b, last - a, bits) for a, b, bits in back) == there


def test_few_pictures_and_none() -> None:
    one = likeness(scene(1))
    assert alike([]) == alike([one]) == []
    assert alike([one, one]) == [(0, 1, 0)]


def test_thousands_of_one_picture_are_compared_with_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_PART", 1000)
    found = alike([likeness(scene(1))] * 500)
    assert {place for pair in found for place in pair[:2]} == set(range(500))
    assert len(found) < 500 * 200


def test_what_all_comparisons_would_find_is_found() -> None:
    """Bits as chance has them, each with a neighbour at some distance.

    Real pictures differ in their short waves first, which makes them easier to find.
    """
    chance = np.random.default_rng(1)
    bits = chance.integers(0, 2, (200, VIEWS, BYTES * 8), dtype=np.uint8)
    near = bits.copy()
    for number, row in enumerate(near):
        row[0, chance.permutation(BYTES * 8)[: number % (MOST + 5)]] ^= 1
        row[1:] = chance.integers(0, 2, row[1:].shape)
    told = [np.packbits(row, axis=1).tobytes().hex() for row in (*bits, *near)]
    found = {one: apart for one, other, apart in alike(told) if other == one + 200}
    right = {number: number % (MOST + 5) for number in range(200) if number % (MOST + 5) <= MOST}
    assert all(right[one] == apart for one, apart in found.items())
    assert [one for one, apart in right.items() if apart <= 12 and one not in found] == []
    assert len(found) >= 0.9 * len(right)


def test_a_picture_is_decoded_once(tmp_path: Path, opened: list[object]) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    scene(1).save(folder / "1.jpg")
    scene(2).save(folder / "2.png")
    (folder / "3.pdf").write_bytes(b"%PDF-1.4 ...")
    found = look(folder)
    assert [bool(item.likeness) for item in found] == [True, True, False]
    assert len(found[0].likeness) == 2 * VIEWS * BYTES
    by_digest = {item.digest: item for item in found}
    count = len(opened)
    assert count == 2
    assert look(folder, by_digest) == found
    assert len(opened) == count

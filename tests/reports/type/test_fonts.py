from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from pylopdf_fonts_zh_cn import sans_path, serif_path

from reports.type.fonts import Fonts, missing_glyphs, open_fonts
from reports.type.outlines import FontFile
from reports.type.punctuation import half
from reports.type.sfnt import truetype
from reports.type.typeface import Face
from reports.type.weight import Weight
from rubrics.messages.problems import Place

RARE = "㴔㙍䶮𬭊"  # in names of places and people; the last one beyond the basic plane
EMOJI = "\U0001f600"


@cache
def opened(path: Path) -> tuple[Any, FontFile]:
    font = TTFont(path, lazy=True)
    return font, FontFile(font)


def area(pen_target: Any, glyphs: Any) -> float:
    pen = AreaPen(glyphs)
    pen_target.draw(pen)
    return float(pen.value)


def licensed(path: Path, family: str, text: str, *, rights: int = 0, weight: int = 400) -> None:
    """A TrueType font of squares, 2000 to the em, that calls itself ``family``."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 1500), (1800, 1500), (1800, 0)):
        pen.lineTo(point)
    pen.closePath()
    box = pen.glyph()
    names = [".notdef", *(f"uni{ord(c):04X}" for c in text)]
    builder = FontBuilder(2000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"uni{ord(c):04X}" for c in text})
    builder.setupGlyf(dict.fromkeys(names, box))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (2000, 100)))
    builder.setupHorizontalHeader(ascent=1700, descent=-300)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": path.stem})
    builder.setupOS2(fsType=rights, usWeightClass=weight)
    builder.setupPost()
    builder.save(path)


@given(
    st.text(
        alphabet="督导意见书“”，。A9%",
        min_size=1,
        max_size=12,
    ).map(lambda t: t + "一")
)
def test_the_embedded_font_has_the_outlines_of_the_source(text: str) -> None:
    source, file = opened(serif_path())
    made = TTFont(BytesIO(truetype([file.glyph(c, Weight()) for c in text])))
    glyphs, originals = made.getGlyphSet(), source.getGlyphSet()
    for number, character in enumerate(text):
        name = source.getBestCmap()[ord(character)]
        drawn = glyphs[made.getGlyphName(number)]
        assert drawn.width == originals[name].width
        # Cubic contours run the other way round.
        assert -area(drawn, glyphs) == pytest.approx(area(originals[name], originals), rel=0.02)


@pytest.mark.parametrize("path", [serif_path(), sans_path()])
@pytest.mark.parametrize("character", "督导一口“’，0Og")
def test_heavy_glyphs_are_heavier_whichever_way_their_contours_run(
    path: Path, character: str
) -> None:
    _, file = opened(path)
    regular, heavy = (file.glyph(character, weight) for weight in (Weight(), Weight(17, 5)))
    made = TTFont(BytesIO(truetype([regular, heavy])))
    glyphs = made.getGlyphSet()
    areas = [abs(area(glyphs[name], glyphs)) for name in made.getGlyphOrder()]
    assert areas[1] > areas[0] * 1.05
    # Corners move a little further than edges.
    assert 20 <= (heavy.right - heavy.left) - (regular.right - regular.left) <= 68
    # A character square stays a square.
    assert heavy.advance == 1000 or regular.advance < 1000


def test_half_width_marks_keep_their_ink_inside(fonts: Fonts) -> None:
    for face in Face:
        for mark in "，。、；：）》】”’“‘（《〈【":
            glyph = fonts[face].typeface.glyph(half(mark))
            assert glyph.advance in (500, 1000)
            assert glyph.left >= -60
            assert glyph.right <= glyph.advance + 80


def test_every_face_prints_rare_characters(fonts: Fonts) -> None:
    for face in Face:
        for character in RARE:
            assert fonts[face].typeface.covers(character)
            assert fonts[face].typeface.glyph(character).data


def test_what_only_one_open_font_has_prints_in_the_other_face_too(fonts: Fonts) -> None:
    serif, sans = (set(opened(p)[0].getBestCmap()) for p in (serif_path(), sans_path()))
    only_sans, only_serif = sorted(sans - serif)[:20], sorted(serif - sans)[:20]
    assert only_sans
    assert only_serif
    for point in only_sans + only_serif:
        assert all(fonts[face].typeface.covers(chr(point)) for face in Face)


def test_a_missing_glyph_is_reported_with_its_place(fonts: Fonts) -> None:
    place = Place("检查表.xlsx", "双减", "H12")
    texts = [(place, f"值班表齐全{EMOJI}，记录完整"), (Place("b"), f"督导{RARE}\u200b\ufeff\t")]
    (found,) = missing_glyphs(fonts, texts)
    assert (found.code, found.place) == ("glyph-missing", place)
    assert dict(found.params)["code"] == "1F600"
    assert EMOJI in found.message


def test_a_bureaus_own_fonts_are_used_where_they_are_recognised(tmp_path: Path) -> None:
    licensed(tmp_path / "a.ttf", "FangSong_GB2312", "督导")
    licensed(tmp_path / "simkai.ttf", "Unnamed", "督𠮷")
    licensed(tmp_path / "other.ttf", "Comic", "督")
    fonts, problems = open_fonts(tmp_path)
    assert problems == ()
    assert fonts[Face.FANGSONG].fontName == "a"
    assert fonts[Face.KAI].fontName == "simkai"
    assert fonts[Face.SONG].fontName.startswith("NotoSerifSC")
    body = fonts[Face.FANGSONG].typeface
    # Squares on a grid of 2000 come out on a grid of 1000; what is missing comes from the open one.
    assert (body.glyph("督").left, body.glyph("督").right) == (50, 900)
    assert body.glyph("室") == fonts[Face.SONG].typeface.glyph("室")
    # Every face borrows what any file has.
    assert body.covers("𠮷") and fonts[Face.HEI].typeface.covers("𠮷")


def test_the_regular_weight_of_a_family_is_preferred(tmp_path: Path) -> None:
    licensed(tmp_path / "bold.ttf", "楷体", "督", weight=700)
    licensed(tmp_path / "regular.ttf", "楷体", "督")
    fonts, _ = open_fonts(tmp_path)
    assert fonts[Face.KAI].fontName == "regular"


@pytest.mark.parametrize(
    ("rights", "codes"),
    [(0, []), (8, []), (2, ["font-restricted"]), (0x100, ["font-restricted"])],
)
def test_a_font_that_must_not_be_embedded_is_not(
    tmp_path: Path, rights: int, codes: list[str]
) -> None:
    licensed(tmp_path / "simhei.ttf", "黑体", "督", rights=rights)
    licensed(tmp_path / "simkai.ttf", "楷体", "督")
    fonts, problems = open_fonts(tmp_path)
    assert [item.code for item in problems] == codes
    assert (fonts[Face.HEI].fontName == "simhei") == (not codes)


def test_a_damaged_font_costs_no_other(tmp_path: Path) -> None:
    licensed(tmp_path / "simkai.ttf", "楷体", "督")
    whole = (tmp_path / "simkai.ttf").read_bytes()
    (tmp_path / "cut.ttf").write_bytes(whole[:200])
    (tmp_path / "text.ttf").write_text("not a font")
    (tmp_path / "empty.ttc").write_bytes(b"")
    fonts, problems = open_fonts(tmp_path)
    assert {(item.code, item.place.file) for item in problems} == {
        ("font-unreadable", name) for name in ("cut.ttf", "text.ttf", "empty.ttc")
    }
    assert fonts[Face.KAI].fontName == "simkai"


def test_a_folder_without_any_official_face_is_reported(tmp_path: Path) -> None:
    licensed(tmp_path / "other.ttf", "Comic", "督")
    fonts, problems = open_fonts(tmp_path)
    assert [item.code for item in problems] == ["font-unrecognised"]
    assert "仿宋" in problems[0].remedy
    assert fonts[Face.KAI] is fonts[Face.SONG]


def test_fonts_are_opened_once_a_process(fonts: Fonts) -> None:
    assert open_fonts()[0] is fonts

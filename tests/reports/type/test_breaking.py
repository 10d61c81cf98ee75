from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reports.type.breaking import Line, break_lines, loose
from reports.type.fonts import Fonts
from reports.type.punctuation import CLOSING, OPENING, restore
from reports.type.typeface import Face

SIZE = 10.0


def broken(fonts: Fonts, text: str, characters: float, indent: int = 0) -> list[str]:
    widths = fonts[Face.SONG].typeface.widths
    lines = break_lines(text, widths, SIZE, characters * SIZE, indent=indent * SIZE)
    return [restore(line.text) for line in lines]


def set_width(line: Line) -> float:
    return line.width + line.extra * max(0, loose(line.text.rstrip(" ")) - 1)


@pytest.mark.parametrize(
    ("text", "characters", "lines"),
    [
        ("", 8, [""]),
        ("一二三四", 4, ["一二三四"]),
        ("一二三四五", 4, ["一二三四", "五"]),
        ("一二三四，五六", 4, ["一二三", "四，五六"]),
        ("一二三（四五）六", 4, ["一二三", "（四五）", "六"]),
        ("一二三“四”五六七八", 4, ["一二三", "“四”五", "六七八"]),
        ("温度37.5℃以上", 4, ["温度", "37.5℃以", "上"]),
        ("上报到2026年5月12日为止", 8, ["上报到", "2026年5月12日为", "止"]),
        ("依据东教督〔2026〕3号文", 8, ["依据东教督", "〔2026〕3号文"]),
        ("见附件Appendix内", 6, ["见附件", "Appendix内"]),
        ("一二三……四五六", 4, ["一二", "三……四", "五六"]),
        ("标准为第41条规定", 5, ["标准为", "第41条规", "定"]),
        ("共查22项得满分", 3, ["共查", "22项", "得满分"]),
        ("每天活动120分钟为宜的", 6, ["每天活动", "120分钟为宜", "的"]),
        ("就餐的30餐次3层楼", 4, ["就餐的", "30餐次", "3层楼"]),
        ("一二\n三四五六七", 4, ["一二", "三四五六", "七"]),
    ],
)
def test_lines_break_where_a_reader_expects(
    fonts: Fonts, text: str, characters: float, lines: list[str]
) -> None:
    assert broken(fonts, text, characters) == lines


def test_a_mark_that_just_does_not_fit_is_squeezed_into_the_line(fonts: Fonts) -> None:
    text = "一二三四五六七八九十" * 3
    assert broken(fonts, f"{text[:28]}，{text}", 28)[0] == f"{text[:28]}，"


def test_a_word_wider_than_the_line_is_broken_after_all(fonts: Fonts) -> None:
    text = "x" * 60 + "，好"
    lines = broken(fonts, text, 8)
    assert "".join(lines) == text
    assert len(lines) > 3
    assert not lines[-1].startswith("，")


def test_the_first_line_is_indented(fonts: Fonts) -> None:
    assert [len(line) for line in broken(fonts, "国" * 25, 10, indent=2)] == [8, 10, 7]


def test_latin_words_are_not_spread(fonts: Fonts) -> None:
    assert loose("一二") == 2
    assert loose("Word") == 1
    assert loose("共37个") == 3


MARKS_OPENING = "“‘（《〈【￥"
MARKS_CLOSING = "，。、；：？！”’）》】〉…—％‰℃,.;)"
CORES = st.one_of(
    st.text(alphabet="县督导学校的一是在", min_size=1, max_size=6),
    st.sampled_from(
        ["2026年5月12日", "37.5℃", "91.95分", "12 kg", "Word", "3～5人", "〔2026〕3号", " ", "——"]
    ),
    st.text(alphabet="ab1", min_size=1, max_size=30),
)
TOKENS = st.tuples(
    st.text(alphabet=MARKS_OPENING, max_size=1), CORES, st.text(alphabet=MARKS_CLOSING, max_size=2)
).map("".join)
TEXTS = st.lists(TOKENS, min_size=1, max_size=40).map("".join)


MARKED = re.compile(f"[{re.escape(OPENING)}]*[^{re.escape(CLOSING)}]?[{re.escape(CLOSING)}]+")


@given(
    text=TEXTS,
    characters=st.integers(8, 30),
    tracking=st.sampled_from([0.0, -0.13]),
    indent=st.sampled_from([0.0, 20.0]),
    justify=st.booleans(),
)
def test_lines_keep_the_rules_whatever_the_text(
    fonts: Fonts, text: str, characters: int, tracking: float, indent: float, justify: bool
) -> None:
    # A character with so many marks that a line cannot hold them has no lawful break.
    assume(max(map(len, MARKED.findall(text)), default=0) <= characters - 3)
    widths = fonts[Face.SONG].typeface.widths
    measure = characters * SIZE
    lines = break_lines(
        text, widths, SIZE, measure, indent=indent, tracking=tracking, justify=justify
    )
    # Nothing lost, nothing moved.
    assert restore("".join(line.text for line in lines)) == text
    for number, line in enumerate(lines):
        room = measure - (0 if number else indent)
        # No line is wider than its room.
        assert set_width(line) <= room + 1e-6
        if number:
            assert line.text[0] not in CLOSING
        if number < len(lines) - 1:
            assert line.text.rstrip(" ")[-1:] not in OPENING or not line.text.strip(" ")
            # A line that was spread reaches the margin.
            assert not line.extra or set_width(line) == pytest.approx(room)
        # Every character but a trailing space is counted at its width.
        ink = line.text.rstrip(" ")
        counted = sum(widths[c] for c in ink) * SIZE / 1000 + tracking * len(ink)
        assert line.width == pytest.approx(counted)


@given(st.lists(st.text(alphabet="县督导学校，。", max_size=9), min_size=1), st.integers(9, 30))
def test_dates_stay_whole(fonts: Fonts, parts: list[str], characters: int) -> None:
    text = "2026年5月12日".join(parts)
    lines = broken(fonts, text, characters)
    assert sum(line.count("2026年5月12日") for line in lines) == len(parts) - 1


@given(st.integers(1, 20), st.integers(1, 20), st.integers(10, 30))
def test_a_lead_in_another_face_counts_at_its_own_widths(
    fonts: Fonts, lead: int, rest: int, characters: int
) -> None:
    wide = {"甲": 1200, "乙": 1000}
    narrow = {"甲": 700, "乙": 1000}
    text = "甲" * lead + "甲" * rest
    lines = break_lines(text, narrow, SIZE, characters * SIZE, lead=lead, lead_widths=wide)
    assert "".join(line.text for line in lines) == text
    assert sum(line.width for line in lines) == pytest.approx((lead * 1.2 + rest * 0.7) * SIZE)


def test_no_forbidden_mark_is_missing_from_the_classes() -> None:
    assert not set(CLOSING) & set(OPENING)
    assert set("，。、；：？！”’）》】〉…—％‰℃") <= set(CLOSING)
    assert set("“‘（《〈【〔￥$") <= set(OPENING)

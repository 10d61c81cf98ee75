"""Letters as paper: how many pages, which fonts, whether anything leaves the text area."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reports.faults.quoting import MOST
from reports.letter.subject import Letter
from reports.letter.writing import letter_pdf
from reports.type.paper import MM
from tests.reports.letter.inspected import (
    INSPECTORS,
    ROUND,
    SCHOOL,
    faulty,
    letter,
    roster,
    rubric,
    with_faults,
)

Pages = Callable[[bytes], list[str]]
Words = Callable[[bytes], list[tuple[int, float, float, float, float, str]]]

LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 184 * MM, 37 * MM, 262 * MM
FOLIO = 270 * MM


def inside(words: Words, pdf: bytes) -> None:
    """All text stands in the text area of the official page, but for the page numbers below."""
    for _, x1, y1, x2, y2, text in words(pdf):
        assert x1 > LEFT - 1, text
        assert x2 < RIGHT + 1, text
        assert y1 > TOP - 4, text
        if not re.fullmatch(r"—|\d+", text):
            assert y2 < BOTTOM + 4, text
        assert y2 < FOLIO + 6, text


@pytest.mark.parametrize("faults", [0, 5, 25])
@pytest.mark.parametrize("name", ["canteen", "shuangjian", "party"])
def test_letters_have_two_to_five_pages_inside_the_margins(
    words: Words, name: str, faults: int
) -> None:
    of = rubric(name)
    made = letter(of, with_faults(of, faults))
    assert len(made.faults) == faults
    pdf = letter_pdf(made)
    inside(words, pdf)
    assert 2 <= max(page for page, *_ in words(pdf)) <= 5


@pytest.mark.parametrize("faults", [0, 25])
def test_every_font_is_embedded(pdftotext: Path, tmp_path: Path, faults: int) -> None:
    of = rubric("canteen")
    path = tmp_path / "letter.pdf"
    path.write_bytes(letter_pdf(letter(of, with_faults(of, faults))))
    listed = subprocess.run(
        [pdftotext.with_name("pdffonts"), path], capture_output=True, text=True, check=True
    )
    assert not listed.stderr
    rows = [line.split() for line in listed.stdout.splitlines()[2:]]
    assert rows
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows), listed.stdout


def test_the_same_letter_is_the_same_bytes_whatever_was_written_before() -> None:
    of = rubric("canteen")

    def made() -> Letter:
        return letter(of, with_faults(of, 9))

    first = letter_pdf(made())
    letter_pdf(letter(rubric("party"), with_faults(rubric("party"), 3)))
    assert letter_pdf(made()) == first
    assert b"D:20261116" in first


def test_long_names_and_facts_stay_inside_and_lose_nothing(words: Words, pages: Pages) -> None:
    of = rubric("canteen")
    name = "青禾县" + "白龙江林业局第三十二林场子弟学校教学点与寄宿制九年一贯制联合" * 4 + "学校"
    rooms = [f"第{n}间加工间砧板混用；" for n in range(300)]
    facts = ["".join(rooms[at : at + 30]) for at in range(0, len(rooms), 30)]
    assert max(map(len, facts)) <= MOST
    latin = "IMG" + "0123456789abcdef" * 12 + "W" * 60
    school = replace(SCHOOL, name=name)
    bureau = "青禾县人民政府教育督导委员会办公室暨义务教育优质均衡发展工作领导小组办公室"
    settings = ROUND.model_copy(update={"bureau": bureau, "title": "督导" * 60})
    faults = with_faults(of, len(facts) + 1)
    changes = [replace(one, fault=fact) for one, fact in zip(faults, [*facts, latin], strict=True)]
    made = letter(of, changes, school=school, settings=settings)
    pdf = letter_pdf(made)
    inside(words, pdf)
    text = "".join(pages(pdf))
    assert f"{name}：" in text
    assert re.sub(r"—\d+—", "", text).count(bureau) == 2
    assert latin in text
    # The table goes on over pages, with its head and the page number between.
    printed = re.findall(r"第(\d+)间", re.sub(r"—\d+—序号.*?期限", "", text))
    assert sorted(map(int, printed)) == list(range(300))


def test_rare_characters_are_printed(pages: Pages) -> None:
    of = rubric("canteen")
    school = replace(SCHOOL, name="㴔溪乡𬭊庆小学")
    people = roster(school)
    inspectors = people.inspectors | {"D01": replace(INSPECTORS[0], name="王喆䶮")}
    made = letter(of, [replace(faulty(of, "C1"), fault="㸆肉与𥻗子粥")], school=school)
    made = replace(made, roster=replace(people, inspectors=inspectors))
    text = "".join(pages(letter_pdf(made)))
    for word in ("㴔溪乡𬭊庆小学：", "王喆䶮", "㸆肉与𥻗子粥"):
        assert word in text


@pytest.mark.parametrize("faults", range(0, 24, 2))
def test_the_slip_never_stands_alone_on_a_page(pages: Pages, faults: int) -> None:
    of = rubric("canteen")
    *_, last = pages(letter_pdf(letter(of, with_faults(of, faults))))
    assert last.index("五、异议") < last.index("送达回执")


@pytest.mark.parametrize("name", ["canteen", "shuangjian", "party"])
def test_the_heading_of_the_faults_stands_over_their_table(pages: Pages, name: str) -> None:
    of = rubric(name)
    for lines in range(12):  # what stands above it grows line by line
        title = "长" * 20 * lines
        longer = ROUND.model_copy(update={"title": f"{ROUND.title}{title}"})
        printed = pages(letter_pdf(letter(of, with_faults(of, 3), settings=longer)))
        (page,) = [text for text in printed if "三、存在问题和整改要求" in text]
        assert "问题事实" in page.partition("三、存在问题和整改要求")[2], lines


def test_the_slip_is_never_torn_over_two_pages(words: Words) -> None:
    of = rubric("canteen")
    for count in range(12):
        found = words(letter_pdf(letter(of, with_faults(of, count))))
        last = max(page for page, *_ in found)
        for word in ("送达回执", "收件单位（盖章）", "签收人（职务）", "对意见书的意见"):
            assert [page for page, *_, text in found if text == word] == [last], (count, word)

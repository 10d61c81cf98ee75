from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.type.archival import About
from reports.type.blocks import (
    Block,
    Column,
    CutLine,
    Gap,
    NewPage,
    Paragraph,
    Row,
    Signature,
    Table,
    heading,
    title,
)
from reports.type.flow import typeset
from reports.type.fonts import Fonts
from reports.type.paper import FLUSH, MM
from reports.type.typeface import Face

ABOUT = About("督导反馈意见书", "东河县教育局", day=date(2026, 5, 20))
Pages = Callable[[bytes], list[str]]
Words = Callable[[bytes], list[tuple[int, float, float, float, float, str]]]
SENTENCE = "学校成立由校长任组长的工作领导小组，制定作业管理办法7项，家长满意度为96.4%。"


def body(count: int) -> list[Block]:
    return [Paragraph(SENTENCE * 3) for _ in range(count)]


def faults(rows: int) -> Table:
    columns = (Column("序号", 1, "centre"), Column("存在问题", 6), Column("扣分", 1, "right"))
    cells: list[Row] = [(str(n), f"第{n}处：{SENTENCE}", "0.5") for n in range(1, rows + 1)]
    return Table(columns, tuple(cells), caption="问题清单")


def letter() -> list[Block]:
    return [
        Gap(3, fixed=True),
        title("关于“双减”工作专项督导的反馈意见书"),
        Paragraph("㴔溪乡𬭊庆小学：", FLUSH),
        *body(3),
        heading("一、存在问题"),
        faults(40),
        heading("二、整改要求"),
        Paragraph(SENTENCE, lead="（一）立行立改。", lead_face=Face.KAI),
        *body(2),
        Gap(2),
        Signature(("东河县人民政府教育督导室",), "2026年5月20日"),
        CutLine("回执"),
        Table((Column("", 1, label=True), Column("", 3)), (("学校", ""), ("签收人", "")), least=30),
    ]


def test_all_text_comes_back_in_order(fonts: Fonts, pages: Pages) -> None:
    text = re.sub(r"—\d+—|序号存在问题扣分", "", "".join(pages(typeset(letter(), fonts, ABOUT))))
    rows = "".join(f"{n}第{n}处：{SENTENCE}0.5" for n in range(1, 41))
    assert text == (
        "关于“双减”工作专项督导的反馈意见书㴔溪乡𬭊庆小学："
        + SENTENCE * 9
        + "一、存在问题问题清单"
        + rows
        + "二、整改要求（一）立行立改。"
        + SENTENCE * 7
        + "东河县人民政府教育督导室2026年5月20日回执学校签收人"
    )


def test_all_fonts_are_embedded_subsets(fonts: Fonts, pdftotext: Path, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(typeset(letter(), fonts, ABOUT))
    program = pdftotext.with_name("pdffonts")
    listed = subprocess.run([program, path], capture_output=True, text=True, check=True)
    lines = listed.stdout.splitlines()[2:]
    assert len(lines) == 3
    for line in lines:
        name, *_, embedded, subset, unicode, _, _ = line.split()
        assert re.match(r"[A-Z]{6}\+Noto", name)
        assert (embedded, subset, unicode) == ("yes", "yes", "yes")
    assert not listed.stderr


def test_the_same_blocks_are_the_same_bytes_whatever_came_before(fonts: Fonts) -> None:
    first = typeset(letter(), fonts, ABOUT)
    typeset([*body(1), heading("别的字")], fonts, ABOUT)
    assert typeset(letter(), fonts, ABOUT) == first
    assert b"D:20260520" in first


def test_a_page_holds_22_lines_inside_the_margins(fonts: Fonts, words: Words) -> None:
    found = words(typeset([Paragraph("督" * 28 * 50, FLUSH)], fonts, ABOUT))
    lines = [word for word in found if "督" in word[5]]
    assert [sum(word[0] == page for word in lines) for page in (1, 2, 3)] == [22, 22, 6]
    assert all(word[5] == "督" * 28 for word in lines)
    for _, x1, y1, x2, y2, _ in lines:
        assert (x1, x2) == pytest.approx((28 * MM, (210 - 26) * MM), abs=0.5)
        assert y1 > 37 * MM - 2
        assert y2 < (297 - 35) * MM + 2


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(fonts: Fonts, words: Words) -> None:
    found = words(typeset(body(20), fonts, ABOUT))
    numbers = {page: (x1, y1) for page, x1, y1, _, _, text in found if y1 > (297 - 35) * MM}
    assert len(numbers) == max(page for page, *_ in found) > 3
    for page, (x, y) in numbers.items():
        assert (x > 105 * MM) is (page % 2 == 1)
        assert y == pytest.approx((297 - 35 + 7) * MM, abs=10)


def test_a_table_repeats_its_head_and_loses_no_row(fonts: Fonts, pages: Pages) -> None:
    read = pages(typeset([faults(90)], fonts, ABOUT))
    assert len(read) > 2
    assert all("序号存在问题扣分" in page for page in read)
    assert [int(n) for n in re.findall(r"第(\d+)处", "".join(read))] == list(range(1, 91))


def test_a_cell_longer_than_a_page_goes_on_on_the_next(fonts: Fonts, pages: Pages) -> None:
    text = "".join(f"甲{n}乙" for n in range(2000))
    block = Table((Column("问题", 3), Column("依据", 1)), ((text, "第1条"), ("末", "第2条")))
    read = pages(typeset([block], fonts, ABOUT))
    assert len(read) > 2
    assert text in re.sub(r"—\d+—|问题依据|第1条", "", "".join(read))
    assert "末第2条" in read[-1]


def test_cells_can_be_joined_and_a_whole_row_is_a_section_head(fonts: Fonts, pages: Pages) -> None:
    columns = (Column("甲", 1), Column("乙", 1), Column("丙", 1))
    wide = "一二三四五六七八九十" * 3
    rows: tuple[Row, ...] = (("一、课程", None, None), ("1", wide, None), ("2", "3", "4"))
    (read,) = pages(typeset([Table(columns, rows)], fonts, ABOUT))
    assert read == f"甲乙丙一、课程1{wide}234—1—"


@pytest.mark.parametrize("lines", range(14, 24))
def test_a_heading_is_never_the_last_line_of_a_page(fonts: Fonts, pages: Pages, lines: int) -> None:
    filling = [Paragraph("督" * 28, FLUSH) for _ in range(lines)]
    read = pages(typeset([*filling, heading("一、标题"), Paragraph(SENTENCE * 3)], fonts, ABOUT))
    for page in read:
        assert not re.search(r"一、标题(—\d+—)?$", page)
    # Nor does a paragraph leave one line behind or send one ahead.
    start = next(page for page in read if "标题" in page)
    assert len(start.split("标题")[1]) > 40


def test_a_signature_stays_with_the_last_line_of_the_text(fonts: Fonts, pages: Pages) -> None:
    filling: list[Block] = [Paragraph("督" * 28, FLUSH) for _ in range(21)]
    end: list[Block] = [
        Paragraph("特此反馈。"),
        Gap(2),
        Signature(("东河县教育局",), "2026年5月20日"),
    ]
    first, second = pages(typeset([*filling, *end], fonts, ABOUT))
    assert "特此反馈" not in first
    assert second.startswith("特此反馈。东河县教育局2026年5月20日")


@pytest.mark.parametrize(("lines", "count"), [(22, 1), (24, 1), (28, 2), (48, 2), (60, 3)])
def test_a_little_that_is_left_for_a_last_page_closes_up(
    fonts: Fonts, pages: Pages, words: Words, lines: int, count: int
) -> None:
    """As many lines as a page holds 22 of, the last two of them the signature."""
    blocks = [Paragraph(f"第{n}行", FLUSH) for n in range(lines - 2)]
    pdf = typeset([*blocks, Signature(("东河县教育局",), "2026年5月20日")], fonts, ABOUT)
    assert len(pages(pdf)) == count
    bottoms = [bottom for _, _, _, _, bottom, text in words(pdf) if text.startswith("第")]
    assert max(bottoms) < (297 - 35) * MM
    loose = typeset(blocks, fonts, ABOUT)
    assert len(pages(loose)) == -(-(lines - 2) // 22)


def test_the_date_ends_four_characters_from_the_margin(fonts: Fonts, words: Words) -> None:
    signed = Signature(("东河县教育局", "东河县市场监督管理局"), "2026年5月20日")
    found = {word[5]: word for word in words(typeset([signed], fonts, ABOUT))}
    _, left, _, right, _, _ = found["2026年5月20日"]
    assert right == pytest.approx((210 - 26) * MM - 4 * 156 * MM / 28, abs=1)
    for signer in signed.signers:
        _, x1, _, x2, _, _ = found[signer]
        assert (x1 + x2) / 2 == pytest.approx((left + right) / 2, abs=1)


def test_gaps_vanish_at_the_top_of_a_page_unless_they_are_fixed(fonts: Fonts, words: Words) -> None:
    def top(gap: Gap) -> float:
        found = words(typeset([*body(1), NewPage(), gap, Paragraph("此页")], fonts, ABOUT))
        return next(y1 for _, _, y1, _, _, text in found if text == "此页")

    assert top(Gap(3, fixed=True)) - top(Gap(3)) == pytest.approx(3 * 225 * MM / 22, abs=0.5)


def test_an_empty_document_is_one_numbered_page(fonts: Fonts, pages: Pages) -> None:
    assert pages(typeset([], fonts, ABOUT)) == ["—1—"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_blocks_make_a_pdf_with_all_their_text(
    fonts: Fonts, pages: Pages, data: st.DataObject
) -> None:
    text = st.text(alphabet="督导学校甲乙，。（“A9", max_size=300)
    row = st.tuples(text, text)
    block = st.one_of(
        text.map(Paragraph),
        st.builds(heading, text, st.integers(1, 3)),
        st.builds(title, text),
        st.builds(Gap, st.floats(0, 30), st.booleans()),
        st.just(NewPage()),
        st.lists(row, max_size=8).map(
            lambda rows: Table((Column("头", 1), Column("头", 2)), tuple(rows))
        ),
    )
    blocks = data.draw(st.lists(block, max_size=8))
    expected = 0
    for item in blocks:
        if isinstance(item, Paragraph):
            expected += item.text.count("督")
        if isinstance(item, Table):
            expected += sum("".join(filter(None, cells)).count("督") for cells in item.rows)
    assert "".join(pages(typeset(blocks, fonts, ABOUT))).count("督") == expected

"""Whatever a reader adds or subtracts on the page comes out as it is printed."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.letter.content import letter_blocks, texts
from reports.letter.result import _points
from reports.letter.subject import Letter
from reports.type.blocks import BarChart, Block, Paragraph
from rubrics.values.points import round_units, to_units
from scoring.results.published import (
    apportioned,
    percentage_points,
    share_text,
    share_to_median,
    traced_text,
)
from scoring.results.scores import DimensionScore
from tests.reports.letter.test_sums import each_kind, letters, table
from tests.scoring.small import item, rubric

OF = rubric(item("A1", 5))


def number(text: str | None) -> Decimal:
    return Decimal((text or "").replace("—", "0") or "0")


def prose(blocks: list[Block]) -> str:
    return "".join(block.lead + block.text for block in blocks if isinstance(block, Paragraph))


@each_kind
def test_columns_of_the_dimensions_add_up(name: str, policy: str) -> None:
    for made in letters(name, policy):
        *rows, whole = table(letter_blocks(made), "一级指标")
        for place in range(1, len(whole)):
            assert sum(number(row[place]) for row in rows) == number(whole[place]), place
        for row in (*rows, whole):
            assert number(row[2]) - number(row[3]) == number(row[4])


@each_kind
def test_a_difference_is_that_of_the_figures_beside_it(name: str, policy: str) -> None:
    told = 0
    for made in letters(name, policy):
        blocks = letter_blocks(made)
        text = prose(blocks)
        total = re.search(r"总分(?:折合为)?(-?[\d.]+)分", text)
        gap = re.search(r"中位数(?:暂为)?(-?[\d.]+)分，你校(高|低)([\d.]+)分", text)
        if total and gap:
            apart = Decimal(total[1]) - Decimal(gap[1])
            assert apart == Decimal(gap[3]) * (1 if gap[2] == "高" else -1)
            told += 1
        told += leads(blocks, text)
    assert told


def leads(blocks: list[Block], text: str) -> int:
    """How many leads over the median are told; each is checked against the chart."""
    bars = {bar.label: bar for block in blocks if isinstance(block, BarChart) for bar in block.bars}
    met = re.findall(r"“([^“]+)”得分率([\d.]+)%，高于本组(?:暂定)?中位数([\d.]+)个百分点", text)
    for title, share, lead in met:
        bar = bars[title.replace("‘", "“").replace("’", "”")] if title not in bars else bars[title]
        assert bar.text == f"{share}%"
        assert Decimal(share) - Decimal(bar.marker_text.rstrip("%")) == Decimal(lead)
    return len(met)


@each_kind
def test_what_is_added_and_taken_off_leads_to_the_total(name: str, policy: str) -> None:
    told = 0
    for made in letters(name, policy):
        text = prose(letter_blocks(made))
        chain = re.search(
            r"你校得([\d.]+)分(?:，折合([\d.]+)分[^；]*)?((?:；(?:加|附加扣)分?[\d.]+分[^；。]*)+)"
            r"。(?:暂定)?总分([\d.]+)分",
            text,
        )
        if chain is None:
            continue
        total = Decimal(chain[2] or chain[1])
        for sign, amount in re.findall(r"；(加|附加扣)分?([\d.]+)分", chain[3]):
            total += Decimal(amount) * (1 if sign == "加" else -1)
        assert total == Decimal(chain[4])
        told += 1
    assert told or name != "shuangjian"


NOT_ROUNDED = "按未取整的得分"


def half_up(value: Fraction, places: int) -> Decimal:
    step = 10**places
    return Decimal(int(value * step * 2 + 1) // 2) / step


@each_kind
def test_the_formula_of_the_total_gives_the_total_that_is_printed(name: str, policy: str) -> None:
    """Or the letter says that it was worked out from points with more decimals."""
    told = 0
    for made in letters(name, policy):
        text = prose(letter_blocks(made))
        found = re.search(
            r"应得([\d.]+)分，你校得([\d.]+)分，.{0,6}折合(?:为)?([\d.]+)分（(\D*得分)÷应得分×(\d+)）",
            text,
        )
        if found is None:
            continue
        due, got, total, how, full = found.groups()
        by_hand = half_up(Fraction(got) / Fraction(due) * int(full), made.rubric.places)
        assert (how == NOT_ROUNDED) == (by_hand != Decimal(total)), found[0]
        told += 1
    assert told or name != "shuangjian"


def test_points_that_do_not_lead_to_the_total_are_told_as_rounded() -> None:
    """91.765 of 97 is 94.60, 91.77 of 97 would be 94.61."""
    made = letters("party", "full")[0]
    places = replace(made.score, earned=917_650, applicable=970_000, normalised=946_000)
    told = _points(replace(made, score=replace(places, total=946_000, bonus=0, penalty=0)))
    assert "你校得91.77分" in told
    assert told.endswith("折合为94.60分（按未取整的得分÷应得分×100）。")
    even = replace(places, earned=920_000, normalised=948_454, total=948_454, bonus=0, penalty=0)
    assert "（得分÷应得分×100）" in _points(replace(made, score=even))


@each_kind
def test_the_shares_are_those_of_the_table_or_told_as_of_exact_points(
    name: str, policy: str
) -> None:
    for made in letters(name, policy):
        blocks = letter_blocks(made)
        charts = [block for block in blocks if isinstance(block, BarChart)]
        rows = table(blocks, "一级指标")[:-1]
        wrong = [
            row[0]
            for chart in charts
            for row, bar in zip(rows, chart.bars, strict=True)
            if (shown := re.match(r"([\d.]+)%", bar.text))
            and row[3] != "—"
            and half_up(Fraction(number(row[3])) / Fraction(number(row[2])) * 100, 1)
            != Decimal(shown[1])
        ]
        assert bool(wrong) == (f"得分率{NOT_ROUNDED}计算" in prose(blocks)), wrong


@each_kind
def test_points_have_the_decimals_that_are_published(name: str, policy: str) -> None:
    for made in letters(name, policy):
        for text in (text for block in letter_blocks(made) for text in texts(block)):
            assert not re.search(r"\d\.\d{3}", text), text


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=12), st.integers(0, 4))
def test_parts_add_up_and_none_is_moved_by_more_than_its_last_digit(
    parts: list[int], places: int
) -> None:
    shown = apportioned(parts, places)
    step = 10 ** (4 - places)
    assert sum(shown) == round_units(sum(parts), places)
    assert all(abs(one - other) < step for one, other in zip(parts, shown, strict=True))
    assert all(one % step == 0 for one in shown)


@pytest.mark.parametrize(
    ("share", "other", "shown", "apart"),
    [(9765, 9545, "97.7%", "2.2"), (9769, 9546, "97.7%", "2.2"), (8750, 8750, "87.5%", "0.0")],
)
def test_percentages_are_subtracted_as_they_are_printed(
    share: int, other: int, shown: str, apart: str
) -> None:
    found = share_to_median(OF, DimensionScore("A", 0, 0, share, other))
    assert found
    assert share_text(share) == shown
    assert percentage_points(found.apart) == apart
    assert Decimal(share_text(share)[:-1]) - Decimal(share_text(other)[:-1]) == Decimal(apart)


def test_what_is_there_is_never_printed_as_nothing() -> None:
    assert traced_text(39, 2) == "不足0.01"
    assert traced_text(0, 2) == "0"
    assert traced_text(to_units(Decimal("2.50")), 2) == "2.5"


def test_a_letter_tells_where_it_moved_a_last_digit() -> None:
    moved = [made for made in letters("party", "full") if made.printed.adjusted]
    assert moved
    assert all("尾数已作调整" in prose(letter_blocks(made)) for made in moved)
    assert not any("尾数已作调整" in prose(letter_blocks(made)) for made in untouched())


def untouched() -> list[Letter]:
    return [made for made in letters("party", "full") if not made.printed.adjusted]

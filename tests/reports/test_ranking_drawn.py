from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from openpyxl.workbook import Workbook

from inspections.records.record import State
from inspections.round.school import School
from scoring.results.scores import IndicatorScore, RubricScores, Scores
from tests.reports.made import a_round, made_scores, small_rubric, some_schools
from tests.reports.ranking_books import (
    by_school,
    group_sheets,
    opened,
    schools,
)


def test_the_charts_are_native_and_drawn_from_cells(book: Workbook, scores: Scores) -> None:
    held = scores.rubrics["kitchen"].schools
    sizes = Counter(it.group for it in held if it.rank)
    groups = sum(size > 1 for size in sizes.values())
    kinds = [
        type(chart).__name__
        for sheet in book.worksheets
        if sheet.title.startswith("学校厨房阳光 总分图")
        for chart in sheet._charts
    ]
    assert kinds == ["BarChart"] * groups
    figures = book["学校厨房阳光 各组图"]
    assert len(figures._charts) == 3
    for sheet in book.worksheets:
        for chart in sheet._charts:
            for series in chart.series:
                title, area = series.val.numRef.f.rsplit("!", 1)
                values = book[title.strip("'")][area.replace("$", "")]
                rows = values if isinstance(values, tuple) else ((values,),)
                cells = [c for row in rows for c in (row if isinstance(row, tuple) else (row,))]
                assert cells
                assert all(isinstance(cell.value, (int, float)) for cell in cells)


def test_a_large_group_is_cut_in_its_chart_not_in_its_table() -> None:
    many = [School(f"S{n:03d}", f"第{n}小学", {"学段": "小学"}) for n in range(1, 90)]
    scores = made_scores(
        [small_rubric()], [replace(s, traits={**s.traits, "区域": "城区"}) for s in many]
    )
    book = opened(a_round(), scores)
    sheet = group_sheets(book)[0]
    assert len(by_school(sheet)) == 89
    (chart,) = book["学校厨房阳光 总分图"]._charts
    first, last = re.findall(r"\$(\d+)", chart.series[0].val.numRef.f)
    assert int(last) - int(first) + 1 == 30


def test_the_heat_map_shows_shares_as_numbers_and_states_as_words(
    book: Workbook, scores: Scores
) -> None:
    sheet = book["学校厨房阳光 热力图"]
    ids = {sheet.cell(r, c).value: c for r in range(1, 9) for c in range(4, 8)}
    column = {name: ids[name] for name in ("A1", "A2", "B1", "B2")}
    rows = {row[1].value: row[0].row for row in sheet.iter_rows(max_col=2) if row[1].value}
    seen = set()
    for name, score in schools(scores).items():
        if not score.indicators:
            assert name not in rows
            continue
        for item in score.indicators:
            cell = sheet.cell(rows[name], column[item.indicator])
            if item.state is State.UNCHECKED:
                assert cell.value == "未查"
            elif item.state is State.EXCUSED:
                assert cell.value == "缺项"
            elif item.pending:
                assert cell.value == "待核"
            else:
                assert cell.value == item.earned * 100 / item.points
                assert cell.data_type == "n"
            seen.add(cell.value if cell.data_type == "s" else "数")
    assert seen == {"数", "未查", "缺项", "待核"}
    scales = [
        rule
        for rules in sheet.conditional_formatting
        for rule in rules.rules
        if rule.type == "colorScale"
    ]
    assert len(scales) == 1


def test_the_heat_colours_only_get_darker_and_never_drown_the_figure(book: Workbook) -> None:
    rules = next(iter(book["学校厨房阳光 热力图"].conditional_formatting)).rules
    colors = [color.rgb[-6:] for color in rules[0].colorScale.color]
    light = [luminance(color) for color in colors]
    assert light == sorted(light)
    assert all(later - earlier > 0.15 for earlier, later in pairwise(light))
    # The contrast that WCAG 2 asks of text.
    assert (light[0] + 0.05) / (luminance("1F2933") + 0.05) > 4.5


def luminance(rgb: str) -> float:
    """Relative luminance as WCAG 2 defines it: 0 is black, 1 white."""
    parts = [int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_demerits_show_the_share_that_was_kept() -> None:
    rubric = small_rubric().model_copy(update={"scale": "demerits"})
    scores = made_scores([rubric], some_schools(3))
    held = scores.rubrics["kitchen"].schools[0]
    items = (IndicatorScore("A1", State.CHECKED, 200_000, 50_000), *held.indicators[1:])
    made = Scores({"kitchen": RubricScores(rubric, (replace(held, indicators=items),))})
    sheet = opened(a_round(), made)["学校厨房阳光 热力图"]
    row = next(row[0].row for row in sheet.iter_rows(max_col=2) if row[1].value == "=1+1小学")
    assert sheet.cell(row, 4).value == 75

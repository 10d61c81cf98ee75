from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from PIL import Image

from reports.type.archival import About
from reports.type.blocks import Bar, BarChart
from reports.type.flow import typeset
from reports.type.fonts import Fonts

Pages = Callable[[bytes], list[str]]
Pixels = Callable[[bytes], Image.Image]
Array = np.ndarray[Any, np.dtype[np.bool_]]
ABOUT = About("图")


def boxes(picture: Image.Image, low: int, high: int) -> Array:
    """Where the grey is between low and high."""
    grey = np.asarray(picture)
    return (low <= grey) & (grey <= high)


def longest(row: Iterable[np.bool_]) -> int:
    return max(map(len, "".join("x" if inside else " " for inside in row).split()), default=0)


def test_bars_are_as_long_as_their_shares_and_tell_grey_from_dark(
    fonts: Fonts, pixels: Pixels
) -> None:
    bars = (Bar("作业管理", 1.0, "100.00"), Bar("课后服务", 0.4, "40.00", 0.8, "80.00"))
    picture = pixels(typeset([BarChart(bars)], fonts, ABOUT))
    dark, light = ([longest(row) for row in boxes(picture, *at)] for at in ((70, 110), (150, 190)))
    # Both bars are ten points thick; the one that does not reach its mark is the light one.
    assert sum(run == max(dark) for run in dark) in (10, 11)
    assert sum(run == max(light) for run in light) in (10, 11)
    assert abs(max(dark) * 0.4 - max(light)) <= 2
    # The mark stands at its place, black, and taller than the bar.
    start = int(np.argmax(boxes(picture, 70, 110)[dark.index(max(dark))]))
    at = start + round(max(dark) * 0.8)
    black = boxes(picture, 0, 30)[:, at - 2 : at + 2]
    assert longest(row.any() for row in black) in (16, 17)


def test_an_estimate_is_a_dot_on_the_line_of_its_span(fonts: Fonts, pixels: Pixels) -> None:
    bars = (
        Bar("全", 1.0, ""),
        Bar("估", 0.5, "0.5", span=(0.2, 0.9)),
        Bar("外", 0.5, "", span=(-1, 2)),
    )
    picture = pixels(typeset([BarChart(bars)], fonts, ABOUT))
    dark = [longest(row) for row in boxes(picture, 0, 110)]
    whole = max(dark)
    # The line of the span is as long as the span; beyond the scale it ends where the scale does.
    spans = [run for run in dark if run < whole - 2 and run > 30]
    assert abs(max(spans) - 0.7 * whole) <= 3
    start = int(np.argmax(boxes(picture, 70, 110)[dark.index(whole)]))
    at = start + round(whole * 0.5)
    assert longest(row.any() for row in boxes(picture, 0, 30)[:, at - 1 : at + 1]) in (4, 5, 6)


def test_every_figure_and_name_is_printed(fonts: Fonts, pages: Pages) -> None:
    bars = (
        Bar("组织保障与制度建设以及其他方面的情况", 0.925, "92.50", 0.9, "90.00"),
        Bar("课后服务", None, "合理缺项", 0.81, "81.00"),
    )
    chart = BarChart(bars, "各一级指标得分率", "本校", "同组中位数")
    (read,) = pages(typeset([chart], fonts, ABOUT))
    for text in ("92.50", "90.00", "合理缺项", "81.00", "本校", "同组中位数", "各一级指标得分率"):
        assert text in read
    assert "组织保障与制度建设" in read.replace("以及其他方面的情况", "")


def test_very_many_bars_go_on_on_the_next_page(fonts: Fonts, pages: Pages) -> None:
    bars = tuple(Bar(f"指标{n}号", 0.5, f"{n}分") for n in range(70))
    read = pages(typeset([BarChart(bars, "得分率")], fonts, ABOUT))
    assert len(read) >= 2
    assert all(f"指标{n}号" in "".join(read) for n in range(70))
    assert pages(typeset([BarChart((), "得分率")], fonts, ABOUT)) == ["—1—"]

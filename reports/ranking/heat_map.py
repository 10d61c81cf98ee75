"""All indicators of a rubric against all its schools: the share of the points that was earned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from inspections.records.record import State
from reports.ranking.groups import Group
from reports.ranking.layout import A3, Book, Sheet, room_px
from reports.ranking.measures import DIGIT_PX, PAD_PX, digits, pixels, short_title, width
from reports.ranking.paging import print_to
from rubrics.language.rubric import Rubric
from scoring.results.ballots import BANDS
from scoring.results.scores import IndicatorScore

# One hue that only gets darker as points are lost: readable to every eye and on a grey printer,
# and never so dark that the figure in it drowns.
FULL, HALF, ZERO = "#FFFFFF", "#F6CDA6", "#D9772B"
PENDING = "待核"
MARKS = {state: state.value for state in State} | {State.EXCUSED: "缺项"}
_MARK_LOOKS: dict[str, dict[str, Any]] = {
    MARKS[State.UNCHECKED]: {"bg_color": "#FFFFFF", "font_color": "#5F6B76", "italic": True},
    MARKS[State.EXCUSED]: {"bg_color": "#E4E7EA", "font_color": "#5F6B76"},
    MARKS[State.INAPPLICABLE]: {"bg_color": "#E4E7EA", "font_color": "#5F6B76"},
    PENDING: {"pattern": 16, "bg_color": "#FFFFFF", "fg_color": "#8FB4D9"},
}
_LEGEND = (MARKS[State.UNCHECKED], MARKS[State.EXCUSED])
_NOTE = (
    "每格是该校在该指标上的得分率（%），颜色越深失分越多。“未查”：没有检查；“缺项”：合理缺项，不计入应得分；"
    "“待核”：扣分缺佐证，待核实。平均得分率只算已查的学校。"
)
_BANDS = {band.name: f"{band.least}+" if band.least else f"<{band.width}" for band in BANDS}
"""Bands as the cells have room for them."""
_BANDED = (
    f"票数少的只写档次（{'；'.join(f'{short} 是{name}' for name, short in _BANDS.items())}），"
    "“不单列”的与它合计，免得推出选票。"
)


def heat_map(book: Book, rubric: Rubric, groups: Sequence[Group]) -> Sheet:
    """Writes the sheet of one rubric and returns it."""
    schools = [school for group in groups for school in group.schools if school.indicators]
    names = max((width(school.school.name) for school in schools), default=10)
    labels = max((width(group.name) for group in groups), default=8)
    fixed = [min(14, digits(labels)), min(24, digits(names)), 7.0]
    # A rubric of few indicators still fills the page, one of many does not go beyond it.
    count = len(rubric.indicators)
    room = (room_px(A3) - sum(map(pixels, fixed))) / count - PAD_PX - 1
    across = min(max(4.2, 100 / count), max(3.4, room / DIGIT_PX))
    sheet = book.sheet(f"{short_title(rubric.title)} 热力图", [*fixed, *[across] * count])
    demerits = "本细则计负分，得分率是没有扣去的比例。" if rubric.scale == "demerits" else ""
    banded = any(item.band for school in schools for item in school.indicators)
    note = _NOTE + (_BANDED if banded else "") + demerits
    row = sheet.heading(f"{rubric.title}　各校各指标得分率", note)
    _legend(sheet, row)
    first = _head(sheet, row + 1, rubric)
    scored = [{item.indicator: item for item in school.indicators} for school in schools]
    for at, indicator in enumerate(rubric.indicators, len(fixed)):
        _share(sheet, first - 1, at, _mean(rubric, [s.get(indicator.id) for s in scored]))
    for line, (school, items) in enumerate(zip(schools, scored, strict=True), first):
        sheet.text(line, 0, school.group, "cell", "wrap")
        sheet.text(line, 1, school.school.name, "cell", "wrap")
        if school.total is None:  # no column of grades says here why there is none
            sheet.text(line, 2, school.grade, "cell", "centre", "shrink")
        else:
            sheet.points(line, 2, school.total, rubric.places, "cell")
        for at, indicator in enumerate(rubric.indicators, len(fixed)):
            _cell(sheet, line, at, rubric, items.get(indicator.id))
    last = first + len(schools) - 1
    if schools:
        across_all = (first - 1, len(fixed), last, sheet.last)
        sheet.page.conditional_format(*across_all, _scale())
        sheet.page.autofilter(first - 1, 0, last, 1)
    sheet.page.freeze_panes(first, len(fixed))
    sheet.repeat(first - 1)
    print_to(sheet, max(last, first - 1))
    return sheet


def _scale() -> dict[str, object]:
    return {
        "type": "3_color_scale",
        "min_type": "num",
        "mid_type": "num",
        "max_type": "num",
        "min_value": 0,
        "mid_value": 50,
        "max_value": 100,
        "min_color": ZERO,
        "mid_color": HALF,
        "max_color": FULL,
    }


def _legend(sheet: Sheet, row: int) -> None:
    steps = (0, 25, 50, 75, 100)
    if sheet.last < 3 + len(steps) + 3:
        return  # too narrow for it; the note above says as much
    sheet.text(row, 1, "图例（得分率 %）", "quiet", align="right")
    for at, value in enumerate(steps, 3):
        sheet.number(row, at, value, "cell", "centre", num_format="0")
    sheet.page.conditional_format(row, 3, row, 2 + len(steps), _scale())
    for at, mark in enumerate((*_LEGEND, PENDING), 4 + len(steps)):
        sheet.text(row, at, mark, "cell", "centre", **_MARK_LOOKS[mark])


def _head(sheet: Sheet, row: int, rubric: Rubric) -> int:
    """Writes dimensions, ids, titles and points over the columns; returns the first free row."""
    ids, titles, points, means = row + 1, row + 2, row + 3, row + 4
    for at, title in enumerate(("组别", "学校", "总分")):
        sheet.page.merge_range(row, at, points, at, "", sheet.book.format("cell", "head"))
        sheet.text(row, at, title, "cell", "head")
    at = 3
    for dimension in rubric.dimensions:
        end = at + len(dimension.indicators) - 1
        look = ("cell", "head")
        if end > at:
            sheet.page.merge_range(row, at, row, end, "", sheet.book.format(*look))
        sheet.text(row, at, dimension.title, *look)
        for indicator in dimension.indicators:
            sheet.text(ids, at, indicator.id, "cell", "head", "shrink", text_wrap=False)
            sheet.text(titles, at, indicator.title, "cell", "wrap", rotation=90)
            value = float(indicator.points)
            sheet.number(points, at, value, "cell", "centre", num_format="0.##;;0")
            at += 1
    sheet.text(means, 0, "", "cell", "band")
    sheet.text(means, 1, "平均得分率", "cell", "band")
    sheet.text(means, 2, "", "cell", "band")
    longest = max(width(indicator.title) for indicator in rubric.indicators)
    sheet.high(row, 28)
    sheet.high(titles, min(180, max(70, longest * 3.2)))
    return means + 1


def _mean(rubric: Rubric, items: Iterable[IndicatorScore | None]) -> Fraction | None:
    shares = [
        _earned(rubric, item)
        for item in items
        if item and item.state is State.CHECKED and not item.pending and not item.band
    ]
    return sum(shares, Fraction(0)) / len(shares) if shares else None


def _earned(rubric: Rubric, item: IndicatorScore) -> Fraction:
    """The share of the points that was kept."""
    kept = item.points - item.earned if rubric.scale == "demerits" else item.earned
    return Fraction(kept, item.points) if item.points else Fraction(1)


def _share(sheet: Sheet, row: int, column: int, share: Fraction | None) -> None:
    if share is None:
        sheet.text(row, column, "", "cell")
    else:
        # As it is: what is rounded twice may be printed one too high.
        sheet.number(row, column, float(share * 100), "cell", "centre", num_format="0")


def _cell(sheet: Sheet, row: int, column: int, rubric: Rubric, item: IndicatorScore | None) -> None:
    mark = ""
    if item is None or item.state is not State.CHECKED:
        mark = MARKS[item.state] if item else MARKS[State.UNCHECKED]
    elif item.pending:
        mark = PENDING
    elif item.band:
        sheet.text(row, column, _BANDS.get(item.band, item.band), "cell", "centre", "shrink")
        return
    if mark or item is None:
        sheet.text(row, column, mark, "cell", "centre", **_MARK_LOOKS[mark])
    else:
        _share(sheet, row, column, _earned(rubric, item))

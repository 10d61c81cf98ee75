"""A round small enough to be read at a glance: two schools, two rubrics, two inspectors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from pathlib import Path

from inspections.round.elapsed import elapsed_periods
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from inspections.round.plan import make_plan
from inspections.round.round import Period, Round
from inspections.round.school import Inspector, Roster, School
from inspections.workbook.drawing.writing import Workbooks
from inspections.workbook.form.contents import RowEntry, SheetEntries, SheetSpec, Typed
from inspections.workbook.form.layout import Column, sheet_layout
from rubrics.files.loading import loads_rubric
from rubrics.language.rubric import Rubric


def one_dimension(id: str, points: int, indicators: str) -> str:
    """A rubric as YAML, of one dimension with these indicators."""
    return f"""
id: {id}
version: "1"
title: 党建细则
points: {points}
documents: {{文1: {{title: 某通知}}}}
grades: [{{grade: 合格, range: ≥0}}]
dimensions:
- id: A
  title: 甲
  points: {points}
  indicators:{indicators}"""


KITCHEN = """
id: kitchen
version: "2"
title: 食堂细则
points: 20
visit: {min_inspectors: 2, min_minutes: 60}
when: {有食堂: 是}
documents: {文1: {title: 某通知}}
grades: [{grade: 合格, range: ≥0}]
dimensions:
- id: A
  title: 甲
  points: 20
  indicators:
  - {id: A1, title: 卫生, points: 4, basis: [文1], method: [现场查看], excusable: true,
     rule: {kind: deduct, faults: [{id: x, label: 一般, each: 0.5}, {id: y, label: 严重, each: 1}]}}
  - {id: A2, title: 管理, points: 2, basis: [文1], method: [现场查看], evidence: none,
     rule: {kind: discretionary, least: 1, most: 2}}
  - {id: A3, title: 留样, points: 4, basis: [文1], method: [现场查看], evidence: none,
     rule: {kind: threshold, readings: [{label: 留样, within: ≥125, unit: g, samples: 3, each: 1}]}}
  - {id: A4, title: 陪餐, points: 2, basis: [文1], method: [查阅档案], evidence: none,
     rule: {kind: ratio, numerator: 实有, denominator: 应有, full: 100%}}
  - {id: A5, title: 许可, points: 2, basis: [文1], method: [现场查看], evidence: none,
     rule: {kind: all_or_none},
     red_lines: [{title: 无证, triggers: [{flag: none, label: 是否无证}],
                  consequence: {award_lost: true}}]}
  - {id: A6, title: 在线率, points: 2, basis: [文1], method: [现场查看], evidence: none,
     rule: {kind: bands, label: 在线率, unit: "%", domain: "[0, 100]",
            bands: [{range: ≥95, points: 2}, {range: <95, points: 0}]}}
  - {id: A7, title: 开餐, points: 2, basis: [文1], method: [现场查看], evidence: none,
     rule: {kind: threshold, readings: [{label: 时刻, within: ≤12:30, measure: time}]}}
  - {id: A8, title: 寄宿, points: 2, basis: [文1], method: [现场查看], when: {寄宿: 是},
     rule: {kind: grade, levels: {A: 1, B: 0.8}}}
red_lines:
- {id: R1, title: 虚假佐证, triggers: [{flag: fake, label: 是否虚假}],
   consequence: {award_lost: true}, basis: [文1]}
bonus:
  cap: 2
  items: [{id: J1, title: 典型, rule: {kind: bonus, each: 1, limit: 2}}]
"""

PARTY = one_dimension(
    "party",
    2,
    """
  - {id: A1, title: 会议, points: 2, basis: [文1], method: [查阅档案],
     rule: {kind: quota, label: 已开, times: 1, per: month, each: 1}}
""",
)

DAY = date(2026, 3, 5)


def rubric(text: str) -> Rubric:
    made, problems = loads_rubric(text)
    assert made is not None, [item.message for item in problems]
    return made


SCHOOLS = (
    School("21068101", "第一小学", {"学段": "小学", "有食堂": "是", "寄宿": "否"}),
    School("21068102", "第二小学", {"学段": "小学", "有食堂": "否", "寄宿": "否"}),
)
INSPECTORS = (
    Inspector("D01", "王建国", "督导室", "一组"),
    Inspector("D02", "李 秀", "督导室", "一组"),
    Inspector("D03", "张伟", "基教股", "二组"),
    Inspector("D04", "张伟", "体卫股", "二组"),
)


def small_round(folder: Path, **changes: object) -> OpenRound:
    rubrics = {item.id: item for item in (rubric(KITCHEN), rubric(PARTY))}
    settings = {
        "id": "2026春",
        "title": "春季督导",
        "bureau": "某局",
        "rubrics": tuple(rubrics),
        "window": Period(since=date(2026, 3, 1), until=date(2026, 3, 31)),
    }
    of = Round.model_validate(settings | changes)
    roster = Roster({s.id: s for s in SCHOOLS}, {i.id: i for i in INSPECTORS})
    return OpenRound(Folder(folder), of, rubrics, roster, make_plan(of, rubrics, roster))


HEAD: dict[str, Typed] = {
    "同行督学": "李秀",
    "检查日期": DAY,
    "到校时间": time(8, 30),
    "离校时间": time(11, 0),
    "陪同人员及职务": "赵校长",
}

ROWS: dict[str, RowEntry] = {
    "A1": RowEntry(fault="灶台有油污", evidence="1号笔录"),
    "A1.x": RowEntry(2),
    "A1.y": RowEntry(0),
    "A2": RowEntry(0),
    "A3.1": RowEntry(130),
    "A4.have": RowEntry(5),
    "A4.due": RowEntry(5),
    "A5": RowEntry("√"),
    "A5.none": RowEntry("否"),
    "A6": RowEntry(99),
    "A7": RowEntry(time(11, 30)),
    "R1.fake": RowEntry("否"),
}
"""A kitchen's sheet without a mistake."""


def spec(
    head: Mapping[str, Typed] | None = None,
    rows: Mapping[str, RowEntry] | None = None,
    **changes: object,
) -> SheetSpec:
    """A filled sheet of the first school's kitchen, with some of its entries changed."""
    entries = SheetEntries(HEAD | dict(head or {}), ROWS | dict(rows or {}))
    made = SheetSpec(SCHOOLS[0], "kitchen", "第1次", "一组", INSPECTORS[0], entries)
    return replace(made, **changes)  # type: ignore[arg-type]


_WRITERS: dict[str, Workbooks] = {}


def write(of: OpenRound, path: Path, *sheets: SheetSpec) -> Path:
    if of.basis not in _WRITERS:
        elapsed = elapsed_periods(of.round)
        _WRITERS[of.basis] = Workbooks(of.round, of.rubrics, of.roster, elapsed)
    _WRITERS[of.basis].write(path, sheets or (spec(),))
    return path


def entry_cell(of: OpenRound, address: str, column: Column = Column.ENTRY) -> str:
    """Where an entry of the first school's kitchen stands."""
    layout = sheet_layout(of.rubrics["kitchen"], SCHOOLS[0].traits)
    return column.at(layout.by_address[address].number)

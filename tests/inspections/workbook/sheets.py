"""Rounds, schools and entries for the tests of the workbook, drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import inspections.round.round as rounds
from inspections.round.elapsed import elapsed_periods
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from inspections.round.school import Inspector, Roster, School
from inspections.workbook.drawing.writing import Workbooks
from inspections.workbook.form.contents import RowEntry, SheetEntries, SheetSpec, Typed
from inspections.workbook.form.layout import sheet_layout
from rubrics.language.rubric import Indicator, Rubric
from rubrics.rules import Slot
from rubrics.values.conditions import TraitValue
from rubrics.values.traits import known_traits, with_derived

INSPECTORS = (Inspector("D01", "王建国", team="第1组"), Inspector("D02", "李秀英", team="第1组"))
DAYS = (date(2025, 8, 30), date(2025, 9, 1), date(2026, 8, 31), date(2026, 9, 1))


def drawn(strategy: st.SearchStrategy[Any], count: int, number: int) -> list[Any]:
    """`count` values of a strategy, the same in every run."""
    found: list[Any] = []

    @seed(number)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found[:count]


def agrees(shown: object, due: Fraction | None) -> bool:
    """Whether a cell shows these points, or, where there are none, no number.

    It may differ by what doubles add: less than the ninth decimal.
    """
    if due is None or not isinstance(shown, (float, Decimal)):
        return due is None and not isinstance(shown, (float, Decimal))
    return abs(Fraction(shown) - due) < Fraction(1, 10**9)


def open_round(rubrics: Sequence[Rubric], schools: Sequence[School], folder: Path) -> OpenRound:
    of = rounds.Round(
        id="2026a",
        title="2026年综合督导",
        bureau="东港市教育局",
        rubrics=tuple(item.id for item in rubrics),
        window=rounds.Period(since=date(2025, 1, 1), until=date(2026, 12, 31)),
        period=rounds.Period(since=date(2026, 1, 1), until=date(2026, 10, 31)),
    )
    roster = Roster(
        {school.id: school for school in schools}, {item.id: item for item in INSPECTORS}
    )
    return OpenRound(Folder(folder), of, {item.id: item for item in rubrics}, roster, ())


def workbooks(opened: OpenRound) -> Workbooks:
    return Workbooks(opened.round, opened.rubrics, opened.roster, elapsed_periods(opened.round))


def school(number: int, chance: random.Random) -> School:
    traits: dict[str, TraitValue] = {}
    for name, trait in known_traits().items():
        if trait.derived is None:
            traits[name] = (
                chance.choice(trait.choices) if trait.choices else Decimal(chance.randint(1, 600))
            )
    return School(f"2106{number:05}", f"第{number}小学", with_derived(traits))


def filled(rubric: Rubric, at: School, chance: random.Random) -> SheetSpec:
    """A sheet as someone fills it: mostly right, some of it blank, odd or wrong."""
    rows: dict[str, RowEntry] = {}
    interesting = [item for item in _numbers(rubric.model_dump()) if item < 10**6]
    for block in sheet_layout(rubric, at.traits).blocks:
        if block.first.kind == "inapplicable":
            continue
        careful = chance.random() < 0.7
        state = ""
        if isinstance(block.item, Indicator) and chance.random() < 0.25:
            state = chance.choice(["已查", "已查", "已查", "未查", "合理缺项", "不清楚"])
        values: dict[str, Typed] = {}
        for row in block.slot_rows:
            if row.slot is not None and (careful or chance.random() < 0.8):
                values[row.slot.key] = entry(row.slot, interesting, careful, chance)
        if chance.random() < 0.9:
            _agree(values, chance)
        for row in block.rows:
            own = row is block.first
            rows[row.address] = RowEntry(
                values.get(row.slot.key) if row.slot else None,
                state if own else "",
                "有一处问题" if own else "",
                "照片1.jpg" if own else "",
                "依据文件" if own and chance.random() < 0.5 else "",
            )
    head: dict[str, Typed] = {
        "同行督学": "李秀英",
        "检查日期": chance.choice(DAYS),
        "到校时间": time(8, 0),
        "离校时间": time(16, 30),
        "陪同人员及职务": "校长",
    }
    return SheetSpec(at, rubric.id, "第1次", "第1组", INSPECTORS[0], SheetEntries(head, rows))


def entry(slot: Slot, near: list[Decimal], careful: bool, chance: random.Random) -> Typed:
    """What is typed into one cell; `near` are numbers at which something changes."""
    if not careful and chance.random() < 0.15:
        # A negative time of day reaches the reader without its sign; nobody types one.
        odd: list[Typed] = [Decimal("-1")] if slot.entry != "time" else []
        return chance.choice(["看不清", Decimal("2.5"), Decimal(1), Decimal(7), *odd])
    if slot.optional and chance.random() < 0.5:
        return None
    match slot.entry:
        case "yes_no":
            return chance.choice("√√√×")
        case "flag":
            return chance.choice("是否")
        case "choice":
            return chance.choice(slot.options)
        case "reason":
            return "有两处不整洁"
        case "time":
            return time(
                chance.randint(7, 9), chance.choice([0, 19, 20, 21, 40]), chance.randint(0, 1) * 59
            )
        case "date":
            return date(2026, 3, 2) + timedelta(days=chance.choice([0, 1, 7, 30, 90]))
        case "count":
            return chance.choice([0, 0, 1, 1, 2, 3, 4, chance.randint(5, 60)])
    high = slot.range.high if slot.range and slot.range.high is not None else Decimal(200)
    if slot.values:
        return chance.choice(slot.values)
    if slot.step is not None:
        return slot.step * chance.randint(0, int(high / slot.step))
    value = (
        chance.choice(near)
        if near and chance.random() < 0.5
        else Decimal(chance.randint(0, 999)) / 5
    )
    value += chance.choice([0, 0, 0, Decimal("0.0001"), Decimal("-0.0001"), Decimal("0.00004")])
    if careful and slot.range is not None and value not in slot.range:
        value = min(max(value, slot.range.low or Decimal(0)), high)
    return value


def _agree(values: dict[str, Typed], chance: random.Random) -> None:
    """Makes counts of one ballot, questionnaire or proportion agree with each other."""
    for key in list(values):
        start = key.rpartition(".")[0] + "." if "." in key else ""
        if key == f"{start}entitled":
            values[f"{start}invalid"] = chance.choice([0, 0, 1, 2])
            ballots = [
                name
                for name in values
                if name.rpartition(".")[0] == start[:-1] and name != key and "flag" not in name
            ]
            for name in ballots:
                values[name] = chance.choice([0, 0, 1, 2, 3, 9, 20])
            cast = sum(int(str(values[name])) for name in ballots)
            values[key] = cast + chance.choice([0, 0, 0, 1, cast // 3, cast // 2, cast])
        elif key == f"{start}sent":
            satisfied = chance.choice([0, 3, 10, 17, 29, 30, 61])
            returned = satisfied + chance.choice([0, 0, 1, 2, 13])
            values[f"{start}satisfied"], values[f"{start}returned"] = satisfied, returned
            values[key] = returned + chance.choice([0, 0, 5, returned // 2, returned])
        elif key == f"{start}due":
            have = chance.choice([0, 0, 1, 2, 9, 17, 30])
            values[f"{start}have"], values[key] = have, have + chance.choice([0, 0, 1, 2, 7, 30])


def _numbers(value: object) -> list[Decimal]:
    """Every number that a rubric names."""
    if isinstance(value, Decimal):
        return [value]
    if isinstance(value, dict):
        return [number for item in value.values() for number in _numbers(item)]
    if isinstance(value, (list, tuple)):
        return [number for item in value for number in _numbers(item)]
    ends = (getattr(value, "low", None), getattr(value, "high", None))
    return [end for end in ends if isinstance(end, Decimal)]

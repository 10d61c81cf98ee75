"""The invented county's rosters: some sixty schools of every kind, and twelve inspectors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from openpyxl import Workbook

from inspections.demo.clockless import save
from inspections.round.school import Inspector, School
from rubrics.values.conditions import TraitValue


@dataclass(frozen=True, slots=True)
class County:
    """The invented county: its settings as read from ``county.yaml``, schools, inspectors."""

    settings: dict[str, Any]
    schools: tuple[School, ...]
    inspectors: tuple[Inspector, ...]

    def chance(self, *names: str) -> random.Random:
        """Returns a source of chance that is the same in every run for the same names."""
        return random.Random("|".join((self.settings["seed"], *names)))

    def lasting(self, *names: str) -> random.Random:
        """Returns a source of chance that is the same in every season too."""
        return random.Random("|".join((_county("").settings["seed"], *names)))

    def day(self, name: str) -> date:
        """Returns a date of the settings; ``window.since`` reads the nested one."""
        value: Any = self.settings
        for step in name.split("."):
            value = value[step]
        assert isinstance(value, date)
        return value


SEASONS: Final = ("spring", "autumn")
"""Those of the sample's year, in order of time; outside of them the county is inspected once."""

_INSPECTORS: Final = ["督学代码", "姓名", "单位", "检查组", "专长", "回避"]

BESIDE: Final = ("schools", "institutions")
"""The small rounds beside the county's: other rubrics, each at a few places."""

_SEASON: Final = ContextVar("season", default="")


@contextmanager
def season(name: str) -> Iterator[None]:
    """Lets :func:`county` be that of another season of ``county.yaml``, with the same schools and
    inspectors, or that of a round beside it, with places of its own.
    """
    held = _SEASON.set(name)
    try:
        yield
    finally:
        _SEASON.reset(held)


def county() -> County:
    """Returns the county of the season; the same at every call and in every run."""
    return _county(_SEASON.get())


def rounds() -> set[str]:
    """Returns the ids of the county's rounds, of all seasons."""
    settings = _county("").settings
    return {settings["id"], *(held["id"] for held in settings["seasons"].values() if "id" in held)}


@cache
def _county(name: str) -> County:
    if name:
        usual = _county("")
        if name in BESIDE:
            return _beside(usual, usual.settings["beside"][name])
        return replace(usual, settings=usual.settings | usual.settings["seasons"][name])
    text = Path(__file__).with_name("county.yaml").read_text(encoding="utf-8")
    settings = yaml.safe_load(text)
    empty = County(settings, (), ())
    schools: list[School] = []
    for number, kind in enumerate(settings["kinds"], 1):
        for index in range(kind["count"]):
            code = f"9901{number:02d}{index + 1:02d}"
            name = kind["name"].format(
                n=settings["numerals"][index % len(settings["numerals"])],
                town=settings["towns"][index % len(settings["towns"])],
                suffix=kind.get("suffixes", [""])[index % len(kind.get("suffixes", [""]))],
            )
            schools.append(School(code, name, _traits(kind, index, empty.chance(code))))
    teams, offices = settings["teams"], settings["offices"]
    inspectors = tuple(
        Inspector(
            f"D{index + 1:02d}",
            name,
            office := offices[index % len(offices)],
            teams[index % len(teams)],
            skills=tuple(settings["skills"].get(office, ())),
            avoids=tuple(settings["avoids"].get(name, ())),
        )
        for index, name in enumerate(settings["inspectors"])
    )
    return County(settings, tuple(schools), inspectors)


def _beside(usual: County, changed: dict[str, Any]) -> County:
    """The county of a small round: places known by their names, or written out."""
    known = {school.name: school for school in usual.schools}
    places: list[School] = []
    for said in changed["places"]:
        traits = {
            name: _trait(value) for name, value in said.items() if name not in ("name", "code")
        }
        met = known.get(said["name"])
        held = {**met.traits, **traits} if met else traits
        places.append(School(met.id if met else said["code"], said["name"], held))
    return replace(usual, settings=usual.settings | changed, schools=tuple(places))


def _trait(value: object) -> TraitValue:
    """As YAML has it: numbers, and 是 and 否, which it takes for words."""
    return Decimal(value) if isinstance(value, int) else str(value)


def _traits(kind: dict[str, Any], index: int, chance: random.Random) -> dict[str, TraitValue]:
    low, high = kind["students"]
    students = chance.randrange(low, high)
    food = kind["food"][index % len(kind["food"])]
    form, members = kind["party"][index % len(kind["party"])]
    compulsory = kind["stage"] != "幼儿园"
    return {
        "学段": kind["stage"],
        "区域": kind["area"],
        "办学性质": "公办" if index % 9 or compulsory else "民办",
        "学生数": Decimal(students),
        "班级数": Decimal(-(-students // (45 if compulsory else 30))),
        "食堂经营方式": food,
        "就餐人数": Decimal(0 if food == "无" else students * chance.randrange(70, 98) // 100),
        "寄宿": kind["boarding"][index % len(kind["boarding"])],
        "收费课后服务": "是" if compulsory else "否",
        "引进第三方": "是" if compulsory and index % 3 == 0 else "否",
        "党组织形式": form,
        "正式党员数": Decimal(members),
        "分党小组": "是" if members >= 20 else "否",
        "书记校长一肩挑": "否" if members >= 30 else "是",
        "发展党员任务": "是" if members >= 10 else "否",
    }


def write_rosters(folder: Path, sample: County) -> tuple[Path, Path]:
    """Writes the rosters as a bureau would keep them; returns (schools, inspectors)."""
    folder.mkdir(parents=True, exist_ok=True)
    traits = list(sample.schools[0].traits)
    headings = sample.settings.get("headings", ["学校代码", "学校名称"])
    columns = sample.settings.get("columns", {})
    schools = [
        [
            school.id,
            school.name,
            *(_cell(school.traits[name]) for name in traits),
            *(text.format(code=school.id) for text in columns.values()),
        ]
        for school in sample.schools
    ]
    inspectors = [
        [item.id, item.name, item.office, item.team, *map("、".join, (item.skills, item.avoids))]
        for item in sample.inspectors
    ]
    return (
        _write(folder / "学校名册.xlsx", [*headings, *traits, *columns], schools),
        _write(folder / "督学名册.xlsx", _INSPECTORS, inspectors),
    )


def _write(path: Path, headings: list[str], rows: Sequence[Sequence[str | int]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (headings, *rows):
        sheet.append(list(row))
    sheet.freeze_panes = "C2"
    save(book, path)
    return path


def _cell(value: TraitValue) -> str | int:
    return int(value) if isinstance(value, Decimal) else value

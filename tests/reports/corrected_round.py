"""A round on disk whose inspectors go about in changing pairs, one of them much stricter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random

from inspections.ledger.of_round import open_round
from inspections.round.drawn_teams import teams_text
from inspections.round.opened import OpenRound
from inspections.round.plan import plan_text
from inspections.round.round import Combining, Period, Round
from inspections.round.school import Assignment, DrawnTeam, Inspector, School
from inspections.round.severity_correction import SeverityCorrection
from inspections.round.starting import start_round
from inspections.steps.collecting import collect_round
from inspections.workbook.form.contents import RowEntry, SheetEntries, SheetSpec
from tests.inspections.small_round import HEAD, write

PEOPLE = tuple(
    Inspector(f"D{n:02}", name, "督导室", "一组")
    for n, name in enumerate(("甲某", "乙某", "丙某", "丁某", "戊某"), 1)
)
LATE = Inspector("D06", "己某", "督导室", "一组")
"""Who comes to the last school alone of all, with the first of ``PEOPLE``."""
PAIRS = tuple(combinations(PEOPLE, 2))
SEVERE = PEOPLE[4].id
RUBRIC = """
id: order
version: "1"
title: 校园管理考核细则
points: 100
documents: {文1: {title: 某通知}}
grades:
  - {grade: 优秀, range: ≥90}
  - {grade: 良好, range: "[80, 90)"}
  - {grade: 合格, range: "[60, 80)"}
  - {grade: 不合格, range: <60}
red_lines:
- {id: R1, title: 虚假佐证, triggers: [{flag: fake, label: 是否虚假}],
   consequence: {zero_total: true}, basis: [文1]}
dimensions:
- {id: A, title: 秩序, points: 60, indicators: [
    {id: A1, title: 课间秩序, points: 60, basis: [文1], method: [现场查看], evidence: none,
     rule: {kind: points, step: 0.5}}]}
- {id: B, title: 环境, points: 40, indicators: [
    {id: B1, title: 校园环境, points: 40, basis: [文1], method: [现场查看], evidence: none,
     rule: {kind: points, step: 0.5}}]}
"""


def schools(count: int) -> tuple[School, ...]:
    return tuple(School(f"2106{n:04}", f"第{n}小学", {"学段": "小学"}) for n in range(1, count + 1))


def started(
    folder: Path, count: int = 30, *, late: bool = False, last: str = "小学", **settings: object
) -> OpenRound:
    """The round with its plan, nothing returned.

    ``late``: whether ``LATE`` goes to the last school; ``last``: its 学段.
    """
    base = folder.parent
    members = schools(count)
    (base / "order.yaml").write_text(RUBRIC, "utf-8")
    lines = "".join(f"{one.id},{one.name},小学\n" for one in members[:-1])
    lines += f"{members[-1].id},{members[-1].name},{last}\n"
    (base / "schools.csv").write_text("学校代码,学校名称,学段\n" + lines, "utf-8")
    everybody = (*PEOPLE, LATE) if late else PEOPLE
    people = "".join(f"{one.id},{one.name},{one.office},{one.team}\n" for one in everybody)
    (base / "inspectors.csv").write_text("督学代码,姓名,单位,检查组\n" + people, "utf-8")
    said = {
        "id": "2026春",
        "title": "春季督导",
        "bureau": "某局",
        "rubrics": (str(base / "order.yaml"),),
        "window": Period(since=date(2026, 3, 1), until=date(2026, 3, 31)),
        "combining": Combining(facts="agreed"),
        "severity_correction": SeverityCorrection(),
    }
    settings_of = Round.model_validate(said | settings)
    made, problems = start_round(folder, settings_of, base / "schools.csv", base / "inspectors.csv")
    assert made is not None, [it.message for it in problems]
    days = date(2026, 3, 1), date(2026, 3, 31)
    drawn = {f"{a.id}{b.id}": DrawnTeam((a.id, b.id), *days) for a, b in PAIRS}
    if late:
        drawn[f"{PEOPLE[0].id}{LATE.id}"] = DrawnTeam((PEOPLE[0].id, LATE.id), *days)
    known = {one.id: one for one in everybody}
    made.folder.drawn_teams.write_text(teams_text(drawn, known), "utf-8")
    plan = [
        Assignment(one.id, "order", "第1次", "".join(it.id for it in pair))
        for number, one in enumerate(members)
        for pair in [(PEOPLE[0], LATE) if late and number == count - 1 else pair_of(number)]
    ]
    made.folder.plan.write_text(plan_text(plan, made.roster), "utf-8")
    again, problems = open_round(folder)
    assert again is not None, [it.message for it in problems]
    return again


def pair_of(number: int) -> tuple[Inspector, Inspector]:
    return PAIRS[number % len(PAIRS)]


def points(number: int, inspector: str, severity: float = 4) -> tuple[float, float]:
    """What an inspector gives a school: its own points, some noise, and less of the severe."""
    quality = 40 + Random(number).randint(0, 12)
    noise = Random(f"{number} {inspector}").choice([-0.5, 0, 0, 0.5])
    severe = severity if inspector in (SEVERE, LATE.id) else 0
    return quality + noise - severe, 30 + number % 7 + noise


def come(
    of: OpenRound,
    numbers: Sequence[int] | None = None,
    *,
    fake: int = -1,
    severity: float = 4,
) -> None:
    """The sheets of both inspectors come back; at school ``fake`` a red line was crossed."""
    members = list(of.roster.schools.values())
    teams = {line.school: line.team for line in of.plan}
    for number in range(len(members)) if numbers is None else numbers:
        drawn = of.roster.drawn[teams[members[number].id]]
        pair = [of.roster.inspectors[code] for code in drawn.members]
        for one in pair:
            a1, b1 = points(number, one.id, severity)
            rows = {
                "A1": RowEntry(a1, fault="秩序不好"),
                "B1": RowEntry(b1, fault="环境不好"),
                "R1.fake": RowEntry("是" if number == fake else "否", evidence="1号笔录"),
            }
            head = HEAD | {"同行督学": next(it.name for it in pair if it is not one)}
            team = "".join(it.id for it in pair)
            sheet = SheetSpec(
                members[number], "order", "第1次", team, one, SheetEntries(head, rows)
            )
            write(of, of.folder.returned / f"{number}{one.id}.xlsx", sheet)
    taken, problems = collect_round(of.folder.root)
    assert taken is not None, problems


def setting(folder: Path, name: str, line: str) -> None:
    """Changes one of the settings at the left edge of round.yaml."""
    path = folder / "round.yaml"
    text, count = re.subn(rf"^(# )?{name}: .*$", line, path.read_text("utf-8"), flags=re.M)
    assert count == 1
    path.write_text(text, "utf-8")

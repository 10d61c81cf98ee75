"""A round on disk whose inspectors went in changing pairs: how sure its ranks are can be known."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from random import Random
from typing import Any

from inspections.ledger.of_round import open_round
from inspections.round.elapsed import elapsed_periods
from inspections.round.opened import OpenRound
from inspections.round.round import Round
from inspections.round.starting import start_round
from inspections.workbook.drawing.writing import Workbooks
from inspections.workbook.form.contents import RowEntry, SheetEntries, SheetSpec

ITEMS = tuple(f"{dimension}{n}" for dimension in "AB" for n in range(1, 5))
RUBRIC = """
id: order
version: "1"
title: 校园管理考核细则
points: 80
documents: {文1: {title: 某通知}}
grades: [{grade: 合格, range: ≥40}, {grade: 不合格, range: <40}]
dimensions:
""" + "".join(
    f"- id: {name}\n  title: {title}\n  points: 40\n  indicators:\n"
    + "".join(
        f"  - {{id: {name}{n}, title: 管理{name}{n}, points: 10, basis: [文1], method: [现场查看],"
        f" evidence: none, excusable: true, rule: {{kind: points}}}}\n"
        for n in range(1, 5)
    )
    for name, title in (("A", "制度"), ("B", "现场"))
)
PEOPLE = {f"D0{n}": f"督学{name}" for n, name in enumerate("甲乙丙丁戊己", 1)}
DAY = date(2026, 3, 5)

Change = Callable[[str, dict[str, RowEntry]], dict[str, RowEntry]]


def linked(
    folder: Path, schools: int = 16, *, seats: int = 2, change: Change | None = None, **said: Any
) -> OpenRound:
    """A round, its sheets returned: of every school by ``seats`` inspectors, each one's own.

    Readings err by a tenth of an indicator. ``change``: puts other entries into a school's sheets;
    ``said``: settings.
    """
    folder.mkdir(exist_ok=True)
    (folder / "order.yaml").write_text(RUBRIC, encoding="utf-8")
    names = [f"青禾县第{n}{'小学' if n % 4 else '中学'}" for n in range(1, schools + 1)]
    _table(
        folder / "s.csv",
        ("学校代码", "学校名称", "学段"),
        *((f"9901{n:04d}", it, it[-2:].replace("中学", "初中")) for n, it in enumerate(names)),
    )
    people = ((code, name, "督导室", code) for code, name in PEOPLE.items())
    _table(folder / "i.csv", ("督学代码", "姓名", "单位", "检查组"), *people)
    ranking = {"groups": ["学段"], "certainty": True} | said.pop("ranking", {})
    given: dict[str, Any] = {
        "id": "linked",
        "title": "春季督导",
        "bureau": "某局",
        "rubrics": (str(folder / "order.yaml"),),
        "window": {"since": "2026-03-01", "until": "2026-03-31"},
        "raters": "each",
        "letters": {"day": "2026-04-20", "numbers": "某教督意〔{year}〕{n}号"},
        "ranking": ranking,
    }
    made, problems = start_round(
        folder / "轮", Round.model_validate(given | said), folder / "s.csv", folder / "i.csv"
    )
    assert made is not None, [one.message for one in problems]
    random = Random(5)
    teams = {f"第{n}队": random.sample(list(PEOPLE), seats) for n in range(1, schools + 1)}
    _table(
        made.folder.drawn_teams,
        ("检查组", "检查人员", "从", "至"),
        *((name, "、".join(team), "2026-03-01", "2026-03-31") for name, team in teams.items()),
    )
    lines = made.folder.plan.read_text("utf-8-sig").splitlines()
    head = lines[0].split(",")
    planned = [line.split(",") for line in lines[1:]]
    for cells, team in zip(planned, teams, strict=True):
        cells[head.index("检查组")] = team
    _table(made.folder.plan, head, *planned)
    of = opened(made.folder.root)
    for school, (team, members) in zip(of.roster.schools.values(), teams.items(), strict=True):
        quality = random.gauss(7, 1.2)
        truth = {name: random.gauss(quality, 1) for name in ITEMS}
        for member in members:
            rows = {
                name: RowEntry(min(10, max(0, round(random.gauss(value, 1)))))
                for name, value in truth.items()
            }
            rows = change(school.name, rows) if change else rows
            come(of, school.id, team, member, rows)
    return of


def come(of: OpenRound, school: str, team: str, member: str, rows: dict[str, RowEntry]) -> None:
    """The sheet of one inspector comes back."""
    books = Workbooks(of.round, of.rubrics, of.roster, elapsed_periods(of.round))
    whose = of.roster.inspectors[member]
    others = [PEOPLE[code] for code in of.roster.drawn[team].members if code != member]
    head = {
        "同行督学": "、".join(others),
        "检查日期": DAY,
        "到校时间": time(8, 30),
        "离校时间": time(11, 0),
        "陪同人员及职务": "赵校长",
    }
    spec = SheetSpec(
        of.roster.schools[school], "order", "第1次", team, whose, SheetEntries(head, rows)
    )
    of.folder.returned.mkdir(exist_ok=True)
    books.write(of.folder.returned / f"{school}-{member}.xlsx", (spec,))


def opened(folder: Path) -> OpenRound:
    found, problems = open_round(folder)
    assert found is not None and problems == [], [one.message for one in problems]
    return found


def _table(path: Path, *rows: Any) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)

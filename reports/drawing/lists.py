"""The lists of a draw: what is made public, what recomputes it, and the bureau's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from inspections.ledger.planning import PlanDraw
from inspections.planning.inputs import UNIT, Inputs
from inspections.planning.lots import lot, with_added
from inspections.planning.planned import Planned
from inspections.planning.trips import Visit
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from reports.drawing.record import chances_of
from reports.ranking.layout import Book, Sheet
from reports.ranking.paging import print_to
from rubrics.messages.csv_text import csv_bytes, harmless, literal
from rubrics.messages.outgoing import outgoing

_PUBLIC: Final = {
    "编号": 6.0, "抽查任务": 26.0, "抽中对象": 24.0, "检查机关": 18.0, "检查人员（编号）": 16.0,
    "检查项目": 30.0, "检查日期": 13.0, "检查结果": 18.0, "处理": 14.0,
}  # fmt: skip
_OWN: Final = {
    "日期": 13.0, "检查组": 10.0, "检查人员": 28.0, "学校": 26.0, "次别": 9.0, "细则": 34.0,
}  # fmt: skip
_LOAD: Final = {"督学代码": 12.0, "姓名": 12.0, "单位": 26.0, "专长": 16.0, "到校次数": 10.0,
                "回避的抽中学校": 44.0}  # fmt: skip
_RESULTS: Final = (
    "检查结果按实际填一种：未发现问题；发现问题待后续处理；责令改正；不配合检查；无法联系。"
    "公示期：　　年　　月　　日至　　月　　日。不打招呼的检查，查完再公布日期。"
)
_SECRET: Final = "局内使用，不公开：回避的学校涉及个人和亲属。"
_AGAIN: Final = ("次别", "层", "学校代码", "学校", "权重", "机会", "SHA-256", "抽中")


def public_list(opened: OpenRound, one: PlanDraw, made: Planned) -> bytes:
    """Returns 双随机抽查公示.xlsx: no inspector by name, nobody's reasons to stay away."""
    book = Book(opened.round, "双随机抽查公示", opened.words)
    sheet = book.sheet("公示", list(_PUBLIC.values()))
    seed = with_added(one.seed, one.added)
    told = f"{opened.round.bureau}　{day_text(one.day)}抽取，第{one.number}次，种子 {seed}"
    row = _head(sheet, "双随机抽查结果公示", [told, _RESULTS], list(_PUBLIC))
    for number, (day, visit, team) in enumerate(_visits(made), 1):
        row += 1
        cells = (
            str(number),
            opened.round.title,
            opened.roster.schools[visit.school].name,
            opened.round.bureau,
            "、".join(made.teams[team].members),
            _titles(opened, visit),
            str(day),
            "",
            "",
        )
        _line(sheet, row, cells)
    print_to(sheet, row)
    return book.close()


def own_list(opened: OpenRound, inputs: Inputs, made: Planned) -> bytes:
    """Returns 派组表（局内）.xlsx: who goes where and when, what each has to do and where not."""
    book = Book(opened.round, "派组表（局内）", opened.words)
    sheet = book.sheet("派组", list(_OWN.values()))
    row = _head(sheet, "双随机派组表", [_SECRET], list(_OWN))
    people = opened.roster.inspectors
    for day, visit, team in _visits(made):
        row += 1
        names = "、".join(people[code].name for code in made.teams[team].members)
        school = opened.roster.schools[visit.school].name
        _line(sheet, row, (str(day), team, names, school, visit.occasion, _titles(opened, visit)))
    print_to(sheet, row)
    sheet = book.sheet("督学", list(_LOAD.values()))
    row = _head(sheet, "每名督学的到校次数和回避", [_SECRET], list(_LOAD))
    drawn = {visit.school for own in made.visits.values() for _, visit in own}
    for person in inputs.people:
        row += 1
        apart = [opened.roster.schools[it].name for it in sorted(inputs.avoids(person) & drawn)]
        skills = "、".join(person.skills)
        load = str(made.load.get(person.id, 0))
        _line(sheet, row, (person.id, person.name, person.office, skills, load, "、".join(apart)))
    print_to(sheet, row)
    return book.close()


def again_list(opened: OpenRound, inputs: Inputs, one: PlanDraw, made: Planned) -> bytes:
    """Returns 抽取复算.csv: of every school in every draw its weight, chance and lot."""
    return csv_bytes(_AGAIN, _again(opened, inputs, with_added(one.seed, one.added), made))


def _again(opened: OpenRound, inputs: Inputs, seed: str, made: Planned) -> Iterator[Sequence[str]]:
    for one in made.draws:
        drawn, found = set(one.drawn), chances_of(inputs, one)
        for school, chance in found.items():
            yield (
                harmless(one.occasion),
                harmless(one.layer.name),
                literal(school),
                harmless(opened.roster.schools[school].name),
                f"{inputs.weight(school) / UNIT:g}",
                f"{chance.numerator}/{chance.denominator}",
                lot(seed, one.occasion, one.layer.name, school),
                "是" if school in drawn else "否",
            )


def _visits(made: Planned) -> list[tuple[date, Visit, str]]:
    every = ((day, visit, team) for team, own in made.visits.items() for day, visit in own)
    return sorted(every, key=lambda it: (it[0], it[2], it[1].school))


def _titles(opened: OpenRound, visit: Visit) -> str:
    return "、".join(opened.rubrics[it].title for it in visit.rubrics)


def _head(sheet: Sheet, title: str, told: Sequence[str], heads: Sequence[str]) -> int:
    """Writes title, lines and heads; returns the row of the heads."""
    row = sheet.heading(title, *told)
    sheet.head(row, list(heads))
    sheet.page.freeze_panes(row + 1, 0)
    return row


def _line(sheet: Sheet, row: int, cells: Sequence[str]) -> None:
    for at, text in enumerate(cells):
        if text.isdecimal() and len(text) < 6 and at in (0, 4):
            sheet.number(row, at, int(text), "cell", "centre")
        else:
            sheet.text(row, at, outgoing(text), "cell", "wrap")

"""The lists of a draw: what is made public, what recomputes it, and the bureau's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from inspections.collecting.collecting import collected
from inspections.ledger.planning import PlanChange, PlanDraw, Team
from inspections.planning.going import Going
from inspections.planning.inputs import UNIT, Inputs
from inspections.planning.linking import parts_of
from inspections.planning.lots import lot, with_added
from inspections.planning.planned import Planned
from inspections.planning.sampling import lay_out
from inspections.planning.trips import Visit
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from reports.drawing.found import FoundAt, together
from reports.drawing.record import chances_of, paper_of, task
from reports.drawing.since_draw import since_draw
from reports.ranking.layout import Book, Sheet
from reports.ranking.paging import print_to
from rubrics.messages.csv_text import csv_bytes, harmless, literal
from rubrics.messages.outgoing import outgoing

_PUBLIC: Final = {
    "编号": 6.0, "抽查任务": 26.0, "抽中对象": 24.0, "检查机关": 18.0, "检查人员（编号）": 16.0,
    "检查项目": 30.0, "检查日期": 13.0, "检查结果": 18.0, "处理": 14.0, "变更": 24.0,
}  # fmt: skip
_OWN: Final = {
    "日期": 13.0, "检查组": 10.0, "检查人员": 28.0, "学校": 26.0, "次别": 9.0, "细则": 34.0,
}  # fmt: skip
_LOAD: Final = {"督学代码": 12.0, "姓名": 12.0, "单位": 26.0, "专长": 16.0, "到校次数": 10.0,
                "回避的抽中学校": 44.0}  # fmt: skip
_RESULTS: Final = (
    "检查结果：未发现问题；发现问题待后续处理；责令改正；不配合检查；无法联系。出了意见书、没有待核事项的，"
    "由程序填；空着的还没有出，不配合、无法联系的由局里填。不含测评、谈话等保密的指标。"
    "公示期：　　年　　月　　日至　　月　　日。"
)
_AFTERWARDS: Final = "不打招呼的检查，查完再公布日期。"
_EXPLAINED: Final = Path(__file__).parent / "templates" / "复算说明.txt"
_SECRET: Final = "局内使用，不公开：回避的学校涉及个人和亲属。"
_AGAIN: Final = (
    "次别", "层", "学校代码", "学校", "已抽次数", "权重", "机会", "怎样", "SHA-256", "次序",
    "起", "止", "起点", "间隔", "抽中",
)  # fmt: skip
_APART: Final = {"细则": 34.0, "片": 6.0, "督学": 80.0}
_NO_LINK: Final = "同一份细则的不同片之间没有共同的到校，谁严谁宽没法比。"
_CHANGED: Final = {
    "序号": 6.0, "日期": 13.0, "缺勤或改期": 22.0, "从": 13.0, "至": 13.0, "检查组": 10.0,
    "原来": 34.0, "改为": 34.0, "理由": 26.0, "经手人": 12.0,
}  # fmt: skip


def public_list(
    opened: OpenRound, one: PlanDraw, now: Going, changes: Sequence[PlanChange], found: FoundAt
) -> bytes:
    """Returns 双随机抽查公示.xlsx: no inspector by name, nobody's reasons to stay away; what was
    found in a word, of visits of which nothing is open. Rows keep their numbers; what was changed
    after the draw is said.
    """
    hidden = paper_of(opened).dates == "visited"
    came = _came(opened) if hidden else set()

    def dated(visit: Visit) -> bool:
        return not hidden or (visit.school, visit.occasion) in came

    book = Book(opened.round, "双随机抽查公示", opened.words)
    sheet = book.sheet("公示", list(_PUBLIC.values()))
    seed = with_added(one.seed, one.added)
    told = f"{opened.round.bureau}　{day_text(one.day)}抽取，第{one.number}次，种子 {seed}"
    if changes:
        told += f"；以后改派、改期、补查 {len(changes)} 次，最近 {day_text(changes[-1].day)}"
    results = _RESULTS + _AFTERWARDS * hidden
    row = _head(sheet, "双随机抽查结果公示", [told, results], list(_PUBLIC))
    for it in since_draw(opened, one, now, dated):
        row += 1
        met = together(found.get((it.visit.school, it.visit.occasion), {}), it.visit.rubrics)
        cells = (
            str(it.number),
            task(opened),
            opened.roster.schools[it.visit.school].name,
            "、".join((opened.round.bureau, *paper_of(opened).joint)),
            "、".join(it.members),
            _titles(opened, it.visit),
            str(it.day) if dated(it.visit) else "",
            met.result if met else "",
            met.handling if met else "",
            it.was,
        )
        _line(sheet, row, cells)
    print_to(sheet, row)
    return book.close()


def _came(opened: OpenRound) -> set[tuple[str, str]]:
    """School and occasion of visits of which a sheet has come."""
    return {(it.key.school, it.key.occasion) for it in collected(opened).filled}


def own_list(
    opened: OpenRound,
    inputs: Inputs,
    one: PlanDraw | None,
    now: Going,
    changes: Sequence[PlanChange],
) -> bytes:
    """Returns 派组表（局内）.xlsx: who goes where and when, what each has to do and where not, who
    cannot be compared, and what was changed after the draw.
    """
    book = Book(opened.round, "派组表（局内）", opened.words)
    sheet = book.sheet("派组", list(_OWN.values()))
    row = _head(sheet, "双随机派组表", [_SECRET], list(_OWN))
    people = opened.roster.inspectors
    for day, visit, team in _visits(now):
        row += 1
        names = "、".join(people[code].name for code in now.teams[team].members)
        school = opened.roster.schools[visit.school].name
        _line(sheet, row, (str(day), team, names, school, visit.occasion, _titles(opened, visit)))
    print_to(sheet, row)
    sheet = book.sheet("督学", list(_LOAD.values()))
    row = _head(sheet, "每名督学的到校次数和回避", [_SECRET], list(_LOAD))
    drawn = {visit.school for own in now.visits.values() for _, visit in own}
    went = Counter(code for name, own in now.visits.items() for _ in own
                   for code in now.teams[name].members)  # fmt: skip
    for person in inputs.people:
        row += 1
        apart = [opened.roster.schools[it].name for it in sorted(inputs.avoids(person) & drawn)]
        skills = "、".join(person.skills)
        load = str(went[person.id])
        _line(sheet, row, (person.id, person.name, person.office, skills, load, "、".join(apart)))
    print_to(sheet, row)
    if parts := list(_apart(opened, now)):
        sheet = book.sheet("可比", list(_APART.values()))
        row = _head(sheet, "不能互相比较的督学", [_SECRET, _NO_LINK], list(_APART))
        for cells in parts:
            row += 1
            _line(sheet, row, cells)
        print_to(sheet, row)
    if changes:
        sheet = book.sheet("改派", list(_CHANGED.values()))
        row = _head(sheet, "抽取以后的改派", [_SECRET], list(_CHANGED))
        for cells in _changed(opened, one, changes):
            row += 1
            _line(sheet, row, cells)
        print_to(sheet, row)
    return book.close()


def _apart(opened: OpenRound, now: Going) -> Iterator[Sequence[str]]:
    """The parts of inspectors of each rubric that no visit links, as the plan stands now."""
    people = opened.roster.inspectors
    for name, rubric in opened.rubrics.items():
        parts = parts_of(
            now.teams[team].members
            for team, own in now.visits.items()
            if any(name in visit.rubrics for _, visit in own)
        )
        for number, part in enumerate(parts if len(parts) > 1 else (), 1):
            yield rubric.title, str(number), "、".join(people[code].name for code in sorted(part))


def _changed(
    opened: OpenRound, drawn: PlanDraw | None, changes: Sequence[PlanChange]
) -> Iterator[Sequence[str]]:
    people, schools = opened.roster.inspectors, opened.roster.schools

    def name(code: str) -> str:
        return people[code].name if code in people else code

    def told(team: Team) -> str:
        members, since, until = team
        days = str(since) if since == until else f"{since} 至 {until}"
        return f"{days}　{'、'.join(map(name, members))}"

    teams, lines = (dict(drawn.teams), dict(drawn.lines)) if drawn else ({}, {})
    for one in changes:
        what = name(one.away) if one.away else schools[one.school].name if (
            one.school in schools) else "（已删除）"  # fmt: skip
        for team, now in one.teams.items():
            # A visit that was moved had another team; whoever was replaced had this one.
            had = {lines[it] for it, to in one.lines.items() if to == team and it in lines}
            was = "；".join(told(teams[it]) for it in sorted(had or {team}) if it in teams)
            yield (
                str(one.number), str(one.day), what, str(one.since), str(one.until), team,
                was or "—", told(now), one.why, one.who,
            )  # fmt: skip
        teams |= one.teams
        lines |= one.lines


def again_list(opened: OpenRound, inputs: Inputs, one: PlanDraw, made: Planned) -> bytes:
    """Returns 抽取复算.csv: of every school in every draw its weight, lot, and stretch, so that a
    spreadsheet will do to draw again.
    """
    return csv_bytes(_AGAIN, _again(opened, inputs, with_added(one.seed, one.added), made))


def _again(opened: OpenRound, inputs: Inputs, seed: str, made: Planned) -> Iterator[Sequence[str]]:
    before: Counter[tuple[str, str]] = Counter()
    for one in made.draws:
        layer = one.layer
        drawn, found = set(one.drawn), chances_of(inputs, one)
        among = {school: inputs.weight(school) for school in one.among}
        left = len(one.drawn) - one.sure
        laid = lay_out(among, left, seed, one.occasion, layer.name) if among else None
        places = {school: at for at, school in enumerate(laid.stretches if laid else (), 1)}
        for school, chance in found.items():
            how, cells = "轮不到", ("", "", "", "", "")
            if laid and school in laid.stretches:
                first, end = laid.stretches[school]
                how = "按签"
                cells = str(places[school]), str(first), str(end), str(laid.start), str(laid.step)
            elif school in drawn:
                how = "必中" if school in among else "全进"
            elif school in among:
                how = "余数用完"
            yield (
                harmless(one.occasion),
                harmless(layer.name),
                literal(school),
                harmless(opened.roster.schools[school].name),
                str(before[layer.name, school]),
                str(Decimal(inputs.weight(school)) / UNIT),
                f"{float(chance):.6f}",
                how,
                lot(seed, one.occasion, layer.name, school),
                *cells,
                "是" if school in drawn else "否",
            )
        before.update((layer.name, school) for school in drawn)


def explanation(one: PlanDraw, digest: str) -> bytes:
    """Returns 复算说明.txt: how to draw again with what is public, in a spreadsheet or by any
    program; a short one stands in it.
    """
    text = _EXPLAINED.read_text(encoding="utf-8")
    for name, said in (
        ("承诺码", digest),
        ("种子", one.seed),
        ("现场数", one.added or "（没有）"),
        ("合用", with_added(one.seed, one.added)),
    ):
        text = text.replace(f"〈{name}〉", said)
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _visits(now: Going) -> list[tuple[date, Visit, str]]:
    every = ((day, visit, team) for team, own in now.visits.items() for day, visit in own)
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

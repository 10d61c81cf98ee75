"""From the faults of letters to items, and from items to the rectification book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from inspections.records.record import Observation
from inspections.records.record import State as Checked
from inspections.records.rectification import Case, Item, Move, Term, Verb
from inspections.rectification.opening import moves_between
from inspections.rectification.states import Standing, State, standings
from inspections.rectification.summary import totals
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from inspections.round.round import Rectification, Round
from inspections.round.working_days import last_day
from reports.letter.days import due, within
from reports.letter.days import last_day as letters_last_day
from reports.rectification.book import rectification_book
from reports.rectification.columns import COLUMNS
from reports.rectification.found import Found, found_in
from reports.rectification.public_book import public_book
from reports.steps.rectifying import open_rectification
from rubrics.language.rubric import Rubric
from tests.reports.letter.inspected import ROUND, SCHOOL, letter, rubric, scored, with_faults
from tests.reports.two_rounds import BY, spring

OPENED = date(2026, 11, 16)
SETTINGS = ROUND.model_copy(
    update={
        "letters": ROUND.letters.model_copy(update={"day": OPENED}),
        "rectification": Rectification(offices={"canteen": "安全股", "canteen/C": "后勤股"}),
    }
)


IN_ORDER = [
    *("序号", "来源", "日期", "学校", "类别", "指标编号", "问题描述", "数量", "佐证", "依据"),
    *("整改措施", "责任领导", "责任人", "期限", "进度（%）", "整改结果", "完成日期", "整改佐证"),
    *("学校自查签字", "复查人", "复查日期", "结论", "延期批准人及新期限", "协商部门"),
    *("挂销号状态", "备注"),
]


@pytest.fixture(scope="module")
def canteen() -> Rubric:
    return rubric("canteen")


def found(of: Rubric, count: int = 12, settings: Round = SETTINGS) -> tuple[OpenRound, Found]:
    scores, roster = scored(of, with_faults(of, count), settings=settings, others={})
    opened = OpenRound(Folder(Path("round")), settings, {of.id: of}, roster, ())
    return opened, found_in(opened, scores, OPENED)


def test_every_fault_with_something_to_put_right_is_an_item(canteen: Rubric) -> None:
    told = letter(canteen, with_faults(canteen, 12), settings=SETTINGS)
    due = [fault for fault in told.faults if fault.stands and not fault.trifling]
    _, made = found(canteen)
    assert {item.owner for item in made.items} == {fault.owner for fault in due}
    assert len(made.items) >= len(due) > 5
    assert len({(item.school, item.key) for item in made.items}) == len(made.items)
    # Nothing that the letter asks for is left out, and nothing is asked for twice.
    for fault in due:
        own = [item for item in made.items if item.owner == fault.owner]
        assert sorted("".join(item.demand for item in own)) == sorted(
            fault.demand or "请自行改正。"
        )
        assert all(item.basis and item.described for item in own)


def test_what_was_put_right_on_the_spot_is_closed(canteen: Rubric) -> None:
    entries = with_faults(canteen, 3)
    acts = ("当场改正", "封存2袋", "")
    entries = [replace(it, at_once=act) for it, act in zip(entries, acts, strict=True)]
    scores, roster = scored(canteen, entries, settings=SETTINGS, others={})
    opened = OpenRound(Folder(Path("round")), SETTINGS, {canteen.id: canteen}, roster, ())
    made = {item.owner: item for item in found_in(opened, scores, OPENED).items}
    stands = {it.item.owner: it.state for it in standings(map(Case, made.values()), OPENED)}
    first, second, third = (entry.owner for entry in entries)
    assert (stands[first], made[first].done) == (State.CLOSED, "当场改正")
    # What was only sealed is still to be put right.
    assert (stands[second], made[second].done) == (State.OPEN, "封存2袋")
    assert (stands[third], made[third].done) == (State.OPEN, "")


def test_deadlines_are_those_of_the_letter(canteen: Rubric) -> None:
    _, made = found(canteen)
    kinds = {item.kind for item in made.items}
    assert kinds == {Term.AT_ONCE, Term.DAYS}
    for item in made.items:
        if item.kind is Term.DAYS:
            assert item.due == letters_last_day(SETTINGS, item.days)
        else:
            assert item.due == last_day(OPENED, 3, working=True) == date(2026, 11, 19)


def test_letters_and_items_count_working_days_where_the_round_does(canteen: Rubric) -> None:
    counted = SETTINGS.rectification.model_copy(update={"count": "working"})
    settings = SETTINGS.model_copy(update={"rectification": counted})
    _, made = found(canteen, settings=settings)
    fifteen = next(item for item in made.items if item.days == 15)
    assert fifteen.due == letters_last_day(settings, 15) == date(2026, 12, 7)
    assert due(settings, 15) == "15个工作日内\n至12月7日"
    assert due(SETTINGS, 15) == "15日内\n至12月1日"
    assert within(settings, 30, "意见书") == "在30个工作日内（至12月28日）"


def test_the_office_of_a_dimension_goes_before_that_of_the_rubric(canteen: Rubric) -> None:
    _, made = found(canteen, 40)
    for item in made.items:
        own = any(it.id == item.owner for it in canteen.dimensions[2].indicators)
        assert item.office == ("后勤股" if own else "安全股")
    assert {item.office for item in made.items} == {"后勤股", "安全股"}


def test_opening_again_says_what_changed_and_what_is_no_more(canteen: Rubric) -> None:
    _, made = found(canteen)
    cases = [Case(replace(item, number=n)) for n, item in enumerate(made.items, 1)]
    assert list(moves_between(cases, made.items, made.judged)) == []
    first, second, *rest = made.items
    now = [replace(second, described="另一个事实"), *rest]
    moves = list(moves_between(cases, now, made.judged))
    assert [(one.item, one.verb) for one in moves] == [(1, Verb.WITHDRAW), (2, Verb.AMEND)]
    assert moves[1].says == (("fact", "另一个事实"),)
    assert all(one.reason for one in moves)
    # Letters that were not written say nothing, and what came from elsewhere is none of theirs.
    assert list(moves_between(cases, [], frozenset())) == []
    outside = [Case(replace(it.item, source="审计", rubric="")) for it in cases]
    assert list(moves_between(outside, [], made.judged)) == []
    # Withdrawn once; open again where it is a fault again.
    gone = [Case(cases[0].item, (Move(1, Verb.WITHDRAW),)), *cases[1:]]
    assert list(moves_between(gone, made.items[1:], made.judged)) == []
    back = list(moves_between(gone, made.items, made.judged))
    assert [(one.item, one.verb) for one in back] == [(1, Verb.REOPEN)]
    assert first.key == gone[0].item.key


def book_of(canteen: Rubric) -> tuple[OpenRound, list[Standing]]:
    """Items in every state, with what people typed."""
    opened, made = found(canteen)
    report = Move(0, Verb.REPORT, OPENED, "=HYPERLINK(\"x\")", "周校长", "吴老师",
                  date(2026, 11, 20), 100, "整改完成", ("照片1.jpg",))  # fmt: skip
    ways: list[tuple[Move, ...]] = [
        (report, Move(0, Verb.CLOSE, date(2026, 11, 25), checked_by="郑科长")),
        (report,),
        (report, Move(0, Verb.RETURN, reason="没有佐证，电话13800138000")),
        (Move(0, Verb.EXTEND, until=date(2027, 1, 10), approved="王局长", reason="设备在途"),),
        (report, Move(0, Verb.KEEP)),
        (report, Move(0, Verb.CLOSE), Move(0, Verb.RELAPSE, until=date(2027, 1, 5))),
        (Move(0, Verb.WITHDRAW, reason="更正"),),
    ]
    items = [replace(item, number=n) for n, item in enumerate(made.items, 1)]
    cases = [
        Case(item, ways[n] if n < len(ways) else ()) for n, item in enumerate(items)
    ]  # fmt: skip
    letter = Item(
        SCHOOL.id, "x", "答复", OPENED, "信访", due=date(2026, 11, 30), described="某家长反映",
        number=len(items) + 1,
    )  # fmt: skip
    return opened, standings([*cases, Case(letter)], date(2026, 12, 1), withdrawn=True)


def test_the_book_has_every_column_and_its_totals_add_up(canteen: Rubric) -> None:
    opened, stands = book_of(canteen)
    data = rectification_book(opened, stands, date(2026, 12, 1))
    assert data == rectification_book(opened, stands, date(2026, 12, 1))
    book = load_workbook(BytesIO(data))
    assert book.sheetnames[:3] == ["总览", "各校", "整改台账"]
    sheet = book["整改台账"]
    heads = [cell.value for cell in sheet[3]]
    assert heads == [column.heading for column in COLUMNS]
    assert heads[:26] == IN_ORDER
    listed = [one for one in stands if one.state.value != "已撤回"]
    rows = list(sheet.iter_rows(min_row=4, max_row=3 + len(listed), values_only=True))
    assert [row[0] for row in rows] == [f"{one.number:04d}" for one in listed]
    assert rows[0][10] == '=HYPERLINK("x")'
    assert sheet["K4"].data_type == "s"
    assert "13800138000" not in repr(rows)
    counted = totals(stands)
    lines = [[cell.value for cell in row] for row in book["总览"].iter_rows()]
    # A deadline falls into a year of which nobody knows the holidays yet.
    assert any("2027年的放假安排还没有收入" in str(line[0]) for line in lines)
    shown = [line for line in lines if line[0] == "合计"][1]
    total, at_once, *parts = shown[1:10]
    assert total == sum(parts) == counted.total == len(listed)
    assert 0 < at_once < total
    assert (counted.closed, counted.kept, counted.relapsed, counted.extended) == (1, 1, 1, 1)
    assert shown[10] == pytest.approx(1 / total)


def test_nobody_is_named_in_the_public_book(canteen: Rubric) -> None:
    opened, stands = book_of(canteen)
    sheet = load_workbook(BytesIO(public_book(opened, stands, date(2026, 12, 1)))).active
    assert sheet is not None
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told[3] == ["周期编号", "学校", "具体问题", "整改情况"]
    for word in ("吴老师", "周校长", "郑科长", "王局长", "某家长", "HYPERLINK", "设备在途"):
        assert word not in repr(told)
    assert told[4][0] == "r-0001"
    assert told[4][3] == "整改完成"


def test_items_name_the_number_of_their_letter(canteen: Rubric) -> None:
    scores, roster = scored(canteen, with_faults(canteen, 3), settings=SETTINGS, others={})
    opened = OpenRound(Folder(Path("round")), SETTINGS, {canteen.id: canteen}, roster, ())
    before = found_in(opened, scores, OPENED)
    assert {item.reference for item in before.items} == {SETTINGS.letters.number}
    numbers = {(canteen.id, SCHOOL.id): "某教督意〔2026〕7号"}
    now = found_in(opened, scores, OPENED, numbers)
    assert {item.reference for item in now.items} == {"某教督意〔2026〕7号"}
    # What was opened before its letter bore a number is told it then, and stands as it stood.
    cases = [Case(replace(one, number=n)) for n, one in enumerate(before.items, 1)]
    moves = list(moves_between(cases, now.items, now.judged))
    assert {one.verb for one in moves} == {Verb.AMEND}
    assert {one.says for one in moves} == {(("reference", "某教督意〔2026〕7号"),)}
    told = [replace(case.item, reference="某教督意〔2026〕7号") for case in cases]
    assert not list(moves_between([Case(one) for one in told], now.items, now.judged))


def test_terms_that_begin_before_the_visits_are_told(tmp_path: Path) -> None:
    of = spring(tmp_path, opened=False)
    _, problems = open_rectification(of.folder.root, BY, day=date(2026, 3, 2))
    assert [one.code for one in problems].count("rectify-early") == 1
    _, problems = open_rectification(of.folder.root, BY, day=date(2026, 3, 5))
    assert "rectify-early" not in {one.code for one in problems}


def test_the_name_of_an_indicator_stands_once_where_a_red_line_was_crossed(
    canteen: Rubric,
) -> None:
    sold = Observation(
        "C6",
        Checked.CHECKED,
        {"种类": Decimal(3), "已加工": Decimal(0)},
        fault="过期辣酱、酱油",
    )
    opened = OpenRound(
        Folder(Path("round")), SETTINGS, {"canteen": canteen}, scored(canteen)[1], ()
    )
    scores, _ = scored(canteen, [replace(sold, evidence=("柜.jpg",))], others={})
    (item,) = [one for one in found_in(opened, scores, OPENED).items if one.owner == "C6"]
    assert item.described.startswith("触碰红线“过期、变质食品3种以上或已用于加工”；过期辣酱、酱油")

"""From opening to closing: what goes out comes back filled in, is judged, and is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PIL import Image

from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import all_cases, latest, open_items
from inspections.records.rectification import Case, Item, Term, Verb
from inspections.rectification.collecting import Replies, books_of
from inspections.rectification.deciding import Decided
from inspections.rectification.decision_book import FILE, decision_book
from inspections.rectification.elsewhere import blank_list
from inspections.rectification.promises import only_promises
from inspections.rectification.states import State, standings
from inspections.rectification.summary import Totals, totals
from inspections.round.opened import OpenRound
from inspections.row_workbook import Row, RowBook, RowValue, rows_data
from inspections.steps.rectifying import (
    add_rectification,
    collect_rectification,
    decide_many,
    decide_rectification,
    rectify_status,
    rectify_template,
    send_rectification,
)
from rubrics.messages.problems import Problem
from tests.inspections.rectification.items import BY, ITEM
from tests.inspections.small_round import SCHOOLS
from tests.inspections.started_round import started

OPENED, FOUND, DAY = date(2026, 3, 20), date(2026, 3, 5), date(2026, 4, 1)
COMPLETE: Mapping[str, RowValue] = {
    "measures": "3月25日更换带锁的留样柜，由专人每餐登记",
    "leader": "周校长",
    "person": "吴老师",
    "done": date(2026, 3, 25),
    "progress": 100,
    "result": "整改完成",
    "proof": ("留样登记记录第3号",),
    "signed": "吴老师",
}


def item(key: str, school: int = 0, **changed: object) -> Item:
    made = replace(
        ITEM, key=key, school=SCHOOLS[school].id, opened=OPENED, found=FOUND, evidence=(),
        due=date(2026, 4, 4),
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    """Three items of one school, one of another."""
    made = started(tmp_path / "round")
    with ledger_of(made) as ledger:
        keys = [item("kitchen/A1"), item("kitchen/A2"), item("kitchen/A3"), item("kitchen/A1", 1)]
        assert open_items(ledger, keys, BY) == [1, 2, 3, 4]
    return made


def cases(of: OpenRound) -> list[Case]:
    with ledger_of(of) as ledger:
        return all_cases(ledger)


def sent(of: OpenRound, school: int = 0) -> RowBook:
    return books_of(of, cases(of), DAY)[SCHOOLS[school].id]


def filled(book: RowBook, said: Mapping[str, Mapping[str, RowValue]]) -> RowBook:
    rows = (replace(row, entries=said.get(row.key, row.entries)) for row in book.rows)
    return replace(book, rows=tuple(rows))


def hand_in(of: OpenRound, book: RowBook, name: str = "第一小学.xlsx") -> None:
    path = of.folder.rectify / "returned" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(rows_data(book))


def collected(of: OpenRound, day: date = DAY) -> tuple[Replies, list[Problem]]:
    took, problems = collect_rectification(of.folder.root, day, BY)
    assert took is not None, problems
    return took.replies, problems


def states(of: OpenRound, day: date = DAY) -> dict[int, str]:
    return {one.number: one.state.value for one in standings(cases(of), day)}


def picture(of: OpenRound, name: str, taken: datetime, school: int = 0) -> None:
    folder = of.folder.evidence / "整改" / SCHOOLS[school].name
    folder.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
    made = Image.radial_gradient("L").convert("RGB").resize((320, 240))
    made.paste((taken.day * 8, 90, school * 200), (20, 20, 120, 80))
    made.save(folder / name, "JPEG", exif=exif)


def test_the_whole_cycle(of: OpenRound) -> None:
    root = of.folder.root
    out, problems = send_rectification(root, DAY)
    assert out is not None
    assert (len(out.files), out.items, problems) == (2, 4, [])
    hand_in(
        of,
        filled(
            sent(of),
            {
                "0001": COMPLETE,
                "0002": {"measures": "高度重视，加强领导，今后注意", "person": "吴老师"},
                "0003": {**COMPLETE, "progress": 60, "result": "正在整改",
                         "done": date(2026, 3, 25),
                         "asked": date(2026, 5, 1), "remark": "设备在途"},
            },
        ),
    )  # fmt: skip
    replies, problems = collected(of)
    assert [(one.item, one.verb) for one in replies.moves] == [
        (1, Verb.REPORT), (2, Verb.REPORT), (2, Verb.RETURN), (3, Verb.PROGRESS),
    ]  # fmt: skip
    returned = [one for one in problems if one.code == "rectify-returned"]
    assert len(returned) == 1
    assert returned[0].place.file == "rectify/returned/第一小学.xlsx"
    assert "表态" in returned[0].message
    assert states(of) == {1: "已报送", 2: "退回", 3: "待整改", 4: "待整改"}
    # To collect again changes nothing.
    assert collected(of)[0].moves == ()

    book = decision_book(of, standings(cases(of), DAY), 1)
    assert [row.key for row in book.rows] == ["0001", "0003"]
    path = of.folder.rectify / FILE
    assert path.is_file()
    path.write_bytes(
        rows_data(
            filled(
                book,
                {
                    "0001": {"verdict": "销号", "checked_by": "郑科长"},
                    "0003": {"verdict": "延期", "reason": "设备在途", "approved": "王局长",
                             "until": date(2026, 5, 1)},
                },
            )
        )
    )  # fmt: skip
    moves, problems = decide_many(root, path, DAY, BY)
    assert moves is not None
    assert [(one.item, one.verb) for one in moves] == [(1, Verb.CLOSE), (3, Verb.EXTEND)]
    # All that waited has been decided on: nothing lies there any more.
    assert not path.exists()
    assert states(of) == {1: "已销号", 2: "退回", 3: "延期", 4: "待整改"}
    found, _ = rectify_status(root, date(2026, 4, 6))
    assert found is not None
    counted = totals(found.stands)
    assert counted == Totals(total=4, closed=1, overdue=2, extended=1)
    assert found.reminders is not None
    texts = [path.read_text("utf-8-sig") for path in sorted(found.reminders.iterdir())]
    assert len(texts) == 2
    assert "表态" in texts[0]
    # The next workbook holds what is left, with what was said before.
    assert [row.key for row in sent(of).rows] == ["0002", "0003"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"done": date(2026, 3, 1)}, "早于检查日期"),
        ({"done": date(2026, 5, 1)}, "还没有到"),
        ({"done": ""}, "没有完成日期"),
        ({"proof": ""}, "没有佐证"),
        ({"proof": ("IMG_2001.jpg",)}, "没有收到"),
        ({"proof": ("../别处/IMG_1.jpg",)}, "别的文件夹"),
        ({"proof": ("早.jpg",)}, "在检查（2026-03-05）之前"),
        ({"proof": ("同.jpg",)}, "同一个文件"),
        ({"measures": "进一步加强管理，提高认识"}, "表态"),
        ({"person": ""}, "责任人"),
        ({"progress": 80}, "进度只有 80%"),
    ],
)
def test_what_is_incomplete_goes_back_with_the_reason(
    of: OpenRound, changed: Mapping[str, RowValue], reason: str
) -> None:
    picture(of, "早.jpg", datetime(2026, 3, 2, 9))
    for school in (0, 1):
        picture(of, "同.jpg", datetime(2026, 3, 24, 9))
        where = of.folder.evidence / "整改" / SCHOOLS[school].name
        where.mkdir(parents=True, exist_ok=True)
        data = (of.folder.evidence / "整改" / SCHOOLS[0].name / "同.jpg").read_bytes()
        (where / "同.jpg").write_bytes(data)
    said = {name: value for name, value in {**COMPLETE, **changed}.items() if value != ""}
    hand_in(of, filled(sent(of), {"0001": said}))
    replies, _ = collected(of)
    assert [one.verb for one in replies.moves] == [Verb.REPORT, Verb.RETURN]
    assert reason in replies.moves[1].reason
    assert states(of)[1] == State.RETURNED


def test_a_proof_that_comes_later_makes_the_report_whole(of: OpenRound) -> None:
    hand_in(of, filled(sent(of), {"0001": {**COMPLETE, "proof": ("留样柜.jpg",)}}))
    collected(of)
    assert states(of)[1] == "退回"
    picture(of, "留样柜.jpg", datetime(2026, 3, 26, 9))
    replies, _ = collected(of)
    assert [(one.verb, one.reason) for one in replies.moves] == [(Verb.REPORT, "佐证已补齐")]
    assert states(of)[1] == "已报送"
    replies, problems = collected(of)
    assert replies.moves == ()
    assert "rectify-proof-unused" not in {one.code for one in problems}


def test_anothers_workbook_and_two_that_differ_count_for_nobody(of: OpenRound) -> None:
    hand_in(of, filled(sent(of, 1), {"0004": COMPLETE}), "第一小学/整改.xlsx")
    assert "rows-other-owner" in {one.code for one in collected(of)[1]}
    (of.folder.rectify / "returned" / "第一小学" / "整改.xlsx").unlink()
    hand_in(of, filled(sent(of), {"0001": COMPLETE}), "一.xlsx")
    hand_in(of, filled(sent(of), {"0001": {**COMPLETE, "person": "郑老师"}}), "二.xlsx")
    replies, problems = collected(of)
    assert replies.moves == ()
    assert "rectify-reply-differs" in {one.code for one in problems}


def test_what_cannot_be_decided_is_told_and_changes_nothing(of: OpenRound) -> None:
    root = of.folder.root
    for item_typed, verb, said, code in (
        ("99", Verb.CLOSE, {}, "rectify-item-unknown"),
        ("旧-1", Verb.CLOSE, {}, "rectify-item-unknown"),
        ("1", Verb.REOPEN, {"reason": "x"}, "rectify-not-now"),
        ("1", Verb.RETURN, {}, "rectify-decision-lacks"),
        ("1", Verb.EXTEND, {"reason": "x", "until": date(2026, 5, 1)}, "rectify-decision-lacks"),
        ("1", Verb.EXTEND, {"reason": "x", "until": date(2026, 4, 4), "approved": "王"},
         "rectify-day-wrong"),
    ):  # fmt: skip
        one = Decided(item_typed, verb, **said)  # type: ignore[arg-type]
        moves, problems = decide_rectification(root, one, DAY, BY)
        assert moves is None
        assert [it.code for it in problems] == [code]
    assert set(states(of).values()) == {"待整改"}
    closed, _ = decide_rectification(root, Decided("2026春-0001", Verb.CLOSE), DAY, BY)
    assert closed is not None
    again, _ = decide_rectification(root, Decided("1", Verb.REOPEN, "举报未改"), DAY, BY)
    assert again is not None
    assert states(of)[1] == "待整改"


def test_items_from_elsewhere_come_in_once(of: OpenRound) -> None:
    root = of.folder.root
    path, problems = rectify_template(root)
    assert path is not None, problems
    from inspections.rectification.elsewhere import blank_list
    from inspections.row_workbook import Row

    rows = (
        Row("新1", entries={"source": "信访", "school": "第二小学", "kind": "限期",
                           "described": "课后服务收费未公示", "demand": "公示收费",
                           "due": date(2026, 4, 20)}),
        Row("新2", entries={"source": "审计", "school": "第一小学", "kind": "长期",
                           "described": "固定资产账实不符", "demand": "清查并登记"}),
        Row("新3", entries={"source": "巡察", "school": "没有的学校", "kind": "长期",
                           "described": "x", "demand": "y"}),
        Row("新4", entries={"source": "巡察", "school": "第一小学", "kind": "限期",
                           "described": "会议记录不全", "demand": "补记"}),
    )  # fmt: skip
    path.write_bytes(rows_data(replace(blank_list(of), rows=rows)))
    added, problems = add_rectification(root, path, DAY, BY)
    assert added is not None, problems
    assert added.numbers == (5, 6)
    codes = [one.code for one in problems]
    assert {"school-unknown", "rectify-term-unknown"} <= set(codes)
    assert next(one for one in problems if one.code == "school-unknown").place.cell
    last = cases(of)[-1].item
    assert (last.source, last.kind, last.due) == ("审计", Term.LONG, None)
    again, _ = add_rectification(root, path, DAY, BY)
    assert again is not None
    assert (again.numbers, again.known) == ((), 2)


@pytest.mark.parametrize(
    "text",
    [
        "加强领导，提高认识。",
        "今后注意",
        "我校将高度重视，严格落实相关制度，杜绝再次发生",
        "我校高度重视，立即召开会议研究部署，狠抓落实。",
        "已安排专人负责，正在落实",
        "我们一定改正，保证下次不再犯",
        "感谢督导组的指导，我校将虚心接受意见，认真整改",
        "将进一步压紧压实主体责任，建章立制",
        "1、加强领导；2、提高认识；3、今后注意。",
        "2026年我校将高度重视此项工作",
        "一是加强领导，二是完善制度",
        "已按要求整改完毕，请领导放心",
        "马上改",
        "已整改",
        "无",
    ],
)
def test_words_without_an_act(text: str) -> None:
    assert only_promises(text)
    assert only_promises(text, done=True)


@pytest.mark.parametrize(
    "text",
    [
        "更换留样柜",
        "10月9日前补齐记录",
        "召开班子会，约谈食堂负责人",
        "已拆除",
        "已将破损插座更换",
        "将过期食品销毁",
        "培训教师",
        "张贴制度",
        "建立台账，专人登记",
        "组织学习文件并签到",
        "拟定菜单并公示",
        "1、更换插座；2、加强管理",
    ],
)
def test_words_that_name_an_act(text: str) -> None:
    assert not only_promises(text)
    assert not only_promises(text, done=True)


@pytest.mark.parametrize(
    "text", ["计划采购冷柜", "拟于下学期更换插座", "将于近期购置消毒柜，今后注意", "承诺更换"]
)
def test_a_plan_is_no_act_that_was_done(text: str) -> None:
    assert not only_promises(text)
    assert only_promises(text, done=True)


def test_one_cause_is_told_once(of: OpenRound) -> None:
    said: Mapping[str, Mapping[str, RowValue]] = {
        "0001": {**COMPLETE, "done": "下周五"},
        "0002": {key: value for key, value in COMPLETE.items() if key != "person"},
    }
    hand_in(of, filled(sent(of), said))
    replies, problems = collected(of)
    assert [one.code for one in problems] == ["rectify-returned", "rectify-returned"]
    back = [one.reason for one in replies.moves if one.verb is Verb.RETURN]
    assert "下周五" in back[0]
    assert "没有完成日期" not in back[0]
    assert "责任人" in back[1]


def test_what_cannot_be_read_of_a_decision_is_told_at_its_cell_alone(
    of: OpenRound, tmp_path: Path
) -> None:
    hand_in(of, filled(sent(of), {"0001": COMPLETE}))
    collected(of)
    book = decision_book(of, standings(cases(of), DAY), latest(cases(of)))
    said: Mapping[str, RowValue] = {
        "verdict": "延期", "reason": "设备在途", "until": "下个月", "approved": "王局长",
    }  # fmt: skip
    path = tmp_path / "审.xlsx"
    path.write_bytes(rows_data(filled(book, {"0001": said})))
    moves, problems = decide_many(of.folder.root, path, DAY, BY)
    assert (moves, [one.code for one in problems]) == ((), ["rows-value"])


def test_a_deadline_that_cannot_be_read_is_told_once(of: OpenRound, tmp_path: Path) -> None:
    said: dict[str, RowValue] = {
        "source": "巡察", "school": SCHOOLS[0].name, "kind": "限期", "described": "台账缺页",
        "demand": "补齐", "due": "年底前",
    }  # fmt: skip
    book = blank_list(of)
    path = tmp_path / "巡察.xlsx"
    path.write_bytes(rows_data(replace(book, rows=(Row("新1", {}, said),), spare=0)))
    added, problems = add_rectification(of.folder.root, path, DAY, BY)
    assert added is not None
    assert (added.numbers, [one.code for one in problems]) == ((), ["rows-value"])

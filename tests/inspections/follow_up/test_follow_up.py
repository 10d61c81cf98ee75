"""A follow-up: who may look at what, what goes out, and what a verdict does to an item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from inspections.follow_up.drawing import Wish, against, draw, sample
from inspections.ledger.chain import By
from inspections.ledger.erasing import erase_words
from inspections.ledger.follow_up import all_draws
from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import add_moves, all_cases, open_items
from inspections.ledger.verifying import verify
from inspections.records.rectification import Move, Verb
from inspections.rectification.states import State, standing, standings
from inspections.round.opened import OpenRound
from inspections.steps.collecting import collect_round
from inspections.steps.following_up import (
    collect_follow_up,
    draw_follow_up,
    follow_up_status,
    send_follow_up,
)
from rubrics.messages.problems import Problem
from tests.inspections.rectification.items import BY, ITEM, other
from tests.inspections.small_round import INSPECTORS, SCHOOLS
from tests.inspections.started_round import started

DAY = date(2026, 11, 2)
REPORT = Move(
    1, Verb.REPORT, day=date(2026, 10, 9), measures="补记三天，换带锁的留样柜",
    done=date(2026, 10, 8), result="整改完成", proof=("留样柜.jpg",),
)  # fmt: skip
SECOND = replace(ITEM, school=SCHOOLS[1].id, key="party/A1/15", rubric="party", owner="A1")
FOUND: dict[str, object] = {
    "现场所见": "留样柜已上锁，近 7 天留样齐全", "结论": "销号", "复查日期": "2026-11-05",
}  # fmt: skip


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    """A round of two schools and two teams, with three items; the first has been reported."""
    opened = started(tmp_path / "round")
    collect_round(opened.folder.root)
    with ledger_of(opened) as ledger:
        open_items(ledger, [ITEM, other("kitchen/A2"), SECOND], BY)
        add_moves(ledger, [REPORT], BY)
    return opened


def drawn(of: OpenRound, **wish: Any) -> tuple[Mapping[int, str], list[Problem]]:
    made, problems = draw_follow_up(of.folder.root, DAY, BY, seed="0417", **wish)
    return (made.draw.teams if made else {}), problems


def filled(
    of: OpenRound, rows: Mapping[int, Mapping[str, object]], name: str = "复查.xlsx"
) -> Path:
    """Fills the rows of the items with these numbers, whatever workbook they are in."""
    for path in sorted((of.folder.follow_up / "sent").glob("*.xlsx")):
        book = load_workbook(path)
        sheet = book.worksheets[0]
        columns = {str(cell.value): cell.column for cell in sheet[4]}
        hit = False
        for row in sheet.iter_rows(min_row=6):
            number = str(row[0].value or "").rpartition("-")[2]
            for heading, value in rows.get(int(number) if number.isdigit() else 0, {}).items():
                sheet.cell(row[0].row, columns[heading]).value = value  # type: ignore[assignment]
                hit = True
        if hit:
            target = of.folder.follow_up / "returned" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            book.save(target)
            return target
    raise AssertionError(rows)


def taken(of: OpenRound) -> tuple[list[Verb], list[str]]:
    took, problems = collect_follow_up(of.folder.root, date(2026, 11, 9), BY)
    assert took is not None
    codes = [item.code for item in problems if item.code.startswith("followup")]
    return [one.verb for one in took.checked.moves], codes


def state(of: OpenRound, number: int) -> State:
    with ledger_of(of) as ledger:
        (case,) = [one for one in all_cases(ledger) if one.number == number]
    return standing(case, date(2026, 11, 9)).state


def test_the_team_that_found_it_does_not_look_again(of: OpenRound) -> None:
    teams, problems = drawn(of)
    planned = {(it.school, it.rubric): it.team for it in of.plan}
    assert problems == []
    assert teams.keys() == {1, 2, 3}
    for number, item in ((1, ITEM), (2, ITEM), (3, SECOND)):
        assert teams[number] != planned[item.school, item.rubric]
    # One school, one team.
    assert teams[1] == teams[2]


def test_a_team_that_cannot_look_is_named_with_what_is_against_it(of: OpenRound) -> None:
    first, second = ([one for one in INSPECTORS if one.team == team] for team in ("一组", "二组"))
    seen = frozenset(one.id for one in first)
    assert "原检查人" in against(of, first, [ITEM], lambda item: seen)
    assert against(of, second, [ITEM], lambda item: seen) == ""
    # With somebody who has not seen it, nobody looks alone.
    assert against(of, [first[0], second[0]], [ITEM], lambda item: seen) == ""
    own = replace(second[0], office=SCHOOLS[0].name)
    assert "回避" in against(of, [own, second[1]], [ITEM], lambda item: seen)


def test_where_nobody_may_look_all_teams_are_named(of: OpenRound) -> None:
    with ledger_of(of) as ledger:
        stands = standings(all_cases(ledger), DAY)
    everybody = frozenset(one.id for one in INSPECTORS)
    made, (met,) = draw(
        of,
        stands,
        Wish(DAY, "0417"),
        lambda it: everybody if it.school == ITEM.school else frozenset(),
    )
    assert made is not None
    assert made.teams.keys() == {3}
    assert met.code == "followup-nobody"
    assert all(team in met.message for team in ("一组", "二组", SCHOOLS[0].name))


def test_a_sample_is_drawn_again_by_its_seed(of: OpenRound) -> None:
    teams, _ = drawn(of, share=30)
    assert teams.keys() == sample([1, 2, 3], "0417", 30)
    assert len(teams) == 1
    with ledger_of(of) as ledger:
        (held,) = all_draws(ledger)
        assert verify(ledger).broken is None
    assert (held.number, held.seed, held.share, held.pool) == (1, "0417", 30, (1, 2, 3))
    assert (held.who, held.teams) == (BY.who, teams)


def test_what_is_out_is_not_drawn_again_and_what_is_closed_only_on_demand(of: OpenRound) -> None:
    with ledger_of(of) as ledger:
        add_moves(ledger, [Move(2, Verb.CLOSE, day=DAY)], BY)
    assert drawn(of)[0].keys() == {1, 3}
    assert [item.code for item in drawn(of)[1]] == ["followup-nothing"]
    assert drawn(of, closed=True)[0].keys() == {2}


def test_a_school_that_is_named_is_drawn_in_any_case(of: OpenRound) -> None:
    teams, _ = drawn(of, share=1, schools=[SCHOOLS[0].name])
    assert teams.keys() >= {1, 2}


def test_a_workbook_shows_what_the_school_reported(of: OpenRound) -> None:
    drawn(of)
    sent, problems = send_follow_up(of.folder.root, DAY)
    assert sent is not None
    assert problems == []
    assert (len(sent.files), sent.items) == (2, 3)
    before = [path.read_bytes() for path in sent.files]
    again, _ = send_follow_up(of.folder.root, DAY)
    assert again is not None
    assert [path.read_bytes() for path in again.files] == before
    (path,) = [it for it in sent.files if SCHOOLS[0].name in it.name]
    said = [str(cell.value) for row in load_workbook(path).worksheets[0] for cell in row]
    assert any("换带锁的留样柜" in text and "留样柜.jpg" in text for text in said)
    assert "学校没有报送" in said


@pytest.mark.parametrize(
    ("verdict", "after"),
    [
        ("销号", State.CLOSED),
        ("整改到位", State.CLOSED),
        ("未改", State.OVERDUE),
        ("虚报", State.OVERDUE),
        ("反弹", State.OVERDUE),
    ],
)
def test_a_verdict_closes_an_item_or_opens_it_again(
    verdict: str, after: State, of: OpenRound
) -> None:
    drawn(of)
    send_follow_up(of.folder.root, DAY)
    filled(of, {1: {**FOUND, "结论": verdict}})
    verbs, codes = taken(of)
    assert len(verbs) == 1
    assert codes == []
    assert state(of, 1) is after
    # Read again it says nothing new.
    assert taken(of) == ([], [])
    status, _ = follow_up_status(of.folder.root)
    assert status is not None
    done = [one for one in status.items if one.verdict]
    assert [(one.case.number, one.report is not None) for one in done] == [(1, True)]


def test_a_new_deadline_holds_after_what_was_not_done(of: OpenRound) -> None:
    drawn(of)
    send_follow_up(of.folder.root, DAY)
    filled(of, {1: {**FOUND, "结论": "反弹", "新期限": "2026-12-01"}})
    taken(of)
    assert state(of, 1) is State.RELAPSED


@pytest.mark.parametrize(
    ("number", "changed", "due"),
    [
        (1, {"复查人": "王建国、李秀"}, ["followup-alone"]),
        (1, {"复查人": "王建国，某外单位同志"}, []),
        (2, {"结论": "虚报"}, ["followup-odd"]),
        (2, {"结论": "反弹"}, ["followup-odd"]),
        (2, {"结论": "未改"}, []),
        (1, {"照片文件名": "没有交.jpg"}, ["followup-photo"]),
    ],
)
def test_a_verdict_that_cannot_hold_is_told(
    number: int, changed: dict[str, object], due: list[str], of: OpenRound
) -> None:
    drawn(of)
    send_follow_up(of.folder.root, DAY)
    filled(of, {number: {**FOUND, **changed}})
    verbs, codes = taken(of)
    assert codes == due
    assert bool(verbs) == (due in ([], ["followup-photo"]))


def test_two_files_that_say_different_things_of_one_item(of: OpenRound) -> None:
    drawn(of)
    send_follow_up(of.folder.root, DAY)
    filled(of, {1: FOUND, 2: FOUND}, "甲.xlsx")
    filled(of, {1: {**FOUND, "结论": "未改"}}, "乙.xlsx")
    verbs, codes = taken(of)
    assert verbs == [Verb.DONE]
    assert codes == ["followup-differs"]


def test_a_second_file_does_not_change_a_verdict(of: OpenRound) -> None:
    drawn(of)
    send_follow_up(of.folder.root, DAY)
    filled(of, {1: FOUND})
    taken(of)
    filled(of, {1: {**FOUND, "结论": "未改"}}, "又一份.xlsx")
    assert taken(of) == ([], ["followup-again"])
    assert state(of, 1) is State.CLOSED


def test_names_of_teams_can_be_erased_and_the_number_stays_taken(of: OpenRound) -> None:
    drawn(of)
    with ledger_of(of) as ledger:
        (held,) = all_draws(ledger)
        erase_words(ledger, list(held.teams.values()), By("李科长", "本人要求"))
        (left,) = all_draws(ledger)
        assert left.number == 1
        assert set(left.teams.values()) == {""}
        assert verify(ledger).broken is None


def test_nothing_is_drawn_where_there_is_nothing(of: OpenRound) -> None:
    assert [it.code for it in send_follow_up(of.folder.root, DAY)[1]] == ["followup-none"]
    assert [it.code for it in follow_up_status(of.folder.root)[1]] == ["followup-none"]


def test_a_seed_draws_once_a_day_in_one_way(of: OpenRound) -> None:
    first, _ = drawn(of, share=30)
    again, problems = drawn(of, share=30)
    assert (len(first), again) == (1, {})
    assert [item.code for item in problems] == ["followup-drawn"]
    with ledger_of(of) as ledger:
        assert [one.number for one in all_draws(ledger)] == [1]

"""Decisions: what they change, what they leave as it was, and how they are taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from inspections.chasing.status import round_status
from inspections.collecting.collecting import Collected, collect, collected
from inspections.collecting.decision_making import Made, judge_file, judge_item, revoke
from inspections.collecting.history import COUNTS, ELSEWHERE, GONE, PASSED_OVER, history
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.records.record import Observation, State
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from rubrics.messages.outgoing import outgoing
from tests.inspections.evidence.photographs import photograph
from tests.inspections.small_round import INSPECTORS, SCHOOLS, small_round, spec, write

BY = By("张主任", "到校复核")
SCHOOL = SCHOOLS[0].id


@pytest.fixture
def of(on_both: OpenRound) -> OpenRound:
    return on_both


def here(of: OpenRound) -> Collected:
    return collect(of, workers=0)


def codes(found: Collected) -> list[str]:
    return [item.code for item in found.problems]


def seen(found: Collected, owner: str, inspector: str = "D01") -> Observation:
    (visit,) = (one for one in found.visits if one.key.inspector == inspector)
    observation = visit.observation(owner)
    assert observation is not None
    return observation


def made(result: Made) -> int:
    one, problems = result
    assert not problems
    assert one is not None
    return one.number


def item(of: OpenRound, verdict: Verdict, what: str, **more: str) -> Made:
    return judge_item(of, verdict, "第一小学", "kitchen", what, BY, **more)


def two_that_differ(of: OpenRound) -> None:
    write(of, of.folder.returned / "a.xlsx")
    write(of, of.folder.returned / "b.xlsx", spec(rows={"A1.x": RowEntry(5)}))
    found = here(of)
    assert codes(found) == ["visit-conflict"]
    assert seen(found, "A1").values["x"] == 2


def test_accepting_one_of_two(of: OpenRound) -> None:
    two_that_differ(of)
    number = made(judge_file(of, Verdict.ACCEPT, "b.xlsx", "", BY))
    found = collected(of)
    assert seen(found, "A1").values["x"] == 5
    assert codes(found) == []
    assert all(head.disputed == () for head in found.visits.heads)
    told = {step.file: step.standing for step in history(of, SCHOOL).steps}
    assert told == {"returned/a.xlsx": PASSED_OVER, "returned/b.xlsx": COUNTS}
    made(revoke(of, number, BY))
    found = collected(of)
    assert (codes(found), seen(found, "A1").values["x"]) == (["visit-conflict"], 2)


@pytest.mark.parametrize("secret", ["甲13812345678.xlsx", "【保密】甲.xlsx"])
def test_a_file_is_found_by_the_name_that_messages_print(of: OpenRound, secret: str) -> None:
    write(of, of.folder.returned / secret)
    here(of)
    printed = outgoing(f"returned/{secret}")
    assert secret not in printed
    decision, _ = judge_file(of, Verdict.REJECT, printed, "", BY)
    assert decision is not None
    assert decision.file == f"returned/{secret}"


def test_accepting_settles_also_what_the_other_got_wrong(of: OpenRound) -> None:
    write(of, of.folder.returned / "a.xlsx", spec(rows={"A1.x": RowEntry("几处")}))
    write(of, of.folder.returned / "b.xlsx", spec(rows={"A1.x": RowEntry(5)}))
    assert sorted(codes(here(of))) == ["entry-not-understood", "visit-conflict"]
    made(judge_file(of, Verdict.ACCEPT, "b.xlsx", "", BY))
    assert codes(collected(of)) == []
    assert [item.kind for item in round_status(of).matters if item.key and item.file] == []


def test_what_comes_in_after_one_was_accepted_is_told(of: OpenRound) -> None:
    two_that_differ(of)
    made(judge_file(of, Verdict.ACCEPT, "b.xlsx", "", BY))
    write(of, of.folder.returned / "0.xlsx", spec(rows={"A1.x": RowEntry(7)}))
    found = here(of)
    assert [(one.code, one.place.file) for one in found.problems] == [
        ("visit-conflict", "returned/0.xlsx")
    ]
    assert dict(found.problems[0].params)["first"] == "returned/b.xlsx"
    assert dict(found.problems[0].params)["which"] == "局里采用"
    assert seen(found, "A1").values["x"] == 5
    made(judge_file(of, Verdict.ACCEPT, "0.xlsx", "", BY))
    found = collected(of)
    assert (codes(found), seen(found, "A1").values["x"]) == ([], 7)


def test_of_two_decisions_about_one_sheet_the_later_holds(of: OpenRound) -> None:
    two_that_differ(of)
    made(judge_file(of, Verdict.REJECT, "b.xlsx", "", BY))
    made(judge_file(of, Verdict.ACCEPT, "b.xlsx", "", BY))
    assert (codes(collected(of)), seen(collected(of), "A1").values["x"]) == ([], 5)
    made(judge_file(of, Verdict.REJECT, "b.xlsx", "", BY))
    assert (codes(collected(of)), seen(collected(of), "A1").values["x"]) == ([], 2)


def test_a_conflict_of_a_team_names_the_team_and_the_first(tmp_path: Path) -> None:
    of = small_round(tmp_path, raters="team")
    for name, count in (("b", 2), ("a", 5)):
        own = spec(rows={"A1.x": RowEntry(count)}, inspector=None)
        write(of, of.folder.returned / f"{name}.xlsx", own)
        found = here(of)
    (told,) = [one for one in found.problems if one.code == "visit-conflict"]
    assert (told.place.file, dict(told.params)["first"]) == ("returned/a.xlsx", "returned/b.xlsx")
    assert dict(told.params)["inspector"] == "检查组“一组”"
    assert "督学" not in told.message


def test_rejecting_and_taking_it_back(of: OpenRound) -> None:
    two_that_differ(of)
    number = made(judge_file(of, Verdict.REJECT, "a.xlsx", "", BY))
    assert seen(collected(of), "A1").values["x"] == 5
    again = made(revoke(of, number, BY))
    assert seen(collected(of), "A1").values["x"] == 2
    made(revoke(of, again, BY))
    assert seen(collected(of), "A1").values["x"] == 5
    told = history(of, SCHOOL)
    assert [(one.number, stands) for one, stands in told.decisions] == [
        (1, True), (2, False), (3, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "day", "why"),
    [
        (date(2026, 4, 5), "2026-04-05", "不在批次期限"),
        ("", "", "没有填“检查日期”"),
        ("开学那天", "开学那天", "看不懂"),
    ],
)
def test_a_sheet_that_does_not_count_says_so(
    of: OpenRound, typed: date | str, day: str, why: str
) -> None:
    write(of, of.folder.returned / "表.xlsx", spec({"检查日期": typed}))
    (problem,) = here(of).problems
    assert why in problem.message
    assert "这张表没有计入" in problem.message
    (step,) = history(of, SCHOOL).steps
    assert (step.standing, step.day.partition(" ")[0]) == (ELSEWHERE, day)
    assert step.why == problem.message


def test_a_rejected_file_that_cannot_be_read(of: OpenRound) -> None:
    (of.folder.returned / "坏.xlsx").write_text("不是表格", encoding="utf-8")
    assert codes(here(of)) == ["workbook-unreadable"]
    made(judge_file(of, Verdict.REJECT, "坏.xlsx", "", BY))
    assert codes(collected(of)) == []


def test_correcting_what_could_not_be_read(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx", spec(rows={"A1.x": RowEntry("几处")}))
    found = here(of)
    assert codes(found) == ["entry-not-understood"]
    assert seen(found, "A1").state is State.UNCHECKED
    number = made(item(of, Verdict.CORRECT, "A1.x", value=" ３ "))
    found = collected(of)
    assert codes(found) == []
    assert (seen(found, "A1").state, seen(found, "A1").values["x"]) == (State.CHECKED, Decimal(3))
    assert seen(found, "A1").places["x"].cell == f"第 {number} 号决定"
    assert str(seen(found, "A1").places["y"]).endswith("H10")
    # What the inspector typed stays in the ledger.
    (step,) = history(of, SCHOOL).steps
    assert step.standing == COUNTS
    made(revoke(of, number, BY))
    assert codes(collected(of)) == ["entry-not-understood"]


def test_a_correction_meets_the_checks_that_entries_meet(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx")
    assert codes(here(of)) == []
    made(item(of, Verdict.CORRECT, "A4.have", value="7"))
    found = collected(of)
    assert codes(found) == ["ratio-above-one"]
    assert seen(found, "A4").state is State.UNCHECKED
    made(item(of, Verdict.CORRECT, "A4.due", value="8"))
    # What the bureau found is nobody's to write down: no fault-missing.
    assert codes(collected(of)) == []
    made(item(of, Verdict.CORRECT, "A4.fault", value="一天没有陪餐"))
    assert codes(collected(of)) == []
    assert seen(collected(of), "A4").state is State.CHECKED


def test_what_a_decision_makes_of_a_clean_entry_is_no_debt_of_the_inspector(of: OpenRound) -> None:
    clean = {"A1.x": RowEntry(0), "A1": RowEntry()}
    write(of, of.folder.returned / "表.xlsx", spec(rows=clean))
    write(
        of,
        of.folder.returned / "乙.xlsx",
        spec({"同行督学": "王建国"}, clean, inspector=INSPECTORS[1]),
    )
    assert codes(here(of)) == []
    number = made(item(of, Verdict.CORRECT, "A1.x", value="2"))
    (told,) = collected(of).problems
    assert (told.code, told.place.cell) == ("decision-evidence", f"第 {number} 号决定")
    assert dict(told.params)["folder"] == f"evidence/{SCHOOL}"
    assert [item.errors + item.warnings for item in round_status(of).matters if item.file] == []
    proof = of.folder.evidence / SCHOOL / "A1 复核照片.jpg"
    photograph(proof)
    found = here(of)
    assert codes(found) == []
    assert seen(found, "A1").evidence == ("A1 复核照片.jpg",)


def test_what_an_inspector_owed_before_the_decision_is_still_owed(of: OpenRound) -> None:
    bare = {"A1.x": RowEntry(1), "A1": RowEntry(fault="灶台有油污")}
    write(of, of.folder.returned / "表.xlsx", spec(rows=bare))
    assert codes(here(of)) == ["evidence-missing"]
    made(item(of, Verdict.CORRECT, "A1.x", value="2"))
    assert codes(collected(of)) == ["evidence-missing"]


def test_a_decided_deduction_has_the_reason_of_its_decision(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx")
    here(of)
    made(item(of, Verdict.CORRECT, "A2", value="1"))
    found = collected(of)
    assert codes(found) == []
    assert dict(seen(found, "A2").values) == {"": 1, "reason": "到校复核"}


def test_a_decision_overrules_what_was_written_beside_another_value(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx")
    other = spec({"同行督学": "王建国"}, {"A1.x": RowEntry(3)}, inspector=INSPECTORS[1])
    write(of, of.folder.returned / "乙.xlsx", other)
    here(of)
    made(item(of, Verdict.CORRECT, "A1.x", value="3"))
    found = collected(of)
    both = [seen(found, "A1", who) for who in ("D01", "D02")]
    assert [(one.settled, one.overruled) for one in both] == [(True, True), (True, False)]
    # Also where it is remembered.
    assert seen(collected(of), "A1").overruled
    made(item(of, Verdict.CORRECT, "A1.fault", value="三处油污"))
    found = collected(of)
    assert not any(seen(found, "A1", who).overruled for who in ("D01", "D02"))


def test_the_later_correction_counts_for_the_one_it_names(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx")
    write(of, of.folder.returned / "乙.xlsx", spec({"同行督学": "王建国"}, inspector=INSPECTORS[1]))
    here(of)
    made(item(of, Verdict.CORRECT, "A1.x", value="1"))
    made(item(of, Verdict.CORRECT, "A1.x", value="4", inspector="D02"))
    made(item(of, Verdict.CORRECT, "A1.fault", value="灶台有积灰"))
    found = collected(of)
    assert [seen(found, "A1", who).values["x"] for who in ("D01", "D02")] == [1, 4]
    assert {seen(found, "A1", who).fault for who in ("D01", "D02")} == {"灶台有积灰"}


def test_excusing(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx")
    here(of)
    made(item(of, Verdict.EXCUSE, "A3"))
    found = collected(of)
    assert (seen(found, "A3").state, seen(found, "A3").reason) == (State.EXCUSED, "到校复核")
    assert seen(found, "A1").state is State.CHECKED


@pytest.mark.parametrize(
    ("verdict", "what", "value", "code"),
    [
        (Verdict.CORRECT, "Z9", "1", "decide-item-unknown"),
        (Verdict.CORRECT, "A1.z", "1", "decide-item-unknown"),
        (Verdict.CORRECT, "A1.x", "几处", "decide-value"),
        (Verdict.CORRECT, "A6", "120", "decide-value"),
        (Verdict.EXCUSE, "R1", "", "decide-item-unknown"),
        (Verdict.EXCUSE, "A1.x", "", "decide-item-unknown"),
    ],
)
def test_what_cannot_be_decided(
    of: OpenRound, verdict: Verdict, what: str, value: str, code: str
) -> None:
    write(of, of.folder.returned / "表.xlsx")
    here(of)
    one, problems = item(of, verdict, what, value=value)
    assert one is None
    assert [wrong.code for wrong in problems] == [code]
    assert history(of, SCHOOL).decisions == ()


def test_nothing_to_decide_about(of: OpenRound) -> None:
    here(of)
    assert item(of, Verdict.EXCUSE, "A1")[1][0].code == "decide-nothing"
    assert judge_file(of, Verdict.ACCEPT, "无.xlsx", "", BY)[1][0].code == "decide-file-unknown"
    assert revoke(of, 1, BY)[1][0].code == "decide-number"


def test_a_decision_without_its_object_is_told(of: OpenRound) -> None:
    path = write(of, of.folder.returned / "表.xlsx")
    here(of)
    made(item(of, Verdict.EXCUSE, "A3"))
    made(judge_file(of, Verdict.ACCEPT, "表.xlsx", "", BY))
    path.unlink()
    found = here(of)
    assert sorted(codes(found)) == ["decision-unmatched", "decision-unmatched", "file-gone"]
    made(judge_file(of, Verdict.REJECT, "表.xlsx", "", By("张主任", "重复")))
    assert "file-gone" not in codes(collected(of))


def test_every_version_and_what_it_changed(of: OpenRound) -> None:
    path = write(of, of.folder.returned / "表.xlsx")
    collect(of, workers=0, by=By("赵", ""))
    write(
        of,
        path,
        spec(rows={"A1.x": RowEntry(4), "A1": RowEntry(fault="墙面有油污", evidence="1号笔录")}),
    )
    collect(of, workers=0, by=By("钱", ""))
    write(
        of, of.folder.returned / "另.xlsx", spec(rows={"A1.x": RowEntry(4), "A3.1": RowEntry(90)})
    )
    here(of)
    first, second, third = history(of, SCHOOL, "kitchen").steps
    assert [(one.who, one.standing) for one in (first, second)] == [("赵", GONE), ("钱", COUNTS)]
    assert third.standing == ELSEWHERE
    assert [(d.item, d.before, d.after) for d in second.changed] == [
        ("A1.x", "2", "4"),
        ("A1 问题事实", "灶台有油污", "墙面有油污"),
    ]
    assert [(d.item, d.before, d.after) for d in third.changed] == [
        ("A1 问题事实", "墙面有油污", "灶台有油污"),
        ("A3.1", "130", "90"),
    ]
    assert history(of, SCHOOLS[1].id).steps == ()


def test_a_decision_echoes_what_was_and_what_is_now(of: OpenRound) -> None:
    write(of, of.folder.returned / "a.xlsx")
    here(of)
    one, _ = item(of, Verdict.CORRECT, "A1.x", value="4")
    assert one is not None
    assert one.changes == ("王建国 第1次 A1.x：2 处 → 4 处",)
    other, _ = item(of, Verdict.EXCUSE, "A1")
    assert other is not None
    assert other.changes == ("王建国 第1次 A1：已查 → 合理缺项",)
    assert all(decision.changes == () for decision in collected(of).decisions)


def test_what_the_rubric_does_not_let_be_excused_is_excused_and_says_so(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx")
    here(of)
    for what, notes in (
        ("A3", ("细则没有写 A3 可以列为合理缺项", "王建国 第1次原已查，得 4 分")),
        ("A1", ("王建国 第1次原已查，得 3 分",)),
    ):
        one, problems = item(of, Verdict.EXCUSE, what)
        assert (one is not None, problems) == (True, [])
        assert one is not None
        assert one.notes == notes


def test_whoever_corrects_a_count_learns_what_becomes_of_the_text(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx")
    here(of)
    one, _ = item(of, Verdict.CORRECT, "A1.x", value="3")
    assert one is not None
    (note,) = one.notes
    assert f"{SCHOOL} kitchen A1.fault" in note
    same, _ = item(of, Verdict.CORRECT, "A6", value="99")
    assert same is not None
    assert same.notes == ()


def test_no_text_is_asked_for_where_nothing_is_lost_any_more(of: OpenRound) -> None:
    write(of, of.folder.returned / "表.xlsx")
    here(of)
    one, _ = item(of, Verdict.CORRECT, "A1.x", value="0")
    assert one is not None
    assert one.notes == ()
    assert seen(collected(of), "A1").overruled


def test_a_fact_that_the_bureau_wrote_goes_where_its_own_correction_leaves_no_loss(
    of: OpenRound,
) -> None:
    write(of, of.folder.returned / "表.xlsx")
    here(of)
    made(item(of, Verdict.CORRECT, "A1.x", value="3"))
    made(item(of, Verdict.CORRECT, "A1.fault", value="三处油污"))
    assert not seen(collected(of), "A1").overruled
    made(item(of, Verdict.CORRECT, "A1.x", value="0"))
    assert seen(collected(of), "A1").overruled
    # Who writes one all the same, beside what is right, gives a hint.
    made(item(of, Verdict.CORRECT, "A1.fault", value="墙面有旧漆"))
    assert not seen(collected(of), "A1").overruled
    made(item(of, Verdict.CORRECT, "A1.x", value="2"))
    assert not seen(collected(of), "A1").overruled


def test_a_fact_beside_nothing_that_counts_is_none_once_all_is_right(of: OpenRound) -> None:
    rows = {"A1.x": RowEntry("几处"), "A1": RowEntry(fault="灶台有油污", evidence="1号笔录")}
    write(of, of.folder.returned / "表.xlsx", spec(rows=rows))
    here(of)
    made(item(of, Verdict.CORRECT, "A1.x", value="0"))
    assert seen(collected(of), "A1").overruled

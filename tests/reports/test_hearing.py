"""A school is heard before its letter is final: first opinion, objections, answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.ledger.letters import all_letters
from inspections.ledger.objections import Outcome
from inspections.ledger.of_round import ledger_of
from inspections.round.objection_period import is_late, last_day_of_objection
from inspections.round.opened import OpenRound
from inspections.round.round import Letters
from inspections.steps.deciding import decide_item
from inspections.steps.objecting import add_objection, decide_objection, list_objections
from reports.steps.reporting import report_round
from reports.steps.running import run_round
from reports.steps.verifying import Verdict as Found
from reports.steps.verifying import verify_letter
from tests.reports.numbered_round import FIRST_OPINION, LETTER, number, numbered, setting

Pages = Callable[[bytes], list[str]]
BY = By("张主任", "复核")
SCHOOL = "第一小学"


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    """First opinions of 2026-04-01 went out; the period ends on the 16th, for the 6th is a holiday.

    Letters have no date yet.
    """
    made = numbered(tmp_path / "春季", day=None, first_day="2026-04-01")
    assert report_round(made.folder.root, stage="初步")[0]
    return made


def text_of(of: OpenRound, place: str, pages: Pages) -> str:
    return "".join(pages((of.folder.root / place).read_bytes()))


def final(of: OpenRound, day: str, pages: Pages) -> str:
    setting(of.folder.root, "day", day)
    run_round(of.folder.root)
    return text_of(of, LETTER, pages)


def object_(of: OpenRound, day: str, **more: object) -> tuple[int | None, list[str]]:
    told = {"received": date.fromisoformat(day)} | more
    text = "留样已补，电话13812345678"
    found, problems = add_objection(of.folder.root, SCHOOL, "kitchen", text, BY, **told)  # type: ignore[arg-type]
    return found, [one.code for one in problems if one.code.startswith("objection")]


def test_a_first_opinion_hears_the_school(of: OpenRound, pages: Pages) -> None:
    text = text_of(of, FIRST_OPINION, pages)
    assert "初步意见" in text and number(1) in text and "初步意见送达回执" in text
    assert "10个工作日内（2026年4月1日当日收到的，至2026年4月16日）" in text
    assert "五、陈述和申辩" in text and "向某局报送" not in text
    found, _ = verify_letter(of.folder.root / FIRST_OPINION, of.folder.root)
    assert found is not None and (found.verdict, found.stage) == (Found.GENUINE, "初步")


def test_that_nothing_was_objected_is_said_when_the_period_is_over(
    of: OpenRound, pages: Pages
) -> None:
    text = final(of, "2026-04-16", pages)
    assert "没有收到" not in text and "草稿" in text
    text = final(of, "2026-04-17", pages)
    assert (
        f"2026年4月1日的初步意见（{number(1)}）已送你校征求意见。期限内没有收到你校的异议" in text
    )
    assert number(2) in text and "替换" not in text
    found, _ = verify_letter(of.folder.root / FIRST_OPINION, of.folder.root)
    assert found is not None and found.final == number(2)


def test_objections_and_answers_stand_in_the_final_letter(of: OpenRound, pages: Pages) -> None:
    root = of.folder.root
    (of.folder.evidence / "补记.jpg").write_bytes(b"x")
    assert object_(of, "2026-04-16", papers=[Path("补记.jpg")]) == (1, [])
    assert object_(of, "2026-04-17") == (2, ["objection-late"])
    text = final(of, "2026-04-20", pages)
    assert "草稿" in text and "正在核实" in text  # nothing is final before it is answered
    made, _ = decide_item(root, Verdict.CORRECT, SCHOOL, "kitchen", "A2", BY, value="1")
    assert made is not None
    done, problems = decide_objection(
        root, 1, Outcome.ACCEPTED, "复核属实", BY, decisions=[made.number]
    )
    assert done is not None and problems == []
    assert decide_objection(root, 2, Outcome.REJECTED, "已过期限", BY)[0]
    listed, _ = list_objections(root)
    assert listed is not None and [one.late for one in listed] == [False, True]
    assert listed[0].objection.papers[0][0] == "evidence/补记.jpg"
    text = final(of, "2026-04-20", pages)
    assert "第1号异议（2026年4月16日收到）：留样已补，电话138****5678" in text
    assert "答复：采纳。复核属实。有关记录已经更正" in text
    assert "第2号异议（2026年4月17日收到，已过期限）" in text and "答复：不采纳。已过期限。" in text
    with ledger_of(of) as ledger:
        assert [(one.number, one.stage) for one in all_letters(ledger)] == [
            (number(1), "初步"),
            (number(2), "正式"),
        ]


def test_what_cannot_be_filed_or_decided_is_told(of: OpenRound) -> None:
    root = of.folder.root
    assert object_(of, "2026-03-31") == (None, ["objection-early"])
    assert object_(of, "2026-04-02", papers=[Path("../round.yaml"), Path("没有.jpg")]) == (
        None,
        ["objection-paper-missing"] * 2,
    )
    empty = add_objection(root, SCHOOL, "kitchen", " ", BY, received=date(2026, 4, 2))
    assert [one.code for one in empty[1]] == ["objection-empty"]
    _, problems = decide_objection(root, 7, Outcome.REJECTED, "无", BY)
    assert [one.code for one in problems] == ["objection-unknown"]
    assert object_(of, "2026-04-02") == (1, [])
    _, problems = decide_objection(root, 1, Outcome.ACCEPTED, "属实", BY, decisions=[99])
    assert [one.code for one in problems] == ["objection-decision"]
    _, problems = decide_objection(root, 1, Outcome.PARTLY, "属实", BY)
    assert [one.code for one in problems] == ["objection-uncorrected"]
    _, problems = decide_objection(root, 1, Outcome.REJECTED, "再核不属实", BY)
    assert [one.code for one in problems] == ["objection-answered"]
    # Whoever was interrupted does it once more, and nothing is there twice.
    assert object_(of, "2026-04-02") == (1, ["objection-known"])
    _, problems = decide_objection(root, 1, Outcome.REJECTED, "再核不属实", BY)
    assert [one.code for one in problems] == ["objection-answered-so"]


def test_the_period_counts_working_days_or_days_by_the_calendar() -> None:
    received = date(2026, 9, 25)  # before the National Day holidays
    assert last_day_of_objection(Letters(), received) == date(2026, 10, 15)
    assert last_day_of_objection(Letters(objection_days=15), received) == date(2026, 10, 10)
    assert is_late(Letters(objection_days=15), "2026-09-25", "2026-10-11")
    assert not is_late(Letters(objection_days=15), "2026-09-25", "2026-10-10")
    assert not is_late(Letters(), "", "2026-10-11")

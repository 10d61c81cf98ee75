"""Who summons, and how often a school was held to account within a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest

from inspections.accountability.states import Decided
from inspections.accountability.within_year import HeldTo, held_before, times, told, within_year
from inspections.ledger.accountability import (
    Proposal,
    Ruling,
    Verdict,
    add_rulings,
    keep_proposals,
    proposal_cases,
)
from inspections.ledger.of_round import ledger_of
from inspections.round.contact import Contact
from inspections.round.opened import OpenRound
from reports.accountability import drafts, to_one
from reports.accountability.clues import Found
from reports.accountability.papers import write_papers
from tests.inspections.small_round import SCHOOLS
from tests.inspections.started_round import started
from tests.reports.accountability.ruled import BY

SCHOOL = SCHOOLS[0].id
ONE = Decided(
    7, SCHOOL, "kitchen", "约谈", "触红线", "总分 59 分", "《某办法》第九条", "安全股", "", "",
    0, 0, "局长办公会", date(2026, 12, 1), "",
)  # fmt: skip


def other(kind: str, day: date, school: str = SCHOOL) -> Decided:
    return replace(ONE, number=8, kind=kind, day=day, school=school)


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2025, 12, 1), False),  # a year and a day with that day
        (date(2025, 12, 2), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),  # the same day is the same time
        (date(2026, 12, 2), False),
    ],
)
def test_a_year_is_counted_to_the_day(day: date, counts: bool) -> None:
    assert bool(within_year(ONE, [ONE, other("通报批评", day)], ())) is counts
    assert bool(within_year(ONE, [ONE], [HeldTo(SCHOOL, "约谈", day, "春季")])) is counts


def test_what_reminds_and_other_schools_do_not_count() -> None:
    may = date(2026, 5, 20)
    for kind in ("谈话提醒", "限期整改", "表彰", "移送"):
        assert within_year(ONE, [other(kind, may)], ()) == []
    assert within_year(ONE, [other("约谈", may, SCHOOLS[1].id)], ()) == []


def test_what_was_decided_on_one_day_is_once() -> None:
    may = date(2026, 5, 20)
    held = within_year(
        ONE, [other("约谈", may), other("通报批评", may)], [HeldTo(SCHOOL, "约谈", may, "春季")]
    )
    assert (len(held), times(held)) == (3, 1)
    assert told(held[:1]) == "1次：2026年5月20日约谈"
    assert told(()) == ""


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    """A round that follows one in whose ledger three things were decided on a school."""
    for season in ("春", "秋"):
        (tmp_path / season).mkdir()
    former = started(tmp_path / "春" / "round", id="春", title="春季督导")
    proposals = [
        Proposal(SCHOOL, "kitchen", rule, rule, kind, "59 分", "办法", "安全股")
        for rule, kind in (("r1", "约谈"), ("r2", "通报批评"), ("r3", "约谈"), ("r4", "表彰"))
    ]
    with ledger_of(former) as ledger:
        keep_proposals(ledger, proposals, date(2026, 5, 18), BY)
        cases = proposal_cases(ledger)
        verdicts = (Verdict.ACCEPTED, Verdict.REJECTED, Verdict.CHANGED, Verdict.ACCEPTED)
        kinds = ("", "", "谈话提醒", "")
        rulings = [
            Ruling(it.number, it.latest.fact, verdict, date(2026, 5, 20), "局长", "因", kind)
            for it, verdict, kind in zip(cases, verdicts, kinds, strict=True)
        ]
        add_rulings(ledger, rulings, BY)
    return started(
        tmp_path / "秋" / "round",
        follows=("../../春/round", "../../没有"),
        contact=Contact(phone="0000-1234567"),
    )


def test_rounds_before_are_asked_and_one_that_is_gone_is_told(of: OpenRound) -> None:
    held, problems = held_before(of)
    assert held == [HeldTo(SCHOOL, "约谈", date(2026, 5, 20), "春季督导")]
    assert [it.code for it in problems] == ["accountability-former"]


def words(path: Path) -> str:
    paper = docx.Document(BytesIO(path.read_bytes()))
    cells = (cell.text for it in paper.tables for row in it.rows for cell in row.cells)
    return "\n".join([*(it.text for it in paper.paragraphs), *cells])


def papers(of: OpenRound, one: Decided) -> dict[str, str]:
    held, _ = held_before(of)
    written, problems = write_papers(of, [one], {(SCHOOL, "kitchen"): Found()}, before=held)
    assert not problems
    return {path.parent.name: words(path) for path in written}


def test_papers_say_who_summons_and_how_often_it_was_before(of: OpenRound) -> None:
    made = papers(of, ONE)
    assert f"由{of.round.bureau}（承办：安全股）发起" in made["约谈通知"]
    assert "你校一年内已被问责1次：2026年5月20日约谈（春季督导）。" in made["约谈通知"]
    assert "（电话：0000-1234567）" in made["约谈通知"]
    assert "1次：2026年5月20日约谈（春季督导）" in made["约谈记录"]
    for name in ("时间、地点", "主持人（职务）", "参加人（职务）", "记录人"):
        assert name in made["约谈记录"]
    (asked,) = papers(of, replace(ONE, kind="提请问责")).values()
    assert "2026年5月20日约谈（春季督导）" in asked
    assert "是否从重，由有权机关决定" in asked


def test_nothing_is_said_of_a_year_in_which_nothing_was(of: OpenRound) -> None:
    made = papers(of, replace(ONE, day=date(2027, 6, 1)))
    assert "已被问责" not in "".join(made.values())


def test_who_summons_has_no_empty_office(of: OpenRound) -> None:
    assert to_one.initiator(of, replace(ONE, office="")) == of.round.bureau
    assert drafts.SUMMONS in drafts.DRAFTS

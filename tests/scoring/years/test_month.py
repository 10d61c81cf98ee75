"""A month as all stood at its end: what comes after changes nothing, and figures add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspections.ledger.accountability import Proposal, ProposalCase, Ruling, Verdict
from inspections.records.record import RecordKey
from inspections.records.record_list import Head
from inspections.records.rectification import Case, Move, Term, Verb
from scoring.years.month import (
    Facts,
    Month,
    Visited,
    broken_down,
    counted,
    due_next,
    written_later,
)
from tests.inspections.rectification.items import ITEM

NOVEMBER = Month(2026, 11)
days = st.dates(date(2026, 9, 1), date(2027, 1, 31))


@st.composite
def cases(draw: st.DrawFn, number: int) -> Case:
    opened = draw(days)
    kind = draw(st.sampled_from(Term))
    item = replace(
        ITEM,
        number=number,
        rubric=draw(st.sampled_from(["kitchen", "party", ""])),
        opened=opened,
        kind=kind,
        due=None if kind is Term.LONG else opened + timedelta(days=15),
        spot=opened if kind is Term.AT_ONCE and draw(st.booleans()) else None,
    )
    verbs = draw(st.lists(st.sampled_from([v for v in Verb if v is not Verb.AMEND]), max_size=4))
    moves, day = [], opened
    for verb in verbs:
        day += timedelta(days=draw(st.integers(0, 40)))
        until = day + timedelta(days=10) if verb in (Verb.EXTEND, Verb.REOPEN) else None
        moves.append(Move(number, verb, day=day, until=until))
    return Case(item, tuple(moves))


@st.composite
def visits(draw: st.DrawFn) -> Visited:
    day = draw(days)
    start = datetime(day.year, day.month, day.day, draw(st.integers(8, 15)))
    who = draw(st.sampled_from(["督学甲", "督学乙"]))
    school, rubric = draw(st.sampled_from("甲乙丙")), draw(st.sampled_from(["kitchen", "party"]))
    stop = start + timedelta(minutes=draw(st.integers(0, 200)))
    key = RecordKey(school, rubric, f"{day}", who)
    return Visited(Head(key, day, start, stop, "", "", ""), (who,))


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    count = draw(st.integers(0, 6))
    return Facts(
        draw(st.lists(visits(), max_size=8)), [draw(cases(n)) for n in range(1, count + 1)]
    )


def cut(held: Facts, day: date) -> Facts:
    """What a ledger held on an evening: the reference of what a month may count."""
    return Facts(
        [one for one in held.visits if one.head.day <= day],
        [
            Case(case.item, tuple(it for it in case.moves if it.day and it.day <= day))
            for case in held.cases
            if case.item.opened <= day
        ],
    )


@given(facts())
def test_the_same_month_asked_later_is_the_same(held: Facts) -> None:
    then = cut(held, NOVEMBER.last)
    assert counted(held, NOVEMBER) == counted(then, NOVEMBER)
    assert due_next(held, NOVEMBER) == due_next(then, NOVEMBER)


@given(facts())
def test_figures_add_up(held: Facts) -> None:
    both = counted(held, NOVEMBER)
    for counts in (both.month, both.so_far):
        assert counts.faults == counts.at_once + counts.termed + counts.long_term
        assert counts.on_spot <= counts.at_once
        assert counts.closed + counts.overdue <= counted(held, NOVEMBER).so_far.faults
    by_rubric = broken_down(
        held,
        NOVEMBER,
        of_visit=lambda head: head.key.rubric,
        of_item=lambda case: case.item.rubric,
    )
    for name in ("visits", "faults", "closed", "overdue", "extended", "on_spot"):
        for when in ("month", "so_far"):
            parts = [getattr(getattr(one, when), name) for one in by_rubric.values()]
            assert sum(parts) == getattr(getattr(both, when), name)


def test_time_that_two_records_share_counts_once() -> None:
    day = date(2026, 11, 3)
    both = [
        Visited(
            Head(
                RecordKey("甲", "kitchen", "第1次", who),
                day,
                datetime(2026, 11, 3, 9),
                datetime(2026, 11, 3, hour),
                "",
                "",
                "",
            ),
            ("督学甲", "督学乙"),
        )
        for who, hour in (("督学甲", 11), ("督学乙", 12))
    ]
    found = counted(Facts(both), NOVEMBER).month
    assert (found.visits, found.school_days, found.person_days, found.minutes) == (1, 1, 2, 180)


def test_only_what_was_decided_by_then_is_told() -> None:
    said = Proposal("甲", "", "r", "规则", "约谈", "数", "据", "股", number=1, fact=1)

    def ruled(verdict: Verdict, day: date, kind: str = "") -> ProposalCase:
        return ProposalCase((said,), (Ruling(1, 1, verdict, day, "局长", kind=kind),))

    in_time, late = date(2026, 11, 30), date(2026, 12, 1)
    held = Facts(
        proposals=[
            ruled(Verdict.ACCEPTED, in_time),
            ruled(Verdict.CHANGED, in_time, "通报批评"),
            ruled(Verdict.REJECTED, in_time),
            ruled(Verdict.ACCEPTED, late),
        ]
    )
    found = counted(held, NOVEMBER).month
    assert (found.talks, found.notices, found.reminders) == (1, 1, 0)


def test_what_was_written_down_after_the_month_is_told() -> None:
    item = replace(ITEM, number=1, opened=date(2026, 11, 2), at="2026-11-02T02:00:00+00:00")
    move = Move(1, Verb.CLOSE, day=date(2026, 11, 20), at="2026-12-05T02:00:00+00:00")
    assert written_later(Facts(cases=[Case(item, (move,))]), NOVEMBER) == 1


def test_december_is_followed_by_january() -> None:
    assert Month(2026, 12).following == Month(2027, 1)
    assert Month(2026, 12).last == date(2026, 12, 31)


def test_what_a_follow_up_finds_done_is_not_closed_a_second_time() -> None:
    item = replace(ITEM, opened=date(2026, 11, 2), spot=None)
    closed = Move(1, Verb.CLOSE, day=date(2026, 11, 20))
    seen = Move(1, Verb.DONE, day=date(2026, 12, 15))
    again = Move(1, Verb.RELAPSE, day=date(2026, 12, 10))
    december = Month(2026, 12)

    def told(*moves: Move) -> tuple[int, int]:
        held = Facts([], [Case(item, moves)])
        both = counted(held, december)
        return both.month.closed, both.so_far.closed

    assert told(closed, seen) == (0, 1)
    assert told(closed, again, seen) == (1, 1)
    assert told(seen) == (1, 1)

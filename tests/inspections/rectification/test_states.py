"""How an item stands on a day follows from its moves and its deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inspections.records.rectification import Case, Move, Term, Verb
from inspections.rectification.numbers import label, number_of
from inspections.rectification.states import State, standing
from tests.inspections.rectification.items import ITEM

assert ITEM.due
DUE = ITEM.due
LATER = DUE + timedelta(days=10)


def stands(*verbs: Verb, day: date = DUE, **said: object) -> State:
    moves = tuple(Move(1, verb, **said) for verb in verbs)  # type: ignore[arg-type]
    return standing(Case(replace(ITEM, number=1), moves), day).state


@pytest.mark.parametrize(
    ("verbs", "state", "after"),
    [
        ([], State.OPEN, State.OVERDUE),
        ([Verb.REPORT], State.REPORTED, State.REPORTED),
        ([Verb.REPORT, Verb.RETURN], State.RETURNED, State.OVERDUE),
        ([Verb.REPORT, Verb.CLOSE], State.CLOSED, State.CLOSED),
        ([Verb.REPORT, Verb.KEEP], State.KEPT, State.KEPT),
        ([Verb.REPORT, Verb.CLOSE, Verb.REOPEN], State.OPEN, State.OVERDUE),
        ([Verb.REPORT, Verb.CLOSE, Verb.RELAPSE], State.RELAPSED, State.OVERDUE),
        ([Verb.REPORT, Verb.DONE], State.CLOSED, State.CLOSED),
        ([Verb.REPORT, Verb.NOT_DONE], State.RETURNED, State.OVERDUE),
        ([Verb.REPORT, Verb.FALSE], State.RETURNED, State.OVERDUE),
        ([Verb.WITHDRAW], State.WITHDRAWN, State.WITHDRAWN),
        ([Verb.REPORT, Verb.AMEND], State.REPORTED, State.REPORTED),
    ],
)
def test_on_the_last_day_and_on_the_day_after(
    verbs: list[Verb], state: State, after: State
) -> None:
    assert stands(*verbs) is state
    assert stands(*verbs, day=DUE + timedelta(days=1)) is after


def test_extended_items_are_overdue_after_their_new_day() -> None:
    moves = (Move(1, Verb.EXTEND, until=LATER, approved="王局长", reason="设备在途"),)
    case = Case(replace(ITEM, number=1), moves)
    assert standing(case, LATER).state is State.EXTENDED
    late = standing(case, LATER + timedelta(days=2))
    assert (late.state, late.due, late.late) == (State.OVERDUE, LATER, 2)
    # An extension is over with what follows it, its day is not.
    again = Case(case.item, (*moves, Move(1, Verb.REPORT), Move(1, Verb.RETURN)))
    assert standing(again, LATER).state is State.RETURNED


def test_what_was_put_right_on_the_spot_is_closed_from_the_beginning() -> None:
    case = Case(replace(ITEM, spot=ITEM.opened))
    assert standing(case, LATER).state is State.CLOSED
    back = Case(case.item, (Move(0, Verb.RELAPSE),))
    assert (standing(back, DUE).state, standing(back, DUE).relapses) == (State.RELAPSED, 1)


def test_what_has_no_deadline_is_never_overdue() -> None:
    case = Case(replace(ITEM, kind=Term.LONG, due=None))
    assert standing(case, date(2099, 1, 1)).state is State.OPEN


def test_numbers_are_read_with_the_round_and_without() -> None:
    assert label("2026秋", 12) == "2026秋-0012"
    assert number_of(" 2026秋－００12 ", "2026秋") == 12
    assert number_of("12", "2026秋") == 12
    for other in ("2025秋-0012", "", "x", "-3", "1.5", "9" * 30):
        assert number_of(other, "2026秋") == 0

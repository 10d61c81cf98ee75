"""What is overdue and what failed, from moves of a ledger, against a reference in plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import add_moves, all_cases, open_items
from inspections.records.rectification import Item, Move, Verb
from inspections.rectification.states import State, standing
from inspections.round.opened import OpenRound
from inspections.steps.collecting import collect_round
from scoring.accountability.standing import to_put_right
from tests.inspections.rectification.items import BY, ITEM
from tests.inspections.started_round import started

START = date(2026, 9, 21)
DAYS = st.integers(0, 60).map(lambda n: START + timedelta(days=n))
NUMBERS = count()


@pytest.fixture(scope="module")
def of(tmp_path_factory: pytest.TempPathFactory) -> OpenRound:
    opened = started(tmp_path_factory.mktemp("moves") / "round")
    collect_round(opened.folder.root)
    return opened


@st.composite
def moves(draw: st.DrawFn) -> list[tuple[Verb, date | None]]:
    """Verbs, each with the new deadline that it may bring."""
    dated = {Verb.EXTEND, Verb.REOPEN, Verb.NOT_DONE, Verb.RELAPSE, Verb.FALSE}
    found = []
    for verb in draw(st.lists(st.sampled_from(list(Verb)), max_size=7)):
        until = draw(DAYS) if verb is Verb.EXTEND else draw(st.none() | DAYS)
        found.append((verb, until if verb in dated else None))
    return found


def state_after(item: Item, told: Sequence[tuple[Verb, date | None]]) -> Iterator[object]:
    """Yields whether the school has to act, until when, whether it is finished, and whether the
    last who looked again found it not done.
    """
    must_act, finished, failed = item.spot is None, item.spot is not None, False
    due = item.due
    for verb, until in told:
        match verb.value:
            case "amend" | "progress":
                continue
            case "report":
                must_act, finished = False, False
            case "close" | "keep" | "withdraw" | "found-done":
                must_act, finished = False, True
            case "return" | "extend" | "reopen" | "not-done" | "relapse" | "false":
                must_act, finished = True, False
        if verb.value == "found-done":
            failed = False
        if verb.value in ("not-done", "relapse", "false"):
            failed = True
        due = until or due
    yield from (must_act, due, finished, failed and not finished)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=moves(), day=DAYS, spot=st.booleans(), due=st.none() | DAYS)
def test_what_the_ledger_tells_is_what_the_moves_say(
    of: OpenRound, told: list[tuple[Verb, date | None]], day: date, spot: bool, due: date | None
) -> None:
    item = replace(ITEM, key=f"kitchen/A1/{next(NUMBERS)}", due=due, spot=START if spot else None)
    with ledger_of(of) as ledger:
        (number,) = open_items(ledger, [item], BY)
        for verb, until in told:
            add_moves(ledger, [Move(number, verb, day=day, until=until, reason="理由")], BY)
        case = next(one for one in all_cases(ledger) if one.number == number)
    must_act, until, finished, failed = state_after(item, told)
    late = bool(must_act and isinstance(until, date) and day > until)
    now = standing(case, day)
    assert (now.state is State.OVERDUE, now.finished, now.due) == (late, finished, until)
    assert now.late == ((day - until).days if late and isinstance(until, date) else 0)
    found = to_put_right([case], day, of.round.id)
    for key in ((item.school, item.rubric), (item.school, "")):
        held = found.get(key)
        name = f"{of.round.id}-{number:04d}"
        assert (held.overdue if held else ()) == ((name,) if late else ())
        assert (held.failed if held else ()) == ((name,) if failed else ())

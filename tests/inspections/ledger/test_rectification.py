"""Items and moves in the ledger: numbered without gaps, never changed, erased by text."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from inspections.ledger.erasing import erase_school, erase_words
from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import add_moves, all_cases, latest, open_items
from inspections.ledger.tables import facts
from inspections.ledger.verifying import verify
from inspections.records.rectification import Move, Verb
from inspections.round.opened import OpenRound
from tests.inspections.rectification.items import BY, ITEM, other
from tests.inspections.small_round import SCHOOLS

REPORT = Move(
    1,
    Verb.REPORT,
    day=date(2026, 9, 30),
    measures="补记三天，换带锁的留样柜",
    leader="周校长",
    person="赵大有",
    done=date(2026, 9, 29),
    progress=100,
    result="已整改",
    proof=("留样柜.jpg",),
    signed="赵大有",
    file="f" * 64,
)


def test_numbers_have_no_gaps_and_the_same_thing_is_opened_once(on_both: OpenRound) -> None:
    with ledger_of(on_both) as ledger:
        assert open_items(ledger, [ITEM, other("kitchen/A2")], BY) == [1, 2]
        assert open_items(ledger, [ITEM, other("kitchen/A3"), other("kitchen/A3")], BY) == [0, 3, 0]
        held = all_cases(ledger)
    assert [one.number for one in held] == [1, 2, 3]
    assert (held[0].item.who, held[0].item.evidence) == (BY.who, ITEM.evidence)
    assert held[0].item.described == ITEM.described


def test_a_report_is_added_once_however_often_its_file_is_read(on_both: OpenRound) -> None:
    with ledger_of(on_both) as ledger:
        open_items(ledger, [ITEM], BY)
        back = Move(1, Verb.RETURN, reason="没有佐证", file=REPORT.file)
        assert add_moves(ledger, [REPORT, back], BY) == [REPORT, back]
        assert add_moves(ledger, [REPORT], BY) == []
        [case] = all_cases(ledger)
        assert [one.verb for one in case.moves] == [Verb.REPORT, Verb.RETURN]
        assert case.moves[0] == Move(**{**_fields(REPORT), "who": BY.who, "why": BY.why,
                                        "at": case.moves[0].at})  # fmt: skip
        # Whoever decides without having seen the latest move decides nothing.
        assert add_moves(ledger, [Move(1, Verb.CLOSE)], BY, since=0) == []
        assert len(add_moves(ledger, [Move(1, Verb.CLOSE)], BY, since=latest([case]))) == 1
        # Nothing is added to what there is not.
        assert add_moves(ledger, [Move(99, Verb.CLOSE)], BY) == []
        assert [len(case.moves) for case in all_cases(ledger)] == [3]


def test_an_amended_item_says_what_it_says_now(on_both: OpenRound) -> None:
    with ledger_of(on_both) as ledger:
        open_items(ledger, [ITEM], BY)
        says = (("fact", "留样缺 2 天"), ("evidence", ""))
        add_moves(ledger, [Move(1, Verb.AMEND, says=says)], BY)
        [case] = all_cases(ledger)
    assert (case.item.described, case.item.evidence) == ("留样缺 2 天", ())
    assert case.item.demand == ITEM.demand


def test_erasing_reaches_every_text_and_numbers_stay_taken(on_both: OpenRound) -> None:
    with ledger_of(on_both) as ledger:
        open_items(ledger, [ITEM, other("kitchen/A2", school=SCHOOLS[1].id)], BY)
        open_items(ledger, [other("kitchen/A9")], BY)
        add_moves(ledger, [REPORT], BY)
        assert erase_words(ledger, ["赵大有"], BY).count == 2
        assert [one.moves[0].person for one in all_cases(ledger) if one.moves] == [""]
        assert erase_school(ledger, SCHOOLS[0].id, BY).count > 10
        with ledger.connect() as connection:
            left = "".join(
                map(repr, connection.execute(select(facts.c.body, facts.c.leaves)).all())
            )
        for text in ("/A1", "/A9", REPORT.measures, "周校长", "留样柜"):
            assert text not in left
        assert [case.number for case in all_cases(ledger)] == [2]
        assert open_items(ledger, [other("kitchen/A3")], BY) == [4]
        assert verify(ledger).broken is None


def _fields(move: Move) -> dict[str, object]:
    return {name: getattr(move, name) for name in Move.__dataclass_fields__}

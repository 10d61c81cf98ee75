"""Facts that two inspectors of one visit recorded differently: told to both, and settled."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from inspections.chasing.status import round_status
from inspections.collecting.agreeing import disagreements, on_both_sheets
from inspections.collecting.collecting import Collected, collect, collected
from inspections.collecting.decision_making import judge_item
from inspections.collecting.marked_copies import write_marked_copies
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.records.record import Observation, Record, RecordKey, State
from inspections.records.record_list import as_list
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from rubrics.messages.problems import Place
from tests.inspections.ledger.landed_round import landed_round
from tests.inspections.small_round import DAY, INSPECTORS, entry_cell, small_round, spec, write

BY = By("张主任", "到校复核")
AGREED = {"facts": "agreed"}


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    return small_round(tmp_path, combining=AGREED)


def both(of: OpenRound, **rows: RowEntry) -> Collected:
    """The kitchen as two inspectors saw it, the second with other entries in ``rows``."""
    write(of, of.folder.returned / "a.xlsx", spec({"同行督学": "李秀"}))
    other = spec(
        {"同行督学": "王建国"},
        {key.replace("_", "."): row for key, row in rows.items()},
        inspector=INSPECTORS[1],
    )
    write(of, of.folder.returned / "b.xlsx", other)
    return collect(of, workers=0)


def places(found: Collected) -> list[tuple[str, str, str]]:
    return [
        (item.place.file, item.place.cell, dict(item.params)["cell"])
        for item in found.problems
        if item.code == "facts-differ"
    ]


def test_the_same_facts_are_no_problem(of: OpenRound) -> None:
    assert both(of).problems == ()


def test_each_fact_is_told_once_with_both_cells(of: OpenRound) -> None:
    found = both(of, A1_x=RowEntry(3), A4_have=RowEntry(4), A5_none=RowEntry("是"))
    cells = [entry_cell(of, name) for name in ("A1.x", "A4.have", "A5.none")]
    told = places(found)
    assert told == [("returned/b.xlsx", cell, cell) for cell in cells]
    assert all(item.severity == "error" for item in found.problems if item.code == "facts-differ")


def test_judgement_may_differ(of: OpenRound) -> None:
    found = both(of, A2=RowEntry(1), A2_reason=RowEntry("记录不全"))
    assert places(found) == []


def test_what_one_did_not_check_is_no_other_fact(of: OpenRound) -> None:
    assert places(both(of, A5=RowEntry(None), A5_none=RowEntry(None))) == []


def test_a_sample_that_only_one_took_is_another_fact(of: OpenRound) -> None:
    found = both(of, A3_2=RowEntry(100, fault="留样不足"))
    assert len(places(found)) == 1


def test_both_inspectors_get_a_marked_copy_and_are_chased(of: OpenRound) -> None:
    found = both(of, A1_x=RowEntry(3))
    mirrored = [item for item in on_both_sheets(found.problems) if item.code == "facts-differ"]
    assert {item.place.file for item in mirrored} == {"returned/a.xlsx", "returned/b.xlsx"}
    made, met = write_marked_copies(of, found.problems)
    assert (made.copies, met) == (2, [])
    assert [item.troubled for item in round_status(of).raters if item.back] == [1, 1]


def test_a_decision_settles_it(of: OpenRound) -> None:
    both(of, A1_x=RowEntry(3))
    done, problems = judge_item(of, Verdict.CORRECT, "第一小学", "kitchen", "A1.x", BY, value="3")
    assert (done is not None, problems) == (True, [])
    assert places(collected(of)) == []


def test_a_corrected_sheet_settles_it(of: OpenRound) -> None:
    assert places(both(of, A1_x=RowEntry(3)))
    assert places(both(of)) == []


def test_a_round_of_independent_ratings_has_no_such_problem(tmp_path: Path) -> None:
    of = small_round(tmp_path)
    assert of.round.combining.facts == "combined"
    assert places(both(of, A1_x=RowEntry(3))) == []


def test_two_counts_of_one_vote_are_told_without_the_counts(tmp_path: Path) -> None:
    of = landed_round(tmp_path)
    combining = of.round.combining.model_copy(update=AGREED)
    of = replace(of, round=of.round.model_copy(update={"combining": combining}))

    def counted(inspector: str, good: int) -> Record:
        ballots = {"好": good, "差": 30 - good, "invalid": 0, "entitled": 31}
        values = {key: Decimal(count) for key, count in ballots.items()}
        places = {key: Place(f"returned/{inspector}.xlsx", "一", key) for key in values}
        seen = Observation("G1", State.CHECKED, values, places=places)
        key = RecordKey("21068101", "voted", "第1次", inspector)
        return Record(key, "1", DAY, (inspector,), (seen,), file=f"returned/{inspector}.xlsx")

    told = list(disagreements(of, as_list([counted("D01", 24), counted("D02", 27)])))
    assert [(item.code, item.place.cell, dict(item.params)["cell"]) for item in told] == [
        ("facts-differ", "好", "好"),
        ("facts-differ", "差", "差"),
    ]
    for item in on_both_sheets(told):
        assert not any(count in item.message for count in ("24", "27", "6 票", "3 票"))

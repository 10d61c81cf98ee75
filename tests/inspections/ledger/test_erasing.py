"""Erasing: nothing of it is left anywhere in the ledger, and the chain can still be followed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from inspections.collecting.collecting import collect, collected
from inspections.collecting.decision_making import judge_item
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.ledger.erasing import Erased, erase_school, erase_words
from inspections.ledger.guarding import guard, unguard
from inspections.ledger.of_round import ledger_of
from inspections.ledger.past import versions_of
from inspections.ledger.tables import facts, metadata
from inspections.ledger.verifying import SPEAKS, verify
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry, SheetEntries
from tests.inspections.small_round import HEAD, SCHOOLS, spec, write

BY = By("张主任", "档案到期")


@pytest.fixture
def of(on_both: OpenRound) -> OpenRound:
    """A file of the first school, and one of both."""
    returned = on_both.folder.returned
    write(on_both, returned / "第一小学.xlsx", spec(rows={"A1.x": RowEntry("找赵大有")}))
    other = SheetEntries(HEAD, {"A1": RowEntry(0, remark="问过赵大有")})
    party = replace(spec(), school=SCHOOLS[1], rubric="party", entries=other)
    write(on_both, returned / "两校.xlsx", spec(inspector=None), party)
    collect(on_both, workers=0)
    judge_item(on_both, Verdict.CORRECT, "第一小学", "kitchen", "A1.x", BY, value="3")
    return on_both


def dump(of: OpenRound) -> str:
    """Everything that the ledger says, acts and all."""
    with ledger_of(of) as ledger, ledger.connect() as connection:
        return "\n".join(
            repr(tuple(row))
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        )


def school(of: OpenRound) -> Erased:
    with ledger_of(of) as ledger:
        return erase_school(ledger, SCHOOLS[0].id, BY)


def sound(of: OpenRound) -> bool:
    with ledger_of(of) as ledger:
        return verify(ledger).broken is None


def test_files_have_to_go_first(of: OpenRound) -> None:
    before = dump(of)
    assert school(of).files == ("returned/两校.xlsx", "returned/第一小学.xlsx")
    assert dump(of) == before


def test_a_school(of: OpenRound, tmp_path: Path) -> None:
    kept = tmp_path / "kept.xlsx"
    (of.folder.returned / "第一小学.xlsx").rename(kept)
    other = SheetEntries(HEAD, {"A1": RowEntry(0)})
    party = replace(spec(), school=SCHOOLS[1], rubric="party", entries=other)
    write(of, of.folder.returned / "两校.xlsx", party)
    collect(of, workers=0)
    done = school(of)
    assert done.count > 20
    assert done.files == ()
    left = dump(of)
    for word in ("第一小学", "灶台", "找赵大有", SCHOOLS[0].id):
        assert word not in left
    assert SCHOOLS[1].id in left
    assert sound(of)
    assert [visit.key.school for visit in collected(of).visits] == [SCHOOLS[1].id]
    # It does not come back unseen.
    kept.rename(of.folder.returned / "又来.xlsx")
    found = collect(of, workers=0)
    assert ("file-erased", "returned/又来.xlsx") in [
        (item.code, item.place.file) for item in found.problems
    ]
    assert "灶台" not in dump(of)
    assert sound(of)


def test_a_person(of: OpenRound) -> None:
    other = SheetEntries(HEAD, {"A1": RowEntry(0)})
    party = replace(spec(), school=SCHOOLS[1], rubric="party", entries=other)
    write(of, of.folder.returned / "两校.xlsx", spec(inspector=None), party)
    write(of, of.folder.returned / "第一小学.xlsx", spec(rows={"A1.x": RowEntry("？")}))
    collect(of, workers=0)
    with ledger_of(of) as ledger:
        done = erase_words(ledger, ["赵大有"], BY)
    assert done.count > 0
    assert "赵大有" not in dump(of)
    assert "灶台" in dump(of)
    assert sound(of)


def test_what_others_wrote_on_the_same_sheet_stays(of: OpenRound) -> None:
    path = of.folder.returned / "第一小学.xlsx"
    names = RowEntry(fault="灶台有油污", evidence="1号笔录、赵大有笔录", remark="问过赵大有")
    write(of, path, spec(rows={"A1": names, "A6": RowEntry(97)}))
    (of.folder.returned / "两校.xlsx").unlink()
    collect(of, workers=0)
    path.unlink()
    collect(of, workers=0)
    with ledger_of(of) as ledger:
        assert erase_words(ledger, ["赵大有"], BY).count
        version = versions_of(ledger, SCHOOLS[0].id)[-1]
    assert "赵大有" not in dump(of)
    assert version.typed["A1", "fault"] == "灶台有油污"
    assert version.typed["A6", ""] == "97"
    assert (version.typed["A1", "remark"], version.typed["A1", "evidence"]) == ("", "")
    assert version.typed["", "陪同人员及职务"] == "赵校长"
    assert version.states["A1"] == "已查"
    assert "1号笔录" in dump(of)
    assert sound(of)
    # What is erased once is not counted again, and what says so is no text to be erased.
    with ledger_of(of) as ledger:
        assert erase_words(ledger, ["赵大有", "typed/", "remark/A1", "sheet"], BY).count == 0
    assert sound(of)


def test_a_blanked_row_that_speaks_again(of: OpenRound) -> None:
    for path in of.folder.returned.iterdir():
        path.unlink()
    collect(of, workers=0)
    assert school(of).count
    with ledger_of(of) as ledger, ledger.execution_options(writing=True).begin() as connection:
        wanted = select(facts.c.id).where(facts.c.kind == "sheet").limit(1)
        first = connection.execute(wanted.order_by(facts.c.id)).scalar_one()
        unguard(connection, facts.name)
        said = '{"school":"21068101"}'
        connection.execute(facts.update().where(facts.c.id == first).values(body=said))
        guard(connection)
    with ledger_of(of) as ledger:
        found = verify(ledger).broken
    assert found is not None
    assert (found.kind, found.fact, found.detail) == ("sheet", first, SPEAKS)


def test_words_go_with_a_sheet_that_nobody_could_find_after_it(of: OpenRound) -> None:
    """Whoever is erased by a code that stands in a sheet's key takes the whole sheet along."""
    for path in of.folder.returned.iterdir():
        path.unlink()
    collect(of, workers=0)
    with ledger_of(of) as ledger:
        assert erase_words(ledger, ["D01"], BY).files == ()
    school(of)
    left = dump(of)
    for word in ("D01", "灶台", "找赵大有", SCHOOLS[0].id):
        assert word not in left
    assert sound(of)

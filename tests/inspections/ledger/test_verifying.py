"""Whatever is done to the ledger behind its back, following the chain finds the first trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, Integer, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from inspections.collecting.collecting import collect
from inspections.collecting.decision_making import judge_item
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.ledger.of_round import ledger_of
from inspections.ledger.opening import guard, unguard
from inspections.ledger.tables import acts, entries, metadata, observations, present, readings
from inspections.ledger.verifying import Break, Verified, verify
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from tests.inspections.small_round import INSPECTORS, spec, write


@pytest.fixture
def of(on_both: OpenRound) -> OpenRound:
    returned = on_both.folder.returned
    write(on_both, returned / "甲.xlsx", spec(rows={"A1.x": RowEntry("/")}))
    collect(on_both, workers=0)
    write(on_both, returned / "乙.xlsx", spec({"同行督学": "王建国"}, inspector=INSPECTORS[1]))
    collect(on_both, workers=0)
    by = By("某人", "复核过")
    judge_item(on_both, Verdict.CORRECT, "第一小学", "kitchen", "A1.x", by, value="3")
    return on_both


def checked(of: OpenRound, head: str = "") -> Verified:
    with ledger_of(of) as ledger:
        return verify(ledger, head)


def broken(of: OpenRound) -> Break:
    found = checked(of).broken
    assert found is not None
    return found


@contextmanager
def behind_its_back(ledger: Engine, *tables: Table) -> Iterator[Connection]:
    """A transaction in which somebody has switched off what guards the rows."""
    with ledger.execution_options(writing=True).begin() as connection:
        for table in tables:
            unguard(connection, table)
        yield connection
        guard(connection)


def test_an_untouched_ledger(of: OpenRound) -> None:
    found = checked(of)
    assert (found.broken, found.met) == (None, True)
    assert found.acts == 6  # versions, two files read, two sweeps, a decision
    with ledger_of(of) as ledger, ledger.connect() as connection:
        tables = [table for table in metadata.sorted_tables if table is not acts]
        counts = [len(connection.execute(select(table)).all()) for table in tables]
    assert found.rows == sum(counts)


def test_the_digest_that_was_noted_down(of: OpenRound) -> None:
    head = checked(of).head
    assert checked(of, head[:12]).met
    write(of, of.folder.returned / "甲.xlsx")
    collect(of, workers=0)
    assert checked(of).head != head
    assert checked(of, head).met
    assert not checked(of, "f00d").met


def test_the_last_acts_cut_off(of: OpenRound) -> None:
    head = checked(of).head
    with ledger_of(of) as ledger, behind_its_back(ledger, *metadata.sorted_tables) as connection:
        connection.execute(delete(acts).where(acts.c.id == 6))
        connection.execute(delete(metadata.tables["decisions"]))
    assert checked(of).broken is None
    assert not checked(of, head).met


Deed = Callable[[Connection], object]

DEEDS: dict[str, tuple[Deed, str, int, str]] = {
    "a value is changed": (
        lambda c: c.execute(update(entries).where(entries.c.id == 7).values(value="9")),
        "entries", 7, "这一行被改过",
    ),
    "two changes: the first is named": (
        lambda c: c.execute(update(entries).where(entries.c.id.in_([9, 30])).values(raw="9")),
        "entries", 9, "这一行被改过",
    ),
    "a row is removed": (
        lambda c: c.execute(delete(observations).where(observations.c.id == 3)),
        "observations", 3, "这一行不见了",
    ),
    "the last row of a table is removed": (
        lambda c: c.execute(delete(present).where(present.c.id == 3)),
        "present", 3, "这一行不见了",
    ),
    "two rows change places": (
        lambda c: [
            c.execute(update(entries).where(entries.c.id == a).values(id=b))
            for a, b in ((4, 9999), (5, 4), (9999, 5))
        ],
        "entries", 4, "这一行被改过",
    ),
    "a row is added": (
        lambda c: c.execute(insert(readings).values(id=3, file="returned/丙.xlsx")),
        "readings", 3, "这一行没有记账",
    ),
    "an act says somebody else did it": (
        lambda c: c.execute(update(acts).where(acts.c.id == 6).values(who="别人")),
        "", 0, "这一笔的时间、经手人、事由或内容目录被改过",
    ),
    "an act is removed": (
        lambda c: c.execute(delete(acts).where(acts.c.id == 2)), "", 0, "这一笔不见了",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DEEDS)
def test_what_is_done_behind_its_back(of: OpenRound, name: str) -> None:
    deed, table, row, detail = DEEDS[name]
    with ledger_of(of) as ledger, behind_its_back(ledger, *metadata.sorted_tables) as connection:
        deed(connection)
    found = broken(of)
    assert (found.table, found.row, found.detail) == (table, row, detail)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_column_of_any_row(of: OpenRound, data: st.DataObject) -> None:
    with ledger_of(of) as ledger:
        with ledger.connect() as connection:
            held = {t: connection.execute(select(t)).all() for t in metadata.sorted_tables}
        table = data.draw(st.sampled_from([t for t, found in held.items() if found]))
        row = data.draw(st.sampled_from(held[table]))
        column = data.draw(st.sampled_from([c for c in table.c if c.name != "id"]))
        was = getattr(row, column.name)
        other = was + 1 if isinstance(column.type, Integer) else was + "改"
        change = update(table).where(table.c.id == row.id)
        try:
            with behind_its_back(ledger, table) as connection:
                connection.execute(change.values({column.name: other}))
        except IntegrityError:  # what it points to is not there
            return
        found = verify(ledger).broken
        assert found is not None
        if table is not acts and column.name != "digest_of_row":
            assert (found.table, found.row) == (table.name, row.id)
        with behind_its_back(ledger, table) as connection:
            connection.execute(change.values({column.name: was}))
        assert verify(ledger).broken is None

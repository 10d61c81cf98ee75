"""Whatever is done to the ledger behind its back, following the chain finds the first trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, Integer, Table, delete, insert, select, update

from inspections.collecting.collecting import collect, collected
from inspections.collecting.decision_making import judge_item
from inspections.collecting.remembering import forget
from inspections.ledger.breaks import Break, Verified
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.ledger.guarding import guard, place, unguard
from inspections.ledger.of_round import ledger_of
from inspections.ledger.tables import GUARDED, acts, facts, forms, index
from inspections.ledger.verifying import ASTRAY, CHANGED, NOT_ADDED, NOT_THERE, verify
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
            unguard(connection, table.name)
        yield connection
        guard(connection)


def test_an_untouched_ledger(of: OpenRound) -> None:
    found = checked(of)
    assert (found.broken, found.met) == (None, True)
    assert found.acts == 6  # versions, two files read, two sweeps, a decision
    with ledger_of(of) as ledger, ledger.connect() as connection:
        assert found.facts == len(connection.execute(select(facts)).all())


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
    with ledger_of(of) as ledger, behind_its_back(ledger, *GUARDED) as connection:
        connection.execute(delete(acts).where(acts.c.id == 6))
        connection.execute(delete(facts).where(facts.c.kind == "decision"))
    assert checked(of).broken is None
    assert not checked(of, head).met


Deed = Callable[[Connection, dict[str, list[int]]], object]


def change(connection: Connection, id: int, **values: object) -> object:
    return connection.execute(update(facts).where(facts.c.id == id).values(values))


def replaced(connection: Connection, id: int, old: str, new: str, column: str = "body") -> None:
    said = connection.execute(select(facts.c[column]).where(facts.c.id == id)).scalar_one()
    assert old in said
    change(connection, id, **{column: said.replace(old, new, 1)})


DEEDS: dict[str, tuple[Deed, str, int, str]] = {
    "a value is changed": (
        lambda c, ids: replaced(c, ids["sheet"][1], '"x":2', '"x":9'), "sheet", 1, CHANGED,
    ),
    "a word is changed": (
        lambda c, ids: replaced(c, ids["words"][0], "灶台", "地面", "leaves"), "words", 0, CHANGED,
    ),
    "two changes: the first is named": (
        lambda c, ids: [change(c, ids["sheet"][at], body="{}") for at in (1, 0)],
        "sheet", 0, CHANGED,
    ),
    "a fact is removed": (
        lambda c, ids: c.execute(delete(facts).where(facts.c.id == ids["words"][0])),
        "", -1, NOT_THERE,
    ),
    "the last fact of an act is removed": (
        lambda c, ids: c.execute(delete(facts).where(facts.c.id == ids["sweep"][1])),
        "", -1, NOT_THERE,
    ),
    "two facts change places": (
        lambda c, ids: [
            c.execute(update(facts).where(facts.c.id == a).values(id=b))
            for a, b in (
                (ids["sheet"][0], 9999), (ids["words"][0], ids["sheet"][0]),
                (9999, ids["words"][0]),
            )
        ],
        "words", -1, CHANGED,
    ),
    "a fact is added": (
        lambda c, ids: c.execute(insert(facts).values(id=9999, kind="file", form=1, body="{}")),
        "file", 9999, NOT_ADDED,
    ),
    "the index is led astray": (
        lambda c, ids: c.execute(
            update(index).where(index.c.fact == ids["sheet"][1]).values(inspector="D03")
        ),
        "sheet", 1, ASTRAY,
    ),
    "an act says somebody else did it": (
        lambda c, ids: c.execute(update(acts).where(acts.c.id == 6).values(who="别人")),
        "", 0, "这一笔的时间、经手人、事由或内容目录被改过",
    ),
    "an act is removed": (
        lambda c, ids: c.execute(delete(acts).where(acts.c.id == 2)), "", 0, "这一笔不见了",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DEEDS)
def test_what_is_done_behind_its_back(of: OpenRound, name: str) -> None:
    deed, kind, number, detail = DEEDS[name]
    with ledger_of(of) as ledger, behind_its_back(ledger, *GUARDED) as connection:
        ids: dict[str, list[int]] = {}
        for id, held in connection.execute(select(facts.c.id, facts.c.kind).order_by(facts.c.id)):
            ids.setdefault(held, []).append(id)
        deed(connection, ids)
    found = broken(of)
    assert (found.kind, found.detail) == (kind, detail)
    gone = {"a fact is removed": ids["words"][0], "two facts change places": ids["sheet"][0]}
    gone["the last fact of an act is removed"] = ids["sweep"][1]
    expected = ids[kind][number] if kind in ids and 0 <= number < 9999 else number
    assert found.fact == (gone[name] if number == -1 else expected)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_column_of_any_row(of: OpenRound, data: st.DataObject) -> None:
    with ledger_of(of) as ledger:
        tables = [table for table in (*GUARDED, index) if table is not forms]
        with ledger.connect() as connection:
            held = {
                table: connection.execute(select(table).order_by(*table.primary_key)).all()
                for table in tables
            }
        table = data.draw(st.sampled_from(tables))
        row = data.draw(st.sampled_from(held[table]))
        (id,) = table.primary_key
        column = data.draw(st.sampled_from([c for c in table.c if c is not id]))
        was = getattr(row, column.name)
        if isinstance(column.type, Integer):
            other = was + 1
        else:
            at = data.draw(st.integers(0, 9999)) % (len(was) + 1)
            other = was[:at] + "改" + was[at:]
        changing = update(table).where(id == getattr(row, id.name))
        with behind_its_back(ledger, table) as connection:
            connection.execute(changing.values({column.name: other}))
        found = verify(ledger).broken
        assert found is not None
        if table is not acts and column.name != "digest":
            assert found.fact == getattr(row, id.name)
        with behind_its_back(ledger, table) as connection:
            connection.execute(changing.values({column.name: was}))
        assert verify(ledger).broken is None


def test_a_lost_index_is_made_anew(of: OpenRound) -> None:
    before = collected(of)
    for lose in ("drop", "empty", "short", "other columns"):
        with ledger_of(of) as ledger, ledger.execution_options(writing=True).begin() as connection:
            if lose == "drop":
                index.drop(connection)
            elif lose == "other columns":
                at = place(connection, index.name)
                connection.exec_driver_sql(f"ALTER TABLE {at} RENAME COLUMN arrived TO came")
            else:
                last = select(index.c.fact).order_by(index.c.fact.desc()).limit(1)
                left = index.c.fact == connection.execute(last).scalar_one()
                connection.execute(delete(index).where(left if lose == "short" else left | ~left))
        forget(of.folder)
        assert collected(of) == before
        assert checked(of).broken is None
    write(of, of.folder.returned / "甲.xlsx")
    assert collect(of, workers=0).fresh == 1
    assert checked(of).broken is None

"""A ledger of the first form, as the program of its time wrote it: read, verified, gone on with."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, func, insert, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from inspections.collecting.collecting import collect, collected
from inspections.collecting.history import history
from inspections.ledger.chain import By
from inspections.ledger.computers import release
from inspections.ledger.decisions import all_decisions
from inspections.ledger.erasing import erase_school, erase_words
from inspections.ledger.guarding import guard, schema_of, unguard
from inspections.ledger.of_round import ledger_of
from inspections.ledger.old import upgrading
from inspections.ledger.old.tables import PREFIX, TABLES, Erased, texts
from inspections.ledger.opening import file_url, shared_url
from inspections.ledger.past import diary
from inspections.ledger.publishing import last_published
from inspections.ledger.tables import acts, facts
from inspections.ledger.verifying import verify
from inspections.round.opened import OpenRound
from tests.inspections.ledger.landed_round import (
    KEPT,
    expected,
    landed_round,
    told,
    with_ledger,
)
from tests.inspections.small_round import SCHOOLS, write

BY = By("张主任", "依申请")


@pytest.fixture(params=["sqlite", "postgresql"])
def of(tmp_path: Path, request: pytest.FixtureRequest) -> OpenRound:
    """The round with the ledger of then, as a file and on a PostgreSQL."""
    opened = landed_round(tmp_path)
    if request.param == "sqlite":
        return with_ledger(opened)
    name = "旧" + uuid.uuid4().hex
    settings = opened.round.model_copy(update={"id": name})
    address = request.getfixturevalue("postgresql")
    _copied_to(address, f"round_{name}")
    opened.folder.returned.mkdir()
    return replace(opened, round=settings, shared=address)


def _copied_to(address: str, schema: str) -> None:
    """Copies the rows of the file into tables of the same names on a PostgreSQL."""
    url = shared_url(address)
    assert url is not None
    source, engine = create_engine(file_url(KEPT / "ledger.db")), create_engine(url)
    with source.connect() as rows, engine.begin() as connection:
        connection.exec_driver_sql(f'CREATE SCHEMA "{schema}"')
        connection.exec_driver_sql(f'SET LOCAL search_path TO "{schema}"')
        refuse = (
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
            " USING ERRCODE = 'integrity_constraint_violation',"
            " MESSAGE = 'the ledger is append-only'; END $$"
        )
        connection.exec_driver_sql(refuse)
        for name, table in TABLES.items():
            then = table.to_metadata(type(table.metadata)(), name=name)
            for column in then.c:
                column.foreign_keys.clear()
            then.constraints = {then.primary_key}
            then.create(connection)
            said = rows.exec_driver_sql(f"SELECT * FROM {name}").mappings().all()
            if said:
                connection.execute(insert(then), [dict(row) for row in said])
            for action in ("update", "delete"):
                connection.exec_driver_sql(
                    f"CREATE TRIGGER {name}_no_{action} BEFORE {action} ON {name}"
                    " FOR EACH STATEMENT EXECUTE FUNCTION refuse()"
                )
    source.dispose()
    engine.dispose()


def sound(of: OpenRound) -> bool:
    with ledger_of(of) as ledger:
        return verify(ledger).broken is None


def test_it_says_what_it_said(of: OpenRound) -> None:
    assert told(collected(of), of.ledger_name) == expected()
    assert sound(of)
    past = expected("past")
    with ledger_of(of) as ledger:
        assert verify(ledger, past["head"][:12]).met  # as somebody noted it down then
        assert not verify(ledger, "f00d").met
        log = [[one.act, one.kind, one.at, one.who, one.why] for one in diary(ledger)]
        assert log[:-1] == past["log"]
        assert log[-1][1] == "upgrade"
        assert [str(one) for one in all_decisions(ledger)] == past["decisions"]
        assert len(last_published(ledger)) == 2  # one was erased with its school
    steps = [astuple(replace(one, why="")) for one in history(of, SCHOOLS[0].id).steps]
    assert [[*step[:-2], step[-1]] for step in steps] == [
        [*step[:-1], tuple(map(tuple, step[-1]))] for step in past["history"]
    ]


def test_it_goes_on(of: OpenRound) -> None:
    write(of, of.folder.returned / "甲.xlsx")
    found = collect(of, workers=0)
    assert found.fresh == 1
    if of.shared:
        # What was there may be another computer's: it counts until somebody lets it go.
        assert len(found.visits) > 1
        with ledger_of(of) as ledger:
            release(ledger, "", BY)
        found = collect(of, workers=0)
    assert [visit.file for visit in found.visits] == ["returned/甲.xlsx"]
    assert "file-gone" in {item.code for item in found.problems}
    assert sound(of)
    before = len(log(of))
    collect(of, workers=0)
    assert len(log(of)) == before


def log(of: OpenRound) -> list[Any]:
    with ledger_of(of) as ledger:
        return list(diary(ledger))


def test_versions_that_have_not_changed_are_known(of: OpenRound) -> None:
    collect(of, workers=0)
    added = [one.counts for one in log(of) if one.kind == "versions"][-1]
    assert not {"rubric", "inspector"} & added.keys()


def test_old_rows_stay_as_they_are(of: OpenRound) -> None:
    with ledger_of(of) as ledger:
        for name, table in TABLES.items():
            with pytest.raises(IntegrityError, match="append-only"), writing(ledger) as connection:
                connection.execute(update(table).values(id=table.c.id))
            assert table.name == PREFIX + name


@pytest.mark.parametrize("name", ["entries", "problems", "decisions", "records", "acts"])
def test_a_changed_old_row_is_found(of: OpenRound, name: str) -> None:
    table = TABLES[name]
    column = {"entries": "raw", "problems": "cell", "decisions": "value", "records": "companion"}
    with ledger_of(of) as ledger, writing(ledger) as connection:
        id = connection.execute(select(func.max(table.c.id))).scalar_one()
        unguard(connection, table.name)
        said = {column.get(name, "who"): "别的"}
        connection.execute(update(table).where(table.c.id == id).values(said))
        guard(connection, [table])
    with ledger_of(of) as ledger:
        found = verify(ledger).broken
    assert found is not None
    assert (found.kind, found.fact) == (("", 0) if name == "acts" else (table.name, id))


@pytest.mark.parametrize("kind", ["file", "sheet", "words", "problems", "decision", "sweep"])
def test_a_changed_fact_is_found(of: OpenRound, kind: str) -> None:
    with ledger_of(of) as ledger, writing(ledger) as connection:
        of_kind = select(func.min(facts.c.id)).where(facts.c.kind == kind)
        id = connection.execute(of_kind).scalar_one()
        unguard(connection, facts.name)
        connection.execute(update(facts).where(facts.c.id == id).values(salt="00"))
        guard(connection)
    with ledger_of(of) as ledger:
        found = verify(ledger).broken
    assert found is not None
    assert (found.kind, found.fact) == (kind, id)


@pytest.mark.parametrize("name", ["entries", "observations", "records", "problems", "decisions"])
def test_facts_that_were_written_anew_are_found(of: OpenRound, name: str) -> None:
    """A whole chain of today that holds, and says otherwise than the old one."""
    changes = {
        "entries": {"raw": "9", "value": "9"},
        "observations": {"fault": "没有问题"},
        "records": {"companion": "别人"},
        "problems": {"cell": "A1"},
        "decisions": {"value": "5"},
    }
    with ledger_of(of) as ledger, writing(ledger) as connection:
        table = TABLES[name]
        number = table.c.kind == "number" if name == "entries" else table.c.id > 0
        wanted = select(func.max(table.c.id)).where(number)
        id = connection.execute(wanted).scalar_one()
        was = connection.execute(select(table).where(table.c.id == id)).mappings().one()
        before = {column: was[column] for column in changes[name]}
        for held in (table, acts, facts):
            unguard(connection, held.name)
        at = table.c.id == id
        connection.execute(update(table).where(at).values(changes[name]))
        for held in (acts, facts):
            connection.execute(held.delete())
        connection.exec_driver_sql(f"DELETE FROM {place_of_index(ledger)}")
        upgrading.convert(connection)
        connection.execute(update(table).where(at).values(before))
        guard(connection)
        guard(connection, [table])
    with ledger_of(of) as ledger:
        found = verify(ledger).broken
    assert found is not None
    assert "与换格式以前的台账不符" in found.detail


def place_of_index(ledger: Engine) -> str:
    schema = schema_of(ledger)
    return f'"{schema}".ledger_index' if schema else "ledger_index"


def test_erasing_reaches_the_old_tables(of: OpenRound) -> None:
    collect(of, workers=0)  # nothing lies there any more
    with ledger_of(of) as ledger:
        if of.shared:  # on another computer it may, until somebody lets that one go
            release(ledger, "", BY)
        assert erase_words(ledger, ["灶台有油污", "钱校长"], BY).count
    assert sound(of)
    assert not saying(of, "灶台有油污", "钱校长")
    assert saying(of, "灶台有积灰", "台账不全")
    with ledger_of(of) as ledger:
        assert erase_school(ledger, SCHOOLS[0].id, BY).count
    assert sound(of)
    assert not saying(of, "灶台有积灰", "台账不全", SCHOOLS[0].id)
    if not of.shared:
        left = of.folder.ledger.read_bytes()
        for word in ("灶台有油污", "钱校长", "台账不全", SCHOOLS[0].id, "第一小学"):
            assert word.encode() not in left


def saying(of: OpenRound, *words: str) -> bool:
    """Whether a table of either form says one of ``words``."""
    with ledger_of(of) as ledger, ledger.connect() as connection:
        told = list(_all_texts(connection))
    return any(word in text for word in words for text in told)


def _all_texts(connection: Connection) -> Iterator[str]:
    for table in TABLES.values():
        for row in connection.execute(select(*(table.c[name] for name in ("id", *texts(table))))):
            yield repr(tuple(row))
    for row in connection.execute(select(facts)):
        yield repr(tuple(row))


def test_a_kill_in_the_middle_leaves_it_as_it_was(
    of: OpenRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> Erased:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(upgrading, "by_user", killed)
        with pytest.raises(KeyboardInterrupt):
            collected(of)
    assert told(collected(of), of.ledger_name) == expected()
    assert sound(of)


def test_a_process_that_is_killed_in_the_middle(tmp_path: Path) -> None:
    of = with_ledger(landed_round(tmp_path))
    killed = (
        "import os, signal; from pathlib import Path; from inspections.ledger import opening;"
        " from inspections.ledger.old import upgrading;"
        " upgrading.by_user = lambda why: os.kill(os.getpid(), signal.SIGKILL);"
        f" opening.open_ledger(opening.file_url(Path({str(of.folder.ledger)!r}))).__enter__()"
    )
    done = subprocess.run([sys.executable, "-c", killed], cwd=Path(__file__).parents[3])
    assert done.returncode == -signal.SIGKILL
    with sqlite3.connect(of.folder.ledger) as ledger:
        assert ("acts",) in ledger.execute(_TABLES).fetchall()
    ledger.close()
    assert told(collected(of)) == expected()
    assert sound(of)


def test_a_program_of_then_refuses_it(tmp_path: Path) -> None:
    of = with_ledger(landed_round(tmp_path))
    collected(of)
    with sqlite3.connect(of.folder.ledger) as ledger:
        tables = {name for (name,) in ledger.execute(_TABLES)}
    # It took whatever has tables, and none of this name, for something else.
    assert "acts" not in tables
    assert tables


_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


def test_something_else_is_refused(tmp_path: Path) -> None:
    of = landed_round(tmp_path)
    with sqlite3.connect(of.folder.ledger) as other:
        other.execute("CREATE TABLE acts (id INTEGER)")
    other.close()
    with pytest.raises(DatabaseError), ledger_of(of):
        pass


def writing(ledger: Engine) -> Any:
    return ledger.execution_options(writing=True).begin()

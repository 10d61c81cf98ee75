"""Opens a ledger: a file of the round's own, or a PostgreSQL that the bureau shares.

The same tables and statements serve both. On PostgreSQL every round has a schema of its own, so
that one database holds all of them. Whoever writes waits for the one who is writing already.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateTable

from inspections.ledger.bodies.forms import FORMS
from inspections.ledger.chain import fact_digest
from inspections.ledger.damaged import DAMAGED, fails_on_text
from inspections.ledger.guarding import guard, schema_of
from inspections.ledger.indexing import indexed, make_index
from inspections.ledger.leaves import read_leaves
from inspections.ledger.refusals import ForeignLedgerError, NewerLedgerError
from inspections.ledger.tables import FORM, acts, facts, forms, index, metadata
from inspections.ledger.views import make_views
from rubrics.messages.private_files import make_folder, make_private

_FIRST_FORM: Final = frozenset({"acts", "readings", "records"})
"""Tables that a ledger of the first form has."""

_LOOKED_AT = 50
"""Facts of a kind that nobody knows which are looked at: some may have been erased."""

_PATIENCE = 60
"""Seconds to wait for another writer."""

_LAST_PORT = 65_535

_SPACE: Final = "schema"
"""In an address behind the question mark: what the names of schemas begin with."""

_SPACE_NAME = re.compile(r"\w{1,10}")
"""So much of Chinese leaves room for the digest of a round's id."""

_NAME_BYTES = 63
"""What PostgreSQL allows for a name."""


def file_url(path: Path) -> URL:
    """Returns where a ledger lies that is a file."""
    return URL.create("sqlite", database=str(path))


def shared_url(typed: str) -> URL | None:
    """Returns where a shared ledger lies, as somebody typed it; None where it cannot be one.

    ``?schema=NAME`` keeps a bureau's rounds apart from those of others on the same database.
    """
    try:
        url = make_url(typed)
        if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
            return None
        url = url.set(drivername="postgresql+psycopg")
        # Hosts and ports may stand behind the question mark too, several of them.
        bare = url.difference_update_query([_SPACE])
        _, used = url.get_dialect()().create_connect_args(bare)
        ports = [int(port) for port in str(used.get("port", "")).split(",") if port]
    except (ArgumentError, ValueError):
        return None
    named = ports if url.port is None else [url.port]
    right = _SPACE_NAME.fullmatch(_space(url)) and all(0 < port <= _LAST_PORT for port in named)
    return url if right else None


@contextmanager
def open_ledger(url: URL, name: str = "") -> Iterator[Engine]:
    """Gives the ledger of the round ``name``, made if it is not there.

    Raises ``sqlalchemy.exc.DatabaseError`` where it cannot be opened or is something else;
    :class:`NewerLedgerError` where a later version of the program wrote it.
    """
    engine = _shared(url, name) if _is_shared(url) else _file(url)
    try:
        _prepare(engine)
        yield engine
    finally:
        engine.dispose()


def ledger_exists(url: URL, name: str = "") -> bool:
    """Returns whether something has been written into the ledger, without making it."""
    if not _is_shared(url):
        return Path(url.database or "").is_file()
    engine = _shared(url, name)
    try:
        return bool(_tables(engine))
    finally:
        engine.dispose()


def _is_shared(url: URL) -> bool:
    return url.get_backend_name() != "sqlite"


def _file(url: URL) -> Engine:
    path = Path(url.database or "")
    make_folder(path.parent)
    make_private(path)  # its journal gets the same mode
    engine = create_engine(url, connect_args={"timeout": _PATIENCE}, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _by_hand(connection: sqlite3.Connection, _: object) -> None:
        # Transactions begin where we say so, also around what makes tables.
        connection.isolation_level = None
        # What is erased is gone from the file too.
        connection.execute("PRAGMA secure_delete = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _shared(url: URL, name: str) -> Engine:
    schema = _schema(name, _space(url))
    engine = create_engine(
        url.difference_update_query([_SPACE]),
        poolclass=NullPool,
        connect_args={"connect_timeout": 10},
        execution_options={"schema_translate_map": {None: schema}},
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writing"):
            number = int.from_bytes(hashlib.sha256(schema.encode()).digest()[:8], signed=True)
            connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
        else:
            # Else each statement would see what others added since the one before: a fact
            # without its act. Whoever writes must see what was added while they waited.
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))

    return engine


def _space(url: URL) -> str:
    """What the names of a bureau's schemas begin with; others may have rounds of the same id."""
    typed = url.query.get(_SPACE, "round")
    return typed if isinstance(typed, str) else ""


def _schema(round_name: str, space: str) -> str:
    name = f"{space}_{round_name}"
    if len(name.encode()) <= _NAME_BYTES:
        return name
    return f"{space}_{hashlib.sha256(round_name.encode()).hexdigest()[:32]}"


def _tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names(schema_of(engine)))


def _prepare(engine: Engine) -> None:
    """Makes what is not there: tables, what keeps their rows as they are, views, a lost index.

    A ledger of the first form gets the form of today.
    """
    there = _tables(engine)
    if there and acts.name not in there and not there >= _FIRST_FORM:
        shared = schema_of(engine) is not None
        raise ForeignLedgerError("不是本程序的台账，或是旧版的台账", shared=shared)
    if acts.name in there:
        _refuse_newer(engine, there)
        if metadata.tables.keys() <= there and _index_is_ours(engine):
            with engine.connect() as connection:
                if indexed(connection):
                    return
    with engine.execution_options(writing=True).begin() as connection:
        _make(connection, set(inspect(connection).get_table_names(schema_of(engine))))


def _make(connection: Connection, there: set[str]) -> None:
    schema = schema_of(connection.engine)
    if schema is not None:
        quoted = connection.dialect.identifier_preparer.quote_identifier(schema)
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {quoted}")
    outdated = acts.name not in there and there >= _FIRST_FORM
    if outdated:
        # Reads workbooks' sheets out of it: nobody else needs all that.
        from inspections.ledger.old.upgrading import convert, rename

        rename(connection, there)
    if index.name in there and not _index_is_ours(connection):
        index.drop(connection)  # it follows from the facts
    _make_tables(connection, schema)
    guard(connection)
    make_views(connection)
    if connection.execute(select(forms)).first() is None:
        connection.execute(insert(forms).values(form=FORM))
    if not indexed(connection):
        make_index(connection)
    if outdated:
        convert(connection)


def _make_tables(connection: Connection, schema: str | None) -> None:
    """Makes the tables that are not there, each index in its turn: same facts, same file."""
    there = set(inspect(connection).get_table_names(schema))
    for table in metadata.sorted_tables:
        if table.name not in there:
            connection.execute(CreateTable(table))
            for one in sorted(table.indexes, key=lambda one: str(one.name)):
                one.create(connection)


def _index_is_ours(bind: Engine | Connection) -> bool:
    """Whether the index has the columns that this program looks for."""
    engine = bind if isinstance(bind, Engine) else bind.engine
    columns = inspect(bind).get_columns(index.name, schema_of(engine))
    return {column["name"] for column in columns} == set(index.c.keys())


def _refuse_newer(engine: Engine, there: set[str]) -> None:
    """Whoever writes into a ledger must understand all of it."""
    with engine.connect() as connection:
        if forms.name in there:
            newest = connection.execute(select(func.max(forms.c.form))).scalar_one_or_none()
            if (newest or 0) > FORM:
                raise NewerLedgerError(f"form {newest}")
        try:
            kinds = connection.execute(select(facts.c.kind, facts.c.form).distinct()).all()
        except OperationalError:
            if not fails_on_text(engine):
                raise
            kinds = []  # verifying names the row
        for kind, form in kinds:
            if (kind, form) not in FORMS and _is_genuine(connection, kind, form):
                raise NewerLedgerError(f"{kind} {form}")


def _is_genuine(connection: Connection, kind: str, form: int) -> bool:
    """Whether a program wrote a fact of a kind, not somebody who changed a row."""
    wanted = select(facts).where(facts.c.kind == kind, facts.c.form == form).limit(_LOOKED_AT)
    for row in connection.execute(wanted).mappings():
        head = (row["id"], row["act"], kind, form)
        with suppress(*DAMAGED):
            leaves = read_leaves(row["leaves"])
            if fact_digest(head, row["salt"], row["body"], leaves) == row["digest"]:
                return True
    return False

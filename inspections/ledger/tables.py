"""The ledger's tables. SQLite itself refuses to change or delete a row.

A *sweep* is one look at ``returned/``: which files were there. A *reading* is one file, told by
its path and digest, as read against a certain state of round, rosters and rubrics (its *basis*).
What counts is the latest sweep, so that a file that was moved out counts no more, and one that
was corrected under the same name takes the place of what it was.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    text,
)

metadata = MetaData()


def _table(name: str, *columns: Column[str] | Column[int] | UniqueConstraint) -> Table:
    return Table(name, metadata, Column("id", Integer, primary_key=True), *columns)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


def _of(table: str) -> Column[int]:
    return Column(table, Integer, ForeignKey(f"{table}s.id"), nullable=False, index=True)


sweeps = _table("sweeps", _text("basis"))
readings = _table(
    "readings",
    _text("file"),
    _text("digest"),
    _text("basis"),
    UniqueConstraint("file", "digest", "basis"),
)
present = _table("present", _of("sweep"), _of("reading"))
records = _table(
    "records",
    _of("reading"),
    _text("sheet"),
    _text("school"),
    _text("rubric"),
    _text("occasion"),
    _text("inspector"),
    _text("version"),
    _text("day"),  # empty: the sheet makes no visit
    _text("arrived"),
    _text("left"),
    _text("companion"),
    _text("inspectors"),  # JSON
    _text("corrects"),  # JSON: beginnings of digests
)
observations = _table(
    "observations",
    _of("record"),
    _text("owner"),
    _text("state"),
    _text("fault"),
    _text("evidence"),  # JSON
    _text("remark"),
    _text("reason"),
    _text("cells"),  # JSON: A1 name by slot key
)
entries = _table(
    "entries",
    _of("record"),
    _text("owner"),  # empty: a field of the head
    _text("slot"),
    _text("cell"),
    _text("raw"),  # what stands in the cell
    _text("kind"),  # number, text, or empty: it has no value
    _text("value"),
)
problems = _table(
    "problems",
    _of("reading"),
    _text("severity"),
    _text("code"),
    _text("sheet"),
    _text("cell"),
    _text("params"),  # JSON
)


def open_ledger(path: Path) -> Engine:
    """Returns the ledger at ``path``, made if it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        metadata.create_all(connection)
        for table in metadata.sorted_tables:
            for action in ("UPDATE", "DELETE"):
                connection.execute(
                    text(
                        f"CREATE TRIGGER IF NOT EXISTS {table.name}_no_{action.lower()}"
                        f" BEFORE {action} ON {table.name}"
                        " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
                    )
                )
    return engine


def one_row(connection: Connection, table: Table, **values: str | int) -> int:
    """Adds one row; returns its id."""
    key = connection.execute(table.insert().values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])

"""What keeps rows from being changed: triggers of the database, in the round's own schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Engine, Table

from inspections.ledger.tables import GUARDED


def guard(connection: Connection, tables: Iterable[Table] = GUARDED) -> None:
    """Makes the database refuse to change or delete a row of ``tables``."""
    for statement in _guards(connection, list(tables)):
        connection.exec_driver_sql(statement)


def unguard(connection: Connection, name: str) -> None:
    """Lets rows of a table be changed, until ``guard``; for erasing, in one transaction."""
    at = place(connection, name)
    for action in ("update", "delete"):
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}_no_{action}")
        else:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}_no_{action} ON {at}")


def _guards(connection: Connection, tables: list[Table]) -> Iterator[str]:
    said = "'the ledger is append-only'"
    if connection.dialect.name == "sqlite":
        for table in tables:
            for action in ("update", "delete"):
                yield (
                    f"CREATE TRIGGER IF NOT EXISTS {table.name}_no_{action} BEFORE {action}"
                    f" ON {table.name} BEGIN SELECT RAISE(ABORT, {said}); END"
                )
        return
    refuse = place(connection, "refuse")
    yield (
        f"CREATE OR REPLACE FUNCTION {refuse}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',"
        f" MESSAGE = {said}; END $$"
    )
    for table in tables:
        for action in ("update", "delete"):
            yield (
                f"CREATE OR REPLACE TRIGGER {table.name}_no_{action} BEFORE {action}"
                f" ON {place(connection, table.name)}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {refuse}()"
            )


def place(connection: Connection, name: str) -> str:
    """Returns the quoted name of something in the round's schema."""
    quote = connection.dialect.identifier_preparer.quote_identifier
    schema = schema_of(connection.engine)
    return f"{quote(schema)}.{quote(name)}" if schema else quote(name)


def schema_of(engine: Engine) -> str | None:
    """Returns the schema of the round on a shared database; None in a file of its own."""
    named: dict[None, str] = engine.get_execution_options().get("schema_translate_map", {})
    return named.get(None)

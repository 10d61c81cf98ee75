"""Views for people with a database tool: what the facts say, a line a thing.

Made for reading only; the program itself never asks them. Numbers are texts there, as exact as
they were written.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from inspections.ledger.guarding import place, schema_of

_OF_RECORDS: Final = (
    "sheet",
    "school",
    "rubric",
    "occasion",
    "inspector",
    "version",
    "day",
    "arrived",
    "left",
)


def _columns(way: str) -> str:
    return ", ".join(f'{way.format(name)} AS "{name}"' for name in _OF_RECORDS)


_SQLITE: Final = {
    "files": """
        SELECT f.id, f.act, CASE json_array_length(f.leaves, '$[0]') WHEN 3
            THEN json_extract(f.leaves, '$[0][2]') END AS name,
            json_extract(f.body, '$.digest') AS digest, json_extract(f.body, '$.basis') AS basis
        FROM ledger_facts f WHERE f.kind = 'file'""",
    "records": f"""
        SELECT f.id, f.act, json_extract(f.body, '$.file') AS file,
            {_columns("json_extract(f.body, '$.{}')")}
        FROM ledger_facts f WHERE f.kind = 'sheet' AND f.body <> '{{}}'""",
    "entries": """
        SELECT f.id AS record, json_extract(o.value, '$[0]') AS owner,
            json_extract(o.value, '$[1]') AS state, v.key AS slot,
            CASE v.type WHEN 'array' THEN json_extract(v.value, '$[0]') ELSE CAST(v.value AS TEXT)
            END AS value
        FROM ledger_facts f, json_each(f.body, '$.owners') o, json_each(o.value, '$[2]') v
        WHERE f.kind = 'sheet'""",
    "words": """
        SELECT json_extract(f.body, '$.sheet') AS record, json_extract(l.value, '$[0]') AS address,
            CASE json_array_length(l.value) WHEN 3 THEN json_extract(l.value, '$[2]') END AS text
        FROM ledger_facts f, json_each(f.leaves) l WHERE f.kind = 'words'""",
    "problems": """
        SELECT json_extract(f.body, '$.file') AS file, json_extract(p.value, '$[0]') AS severity,
            json_extract(p.value, '$[1]') AS code, t.text
        FROM ledger_facts f, json_each(f.body, '$.problems') p LEFT JOIN (
            SELECT g.id, json_extract(l.value, '$[0]') AS number,
                CASE json_array_length(l.value) WHEN 3 THEN json_extract(l.value, '$[2]') END
                AS text
            FROM ledger_facts g, json_each(g.leaves) l WHERE g.kind = 'problems'
        ) t ON t.id = f.id AND t.number = CAST(p.key AS TEXT)
        WHERE f.kind = 'problems'""",
    "decisions": """
        SELECT json_extract(f.body, '$.number') AS number, a.at, a.who, a.why,
            json_extract(f.body, '$.verdict') AS verdict,
            json_extract(f.body, '$.revokes') AS revokes,
            CASE json_array_length(f.leaves, '$[0]') WHEN 3
            THEN json_extract(f.leaves, '$[0][2]') END AS about
        FROM ledger_facts f JOIN ledger_acts a ON a.id = f.act
        WHERE f.kind = 'decision' AND f.body <> '{}'""",
}

_POSTGRESQL: Final = {
    "files": """
        SELECT f.id, f.act, f.leaves::jsonb -> 0 ->> 2 AS name,
            f.body::jsonb ->> 'digest' AS digest, f.body::jsonb ->> 'basis' AS basis
        FROM ledger_facts f WHERE f.kind = 'file'""",
    "records": f"""
        SELECT f.id, f.act, (f.body::jsonb ->> 'file')::integer AS file,
            {_columns("f.body::jsonb ->> '{}'")}
        FROM ledger_facts f WHERE f.kind = 'sheet' AND f.body <> '{{}}'""",
    "entries": """
        SELECT f.id AS record, o.value ->> 0 AS owner, o.value ->> 1 AS state, v.key AS slot,
            CASE jsonb_typeof(v.value) WHEN 'array' THEN v.value ->> 0 ELSE v.value #>> '{}' END
            AS value
        FROM ledger_facts f, jsonb_array_elements(f.body::jsonb -> 'owners') o,
            jsonb_each(o.value -> 2) v
        WHERE f.kind = 'sheet'""",
    "words": """
        SELECT (f.body::jsonb ->> 'sheet')::integer AS record, l.value ->> 0 AS address,
            l.value ->> 2 AS text
        FROM ledger_facts f, jsonb_array_elements(f.leaves::jsonb) l WHERE f.kind = 'words'""",
    "problems": """
        SELECT (f.body::jsonb ->> 'file')::integer AS file, p.value ->> 0 AS severity,
            p.value ->> 1 AS code, l.value ->> 2 AS text
        FROM ledger_facts f CROSS JOIN
            jsonb_array_elements(f.body::jsonb -> 'problems') WITH ORDINALITY p (value, number)
            LEFT JOIN jsonb_array_elements(f.leaves::jsonb) l
            ON l.value ->> 0 = (p.number - 1)::text
        WHERE f.kind = 'problems'""",
    "decisions": """
        SELECT (f.body::jsonb ->> 'number')::integer AS number, a.at, a.who, a.why,
            f.body::jsonb ->> 'verdict' AS verdict,
            (f.body::jsonb ->> 'revokes')::integer AS revokes,
            f.leaves::jsonb -> 0 ->> 2 AS about
        FROM ledger_facts f JOIN ledger_acts a ON a.id = f.act
        WHERE f.kind = 'decision' AND f.body <> '{}'""",
}

VIEWS: Final = tuple(_SQLITE)
"""The names of the views."""


def make_views(connection: Connection) -> None:
    """Makes the views anew."""
    sqlite = connection.dialect.name == "sqlite"
    schema = schema_of(connection.engine)
    if not sqlite and schema:
        quoted = connection.dialect.identifier_preparer.quote_identifier(schema)
        connection.exec_driver_sql(f"SET LOCAL search_path TO {quoted}")
    for name, said in (_SQLITE if sqlite else _POSTGRESQL).items():
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {place(connection, name)}")
        connection.exec_driver_sql(f"CREATE VIEW {place(connection, name)} AS {said}")

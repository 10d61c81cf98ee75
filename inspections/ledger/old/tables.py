"""The tables of the first form, under the names that they were given when it was left behind.

They stay as the proof of what was written then. A row's digest covers the name that its table had,
its id, a salt and all it says; an act lists its rows by table.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text

PREFIX: Final = "old_"

metadata = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


def _of(table: str) -> Column[int]:
    return Column(table, Integer, ForeignKey(f"{PREFIX}{table}s.id"), nullable=False)


def _table(name: str, *columns: Column[str] | Column[int]) -> Table:
    return Table(
        PREFIX + name,
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        *columns,
        _text("salt"),
        _text("digest_of_row"),
    )


acts = Table(
    PREFIX + "acts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _text("kind"),
    _text("at"),  # local time with its offset, ISO 8601
    _text("who"),
    _text("why"),
    _text("rows"),  # JSON: table -> [first id, how many]
    _text("content"),  # digest of the rows' digests
    _text("previous"),
    _text("digest"),
)
versions = _table(
    "versions",
    _text("kind"),  # rubric, school, inspector, settings, roster, plan
    _text("name"),
    _text("version"),
    _text("digest"),
    _text("content"),
)
sweeps = _table("sweeps", _text("basis"))
readings = _table(
    "readings",
    _text("file"),
    _text("digest"),
    _text("basis"),
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
pictures = _table(
    "pictures",  # in the workbook itself, beside an item's rows
    _of("record"),
    _text("owner"),
    _text("name"),
    _text("part"),
    _text("contents"),  # SHA-256
    _text("taken"),
)
looks = _table("looks", Column("files", Integer, nullable=False, default=0))
finds = _table(
    "finds",
    _text("path"),
    _text("school"),
    _text("contents"),  # SHA-256
    Column("size", Integer, nullable=False, default=0),
    _text("kind"),
    Column("width", Integer, nullable=False, default=0),
    Column("height", Integer, nullable=False, default=0),
    _text("taken"),
    _text("flaw"),  # the code of a problem
    _text("detail"),
)
lying = _table("lying", _of("look"), _of("find"))
decisions = _table(
    "decisions",
    _text("verdict"),  # accept, reject, correct, excuse, revoke
    _text("file"),
    _text("digest"),
    _text("sheet"),
    _text("school"),
    _text("rubric"),
    _text("occasion"),  # empty: every one
    _text("inspector"),  # empty: every one
    _text("owner"),
    _text("slot"),
    _text("value"),
    Column("revokes", Integer, nullable=False, default=0),
)
published = _table("published", _text("file"), _text("digest"))
erasures = _table(
    "erasures",
    _text("place"),  # the table of which rows were blanked
    _text("ids"),  # JSON
)


def name_then(table: Table) -> str:
    """Returns the name that a table had."""
    return table.name.removeprefix(PREFIX)


TABLES: Final = {name_then(table): table for table in metadata.sorted_tables}
"""All of them, by the name that they had."""

MUTE: Final = frozenset({"basis", "severity", "code", "verdict", "kind", "flaw", "digest_of_row"})
"""Columns that say nothing of anybody."""

NOTHING: Final = {
    "evidence": "[]",
    "cells": "{}",
    "inspectors": "[]",
    "corrects": "[]",
    "params": "{}",
}
"""What a column of JSON says when it says nothing."""


def said_columns(table: Table) -> list[str]:
    """Returns the columns that a row's digest covers, beside its id and salt."""
    return [c.name for c in table.c if c.name not in ("id", "salt", "digest_of_row")]


def texts(table: Table) -> list[str]:
    """Returns the columns that erasing blanks."""
    return [
        column.name
        for column in table.c
        if isinstance(column.type, Text)
        and column.name not in MUTE
        and not (table in (readings, published) and column.name == "digest")
    ]


Erased = dict[str, set[int]]
"""Ids of blanked rows, by the name that their table had."""

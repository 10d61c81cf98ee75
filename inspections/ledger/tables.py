"""The ledger's tables. The database itself refuses to change or delete a row.

Whatever is added is added by an *act* (记账): somebody, at some time, for some reason. Acts form a
chain, see :mod:`inspections.ledger.chain`; for it every other row has a salt and a digest.

A *sweep* is one look at ``returned/``: which files were there. A *reading* is one file, told by
its path and digest, as read against a certain state of round, rosters and rubrics (its *basis*).
What counts is the latest sweep, so that a file that was moved out counts no more, and one that
was corrected under the same name takes the place of what it was; then come the decisions.
A *look* is one look at ``evidence/``, and a *find* one file there.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text

metadata = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


def _of(table: str) -> Column[int]:
    return Column(table, Integer, ForeignKey(f"{table}s.id"), nullable=False, index=True)


def _table(name: str, *columns: Column[str] | Column[int]) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        *columns,
        _text("salt"),
        _text("digest_of_row"),
    )


acts = Table(
    "acts",
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

"""The ledger's tables: acts, and the facts that they added. The database refuses to change a row.

Whatever is added is added by an *act* (记账): somebody, at some time, for some reason. Acts form a
chain, see :mod:`inspections.ledger.chain`. A *fact* says one thing, in a body of its kind, written
in the form of its time; it is read by that form forever, so that new subjects bring new kinds and
new forms, and never new tables. ``leaves`` are its texts that can be erased one by one.

The *index* says where facts are found. It is no part of the chain: it follows from the facts and
is made anew where it is lost, see :mod:`inspections.ledger.indexing`.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

FORM: Final = 2
"""The form of the ledger as a whole. Ledgers of a later one are refused."""

metadata = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


def _number(name: str, default: int = 0) -> Column[int]:
    return Column(name, Integer, nullable=False, default=default)


def _id(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


forms = Table("ledger_form", metadata, _id("form"))
acts = Table(
    "ledger_acts",
    metadata,
    _id("id"),
    _text("kind"),
    _text("at"),  # local time with its offset, ISO 8601
    _text("who"),
    _text("why"),
    _number("first"),  # id of the first fact that it added
    _number("count"),  # of its facts
    _text("content"),  # digest of the facts' digests
    _text("previous"),
    _text("digest"),
)
facts = Table(
    "ledger_facts",
    metadata,
    _id("id"),
    _number("act"),
    _text("kind"),
    _number("form"),
    _text("salt"),
    _text("digest"),
    _text("body"),  # JSON
    _text("leaves"),  # JSON: [[address, salt, text] or, where it was erased, [address, digest]]
    Index("ledger_facts_kind", "kind", "form"),
)
index = Table(
    "ledger_index",
    metadata,
    _id("fact"),
    _text("kind"),
    _number("parent"),  # the fact that it belongs to: a sheet to its file, words to their sheet
    _number("count", 1),  # of what it lists
    _text("name"),  # of a file, a sheet, a version
    _text("digest"),
    _text("basis"),
    _text("school"),
    _text("rubric"),
    _text("occasion"),
    _text("inspector"),
    _text("day"),  # empty: the sheet makes no visit
    _text("corrects"),  # JSON: beginnings of digests
    Index("ledger_index_parent", "kind", "parent"),
    Index("ledger_index_digest", "kind", "digest"),
    Index("ledger_index_school", "school"),
)

GUARDED: Final = (forms, acts, facts)
"""Tables whose rows stay as they are."""

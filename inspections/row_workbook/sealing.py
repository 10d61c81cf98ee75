"""Which workbook this is, in one line of text on its hidden sheet, sealed with the round's key.

Below the line stand the keys of the rows, each with a digest of its locked texts. The seal covers
the line and the digest of that list, so that neither can be changed or taken from another one.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from inspections.row_workbook.book import Row, RowBook
from inspections.workbook.form.identity import fields_of, keyed_digest, line_of
from rubrics.messages.outgoing import outgoing

FORMAT = "rows1"
_TEXT_LENGTH = 12
_FIELDS = ("round", "kind", "to", "issue")


@dataclass(frozen=True, slots=True)
class BookIdentity:
    """What a workbook says that it is; ``texts``: digest of the locked texts by the row's key."""

    round: str
    kind: str
    to: str
    issue: int
    texts: Mapping[str, str]
    seal: str = ""


def identity_of(book: RowBook) -> BookIdentity:
    """Returns what is written on the hidden sheet of a workbook."""
    texts = {row.key: digest_of(locked_texts(book, row)) for row in book.rows}
    made = BookIdentity(book.round, book.kind, book.to, book.issue, texts)
    return BookIdentity(
        made.round, made.kind, made.to, made.issue, texts, _seal(made, book.seal_key)
    )


def lines_of(identity: BookIdentity) -> list[tuple[str, str]]:
    """Returns the cells of the hidden sheet, two in a row."""
    line = line_of([*_pairs(identity), ("seal", identity.seal)])
    return [(line, ""), *identity.texts.items()]


def identity_in(rows: Sequence[Sequence[object]]) -> BookIdentity | None:
    """Returns the identity that a sheet's cells hold, or None where they hold none."""
    for at, row in enumerate(rows):
        text = row[0] if row else ""
        found = fields_of(text) if isinstance(text, str) and "|" in text else {}
        if found.get("v") == FORMAT and found.get("issue", "").isdecimal():
            below = [[str(raw).strip() for raw in line[:2]] for line in rows[at + 1 :]]
            texts = {line[0]: line[1] for line in below if len(line) == 2 and all(line)}
            whose, kind, to = (found.get(name, "") for name in _FIELDS[:3])
            seal = found.get("seal", "")
            return BookIdentity(whose, kind, to, int(found["issue"]), texts, seal)
    return None


def sealed_here(identity: BookIdentity, key: str) -> bool:
    """Whether the workbook went out so. Without a key nobody can tell: it did."""
    given = identity.seal.encode("utf-8", "replace")
    return not key or hmac.compare_digest(given, _seal(identity, key).encode())


def locked_texts(book: RowBook, row: Row) -> list[str]:
    """Returns what stands in the locked cells of a row, from left to right."""
    return [shown_text(row.texts.get(column.key, "")) for column in book.locked]


def shown_text(text: str) -> str:
    """Returns a text as it may leave, short enough for a cell that prints on one page."""
    made = outgoing(text).strip()
    return made if len(made) <= MOST_SHOWN else made[: MOST_SHOWN - 4] + "……略"


MOST_SHOWN = 1200
"""Characters of a locked text that are shown: no row becomes higher than a page."""


def digest_of(texts: Iterable[str]) -> str:
    """Returns by what the locked texts of a row are known, blanks and line ends apart."""
    plainly = "\x1f".join("".join(text.split()) for text in texts)
    return _digest(plainly)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_TEXT_LENGTH]


def _pairs(identity: BookIdentity) -> list[tuple[str, str]]:
    listed = "\n".join(f"{key}\t{text}" for key, text in sorted(identity.texts.items()))
    return [
        ("v", FORMAT),
        *((name, str(getattr(identity, name))) for name in _FIELDS),
        ("rows", _digest(listed)),
    ]


def _seal(identity: BookIdentity, key: str) -> str:
    return keyed_digest(_pairs(identity), key) if key else ""

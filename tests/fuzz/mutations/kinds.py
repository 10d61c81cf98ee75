"""All kinds of damage, by the ending of a file, and a file with some of them."""

from __future__ import annotations

import random
import warnings
from dataclasses import dataclass
from typing import Final

from tests.fuzz.mutations import (
    cells,
    documents,
    drawings,
    namespaces,
    number_formats,
    raw_bytes,
    relationships,
    rich_text,
    zip_entries,
)
from tests.fuzz.mutations.mutation import Expected, Mutation

KINDS: Final[dict[str, tuple[Mutation, ...]]] = {
    ".xlsx": (
        *raw_bytes.ALL[1:], raw_bytes.bytes_of_part, raw_bytes.bytes_of_part, *zip_entries.ALL,
        *namespaces.ALL, *relationships.ALL, *number_formats.ALL, *rich_text.ALL, *drawings.ALL,
        *cells.ALL, *cells.ALL,
    ),
    ".ods": (
        *raw_bytes.ALL[1:], raw_bytes.bytes_of_part, raw_bytes.bytes_of_part, *zip_entries.ALL,
        *documents.ALL, *documents.ALL,
    ),
    ".xls": raw_bytes.ALL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged file, the names of what was done to it, and what has to become of it."""

    what: str
    expected: Expected
    data: bytes


def mutated(data: bytes, ending: str, chance: random.Random) -> Damaged:
    """Returns the file with one to three kinds of damage at a time."""
    done: list[Mutation] = []
    before = data
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        kind = chance.choice(KINDS[ending])
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of parts with one name, which are meant
                data = kind.change(data, chance)
        except Exception:  # already beyond what can be taken apart, or nothing there to change
            continue
        done.append(kind)
    while data == before:
        done = [chance.choice(raw_bytes.ALL)]
        data = done[0].change(data, chance)
    expected = done[0].expected if len(done) == 1 else Expected.TRUE
    return Damaged("+".join(kind.name for kind in done), expected, data)

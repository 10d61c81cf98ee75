"""What a fact is to say, and the same made ready, so that all that is left is to number it.

Reading processes make their facts ready themselves: whoever keeps the ledger has little to do.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from inspections.ledger.bodies.forms import encode
from inspections.ledger.found_by import Found, found_by
from inspections.ledger.leaves import leaf_digests, new_leaves, write_leaves


class Said(NamedTuple):
    """What a fact is to say. ``leaves``: (address, text) that can be erased one by one."""

    body: Struct
    leaves: Sequence[tuple[str, str]] = ()


class Ready(Struct, frozen=True, array_like=True, gc=False):
    """A fact but for its number: body and leaves as JSON, and by what it is found.

    ``digests``: of the leaves, in order, one a line.
    """

    body: str
    leaves: str
    digests: str
    found: Found

    def beside(self, parent: int) -> Ready:
        """Returns the fact as one that belongs to the fact ``parent``.

        The parent's number is the first that stands in such a body, and was 0 until now.
        """
        body = self.body.replace("0", str(parent), 1)
        return Ready(body, self.leaves, self.digests, {**self.found, "parent": parent})


def ready(said: Said) -> Ready:
    """Returns what a fact is to say, made ready."""
    leaves = new_leaves(said.leaves)
    texts = {address: text for address, _, text in leaves}
    found = found_by(said.body, texts)
    return Ready(encode(said.body), write_leaves(leaves), leaf_digests(leaves), found)


def compact(value: object) -> str:
    """Returns JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

"""Leaves: texts of a fact that can be erased one by one.

A fact's digest covers the digests of its leaves. Where a leaf is erased its digest stays in its
place, so that the fact can be verified as before, and the other leaves with it. Each has a salt of
its own; without it nobody can try out which text a digest belongs to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from msgspec.json import Decoder

from inspections.ledger.bodies.forms import encode, storable
from inspections.ledger.moment import chance_bytes

Leaf: TypeAlias = list[str]
"""``[address, salt, text]``, or ``[address, digest]`` where it was erased."""

NO_LEAVES: Final = "[]"

_SALT: Final = 8
"""Bytes."""

read_leaves: Final[Callable[[str], list[Leaf]]] = Decoder(list[Leaf]).decode
"""Returns the leaves of a fact in order."""


def new_leaves(texts: Iterable[tuple[str, str]]) -> list[Leaf]:
    """Returns leaves with these (address, text)."""
    texts = list(texts)
    together = "".join(map("".join, texts))
    if storable(together) != together:  # hardly ever, and one look tells
        texts = [(storable(address), storable(text)) for address, text in texts]
    salts = new_salts(len(texts))
    return [[address, salt, text] for (address, text), salt in zip(texts, salts, strict=True)]


def new_salts(count: int) -> list[str]:
    """Returns salts that nobody can guess."""
    salts, length = chance_bytes(_SALT * count) if count else "", 2 * _SALT
    return [salts[at : at + length] for at in range(0, length * count, length)]


def write_leaves(leaves: list[Leaf]) -> str:
    """Returns what the ledger keeps of leaves."""
    return encode(leaves) if leaves else NO_LEAVES


def leaf_digest(leaf: Leaf) -> str:
    """Returns the SHA-256 (hex) of a leaf, erased or not."""
    if len(leaf) == 2:
        return leaf[1]
    address, salt, text = leaf
    return hashlib.sha256(f"{salt}\n{address}\n{text}".encode()).hexdigest()


def leaf_digests(leaves: Iterable[Leaf]) -> str:
    """Returns the digests of leaves in order, one a line."""
    return "\n".join(map(leaf_digest, leaves))


def blanked(leaf: Leaf) -> Leaf:
    """Returns the leaf without what it said."""
    return [leaf[0], leaf_digest(leaf)]


def spoken(leaves: str) -> dict[str, str]:
    """Returns the text of every leaf that was not erased, by its address."""
    return {leaf[0]: leaf[2] for leaf in read_leaves(leaves) if len(leaf) == 3}

"""Which of many pictures are the same one, saved again, cropped, turned or mirrored.

Not every picture is compared with every other: only those that have 18 of their longest waves in
common, for some of 16 choices of them. What is left out so is as good as never within ``MOST``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from inspections.evidence.likeness import BYTES, VIEWS, WAVES

BITS: Final = WAVES * WAVES
MOST: Final = 28
"""Bits in which one picture may differ from another and be taken for it; by chance half do."""

_CHOICES: Final = 16
_CHOSEN: Final = 18
_LONGEST: Final = 64
_MOST_OF_ONE: Final = 64
"""Of pictures that share a choice so many are compared: of thousands of one kind, some."""

_PART: Final = 1 << 20

Bits: TypeAlias = NDArray[np.uint8]
Words: TypeAlias = NDArray[np.uint64]


def alike(likenesses: Sequence[str]) -> list[tuple[int, int, int]]:
    """Returns (place, later place, differing bits of ``BITS``) of every two that are alike.

    ``likenesses``: as :func:`~inspections.evidence.likeness.likeness` gives them, ``UNLIKE`` not
    among them.
    """
    if len(likenesses) < 2:
        return []
    raw = np.frombuffer(bytes.fromhex("".join(likenesses)), np.uint8)
    views = raw.reshape(len(likenesses), VIEWS, BYTES)
    ways = _packed(_turned(np.unpackbits(views[:, 0], axis=1)))
    among = _packed(np.unpackbits(views[:, number], axis=1) for number in range(VIEWS))
    found = [_near(ways, among, number) for number in range(_CHOICES)]
    pairs = np.concatenate(found)
    # The smallest difference of two comes first.
    pairs = pairs[np.lexsort((pairs[:, 2], pairs[:, 1], pairs[:, 0]))]
    first = np.ones(len(pairs), bool)
    first[1:] = (pairs[1:, :2] != pairs[:-1, :2]).any(axis=1)
    return [(int(one), int(other), int(bits)) for one, other, bits in pairs[first]]


@dataclass(frozen=True, slots=True)
class _Packed:
    """Bits as words: all of them (four a row), and the longest waves of each row in one word."""

    all: Words
    long: Words
    of_one: int


def _turned(whole: Bits) -> Iterator[Bits]:
    """The bits of pictures as they are when these are turned and mirrored: eight ways.

    Mirrored, every second wave is the other way round; turned, across and down change places.
    """
    square = whole.reshape(-1, WAVES, WAVES)
    odd = (np.arange(WAVES) % 2 == 0).astype(np.uint8)  # the first wave is number one
    for made in (square, square.transpose(0, 2, 1)):
        for mirrored in (0, 1):
            for upside in (0, 1):
                flipped = made ^ (odd[None, None, :] * mirrored) ^ (odd[None, :, None] * upside)
                yield flipped.reshape(len(whole), BITS)


def _packed(ways: Iterable[Bits]) -> _Packed:
    down, across = np.divmod(np.arange(BITS), WAVES)
    longest = np.argsort(down + across, kind="stable")[:_LONGEST]
    made = [
        (_words(np.packbits(way, axis=1)), _words(np.packbits(way[:, longest], axis=1)))
        for way in ways
    ]
    every = np.stack([words for words, _ in made], axis=1)
    long = np.stack([words[:, 0] for _, words in made], axis=1)
    return _Packed(every.reshape(-1, every.shape[2]), long.ravel(), len(made))


def _words(packed: Bits) -> Words:
    return np.ascontiguousarray(packed).view(np.uint64)


def _keys(long: Words, choice: int) -> NDArray[np.int64]:
    """A choice of long waves as one number."""
    step = 2 * choice + 1  # odd: no wave comes twice
    made = np.zeros(len(long), np.uint64)
    for place in range(_CHOSEN):
        wave = (choice + step * place) % _LONGEST
        made |= ((long >> np.uint64(wave)) & np.uint64(1)) << np.uint64(place)
    return made.astype(np.int64)


def _near(ways: _Packed, among: _Packed, choice: int) -> NDArray[np.int64]:
    """Rows of (place, later place, differing bits) of those with the same key that are alike."""
    asked, held = _keys(ways.long, choice), _keys(among.long, choice)
    order = np.argsort(held.astype(np.int32), kind="stable")
    having = np.bincount(held, minlength=1 << _CHOSEN)
    begin = (np.cumsum(having) - having)[asked]
    counts = np.minimum(having, _MOST_OF_ONE)[asked]
    found = [np.empty((0, 3), np.int64)]
    ends = np.cumsum(counts)
    start = 0
    while start < len(asked):
        stop = int(np.searchsorted(ends, ends[start] + _PART, "right"))
        stop = max(stop, start + 1)
        some = counts[start:stop]
        one = np.repeat(np.arange(start, stop), some)
        nth = np.arange(len(one)) - np.repeat(np.cumsum(some) - some, some)
        other = order[begin[one] + nth]
        first, second = one // ways.of_one, other // among.of_one
        apart = first != second
        one, other, first, second = one[apart], other[apart], first[apart], second[apart]
        bits = np.bitwise_count(ways.all[one] ^ among.all[other]).sum(axis=1, dtype=np.int64)
        near = bits <= MOST
        low, high = np.minimum(first, second)[near], np.maximum(first, second)[near]
        found.append(np.stack([low, high, bits[near]], axis=1))
        start = stop
    return np.concatenate(found)

"""Damage to the bytes of a file, whatever they mean."""

from __future__ import annotations

import random

from tests.fuzz.mutations.mutation import Mutation, of_bytes, of_parts, sheet_index
from tests.fuzz.package import Parts


@of_bytes()
def flip(data: bytes, chance: random.Random) -> bytes:
    held = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        held[chance.randrange(len(held))] = chance.randrange(256)
    return bytes(held)


@of_bytes()
def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


@of_bytes()
def splice(data: bytes, chance: random.Random) -> bytes:
    start, to = chance.randrange(len(data)), chance.randrange(len(data))
    piece = data[start : start + chance.choice((1, 4, 64, 4096))]
    return data[:to] + piece + data[to + chance.choice((0, len(piece))) :]


@of_bytes()
def blank(data: bytes, chance: random.Random) -> bytes:
    at, length = chance.randrange(len(data)), chance.choice((1, 16, 512, 4096))
    return data[:at] + bytes(min(length, len(data) - at)) + data[at + length :]


ALL: tuple[Mutation, ...] = (flip, flip, cut, splice, blank)


@of_parts()
def bytes_of_part(parts: Parts, chance: random.Random) -> None:
    at = sheet_index(parts) if chance.random() < 0.7 else chance.randrange(len(parts))
    name, data = parts[at]
    if data:
        parts[at] = (name, chance.choice(ALL).change(data, chance))

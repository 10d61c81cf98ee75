"""Lots that anybody can draw again by any program: SHA-256 of texts, and nothing else.

A seed is a text. A commitment to it (M. Blum, Coin flipping by telephone, 1981) is its SHA-256,
published before the draw; what is added to the seed after that, a number that somebody throws on
the spot, keeps whoever made the seed from having chosen it.
"""

from __future__ import annotations

import hashlib
from typing import Final

from inspections.ledger.moment import chance_bytes

_WHOLE: Final = 1 << 256


def new_seed() -> str:
    """Returns a seed that nobody can guess, or, of an invented county, that of its story: 64
    hexadecimal digits.
    """
    return chance_bytes(32)


def commitment(seed: str) -> str:
    """Returns what is published before the draw: SHA-256 (hex) of the seed as UTF-8.

    >>> commitment("2026")[:16]
    '158a323a7ba44870'
    """
    return hashlib.sha256(seed.encode()).hexdigest()


def with_added(seed: str, added: str) -> str:
    """Returns what lots are drawn with: the seed, and what was added on the day of the draw.

    >>> with_added("2026", ""), with_added("2026", "31 07 15")
    ('2026', '2026+31 07 15')
    """
    return f"{seed}+{added}" if added else seed


def lot(seed: str, *what: object) -> str:
    """Returns the lot of something: SHA-256 (hex) of ``seed|what|what...`` as UTF-8.

    In the order of their lots, things stand in one of all orders, each as likely as any other.

    >>> sorted("甲乙丙", key=lambda name: lot("2026", "第1次", name))
    ['甲', '乙', '丙']
    """
    return hashlib.sha256("|".join((seed, *map(str, what))).encode()).hexdigest()


def below(seed: str, count: int, *what: object) -> int:
    """Returns a whole number from 0 to ``count - 1``, each as likely as any other.

    It is the first of the lots ``seed|what...|0``, ``|1``, ``|2`` ... read as a number that lies
    below the greatest multiple of ``count`` within 2**256 (others would favour small results),
    modulo ``count``.

    >>> [below("2026", 6, "骰子", throw) for throw in range(5)]
    [5, 1, 4, 0, 5]
    """
    end = _WHOLE - _WHOLE % count
    turn = 0
    while (number := int(lot(seed, *what, turn), 16)) >= end:
        turn += 1
    return number % count

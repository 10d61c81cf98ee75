"""When an act is done: now, or, of an invented county, on the day that its story says.

In such a story chance is the same in every run too.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Final

_MOMENT: Final = ContextVar("moment", default="")
_CHANCE: Final[ContextVar[random.Random | None]] = ContextVar("chance", default=None)


@contextmanager
def acting_on(day: date) -> Iterator[date]:
    """Lets all acts be dated nine in the morning of ``day``, by the clocks of China; gives it.

    Their salts follow from the day. For invented rounds alone: what happens in a real one is dated
    when it happens, and its salts nobody can guess.
    """
    held = _MOMENT.set(f"{day.isoformat()}T09:00:00+08:00")
    chance = _CHANCE.set(random.Random(day.isoformat()))
    try:
        yield day
    finally:
        _MOMENT.reset(held)
        _CHANCE.reset(chance)


def moment() -> str:
    """Returns the moment of an act that is done now (ISO 8601, with the hours to UTC)."""
    return _MOMENT.get() or datetime.now().astimezone().isoformat(timespec="seconds")


def chance_bytes(count: int) -> str:
    """Returns bytes (hex) that nobody can guess, or, of an invented county, those of its story."""
    chance = _CHANCE.get()
    return chance.randbytes(count).hex() if chance else secrets.token_hex(count)

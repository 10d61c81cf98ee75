"""What following the chain finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain breaks first: in which act and fact, and how, in Chinese.

    ``kind`` is empty and ``fact`` is 0 where the act itself is meant. In what is left of the first
    form they are a table and the id of a row.
    """

    act: int
    kind: str
    fact: int
    detail: str


@dataclass(frozen=True, slots=True)
class Verified:
    """The chain as it was followed: how many acts and facts are right, the digest of the last act.

    ``broken`` is None where all is as it was written. ``met``: whether a digest that was asked
    for is that of one of the acts.
    """

    acts: int
    facts: int
    head: str
    broken: Break | None = None
    met: bool = True

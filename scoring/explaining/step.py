"""One line of an explanation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A figure by name, its value, and where it comes from."""

    name: str
    value: str
    because: str = ""

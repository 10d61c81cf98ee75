"""Bounds of what a simulation counts, so that a right program fails once in a thousand runs."""

from __future__ import annotations

from scipy.stats import binom


def at_most(tries: int, chance: float) -> int:
    """The most that may be counted of what happens with ``chance`` or less."""
    return int(binom.ppf(0.999, tries, chance))


def within(tries: int, chance: float) -> tuple[int, int]:
    """Between which counts lies what happens with ``chance``."""
    return int(binom.ppf(0.0005, tries, chance)), int(binom.ppf(0.9995, tries, chance))

"""Exact figures as text: in full where their decimals end, else as a fraction."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from rubrics.values.points import SCALE


def exact_text(units: int | Fraction) -> str:
    """Returns a figure in points, exactly: ``8000/87（91.95402…）`` where it has no end."""
    value = Fraction(units) / SCALE
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        digits = str(value)
        return digits if "/" not in digits else _decimal(value)
    cut = int(abs(value) * 100_000)
    sign = "-" if value < 0 else ""
    return f"{value.numerator}/{value.denominator}（{sign}{cut // 100_000}.{cut % 100_000:05}…）"


def sum_text(terms: Iterable[tuple[bool, str]], gap: str = " ") -> str:
    """Returns a sum of terms; those that come with True are below zero, their texts without sign.

    They are taken away: ``A 5 － B 2``, not ``A 5 ＋ B -2``.
    """
    said = ""
    for below, text in terms:
        sign = "－" if below else "＋" if said else ""
        said += f"{gap}{sign}{gap}{text}" if said else f"{sign}{text}"
    return said


def _decimal(value: Fraction) -> str:
    """A fraction whose decimals end, in full."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    whole = abs(value * 10**places).numerator
    sign = "-" if value < 0 else ""
    return f"{sign}{whole // 10**places}.{whole % 10**places:0{places}}"

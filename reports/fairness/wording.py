"""Figures of the analysis in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from rubrics.values.points import SCALE
from scoring.fairness.severity import InspectorSeverity
from scoring.results.published import apportioned

_AGREEMENT = ((0.9, "很一致"), (0.75, "较一致"), (0.5, "一般"))
"""From which correlation on agreement is called so (Koo and Li 2016)."""


def figure(value: float, places: int = 2) -> str:
    """Returns a figure with so many decimals, a dash where it is not known; never ``-0.00``.

    >>> figure(-0.004), figure(1.256), figure(float("nan"))
    ('0.00', '1.26', '—')
    """
    if not isfinite(value):
        return "—"
    return f"{round(value, places) + 0.0:.{places}f}".replace("-", "−")


def correlation(value: float) -> str:
    """Returns a correlation with two decimals; one that is not quite 1 is not printed as 1.

    >>> correlation(0.9987), correlation(1.0), correlation(0.5)
    ('0.99+', '1.00', '0.50')
    """
    shown = figure(value)
    return "0.99+" if shown == "1.00" and value < 1 else shown


def interval(low: float, high: float, places: int = 2) -> str:
    """Returns ``0.85 至 0.97``; a dash where it is not known."""
    if not (isfinite(low) and isfinite(high)):
        return "—"
    return f"{figure(low, places)} 至 {figure(high, places)}"


def agreement_word(value: float) -> str:
    """Returns how a correlation between inspectors is called.

    >>> agreement_word(0.93), agreement_word(0.3)
    ('很一致', '不够一致')
    """
    return next((word for least, word in _AGREEMENT if value >= least), "不够一致")


def strictness(one: InspectorSeverity) -> str:
    """Returns ``偏严 1.20 分``, ``偏松 0.80 分``, or that it cannot be known."""
    if not isfinite(one.severity):
        return "无从比较"
    size = figure(abs(one.severity))
    if size == "0.00":
        return "居中"
    return f"{'偏严' if one.severity > 0 else '偏松'} {size} 分"


def percent(share: float) -> str:
    """Returns a share of 1 in per cent with one decimal, a dash where it is not known.

    >>> percent(0.0849), percent(float("nan"))
    ('8.5%', '—')
    """
    return f"{figure(100 * round(share, 3), 1)}%" if isfinite(share) else "—"


def whole(shares: Sequence[float]) -> tuple[float, ...]:
    """Returns shares that make 1 together, to a tenth of a per cent, so that they do as printed.

    >>> whole([1 / 3, 1 / 3, 1 / 3])
    (0.334, 0.333, 0.333)
    """
    if not all(map(isfinite, shares)):
        return tuple(shares)
    units = [round(share * 100 * SCALE) for share in shares]
    return tuple(it / 100 / SCALE for it in apportioned(units, 1, 100 * SCALE))


def listed(names: Sequence[str], most: int, measure: str = "项") -> str:
    """Returns names, and how many there are where these are not all.

    >>> listed(["A1", "A2", "B1"], 2), listed(["A1"], 2)
    ('A1、A2等 3 项', 'A1')
    """
    more = f"等 {len(names)} {measure}" if len(names) > most else ""
    return "、".join(names[:most]) + more

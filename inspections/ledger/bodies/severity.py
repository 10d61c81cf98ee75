"""Facts of corrections for the severity of inspectors (宽严校正) that stand from then on."""

from __future__ import annotations

from msgspec import Struct


class Severity(Struct, frozen=True):
    """By what totals under a ``rubric`` are corrected.

    ``numbers`` and ``amounts`` (units of 1/10000 of a point) of inspectors, and whose codes are in
    leaves ``inspector/0`` ...; ``late``: numbers of those who had no sheet when it was measured.
    ``left``: labels of groups that are not corrected; ``nothing``: why nobody is, empty where
    somebody is. ``records``: the SHA-256 of what it was measured from, so many ``sheets``.
    ``again``: whether somebody asked for measuring. ``continues``: the number of the fact in which
    it was measured, 0 where that is this one.
    """

    number: int
    rubric: str
    numbers: list[int]
    amounts: list[int]
    late: list[int]
    left: list[str]
    nothing: str
    records: str
    sheets: int
    again: bool
    continues: int

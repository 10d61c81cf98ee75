"""The order in which problems are told: what costs most first, causes before what follows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rubrics.messages.catalogue import CATALOGUE
from rubrics.messages.problems import Problem, Severity

_SEVERITIES: Final = list(Severity)
_WHOLE_SHEET: Final = frozenset(
    {
        "identity-altered",
        "school-other",
        "recorder-other",
        "mark-altered",
        "visit-outside",
        "visit-conflict",
        "file-gone",
        "inspectors-few",
    }
)
"""Told at one cell, and about all that stands on the sheet."""

_EVIDENCE: Final = "evidence/"
_MET: Final = {code: number for number, code in enumerate(CATALOGUE)}
"""The catalogue has the messages in the order in which work meets their causes."""


def worst_first(problems: Iterable[Problem]) -> list[Problem]:
    """Returns problems by severity; of one severity those of a whole file, of a whole sheet, and
    then of cells; of these like beside like. What is equal stays in its order.
    """
    return sorted(problems, key=_rank)


def _rank(item: Problem) -> tuple[int, int, int]:
    return _SEVERITIES.index(item.severity), _extent(item), _MET[item.code]


def _extent(item: Problem) -> int:
    """0: a whole file or folder is out; 1: a whole sheet; 2: a cell, or one piece of evidence."""
    place = item.place
    # Without a date there is no visit; the message says so.
    if item.code in _WHOLE_SHEET or dict(item.params).get("effect"):
        return 1 if place.sheet else 0
    if place.cell or (place.file.startswith(_EVIDENCE) and "folder" not in item.code):
        return 2
    return 1 if place.sheet else 0

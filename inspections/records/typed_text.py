"""What a clerk should hear of typed text: private numbers in it, and what cannot be seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rubrics.messages.plain_text import ODD, unseen
from rubrics.messages.private_numbers import MAYBE, private_numbers
from rubrics.messages.problems import Place, Problem, problem

_MAYBE = re.compile(MAYBE)
_LONG = 1e6
"""A number of fewer digits, kept as a number, is no identity or telephone number."""


def doubts(text: str, place: Place) -> Iterator[Problem]:
    """Yields private-number and text-cleaned, where typed text gives rise to them."""
    for kind in private_numbers(text):
        yield problem("private-number", place, kind=kind)
    if found := unseen(text):
        yield problem("text-cleaned", place, characters="、".join(found))


def all_doubts(cells: Iterable[tuple[object, str]], file: str, sheet: str) -> list[Problem]:
    """Returns the doubts about (content, A1 name) of many cells: two searches where there
    is none.
    """
    telling = [cell for cell in cells if type(cell[0]) is str or _long(cell[0])]
    everything = "\n".join([str(raw) for raw, _ in telling])
    if ODD.search(everything) is None and _MAYBE.search(everything) is None:
        return []
    return [
        found
        for raw, cell in telling
        for found in doubts(raw if isinstance(raw, str) else _digits(raw), Place(file, sheet, cell))
    ]


def _long(raw: object) -> bool:
    return type(raw) is float and raw >= _LONG


def _digits(raw: object) -> str:
    """A number as it was typed; what has decimals, or no end, is nobody's."""
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else ""

"""What a clerk should hear of typed text: private numbers in it, and what cannot be seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rubrics.plain_text import ODD, unseen
from rubrics.private_numbers import MAYBE, private_numbers
from rubrics.problems import Place, Problem, problem

_MAYBE = re.compile(MAYBE)
_LONG = 1e6
"""A number of fewer digits, kept as a number, leads to nobody."""


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
    typed = [(str(raw) if isinstance(raw, str) else _digits(raw), cell) for raw, cell in cells]
    everything = "\n".join([text for text, _ in typed])
    if ODD.search(everything) is None and _MAYBE.search(everything) is None:
        return []
    return [
        found for text, cell in typed if text for found in doubts(text, Place(file, sheet, cell))
    ]


def _digits(raw: object) -> str:
    whole = isinstance(raw, float) and raw >= _LONG and raw.is_integer()
    return str(int(raw)) if isinstance(raw, float) and whole else ""

"""What a file holds beside the values of its cells: text boxes, notes, headers, anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from inspections.workbook.reading.relations import local

MOST_TOLD: Final = 100
"""So many objects of one file are told one by one."""

_QUOTED: Final = 200
_BLANKS: Final = re.compile(r"\s+")


class Beside(NamedTuple):
    """One thing that stands in no cell.

    ``what`` it is, in Chinese; ``sheet`` and ``cell``: where it is shown, empty where nobody can
    say; ``text``: what is written in it, cut off after 200 characters.
    """

    what: str
    sheet: str = ""
    cell: str = ""
    text: str = ""

    @property
    def said(self) -> str:
        """Its text as a message quotes it."""
        return f"“{self.text}”" if self.text else ""


class PageWords(NamedTuple):
    """A piece of a header or footer that only the round can tell from what the blank sheet has.

    ``sheet``: the name on its tab, or the part of an .xlsx that it is.
    """

    sheet: str
    text: str


def quoted(text: str) -> str:
    """Returns a text on one line, cut off where nobody would read on."""
    line = _BLANKS.sub(" ", text).strip()
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1] + "…"


def texts(root: Element, names: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yields the texts of all elements, or of those with such local names, in their order.

    What stands there a second time for programs that do not know the first is left out.
    """
    waiting = [root]
    while waiting:
        item = waiting.pop()
        name = local(item.tag)
        if (not names or name in names) and item.text and item.text.strip():
            yield item.text
        inner = list(item)
        if name == "AlternateContent" and len(inner) > 1:
            inner = inner[:1]
        waiting += reversed(inner)
        if not names:
            yield from (child.tail for child in inner if child.tail and child.tail.strip())


def not_too_many(found: Iterable[Beside]) -> tuple[Beside, ...]:
    """Returns the things, each once; of very many only how many more there are."""
    everything = list(dict.fromkeys(found))
    more = len(everything) - MOST_TOLD
    if more <= 0:
        return tuple(everything)
    return (*everything[:MOST_TOLD], Beside(f"另外 {more} 个对象（批注、文本框等）"))
